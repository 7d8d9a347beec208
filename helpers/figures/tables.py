"""Vectors as tables of numbers: rows looked up, tables added, the order of words kept."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from helpers.figures.style import (
    BIG,
    BLUE,
    GREEN,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_GREY,
    PALE_ORANGE,
    PAPER,
    SMALL,
    TeachingFigure,
    arrow,
    box,
    canvas,
    chart,
    label,
)

Row = Sequence[float]
Table = Sequence[Row]

ROW_HEIGHT = 0.44
SLOT_WIDTH = 2.72  # inches for a table of at most four columns
SLOTS = (0.95, 4.03, 7.11)  # left edges of the three tables of a sum
SUM_TITLES = ("token vectors", "position vectors", "input embeddings")


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
REPEATED = Look(PALE_GREY, ORANGE, dashed=True)
SUM = Look(PALE_GREEN, GREEN)
# What a row number of the table is, and how its looked-up rows are drawn.
KINDS = {"token": ("id", TOKEN), "position": ("position", POSITION)}


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
    _check_table("table", table, max_rows=12)
    _check_rows(rows, len(table))
    row_name, look = _find_kind(kind)
    look = look._replace(bold=True)
    names = [f"{row_name} {row}" for row in rows] if names is None else names
    _check_names(names, len(rows), max_letters=10)
    height = 0.75 + ROW_HEIGHT * max(len(table), len(rows))
    figure, axes = canvas(10, height, _describe_lookup(table, rows, row_name))
    table_top = height - 0.6
    found_top = table_top / 2 + 0.075 + ROW_HEIGHT * len(rows) / 2  # beside the table's middle
    _draw_numbered(axes, table, table_top, row_name, dict.fromkeys(rows, look))
    _draw_found(axes, [table[row] for row in rows], found_top, names, look)
    start = SLOTS[0] + SLOT_WIDTH / 4 * len(table[0]) + 0.06
    end = SLOTS[2] - 0.25 - 0.13 * max(len(name) for name in names)
    for place, row in enumerate(rows):
        here = (start, table_top - ROW_HEIGHT * (row + 0.5))
        there = (end, found_top - ROW_HEIGHT * (place + 0.5))
        arrow(axes, here, there, color=look.edge)
    return figure


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
    _check_table("left", left, max_rows=8)
    _check_same_shape(left, right=right, total=total)
    names = [f"row {row}" for row in range(len(left))] if names is None else names
    _check_names(names, len(left), max_letters=8)
    _check_marked(marked, left)
    height = 0.75 + ROW_HEIGHT * len(left)
    figure, axes = canvas(10, height, _describe_sum(left, right, total))
    _draw_titles(axes, height - 0.3, len(left[0]))
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
    _check_table("shared", shared, max_rows=4)
    _check_same_shape(shared, **_numbered("batch", batch), **_numbered("totals", totals))
    step = ROW_HEIGHT * len(shared) + 0.3
    height = 0.45 + step * len(batch)
    figure, axes = canvas(10, height, _describe_broadcast(batch, shared, totals))
    _draw_titles(axes, height - 0.3, len(shared[0]))
    for row, (table, total) in enumerate(zip(batch, totals, strict=True)):
        top = height - 0.6 - step * row
        looks = (TOKEN, REPEATED if row else POSITION, SUM)
        _draw_equation(axes, top, (table, shared, total), looks)
        middle = top - ROW_HEIGHT * len(shared) / 2
        label(axes, SLOTS[0] - 0.12, middle, f"batch\nrow {row}", size=SMALL, align="right")
    return figure


def plot_word_order(first: Sequence[str], second: Sequence[str]) -> TeachingFigure:
    """Draw two sentences of the same words, a position vector beside each word.

    Args:
        first: 2 or 3 different words of at most 6 letters.
        second: the same words in another order.

    Returns:
        A figure of 10 x 3.6 inches.

    Raises:
        ValueError: there are too few or too many words, a word is too long or comes twice,
            or the second sentence has other words.

    Example:
        >>> plot_word_order(["a", "b"], ["b", "a"]).alt[-48:]
        'Another vector: “a”, “b”. The same vector: none.'
    """
    _check_words(first, second)
    figure, axes = canvas(10, 3.6, _describe_order(first, second))
    width = 8.3 / len(first)
    for place in range(len(first)):
        middle = 1.6 + width * (place + 0.5)
        label(axes, middle, 3.38, f"position {place}", ink=GREY, size=SMALL)
        _draw_word(axes, middle, 2.58, first[place], place)
        _draw_word(axes, middle, 1.53, second[place], place)
        _draw_verdict(axes, middle, width, first[place], place, second.index(first[place]))
    for height, text in (
        (2.85, "first\nsentence"),
        (1.8, "second\nsentence"),
        (0.55, "word\nby word"),
    ):
        label(axes, 0.1, height, text, size=SMALL, align="left")
    return figure


def plot_plane(
    points: Mapping[str, tuple[float, float]], x_label: str, y_label: str
) -> TeachingFigure:
    """Draw vectors of two numbers as named points in a plane.

    Args:
        points: name to the two numbers.
        x_label: what the first number says.
        y_label: what the second number says.

    Returns:
        A figure of 8 x 4.2 inches.

    Raises:
        ValueError: there is no point, or one has not two numbers.

    Example:
        >>> plot_plane({"cat": (1, 0)}, "runs", "grows").alt
        'Named points in a plane; across: runs, upwards: grows. cat at (1, 0).'
    """
    if not points or any(len(point) != 2 for point in points.values()):
        raise ValueError(f"expected at least one name with two numbers, but {dict(points)} came")
    named = ", ".join(f"{name} at ({_write(x)}, {_write(y)})" for name, (x, y) in points.items())
    alt = f"Named points in a plane; across: {x_label}, upwards: {y_label}. {named}."
    figure, axes = chart(8, 4.2, alt, x_label, y_label)
    axes.margins(x=0.25, y=0.18)
    for name, (x, y) in points.items():
        axes.plot(x, y, marker="o", markersize=11, color=BLUE)
        axes.annotate(
            name,
            (x, y),
            (11, 0),
            textcoords="offset points",
            va="center",
            fontsize=MEDIUM,
            color=INK,
        )
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
        _draw_row(axes, SLOTS[0], bottom, table[row], look)


def _draw_found(axes: Axes, found: Table, top: float, names: Sequence[str], look: Look) -> None:
    title = f"looked up, {len(found)} × {len(found[0])}"
    label(axes, SLOTS[2], top + 0.3, title, bold=True, align="left")
    for place, (numbers, name) in enumerate(zip(found, names, strict=True)):
        bottom = top - ROW_HEIGHT * (place + 1)
        label(axes, SLOTS[2] - 0.12, bottom + ROW_HEIGHT / 2, name, bold=True, align="right")
        _draw_row(axes, SLOTS[2], bottom, numbers, look)


def _draw_row(axes: Axes, left: float, bottom: float, numbers: Row, look: Look) -> None:
    width = SLOT_WIDTH / 4
    for column, number in enumerate(numbers):
        box(
            axes,
            left + column * width,
            bottom,
            width,
            ROW_HEIGHT,
            _write(number),
            fill=look.fill,
            edge=GREY,
            ink=look.ink,
            bold=look.bold,
            line_width=0.6,
            mono=True,
        )
    style = "--" if look.dashed else "-"
    line_width = 2.6 if look.bold else 1.6
    axes.add_patch(
        Rectangle(
            (left, bottom),
            width * len(numbers),
            ROW_HEIGHT,
            fill=False,
            edgecolor=look.edge,
            lw=line_width,
            ls=style,
        )
    )


def _draw_equation(axes: Axes, top: float, tables: Sequence[Table], looks: Sequence[Look]) -> None:
    middle = top - ROW_HEIGHT * len(tables[0]) / 2
    for left, table, look in zip(SLOTS, tables, looks, strict=True):
        for row, numbers in enumerate(table):
            _draw_row(axes, left, top - ROW_HEIGHT * (row + 1), numbers, look)
    right = SLOT_WIDTH / 4 * len(tables[0][0])
    for here, there, sign in ((0, 1, "+"), (1, 2, "=")):
        label(axes, (SLOTS[here] + right + SLOTS[there]) / 2, middle, sign, size=24, bold=True)


def _draw_titles(axes: Axes, height: float, columns: int) -> None:
    for left, title in zip(SLOTS, SUM_TITLES, strict=True):
        label(axes, left, height, title, bold=True, align="left")


def _frame_number(axes: Axes, top: float, row: int, column: int) -> None:
    width = SLOT_WIDTH / 4
    for left in SLOTS:
        corner = (left + width * column, top - ROW_HEIGHT * (row + 1))
        axes.add_patch(Rectangle(corner, width, ROW_HEIGHT, fill=False, edgecolor=INK, lw=3.5))


def _draw_word(axes: Axes, middle: float, bottom: float, word: str, place: int) -> None:
    box(axes, middle - 0.98, bottom, 1.0, 0.54, word, fill=PALE_BLUE, edge=BLUE, bold=True)
    label(axes, middle + 0.21, bottom + 0.27, "+", size=BIG, bold=True)
    box(axes, middle + 0.4, bottom, 0.56, 0.54, f"P{place}", fill=PALE_ORANGE, edge=ORANGE)


def _draw_verdict(
    axes: Axes, middle: float, width: float, word: str, here: int, there: int
) -> None:
    same = here == there
    fill, edge = (PALE_GREY, GREY) if same else (PALE_GREEN, GREEN)
    sums = f"{word}: P{here} above, P{there} below"
    verdict = "the same vector" if same else "another vector"
    box(axes, middle - width / 2 + 0.1, 0.15, width - 0.2, 0.8, fill=fill, edge=edge)
    label(axes, middle, 0.73, sums, size=SMALL)
    label(axes, middle, 0.37, verdict, size=SMALL, bold=not same)


def _write(number: float) -> str:
    """Write a whole number as it is and any other with two decimals, with a true minus."""
    text = str(number) if isinstance(number, int) else f"{number:z.2f}"
    return text.replace("-", "−")


def _write_row(numbers: Row) -> str:
    return ", ".join(_write(number) for number in numbers)


def _numbered(name: str, tables: Sequence[Table]) -> dict[str, Table]:
    return {f"{name}[{i}]": table for i, table in enumerate(tables)}


def _check_table(name: str, table: Table, max_rows: int) -> None:
    lengths = [len(row) for row in table]
    if not 1 <= len(lengths) <= max_rows or len(set(lengths)) != 1 or not 1 <= lengths[0] <= 4:
        raise ValueError(
            f"{name}: expected 1 to {max_rows} rows of the same length, 1 to 4 numbers each, "
            f"but rows of length {lengths} came; cut a piece out of it"
        )
    _check_numbers(name, table)


def _check_numbers(name: str, table: Table) -> None:
    widest = max((_write(number) for row in table for number in row), key=len)
    if len(widest) > 5:
        raise ValueError(
            f"{name}: a number may have 5 characters, but {widest} has {len(widest)}; "
            "take smaller numbers, or whole ones"
        )


def _check_same_shape(model: Table, **tables: Table) -> None:
    expected = [len(row) for row in model]
    for name, table in tables.items():
        lengths = [len(row) for row in table]
        if lengths != expected:
            raise ValueError(
                f"{name}: expected rows of length {expected}, but rows of length {lengths} came; "
                "the tables of a sum have the same shape"
            )
        _check_numbers(name, table)


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


def _check_names(names: Sequence[str], n_rows: int, max_letters: int) -> None:
    if len(names) != n_rows:
        raise ValueError(f"expected {n_rows} names, one a row, but {len(names)} came")
    for name in names:
        if len(name) > max_letters:
            raise ValueError(
                f"a name may have {max_letters} letters, but {name!r} has {len(name)}"
            )


def _check_marked(marked: tuple[int, int] | None, table: Table) -> None:
    if marked is None:
        return
    row, column = marked
    if not (0 <= row < len(table) and 0 <= column < len(table[0])):
        raise ValueError(
            f"there is no number at {marked}: the tables have {len(table)} rows and "
            f"{len(table[0])} columns, counted from 0"
        )


def _check_words(first: Sequence[str], second: Sequence[str]) -> None:
    if not 2 <= len(first) <= 3 or len(set(first)) != len(first):
        raise ValueError(f"expected 2 or 3 different words, but {list(first)} came")
    if sorted(second) != sorted(first):
        raise ValueError(f"expected the words {sorted(first)} again, but {sorted(second)} came")
    longest = max(first, key=len)
    if len(longest) > 6:
        raise ValueError(f"a word may have 6 letters, but {longest!r} has {len(longest)}")


def _describe_lookup(table: Table, rows: Sequence[int], row_name: str) -> str:
    found = "; ".join(f"{row_name} {row}: {_write_row(table[row])}" for row in rows)
    return (
        f"A table of {len(table)} rows with {len(table[0])} numbers each. "
        f"Looked up, in this order: {found}."
    )


def _describe_sum(left: Table, right: Table, total: Table) -> str:
    rows = ". ".join(
        f"Row {row}: {_write_row(a)} plus {_write_row(b)} is {_write_row(c)}"
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
    return " / ".join(_write_row(row) for row in table)


def _describe_order(first: Sequence[str], second: Sequence[str]) -> str:
    moved = [word for place, word in enumerate(first) if second[place] != word]
    stayed = [word for word in first if word not in moved]
    return (
        f"Two sentences of the same words: “{' '.join(first)}” and “{' '.join(second)}”, the "
        "position vectors P0, P1 and so on added in the order of the places. "
        f"Another vector: {_quote(moved)}. The same vector: {_quote(stayed)}."
    )


def _quote(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "none"
