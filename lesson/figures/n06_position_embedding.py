"""The pictures of notebook 6: word order, positions that are alike, tables, turning pairs."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import dist, hypot
from statistics import fmean

import numpy as np
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from lesson.figures.palette import BIG, BLUE, GREY, INK, SMALL
from lesson.figures.rows import Table
from lesson.figures.shapes import BLUE_BOX, GREEN_BOX, GREY_BOX, ORANGE_BOX, arrow, box, label
from lesson.figures.style import Point, TeachingFigure, canvas, dress_panel, panels, quote

# From paper to ink: they read the same in grey, to the colour-blind, and turned in the dark.
SHADES = "Blues"


def plot_word_order(first: Sequence[str], second: Sequence[str]) -> TeachingFigure:
    """Draw two sentences of the same words, a position vector beside each word.

    Args:
        first: 2 or 3 different words of at most 6 letters.
        second: the same words in another order.

    Example:
        >>> plot_word_order(["a", "b"], ["b", "a"]).alt[-52:]
        'A different vector: “a”, “b”. The same vector: none.'
    """
    if len(first) > 3 or len(set(first)) < len(first) or sorted(first) != sorted(second):
        raise ValueError(
            "expected at most 3 different words, and the same words again, but "
            f"{list(first)} and {list(second)} came"
        )
    figure, axes = canvas(10, 3.6, _describe_order(first, second))
    width = 8.3 / len(first)
    for place, word in enumerate(first):
        middle = 1.6 + width * (place + 0.5)
        label(axes, middle, 3.38, f"position {place}", ink=GREY, size=SMALL)
        _draw_word(axes, middle, 2.58, word, place)
        _draw_word(axes, middle, 1.53, second[place], place)
        _draw_verdict(axes, middle, width, word, place, second.index(word))
    names = {2.85: "first\nsentence", 1.8: "second\nsentence", 0.55: "word\nby word"}
    for height, name in names.items():
        label(axes, 0.1, height, name, size=SMALL, align="left")
    return figure


def plot_similarities(tables: Mapping[str, Table]) -> TeachingFigure:
    """Draw how alike positions are, as shades: a row and a column for each position.

    `tables` maps a title to a table of cosines, one to three of them.

    Example:
        >>> plot_similarities({"a": [[1, 0.5], [0.5, 1]]}).alt
        'How alike positions are. a: 2 × 2; two that are next door, 0.50 on average.'
    """
    figure, all_axes = panels(10, 4.8, _describe_similarities(tables), len(tables))
    for axes, (title, table) in zip(all_axes, tables.items(), strict=True):
        table = np.asarray(table)  # of a tensor too
        image = axes.imshow(table, cmap=SHADES, vmin=-0.5, vmax=1, interpolation="nearest")
        dress_panel(axes, title, "position", "position")
    bar = figure.colorbar(image, ax=all_axes, pad=0.02, shrink=0.8)
    bar.ax.tick_params(labelsize=SMALL, colors=INK)
    return figure


def plot_position_tables(tables: Mapping[str, Table]) -> TeachingFigure:
    """Draw tables of position vectors as shades, a row for each position.

    `tables` maps a title to a table, one to three of them. They share one scale of shades,
    which reaches as far as the table with the smallest numbers.

    Example:
        >>> plot_position_tables({"learned": [[0.5, -1]]}).alt
        'Position vectors as shades. learned: 1 × 2, numbers from −1.00 to 0.50.'
    """
    figure, all_axes = panels(10, 4.4, _describe_tables(tables), len(tables))
    limit = min(_find_largest(table) for table in tables.values())
    style = {"vmin": -limit, "vmax": limit, "aspect": "auto", "interpolation": "nearest"}
    for axes, (title, table) in zip(all_axes, tables.items(), strict=True):
        image = axes.imshow(table, cmap=SHADES, **style)
        dress_panel(axes, title, "number in the vector", "position")
    bar = figure.colorbar(image, ax=all_axes, pad=0.02, extend="both")
    bar.ax.tick_params(labelsize=SMALL, colors=INK)
    return figure


def plot_turns(pairs: Mapping[str, Sequence[Point]]) -> TeachingFigure:
    """Draw pairs of numbers as hands that turn from position to position.

    `pairs` maps a title to the pair of numbers at position 0, 1, 2, ...: one to three titles,
    at least two positions.

    Example:
        >>> plot_turns({"fast": [(1, 0), (0, 1)]}).alt
        'Hands that turn with the position. fast: 0 at (1.00, 0.00), 1 at (0.00, 1.00).'
    """
    figure, all_axes = panels(0.4 + 3.9 * len(pairs), 4.4, _describe_turns(pairs), len(pairs))
    for axes, (title, points) in zip(all_axes, pairs.items(), strict=True):
        _draw_hands(axes, points)
        dress_panel(axes, title, "first number", "second number")
    return figure


def _draw_word(axes: Axes, middle: float, bottom: float, word: str, place: int) -> None:
    box(axes, middle - 0.98, bottom, 1.0, 0.54, word, BLUE_BOX._replace(bold=True))
    label(axes, middle + 0.21, bottom + 0.27, "+", size=BIG, bold=True)
    box(axes, middle + 0.4, bottom, 0.56, 0.54, f"P{place}", ORANGE_BOX)


def _draw_verdict(
    axes: Axes, middle: float, width: float, word: str, here: int, there: int
) -> None:
    same = here == there
    look = GREY_BOX if same else GREEN_BOX
    box(axes, middle - width / 2 + 0.1, 0.15, width - 0.2, 0.8, look=look)
    label(axes, middle, 0.73, f"{word}: P{here}, then P{there}")
    verdict = "the same vector" if same else "a different vector"
    label(axes, middle, 0.37, verdict, size=SMALL, bold=not same)


def _describe_order(first: Sequence[str], second: Sequence[str]) -> str:
    moved = [here for here, there in zip(first, second, strict=True) if here != there]
    stayed = [here for here, there in zip(first, second, strict=True) if here == there]
    return (
        f"Two sentences of the same words: “{' '.join(first)}” and “{' '.join(second)}”, the "
        "position vectors P0, P1 and so on added in the order of the places. "
        f"A different vector: {quote(moved) or 'none'}. "
        f"The same vector: {quote(stayed) or 'none'}."
    )


def _describe_similarities(tables: Mapping[str, Table]) -> str:
    parts = "; ".join(
        f"{title}: {len(table)} × {len(table)}; two that are next door, "
        f"{fmean(row[i + 1] for i, row in enumerate(table[:-1])):z.2f} on average"
        for title, table in tables.items()
    )
    return f"How alike positions are. {parts.replace('-', '−')}."


def _find_largest(table: Table) -> float:
    return max(abs(number) for row in table for number in row)


def _describe_tables(tables: Mapping[str, Table]) -> str:
    parts = "; ".join(f"{title}: {_measure(table)}" for title, table in tables.items())
    return f"Position vectors as shades. {parts}."


def _measure(table: Table) -> str:
    numbers = [number for row in table for number in row]
    span = f"numbers from {min(numbers):z.2f} to {max(numbers):z.2f}".replace("-", "−")
    return f"{len(table)} × {len(table[0])}, {span}"


def _draw_hands(axes: Axes, points: Sequence[Point]) -> None:
    longest = max(hypot(*point) for point in points)
    reach = 1.5 * longest
    axes.set(xlim=(-reach, reach), ylim=(-reach, reach), aspect="equal")
    crowded = min(dist(*pair) for pair in pairwise(points)) < longest / 4
    axes.add_patch(Circle((0, 0), longest, fill=False, edgecolor=GREY, ls=":", lw=1.2))
    for position, (x, y) in enumerate(points):
        arrow(axes, (0, 0), (x, y), color=BLUE)
        # The numbers of hands that stand close together alternate between two circles.
        beyond = (1.36 if crowded and position % 2 else 1.15) * longest / hypot(x, y)
        label(axes, x * beyond, y * beyond, str(position), bold=True)


def _describe_turns(pairs: Mapping[str, Sequence[Point]]) -> str:
    parts = "; ".join(
        f"{title}: "
        + ", ".join(f"{place} at ({x:z.2f}, {y:z.2f})" for place, (x, y) in enumerate(points))
        for title, points in pairs.items()
    )
    return f"Hands that turn with the position. {parts.replace('-', '−')}."
