"""Strips of boxes, a column for each token: the ground of the figures of windows and counts."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from lesson.figures.style import (
    BIG,
    BLUE,
    GREY,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    SMALL,
    box,
    label,
)
from lesson.figures.tokens import make_visible

LEFT, RIGHT = 1.55, 9.95  # inches: columns lie between them, names of rows and strips before
ROW_NAME = 0.06  # inches from the left edge of the page
STRIP_NAME = 0.8
POSITIONS = 0.35  # the height of the numbers on top
HIGH = 0.46  # a box with one line of text
WIDEST = 1.45  # a column
LETTER = 0.602 / 72  # inches that a monospaced letter takes for each point of its size
MARGIN = 0.045  # inches, at least, between a text and its border
LONGEST = 9  # letters; a longer token is cut short
MOST_PIECES = 30  # narrower columns could not hold two digits side by side


class Look(NamedTuple):
    """A kind of box: its tint, and a border that tells the kinds apart without colour."""

    fill: str
    edge: str
    line_width: float


PLAIN = Look(PAPER, GREY, 1.2)
INPUT = Look(PALE_BLUE, BLUE, 1.2)
TARGET = Look(PALE_ORANGE, ORANGE, 2.8)


class Grid(NamedTuple):
    """Axes with a column for each token; `gap` is left free between their boxes."""

    axes: Axes
    pitch: float
    gap: float = 0.0

    def left(self, column: int) -> float:
        """Return where a column's box begins, in inches."""
        return LEFT + column * self.pitch

    def middle(self, column: int) -> float:
        """Return the middle of a column's box, in inches."""
        return self.left(column) + self.width / 2

    @property
    def width(self) -> float:
        """The width of a box, in inches."""
        return self.pitch - self.gap


def fit_pitch(n_columns: int) -> float:
    """Return how far the columns stand apart, in inches, so that all of them fit."""
    return min(WIDEST, (RIGHT - LEFT) / n_columns)


def require_room(pieces: Sequence[str]) -> None:
    """Require no more pieces than fit side by side on the page."""
    if len(pieces) > MOST_PIECES:
        raise ValueError(
            f"at most {MOST_PIECES} pieces fit on the page, but {len(pieces)} came: "
            "give fewer of them"
        )


def require_pieces(pieces: Sequence[str], needed: int, purpose: str) -> None:
    """Require the pieces that the purpose needs."""
    if len(pieces) < needed:
        raise ValueError(f"{purpose} need {needed} pieces, but {len(pieces)} came")


def show_pieces(pieces: Sequence[str]) -> list[str]:
    """Return what the boxes of the pieces show: white space visible, long texts cut short."""
    return shorten([make_visible(piece) for piece in pieces], LONGEST)


def shorten(texts: Sequence[str], longest: int) -> list[str]:
    """Cut the texts that are too long; an ellipsis takes the last letter's place."""
    return [text if len(text) <= longest else text[: longest - 1] + "…" for text in texts]


def quote(texts: Sequence[str]) -> str:
    """Return the texts in quotation marks, with commas between them, for a description."""
    return ", ".join(f"“{text}”" for text in texts)


def largest_size(texts: Sequence[str], width: float) -> int | None:
    """Return the largest type in which every text fits into the width, None if none does."""
    needed = LETTER * max(len(text) for text in texts)
    sizes = (BIG, MEDIUM, SMALL)
    return next((size for size in sizes if needed * size + 2 * MARGIN <= width), None)


def strip_height(texts: Sequence[str], width: float) -> float:
    """Return the height of a strip of texts: they stand upright if none fits level."""
    if largest_size(texts, width):
        return HIGH
    return max(len(text) for text in texts) * LETTER * SMALL + 0.2


def count_letters(width: float) -> int:
    """Return how many letters of the smallest type fit into the width."""
    return int((width - 2 * MARGIN) / LETTER / SMALL)


def name_row(axes: Axes, name: str, height: float) -> None:
    """Write the name of a row at the left edge of the page."""
    label(axes, ROW_NAME, height, name, bold=True, align="left")


def name_strip(axes: Axes, name: str, height: float) -> None:
    """Write the name of a strip in front of its boxes."""
    label(axes, STRIP_NAME, height, name, ink=GREY, size=SMALL, align="left")


def draw_top(grid: Grid, strips: dict[str, list[str]], top: float) -> None:
    """Draw what stands on top of a figure: positions, tokens and, if they came, ids."""
    columns = range(len(strips["tokens"]))
    bottom = top - POSITIONS
    name_strip(grid.axes, "position", bottom + 0.15)
    for column in columns:
        label(grid.axes, grid.middle(column), bottom + 0.15, str(column), ink=GREY, size=SMALL)
    for name, texts in strips.items():
        height = strip_height(texts, grid.width)
        bottom -= height
        name_strip(grid.axes, name, bottom + height / 2)
        draw_boxes(grid, columns, texts, bottom, PLAIN, height)
        if not largest_size(texts, grid.width):
            _write_upright(grid, texts, bottom + height / 2)


def draw_boxes(
    grid: Grid,
    columns: range,
    texts: Sequence[str],
    bottom: float,
    look: Look,
    height: float = HIGH,
) -> None:
    """Draw boxes of one look in some columns; they stay empty where the texts do not fit."""
    size = largest_size(texts, grid.width)
    for column in columns:
        box(
            grid.axes,
            grid.left(column),
            bottom,
            grid.width,
            height,
            texts[column] if size else "",
            size=size or SMALL,
            mono=True,
            **look._asdict(),
        )


def _write_upright(grid: Grid, texts: Sequence[str], height: float) -> None:
    for column, text in enumerate(texts):
        label(grid.axes, grid.middle(column), height, text, size=SMALL, mono=True)
        grid.axes.texts[-1].set_rotation(90)
