"""The pictures of notebook 1: a text cut into tokens, tokens by rank, ways to cut compared."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from lesson.figures.palette import BLUE, GREY, ORANGE, PALE_BLUE, PALE_ORANGE
from lesson.figures.shapes import GREY_BOX, Look, box, label, note
from lesson.figures.style import TeachingFigure, canvas, chart, quote, write_thousands
from lesson.figures.viewer import make_visible

# plot_split, in inches: 49 characters fill a page.
LETTER_WIDTH, MOST_LETTERS, LETTER_SIZE = 0.2, 49, 20
KEPT, DROPPED, CUT = Look(PALE_BLUE), GREY_BOX._replace(ink=GREY), Look(edge=BLUE, line_width=2)

# plot_cuts, in inches: the names in the middle, between LEFT and RIGHT, a bar to either side.
LEFT, RIGHT, LONGEST_BAR = 3.65, 6.35, 2.75
BAR_STEP, BAR_HEIGHT, HEADER = 0.62, 0.4, 0.65
LEFT_BAR = {"color": PALE_BLUE, "edgecolor": BLUE, "lw": 1.5}
RIGHT_BAR = {"color": PALE_ORANGE, "edgecolor": ORANGE, "hatch": "//", "lw": 1.5}


def plot_split(text: str, tokens: Sequence[str]) -> TeachingFigure:
    """Draw a text of at most 49 characters letter by letter, and under it the tokens cut from it.

    Example:
        >>> plot_split("a cat.", ["a", "cat", "."]).alt
        'The text “a·cat.” cut into 3 tokens: “a”, “cat”, “.”. Dropped: 1 white space.'
    """
    if len(text) > MOST_LETTERS:
        raise ValueError(f"the picture holds {MOST_LETTERS} characters, but {len(text)} came")
    spans = _find_spans(text, tokens)
    kept = {i for start, end in spans for i in range(start, end)}
    figure, axes = canvas(10, 2.0, _describe_split(text, tokens, len(text) - len(kept)))
    label(axes, 0.1, 1.85, "text", ink=GREY, align="left")
    label(axes, 0.1, 0.82, "tokens", ink=GREY, align="left")
    for i, letter in enumerate(make_visible(text)):
        look = KEPT if i in kept else DROPPED
        place = 0.1 + i * LETTER_WIDTH, 1.15, LETTER_WIDTH, 0.5
        box(axes, *place, letter, look, size=LETTER_SIZE, mono=True)
    for (start, end), token in zip(spans, tokens, strict=True):
        place = 0.1 + start * LETTER_WIDTH, 0.12, (end - start) * LETTER_WIDTH, 0.5
        box(axes, *place, token, CUT, size=LETTER_SIZE, mono=True)
    return figure


def plot_ranks(counts: Mapping[str, int], named: Sequence[str]) -> TeachingFigure:
    """Draw how often each token occurs against its rank, both on logarithmic axes.

    A dashed line shows Zipf's law for as many tokens: the count is a constant divided by the
    rank. `counts` maps tokens, two at least, to counts; the `named` ones have their names
    beside their points.

    Example:
        >>> plot_ranks({"a": 1, "the": 4, "cat": 2}, []).alt[:65]
        'How often each of 3 tokens occurs, by rank, on logarithmic axes. '
    """
    ranked = sorted(counts.items(), key=lambda pair: -pair[1])
    tallies = [count for _, count in ranked]
    figure, axes = chart(9, 4.8, _describe_ranks(ranked), "rank", "how often the token occurs")
    axes.set(xscale="log", yscale="log")
    write_thousands(axes)
    axes.margins(x=0.1, y=0.08)
    axes.plot(range(1, len(ranked) + 1), tallies, "o", color=BLUE, markersize=6)
    _draw_zipf(axes, tallies)
    ranks = {token: rank for rank, (token, _) in enumerate(ranked, 1)}
    for token in named:
        point = ranks[token], counts[token]
        note(axes, f"“{token}” {counts[token]:,}", point, (9, -34), align="right", led=True)
    return figure


def plot_cuts(cuts: Mapping[str, tuple[int, int]]) -> TeachingFigure:
    """Draw, for each way to cut a text, the size of its vocabulary and the number of pieces.

    `cuts` maps the name of a way, at most 20 characters, to (different pieces, pieces).

    Example:
        >>> plot_cuts({"characters": (54, 5582)}).alt
        'Ways to cut a text. characters: 54 different pieces, 5,582 in the text.'
    """
    height = HEADER + BAR_STEP * len(cuts)
    figure, axes = canvas(10, height, _describe_cuts(cuts))
    label(axes, LEFT, height - 0.3, "different pieces", bold=True, align="right")
    label(axes, RIGHT, height - 0.3, "pieces in the text", bold=True, align="left")
    most_kinds, most_pieces = (max(sizes) for sizes in zip(*cuts.values(), strict=True))
    for row, (name, (kinds, pieces)) in enumerate(cuts.items()):
        middle = height - HEADER - BAR_STEP * (row + 0.4)
        left, right = LONGEST_BAR * kinds / most_kinds, LONGEST_BAR * pieces / most_pieces
        axes.barh(middle, -left, BAR_HEIGHT, LEFT, **LEFT_BAR)
        axes.barh(middle, right, BAR_HEIGHT, RIGHT, **RIGHT_BAR)
        label(axes, (LEFT + RIGHT) / 2, middle, name)
        label(axes, LEFT - left - 0.08, middle, f"{kinds:,}", bold=True, align="right")
        label(axes, RIGHT + right + 0.08, middle, f"{pieces:,}", bold=True, align="left")
    return figure


def _find_spans(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    spans, end = [], 0
    for token in tokens:
        start = text.index(token, end)
        end = start + len(token)
        spans.append((start, end))
    return spans


def _describe_split(text: str, tokens: Sequence[str], dropped: int) -> str:
    spaces = "white space" if dropped == 1 else "white spaces"
    return (
        f"The text “{make_visible(text)}” cut into {len(tokens)} tokens: {quote(tokens)}. "
        f"Dropped: {dropped} {spaces}."
    )


def _draw_zipf(axes: Axes, tallies: Sequence[int]) -> None:
    """Draw constant / rank; the constant makes the counts add up to the same total."""
    constant = sum(tallies) / sum(1 / rank for rank in range(1, len(tallies) + 1))
    ends = (1, len(tallies))
    axes.plot(ends, [constant / rank for rank in ends], color=ORANGE, lw=1.8, ls=(0, (4, 2)))
    note(axes, f"Zipf's law: {constant:.0f} / rank", (1, constant), (14, 0), ink=ORANGE)


def _describe_ranks(ranked: Sequence[tuple[str, int]]) -> str:
    (first, most), (last, least) = ranked[0], ranked[-1]
    once = sum(count == 1 for _, count in ranked)
    return (
        f"How often each of {len(ranked)} tokens occurs, by rank, on logarithmic axes. The points "
        f"fall from “{first}”, {most} times, to “{last}”, {least}; {once} tokens occur only once. "
        "A dashed straight line shows Zipf's law."
    )


def _describe_cuts(cuts: Mapping[str, tuple[int, int]]) -> str:
    sentences = [
        f"{name}: {kinds:,} different pieces, {pieces:,} in the text."
        for name, (kinds, pieces) in cuts.items()
    ]
    return " ".join(["Ways to cut a text.", *sentences])
