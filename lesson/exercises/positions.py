"""The exercises of notebook 6: a vector for each position."""

from collections.abc import Callable
from math import cos, isclose, sin
from typing import Any

from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

Wave = Callable[[int, int, int], float]

ROWS = (50, 8)  # of the token table and of the position table; both have 16 columns
# Position, column and size of the vector; the last two pairs are slow.
EXAMPLES = [(0, 0, 4), (0, 1, 4), (1, 0, 4), (1, 1, 4), (3, 2, 4), (5, 3, 8), (40, 6, 8)]


def check_third_token(answer: Any) -> Feedback:
    """Say whether this is the position of the third token in a window.

    Args:
        answer: the row of the position table, 2; None is not answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_third_token(9)
        Hint. 9 is the id, a row of the token table. Here only the place in the window counts.
    """
    return give_feedback(
        answer,
        right=is_equal(2),
        praise="Counted from 0 it stands at position 2, whatever its id.",
        hints=[
            Hint(
                is_equal(9),
                "9 is the id, a row of the token table. Here only the place in the window counts.",
            ),
            Hint(is_equal(3), "Positions are counted from 0: the first token is at position 0."),
        ],
        otherwise="Give a number: the place in the window of the third token, counted from 0.",
    )


def check_table_rows(answer: Any) -> Feedback:
    """Say whether these are the rows of both tables.

    Args:
        answer: the rows of the token table and of the position table, (50, 8); None is not
            answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_table_rows((8, 50))
        Hint. The other way round: ids look up the token table, places the position table.
    """
    tokens, positions = ROWS
    return give_feedback(
        answer,
        right=is_equal([tokens, positions]),
        praise="A row for each id, and a row for each place in the window.",
        hints=[
            Hint(
                is_equal([positions, tokens]),
                "The other way round: ids look up the token table, places the position table.",
            ),
            Hint(
                is_equal([tokens, tokens]),
                "There are 50 ids, but a window has fewer places than that.",
            ),
            Hint(
                is_equal([tokens, positions - 1]),
                "7 is the last position. Counted from 0, how many are there?",
            ),
            Hint(lambda rows: 16 in rows, "16 is the number of columns, in both tables."),
        ],
        otherwise="Give two numbers: how many ids there are, and how many places in a window.",
    )


def check_wave(answer: Any) -> Feedback:
    """Say whether a function gives the numbers of the sinusoidal table.

    Args:
        answer: a function of a position, a column and the size of the vector that returns one
            number; None is not answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_wave(lambda position, column, embed_dim: sin(position))
        Hint. Every column moves at the same speed. Pair i has 10_000 ** (-2 * i / embed_dim).
    """
    return give_feedback(
        answer,
        right=_gives(_wave),
        praise="Sine and cosine in turn, and each pair slower than the one before.",
        hints=[
            Hint(
                _gives(lambda position, column, size: sin(position)),
                "Every column moves at the same speed. Pair i has 10_000 ** (-2 * i / embed_dim).",
            ),
            Hint(
                _gives(lambda position, column, size: _wave(position, column // 2 * 2, size)),
                "All your columns are sines. The odd column of a pair holds the cosine.",
            ),
            Hint(
                _gives(lambda position, column, size: _wave(position, column ^ 1, size)),
                "Sine and cosine have changed places: the even column holds the sine.",
            ),
            Hint(
                _gives(lambda position, column, size: _wave(position + 1, column, size)),
                "Positions are counted from 0: at position 0 every angle is 0.",
            ),
            Hint(
                _gives(_wave_without_pairs),
                "Both columns of a pair share a speed. Which pair is it? column // 2.",
            ),
        ],
        otherwise="Give a function of position, column and embed_dim that returns one number.",
    )


def _wave(position: float, column: int, embed_dim: int) -> float:
    angle = position * 10_000 ** (-2 * (column // 2) / embed_dim)
    return cos(angle) if column % 2 else sin(angle)


def _wave_without_pairs(position: int, column: int, embed_dim: int) -> float:
    angle = position * 10_000 ** (-2 * column / embed_dim)
    return cos(angle) if column % 2 else sin(angle)


def _gives(expected: Wave) -> Callable[[Wave], bool]:
    """Make a test for functions that give what the expected one gives."""

    def test(function: Wave) -> bool:
        return all(
            isclose(function(*example), expected(*example), abs_tol=1e-6) for example in EXAMPLES
        )

    return test
