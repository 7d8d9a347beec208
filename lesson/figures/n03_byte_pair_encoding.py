"""The pictures of notebook 3: how pieces are glued, what a vocabulary saves, GPT-2's bytes."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

from matplotlib.axes import Axes

from helpers.bpe import count_pairs, merge
from lesson.figures.palette import BIG, BLUE, GREY, INK, ORANGE
from lesson.figures.shapes import BLUE_BOX, ORANGE_BOX, Look, box, label, note
from lesson.figures.style import TeachingFigure, canvas, chart, write_thousands
from lesson.figures.viewer import make_visible

Pieces = Sequence[str | bytes]

# plot_training and plot_trace, in inches.
MARGIN, GAP = 0.1, 0.07
LETTER_WIDTH = 0.118  # of the monospaced font of the labels
PIECE_HEIGHT, HEADING = 0.56, 0.36
CELL, STEP_PITCH, BETWEEN_WORDS = 0.46, 0.72, 0.3
OLD, NEW = BLUE_BOX._replace(line_width=2), ORANGE_BOX._replace(line_width=3.5, bold=True)

# plot_glyphs, in inches.
GLYPH_WIDTH, GLYPH_HEIGHT, GLYPH_GAP, COLUMNS = 0.56, 0.42, 0.04, 16
GLYPHS_LEFT, GLYPHS_TOP = 0.75, 0.45


def plot_training(words: Sequence[str], merges: Sequence[tuple[str, str]]) -> TeachingFigure:
    """Draw how merges change words, a merge a row, with the count of its pair at that moment.

    A word that occurs several times is drawn once, under the number of its occurrences.

    Example:
        >>> plot_training(["the"], [("h", "e")]).alt
        'Pieces row by row, of “the” (1 time). start: t|h|e; merge 0, 1 time: t|he.'
    """
    rows = [list(word) for word in words]
    places = [words.index(word) for word in dict.fromkeys(words)]
    steps, labels = [[rows[place] for place in places]], ["start"]
    for rank, pair in enumerate(merges):
        labels.append(f"merge {rank}, {_write_times(count_pairs(rows)[pair])}")
        rows = [merge(tokens, pair) for tokens in rows]
        steps.append([rows[place] for place in places])
    headings = [_write_times(words.count(words[place])) for place in places]
    return _plot_steps(steps, labels, headings)


def plot_trace(trace: Sequence[tuple[int | None, Sequence[bytes]]]) -> TeachingFigure:
    """Draw what `BytePairTokenizer.trace` gives: the pieces of a word after each merge.

    Example:
        >>> plot_trace([(None, [b"h", b"e"]), (2, [b"he"])]).alt
        'Pieces row by row, of “he”. start: h|e; rank 2: he.'
    """
    labels = ["start" if rank is None else f"rank {rank}" for rank, _ in trace]
    return _plot_steps([[pieces] for _, pieces in trace], labels)


def plot_compression(
    curves: Mapping[str, Mapping[int, float]], levels: Mapping[str, float]
) -> TeachingFigure:
    """Draw how many bytes a token holds against the size of the vocabulary.

    `curves` maps the name of a text, two at most, to sizes and bytes a token; `levels` maps the
    name of a dashed line across the chart to its height.

    Example:
        >>> plot_compression({"old": {256: 1, 300: 1.5}}, {"GPT-2": 3.69}).alt
        'Bytes a token by vocabulary size. old: 256 1.00, 300 1.50. Dashed: GPT-2 3.69.'
    """
    alt = _describe_compression(curves, levels)
    figure, axes = chart(10, 4.8, alt, "size of the vocabulary", "bytes a token")
    for (name, curve), marker, color in zip(curves.items(), "os", (BLUE, ORANGE), strict=False):
        sizes = sorted(curve)
        heights = [curve[size] for size in sizes]
        axes.plot(sizes, heights, f"{marker}-", color=color, lw=3, markersize=8)
        end = sizes[-1], heights[-1]
        note(axes, f"{name}: {end[1]:.2f}", end, (8, 15), align="right", ink=color, bold=True)
    for name, height in levels.items():
        axes.axhline(height, color=GREY, lw=2, ls=(0, (5, 2)))
        note(axes, f"{name}: {height:.2f}", (min(sizes), height), (0, 10), ink=GREY, bold=True)
    write_thousands(axes)
    top = axes.get_ylim()[1]
    axes.set(xticks=sizes[::2], yticks=range(int(top) + 1), ylim=(0, 1.08 * top))
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


def _write_times(n: int) -> str:
    return "1 time" if n == 1 else f"{n} times"


def _plot_steps(
    steps: Sequence[Sequence[Pieces]], labels: Sequence[str], headings: Sequence[str] = ()
) -> TeachingFigure:
    """Draw the pieces of words side by side, a step a row; what a step has glued is bold."""
    lefts = [2 * MARGIN + max(map(len, labels)) * LETTER_WIDTH]
    for pieces in steps[0]:
        lefts.append(lefts[-1] + sum(map(len, pieces)) * CELL + BETWEEN_WORDS)
    top = len(steps) * STEP_PITCH
    height = top + (HEADING if headings else 0)
    width = lefts[-1] - BETWEEN_WORDS + MARGIN
    figure, axes = canvas(width, height, _describe_steps(steps, labels, headings))
    for left, end, heading in zip(lefts, lefts[1:], headings, strict=False):
        middle = (left + end - BETWEEN_WORDS) / 2
        label(axes, middle, top + HEADING / 2 - MARGIN / 2, heading, ink=GREY)
    for row, (before, words) in enumerate(pairwise([steps[0], *steps])):
        bottom = top - row * STEP_PITCH - MARGIN - PIECE_HEIGHT
        style = {"ink": GREY, "mono": True, "align": "left"}
        label(axes, MARGIN, bottom + PIECE_HEIGHT / 2, labels[row], **style)
        for left, old, pieces in zip(lefts, before, words, strict=False):
            _draw_pieces(axes, left, bottom, pieces, old)
    return figure


def _draw_pieces(axes: Axes, left: float, bottom: float, pieces: Pieces, before: Pieces) -> None:
    """Draw a word; a piece that the row before does not have at this place is new."""
    old = _find_spans(before)
    for piece, (first, end) in zip(pieces, _find_spans(pieces), strict=True):
        place = left + first * CELL, bottom, (end - first) * CELL - GAP, PIECE_HEIGHT
        look = OLD if (first, end) in old else NEW
        box(axes, *place, _show(piece), look, size=BIG, mono=True)


def _find_spans(pieces: Pieces) -> list[tuple[int, int]]:
    """Return where each piece starts and ends in its word."""
    return list(pairwise(accumulate(map(len, pieces), initial=0)))


def _show(piece: str | bytes) -> str:
    text = piece.decode(errors="replace") if isinstance(piece, bytes) else piece
    return make_visible(text)


def _describe_steps(
    steps: Sequence[Sequence[Pieces]], labels: Sequence[str], headings: Sequence[str]
) -> str:
    words = [f"“{_show(pieces[0][:0].join(pieces))}”" for pieces in steps[0]]
    if headings:
        words = [f"{word} ({times})" for word, times in zip(words, headings, strict=True)]
    rows = [" ".join("|".join(map(_show, pieces)) for pieces in step) for step in steps]
    told = "; ".join(f"{name}: {row}" for name, row in zip(labels, rows, strict=True))
    return f"Pieces row by row, of {', '.join(words)}. {told}."


def _describe_compression(
    curves: Mapping[str, Mapping[int, float]], levels: Mapping[str, float]
) -> str:
    told = "; ".join(
        f"{name}: {', '.join(f'{size:,} {curve[size]:.2f}' for size in sorted(curve))}"
        for name, curve in curves.items()
    )
    dashed = ", ".join(f"{name} {height:.2f}" for name, height in levels.items())
    return f"Bytes a token by vocabulary size. {told}. Dashed: {dashed}."


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
