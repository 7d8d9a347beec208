"""The map of the series: every stage from text to input embeddings, one of them lit."""

from itertools import pairwise
from typing import NamedTuple

from matplotlib.axes import Axes

from lesson.figures.palette import BLUE, GREY, INK, PALE_BLUE, PALE_GREY, PAPER, SMALL
from lesson.figures.shapes import Look, arrow, box, label
from lesson.figures.style import TeachingFigure, canvas

BOX_WIDTH, BOX_HEIGHT = 1.72, 1.12
UPPER, LOWER = 1.82, 0.1


class Stage(NamedTuple):
    """A box of the map; `example` is what the carried sentence looks like there."""

    name: str
    title: str
    example: str
    left: float
    bottom: float

    @property
    def middle(self) -> float:
        """The middle of the box, in inches from the left."""
        return self.left + BOX_WIDTH / 2


# "Once upon a time there were four little Rabbits" at each stage. The ids are those of
# notebooks 02 and 04, the vectors those of 05 to 07: a test compares them.
STAGES = (
    Stage("text", "text", "Once upon a…", 0.1, UPPER),
    Stage("01_tokenize", "words", "Once|upon|a", 2.12, UPPER),
    Stage("02_simple_tokenizer", "word ids", "33 373 46", 4.14, UPPER),
    Stage("03_byte_pair_encoding", "subword ids", "7454 2402 257", 0.1, LOWER),
    Stage("04_data_sampling", "windows", "7454 → 2402", 2.12, LOWER),
    Stage("05_token_embedding", "token\nvectors", "0.77 −1.19 …", 4.14, LOWER),
    Stage("06_position_embedding", "position\nvectors", "0.34 −0.18 …", 6.16, LOWER),
    Stage("07_input_embedding", "input\nembeddings", "1.10 −1.37 …", 8.18, LOWER),
)


def plot_pipeline(stage: str) -> TeachingFigure:
    """Draw the way from text to input embeddings with the stage of one notebook lit.

    Example:
        >>> plot_pipeline("04_data_sampling").alt[-28:]
        ' Lit: windows (notebook 04).'
    """
    lit = {each.name: each for each in STAGES}[stage]
    figure, axes = canvas(10, 3.35, _describe(lit))
    for each in STAGES:
        _draw_stage(axes, each, lit=each is lit)
    _draw_links(axes)
    return figure


def _describe(lit: Stage) -> str:
    title = lit.title.replace("\n", " ")
    return (
        "The map of the series. Above, the simple way: text, words, word ids. Below, GPT-2's way: "
        "text, subword ids, windows, then token vectors plus position vectors make the input "
        f"embeddings. Lit: {title} (notebook {lit.name[:2]})."
    )


def _draw_stage(axes: Axes, stage: Stage, lit: bool) -> None:
    bottom, ink = stage.bottom, PAPER if lit else INK
    fill = BLUE if lit else PALE_GREY if stage.name == "text" else PALE_BLUE
    look = Look(fill, line_width=3.5 if lit else 1.2)
    box(axes, stage.left, bottom, BOX_WIDTH, BOX_HEIGHT, look=look)
    label(axes, stage.middle, bottom + 0.72, stage.title, ink=ink, bold=True)
    label(axes, stage.middle, bottom + 0.26, stage.example, ink=ink, size=SMALL, mono=True)
    if stage.name != "text":
        number, ink = (f"▼ {stage.name[:2]}", INK) if lit else (stage.name[:2], GREY)
        label(axes, stage.middle, bottom + BOX_HEIGHT + 0.18, number, ink=ink, bold=lit)


def _draw_links(axes: Axes) -> None:
    text, words, word_ids, subword_ids, windows, tokens, positions, result = STAGES
    for road in ((text, words, word_ids), (subword_ids, windows, tokens), (positions, result)):
        for here, there in pairwise(road):
            height = here.bottom + BOX_HEIGHT / 2
            arrow(axes, (here.left + BOX_WIDTH + 0.04, height), (there.left - 0.04, height))
    arrow(axes, (text.middle, UPPER - 0.04), (text.middle, LOWER + BOX_HEIGHT + 0.34))
    between = (tokens.left + BOX_WIDTH + positions.left) / 2
    label(axes, between, LOWER + BOX_HEIGHT / 2, "+", size=24, bold=True)
    label(axes, 6.16, UPPER + 0.68, "above: whole words, the simple way", size=SMALL, align="left")
    label(axes, 6.16, UPPER + 0.32, "below: subwords, GPT-2's way", size=SMALL, align="left")
