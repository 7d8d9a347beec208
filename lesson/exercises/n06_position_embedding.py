"""Checks of the exercises in notebook 06: a vector for each position."""

from math import cos, sin
from typing import Any

from lesson.exercises.feedback import Feedback, check_function, check_value


def check_third_token(answer: Any) -> Feedback:
    """Right: the position of the third token, 2."""
    return check_value(
        answer,
        2,
        form="a whole number",
        praise="Counted from 0 it stands at position 2, whatever its id.",
        slips={
            "9 is the id, a row of the token table. Here only the place in the window counts.": 9,
            "Positions are counted from 0: the first token is at position 0.": 3,
        },
        otherwise="Give the place in the window of the third token, counted from 0.",
    )


def check_table_rows(answer: Any) -> Feedback:
    """Right: the rows of the token table and of the position table, (50, 8)."""
    return check_value(
        answer,
        (50, 8),
        form="two numbers, (rows of the token table, rows of the position table)",
        praise="A row for each id, and a row for each place in the window.",
        slips={
            "The other way round: the first is the table that the ids look up.": (8, 50),
            "There are 50 ids, but a window has fewer places than that.": (50, 50),
            "7 is the last position. Counted from 0, how many are there?": (50, 7),
            "16 is the number of columns, in both tables.": lambda rows: 16 in rows,
        },
        otherwise="Give two numbers: how many ids there are, and how many places in a window.",
    )


def check_wave(answer: Any) -> Feedback:
    """Right: a function of position, column and embed_dim that gives the sinusoidal table."""
    return check_function(
        answer,
        wave,
        [
            *((position, column, 4) for position in (0, 1, 3) for column in range(4)),
            *((position, column, 8) for position in (1, 5, 40) for column in range(8)),
        ],
        praise="Sine and cosine in turn, and each pair slower than the one before.",
        slips={
            "Both columns of a pair share a speed. The number of the pair is column // 2, rounded "
            "down.": lambda position, column, size: turn(position, column, -column / size),
            "Both columns of a pair share a speed. The number of the pair is "
            "column // 2.": lambda position, column, size: turn(
                position, column, -2 * column / size
            ),
            "Sine and cosine have changed places: the even column holds the "
            "sine.": lambda position, column, size: wave(position, column ^ 1, size),
        },
    )


def wave(position: int, column: int, embed_dim: int) -> float:
    """Give one number of the sinusoidal table."""
    return turn(position, column, -2 * (column // 2) / embed_dim)


def turn(position: int, column: int, power: float) -> float:
    """Turn at a speed of 10,000 to a power; the even columns are sines, the odd ones cosines."""
    angle = position * 10_000**power
    return cos(angle) if column % 2 else sin(angle)
