"""A table of vectors: the rows that are looked up, and the rows that learn."""

from collections import Counter
from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from lesson.figures.rows import (
    NUMBER_WIDTH,
    PLAIN,
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
    GREY,
    PALE_PURPLE,
    PURPLE,
    SMALL,
    TeachingFigure,
    arrow,
    canvas,
    label,
)

# What a row number of the table is, and how its looked-up rows are drawn.
KINDS = {"token": ("id", TOKEN), "position": ("position", POSITION)}
GRADIENT = Look(PALE_PURPLE, PURPLE, bold=True)


def plot_lookup(
    table: Table,
    rows: Sequence[int],
    *,
    kind: str = "token",
    names: Sequence[str] | None = None,
) -> TeachingFigure:
    """Draw a table of vectors, mark the rows that are looked up, and take them out.

    Args:
        table: at most 12 rows of the same length, at most 4 numbers each.
        rows: numbers of rows in the order in which they are looked up, at most 12.
        kind: "token", a row for each id, or "position", a row for each position.
        names: a label of at most 10 letters for each looked-up row; without it, the row number.

    Returns:
        A figure 10 inches wide.

    Raises:
        ValueError: the table is not rectangular or too large, a number too wide for its box, a
            row not in the table, the names do not fit the rows, or there is no such kind.

    Example:
        >>> plot_lookup([[0.5, 1], [2, 3]], [1]).alt
        'A table of 2 rows with 2 numbers each. Looked up, in this order: id 1: 2, 3.'
    """
    check_table("table", table, max_rows=12)
    _check_rows(rows, len(table))
    row_name, look = _find_kind(kind)
    look = look._replace(bold=True)
    names = [f"{row_name} {row}" for row in rows] if names is None else names
    check_names(names, len(rows), max_letters=10)
    height = 0.75 + ROW_HEIGHT * max(len(table), len(rows))
    figure, axes = canvas(10, height, _describe_lookup(table, rows, row_name))
    table_top = height - 0.6
    found_top = table_top / 2 + 0.075 + ROW_HEIGHT * len(rows) / 2  # beside the table's middle
    _draw_numbered(axes, table, table_top, row_name, dict.fromkeys(rows, look))
    _draw_found(axes, [table[row] for row in rows], found_top, names, look)
    start = SLOTS[0] + NUMBER_WIDTH * len(table[0]) + 0.06
    end = SLOTS[2] - 0.25 - 0.13 * max(len(name) for name in names)
    for place, row in enumerate(rows):
        here = (start, table_top - ROW_HEIGHT * (row + 0.5))
        there = (end, found_top - ROW_HEIGHT * (place + 0.5))
        arrow(axes, here, there, color=look.edge)
    return figure


def plot_gradient(table: Table, gradient: Table, rows: Sequence[int]) -> TeachingFigure:
    """Draw a table of vectors and, beside each row, the gradient that reached it.

    Args:
        table: at most 12 rows of the same length, at most 4 numbers each.
        gradient: a number for each number of the table.
        rows: numbers of the rows that were looked up, at most 12.

    Returns:
        A figure 10 inches wide.

    Raises:
        ValueError: the table is not rectangular or too large, the gradient has another shape, a
            number is too wide for its box, or a row is not in the table.

    Example:
        >>> plot_gradient([[0.5], [2], [3]], [[0], [2], [0]], [1, 1]).alt
        'A table of 3 rows and its gradient. Row 1, looked up twice: 2. Zero in row 0, 2.'
    """
    check_table("table", table, max_rows=12)
    check_same_shape(table, "a gradient has the shape of its table", gradient=gradient)
    _check_rows(rows, len(table))
    height = 0.75 + ROW_HEIGHT * len(table)
    figure, axes = canvas(10, height, _describe_gradient(gradient, Counter(rows)))
    top = height - 0.6
    _draw_numbered(axes, table, top, "id", dict.fromkeys(rows, TOKEN._replace(bold=True)))
    _draw_gradient(axes, gradient, top)
    for row, times in Counter(rows).items():
        middle = top - ROW_HEIGHT * (row + 0.5)
        label(axes, SLOTS[2], middle, f"looked up {_count_times(times)}", align="left")
    return figure


def _draw_numbered(
    axes: Axes, table: Table, top: float, row_name: str, looks: Mapping[int, Look]
) -> None:
    label(axes, 0.5, top + 0.3, row_name, ink=GREY, size=SMALL)
    title = f"table, {len(table)} × {len(table[0])}"
    label(axes, SLOTS[0], top + 0.3, title, bold=True, align="left")
    # The marked rows come last: their borders lie on those of their neighbours.
    for row in sorted(range(len(table)), key=lambda row: row in looks):
        look = looks.get(row, PLAIN)
        bottom = top - ROW_HEIGHT * (row + 1)
        middle = bottom + ROW_HEIGHT / 2
        label(axes, 0.5, middle, str(row), ink=look.ink, bold=look.bold, mono=True)
        draw_row(axes, SLOTS[0], bottom, table[row], look)


def _draw_found(axes: Axes, found: Table, top: float, names: Sequence[str], look: Look) -> None:
    title = f"looked up, {len(found)} × {len(found[0])}"
    label(axes, SLOTS[2], top + 0.3, title, bold=True, align="left")
    for place, (numbers, name) in enumerate(zip(found, names, strict=True)):
        bottom = top - ROW_HEIGHT * (place + 1)
        label(axes, SLOTS[2] - 0.12, bottom + ROW_HEIGHT / 2, name, bold=True, align="right")
        draw_row(axes, SLOTS[2], bottom, numbers, look)


def _draw_gradient(axes: Axes, gradient: Table, top: float) -> None:
    label(axes, SLOTS[1], top + 0.3, "its gradient", bold=True, align="left")
    # The rows that a gradient reached come last: their borders lie on those of their neighbours.
    for row in sorted(range(len(gradient)), key=lambda row: any(gradient[row])):
        look = GRADIENT if any(gradient[row]) else PLAIN
        draw_row(axes, SLOTS[1], top - ROW_HEIGHT * (row + 1), gradient[row], look)


def _find_kind(kind: str) -> tuple[str, Look]:
    if kind not in KINDS:
        raise ValueError(f"there is no kind {kind!r}: take one of {', '.join(KINDS)}")
    return KINDS[kind]


def _check_rows(rows: Sequence[int], n_rows: int) -> None:
    if not 1 <= len(rows) <= 12:
        raise ValueError(f"expected 1 to 12 rows to look up, but {len(rows)} came")
    for row in rows:
        if not 0 <= row < n_rows:
            raise ValueError(f"there is no row {row}: the table has the rows 0 to {n_rows - 1}")


def _describe_lookup(table: Table, rows: Sequence[int], row_name: str) -> str:
    found = "; ".join(f"{row_name} {row}: {write_row(table[row])}" for row in rows)
    return (
        f"A table of {len(table)} rows with {len(table[0])} numbers each. "
        f"Looked up, in this order: {found}."
    )


def _describe_gradient(gradient: Table, times: Mapping[int, int]) -> str:
    reached = ". ".join(
        f"Row {row}, looked up {_count_times(times[row])}: {write_row(gradient[row])}"
        for row in sorted(times)
    )
    zero = ", ".join(str(row) for row, numbers in enumerate(gradient) if not any(numbers))
    start = f"A table of {len(gradient)} rows and its gradient. {reached}."
    return f"{start} Zero in row {zero}." if zero else start


def _count_times(times: int) -> str:
    return {1: "once", 2: "twice"}.get(times, f"{times} times")
