from math import cos, sin

import numpy as np
import pytest

from helpers.exercises import check_table_rows, check_third_token, check_wave

CHECKS = [check_third_token, check_table_rows, check_wave]


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


RIGHT = [
    (check_third_token, 2),
    (check_table_rows, (50, 8)),
    (check_table_rows, [50, 8]),
    (check_wave, wave),
    (check_wave, wave_from_a_table),
]

WRONG = [
    (check_third_token, 9, "9 is the id"),
    (check_third_token, 3, "counted from 0"),
    (check_third_token, 7, "the place in the window"),
    (check_third_token, True, "the place in the window"),
    (check_table_rows, (8, 50), "The other way round"),
    (check_table_rows, (50, 50), "a window has fewer places"),
    (check_table_rows, (50, 7), "7 is the last position"),
    (check_table_rows, (50, 16), "16 is the number of columns"),
    (check_table_rows, (16, 8), "16 is the number of columns"),
    (check_table_rows, 58, "Give two numbers"),
    (check_table_rows, (49, 8), "Give two numbers"),
    (check_wave, one_speed, "at the same speed"),
    (check_wave, sines_only, "All your columns are sines"),
    (check_wave, changed_places, "have changed places"),
    (check_wave, counted_from_one, "counted from 0"),
    (check_wave, a_speed_for_each_column, "column // 2"),
    (check_wave, sines_first, "Give a function"),
    (check_wave, 0.8415, "Give a function"),
]


@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_a_right_answer_is_right(check, answer):
    assert check(answer).verdict == "right"


@pytest.mark.parametrize(("check", "answer", "hint"), WRONG)
def test_a_wrong_answer_gets_the_hint_that_fits(check, answer, hint):
    feedback = check(answer)
    assert feedback.verdict == "hint"
    assert hint in feedback.message


def fail(*arguments):
    raise KeyError(arguments)


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("answer", ["three", object(), fail, [], 2.5, print])
def test_an_odd_answer_gets_a_hint_and_no_traceback(check, answer):
    assert check(answer).verdict == "hint"


@pytest.mark.parametrize("check", CHECKS)
def test_none_is_not_answered_yet(check):
    assert check(None).verdict == "not answered yet"
