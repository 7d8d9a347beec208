"""Live pictures: what the figures show, with a text to type or a slider to move.

They need a running kernel. Each stands in its notebook after a static figure that shows the
same, so a page without a kernel loses nothing.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape

from ipywidgets import HTML, IntSlider, Text, VBox

from helpers.bpe import BytePairTokenizer
from lesson.figures import plot_windows, view_ids, view_tokens
from lesson.figures.style import TeachingFigure

WIDE = {"width": "60%"}


def live_tokens(tokenizer, text: str) -> VBox:
    """Show a text that can be changed, and under it its tokens.

    Args:
        tokenizer: any tokenizer of the series (see `view_tokens`).
        text: the text to begin with.

    Returns:
        A widget; its last child is the picture.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> widget = live_tokens(SimpleTokenizerV1({"cat": 0, "the": 1}), "the cat")
        >>> widget.children[0].value = "cat"
        >>> "the" in widget.children[-1].value
        False
    """
    field = Text(value=text, description="text", continuous_update=True, layout=WIDE)

    def draw(text: str) -> str:
        token_ids = tokenizer.encode(text)
        return f"{view_tokens(text, tokenizer)._repr_html_()}<p>{len(token_ids)} tokens</p>"

    return _connect([field], draw)


def live_merges(tokenizer: BytePairTokenizer, word: str) -> VBox:
    """Show a word that can be changed, and a slider that applies its merges one by one.

    Args:
        tokenizer: such as `BytePairTokenizer.gpt2()`.
        word: the word to begin with.

    Returns:
        A widget; its last child is the picture.
    """
    ids = {
        tokenizer.decode_single_token_bytes(token_id): token_id
        for token_id in range(256 + len(tokenizer.merges))
    }
    field = Text(value=word, description="word", continuous_update=True, layout=WIDE)
    slider = IntSlider(
        value=0, min=0, max=len(tokenizer.trace(word)) - 1, description="merges", layout=WIDE
    )

    def draw(word: str, step: int) -> str:
        steps = tokenizer.trace(word)
        slider.max = len(steps) - 1
        rank, pieces = steps[min(step, slider.max)]
        said = (
            "no merge yet: single bytes" if rank is None else f"merge {rank + 1} of GPT-2's list"
        )
        view = view_ids([ids[piece] for piece in pieces], tokenizer)
        return f"<p>{said}</p>{view._repr_html_()}"

    return _connect([field, slider], draw)


def live_windows(pieces: Sequence[str], token_ids: Sequence[int] | None = None) -> VBox:
    """Show the windows over a text, with sliders for context_size, stride and batch_size.

    Args:
        pieces: the tokens' texts, at least 25.
        token_ids: an id for each piece; with them, the windows show the ids.

    Returns:
        A widget; its last child is the picture.

    Raises:
        ValueError: there are fewer than 25 pieces, which the largest windows need.
    """
    if len(pieces) < 25:
        raise ValueError(f"the sliders reach over 25 pieces, but {len(pieces)} came")
    context_size = IntSlider(value=5, min=1, max=8, description="context_size", layout=WIDE)
    stride = IntSlider(value=2, min=1, max=8, description="stride", layout=WIDE)
    batch_size = IntSlider(value=3, min=1, max=3, description="batch_size", layout=WIDE)

    def draw(context_size: int, stride: int, batch_size: int) -> str:
        end = (batch_size - 1) * stride + context_size + 1
        ids = None if token_ids is None else token_ids[:end]
        return _to_html(plot_windows(pieces[:end], context_size, stride, batch_size, ids))

    return _connect([context_size, stride, batch_size], draw)


def _connect(controls: Sequence, draw: Callable[..., str]) -> VBox:
    """Put a picture under its controls, and draw it anew whenever one of them changes."""
    picture = HTML()

    def update(change=None) -> None:
        try:
            picture.value = draw(*(control.value for control in controls))
        except (KeyError, ValueError) as error:  # what the learner typed cannot be shown
            picture.value = f"<p>{escape(str(error))}</p>"

    for control in controls:
        control.style.description_width = "7em"
        control.observe(update, names="value")
    update()
    return VBox([*controls, picture])


def _to_html(figure: TeachingFigure) -> str:
    data, metadata = figure._repr_mimebundle_()
    style = f"width:{metadata['image/png']['width']}px;max-width:100%"
    source = f"data:image/png;base64,{b64encode(data['image/png']).decode()}"
    return f'<img src="{source}" alt="{escape(figure.alt)}" style="{style}">'
