"""The token viewer: a text as any tokenizer of the series sees it, in HTML and in plain text."""

from collections.abc import Sequence
from html import escape
from itertools import cycle
from typing import NamedTuple

from lesson.figures.style import GREY, INK, PALE_BLUE, PALE_ORANGE, PAPER
from lesson.figures.tokens import make_visible

TEXT_WIDTH = 88  # columns of the text twin

_BOX = (
    f"display:inline-block;margin:1px;border:1px solid {GREY};border-radius:3px;"
    f"text-align:center;vertical-align:top;color:{INK};"
)
_PIECE = "display:block;padding:0 3px;font:16px/1.5 monospace;white-space:pre;"
_ID = f"display:block;padding:0 3px;font:12px/1.5 monospace;background:{PAPER};color:{INK};"


class Piece(NamedTuple):
    """What the viewer draws as one: a token, or several that share one character.

    `texts` holds a text for each id: the token itself, or its bytes in hexadecimal where the
    token is only a part of the character `shared`.
    """

    texts: tuple[str, ...]
    token_ids: tuple[int, ...]
    shared: str = ""


class TokenView:
    """Tokens with their ids under them; a notebook shows it as HTML, a terminal as text.

    Spaces and line breaks are visible. Boxes alternate in shade and have a border, so that
    colour is not needed to tell them apart. Tokens that share one character stand together
    under it, each with its bytes.

    Args:
        pieces: what to draw, in the order of the text.
    """

    def __init__(self, pieces: Sequence[Piece]):
        self.pieces = list(pieces)

    def __repr__(self) -> str:
        columns = [column for piece in self.pieces for column in _columns(piece)]
        rows, width = [[]], 0
        for column in columns:
            size = max(map(len, column)) + 2
            if width + size > TEXT_WIDTH and rows[-1]:
                rows.append([])
                width = 0
            rows[-1].append(column)
            width += size
        return "\n\n".join(_text_row(row) for row in rows)

    def _repr_html_(self) -> str:
        shades = cycle([PALE_BLUE, PALE_ORANGE])
        boxes = "".join(
            _html_piece(piece, shade) for piece, shade in zip(self.pieces, shades, strict=False)
        )
        return f'<div style="line-height:1">{boxes}</div>'


def view_tokens(text: str, tokenizer) -> TokenView:
    """Show a text as a tokenizer cuts it.

    Args:
        text: the text to encode.
        tokenizer: any tokenizer of the series: SimpleTokenizerV1 or V2, BytePairTokenizer, or
            one of tiktoken's.

    Returns:
        A view that shows itself as the last expression of a cell.

    Raises:
        TypeError: the tokenizer is none of these.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> view_tokens("the cat", SimpleTokenizerV1({"cat": 0, "the": 1}))
        the  cat
        1    0
    """
    return view_ids(tokenizer.encode(text), tokenizer)


def view_ids(token_ids: Sequence[int], tokenizer) -> TokenView:
    """Show ids as the tokens that a tokenizer reads in them; otherwise like `view_tokens`."""
    if hasattr(tokenizer, "decode_single_token_bytes"):
        tokens = [tokenizer.decode_single_token_bytes(token_id) for token_id in token_ids]
        return TokenView(_group(tokens, token_ids))
    if hasattr(tokenizer, "vocab_inverse"):
        words = [tokenizer.vocab_inverse[token_id] for token_id in token_ids]
        return TokenView([Piece((w,), (i,)) for w, i in zip(words, token_ids, strict=True)])
    raise TypeError(
        "expected a tokenizer with decode_single_token_bytes (tiktoken's, BytePairTokenizer) or "
        f"with vocab_inverse (SimpleTokenizerV1 and V2), but a {type(tokenizer).__name__} came"
    )


def _group(tokens: Sequence[bytes], token_ids: Sequence[int]) -> list[Piece]:
    """Put tokens together that are valid text only together."""
    pieces, start = [], 0
    while start < len(tokens):
        end = _end_of_character(tokens, start)
        ids = tuple(token_ids[start:end])
        text = b"".join(tokens[start:end]).decode("utf-8", errors="replace")
        if end - start == 1:
            pieces.append(Piece((text,), ids))
        else:
            parts = tuple(token.hex(" ") for token in tokens[start:end])
            pieces.append(Piece(parts, ids, shared=text))
        start = end
    return pieces


def _end_of_character(tokens: Sequence[bytes], start: int) -> int:
    # A character has at most four bytes, and a token at least one.
    for end in range(start + 1, min(start + 4, len(tokens)) + 1):
        try:
            b"".join(tokens[start:end]).decode("utf-8")
        except UnicodeDecodeError:
            continue
        return end
    return start + 1  # bytes that are no text at all


def _show(text: str) -> str:
    """Make white space visible, and name by its code point what has no shape of its own."""
    return "".join(
        letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in make_visible(text)
    )


def _columns(piece: Piece) -> list[tuple[str, str]]:
    token_ids = list(map(str, piece.token_ids))
    if not piece.shared:
        return [(_show(piece.texts[0]), token_ids[0])]
    parts = f"{_show(piece.shared)}[{' | '.join(piece.texts)}]"
    return [(parts, f"[{' | '.join(token_ids)}]")]


def _text_row(columns: Sequence[tuple[str, str]]) -> str:
    widths = [max(map(len, column)) for column in columns]
    upper, lower = zip(*columns, strict=True) if columns else ((), ())
    lines = (
        "  ".join(text.ljust(width) for text, width in zip(texts, widths, strict=True)).rstrip()
        for texts in (upper, lower)
    )
    return "\n".join(lines)


def _html_piece(piece: Piece, shade: str) -> str:
    if not piece.shared:
        return _html_box(_show(piece.texts[0]), piece.token_ids[0], shade)
    boxes = "".join(
        _html_box(text, token_id, shade)
        for text, token_id in zip(piece.texts, piece.token_ids, strict=True)
    )
    head = f'<span style="{_PIECE}">{escape(_show(piece.shared))}</span>'
    return f'<span style="{_BOX}background:{shade};border-width:2px">{head}{boxes}</span>'


def _html_box(text: str, token_id: int, shade: str) -> str:
    piece = f'<span style="{_PIECE}background:{shade}">{escape(text)}</span>'
    return f'<span style="{_BOX}">{piece}<span style="{_ID}">{token_id}</span></span>'
