"""The 256 bytes and the characters by which GPT-2's vocabulary files show them."""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from lesson.figures.style import (
    GREY,
    INK,
    MEDIUM,
    ORANGE,
    PALE_ORANGE,
    PAPER,
    TeachingFigure,
    box,
    canvas,
    label,
)

# All lengths in inches.
CELL_WIDTH, CELL_HEIGHT, GAP = 0.56, 0.42, 0.04
LEFT, TOP, MARGIN = 0.75, 0.45, 0.1
COLUMNS = 16


def plot_glyphs(glyphs: Mapping[int, str], marked: Sequence[int] = ()) -> TeachingFigure:
    """Draw the table of the 256 bytes, 16 in a row, each with the character that shows it.

    A byte that borrows a character not its own has an orange border and an orange ground.

    Args:
        glyphs: byte to character, for all 256 bytes; the order is of no importance.
        marked: bytes to draw in bold, with a thick border.

    Returns:
        A figure of about 9.8 x 7.3 inches.

    Raises:
        ValueError: a byte is missing or too much, a glyph is not one character, or what is
            marked is no byte.

    Example:
        >>> plot_glyphs({byte: chr(256 + byte) for byte in range(256)}, marked=[65]).alt[-41:]
        '256 by a borrowed one. Marked: 65 as “Ł”.'
    """
    _require_bytes(glyphs, marked)
    width = LEFT + COLUMNS * CELL_WIDTH + MARGIN
    height = TOP + 256 // COLUMNS * CELL_HEIGHT + MARGIN
    figure, axes = canvas(width, height, _describe(glyphs, marked))
    for column in range(COLUMNS):
        label(axes, LEFT + (column + 0.5) * CELL_WIDTH, height - 0.24, f"+{column}", ink=GREY)
    for byte in range(256):
        row, column = divmod(byte, COLUMNS)
        bottom = height - TOP - (row + 1) * CELL_HEIGHT
        if column == 0:
            middle = bottom + CELL_HEIGHT / 2
            label(axes, LEFT - 0.12, middle, str(byte), ink=GREY, align="right")
        left = LEFT + column * CELL_WIDTH
        _draw_cell(axes, left, bottom, glyphs[byte], glyphs[byte] != chr(byte), byte in marked)
    return figure


def _require_bytes(glyphs: Mapping[int, str], marked: Sequence[int]) -> None:
    if set(glyphs) != set(range(256)):
        raise ValueError(f"expected a glyph for each byte from 0 to 255, but {len(glyphs)} came")
    for byte, glyph in glyphs.items():
        if len(glyph) != 1:
            raise ValueError(f"expected one character a byte, but byte {byte} has {glyph!r}")
    for byte in marked:
        if byte not in glyphs:
            raise ValueError(f"expected marked bytes from 0 to 255, but {byte!r} came")


def _draw_cell(
    axes: Axes, left: float, bottom: float, glyph: str, borrowed: bool, marked: bool
) -> None:
    style = {"fill": PALE_ORANGE, "edge": ORANGE} if borrowed else {"fill": PAPER, "edge": GREY}
    if marked:
        style["edge"] = INK
    style |= {"line_width": 3 if marked else 1.6 if borrowed else 0.8}
    style |= {"size": MEDIUM, "bold": marked, "mono": True}
    box(
        axes, left + GAP, bottom + GAP, CELL_WIDTH - 2 * GAP, CELL_HEIGHT - 2 * GAP, glyph, **style
    )


def _describe(glyphs: Mapping[int, str], marked: Sequence[int]) -> str:
    own = sum(glyph == chr(byte) for byte, glyph in glyphs.items())
    start = (
        "The 256 bytes, 16 in a row, each with the character that shows it: "
        f"{own} by their own character, {256 - own} by a borrowed one."
    )
    listed = ", ".join(f"{byte} as “{glyphs[byte]}”" for byte in marked)
    return f"{start} Marked: {listed}." if listed else start
