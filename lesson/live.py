"""Live pictures: what the figures show, with a text to type or something to choose.

They need a running kernel. Each stands in its notebook after a static figure that shows the
same, so a page without a kernel loses nothing.
"""

from base64 import b64encode
from collections import Counter
from collections.abc import Callable, Sequence
from html import escape

from ipywidgets import HTML, Button, HBox, IntSlider, Text, VBox

from helpers.bpe import count_pairs, encode_word, learn_merges
from lesson.figures.n03_byte_pair_encoding import plot_training
from lesson.figures.n04_data_sampling import plot_windows
from lesson.figures.road import plot_map
from lesson.figures.style import TeachingFigure
from lesson.figures.viewer import make_visible
from lesson.journey import travel

WIDE = {"width": "60%"}
N_BUTTONS = 12  # pairs that `live_training` offers

# Python's own message would speak to a programmer.
HALF_A_CHARACTER = (
    "Half of a character has come in, as it can while an emoji is typed. Please type it again."
)


def live_training(words: Sequence[str]) -> VBox:
    """Let the reader choose which pair to merge, and say what the plain method would have taken.

    A button for each pair with its count, the most frequent ones if there are many, in the
    order in which they stand in the words.
    """
    buttons = [Button(layout={"width": "8em"}) for _ in range(N_BUTTONS)]
    again = Button(description="start again")
    said, picture = HTML(), HTML()
    merges, offered = [], []

    def draw(answer: str) -> None:
        rows = _apply(words, merges)
        counts = count_pairs(rows)
        often = dict(counts.most_common(N_BUTTONS))
        offered[:] = [pair for pair in counts if pair in often]
        for button in buttons[len(offered) :]:
            button.layout.display = "none"
        for button, pair in zip(buttons, offered, strict=False):
            left, right = map(make_visible, pair)
            button.description = f"{left} + {right}: {counts[pair]}"
            button.layout.display = None
        plain = _apply(words, learn_merges([list(word) for word in words], len(merges)))
        lengths = f"{_count(rows)} tokens now"
        if merges:
            lengths += f". The plain method has {_count(plain)} after as many merges"
        said.value = f"<p>{escape(answer)}</p><p>{lengths}.</p>"
        picture.value = _to_html(plot_training(words, merges))

    def choose(button: Button) -> None:
        pair = offered[buttons.index(button)]
        counts = count_pairs(_apply(words, merges))
        merges.append(pair)
        draw(_judge(pair, counts))

    def start(button: Button | None = None) -> None:
        merges.clear()
        draw("Which pair do you merge first?")

    for button in buttons:
        button.on_click(choose)
    again.on_click(start)
    start()
    return VBox([HBox(buttons, layout={"flex_flow": "row wrap"}), again, said, picture])


def _apply(words: Sequence[str], merges: Sequence[tuple[str, str]]) -> list[list[str]]:
    return [encode_word(list(word), merges) for word in words]


def _count(rows: Sequence[Sequence[str]]) -> int:
    return sum(map(len, rows))


def _judge(pair: tuple[str, str], counts: Counter) -> str:
    """Say how often the chosen pair occurs, and which one the plain method takes."""
    best = max(counts, key=counts.get)
    told = f"You chose {_name_pair(pair)}, which occurs {_name_times(counts[pair])}. "
    if pair == best:
        return told + "The plain method takes it, too."
    if counts[pair] == counts[best]:
        return f"{told}So does {_name_pair(best)}, and our method takes the first in the text."
    return f"{told}The plain method takes {_name_pair(best)}, {_name_times(counts[best])}."


def _name_pair(pair: tuple[str, str]) -> str:
    left, right = map(make_visible, pair)
    return f"the pair “{left}” and “{right}”"


def _name_times(n: int) -> str:
    return "once" if n == 1 else f"{n} times"


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
            return _to_html(plot_map("07_input_embedding", journey))
        except UnicodeEncodeError:
            return f"<p>{HALF_A_CHARACTER}</p>"
        except ValueError as refusal:  # its sentence is for the one who typed
            return f"<p>{escape(str(refusal))}</p>"

    return _connect([field], draw)


def _connect(controls: Sequence, draw: Callable[..., str]) -> VBox:
    """Put a picture under its controls, and draw it anew whenever one of them changes."""
    picture = HTML()

    def update(change=None) -> None:
        picture.value = draw(*(control.value for control in controls))

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
