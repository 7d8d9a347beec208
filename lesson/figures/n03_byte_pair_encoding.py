"""The pictures of notebook 3: pieces with their ids, how they are glued, and GPT-2's bytes."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font

from lesson.figures.palette import BIG, BLUE, GREY, INK, ORANGE, PALE_BLUE, PAPER
from lesson.figures.shapes import BLUE_BOX, ORANGE_BOX, Look, box, label, note
from lesson.figures.style import TeachingFigure, canvas, chart, write_thousands
from lesson.figures.viewer import make_visible

# plot_pieces and plot_merges, in inches.
PAGE, MARGIN, GAP = 10.0, 0.1, 0.07
LETTER_WIDTH, DIGIT_WIDTH = 0.143, 0.118  # of the monospaced font at BIG and at MEDIUM
PADDING = 0.18  # a box is wider than what it holds by this much
PIECE_HEIGHT, PIECE_PITCH = 0.56, 1.08
CELL, STEP_PITCH = 0.46, 0.72
OLD, NEW = BLUE_BOX._replace(line_width=2), ORANGE_BOX._replace(line_width=3.5, bold=True)

# plot_glyphs, in inches.
GLYPH_WIDTH, GLYPH_HEIGHT, GLYPH_GAP, COLUMNS = 0.56, 0.42, 0.04, 16
GLYPHS_LEFT, GLYPHS_TOP = 0.75, 0.45


def plot_pieces(pieces: Sequence[str], token_ids: Sequence[int]) -> TeachingFigure:
    """Draw the pieces of a text in a row of boxes, the id of each under its box.

    A space is drawn as a dot. A row that is full, after 10 inches, goes on on the next one.

    Example:
        >>> plot_pieces([" Rabb", "its"], [22502, 896]).alt
        'The text “·Rabbits” in 2 pieces, each with its id: “·Rabb” 22502, “its” 896.'
    """
    shown = [_make_drawable(piece) for piece in pieces]
    widths = [
        max(len(piece) * LETTER_WIDTH, len(str(token_id)) * DIGIT_WIDTH) + PADDING
        for piece, token_id in zip(shown, token_ids, strict=True)
    ]
    places = _wrap(widths)
    page = max(left + width for (_, left), width in zip(places, widths, strict=True)) + MARGIN
    height = (1 + places[-1][0]) * PIECE_PITCH
    figure, axes = canvas(page, height, _describe_pieces(pieces, token_ids))
    for i, (row, left) in enumerate(places):
        bottom = height - row * PIECE_PITCH - MARGIN - PIECE_HEIGHT
        look = OLD._replace(fill=PAPER if i % 2 else PALE_BLUE)
        box(axes, left, bottom, widths[i], PIECE_HEIGHT, shown[i], look, size=BIG, mono=True)
        label(axes, left + widths[i] / 2, bottom - 0.2, str(token_ids[i]), ink=GREY, mono=True)
    return figure


def plot_merges(steps: Sequence[Sequence[str]], labels: Sequence[str]) -> TeachingFigure:
    """Draw how neighbouring pieces of a text are glued together, one step a row.

    `steps` are the pieces after each step, the start first; `labels` name the rows. What a
    step has glued has a thick border and bold letters.

    Example:
        >>> plot_merges([["t", "h", "e"], ["t", "he"]], ["start", "merge 3"]).alt
        'The text “the”, glued together row by row. start: t|h|e; merge 3: t|he.'
    """
    shown = [[_make_drawable(piece) for piece in step] for step in steps]
    start = 2 * MARGIN + max(map(len, labels)) * DIGIT_WIDTH
    page = start + sum(map(len, shown[0])) * CELL + MARGIN
    figure, axes = canvas(page, len(steps) * STEP_PITCH, _describe_merges(steps, labels))
    for row, (before, pieces) in enumerate(pairwise([shown[0], *shown])):
        bottom = (len(steps) - row) * STEP_PITCH - MARGIN - PIECE_HEIGHT
        style = {"ink": GREY, "mono": True, "align": "left"}
        label(axes, MARGIN, bottom + PIECE_HEIGHT / 2, labels[row], **style)
        _draw_step(axes, start, bottom, pieces, before)
    return figure


def plot_text_lengths(lengths: Mapping[int, int], levels: Mapping[str, int]) -> TeachingFigure:
    """Draw how long a text is in tokens against the size of the vocabulary.

    `lengths` maps sizes of the vocabulary, two at least, to numbers of tokens; `levels` maps
    the name of a dashed line across the chart to its height.

    Example:
        >>> plot_text_lengths({256: 90, 300: 40}, {"words": 30}).alt
        'The length of a text by vocabulary size. 256: 90 tokens; 300: 40. Dashed: words, 30.'
    """
    sizes = sorted(lengths)
    tokens = [lengths[size] for size in sizes]
    alt = _describe_lengths(sizes, tokens, levels)
    figure, axes = chart(10, 4.8, alt, "size of the vocabulary", "tokens in the text")
    axes.plot(sizes, tokens, "o-", color=BLUE, lw=3, markersize=9)
    for size, length in zip(sizes, tokens, strict=True):
        below_a_line = any(length < height for height in levels.values())
        note(axes, f"{length:,}", (size, length), (4, -16 if below_a_line else 15), bold=True)
    for name, height in levels.items():
        axes.axhline(height, color=ORANGE, lw=2, ls=(0, (5, 2)))
        text = f"{name}: {height:,}"
        note(axes, text, (sizes[0], height), (-4, -13), ink=ORANGE, bold=True)
    room = sizes[-1] - sizes[0]
    axes.set(xlim=(sizes[0] - 0.04 * room, sizes[-1] + 0.1 * room), xticks=sizes)
    axes.set_ylim(0, 1.12 * max(*tokens, *levels.values()))
    write_thousands(axes)
    return figure


def plot_glyphs(glyphs: Mapping[int, str], marked: Sequence[int]) -> TeachingFigure:
    """Draw the table of the 256 bytes, 16 in a row, each with the character that shows it.

    A byte that borrows a character not its own has an orange border and an orange ground; the
    `marked` bytes are bold, with a thick border.

    Example:
        >>> plot_glyphs({byte: chr(256 + byte) for byte in range(256)}, marked=[65]).alt[-41:]
        '256 by a borrowed one. Marked: 65 as “Ł”.'
    """
    width = GLYPHS_LEFT + COLUMNS * GLYPH_WIDTH + MARGIN
    height = GLYPHS_TOP + 256 // COLUMNS * GLYPH_HEIGHT + MARGIN
    figure, axes = canvas(width, height, _describe_glyphs(glyphs, marked))
    for column in range(COLUMNS):
        middle = GLYPHS_LEFT + (column + 0.5) * GLYPH_WIDTH
        label(axes, middle, height - 0.24, f"+{column}", ink=GREY)
    for byte in range(256):
        row, column = divmod(byte, COLUMNS)
        bottom = height - GLYPHS_TOP - (row + 1) * GLYPH_HEIGHT
        if column == 0:
            middle = bottom + GLYPH_HEIGHT / 2
            label(axes, GLYPHS_LEFT - 0.12, middle, str(byte), ink=GREY, align="right")
        left = GLYPHS_LEFT + column * GLYPH_WIDTH
        _draw_glyph(axes, left, bottom, glyphs[byte], glyphs[byte] != chr(byte), byte in marked)
    return figure


def _make_drawable(piece: str) -> str:
    """Put a sign for white space, and the code point for a letter that the font lacks."""
    font = get_font(findfont("DejaVu Sans Mono"))
    signs = make_visible(piece)
    return "".join(
        sign if font.get_char_index(ord(sign)) else f"U+{ord(sign):04X}" for sign in signs
    )


def _wrap(widths: Sequence[float]) -> list[tuple[int, float]]:
    """Return the row and the left edge of each box, rows filled one after the other."""
    places, row, left = [], 0, MARGIN
    for width in widths:
        if left + width > PAGE - MARGIN:
            row, left = row + 1, MARGIN
        places.append((row, left))
        left += width + GAP
    return places


def _describe_pieces(pieces: Sequence[str], token_ids: Sequence[int]) -> str:
    signs = [make_visible(piece) for piece in pieces]
    listed = ", ".join(f"“{piece}” {i}" for piece, i in zip(signs, token_ids, strict=True))
    count = "1 piece, with its id" if len(signs) == 1 else f"{len(signs)} pieces, each with its id"
    return f"The text “{''.join(signs)}” in {count}: {listed}."


def _draw_step(
    axes: Axes, start: float, bottom: float, pieces: Sequence[str], before: Sequence[str]
) -> None:
    """Draw a row; a piece that the row before does not have at this place is new."""
    old = _find_spans(before)
    for piece, (first, end) in zip(pieces, _find_spans(pieces), strict=True):
        left, width = start + first * CELL, (end - first) * CELL - GAP
        look = OLD if (first, end) in old else NEW
        box(axes, left, bottom, width, PIECE_HEIGHT, piece, look, size=BIG, mono=True)


def _find_spans(pieces: Sequence[str]) -> list[tuple[int, int]]:
    """Return where each piece starts and ends in the text."""
    return list(pairwise(accumulate(map(len, pieces), initial=0)))


def _describe_merges(steps: Sequence[Sequence[str]], labels: Sequence[str]) -> str:
    signs = ["|".join(make_visible(piece) for piece in step) for step in steps]
    rows = "; ".join(f"{name}: {row}" for name, row in zip(labels, signs, strict=True))
    return f"The text “{make_visible(''.join(steps[0]))}”, glued together row by row. {rows}."


def _describe_lengths(
    sizes: Sequence[int], tokens: Sequence[int], levels: Mapping[str, int]
) -> str:
    (size, length), *others = zip(sizes, tokens, strict=True)
    listed = "".join(f"; {size:,}: {length:,}" for size, length in others)
    start = f"The length of a text by vocabulary size. {size:,}: {length:,} tokens{listed}."
    dashed = "; ".join(f"{name}, {height:,}" for name, height in levels.items())
    return f"{start} Dashed: {dashed}."


def _draw_glyph(
    axes: Axes, left: float, bottom: float, glyph: str, borrowed: bool, marked: bool
) -> None:
    look = ORANGE_BOX._replace(line_width=1.6) if borrowed else Look(line_width=0.8)
    if marked:
        look = look._replace(edge=INK, line_width=3, bold=True)
    width, height = GLYPH_WIDTH - 2 * GLYPH_GAP, GLYPH_HEIGHT - 2 * GLYPH_GAP
    box(axes, left + GLYPH_GAP, bottom + GLYPH_GAP, width, height, glyph, look, mono=True)


def _describe_glyphs(glyphs: Mapping[int, str], marked: Sequence[int]) -> str:
    own = sum(glyph == chr(byte) for byte, glyph in glyphs.items())
    listed = ", ".join(f"{byte} as “{glyphs[byte]}”" for byte in marked)
    return (
        f"The 256 bytes, 16 in a row, each with the character that shows it: {own} by their own "
        f"character, {256 - own} by a borrowed one. Marked: {listed}."
    )
