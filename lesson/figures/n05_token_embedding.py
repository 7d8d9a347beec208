"""The pictures of notebook 5: points in a plane, a table's rows looked up, and how they learn."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import cycle

from matplotlib.axes import Axes

from lesson.figures.palette import BLUE, GREEN, GREY, ORANGE, SMALL
from lesson.figures.rows import CELL_WIDTH, ROW_HEIGHT, SLOTS, Table, draw_row, write_row
from lesson.figures.shapes import BLUE_BOX, FADED, ORANGE_BOX, PURPLE_BOX, Look, arrow, label, note
from lesson.figures.style import Point, TeachingFigure, canvas, chart, dress_panel, panels

Points = Mapping[str, Point]

# What a row number of the table is, and how its looked-up rows are drawn.
KINDS = {
    "token": ("id", BLUE_BOX._replace(bold=True)),
    "position": ("position", ORANGE_BOX._replace(bold=True)),
}
GRADIENT = PURPLE_BOX._replace(bold=True)
# Each curve has its own dashes, as well as a colour.
STROKES = ((BLUE, "-"), (ORANGE, (0, (5, 1.5))), (GREEN, (0, (1.5, 1))))


def plot_planes(tables: Mapping[str, Points], x_label: str, y_label: str) -> TeachingFigure:
    """Draw vectors of two numbers as named points, in one plane or in two side by side.

    `tables` maps the title of a plane to its points, by their names; all share one scale.

    Example:
        >>> plot_planes({"made up": {"cat": (1, 0)}}, "animal", "food").alt
        'Named points; across: animal, upwards: food. made up: cat at (1, 0).'
    """
    alt = _describe_planes(tables, x_label, y_label)
    figure, all_axes = panels(10 if len(tables) > 1 else 7, 4.2, alt, len(tables))
    xs, ys = zip(*(point for points in tables.values() for point in points.values()), strict=True)
    width, height = max(xs) - min(xs) or 1, max(ys) - min(ys) or 1
    limits = {
        "xlim": (min(xs) - 0.1 * width, max(xs) + 0.4 * width),  # on the right, room for a name
        "ylim": (min(ys) - 0.1 * height, max(ys) + 0.1 * height),
    }
    for axes, (title, points) in zip(all_axes, tables.items(), strict=True):
        dress_panel(axes, title, x_label, y_label)
        axes.set(**limits)
        for name, (x, y) in points.items():
            axes.plot(x, y, marker="o", markersize=9, color=BLUE)
            # A point close by on the right needs the room for its own name.
            crowded = any(
                0 < other_x - x < 0.2 * width and abs(other_y - y) < 0.08 * height
                for other_x, other_y in points.values()
            )
            place = {"offset": (-9, 0), "align": "right"} if crowded else {"offset": (9, 0)}
            note(axes, name, (x, y), **place)
    return figure


def plot_lookup(
    table: Table,
    rows: Sequence[int],
    *,
    kind: str = "token",
    names: Sequence[str] | None = None,
) -> TeachingFigure:
    """Draw a table of vectors, mark the rows that are looked up, and take them out.

    Args:
        table: rows of the same length, at most 4 numbers each; 12 rows fit on a screen.
        rows: numbers of rows in the order in which they are looked up.
        kind: "token", a row for each id, or "position", a row for each position.
        names: a label of at most 10 letters for each looked-up row; without it, the row number.

    Example:
        >>> plot_lookup([[0.5, 1], [2, 3]], [1]).alt
        'A table of 2 rows with 2 numbers each. Looked up, in this order: id 1: 2, 3.'
    """
    row_name, look = KINDS[kind]
    names = [f"{row_name} {row}" for row in rows] if names is None else names
    height = 0.75 + ROW_HEIGHT * max(len(table), len(rows))
    figure, axes = canvas(10, height, _describe_lookup(table, rows, row_name))
    table_top = height - 0.6
    found_top = table_top / 2 + 0.075 + ROW_HEIGHT * len(rows) / 2  # beside the table's middle
    _draw_numbered(axes, table, table_top, row_name, dict.fromkeys(rows, look))
    _draw_found(axes, [table[row] for row in rows], found_top, names, look)
    start = SLOTS[0] + CELL_WIDTH * len(table[0]) + 0.06
    end = SLOTS[2] - 0.25 - 0.13 * max(len(name) for name in names)
    for place, row in enumerate(rows):
        here = (start, table_top - ROW_HEIGHT * (row + 0.5))
        there = (end, found_top - ROW_HEIGHT * (place + 0.5))
        arrow(axes, here, there, color=look.edge)
    return figure


def plot_gradient(table: Table, gradient: Table, rows: Sequence[int]) -> TeachingFigure:
    """Draw a table of vectors and, beside each row, the gradient that reached it.

    Args:
        table: rows of the same length, at most 4 numbers each.
        gradient: a number for each number of the table.
        rows: numbers of the rows that were looked up.

    Example:
        >>> plot_gradient([[0.5], [2], [3]], [[0], [2], [0]], [1, 1]).alt
        'A table of 3 rows and its gradient. Row 1, looked up twice: 2. Zero in row 0, 2.'
    """
    times = Counter(rows)
    height = 0.75 + ROW_HEIGHT * len(table)
    figure, axes = canvas(10, height, _describe_gradient(gradient, times))
    top = height - 0.6
    _draw_numbered(axes, table, top, "id", dict.fromkeys(rows, KINDS["token"][1]))
    label(axes, SLOTS[1], top + 0.3, "its gradient", bold=True, align="left")
    reached = {row: GRADIENT for row, numbers in enumerate(gradient) if any(numbers)}
    _draw_rows(axes, SLOTS[1], top, gradient, reached)
    for row, n in times.items():
        middle = top - ROW_HEIGHT * (row + 0.5)
        label(axes, SLOTS[2], middle, f"looked up {_count_times(n)}", align="left")
    return figure


def plot_losses(
    losses: Mapping[str, Sequence[float]], levels: Mapping[str, float]
) -> TeachingFigure:
    """Draw how the loss falls while models are trained, and lines to compare it with.

    `losses` maps the name of a model to its loss at each step, as many steps for each;
    `levels` maps the name of a line across the chart to its height.

    Example:
        >>> plot_losses({"small": [6.0, 2.5]}, {"blind": 6}).alt
        'The loss over 2 steps. small: from 6.00 to 2.50. Lines to compare with: blind, 6.00.'
    """
    n_steps = len(next(iter(losses.values())))
    alt = _describe_losses(losses, levels, n_steps)
    figure, axes = chart(10, 4.6, alt, "training step", "loss")
    figure.get_layout_engine().set(w_pad=0.1)
    for (name, curve), (color, dashes) in zip(losses.items(), cycle(STROKES), strict=False):
        axes.plot(range(1, n_steps + 1), curve, color=color, ls=dashes, lw=3)
        point = n_steps, curve[-1]
        note(axes, f"{name}: {curve[-1]:.2f}", point, (8, 0), ink=color, bold=True)
    for name, height in levels.items():
        axes.plot((1, n_steps), (height, height), color=GREY, ls=":", lw=1.8)
        note(axes, f"{name}: {height:.2f}", (n_steps, height), (0, -10), size=SMALL, align="right")
    heights = [height for curve in losses.values() for height in curve] + list(levels.values())
    axes.set(xlim=(-0.02 * n_steps, 1.02 * n_steps), ylim=(0, 1.08 * max(heights)))
    return figure


def _describe_planes(tables: Mapping[str, Points], x_label: str, y_label: str) -> str:
    planes = []
    for title, points in tables.items():
        named = ", ".join(f"{name} at ({write_row(point)})" for name, point in points.items())
        planes.append(f"{title}: {named}")
    return f"Named points; across: {x_label}, upwards: {y_label}. {'; '.join(planes)}."


def _draw_numbered(
    axes: Axes, table: Table, top: float, row_name: str, looks: Mapping[int, Look]
) -> None:
    label(axes, 0.5, top + 0.3, row_name, ink=GREY, size=SMALL)
    title = f"table, {len(table)} × {len(table[0])}"
    label(axes, SLOTS[0], top + 0.3, title, bold=True, align="left")
    for row in range(len(table)):
        look, middle = looks.get(row, FADED), top - ROW_HEIGHT * (row + 0.5)
        label(axes, 0.5, middle, str(row), ink=look.ink, bold=look.bold, mono=True)
    _draw_rows(axes, SLOTS[0], top, table, looks)


def _draw_rows(
    axes: Axes, left: float, top: float, table: Table, looks: Mapping[int, Look]
) -> None:
    # The marked rows come last: their borders cover those of their neighbours.
    for row in sorted(range(len(table)), key=lambda row: row in looks):
        draw_row(axes, left, top - ROW_HEIGHT * (row + 1), table[row], looks.get(row, FADED))


def _draw_found(axes: Axes, found: Table, top: float, names: Sequence[str], look: Look) -> None:
    title = f"looked up, {len(found)} × {len(found[0])}"
    label(axes, SLOTS[2], top + 0.3, title, bold=True, align="left")
    for place, (numbers, name) in enumerate(zip(found, names, strict=True)):
        bottom = top - ROW_HEIGHT * (place + 1)
        label(axes, SLOTS[2] - 0.12, bottom + ROW_HEIGHT / 2, name, bold=True, align="right")
        draw_row(axes, SLOTS[2], bottom, numbers, look)


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


def _describe_losses(
    losses: Mapping[str, Sequence[float]], levels: Mapping[str, float], n_steps: int
) -> str:
    curves = "; ".join(
        f"{name}: from {curve[0]:.2f} to {curve[-1]:.2f}" for name, curve in losses.items()
    )
    lines = "; ".join(f"{name}, {height:.2f}" for name, height in levels.items())
    return f"The loss over {n_steps} steps. {curves}. Lines to compare with: {lines}."
