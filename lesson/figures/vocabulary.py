"""The vocabulary as a table: tokens look up their id in it, ids look up their token."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import FancyArrowPatch

from lesson.figures.style import (
    BLUE,
    GREY,
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

MOST_TOKENS = 12  # more would not fit on a screen
LONGEST_TOKEN = 14  # characters that fit into a box

# All in inches. A gap stands for the rows that are left out.
ROW, GAP, MARGIN, HEADER = 0.34, 0.18, 0.12, 0.75
STEP = 0.46  # the least distance from one token to the next
TOKEN_LEFT, TOKEN_WIDTH = 0.1, 1.8
TABLE_LEFT, ID_COLUMN, TABLE_RIGHT = 3.7, 5.5, 6.3
ID_LEFT, ID_WIDTH = 8.7, 1.2

Point = tuple[float, float]


class Look(NamedTuple):
    """How a box is drawn."""

    fill: str
    edge: str
    line_width: float


PLAIN = Look(PAPER, GREY, 1.2)
KNOWN = Look(PALE_BLUE, BLUE, 2)
UNKNOWN = Look(PALE_ORANGE, ORANGE, 2)


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


def plot_vocabulary_lookup(
    tokens: Sequence[str], vocab: Mapping[str, int], follow: int = 0, unknown: str = "<unk>"
) -> TeachingFigure:
    """Draw a text's tokens, the rows of the vocabulary that they look up, and their ids.

    Rows that no token looks up are left out, except the first and the last. A token that
    the vocabulary does not hold leads to the row of `unknown`, with no way back.

    Args:
        tokens: at most 12 tokens of at most 14 characters, in the order of the text.
        vocab: token to id; no id comes twice.
        follow: the position of the token whose way is drawn thick.
        unknown: the token that stands for all tokens outside the vocabulary.

    Returns:
        A figure 10 inches wide; its height grows with the number of rows.

    Raises:
        ValueError: no tokens, or too many; a token that is too long, or that has no row;
            two rows with one id; a position to follow that no token has.

    Example:
        >>> plot_vocabulary_lookup(["the", "cat"], {"cat": 0, "mouse": 1, "the": 2}).alt
        'Tokens and ids, joined through a table of 3 rows. Both ways: “the” 2, “cat” 0.'
    """
    _require_positions(tokens, follow)
    lookups = [_look_up(token, vocab, unknown, i == follow) for i, token in enumerate(tokens)]
    rows = _pick_rows(lookups, vocab)
    _require_short([*tokens, *rows])
    bottoms, height = _place_rows(list(rows.values()), len(tokens))
    figure, axes = canvas(10, height + HEADER + 2 * MARGIN, _describe(lookups, len(vocab)))
    _draw_headers(axes, height + 2 * MARGIN, len(vocab))
    _draw_table(axes, rows, bottoms, lookups)
    for i, lookup in enumerate(lookups):
        middle = MARGIN + height * (1 - (i + 0.5) / len(lookups))
        _draw_lookup(axes, lookup, middle, bottoms[lookup.token_id] + ROW / 2)
    return figure


def _require_positions(tokens: Sequence[str], follow: int) -> None:
    if not 1 <= len(tokens) <= MOST_TOKENS:
        raise ValueError(f"the figure holds 1 to {MOST_TOKENS} tokens, but {len(tokens)} came")
    if not 0 <= follow < len(tokens):
        raise ValueError(f"follow must be from 0 to {len(tokens) - 1}, but {follow} came")


def _require_short(texts: Iterable[str]) -> None:
    longest = max(texts, key=len)
    if len(longest) > LONGEST_TOKEN:
        raise ValueError(
            f"a box holds at most {LONGEST_TOKEN} characters, but {longest!r} has {len(longest)}"
        )


def _look_up(token: str, vocab: Mapping[str, int], unknown: str, followed: bool) -> Lookup:
    row_token = token if token in vocab else unknown
    if row_token not in vocab:
        raise ValueError(
            f"token {token!r} is not in the vocabulary, and neither is {unknown!r}: "
            "leave the token out, or add that row first"
        )
    return Lookup(token, row_token, vocab[row_token], followed)


def _pick_rows(lookups: Sequence[Lookup], vocab: Mapping[str, int]) -> dict[str, int]:
    """Return the rows to draw, by id: those looked up, the first and the last."""
    token_ids = set(vocab.values())
    if len(token_ids) < len(vocab):
        raise ValueError(f"no id may come twice: {len(vocab)} tokens have {len(token_ids)} ids")
    drawn = {each.token_id for each in lookups} | {min(token_ids), max(token_ids)}
    rows = [(token_id, token) for token, token_id in vocab.items() if token_id in drawn]
    return {token: token_id for token_id, token in sorted(rows)}


def _place_rows(token_ids: Sequence[int], token_count: int) -> tuple[dict[int, float], float]:
    """Return the lower edge of each id's row, and the height that rows and tokens need."""
    bottoms, top = {}, 0.0
    for token_id in reversed(token_ids):
        if bottoms and token_id + 1 not in bottoms:
            top += GAP
        bottoms[token_id] = top
        top += ROW
    height = max(top, token_count * STEP)
    shift = MARGIN + (height - top) / 2
    return {token_id: bottom + shift for token_id, bottom in bottoms.items()}, height


def _draw_headers(axes: Axes, bottom: float, vocab_size: int) -> None:
    upper, lower, title = bottom + 0.45, bottom + 0.12, f"vocabulary: {vocab_size} rows"
    label(axes, TOKEN_LEFT + TOKEN_WIDTH / 2, upper, "tokens", bold=True)
    label(axes, (TABLE_LEFT + TABLE_RIGHT) / 2, upper, title, bold=True)
    label(axes, ID_LEFT + ID_WIDTH / 2, upper, "ids", bold=True)
    label(axes, (TABLE_LEFT + ID_COLUMN) / 2, lower, "token", ink=GREY, size=SMALL)
    label(axes, (ID_COLUMN + TABLE_RIGHT) / 2, lower, "id", ink=GREY, size=SMALL)
    for middle in ((TOKEN_LEFT + TOKEN_WIDTH + TABLE_LEFT) / 2, (TABLE_RIGHT + ID_LEFT) / 2):
        label(axes, middle, upper, "encode →", ink=BLUE)
        label(axes, middle, lower, "← decode", ink=BLUE)


def _draw_table(
    axes: Axes,
    rows: Mapping[str, int],
    bottoms: Mapping[int, float],
    lookups: Sequence[Lookup],
) -> None:
    looks = {each.token_id: _look_of(each) for each in lookups}
    followed = next(each.token_id for each in lookups if each.followed)
    for token, token_id in rows.items():
        bottom, look, bold = bottoms[token_id], looks.get(token_id, PLAIN), token_id == followed
        _cell(axes, TABLE_LEFT, bottom, ID_COLUMN - TABLE_LEFT, token, look, bold)
        _cell(axes, ID_COLUMN, bottom, TABLE_RIGHT - ID_COLUMN, str(token_id), look, bold)
        if token_id + 1 not in bottoms and token_id < max(bottoms):
            for middle in ((TABLE_LEFT + ID_COLUMN) / 2, (ID_COLUMN + TABLE_RIGHT) / 2):
                label(axes, middle, bottom - GAP / 2, "⋮", ink=GREY, size=SMALL)


def _draw_lookup(axes: Axes, lookup: Lookup, middle: float, row_middle: float) -> None:
    """Draw a token's box, its id's box and the two arrows through the table."""
    look, bottom, bold = _look_of(lookup), middle - ROW / 2, lookup.followed
    _cell(axes, TOKEN_LEFT, bottom, TOKEN_WIDTH, lookup.token, look, bold)
    _cell(axes, ID_LEFT, bottom, ID_WIDTH, str(lookup.token_id), look, bold)
    to_row = (TOKEN_LEFT + TOKEN_WIDTH + 0.05, middle), (TABLE_LEFT - 0.05, row_middle)
    from_row = (TABLE_RIGHT + 0.05, row_middle), (ID_LEFT - 0.05, middle)
    color = ORANGE if not lookup.known else BLUE if lookup.followed else GREY
    if lookup.known:
        _two_way(axes, *to_row, color, lookup.followed)
    else:
        _one_way(axes, *to_row, color, lookup.followed)
    _two_way(axes, *from_row, color, lookup.followed)


def _look_of(lookup: Lookup) -> Look:
    return KNOWN if lookup.known else UNKNOWN


def _cell(
    axes: Axes, left: float, bottom: float, width: float, text: str, look: Look, bold: bool
) -> None:
    style = {"bold": bold, "mono": True, **look._asdict()}
    box(axes, left, bottom, width, ROW, text, **style)


def _two_way(axes: Axes, start: Point, end: Point, color: str, thick: bool) -> None:
    style = {"arrowstyle": "<|-|>", "mutation_scale": 16, "shrinkA": 0, "shrinkB": 0}
    axes.add_patch(FancyArrowPatch(start, end, color=color, lw=_line_width(thick), **style))


def _one_way(axes: Axes, start: Point, end: Point, color: str, thick: bool) -> None:
    (left, low), (right, high) = start, end
    axes.plot((left, right), (low, high), color=color, lw=_line_width(thick), ls=(0, (4, 2)))
    near_end = (left + 0.9 * (right - left), low + 0.9 * (high - low))
    arrow(axes, near_end, end, color)


def _line_width(thick: bool) -> float:
    return 3.2 if thick else 1.4


def _describe(lookups: Sequence[Lookup], vocab_size: int) -> str:
    sentences = [f"Tokens and ids, joined through a table of {vocab_size} rows."]
    pairs = [f"“{each.token}” {each.token_id}" for each in lookups if each.known]
    if pairs:
        sentences.append(f"Both ways: {', '.join(pairs)}.")
    strangers = [each for each in lookups if not each.known]
    if strangers:
        quoted = ", ".join(f"“{each.token}”" for each in strangers)
        _, row_token, token_id, _ = strangers[0]
        sentences.append(f"One way only, to the row “{row_token}” {token_id}: {quoted}.")
    return " ".join(sentences)
