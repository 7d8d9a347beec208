"""Position vectors in pictures: tables as shades, pairs of numbers as hands that turn."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import dist, hypot

from matplotlib.axes import Axes
from matplotlib.patches import Circle

from lesson.figures.planes import dress_panel
from lesson.figures.style import (
    BLUE,
    GREY,
    INK,
    SMALL,
    TeachingFigure,
    arrow,
    label,
)

Table = Sequence[Sequence[float]]
Point = tuple[float, float]

SHADES = "cividis"  # grows steadily lighter: it reads the same in grey and to the colour-blind


def plot_position_tables(tables: Mapping[str, Table]) -> TeachingFigure:
    """Draw tables of position vectors as shades, a row for each position.

    Args:
        tables: title to a table; 1 to 3 tables, each of rows of the same length. They share
            one scale of shades, which reaches as far as the table with the smallest numbers.

    Returns:
        A figure of 10 x 4.4 inches.

    Raises:
        ValueError: there is no table or more than 3, or one is empty or not rectangular.

    Example:
        >>> plot_position_tables({"learned": [[0.5, -1]]}).alt
        'Position vectors as shades. learned: 1 × 2, numbers from −1.00 to 0.50.'
    """
    _check_tables(tables)
    figure = TeachingFigure(10, 4.4, _describe_tables(tables))
    figure.set_layout_engine("constrained")
    panels = figure.subplots(1, len(tables), squeeze=False)[0]
    limit = min(_find_largest(table) for table in tables.values()) or 1.0
    for axes, (title, table) in zip(panels, tables.items(), strict=True):
        image = axes.imshow(
            table,
            cmap=SHADES,
            vmin=-limit,
            vmax=limit,
            aspect="auto",
            interpolation="nearest",
        )
        dress_panel(axes, title, "number in the vector", "position")
    bar = figure.colorbar(image, ax=list(panels), pad=0.02, extend="both")
    bar.ax.tick_params(labelsize=SMALL, colors=INK)
    return figure


def plot_turns(pairs: Mapping[str, Sequence[Point]]) -> TeachingFigure:
    """Draw pairs of numbers as hands that turn from position to position.

    Args:
        pairs: title to the pair of numbers at position 0, 1, 2, ...; 1 to 3 titles, 2 to 8
            positions.

    Returns:
        A figure 4.4 inches high; its width grows with the number of titles.

    Raises:
        ValueError: there are too few or too many titles or positions, or a pair is no pair or
            has no length.

    Example:
        >>> plot_turns({"fast": [(1, 0), (0, 1)]}).alt
        'Hands that turn with the position. fast: 0 at (1.00, 0.00), 1 at (0.00, 1.00).'
    """
    _check_pairs(pairs)
    figure = TeachingFigure(0.4 + 3.9 * len(pairs), 4.4, _describe_turns(pairs))
    figure.set_layout_engine("constrained")
    panels = figure.subplots(1, len(pairs), squeeze=False)[0]
    for axes, (title, points) in zip(panels, pairs.items(), strict=True):
        _draw_hands(axes, points)
        dress_panel(axes, title, "first number", "second number")
    return figure


def _draw_hands(axes: Axes, points: Sequence[Point]) -> None:
    longest = max(hypot(*point) for point in points)
    reach = 1.5 * longest
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    crowded = min(dist(*pair) for pair in pairwise(points)) < longest / 4
    axes.add_patch(Circle((0, 0), longest, fill=False, edgecolor=GREY, ls=":", lw=1.2))
    for position, (x, y) in enumerate(points):
        arrow(axes, (0, 0), (x, y), color=BLUE)
        beyond = 1.15 if position % 2 == 0 or not crowded else 1.36
        beyond *= longest / hypot(x, y)
        label(axes, x * beyond, y * beyond, str(position), bold=True)


def _find_largest(table: Table) -> float:
    return max(abs(number) for row in table for number in row)


def _describe_tables(tables: Mapping[str, Table]) -> str:
    parts = "; ".join(f"{title}: {_measure(table)}" for title, table in tables.items())
    return f"Position vectors as shades. {parts}."


def _measure(table: Table) -> str:
    numbers = [number for row in table for number in row]
    span = f"numbers from {min(numbers):z.2f} to {max(numbers):z.2f}".replace("-", "−")
    return f"{len(table)} × {len(table[0])}, {span}"


def _describe_turns(pairs: Mapping[str, Sequence[Point]]) -> str:
    parts = "; ".join(
        f"{title}: "
        + ", ".join(f"{place} at ({x:z.2f}, {y:z.2f})" for place, (x, y) in enumerate(points))
        for title, points in pairs.items()
    )
    return f"Hands that turn with the position. {parts.replace('-', '−')}."


def _check_tables(tables: Mapping[str, Table]) -> None:
    if not 1 <= len(tables) <= 3:
        raise ValueError(f"expected 1 to 3 tables, but {len(tables)} came")
    for title, table in tables.items():
        lengths = {len(row) for row in table}
        if len(lengths) != 1 or 0 in lengths:
            raise ValueError(
                f"{title!r}: expected rows of the same length, but lengths {sorted(lengths)} came"
            )


def _check_pairs(pairs: Mapping[str, Sequence[Point]]) -> None:
    if not 1 <= len(pairs) <= 3:
        raise ValueError(f"expected 1 to 3 titles, but {len(pairs)} came")
    for title, points in pairs.items():
        if not 2 <= len(points) <= 8:
            raise ValueError(f"{title!r}: expected 2 to 8 positions, but {len(points)} came")
        if any(len(point) != 2 or not any(point) for point in points):
            raise ValueError(
                f"{title!r}: expected pairs of numbers, not both 0, but {list(points)} came"
            )
