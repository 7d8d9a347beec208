"""How often each token of a text is a target, for one stride or several."""

from collections.abc import Mapping, Sequence

from lesson.figures.strips import (
    HIGH,
    LEFT,
    POSITIONS,
    TARGET,
    Grid,
    Look,
    draw_top,
    fit_pitch,
    largest_size,
    name_row,
    quote,
    require_room,
    show_pieces,
    strip_height,
)
from lesson.figures.style import (
    GREY,
    INK,
    PAPER,
    SMALL,
    TeachingFigure,
    box,
    canvas,
    label,
)

COUNT_STEP = 0.64  # from one row of counts to the next
COUNT_TITLE = 0.52  # between the tokens and the first row of counts
WIDEST_STRIDE = 999  # a longer number would run into the boxes
NEVER = Look(GREY, INK, 1.2)  # dark, and so seen without colour


def plot_target_counts(
    pieces: Sequence[str], counts: Mapping[int, Sequence[int]]
) -> TeachingFigure:
    """Draw how often each token of a text is a target, one row for each stride.

    Args:
        pieces: the tokens' texts in order, at most 30.
        counts: a stride, from 1 to 999, to a count for each piece.

    Returns:
        A figure 10 inches wide, 0.64 inches higher with each row. A count of 0 is dark.

    Raises:
        ValueError: there are no pieces, no rows or too many pieces, a stride is out of range,
            or a row has not one count from 0 to 99 for each piece.

    Example:
        >>> plot_target_counts(["a", "b"], {1: [0, 1]}).alt
        'How often each of the tokens “a”, “b” is a target. Stride 1: 0, 1.'
    """
    _check_counts(pieces, counts)
    texts = show_pieces(pieces)
    pitch = fit_pitch(len(texts))
    on_top = POSITIONS + strip_height(texts, pitch) + COUNT_TITLE
    height = on_top + COUNT_STEP * len(counts)
    figure, axes = canvas(10, height, _describe_counts(texts, counts))
    grid = Grid(axes, pitch)
    draw_top(grid, {"tokens": texts}, height)
    label(axes, LEFT, height - on_top + 0.2, "how often each is a target", align="left")
    for row, (stride, tallies) in enumerate(counts.items(), 1):
        _draw_counts(grid, stride, tallies, height - on_top - COUNT_STEP * row + 0.12)
    return figure


def _check_counts(pieces: Sequence[str], counts: Mapping[int, Sequence[int]]) -> None:
    if not pieces or not counts:
        raise ValueError(
            "at least one piece and one row of counts are needed, but "
            f"{len(pieces)} pieces and {len(counts)} rows came"
        )
    require_room(pieces)
    for stride, tallies in counts.items():
        if not 1 <= stride <= WIDEST_STRIDE:
            raise ValueError(f"a stride must be from 1 to {WIDEST_STRIDE}, but {stride} came")
        if len(tallies) != len(pieces):
            raise ValueError(
                f"{len(pieces)} pieces need as many counts, but {len(tallies)} came for stride "
                f"{stride}"
            )
        if outside := [tally for tally in tallies if not 0 <= tally <= 99]:
            raise ValueError(
                f"a count must be from 0 to 99, but {outside[0]} came for stride {stride}"
            )


def _draw_counts(grid: Grid, stride: int, tallies: Sequence[int], bottom: float) -> None:
    """Draw a row of counts, those of 0 in the dark."""
    name_row(grid.axes, f"stride {stride}", bottom + HIGH / 2)
    size = largest_size([str(tally) for tally in tallies], grid.width) or SMALL
    for column, tally in enumerate(tallies):
        look, ink = (TARGET, INK) if tally else (NEVER, PAPER)
        place = grid.left(column), bottom, grid.width, HIGH
        box(grid.axes, *place, str(tally), ink=ink, size=size, mono=True, **look._asdict())


def _describe_counts(texts: Sequence[str], counts: Mapping[int, Sequence[int]]) -> str:
    rows = [
        f"Stride {stride}: {', '.join(map(str, tallies))}." for stride, tallies in counts.items()
    ]
    return f"How often each of the tokens {quote(texts)} is a target. {' '.join(rows)}"
