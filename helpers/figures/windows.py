"""A text's tokens, and the contexts and windows that are cut from them for training."""

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from helpers.checks import require_at_least_one
from helpers.figures.style import (
    BIG,
    BLUE,
    GREY,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    SMALL,
    TeachingFigure,
    arrow,
    box,
    canvas,
    label,
)
from helpers.figures.tokens import make_visible

LEFT, RIGHT = 1.55, 9.95  # inches: columns lie between them, names of rows and strips before
STRIP_NAME = 0.8
POSITIONS = 0.35  # the height of the numbers on top
HIGH = 0.46  # a box with one line of text
STEP = 0.62  # between two windows, room for the arrow that shows the stride
FIRST_STEP = 0.24  # from the ids to the first window
STRIDE_LABEL = 1.1  # the width that "stride 12" needs beside its arrow
STAIR = 0.64  # from one context to the next
GAP = 0.34  # between the boxes of a staircase, room for its arrow
WIDEST = 1.45  # a column
LETTER = 0.602 / 72  # inches that a monospaced letter takes for each point of its size
MARGIN = 0.045  # inches, at least, between a text and its border
LONGEST = 9  # letters; a longer token is cut short
MOST_PIECES = 30  # narrower columns could not hold two digits side by side
MOST_CONTEXTS = 7


class Look(NamedTuple):
    """A kind of box: its tint, and a border that tells the kinds apart without colour."""

    fill: str
    edge: str
    line_width: float


PLAIN = Look(PAPER, GREY, 1.2)
INPUT = Look(PALE_BLUE, BLUE, 1.2)
TARGET = Look(PALE_ORANGE, ORANGE, 2.8)


class Grid(NamedTuple):
    """Axes with a column for each token; `gap` is left free between their boxes."""

    axes: Axes
    pitch: float
    gap: float = 0.0

    def left(self, column: int) -> float:
        """Return where a column's box begins, in inches."""
        return LEFT + column * self.pitch

    def middle(self, column: int) -> float:
        """Return the middle of a column's box, in inches."""
        return self.left(column) + self.width / 2

    @property
    def width(self) -> float:
        """The width of a box, in inches."""
        return self.pitch - self.gap


def plot_contexts(pieces: Sequence[str], context_size: int) -> TeachingFigure:
    """Draw the growing contexts of a text as a staircase, each with the token that follows.

    Args:
        pieces: the tokens' texts in order, at least context_size + 1.
        context_size: the length of the longest context, at most 7.

    Returns:
        A figure 10 inches wide, 0.64 inches higher with each context.

    Raises:
        ValueError: context_size is below 1 or above 7, or there are too few pieces.

    Example:
        >>> plot_contexts(["Once", " upon", " a"], context_size=2).alt
        'From “Once” the model predicts “·upon”. From “Once·upon” the model predicts “·a”.'
    """
    require_at_least_one(context_size=context_size)
    if context_size > MOST_CONTEXTS:
        raise ValueError(f"at most {MOST_CONTEXTS} contexts fit, but {context_size} came")
    _require_pieces(pieces, context_size + 1, f"contexts of up to {context_size}")
    texts = _show(pieces[: context_size + 1])
    figure, axes = canvas(10, 0.6 + STAIR * context_size, _describe_contexts(texts))
    grid = Grid(axes, min(WIDEST, (RIGHT - LEFT) / len(texts)), GAP)
    texts = _shorten(texts, int((grid.width - 2 * MARGIN) / LETTER / SMALL))
    _draw_legend(axes, STAIR * context_size + 0.16)
    for size in range(1, context_size + 1):
        _draw_context(grid, texts, size, STAIR * (context_size - size) + 0.1)
    return figure


def plot_windows(
    pieces: Sequence[str],
    context_size: int,
    stride: int,
    n_windows: int = 3,
    token_ids: Sequence[int] | None = None,
) -> TeachingFigure:
    """Draw the tokens of a text and, aligned under them, the windows cut from them.

    A window has two strips: its input and, below it, its target, one column further on.
    Where the columns are too narrow for the text, it stands upright on top, and the boxes
    of the windows stay empty.

    Args:
        pieces: the tokens' texts in order, at most 30; all of them are drawn.
        context_size: tokens in a window.
        stride: tokens from the start of one window to the start of the next.
        n_windows: how many windows to draw.
        token_ids: an id for each piece; with them, the windows show the ids.

    Returns:
        A figure 10 inches wide, 1.54 inches higher with each window.

    Raises:
        ValueError: a size is below 1, the pieces are too few for the windows or too many
            for the page, or there is not one id for each piece.

    Example:
        >>> plot_windows(["a", "b"], context_size=1, stride=1, n_windows=1).alt
        'Windows of 1 over the tokens “a”, “b”. Row 0: input at position 0, target at position 1.'
    """
    _check_windows(pieces, context_size, stride, n_windows)
    strips = _name_texts(pieces, token_ids)
    spans = [range(i * stride, i * stride + context_size) for i in range(n_windows)]
    pitch = min(WIDEST, (RIGHT - LEFT) / len(pieces))
    on_top = POSITIONS + sum(_strip_height(texts, pitch) for texts in strips.values())
    height = on_top + FIRST_STEP + n_windows * (2 * HIGH + STEP) - STEP + 0.08
    figure, axes = canvas(10, height, _describe_windows(strips["tokens"], spans))
    grid = Grid(axes, pitch)
    _draw_top(grid, strips, height)
    for row, span in enumerate(spans):
        top = height - on_top - FIRST_STEP - row * (2 * HIGH + STEP)
        _draw_window(grid, row, span, strips.get("ids", strips["tokens"]), top)
        if row:
            _draw_stride(grid, span.start - stride, span.start, top + STEP / 2)
    return figure


def _check_windows(pieces: Sequence[str], context_size: int, stride: int, n_windows: int) -> None:
    require_at_least_one(context_size=context_size, stride=stride, n_windows=n_windows)
    if len(pieces) > MOST_PIECES:
        raise ValueError(
            f"at most {MOST_PIECES} pieces fit on the page, but {len(pieces)} came: "
            "give fewer of them"
        )
    needed = (n_windows - 1) * stride + context_size + 1
    _require_pieces(
        pieces,
        needed,
        f"n_windows={n_windows}, context_size={context_size} and stride={stride}",
    )


def _require_pieces(pieces: Sequence[str], needed: int, purpose: str) -> None:
    if len(pieces) < needed:
        raise ValueError(f"{purpose} need {needed} pieces, but {len(pieces)} came")


def _name_texts(pieces: Sequence[str], token_ids: Sequence[int] | None) -> dict[str, list[str]]:
    strips = {"tokens": _show(pieces)}
    if token_ids is None:
        return strips
    if len(token_ids) != len(pieces):
        raise ValueError(f"{len(pieces)} pieces need as many ids, but {len(token_ids)} came")
    return strips | {"ids": [str(token_id) for token_id in token_ids]}


def _show(pieces: Sequence[str]) -> list[str]:
    return _shorten([make_visible(piece) for piece in pieces], LONGEST)


def _shorten(texts: Sequence[str], longest: int) -> list[str]:
    return [text if len(text) <= longest else text[: longest - 1] + "…" for text in texts]


def _largest_size(texts: Sequence[str], width: float) -> int | None:
    """Return the largest type in which every text fits into the width, None if none does."""
    needed = LETTER * max(len(text) for text in texts)
    sizes = (BIG, MEDIUM, SMALL)
    return next((size for size in sizes if needed * size + 2 * MARGIN <= width), None)


def _strip_height(texts: Sequence[str], width: float) -> float:
    if _largest_size(texts, width):
        return HIGH
    return max(len(text) for text in texts) * LETTER * SMALL + 0.2


def _draw_top(grid: Grid, strips: dict[str, list[str]], top: float) -> None:
    """Draw what stands above the windows: positions, tokens and, if they came, ids."""
    columns = range(len(strips["tokens"]))
    bottom = top - POSITIONS
    _name_strip(grid.axes, "position", bottom + 0.15)
    for column in columns:
        label(grid.axes, grid.middle(column), bottom + 0.15, str(column), ink=GREY, size=SMALL)
    for name, texts in strips.items():
        height = _strip_height(texts, grid.width)
        bottom -= height
        _name_strip(grid.axes, name, bottom + height / 2)
        _draw_boxes(grid, columns, texts, bottom, PLAIN, height)
        if not _largest_size(texts, grid.width):
            _write_upright(grid, texts, bottom + height / 2)


def _draw_window(grid: Grid, row: int, span: range, texts: Sequence[str], top: float) -> None:
    """Draw the two strips of a window: the input, and one column further on the target."""
    middle, bottom = top - HIGH, top - 2 * HIGH
    label(grid.axes, 0.06, middle, f"row {row}", bold=True, align="left")
    _name_strip(grid.axes, "input", middle + HIGH / 2)
    _name_strip(grid.axes, "target", bottom + HIGH / 2)
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


def _draw_boxes(
    grid: Grid,
    columns: range,
    texts: Sequence[str],
    bottom: float,
    look: Look,
    height: float = HIGH,
) -> None:
    """Draw boxes of one look in some columns; they stay empty where the texts do not fit."""
    size = _largest_size(texts, grid.width)
    for column in columns:
        box(
            grid.axes,
            grid.left(column),
            bottom,
            grid.width,
            height,
            texts[column] if size else "",
            size=size or SMALL,
            mono=True,
            **look._asdict(),
        )


def _write_upright(grid: Grid, texts: Sequence[str], height: float) -> None:
    for column, text in enumerate(texts):
        label(grid.axes, grid.middle(column), height, text, size=SMALL, mono=True)
        grid.axes.texts[-1].set_rotation(90)


def _name_strip(axes: Axes, name: str, height: float) -> None:
    label(axes, STRIP_NAME, height, name, ink=GREY, size=SMALL, align="left")


def _draw_legend(axes: Axes, bottom: float) -> None:
    for left, look, text in (
        (LEFT, INPUT, "context: what the model sees"),
        (LEFT + 4.2, TARGET, "target: what it must predict"),
    ):
        box(axes, left, bottom, 0.42, 0.3, **look._asdict())
        label(axes, left + 0.56, bottom + 0.15, text, align="left")


def _draw_context(grid: Grid, texts: Sequence[str], size: int, bottom: float) -> None:
    """Draw one step of the staircase: `size` tokens of context, and the one that follows."""
    middle = bottom + HIGH / 2
    tokens = f"{size} token" if size == 1 else f"{size} tokens"
    label(grid.axes, 0.06, middle, tokens, bold=True, align="left")
    _draw_boxes(grid, range(size), texts, bottom, INPUT)
    _draw_boxes(grid, range(size, size + 1), texts, bottom, TARGET)
    start, end = grid.left(size) - GAP + 0.02, grid.left(size) - 0.04
    arrow(grid.axes, (start, middle), (end, middle))


def _describe_contexts(texts: Sequence[str]) -> str:
    return " ".join(
        f"From “{''.join(texts[:size])}” the model predicts “{texts[size]}”."
        for size in range(1, len(texts))
    )


def _describe_windows(texts: Sequence[str], spans: Sequence[range]) -> str:
    quoted = ", ".join(f"“{text}”" for text in texts)
    sentences = [f"Windows of {len(spans[0])} over the tokens {quoted}."]
    for row, span in enumerate(spans):
        target = range(span.start + 1, span.stop + 1)
        sentences.append(f"Row {row}: input {_describe(span)}, target {_describe(target)}.")
    return " ".join(sentences)


def _describe(span: range) -> str:
    if len(span) == 1:
        return f"at position {span.start}"
    return f"at positions {span.start} to {span.stop - 1}"
