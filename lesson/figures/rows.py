"""Vectors as rows of numbers: what the figures of tables and of sums are drawn with."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lesson.figures.palette import GREY
from lesson.figures.shapes import Look, box

Row = Sequence[float]
Table = Sequence[Row]

ROW_HEIGHT = 0.44
SLOT_WIDTH = 2.72  # inches for a table of at most four columns
CELL_WIDTH = SLOT_WIDTH / 4
SLOTS = (0.95, 4.03, 7.11)  # left edges of three tables side by side


def draw_row(axes: Axes, left: float, bottom: float, numbers: Row, look: Look) -> None:
    """Draw a box for each number, four at most, and a border round them all."""
    if len(numbers) > 4:
        raise ValueError(
            f"a picture of a table holds at most 4 numbers a row, but {len(numbers)} came: "
            "cut the table first, as in table[:, :4]"
        )
    cell = look._replace(edge=GREY, line_width=0.6)
    for column, number in enumerate(numbers):
        place = left + column * CELL_WIDTH, bottom, CELL_WIDTH, ROW_HEIGHT
        box(axes, *place, write_number(number), cell, mono=True)
    width, line_width = CELL_WIDTH * len(numbers), 2.6 if look.bold else 1.6
    style = {"edgecolor": look.edge, "lw": line_width, "ls": "--" if look.dashed else "-"}
    axes.add_patch(Rectangle((left, bottom), width, ROW_HEIGHT, fill=False, **style))


def write_number(number: float) -> str:
    """Write a whole number as it is and any other with two decimals, with a true minus."""
    text = str(number) if isinstance(number, int) else f"{number:z.2f}"
    return text.replace("-", "−")


def write_row(numbers: Row) -> str:
    """Write the numbers of a row with commas between them."""
    return ", ".join(write_number(number) for number in numbers)
