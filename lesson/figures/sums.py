"""Token vectors plus position vectors: one sum, and one for each row of a batch."""

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from lesson.figures.rows import (
    NUMBER_WIDTH,
    POSITION,
    ROW_HEIGHT,
    SLOTS,
    TOKEN,
    Look,
    Table,
    check_names,
    check_same_shape,
    check_table,
    draw_row,
    write_row,
)
from lesson.figures.style import (
    GREEN,
    INK,
    ORANGE,
    PALE_GREEN,
    PALE_GREY,
    SMALL,
    TeachingFigure,
    canvas,
    label,
)

TITLES = ("token vectors", "position vectors", "input embeddings")
REPEATED = Look(PALE_GREY, ORANGE, dashed=True)
SUM = Look(PALE_GREEN, GREEN)
SAME_SHAPE = "the tables of a sum have the same shape"


def plot_sum(
    left: Table,
    right: Table,
    total: Table,
    *,
    names: Sequence[str] | None = None,
    marked: tuple[int, int] | None = None,
) -> TeachingFigure:
    """Draw token vectors + position vectors = input embeddings as three tables.

    Args:
        left: token vectors, at most 8 rows of at most 4 numbers.
        right: position vectors, the same shape.
        total: their sum, the same shape.
        names: a label of at most 8 letters for each row; without it, the row number.
        marked: (row, column) of a number to frame in all three tables.

    Returns:
        A figure 10 inches wide.

    Raises:
        ValueError: the tables differ in shape or are too large, the names do not fit the
            rows, or the marked number is not in the tables.

    Example:
        >>> plot_sum([[1, 2]], [[10, 20]], [[11, 22]]).alt[-35:]
        ' Row 0: 1, 2 plus 10, 20 is 11, 22.'
    """
    check_table("left", left, max_rows=8)
    check_same_shape(left, SAME_SHAPE, right=right, total=total)
    names = [f"row {row}" for row in range(len(left))] if names is None else names
    check_names(names, len(left), max_letters=8)
    _check_marked(marked, left)
    height = 0.75 + ROW_HEIGHT * len(left)
    figure, axes = canvas(10, height, _describe_sum(left, right, total))
    _draw_titles(axes, height - 0.3)
    top = height - 0.6
    _draw_equation(axes, top, (left, right, total), (TOKEN, POSITION, SUM))
    for row, name in enumerate(names):
        middle = top - ROW_HEIGHT * (row + 0.5)
        label(axes, SLOTS[0] - 0.12, middle, name, size=SMALL, align="right")
    if marked is not None:
        _frame_number(axes, top, *marked)
    return figure


def plot_broadcast(
    batch: Sequence[Table], shared: Table, totals: Sequence[Table]
) -> TeachingFigure:
    """Draw how one table of position vectors is added to each row of a batch.

    Args:
        batch: at most 3 tables of the same shape, at most 4 rows of at most 4 numbers.
        shared: one table of that shape, added to all of them.
        totals: the sums, one table for each of the batch.

    Returns:
        A figure 10 inches wide.

    Raises:
        ValueError: the tables differ in shape, are too large, or are not as many.

    Example:
        >>> plot_broadcast([[[10]], [[20]]], [[1]], [[[11]], [[21]]]).alt[:64]
        'One table of position vectors, added to each row of a batch of 2'
    """
    if not 1 <= len(batch) <= 3 or len(totals) != len(batch):
        raise ValueError(
            f"expected 1 to 3 tables and a sum for each, but {len(batch)} and {len(totals)} came"
        )
    check_table("shared", shared, max_rows=4)
    numbered = _numbered("batch", batch) | _numbered("totals", totals)
    check_same_shape(shared, SAME_SHAPE, **numbered)
    step = ROW_HEIGHT * len(shared) + 0.3
    height = 0.45 + step * len(batch)
    figure, axes = canvas(10, height, _describe_broadcast(batch, shared, totals))
    _draw_titles(axes, height - 0.3)
    for row, (table, total) in enumerate(zip(batch, totals, strict=True)):
        top = height - 0.6 - step * row
        looks = (TOKEN, REPEATED if row else POSITION, SUM)
        _draw_equation(axes, top, (table, shared, total), looks)
        middle = top - ROW_HEIGHT * len(shared) / 2
        label(axes, SLOTS[0] - 0.12, middle, f"batch\nrow {row}", size=SMALL, align="right")
    return figure


def _draw_equation(axes: Axes, top: float, tables: Sequence[Table], looks: Sequence[Look]) -> None:
    middle = top - ROW_HEIGHT * len(tables[0]) / 2
    for left, table, look in zip(SLOTS, tables, looks, strict=True):
        for row, numbers in enumerate(table):
            draw_row(axes, left, top - ROW_HEIGHT * (row + 1), numbers, look)
    right = NUMBER_WIDTH * len(tables[0][0])
    for here, there, sign in ((0, 1, "+"), (1, 2, "=")):
        label(axes, (SLOTS[here] + right + SLOTS[there]) / 2, middle, sign, size=24, bold=True)


def _draw_titles(axes: Axes, height: float) -> None:
    for left, title in zip(SLOTS, TITLES, strict=True):
        label(axes, left, height, title, bold=True, align="left")


def _frame_number(axes: Axes, top: float, row: int, column: int) -> None:
    for left in SLOTS:
        corner = (left + NUMBER_WIDTH * column, top - ROW_HEIGHT * (row + 1))
        axes.add_patch(
            Rectangle(corner, NUMBER_WIDTH, ROW_HEIGHT, fill=False, edgecolor=INK, lw=3.5)
        )


def _numbered(name: str, tables: Sequence[Table]) -> dict[str, Table]:
    return {f"{name}[{i}]": table for i, table in enumerate(tables)}


def _check_marked(marked: tuple[int, int] | None, table: Table) -> None:
    if marked is None:
        return
    row, column = marked
    if not (0 <= row < len(table) and 0 <= column < len(table[0])):
        raise ValueError(
            f"there is no number at {marked}: the tables have {len(table)} rows and "
            f"{len(table[0])} columns, counted from 0"
        )


def _describe_sum(left: Table, right: Table, total: Table) -> str:
    rows = ". ".join(
        f"Row {row}: {write_row(a)} plus {write_row(b)} is {write_row(c)}"
        for row, (a, b, c) in enumerate(zip(left, right, total, strict=True))
    )
    return f"Token vectors plus position vectors make input embeddings. {rows}."


def _describe_broadcast(batch: Sequence[Table], shared: Table, totals: Sequence[Table]) -> str:
    blocks = " ".join(
        f"Batch row {row}: {_write_table(table)} plus the same table is {_write_table(total)}."
        for row, (table, total) in enumerate(zip(batch, totals, strict=True))
    )
    return (
        f"One table of position vectors, added to each row of a batch of {len(batch)}. "
        f"The table: {_write_table(shared)}. {blocks}"
    )


def _write_table(table: Table) -> str:
    return " / ".join(write_row(row) for row in table)
