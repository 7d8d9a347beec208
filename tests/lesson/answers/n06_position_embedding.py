"""Answers to the exercises of notebook 06."""

from math import cos, sin

import numpy as np
import torch

from lesson.exercises.n06_position_embedding import (
    check_table_rows,
    check_third_token,
    check_wave,
)


def wave(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * (column // 2) / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


def wave_from_a_table(position, column, embed_dim):
    """Compute the whole table first, as the notebook does."""
    speeds = 10_000.0 ** (-np.arange(0, embed_dim, 2) / embed_dim)
    angles = np.arange(position + 1)[:, None] * speeds
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(position + 1, -1)[
        position, column
    ]


def one_speed(position, column, embed_dim):
    return sin(position)


def sines_only(position, column, embed_dim):
    return sin(position * 10_000 ** (-2 * (column // 2) / embed_dim))


def changed_places(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * (column // 2) / embed_dim)
    return cos(angle) if column % 2 == 0 else sin(angle)


def counted_from_one(position, column, embed_dim):
    return wave(position + 1, column, embed_dim)


def a_speed_for_each_column(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * column / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


def sines_first(position, column, embed_dim):
    """Put all sines into the first half: a table that is used too, but not this one."""
    half = embed_dim // 2
    angle = position * 10_000 ** (-2 * (column % half) / embed_dim)
    return sin(angle) if column < half else cos(angle)


def halves(position, column, embed_dim):
    """Divide the column by 2 without rounding down to the pair."""
    angle = position * 10_000 ** (-2 * (column / 2) / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


RIGHT = [
    (check_third_token, 2),
    (check_third_token, np.int32(2)),
    (check_third_token, torch.tensor(2)),
    (check_table_rows, (50, 8)),
    (check_table_rows, [50, 8]),
    (check_table_rows, np.array([50, 8])),
    (check_wave, wave),
    (check_wave, wave_from_a_table),
    (check_wave, lambda *case: torch.tensor(wave(*case))),
    (check_wave, lambda *case: np.float32(wave(*case))),
]

WRONG = [
    (check_third_token, 9, "9 is the id"),
    (check_third_token, 3, "counted from 0"),
    (check_third_token, 7, "the place in the window"),
    (check_third_token, True, "is a truth value"),
    (check_third_token, [2], "is a list, [2], but"),
    (check_third_token, "2", "is a string, '2', but"),
    (check_table_rows, (8, 50), "The other way round"),
    (check_table_rows, (50, 50), "a window has fewer places"),
    (check_table_rows, (50, 7), "7 is the last position"),
    (check_table_rows, (50, 16), "16 is the number of columns"),
    (check_table_rows, (16, 8), "16 is the number of columns"),
    (check_table_rows, 58, "asks for two numbers"),
    (check_table_rows, ("50", "8"), "asks for two numbers"),
    (check_table_rows, ((50, 16), (8, 16)), "asks for two numbers"),
    (check_table_rows, (49, 8), "Give two numbers"),
    (check_wave, one_speed, "embed_dim = 4\n    expected: 1.0\n    came:     0.0"),
    (check_wave, sines_only, "column = 1,"),
    (check_wave, changed_places, "have changed places"),
    (check_wave, counted_from_one, "column = 0,"),
    (check_wave, a_speed_for_each_column, "column // 2"),
    (check_wave, halves, "column // 2"),
    (check_wave, sines_first, "column = 1,"),
    (check_wave, lambda *case: [wave(*case)], "should give back a number, and gives a list"),
    (check_wave, lambda *case: str(wave(*case)), "a number, and gives a string"),
    (check_wave, lambda *case: math.sin(case[0]), "NameError: name 'math' is not"),  # noqa: F821
    (check_wave, 0.8415, "the function itself"),
]
