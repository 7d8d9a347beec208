"""A vector as a row of boxes: what the figures of tables and of sums are drawn with."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lesson.figures.style import (
    BLUE,
    GREY,
    INK,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    box,
)

Row = Sequence[float]
Table = Sequence[Row]

ROW_HEIGHT = 0.44
SLOT_WIDTH = 2.72  # inches for a table of at most four columns
NUMBER_WIDTH = SLOT_WIDTH / 4
SLOTS = (0.95, 4.03, 7.11)  # left edges of three tables side by side


class Look(NamedTuple):
    """How a row of numbers is drawn; a dashed border says: the same row again."""

    fill: str
    edge: str
    ink: str = INK
    bold: bool = False
    dashed: bool = False


PLAIN = Look(PAPER, GREY, ink=GREY)
TOKEN = Look(PALE_BLUE, BLUE)
POSITION = Look(PALE_ORANGE, ORANGE)


def draw_row(axes: Axes, left: float, bottom: float, numbers: Row, look: Look) -> None:
    """Draw a box for each number and a border round them all; lengths in inches."""
    for column, number in enumerate(numbers):
        box(
            axes,
            left + column * NUMBER_WIDTH,
            bottom,
            NUMBER_WIDTH,
            ROW_HEIGHT,
            write_number(number),
            fill=look.fill,
            edge=GREY,
            ink=look.ink,
            bold=look.bold,
            line_width=0.6,
            mono=True,
        )
    axes.add_patch(
        Rectangle(
            (left, bottom),
            NUMBER_WIDTH * len(numbers),
            ROW_HEIGHT,
            fill=False,
            edgecolor=look.edge,
            lw=2.6 if look.bold else 1.6,
            ls="--" if look.dashed else "-",
        )
    )


def write_number(number: float) -> str:
    """Write a whole number as it is and any other with two decimals, with a true minus."""
    text = str(number) if isinstance(number, int) else f"{number:z.2f}"
    return text.replace("-", "−")


def write_row(numbers: Row) -> str:
    """Write the numbers of a row with commas between them."""
    return ", ".join(write_number(number) for number in numbers)


def check_table(name: str, table: Table, max_rows: int) -> None:
    """Require a rectangular table of at most four columns whose numbers fit their boxes."""
    lengths = [len(row) for row in table]
    if not 1 <= len(lengths) <= max_rows or len(set(lengths)) != 1 or not 1 <= lengths[0] <= 4:
        raise ValueError(
            f"{name}: expected 1 to {max_rows} rows of the same length, 1 to 4 numbers each, "
            f"but rows of length {lengths} came; cut a piece out of it"
        )
    _check_numbers(name, table)


def check_same_shape(model: Table, why: str, **tables: Table) -> None:
    """Require the shape of the model, and numbers that fit their boxes."""
    expected = [len(row) for row in model]
    for name, table in tables.items():
        lengths = [len(row) for row in table]
        if lengths != expected:
            raise ValueError(
                f"{name}: expected rows of length {expected}, but rows of length {lengths} came; "
                f"{why}"
            )
        _check_numbers(name, table)


def check_names(names: Sequence[str], n_rows: int, max_letters: int) -> None:
    """Require a name for each row, none longer than its place."""
    if len(names) != n_rows:
        raise ValueError(f"expected {n_rows} names, one a row, but {len(names)} came")
    for name in names:
        if len(name) > max_letters:
            raise ValueError(
                f"a name may have {max_letters} letters, but {name!r} has {len(name)}"
            )


def _check_numbers(name: str, table: Table) -> None:
    widest = max((write_number(number) for row in table for number in row), key=len)
    if len(widest) > 5:
        raise ValueError(
            f"{name}: a number may have 5 characters, but {widest} has {len(widest)}; "
            "take smaller numbers, or whole ones"
        )
