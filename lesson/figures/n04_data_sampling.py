"""The pictures of notebook 4: contexts, windows, and how often each token is in a target."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from lesson.figures.palette import BIG, BLUE, GREY, INK, MEDIUM, ORANGE, PAPER, SMALL
from lesson.figures.shapes import BLUE_BOX, ORANGE_BOX, PLAIN, Look, arrow, box, label
from lesson.figures.style import TeachingFigure, canvas, quote, shorten
from lesson.figures.viewer import make_visible

# All in inches.
LEFT, RIGHT = 1.55, 9.95  # columns stand between them, names of rows and strips before
ROW_NAME, STRIP_NAME = 0.06, 0.8
POSITIONS = 0.35  # the height of the numbers on top
HIGH = 0.46  # a box with one line of text
WIDEST = 1.45  # a column
LETTER = 0.602 / 72  # what a monospaced letter takes for each point of its size
MARGIN = 0.045  # at least, between a text and its border
STEP = 0.62  # between two windows, room for the arrow that shows the stride
FIRST_STEP = 0.24  # from the ids to the first window
STRIDE_LABEL = 1.1  # the width that "stride 12" needs beside its arrow
STAIR = 0.64  # from one context to the next
GAP = 0.34  # between the boxes of a staircase, room for its arrow
COUNT_STEP = 0.64  # from one row of counts to the next
COUNT_TITLE = 0.52  # between the tokens and the first row of counts

LONGEST = 9  # letters; a longer token is cut short
MOST_CONTEXTS = 7
MOST_PIECES = 30  # narrower columns could not hold two digits side by side

INPUT, TARGET = BLUE_BOX, ORANGE_BOX._replace(line_width=2.8)
NEVER = Look(GREY, INK, ink=PAPER)  # dark, and so seen without colour


class Grid(NamedTuple):
    """Axes with a column for each token; `gap` is left free between their boxes."""

    axes: Axes
    pitch: float
    gap: float = 0.0

    def left(self, column: int) -> float:
        """Return where a column's box begins, in inches."""
        return LEFT + column * self.pitch

    @property
    def width(self) -> float:
        """The width of a box, in inches."""
        return self.pitch - self.gap


def plot_contexts(pieces: Sequence[str], context_size: int) -> TeachingFigure:
    """Draw the growing contexts of a text as a staircase, each with the token that follows.

    The longest context has `context_size` tokens, at most 7 and fewer than there are pieces.

    Example:
        >>> plot_contexts(["Once", " upon", " a"], context_size=2).alt
        'From “Once” the model predicts “·upon”. From “Once·upon” the model predicts “·a”.'
    """
    most = min(MOST_CONTEXTS, len(pieces) - 1)
    if not 1 <= context_size <= most:
        raise ValueError(f"expected a context_size from 1 to {most}, but {context_size} came")
    texts = _show(pieces[: context_size + 1])
    figure, axes = canvas(10, 0.6 + STAIR * context_size, _describe_contexts(texts))
    grid = Grid(axes, _fit_pitch(len(texts)), GAP)
    room = int((grid.width - 2 * MARGIN) / LETTER / SMALL)
    texts = [shorten(text, room) for text in texts]
    _draw_legend(axes, STAIR * context_size + 0.16)
    for size in range(1, context_size + 1):
        _draw_context(grid, texts, size, STAIR * (context_size - size) + 0.1)
    return figure


def plot_windows(
    pieces: Sequence[str],
    context_size: int,
    stride: int,
    n_windows: int,
    token_ids: Sequence[int],
) -> TeachingFigure:
    """Draw the tokens of a text and, aligned under them, the windows cut from them.

    A window has two strips: its input and, below it, its target, one column further on.
    Where the columns are too narrow for a text, it stands upright.

    Args:
        pieces: the tokens' texts in order, at most 30; all of them are drawn.
        context_size: tokens in an input.
        stride: tokens from the start of one window to the start of the next.
        n_windows: how many windows to draw.
        token_ids: an id for each piece; the windows show the ids.

    Example:
        >>> plot_windows(["a", "b"], 1, 1, n_windows=1, token_ids=[64, 65]).alt
        'Windows of 1 over the tokens “a”, “b”. Row 0: input at position 0, target at position 1.'
    """
    needed = (n_windows - 1) * stride + context_size + 1
    if not needed <= len(pieces) <= MOST_PIECES:
        raise ValueError(
            f"n_windows={n_windows}, context_size={context_size} and stride={stride} need "
            f"{needed} pieces, and {MOST_PIECES} fit on the page, but {len(pieces)} came"
        )
    ids = [str(token_id) for _, token_id in zip(pieces, token_ids, strict=True)]
    strips = {"tokens": _show(pieces), "ids": ids}
    spans = [range(i * stride, i * stride + context_size) for i in range(n_windows)]
    pitch = _fit_pitch(len(pieces))
    on_top = POSITIONS + sum(_find_height(texts, pitch) for texts in strips.values())
    step = 2 * _find_height(ids, pitch) + STEP
    height = on_top + FIRST_STEP + n_windows * step - STEP + 0.08
    figure, axes = canvas(10, height, _describe_windows(strips["tokens"], spans))
    grid = Grid(axes, pitch)
    _draw_top(grid, strips, height)
    for row, span in enumerate(spans):
        top = height - on_top - FIRST_STEP - row * step
        _draw_window(grid, row, span, ids, top)
        if row:
            _draw_stride(grid, span.start - stride, span.start, top + STEP / 2)
    return figure


def plot_target_counts(
    pieces: Sequence[str], counts: Mapping[int, Sequence[int]]
) -> TeachingFigure:
    """Draw how often each token of a text, of at most 30, is in a target: a row for each stride.

    `counts` maps a stride to a count for each piece; a count of 0 is drawn dark.

    Example:
        >>> plot_target_counts(["a", "b"], {1: [0, 1]}).alt
        'How often each of the tokens “a”, “b” is in a target. Stride 1: 0, 1.'
    """
    texts = _show(pieces)
    pitch = _fit_pitch(len(texts))
    on_top = POSITIONS + _find_height(texts, pitch) + COUNT_TITLE
    height = on_top + COUNT_STEP * len(counts)
    figure, axes = canvas(10, height, _describe_counts(texts, counts))
    grid = Grid(axes, pitch)
    _draw_top(grid, {"tokens": texts}, height)
    label(axes, LEFT, height - on_top + 0.2, "how often each is in a target", align="left")
    for row, (stride, tallies) in enumerate(counts.items(), 1):
        _draw_counts(grid, stride, tallies, height - on_top - COUNT_STEP * row + 0.12)
    return figure


def _show(pieces: Sequence[str]) -> list[str]:
    """Return what the boxes of the pieces show: white space visible, long texts cut short."""
    return [shorten(make_visible(piece), LONGEST) for piece in pieces]


def _fit_pitch(n_columns: int) -> float:
    """Return how far the columns stand apart, in inches, so that all of them fit."""
    return min(WIDEST, (RIGHT - LEFT) / n_columns)


def _find_size(texts: Sequence[str], width: float) -> int | None:
    """Return the largest type in which every text fits into the width, None if none does."""
    needed = LETTER * max(map(len, texts))
    sizes = (BIG, MEDIUM, SMALL)
    return next((size for size in sizes if needed * size + 2 * MARGIN <= width), None)


def _find_height(texts: Sequence[str], width: float) -> float:
    """Return the height of a strip of texts: they stand upright if one does not fit level."""
    if _find_size(texts, width):
        return HIGH
    return max(map(len, texts)) * LETTER * SMALL + 0.2


def _draw_boxes(
    grid: Grid, columns: range, texts: Sequence[str], bottom: float, look: Look
) -> None:
    """Draw the boxes of a strip that stand in some of its columns."""
    size, height = _find_size(texts, grid.width), _find_height(texts, grid.width)
    style = {"size": size or SMALL, "mono": True, "upright": size is None}
    for column in columns:
        box(grid.axes, grid.left(column), bottom, grid.width, height, texts[column], look, **style)


def _draw_top(grid: Grid, strips: dict[str, list[str]], top: float) -> None:
    """Draw what stands on top of a figure: positions, tokens and, for windows, ids."""
    columns = range(len(strips["tokens"]))
    bottom = top - POSITIONS
    _name_strip(grid.axes, "position", bottom + 0.15)
    for column in columns:
        middle = grid.left(column) + grid.width / 2
        label(grid.axes, middle, bottom + 0.15, str(column), ink=GREY, size=SMALL)
    for name, texts in strips.items():
        height = _find_height(texts, grid.width)
        bottom -= height
        _name_strip(grid.axes, name, bottom + height / 2)
        _draw_boxes(grid, columns, texts, bottom, PLAIN)


def _name_row(axes: Axes, name: str, height: float) -> None:
    label(axes, ROW_NAME, height, name, bold=True, align="left")


def _name_strip(axes: Axes, name: str, height: float) -> None:
    label(axes, STRIP_NAME, height, name, ink=GREY, size=SMALL, align="left")


def _draw_legend(axes: Axes, bottom: float) -> None:
    for left, look, text in (
        (LEFT, INPUT, "context: what the model sees"),
        (LEFT + 4.2, TARGET, "next token: what it must name"),
    ):
        box(axes, left, bottom, 0.42, 0.3, look=look)
        label(axes, left + 0.56, bottom + 0.15, text, align="left")


def _draw_context(grid: Grid, texts: Sequence[str], size: int, bottom: float) -> None:
    """Draw one step of the staircase: `size` tokens of context, and the one that follows."""
    middle = bottom + HIGH / 2
    _name_row(grid.axes, f"{size} token" if size == 1 else f"{size} tokens", middle)
    _draw_boxes(grid, range(size), texts, bottom, INPUT)
    _draw_boxes(grid, range(size, size + 1), texts, bottom, TARGET)
    start, end = grid.left(size) - GAP + 0.02, grid.left(size) - 0.04
    arrow(grid.axes, (start, middle), (end, middle))


def _describe_contexts(texts: Sequence[str]) -> str:
    return " ".join(
        f"From “{''.join(texts[:size])}” the model predicts “{texts[size]}”."
        for size in range(1, len(texts))
    )


def _draw_window(grid: Grid, row: int, span: range, texts: Sequence[str], top: float) -> None:
    """Draw the two strips of a window: the input, and one column further on the target."""
    height = _find_height(texts, grid.width)
    middle, bottom = top - height, top - 2 * height
    _name_row(grid.axes, f"row {row}", middle)
    _name_strip(grid.axes, "input", middle + height / 2)
    _name_strip(grid.axes, "target", bottom + height / 2)
    _draw_boxes(grid, span, texts, middle, INPUT)
    _draw_boxes(grid, range(span.start + 1, span.stop + 1), texts, bottom, TARGET)
    start, end = grid.left(span.start), grid.left(span.start + 1)
    _draw_move(grid.axes, start, end, bottom + HIGH * 0.28, ORANGE)
    shift = "shift 1" if grid.pitch > 0.7 else "+1"
    label(grid.axes, (start + end) / 2, bottom + HIGH * 0.68, shift, size=SMALL)


def _draw_stride(grid: Grid, here: int, there: int, height: float) -> None:
    """Draw how far to the right of the row above a row starts."""
    start, end = grid.left(here), grid.left(there)
    _draw_move(grid.axes, start, end, height, BLUE)
    stride = f"stride {there - here}"
    if end < RIGHT - STRIDE_LABEL:
        label(grid.axes, end + 0.12, height, stride, align="left")
    else:
        label(grid.axes, start - 0.12, height, stride, align="right")


def _draw_move(axes: Axes, start: float, end: float, height: float, color: str) -> None:
    axes.plot([start, start], [height - 0.09, height + 0.09], color=color, lw=1.8)
    arrow(axes, (start, height), (end, height), color)


def _describe_windows(texts: Sequence[str], spans: Sequence[range]) -> str:
    sentences = [f"Windows of {len(spans[0])} over the tokens {quote(texts)}."]
    for row, span in enumerate(spans):
        target = range(span.start + 1, span.stop + 1)
        sentences.append(f"Row {row}: input {_describe(span)}, target {_describe(target)}.")
    return " ".join(sentences)


def _describe(span: range) -> str:
    if len(span) == 1:
        return f"at position {span.start}"
    return f"at positions {span.start} to {span.stop - 1}"


def _draw_counts(grid: Grid, stride: int, tallies: Sequence[int], bottom: float) -> None:
    """Draw a row of counts, those of 0 in the dark."""
    _name_row(grid.axes, f"stride {stride}", bottom + HIGH / 2)
    texts = [str(tally) for tally in tallies]
    for column, tally in enumerate(tallies):
        _draw_boxes(grid, range(column, column + 1), texts, bottom, TARGET if tally else NEVER)


def _describe_counts(texts: Sequence[str], counts: Mapping[int, Sequence[int]]) -> str:
    rows = [
        f"Stride {stride}: {', '.join(map(str, tallies))}." for stride, tallies in counts.items()
    ]
    return f"How often each of the tokens {quote(texts)} is in a target. {' '.join(rows)}"
