"""Counts as charts: tokens by rank, the growth of a vocabulary, ways to cut compared."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from matplotlib.axes import Axes

from lesson.figures.style import (
    BLUE,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    TeachingFigure,
    canvas,
    chart,
    label,
)

# plot_cuts, in inches: the names in the middle, between LEFT and RIGHT, a bar to either side.
LEFT, RIGHT, LONGEST_BAR = 3.65, 6.35, 2.75
BAR_STEP, BAR_HEIGHT, HEADER = 0.62, 0.4, 0.65
LONGEST_NAME = 20  # characters that fit between two bars

Offset = tuple[float, float]  # in typographic points


def plot_ranks(counts: Mapping[str, int], named: Sequence[str] = ()) -> TeachingFigure:
    """Draw how often each token comes against its rank, both on logarithmic axes.

    A dashed line shows Zipf's law for as many tokens: the count is a constant divided by the
    rank.

    Args:
        counts: token to count, at least two tokens; the order is of no importance.
        named: the tokens to write beside their points.

    Returns:
        A figure of 9 x 4.8 inches.

    Raises:
        ValueError: fewer than two tokens, a count below 1, or a name that has no count.

    Example:
        >>> plot_ranks({"a": 1, "the": 4, "cat": 2}).alt[:64]
        'How often each of 3 tokens comes, by rank, on logarithmic axes. '
    """
    _require_counts(counts, named)
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    tallies = [count for _, count in ranked]
    figure, axes = chart(9, 4.8, _describe_ranks(ranked), "rank", "how often the token comes")
    axes.set(xscale="log", yscale="log")
    _write_plain_numbers(axes)
    axes.margins(x=0.1, y=0.08)
    axes.plot(range(1, len(ranked) + 1), tallies, "o", color=BLUE, markersize=6)
    _draw_zipf(axes, tallies)
    ranks = {token: rank for rank, (token, _) in enumerate(ranked, 1)}
    for token in named:
        text = f"“{token}” {counts[token]:,}"
        _note(axes, text, (ranks[token], counts[token]), (9, -34), led=True)
    return figure


def plot_growth(sizes: Sequence[int]) -> TeachingFigure:
    """Draw how many different tokens have been met against how many tokens have been read.

    Args:
        sizes: the different tokens after 1, 2, 3, ... tokens; at least two numbers.

    Returns:
        A figure of 9 x 4.6 inches. A dashed line shows a text that never repeats a token.

    Raises:
        ValueError: fewer than two numbers, or numbers that no text gives.

    Example:
        >>> plot_growth([1, 2, 2, 3]).alt
        'Different tokens met while reading 4 tokens: 2 after the first half, 3 at the end.'
    """
    _require_growth(sizes)
    half = len(sizes) // 2
    figure, axes = chart(9, 4.6, _describe_growth(sizes), "tokens read", "different tokens met")
    axes.plot(range(1, len(sizes) + 1), sizes, color=BLUE, lw=3)
    axes.axline((0, 0), slope=1, color=ORANGE, lw=1.8, ls=(0, (4, 2)))
    axes.set(xlim=(0, len(sizes) * 1.25), ylim=(0, sizes[-1] * 1.12))
    _write_plain_numbers(axes)
    _note(axes, "if every token were new", (sizes[-1], sizes[-1]), (12, 0), ink=ORANGE)
    axes.plot((half, half, 0), (0, sizes[half - 1], sizes[half - 1]), color=GREY, lw=1.5, ls=":")
    _mark_size(axes, half, sizes[half - 1], "after half the text")
    _mark_size(axes, len(sizes), sizes[-1], "at the end")
    return figure


def plot_cuts(cuts: Mapping[str, tuple[int, int]]) -> TeachingFigure:
    """Draw, for each way to cut a text, the size of its vocabulary and the number of pieces.

    Args:
        cuts: name of the way, at most 20 characters, to (different pieces, pieces).

    Returns:
        A figure 10 inches wide; its height grows with the number of ways.

    Raises:
        ValueError: there is no way, a name is too long, or a number is below 1.

    Example:
        >>> plot_cuts({"characters": (54, 5582)}).alt
        'Ways to cut a text. characters: 54 different pieces, 5,582 in the text.'
    """
    _require_cuts(cuts)
    height = HEADER + BAR_STEP * len(cuts)
    figure, axes = canvas(10, height, _describe_cuts(cuts))
    label(axes, LEFT, height - 0.3, "different pieces", bold=True, align="right")
    label(axes, RIGHT, height - 0.3, "pieces in the text", bold=True, align="left")
    most_kinds, most_pieces = (max(sizes) for sizes in zip(*cuts.values(), strict=True))
    for row, (name, (kinds, pieces)) in enumerate(cuts.items()):
        middle = height - HEADER - BAR_STEP * (row + 0.4)
        label(axes, (LEFT + RIGHT) / 2, middle, name)
        _draw_left_bar(axes, middle, LONGEST_BAR * kinds / most_kinds, kinds)
        _draw_right_bar(axes, middle, LONGEST_BAR * pieces / most_pieces, pieces)
    return figure


def _require_counts(counts: Mapping[str, int], named: Sequence[str]) -> None:
    if len(counts) < 2:
        raise ValueError(f"expected the counts of at least two tokens, but {dict(counts)} came")
    for token, count in counts.items():
        if count < 1:
            raise ValueError(f"a count must be at least 1, but that of {token!r} is {count}")
    for token in named:
        if token not in counts:
            raise ValueError(f"no count for {token!r}: name tokens that have been counted")


def _require_growth(sizes: Sequence[int]) -> None:
    if len(sizes) < 2:
        raise ValueError(f"expected at least two numbers, but {list(sizes)} came")
    for read, (before, size) in enumerate(pairwise([0, *sizes]), 1):
        new = size - before
        if new not in (0, 1) or size == 0:
            raise ValueError(
                "the first token is new, and each one after it adds 1 or nothing, but at token "
                f"{read} the number of different tokens went from {before} to {size}"
            )


def _require_cuts(cuts: Mapping[str, tuple[int, int]]) -> None:
    if not cuts:
        raise ValueError("expected at least one way to cut, but none came")
    for name, sizes in cuts.items():
        if len(name) > LONGEST_NAME:
            raise ValueError(
                f"a name has at most {LONGEST_NAME} characters, but {name!r} has {len(name)}"
            )
        if len(sizes) != 2 or min(sizes) < 1:
            raise ValueError(f"expected two numbers from 1 up for {name!r}, but {sizes} came")


def _describe_ranks(ranked: Sequence[tuple[str, int]]) -> str:
    (first, most), (last, least) = ranked[0], ranked[-1]
    once = sum(count == 1 for _, count in ranked)
    return (
        f"How often each of {len(ranked)} tokens comes, by rank, on logarithmic axes. The points "
        f"fall from “{first}”, {most} times, to “{last}”, {least}; {once} tokens come only once. "
        "A dashed straight line shows Zipf's law."
    )


def _describe_growth(sizes: Sequence[int]) -> str:
    return (
        f"Different tokens met while reading {len(sizes):,} tokens: "
        f"{sizes[len(sizes) // 2 - 1]:,} after the first half, {sizes[-1]:,} at the end."
    )


def _describe_cuts(cuts: Mapping[str, tuple[int, int]]) -> str:
    sentences = [
        f"{name}: {kinds:,} different pieces, {pieces:,} in the text."
        for name, (kinds, pieces) in cuts.items()
    ]
    return " ".join(["Ways to cut a text.", *sentences])


def _draw_zipf(axes: Axes, tallies: Sequence[int]) -> None:
    """Draw constant / rank; the constant makes the counts add up to the same total."""
    constant = sum(tallies) / sum(1 / rank for rank in range(1, len(tallies) + 1))
    ends = (1, len(tallies))
    axes.plot(ends, [constant / rank for rank in ends], color=ORANGE, lw=1.8, ls=(0, (4, 2)))
    _note(axes, f"Zipf's law: {constant:.0f} / rank", (1, constant), (14, 0), ink=ORANGE)


def _draw_left_bar(axes: Axes, middle: float, length: float, number: int) -> None:
    axes.barh(middle, -length, BAR_HEIGHT, LEFT, color=PALE_BLUE, edgecolor=BLUE, lw=1.5)
    label(axes, LEFT - length - 0.08, middle, f"{number:,}", bold=True, align="right")


def _draw_right_bar(axes: Axes, middle: float, length: float, number: int) -> None:
    look = {"color": PALE_ORANGE, "edgecolor": ORANGE, "lw": 1.5, "hatch": "//"}
    axes.barh(middle, length, BAR_HEIGHT, RIGHT, **look)
    label(axes, RIGHT + length + 0.08, middle, f"{number:,}", bold=True, align="left")


def _mark_size(axes: Axes, read: int, met: int, when: str) -> None:
    axes.plot(read, met, "o", color=BLUE, markersize=9)
    _note(axes, f"{met:,} {when}", (read, met), (6, -20), bold=True)


def _write_plain_numbers(axes: Axes) -> None:
    """Write 1,000 at the ticks, and not ten to a power."""
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.yaxis.set_major_formatter("{x:,.0f}")


def _note(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    offset: Offset,
    *,
    ink: str = INK,
    bold: bool = False,
    led: bool = False,
) -> None:
    """Write beside a point of a chart, or far from it with a thin line that leads there."""
    axes.annotate(
        text,
        point,
        offset,
        textcoords="offset points",
        ha="right" if led else "left",
        va="center",
        arrowprops={"arrowstyle": "-", "color": GREY} if led else None,
        color=ink,
        fontsize=MEDIUM,
        fontweight="bold" if bold else "normal",
        parse_math=False,
    )
