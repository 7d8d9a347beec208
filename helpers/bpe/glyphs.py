r"""Bytes as characters that can be seen: how GPT-2's files write a token.

A line of such a file is a merge, two tokens with a space between them. But a token is made of
bytes, and a byte can be a space, a line break or a sign without a shape: nobody could tell what
belongs to what. So each byte is written as a character of its own that can be seen, its glyph.
"""


def bytes_to_glyphs() -> dict[int, str]:
    r"""Give each byte its glyph, in the order in which GPT-2 numbers the bytes.

    A byte that is a visible character in Latin-1 stands for itself. The 68 others take the
    characters from number 256 on, in turn: so the space is Ġ and the line break Ċ.

    Returns:
        A mapping from each of the 256 bytes to one character: first the visible bytes, then the
        others. The place of a byte in this order is its id in GPT-2's vocabulary.

    Example:
        >>> glyphs = bytes_to_glyphs()
        >>> glyphs[ord("A")], glyphs[ord(" ")], glyphs[ord("\n")]
        ('A', 'Ġ', 'Ċ')
        >>> list(glyphs).index(ord("A"))
        32
    """
    visible = [byte for byte in range(256) if _is_visible(chr(byte))]
    hidden = [byte for byte in range(256) if not _is_visible(chr(byte))]
    glyphs = {byte: chr(byte) for byte in visible}
    for number, byte in enumerate(hidden):
        glyphs[byte] = chr(256 + number)
    return glyphs


def _is_visible(character: str) -> bool:
    return character.isprintable() and character != " "


_GLYPHS = bytes_to_glyphs()
_BYTES = {glyph: byte for byte, glyph in _GLYPHS.items()}


def to_glyphs(token: bytes) -> str:
    r"""Write a token in glyphs.

    Args:
        token: any bytes.

    Returns:
        One character a byte, none of them white space.

    Example:
        >>> to_glyphs(b" fir\n")
        'ĠfirĊ'
    """
    return "".join([_GLYPHS[byte] for byte in token])


def from_glyphs(glyphs: str) -> bytes:
    r"""Read a token that is written in glyphs.

    Args:
        glyphs: one character a byte, as `to_glyphs` writes them.

    Returns:
        The token.

    Raises:
        ValueError: a character is no glyph.

    Example:
        >>> from_glyphs("ĠfirĊ")
        b' fir\n'
    """
    try:
        return bytes(map(_BYTES.__getitem__, glyphs))
    except KeyError as error:
        raise ValueError(
            f"{error.args[0]!r} in {glyphs!r} is no glyph: expected the characters of "
            "bytes_to_glyphs(), in which to_glyphs writes a token"
        ) from None
