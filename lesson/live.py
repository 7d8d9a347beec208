"""Live pictures: what the figures show, with a text to type or a slider to move.

They need a running kernel. Each stands in its notebook after a static figure that shows the
same, so a page without a kernel loses nothing.
"""

from base64 import b64encode
from collections.abc import Callable, Sequence
from html import escape

from ipywidgets import HTML, IntSlider, Text, VBox

from helpers.bpe import BytePairTokenizer
from lesson.figures.n04_data_sampling import plot_windows
from lesson.figures.road import plot_map
from lesson.figures.style import TeachingFigure
from lesson.figures.viewer import view_ids, view_tokens
from lesson.journey import travel

WIDE = {"width": "60%"}

# What the boxes answer to a text that they cannot show.
NOT_A_TEXT = (
    "“<|endoftext|>” marks the border between two texts. The tokenizer refuses it inside a text: "
    "take one of its letters out, and it is text again."
)
NOT_KNOWN = (
    "This tokenizer knows whole words only, and not every word of this text is among them. Type "
    "words that it knows, or take a tokenizer that has a token for the others."
)
NOT_ONE_WORD = (
    "Please type one word. GPT-2 first cuts a text into words (a space, a digit or a mark begins "
    "a new one), and no merge joins two of them. One space before the word is part of it."
)


def live_tokens(tokenizer, text: str) -> VBox:
    """Show a text that can be changed, and under it its tokens; any tokenizer of the series.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV2
        >>> tokenizer = SimpleTokenizerV2({"cat": 0, "the": 1, "<unk>": 2})
        >>> widget = live_tokens(tokenizer, "the cat")
        >>> widget.children[0].value = "cat"
        >>> "the" in widget.children[-1].value
        False
    """
    field = Text(value=text, description="text", continuous_update=True, layout=WIDE)

    def draw(text: str) -> str:
        view = view_tokens(text, tokenizer)
        return f"{view._repr_html_()}<p>{len(tokenizer.encode(text))} tokens</p>"

    return _connect([field], draw, NOT_A_TEXT)


def live_merges(tokenizer: BytePairTokenizer, word: str) -> VBox:
    """Show a word that can be changed, and a slider that applies its merges one by one."""
    n_tokens = 256 + len(tokenizer.merges)
    ids = {tokenizer.decode_single_token_bytes(token_id): token_id for token_id in range(n_tokens)}
    field = Text(value=word, description="word", continuous_update=True, layout=WIDE)
    last = len(tokenizer.trace(word)) - 1
    slider = IntSlider(value=0, min=0, max=last, description="merges", layout=WIDE)

    def draw(word: str, step: int) -> str:
        steps = tokenizer.trace(word)
        slider.max = len(steps) - 1
        rank, pieces = steps[min(step, slider.max)]
        said = (
            "no merge yet: single bytes" if rank is None else f"merge {rank + 1} of GPT-2's list"
        )
        view = view_ids([ids[piece] for piece in pieces], tokenizer)
        return f"<p>{said}</p>{view._repr_html_()}"

    return _connect([field, slider], draw, NOT_ONE_WORD)


def live_windows(pieces: Sequence[str], token_ids: Sequence[int]) -> VBox:
    """Show the windows over a text, with sliders for context_size, stride and batch_size.

    Args:
        pieces: the tokens' texts; the largest windows reach over 25.
        token_ids: an id for each piece.
    """
    context_size = IntSlider(value=5, min=1, max=8, description="context_size", layout=WIDE)
    stride = IntSlider(value=2, min=1, max=8, description="stride", layout=WIDE)
    batch_size = IntSlider(value=3, min=1, max=3, description="batch_size", layout=WIDE)

    def draw(context_size: int, stride: int, batch_size: int) -> str:
        end = (batch_size - 1) * stride + context_size + 1
        sizes = context_size, stride, batch_size
        return _to_html(plot_windows(pieces[:end], *sizes, token_ids[:end]))

    return _connect([context_size, stride, batch_size], draw)


def live_journey(tokenizer, token_table, position_table, vocab, text: str) -> VBox:
    """Show a text that can be changed, and the map of its way; tables as `travel` takes them."""
    field = Text(value=text, description="text", continuous_update=True, layout=WIDE)

    def draw(text: str) -> str:
        try:
            journey = travel(text, tokenizer, token_table, position_table, vocab)
        except ValueError as refusal:
            return f"<p>{escape(str(refusal))}</p>"
        return _to_html(plot_map("07_input_embedding", journey))

    return _connect([field], draw)


def _connect(controls: Sequence, draw: Callable[..., str], refusal: str = "") -> VBox:
    """Put a picture under its controls, and draw it anew whenever one of them changes.

    Where the tokenizer refuses what was typed, the refusal stands in the picture's place: its
    own messages speak to programmers.
    """
    picture = HTML()

    def update(change=None) -> None:
        try:
            picture.value = draw(*(control.value for control in controls))
        except (KeyError, ValueError) as error:
            if not refusal:
                raise
            answer = NOT_KNOWN if isinstance(error, KeyError) else refusal
            picture.value = f"<p>{escape(answer)}</p>"

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
