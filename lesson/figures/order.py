"""The order of words: what a position vector makes of the same words in another order."""

from collections.abc import Sequence

from matplotlib.axes import Axes

from lesson.figures.style import (
    BIG,
    BLUE,
    GREEN,
    GREY,
    ORANGE,
    PALE_BLUE,
    PALE_GREEN,
    PALE_GREY,
    PALE_ORANGE,
    SMALL,
    TeachingFigure,
    box,
    canvas,
    label,
)


def plot_word_order(first: Sequence[str], second: Sequence[str]) -> TeachingFigure:
    """Draw two sentences of the same words, a position vector beside each word.

    Args:
        first: 2 or 3 different words of at most 6 letters.
        second: the same words in another order.

    Returns:
        A figure of 10 x 3.6 inches.

    Raises:
        ValueError: there are too few or too many words, a word is too long or comes twice,
            or the second sentence has other words.

    Example:
        >>> plot_word_order(["a", "b"], ["b", "a"]).alt[-48:]
        'Another vector: “a”, “b”. The same vector: none.'
    """
    _check_words(first, second)
    figure, axes = canvas(10, 3.6, _describe_order(first, second))
    width = 8.3 / len(first)
    for place in range(len(first)):
        middle = 1.6 + width * (place + 0.5)
        label(axes, middle, 3.38, f"position {place}", ink=GREY, size=SMALL)
        _draw_word(axes, middle, 2.58, first[place], place)
        _draw_word(axes, middle, 1.53, second[place], place)
        _draw_verdict(axes, middle, width, first[place], place, second.index(first[place]))
    for height, text in (
        (2.85, "first\nsentence"),
        (1.8, "second\nsentence"),
        (0.55, "word\nby word"),
    ):
        label(axes, 0.1, height, text, size=SMALL, align="left")
    return figure


def _draw_word(axes: Axes, middle: float, bottom: float, word: str, place: int) -> None:
    box(axes, middle - 0.98, bottom, 1.0, 0.54, word, fill=PALE_BLUE, edge=BLUE, bold=True)
    label(axes, middle + 0.21, bottom + 0.27, "+", size=BIG, bold=True)
    box(axes, middle + 0.4, bottom, 0.56, 0.54, f"P{place}", fill=PALE_ORANGE, edge=ORANGE)


def _draw_verdict(
    axes: Axes, middle: float, width: float, word: str, here: int, there: int
) -> None:
    same = here == there
    fill, edge = (PALE_GREY, GREY) if same else (PALE_GREEN, GREEN)
    sums = f"{word}: P{here} above, P{there} below"
    verdict = "the same vector" if same else "another vector"
    box(axes, middle - width / 2 + 0.1, 0.15, width - 0.2, 0.8, fill=fill, edge=edge)
    label(axes, middle, 0.73, sums, size=SMALL)
    label(axes, middle, 0.37, verdict, size=SMALL, bold=not same)


def _check_words(first: Sequence[str], second: Sequence[str]) -> None:
    if not 2 <= len(first) <= 3 or len(set(first)) != len(first):
        raise ValueError(f"expected 2 or 3 different words, but {list(first)} came")
    if sorted(second) != sorted(first):
        raise ValueError(f"expected the words {sorted(first)} again, but {sorted(second)} came")
    longest = max(first, key=len)
    if len(longest) > 6:
        raise ValueError(f"a word may have 6 letters, but {longest!r} has {len(longest)}")


def _describe_order(first: Sequence[str], second: Sequence[str]) -> str:
    moved = [word for place, word in enumerate(first) if second[place] != word]
    stayed = [word for word in first if word not in moved]
    return (
        f"Two sentences of the same words: “{' '.join(first)}” and “{' '.join(second)}”, the "
        "position vectors P0, P1 and so on added in the order of the places. "
        f"Another vector: {_quote(moved)}. The same vector: {_quote(stayed)}."
    )


def _quote(words: Sequence[str]) -> str:
    return ", ".join(f"“{word}”" for word in words) or "none"
