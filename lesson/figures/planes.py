"""Vectors of two numbers as points in a plane: made up by hand, before and after training."""

from collections.abc import Mapping, Sequence
from math import dist
from statistics import fmean

from matplotlib.axes import Axes

from lesson.figures.rows import write_number
from lesson.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PAPER,
    PURPLE,
    SMALL,
    TeachingFigure,
    chart,
)

Point = tuple[float, float]
Groups = Mapping[str, Sequence[Point]]

# Each group has a shape of its own as well as a colour.
MARKS = (("o", BLUE), ("^", ORANGE), ("s", GREEN), ("D", PURPLE), ("v", GREY), ("P", INK))


def plot_plane(points: Mapping[str, Point], x_label: str, y_label: str) -> TeachingFigure:
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
    named = ", ".join(
        f"{name} at ({write_number(x)}, {write_number(y)})" for name, (x, y) in points.items()
    )
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


def plot_groups(before: Groups, after: Groups, title: str) -> TeachingFigure:
    """Draw groups of vectors of two numbers before and after training, side by side.

    Args:
        before: name to the points of the group, at most 6 groups.
        after: the same points after training, in the same groups.
        title: what the members of a group have in common; it heads the legend.

    Returns:
        A figure of 10 x 4.4 inches.

    Raises:
        ValueError: there is no group or more than 6, a group is empty, a point has not two
            numbers, or the groups after training are not those before.

    Example:
        >>> near, far = {"a": [(0, 0), (2, 0)]}, {"a": [(0, 0), (8, 0)]}
        >>> plot_groups(far, near, "letter").alt[-40:]
        '“a”, 2 points, 4.0 before and 1.0 after.'
    """
    _check_groups(before, after)
    figure = TeachingFigure(10, 4.4, _describe_groups(before, after, title))
    figure.set_layout_engine("constrained")
    first, second = figure.subplots(1, 2)
    _draw_groups(first, before, "before training")
    _draw_groups(second, after, "after training")
    legend = figure.legend(
        *first.get_legend_handles_labels(),
        loc="outside right center",
        numpoints=1,
        title=title,
        title_fontsize=SMALL,
        fontsize=SMALL,
        labelcolor=INK,
        frameon=False,
    )
    legend.get_title().set_color(INK)
    return figure


def dress_panel(axes: Axes, title: str, x_label: str, y_label: str) -> None:
    """Give one of several panels its title, its labels and the look of all the others."""
    axes.set_title(title, fontsize=MEDIUM, fontweight="bold", color=INK)
    axes.set_xlabel(x_label, fontsize=SMALL, color=INK)
    axes.set_ylabel(y_label, fontsize=SMALL, color=INK)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)


def _draw_groups(axes: Axes, groups: Groups, title: str) -> None:
    dress_panel(axes, title, "first number", "second number")
    axes.margins(0.1)
    for (name, points), (marker, color) in zip(groups.items(), MARKS, strict=False):
        across, upwards = zip(*points, strict=True)
        axes.plot(
            across,
            upwards,
            marker,
            color=color,
            markersize=9,
            markeredgecolor=PAPER,
            label=f"{name}   ({len(points)})",
        )


def _describe_groups(before: Groups, after: Groups, title: str) -> str:
    groups = "; ".join(
        f"“{name}”, {len(before[name])} points, {_measure_spread(before[name]):.1f} before and "
        f"{_measure_spread(after[name]):.1f} after"
        for name in before
    )
    return (
        f"Points in a plane before and after training, in groups: {title}. "
        f"Mean distance from the middle of the group: {groups}."
    )


def _measure_spread(points: Sequence[Point]) -> float:
    """Return the mean distance of the points from their middle."""
    middle = [fmean(numbers) for numbers in zip(*points, strict=True)]
    return fmean(dist(point, middle) for point in points)


def _check_groups(before: Groups, after: Groups) -> None:
    if not 1 <= len(before) <= len(MARKS):
        raise ValueError(f"expected 1 to {len(MARKS)} groups, but {len(before)} came")
    sizes = [{name: len(points) for name, points in groups.items()} for groups in (before, after)]
    if sizes[0] != sizes[1]:
        raise ValueError(
            f"expected the same groups before and after, but {sizes[0]} and {sizes[1]} came"
        )
    for name, points in [*before.items(), *after.items()]:
        if not points or any(len(point) != 2 for point in points):
            raise ValueError(
                f"{name!r}: expected at least one point of two numbers, but {list(points)} came"
            )
