"""The pictures of notebook 7: sums of vectors, as numbers and as arrows."""

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lesson.figures.palette import BLUE, GREEN, INK, ORANGE, SMALL
from lesson.figures.rows import CELL_WIDTH, ROW_HEIGHT, SLOTS, Table, draw_row, write_row
from lesson.figures.shapes import (
    BLUE_BOX,
    GREEN_BOX,
    GREY_BOX,
    ORANGE_BOX,
    Look,
    arrow,
    label,
)
from lesson.figures.style import TeachingFigure, canvas

TITLES = ("token vectors", "position vectors", "input embeddings")
TOKEN, POSITION, SUM = BLUE_BOX, ORANGE_BOX, GREEN_BOX
REPEATED = GREY_BOX._replace(edge=ORANGE, dashed=True)

# plot_arrows, in inches: the length of the word's arrow and where it is drawn, the page.
WORD_LENGTH, BASE, ARROWS_HEIGHT = 2.6, 0.55, 3.9


def plot_sum(
    left: Table, right: Table, total: Table, *, names: Sequence[str], marked: tuple[int, int]
) -> TeachingFigure:
    """Draw token vectors + position vectors = input embeddings as three tables.

    All three have the same shape, rows of at most 4 numbers. `names` has a label of at most 8
    letters for each row; `marked` is the (row, column) of a number to frame in all three.

    Example:
        >>> plot_sum([[1, 2]], [[10, 20]], [[11, 22]], names=["you"], marked=(0, 0)).alt[-35:]
        ' Row 0: 1, 2 plus 10, 20 is 11, 22.'
    """
    height = 0.75 + ROW_HEIGHT * len(left)
    figure, axes = canvas(10, height, _describe_sum(left, right, total))
    _draw_titles(axes, height - 0.3)
    top = height - 0.6
    _draw_equation(axes, top, (left, right, total), (TOKEN, POSITION, SUM))
    for row, name in enumerate(names):
        middle = top - ROW_HEIGHT * (row + 0.5)
        label(axes, SLOTS[0] - 0.12, middle, name, size=SMALL, align="right")
    _frame_number(axes, top, *marked)
    return figure


def plot_broadcast(
    batch: Sequence[Table], shared: Table, totals: Sequence[Table]
) -> TeachingFigure:
    """Draw how one table of position vectors is added to each input of a batch.

    `batch`, `totals` (the sums) and `shared` hold tables of one shape, of rows of at most 4
    numbers.

    Example:
        >>> plot_broadcast([[[10]], [[20]]], [[1]], [[[11]], [[21]]]).alt[:66]
        'One table of position vectors, added to each input of a batch of 2'
    """
    step = ROW_HEIGHT * len(shared) + 0.3
    height = 0.45 + step * len(batch)
    figure, axes = canvas(10, height, _describe_broadcast(batch, shared, totals))
    _draw_titles(axes, height - 0.3)
    for row, (table, total) in enumerate(zip(batch, totals, strict=True)):
        top = height - 0.6 - step * row
        looks = (TOKEN, REPEATED if row else POSITION, SUM)
        _draw_equation(axes, top, (table, shared, total), looks)
        middle = top - ROW_HEIGHT * len(shared) / 2
        label(axes, SLOTS[0] - 0.12, middle, f"input {row}", size=SMALL, align="right")
    return figure


def plot_arrows(sums: Mapping[str, tuple[Sequence[float], Sequence[float]]]) -> TeachingFigure:
    """Draw a word vector and a position vector, end to end, and their sum, for two tables.

    `sums` maps a title to the two vectors. Lengths and angles are true, for any two vectors have
    a plane in common; each picture has a scale of its own.

    Example:
        >>> plot_arrows({"toy": ([4, 0, 0], [0, 0, 3])}).alt[-76:]
        'toy: the word 4.00 long, the position 3.00, the sum 5.00, 37° from the word.'
    """
    triangles = {title: _lay_flat(*vectors) for title, vectors in sums.items()}
    figure, axes = canvas(10, ARROWS_HEIGHT, _describe_arrows(triangles))
    for left, (title, (word, position)) in zip((1.0, 5.9), triangles.items(), strict=False):
        _draw_triangle(axes, left, title, word, position)
    return figure


def _draw_equation(axes: Axes, top: float, tables: Sequence[Table], looks: Sequence[Look]) -> None:
    middle = top - ROW_HEIGHT * len(tables[0]) / 2
    for left, table, look in zip(SLOTS, tables, looks, strict=True):
        for row, numbers in enumerate(table):
            draw_row(axes, left, top - ROW_HEIGHT * (row + 1), numbers, look)
    right = CELL_WIDTH * len(tables[0][0])
    for here, there, sign in ((0, 1, "+"), (1, 2, "=")):
        label(axes, (SLOTS[here] + right + SLOTS[there]) / 2, middle, sign, size=24, bold=True)


def _draw_titles(axes: Axes, height: float) -> None:
    for left, title in zip(SLOTS, TITLES, strict=True):
        label(axes, left, height, title, bold=True, align="left")


def _frame_number(axes: Axes, top: float, row: int, column: int) -> None:
    for left in SLOTS:
        corner = (left + CELL_WIDTH * column, top - ROW_HEIGHT * (row + 1))
        style = {"fill": False, "edgecolor": INK, "lw": 3.5}
        axes.add_patch(Rectangle(corner, CELL_WIDTH, ROW_HEIGHT, **style))


def _describe_sum(left: Table, right: Table, total: Table) -> str:
    rows = ". ".join(
        f"Row {row}: {write_row(a)} plus {write_row(b)} is {write_row(c)}"
        for row, (a, b, c) in enumerate(zip(left, right, total, strict=True))
    )
    return f"Token vectors plus position vectors make input embeddings. {rows}."


def _describe_broadcast(batch: Sequence[Table], shared: Table, totals: Sequence[Table]) -> str:
    blocks = " ".join(
        f"Input {row}: {_write_table(table)} plus the same table is {_write_table(total)}."
        for row, (table, total) in enumerate(zip(batch, totals, strict=True))
    )
    return (
        f"One table of position vectors, added to each input of a batch of {len(batch)}. "
        f"The table: {_write_table(shared)}. {blocks}"
    )


def _write_table(table: Table) -> str:
    return " / ".join(write_row(row) for row in table)


def _lay_flat(word: Sequence[float], position: Sequence[float]) -> tuple[complex, complex]:
    """Turn two vectors into their plane, the word's along the x axis, as complex numbers."""
    word, position = np.asarray(word), np.asarray(position)
    length = np.linalg.norm(word)
    along = word @ position / length
    return complex(length), complex(along, np.linalg.norm(position - along * word / length))


def _draw_triangle(axes: Axes, left: float, title: str, word: complex, position: complex) -> None:
    start, scale = complex(left, BASE), WORD_LENGTH / abs(word)
    corner, end = start + word * scale, start + (word + position) * scale
    for a, b, color in ((start, corner, BLUE), (corner, end, ORANGE), (start, end, GREEN)):
        arrow(axes, (a.real, a.imag), (b.real, b.imag), color, line_width=3)
    label(axes, left, ARROWS_HEIGHT - 0.25, title, bold=True, align="left")
    name = {"size": SMALL}
    label(axes, left + WORD_LENGTH / 2, BASE - 0.28, f"word {abs(word):.2f}", ink=BLUE, **name)
    middle = (corner + end) / 2
    text = f"position {abs(position):.2f}"
    label(axes, middle.real + 0.15, middle.imag, text, ink=ORANGE, align="left", **name)
    middle = (start + end) / 2
    text = f"sum {abs(word + position):.2f}\n{_measure_turn(word, position)}° from the word"
    label(axes, middle.real - 0.3, middle.imag + 0.3, text, ink=GREEN, align="right", **name)


def _measure_turn(word: complex, position: complex) -> int:
    """Return the angle between the sum and the word, in whole degrees."""
    return round(np.degrees(np.angle(word + position)))


def _describe_arrows(triangles: Mapping[str, tuple[complex, complex]]) -> str:
    parts = [
        f"{title}: the word {abs(word):.2f} long, the position {abs(position):.2f}, "
        f"the sum {abs(word + position):.2f}, {_measure_turn(word, position)}° from the word."
        for title, (word, position) in triangles.items()
    ]
    return " ".join(["A word vector, a position vector and their sum as arrows.", *parts])
