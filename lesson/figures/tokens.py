"""Text cut into tokens: what is kept, what is dropped, which id each token gets."""

from collections.abc import Sequence

from lesson.figures.style import (
    BLUE,
    GREY,
    INK,
    PALE_BLUE,
    PALE_GREY,
    SMALL,
    TeachingFigure,
    box,
    canvas,
    label,
)

LETTER_WIDTH = 0.196  # inches a character: 49 characters fill a page
VISIBLE = {" ": "·", "\n": "↵", "\t": "→"}


def make_visible(text: str) -> str:
    r"""Put a sign in the place of each space, line break and tab.

    Example:
        >>> make_visible("a b\n")
        'a·b↵'
    """
    return "".join(VISIBLE.get(letter, letter) for letter in text)


def plot_split(text: str, tokens: Sequence[str]) -> TeachingFigure:
    """Draw a short text letter by letter, and under it the tokens cut from it.

    Args:
        text: at most 49 characters.
        tokens: the tokens in the order of the text.

    Returns:
        A figure of 10 x 2.2 inches.

    Raises:
        ValueError: the text is too long for one row, or a token is not in it.

    Example:
        >>> plot_split("a cat.", ["a", "cat", "."]).alt
        'The text “a·cat.” cut into 3 tokens: “a”, “cat”, “.”. Dropped: 1 white space.'
    """
    if len(text) > 49:
        raise ValueError(f"at most 49 characters fit into a row, but {len(text)} came")
    spans = _find_spans(text, tokens)
    kept = {i for start, end in spans for i in range(start, end)}
    figure, axes = canvas(10, 2.2, _describe(text, tokens, len(text) - len(kept)))
    label(axes, 0.1, 2.0, "text", ink=GREY, size=SMALL, align="left")
    label(axes, 0.1, 0.98, "tokens", ink=GREY, size=SMALL, align="left")
    for i, letter in enumerate(text):
        fill, ink = (PALE_BLUE, INK) if i in kept else (PALE_GREY, GREY)
        left = 0.1 + i * LETTER_WIDTH
        box(
            axes, left, 1.3, LETTER_WIDTH, 0.5, make_visible(letter), fill=fill, ink=ink, mono=True
        )
    for (start, end), token in zip(spans, tokens, strict=True):
        left, width = 0.1 + start * LETTER_WIDTH, (end - start) * LETTER_WIDTH
        box(axes, left, 0.28, width, 0.5, token, edge=BLUE, mono=True, line_width=2)
    return figure


def _find_spans(text: str, tokens: Sequence[str]) -> list[tuple[int, int]]:
    spans, start = [], 0
    for token in tokens:
        found = text.find(token, start)
        if found < 0:
            raise ValueError(f"token {token!r} is not in the text from character {start} on")
        start = found + len(token)
        spans.append((found, start))
    return spans


def _describe(text: str, tokens: Sequence[str], dropped: int) -> str:
    quoted = ", ".join(f"“{token}”" for token in tokens)
    spaces = "white space" if dropped == 1 else "white spaces"
    return (
        f"The text “{make_visible(text)}” cut into {len(tokens)} tokens: {quoted}. "
        f"Dropped: {dropped} {spaces}."
    )
