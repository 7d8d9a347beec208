"""The token viewer: a text as any tokenizer of the series sees it, in HTML and in plain text."""

from collections.abc import Sequence
from html import escape
from itertools import cycle
from typing import NamedTuple

from lesson.figures.palette import GREY, INK, PALE_BLUE, PALE_ORANGE, PAPER

LINE_WIDTH = 88  # characters; what is longer goes on in a new table
VISIBLE = {" ": "·", "\n": "↵", "\t": "→"}

# GitHub removes styles: there, the borders of the table alone part the tokens.
_TABLE = "border-collapse:collapse;margin:4px 0"
_CELL = (
    f"border:1px solid {GREY};padding:2px 5px;text-align:center;white-space:nowrap;color:{INK};"
)


def make_visible(text: str) -> str:
    r"""Put a sign in the place of each space, line break and tab.

    Example:
        >>> make_visible("a b\n")
        'a·b↵'
    """
    return "".join(VISIBLE.get(letter, letter) for letter in text)


class Piece(NamedTuple):
    """What stands in one box: a token over its id, or several that share a character."""

    text: str
    ids: str

    @property
    def width(self) -> int:
        """The number of characters that the box needs."""
        return max(map(len, self))


class TokenView:
    """Tokens over their ids; a notebook shows it as HTML tables, a terminal as text.

    Spaces and line breaks are visible. Tokens that share one character stand in one box:
    the character, then the bytes of each token in hexadecimal.
    """

    def __init__(self, pieces: Sequence[Piece]):
        self.pieces = list(pieces)

    def __repr__(self) -> str:
        return "\n\n".join(map(_write_line, self._break_lines()))

    def _repr_html_(self) -> str:
        shades = cycle([PALE_BLUE, PALE_ORANGE])
        return "\n".join(_write_table(line, shades) for line in self._break_lines() if line)

    def _break_lines(self) -> list[list[Piece]]:
        lines, width = [[]], 0
        for piece in self.pieces:
            if lines[-1] and width + piece.width + 2 > LINE_WIDTH:
                lines.append([])
                width = 0
            lines[-1].append(piece)
            width += piece.width + 2
        return lines


def view_tokens(text: str, tokenizer) -> TokenView:
    """Show a text as a tokenizer of the series, or one of tiktoken's, cuts it.

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
    words = [tokenizer.vocab_inverse[token_id] for token_id in token_ids]
    return TokenView([Piece(_show(w), str(i)) for w, i in zip(words, token_ids, strict=True)])


def _group(tokens: Sequence[bytes], token_ids: Sequence[int]) -> list[Piece]:
    """Put tokens together that are valid text only together."""
    pieces, start = [], 0
    while start < len(tokens):
        end = _end_of_character(tokens, start)
        text = _show(b"".join(tokens[start:end]).decode("utf-8", errors="replace"))
        ids = " | ".join(map(str, token_ids[start:end]))
        if end - start > 1:
            text += f"[{' | '.join(token.hex(' ') for token in tokens[start:end])}]"
            ids = f"[{ids}]"
        pieces.append(Piece(text, ids))
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
    return start + 1  # bytes that are not text at all


def _show(text: str) -> str:
    """Make white space visible, and name by its code point what has no shape of its own."""
    return "".join(
        letter if letter.isprintable() else f"U+{ord(letter):04X}" for letter in make_visible(text)
    )


def _write_line(pieces: Sequence[Piece]) -> str:
    upper = "  ".join(piece.text.ljust(piece.width) for piece in pieces)
    lower = "  ".join(piece.ids.ljust(piece.width) for piece in pieces)
    return f"{upper.rstrip()}\n{lower.rstrip()}"


def _write_table(pieces: Sequence[Piece], shades: cycle) -> str:
    upper = "".join(_write_cell(piece.text, next(shades)) for piece in pieces)
    lower = "".join(_write_cell(piece.ids, PAPER) for piece in pieces)
    return f'<table style="{_TABLE}"><tr>{upper}</tr><tr>{lower}</tr></table>'


def _write_cell(text: str, shade: str) -> str:
    style = f"font:14px/1.5 monospace;background:{shade};color:{INK}"
    code = f'<code style="{style}">{escape(text)}</code>'
    return f'<td style="{_CELL}background:{shade}">{code}</td>'
