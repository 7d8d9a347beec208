"""The plot of growth: seconds against the length of the text, one panel a stage."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from benchmarks.findings import OURS, Growth, write_seconds
from benchmarks.texts import name_size
from lesson.figures.style import (
    BLUE,
    GREEN,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PURPLE,
    SMALL,
    TeachingFigure,
)

COLUMNS, PANEL_WIDTH, PANEL_HEIGHT = 2, 5.0, 4.4  # inches
LOOKS = [(ORANGE, "s", "--"), (GREEN, "^", "-."), (PURPLE, "D", ":"), (GREY, "v", "--")]
OUR_LOOK = (BLUE, "o", "-")


def plot_growth(growths: Sequence[Growth]) -> TeachingFigure:
    """Draw each stage's times against the length of the text, on logarithmic axes.

    Args:
        growths: one a stage, at least one.

    Returns:
        A figure of two columns; its description names the times on the longest texts.

    Raises:
        ValueError: there is no stage.
    """
    if not growths:
        raise ValueError("expected at least one stage to draw, but none came")
    rows = -(-len(growths) // COLUMNS)
    size = COLUMNS * PANEL_WIDTH, rows * PANEL_HEIGHT
    figure = TeachingFigure(*size, _describe(growths))
    figure.set_layout_engine("constrained")
    for number, growth in enumerate(growths, 1):
        _draw(figure.add_subplot(rows, COLUMNS, number), growth)
    return figure


def _draw(axes: Axes, growth: Growth) -> None:
    looks = iter(LOOKS)
    for name, seconds in growth.seconds.items():
        color, marker, line = OUR_LOOK if name == OURS else next(looks)
        axes.plot(*_points(seconds), line, marker=marker, color=color, lw=2, ms=8, label=name)
    _draw_proportion(axes, growth.seconds[OURS])
    axes.set(xscale="log", yscale="log")
    axes.set_title(growth.title, fontsize=MEDIUM, color=INK)
    axes.yaxis.set_major_formatter(lambda seconds, _: write_seconds(seconds))
    sizes = list(growth.seconds[OURS])
    axes.set_xticks(sizes, [name_size(size) for size in sizes])
    axes.set_xticks([], minor=True)
    axes.tick_params(labelsize=SMALL, colors=INK)
    axes.spines[["top", "right"]].set_visible(False)
    low, high = axes.get_ylim()
    axes.set_ylim(low, high * (high / low) ** 0.55)  # room for the legend
    axes.legend(fontsize=SMALL, frameon=False, loc="upper left")


def _draw_proportion(axes: Axes, seconds: dict[int, float]) -> None:
    """Draw how our shortest time would grow if ten times the text took ten times as long."""
    sizes, times = _points(seconds)
    line = [times[0] * size / sizes[0] for size in sizes]
    axes.plot(sizes, line, color=GREY, lw=1, label="in step with the text")


def _points(seconds: dict[int, float]) -> tuple[list[int], list[float]]:
    sizes = sorted(seconds)
    return sizes, [seconds[size] for size in sizes]


def _describe(growths: Sequence[Growth]) -> str:
    """Say what a reader sees at the right end of each line; the tables have the rest."""
    sentences = ["Time against the length of the text, both on logarithmic axes."]
    for growth in growths:
        ways = [f"{name} {_last_time(times)}" for name, times in growth.seconds.items()]
        sentences.append(f"{growth.title.capitalize()}: {'; '.join(ways)}.")
    return " ".join(sentences)


def _last_time(seconds: dict[int, float]) -> str:
    size = max(seconds)
    return f"{write_seconds(seconds[size])} for {name_size(size)}"
