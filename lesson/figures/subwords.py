"""Words cut into subwords: the pieces with their ids, how they are glued, how many there are."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font

from lesson.figures.style import (
    BIG,
    BLUE,
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PALE_BLUE,
    PALE_ORANGE,
    PAPER,
    TeachingFigure,
    box,
    canvas,
    chart,
    label,
)
from lesson.figures.tokens import make_visible

# All lengths in inches.
PAGE, MARGIN, GAP = 10.0, 0.1, 0.07
LETTER_WIDTH, DIGIT_WIDTH = 0.143, 0.118  # of the monospaced font at BIG and at MEDIUM
PADDING = 0.18  # a box is wider than what it holds by this much
PIECE_HEIGHT, PIECE_PITCH = 0.56, 1.08
CELL, STEP_PITCH = 0.46, 0.72


def plot_pieces(pieces: Sequence[str], token_ids: Sequence[int]) -> TeachingFigure:
    """Draw the pieces of a text in a row of boxes, the id of each under its box.

    A space is drawn as a dot. A row that is full is continued on the next one.

    Args:
        pieces: the tokens as text, in the order of the text.
        token_ids: the id of each piece.

    Returns:
        A figure as wide as its pieces need, 10 inches at most.

    Raises:
        ValueError: there are no pieces, not one id for each, or a piece is too long for a row.

    Example:
        >>> plot_pieces([" Rabb", "its"], [22502, 896]).alt
        'The text “·Rabbits” in 2 pieces, each with its id: “·Rabb” 22502, “its” 896.'
    """
    _require_one_each("piece", len(pieces), "id", len(token_ids))
    shown = [_make_drawable(piece) for piece in pieces]
    widths = [_find_width(*each) for each in zip(shown, token_ids, strict=True)]
    places = _wrap(widths)
    page = max(left + width for (_, left), width in zip(places, widths, strict=True)) + MARGIN
    height = (1 + places[-1][0]) * PIECE_PITCH
    figure, axes = canvas(page, height, _describe_pieces(pieces, token_ids))
    for i, (row, left) in enumerate(places):
        bottom = height - row * PIECE_PITCH - MARGIN - PIECE_HEIGHT
        _draw_piece(axes, left, bottom, widths[i], shown[i], PAPER if i % 2 else PALE_BLUE)
        label(axes, left + widths[i] / 2, bottom - 0.2, str(token_ids[i]), ink=GREY, mono=True)
    return figure


def plot_merges(steps: Sequence[Sequence[str]], labels: Sequence[str]) -> TeachingFigure:
    """Draw how neighbouring pieces of a text are glued together, one step a row.

    Args:
        steps: the pieces after each step; the first row is the start. All rows spell the same
            text, and a row cuts it only where the row above does.
        labels: the name of each row.

    Returns:
        A figure of one row a step; what a step has glued has a thick border and bold letters.

    Raises:
        ValueError: there are no steps, not one label for each, a row is not glued together
            from the one above, or the text is too long for a row.

    Example:
        >>> plot_merges([["t", "h", "e"], ["t", "he"]], ["start", "merge 3"]).alt
        'The text “the”, glued together row by row. start: t|h|e; merge 3: t|he.'
    """
    _require_one_each("step", len(steps), "label", len(labels))
    for above, below in pairwise(steps):
        _require_glued(above, below)
    shown = [[_make_drawable(piece) for piece in step] for step in steps]
    start = 2 * MARGIN + max(map(len, labels)) * DIGIT_WIDTH
    page = start + sum(map(len, shown[0])) * CELL + MARGIN
    if page > PAGE:
        raise ValueError(
            f"the figure would be {page:.1f} inches wide, and a page is {PAGE:.0f}: "
            "take a shorter text or shorter labels"
        )
    figure, axes = canvas(page, len(steps) * STEP_PITCH, _describe_merges(steps, labels))
    for row, (pieces, name) in enumerate(zip(shown, labels, strict=True)):
        bottom = (len(steps) - row) * STEP_PITCH - MARGIN - PIECE_HEIGHT
        label(axes, MARGIN, bottom + PIECE_HEIGHT / 2, name, ink=GREY, mono=True, align="left")
        _draw_step(axes, start, bottom, pieces, shown[max(row - 1, 0)])
    return figure


def plot_text_lengths(
    lengths: Mapping[int, int], levels: Mapping[str, int] | None = None
) -> TeachingFigure:
    """Draw how long a text is in tokens against the size of the vocabulary.

    Args:
        lengths: size of the vocabulary to number of tokens; at least two sizes, ascending.
        levels: name of a dashed line across the chart to its height, in tokens.

    Returns:
        A figure of 10 x 4.8 inches.

    Raises:
        ValueError: there are fewer than two sizes, or they do not ascend.

    Example:
        >>> plot_text_lengths({256: 90, 300: 40}, {"words": 30}).alt
        'The length of a text by vocabulary size. 256: 90 tokens; 300: 40. Dashed: words, 30.'
    """
    sizes, levels = list(lengths), levels or {}
    if len(sizes) < 2 or sizes != sorted(sizes):
        raise ValueError(f"expected two or more sizes in ascending order, but {sizes} came")
    alt = _describe_lengths(lengths, levels)
    figure, axes = chart(10, 4.8, alt, "size of the vocabulary", "tokens in the text")
    axes.plot(sizes, list(lengths.values()), "o-", color=BLUE, lw=3, markersize=9)
    for size, length in lengths.items():
        below_a_line = any(length < height for height in levels.values())
        _note(axes, f"{length:,}", (size, length), (4, -16 if below_a_line else 15), INK)
    for name, height in levels.items():
        axes.axhline(height, color=ORANGE, lw=2, ls=(0, (5, 2)))
        _note(axes, f"{name}: {height:,}", (sizes[0], height), (-4, -13), ORANGE)
    room = sizes[-1] - sizes[0]
    axes.set(xlim=(sizes[0] - 0.04 * room, sizes[-1] + 0.1 * room), xticks=sizes)
    axes.set_ylim(0, 1.12 * max(*lengths.values(), *levels.values()))
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.xaxis.set_major_formatter("{x:,.0f}")
    return figure


def _note(
    axes: Axes,
    text: str,
    point: tuple[float, float],
    offset: tuple[int, int],
    ink: str,
) -> None:
    """Write in bold beside a point; the offset is in typographic points."""
    style = {"color": ink, "fontsize": MEDIUM, "fontweight": "bold", "va": "center"}
    axes.annotate(text, point, offset, textcoords="offset points", parse_math=False, **style)


def _describe_lengths(lengths: Mapping[int, int], levels: Mapping[str, int]) -> str:
    (size, length), *others = lengths.items()
    listed = "".join(f"; {size:,}: {length:,}" for size, length in others)
    start = f"The length of a text by vocabulary size. {size:,}: {length:,} tokens{listed}."
    dashed = "; ".join(f"{name}, {height:,}" for name, height in levels.items())
    return f"{start} Dashed: {dashed}." if dashed else start


def _require_one_each(thing: str, n_things: int, other: str, n_others: int) -> None:
    if n_things == 0 or n_things != n_others:
        raise ValueError(
            f"expected at least one {thing}, and one {other} for each, "
            f"but {n_things} and {n_others} came"
        )


def _require_glued(above: Sequence[str], below: Sequence[str]) -> None:
    same_text = "".join(above) == "".join(below)
    if not (same_text and _find_ends(below) < _find_ends(above)):
        raise ValueError(
            f"{list(below)} is not {list(above)} with neighbours glued: both must spell the "
            "same text, and the second must have fewer cuts, none of them new"
        )


def _make_drawable(piece: str) -> str:
    """Put a sign for white space, and the code point for a letter that the font lacks."""
    font = get_font(findfont("DejaVu Sans Mono"))
    signs = make_visible(piece)
    return "".join(
        sign if font.get_char_index(ord(sign)) else f"U+{ord(sign):04X}" for sign in signs
    )


def _find_width(piece: str, token_id: int) -> float:
    width = max(len(piece) * LETTER_WIDTH, len(str(token_id)) * DIGIT_WIDTH) + PADDING
    if width > PAGE - 2 * MARGIN:
        raise ValueError(
            f"the piece {piece[:20]!r}... has {len(piece)} characters, too many for a row of the "
            "figure: cut it, and mark the cut with …"
        )
    return width


def _wrap(widths: Sequence[float]) -> list[tuple[int, float]]:
    """Return the row and the left edge of each box, rows filled one after the other."""
    places, row, left = [], 0, MARGIN
    for width in widths:
        if left + width > PAGE - MARGIN:
            row, left = row + 1, MARGIN
        places.append((row, left))
        left += width + GAP
    return places


def _find_spans(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each piece starts and ends in the text."""
    ends = list(accumulate(map(len, pieces)))
    return list(zip([0, *ends[:-1]], ends, strict=True))


def _find_ends(pieces: Sequence[str]) -> set[int]:
    return {end for _, end in _find_spans(pieces)}


def _draw_step(
    axes: Axes, start: float, bottom: float, pieces: Sequence[str], before: Sequence[str]
) -> None:
    """Draw a row; a piece that the row before does not have at this place is new."""
    old = set(_find_spans(before))
    for piece, (first, end) in zip(pieces, _find_spans(pieces), strict=True):
        left, width = start + first * CELL, (end - first) * CELL - GAP
        new = (first, end) not in old
        _draw_piece(axes, left, bottom, width, piece, PALE_ORANGE if new else PALE_BLUE, bold=new)


def _draw_piece(
    axes: Axes, left: float, bottom: float, width: float, piece: str, fill: str, bold: bool = False
) -> None:
    style = {"edge": ORANGE, "line_width": 3.5} if bold else {"edge": BLUE, "line_width": 2}
    style |= {"fill": fill, "size": BIG, "bold": bold, "mono": True}
    box(axes, left, bottom, width, PIECE_HEIGHT, piece, **style)


def _describe_pieces(pieces: Sequence[str], token_ids: Sequence[int]) -> str:
    signs = [make_visible(piece) for piece in pieces]
    listed = ", ".join(f"“{piece}” {i}" for piece, i in zip(signs, token_ids, strict=True))
    count = "1 piece, with its id" if len(signs) == 1 else f"{len(signs)} pieces, each with its id"
    return f"The text “{''.join(signs)}” in {count}: {listed}."


def _describe_merges(steps: Sequence[Sequence[str]], labels: Sequence[str]) -> str:
    signs = ["|".join(make_visible(piece) for piece in step) for step in steps]
    rows = "; ".join(f"{name}: {row}" for name, row in zip(labels, signs, strict=True))
    return f"The text “{make_visible(''.join(steps[0]))}”, glued together row by row. {rows}."
