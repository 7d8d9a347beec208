"""The pictures of notebook 2: tokens look up their ids, and the vocabulary grows with the text."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes

from lesson.figures.palette import BIG, BLUE, GREY, MEDIUM, ORANGE, SMALL
from lesson.figures.shapes import BLUE_BOX, ORANGE_BOX, PLAIN, Look, arrow, box, label, note
from lesson.figures.style import TeachingFigure, canvas, chart, quote, shorten, write_thousands

UNKNOWN = "<unk>"
LONGEST_TOKEN = 14  # characters that fit into a box

# All in inches. A gap stands for the rows that are left out.
ROW, GAP, MARGIN, HEADER = 0.32, 0.17, 0.1, 0.75
STEP = 0.44  # the least distance from one token to the next
TOKEN_LEFT, TOKEN_WIDTH = 0.1, 2.1
TABLE_LEFT, ID_COLUMN, TABLE_RIGHT = 3.85, 5.95, 6.8
ID_LEFT, ID_WIDTH = 8.8, 1.1

TO_ITSELF, TO_UNKNOWN = (each._replace(line_width=2) for each in (BLUE_BOX, ORANGE_BOX))


class Lookup(NamedTuple):
    """A token of the text and the row of the table that it leads to."""

    token: str
    row_token: str
    token_id: int
    followed: bool

    @property
    def known(self) -> bool:
        """Whether the table holds the token itself."""
        return self.token == self.row_token

    @property
    def look(self) -> Look:
        """How its boxes are drawn."""
        return (TO_ITSELF if self.known else TO_UNKNOWN)._replace(bold=self.followed)


def plot_vocabulary_lookup(
    tokens: Sequence[str], vocab: Mapping[str, int], follow: int = 0
) -> TeachingFigure:
    """Draw a text's tokens, the rows of the vocabulary that they look up, and their ids.

    Rows that no token looks up are left out, except the first and the last. A token that
    the vocabulary does not hold leads to the row of `<unk>`, with no way back.

    Args:
        tokens: the tokens in the order of the text; about 12 fit on a screen.
        vocab: token to id; no id comes twice.
        follow: the position of the token whose way is drawn thick.

    Raises:
        ValueError: the vocabulary has neither the token nor `<unk>`.

    Example:
        >>> plot_vocabulary_lookup(["the", "cat"], {"cat": 0, "mouse": 1, "the": 2}).alt
        'Tokens and ids, joined through a table of 3 rows. Both ways: “the” 2, “cat” 0.'
    """
    lookups = [_look_up(token, vocab, i == follow) for i, token in enumerate(tokens)]
    shown = {each.token_id for each in lookups} | {min(vocab.values()), max(vocab.values())}
    rows = {token_id: token for token, token_id in vocab.items() if token_id in shown}
    bottoms, height = _place_rows(sorted(rows), len(tokens))
    figure, axes = canvas(10, height + HEADER + 2 * MARGIN, _describe_lookup(lookups, len(vocab)))
    _draw_headers(axes, height + 2 * MARGIN, len(vocab))
    _draw_table(axes, rows, bottoms, lookups)
    for i, lookup in enumerate(lookups):
        middle = MARGIN + height * (1 - (i + 0.5) / len(lookups))
        _draw_lookup(axes, lookup, middle, bottoms[lookup.token_id] + ROW / 2)
    return figure


def plot_growth(sizes: Sequence[int]) -> TeachingFigure:
    """Draw how many different tokens have been met against how many tokens have been read.

    `sizes` are the different tokens after 1, 2, 3, ... tokens, at least two numbers. A dashed
    line shows a text that never repeats a token.

    Example:
        >>> plot_growth([1, 2, 2, 3]).alt
        'Different tokens met while reading 4 tokens: 2 after the first half, 3 at the end.'
    """
    n, half = len(sizes), len(sizes) // 2
    alt = (
        f"Different tokens met while reading {n:,} tokens: "
        f"{sizes[half - 1]:,} after the first half, {sizes[-1]:,} at the end."
    )
    figure, axes = chart(9, 4.6, alt, "tokens read", "different tokens met")
    axes.plot(range(1, n + 1), sizes, color=BLUE, lw=3)
    axes.axline((0, 0), slope=1, color=ORANGE, lw=1.8, ls=(0, (4, 2)))
    axes.set(xlim=(0, n * 1.25), ylim=(0, sizes[-1] * 1.12))
    write_thousands(axes)
    note(axes, "if every token were new", (sizes[-1], sizes[-1]), (12, 0), ink=ORANGE)
    axes.plot((half, half, 0), (0, sizes[half - 1], sizes[half - 1]), color=GREY, lw=1.5, ls=":")
    for read, when in ((half, "after half the text"), (n, "at the end")):
        point = read, sizes[read - 1]
        axes.plot(*point, "o", color=BLUE, markersize=9)
        note(axes, f"{sizes[read - 1]:,} {when}", point, (6, -20), bold=True)
    return figure


def _look_up(token: str, vocab: Mapping[str, int], followed: bool) -> Lookup:
    row_token = token if token in vocab else UNKNOWN
    if row_token not in vocab:
        raise ValueError(
            f"token {token!r} is not in the vocabulary, and neither is {UNKNOWN!r}: "
            "leave the token out, or add that row first"
        )
    return Lookup(token, row_token, vocab[row_token], followed)


def _place_rows(token_ids: Sequence[int], n_tokens: int) -> tuple[dict[int, float], float]:
    """Return the lower edge of each id's row, and the height that rows and tokens need."""
    bottoms, top = {}, 0.0
    for token_id in reversed(token_ids):
        if bottoms and token_id + 1 not in bottoms:
            top += GAP
        bottoms[token_id] = top
        top += ROW
    height = max(top, n_tokens * STEP)
    shift = MARGIN + (height - top) / 2
    return {token_id: bottom + shift for token_id, bottom in bottoms.items()}, height


def _draw_headers(axes: Axes, bottom: float, vocab_size: int) -> None:
    upper, lower, title = bottom + 0.45, bottom + 0.12, f"vocabulary: {vocab_size} rows"
    label(axes, TOKEN_LEFT + TOKEN_WIDTH / 2, upper, "tokens", size=BIG, bold=True)
    label(axes, (TABLE_LEFT + TABLE_RIGHT) / 2, upper, title, size=BIG, bold=True)
    label(axes, ID_LEFT + ID_WIDTH / 2, upper, "ids", size=BIG, bold=True)
    label(axes, (TABLE_LEFT + ID_COLUMN) / 2, lower, "token", ink=GREY, size=MEDIUM)
    label(axes, (ID_COLUMN + TABLE_RIGHT) / 2, lower, "id", ink=GREY, size=MEDIUM)
    for middle in ((TOKEN_LEFT + TOKEN_WIDTH + TABLE_LEFT) / 2, (TABLE_RIGHT + ID_LEFT) / 2):
        label(axes, middle, upper, "encode →", ink=BLUE, size=BIG)
        label(axes, middle, lower, "← decode", ink=BLUE, size=BIG)


def _draw_table(
    axes: Axes, rows: Mapping[int, str], bottoms: Mapping[int, float], lookups: Sequence[Lookup]
) -> None:
    # Where several tokens lead to one row, the one that is followed decides its look.
    looks = {each.token_id: each.look for each in sorted(lookups, key=lambda each: each.followed)}
    for token_id in sorted(bottoms):
        bottom, look = bottoms[token_id], looks.get(token_id, PLAIN)
        _draw_cell(axes, TABLE_LEFT, bottom, ID_COLUMN - TABLE_LEFT, rows[token_id], look)
        _draw_cell(axes, ID_COLUMN, bottom, TABLE_RIGHT - ID_COLUMN, str(token_id), look)
        if token_id + 1 not in bottoms and token_id < max(bottoms):
            for middle in ((TABLE_LEFT + ID_COLUMN) / 2, (ID_COLUMN + TABLE_RIGHT) / 2):
                label(axes, middle, bottom - GAP / 2, "⋮", ink=GREY, size=SMALL)


def _draw_lookup(axes: Axes, lookup: Lookup, middle: float, row_middle: float) -> None:
    """Draw a token's box, its id's box and the two arrows through the table."""
    bottom = middle - ROW / 2
    _draw_cell(axes, TOKEN_LEFT, bottom, TOKEN_WIDTH, lookup.token, lookup.look)
    _draw_cell(axes, ID_LEFT, bottom, ID_WIDTH, str(lookup.token_id), lookup.look)
    to_row = (TOKEN_LEFT + TOKEN_WIDTH + 0.05, middle), (TABLE_LEFT - 0.05, row_middle)
    from_row = (TABLE_RIGHT + 0.05, row_middle), (ID_LEFT - 0.05, middle)
    style = {"line_width": 3.2 if lookup.followed else 1.4, "heads": "<|-|>"}
    style["color"] = ORANGE if not lookup.known else BLUE if lookup.followed else GREY
    if lookup.known:
        arrow(axes, *to_row, **style)
    else:
        _draw_one_way(axes, *to_row, style["line_width"])
    arrow(axes, *from_row, **style)


def _draw_one_way(axes: Axes, start: tuple, end: tuple, line_width: float) -> None:
    (left, low), (right, high) = start, end
    axes.plot((left, right), (low, high), color=ORANGE, lw=line_width, ls=(0, (4, 2)))
    arrow(axes, (left + 0.9 * (right - left), low + 0.9 * (high - low)), end, ORANGE)


def _draw_cell(
    axes: Axes, left: float, bottom: float, width: float, text: str, look: Look
) -> None:
    box(axes, left, bottom, width, ROW, shorten(text, LONGEST_TOKEN), look, size=BIG, mono=True)


def _describe_lookup(lookups: Sequence[Lookup], vocab_size: int) -> str:
    sentences = [f"Tokens and ids, joined through a table of {vocab_size} rows."]
    pairs = [f"“{each.token}” {each.token_id}" for each in lookups if each.known]
    if pairs:
        sentences.append(f"Both ways: {', '.join(pairs)}.")
    strangers = [each for each in lookups if not each.known]
    if strangers:
        row = f"the row “{strangers[0].row_token}” {strangers[0].token_id}"
        quoted = quote(each.token for each in strangers)
        sentences.append(f"One way only, to {row}: {quoted}.")
    return " ".join(sentences)
