"""A text's tokens, and the contexts and windows that are cut from them for training."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from helpers.checks import require_at_least_one
from lesson.figures.strips import (
    HIGH,
    INPUT,
    LEFT,
    POSITIONS,
    RIGHT,
    TARGET,
    Grid,
    count_letters,
    draw_boxes,
    draw_top,
    fit_pitch,
    name_row,
    name_strip,
    quote,
    require_pieces,
    require_room,
    shorten,
    show_pieces,
    strip_height,
)
from lesson.figures.style import (
    BLUE,
    ORANGE,
    SMALL,
    TeachingFigure,
    arrow,
    box,
    canvas,
    label,
)

STEP = 0.62  # between two windows, room for the arrow that shows the stride
FIRST_STEP = 0.24  # from the ids to the first window
STRIDE_LABEL = 1.1  # the width that "stride 12" needs beside its arrow
STAIR = 0.64  # from one context to the next
GAP = 0.34  # between the boxes of a staircase, room for its arrow
MOST_CONTEXTS = 7


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
    require_pieces(pieces, context_size + 1, f"contexts of up to {context_size}")
    texts = show_pieces(pieces[: context_size + 1])
    figure, axes = canvas(10, 0.6 + STAIR * context_size, _describe_contexts(texts))
    grid = Grid(axes, fit_pitch(len(texts)), GAP)
    texts = shorten(texts, count_letters(grid.width))
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
    pitch = fit_pitch(len(pieces))
    on_top = POSITIONS + sum(strip_height(texts, pitch) for texts in strips.values())
    height = on_top + FIRST_STEP + n_windows * (2 * HIGH + STEP) - STEP + 0.08
    figure, axes = canvas(10, height, _describe_windows(strips["tokens"], spans))
    grid = Grid(axes, pitch)
    draw_top(grid, strips, height)
    for row, span in enumerate(spans):
        top = height - on_top - FIRST_STEP - row * (2 * HIGH + STEP)
        _draw_window(grid, row, span, strips.get("ids", strips["tokens"]), top)
        if row:
            _draw_stride(grid, span.start - stride, span.start, top + STEP / 2)
    return figure


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
    name_row(grid.axes, tokens, middle)
    draw_boxes(grid, range(size), texts, bottom, INPUT)
    draw_boxes(grid, range(size, size + 1), texts, bottom, TARGET)
    start, end = grid.left(size) - GAP + 0.02, grid.left(size) - 0.04
    arrow(grid.axes, (start, middle), (end, middle))


def _describe_contexts(texts: Sequence[str]) -> str:
    return " ".join(
        f"From “{''.join(texts[:size])}” the model predicts “{texts[size]}”."
        for size in range(1, len(texts))
    )


def _check_windows(pieces: Sequence[str], context_size: int, stride: int, n_windows: int) -> None:
    require_at_least_one(context_size=context_size, stride=stride, n_windows=n_windows)
    require_room(pieces)
    needed = (n_windows - 1) * stride + context_size + 1
    require_pieces(
        pieces,
        needed,
        f"n_windows={n_windows}, context_size={context_size} and stride={stride}",
    )


def _name_texts(pieces: Sequence[str], token_ids: Sequence[int] | None) -> dict[str, list[str]]:
    strips = {"tokens": show_pieces(pieces)}
    if token_ids is None:
        return strips
    if len(token_ids) != len(pieces):
        raise ValueError(f"{len(pieces)} pieces need as many ids, but {len(token_ids)} came")
    return strips | {"ids": [str(token_id) for token_id in token_ids]}


def _draw_window(grid: Grid, row: int, span: range, texts: Sequence[str], top: float) -> None:
    """Draw the two strips of a window: the input, and one column further on the target."""
    middle, bottom = top - HIGH, top - 2 * HIGH
    name_row(grid.axes, f"row {row}", middle)
    name_strip(grid.axes, "input", middle + HIGH / 2)
    name_strip(grid.axes, "target", bottom + HIGH / 2)
    draw_boxes(grid, span, texts, middle, INPUT)
    draw_boxes(grid, range(span.start + 1, span.stop + 1), texts, bottom, TARGET)
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
