"""Answers to the exercises of notebook 05."""

import torch
from torch.nn.functional import one_hot

from lesson.exercises.n05_token_embedding import (
    check_learning_rows,
    check_one_hot,
    check_useless_numbers,
)


def look_up_by_multiplying(table, ids):
    return one_hot(ids, num_classes=len(table)).float() @ table


def forget_the_decimals(table, ids):
    return one_hot(ids, num_classes=len(table)) @ table


def forget_the_number_of_rows(table, ids):
    return one_hot(ids).float() @ table


def swap_the_sides(table, ids):
    return table @ one_hot(ids, num_classes=len(table)).float()


def lay_it_on_its_side(table, ids):
    return table.T @ one_hot(ids, num_classes=len(table)).float().T


def add_everything_up(table, ids):
    return one_hot(ids, num_classes=len(table)).sum(0).float() @ table


def return_one_hot(table, ids):
    return one_hot(ids, num_classes=len(table)).float()


def leave_out_the_last(table, ids):
    return look_up_by_multiplying(table, ids)[:-1]


def number_by_number(table, ids):
    return one_hot(ids, num_classes=len(table)).float() * table


RIGHT = [
    (check_useless_numbers, 207360),
    (check_useless_numbers, torch.tensor(270) * 768),
    (check_learning_rows, [1, 4, 7]),
    (check_learning_rows, (7, 1, 4)),
    (check_learning_rows, {1, 4, 7}),
    (check_learning_rows, dict.fromkeys([7, 1, 7, 4]).keys()),
    (check_learning_rows, torch.tensor([7, 1, 7, 4]).unique()),
    (check_one_hot, look_up_by_multiplying),
    (check_one_hot, lambda table, ids: torch.eye(len(table))[ids] @ table),
    (check_one_hot, lambda table, ids: look_up_by_multiplying(table, ids).numpy()),
    (check_one_hot, lambda table, ids: look_up_by_multiplying(table, ids).double()),
]

WRONG = [
    (check_useless_numbers, 270, "the number of rows"),
    (check_useless_numbers, 829440, "Those are the bytes"),
    (check_useless_numbers, 38804736, "a whole table"),
    (check_useless_numbers, 38597376, "a whole table"),
    (check_useless_numbers, 768, "Count the rows that no token needs"),
    (check_useless_numbers, "207,360", "is a string, '207,360', but"),
    (check_useless_numbers, (207, 360), "is a tuple, (207, 360), but"),
    (check_learning_rows, [7, 1, 7, 4], "You listed a row twice"),
    (check_learning_rows, [0, 1, 2, 3], "places in the list"),
    (check_learning_rows, list(range(10)), "Those are all the rows"),
    (check_learning_rows, [0, 2, 3, 5, 6, 8, 9], "Those are the others"),
    (check_learning_rows, [7], "Give a list of row numbers"),
    (check_learning_rows, 3, "is a number, 3, but the exercise asks for a list of row numbers"),
    (check_learning_rows, torch.tensor(7), "is a number, 7, but"),
    (check_learning_rows, "147", "is a string, '147', but"),
    (check_learning_rows, ["1", "4", "7"], "is a list, ['1', '4', '7'], but"),
    (check_one_hot, return_one_hot, "the one-hot rows themselves"),
    (check_one_hot, lay_it_on_its_side, "expected: [[6.5, 7.5, 8.5], [0.5"),
    (check_one_hot, add_everything_up, "came:     [7.0, 9.0, 11.0]"),
    (check_one_hot, forget_the_decimals, "add .float()"),
    (check_one_hot, forget_the_number_of_rows, "as many columns as the table has rows"),
    (check_one_hot, swap_the_sides, "stand to the left of @"),
    (check_one_hot, number_by_number, "* multiplies number by number"),
    (check_one_hot, leave_out_the_last, "Another result"),
    (check_one_hot, lambda table, ids: look_up_by_multiplying(table, ids) + 1, "came:     [[7.5,"),
    (check_one_hot, torch.ones(3, 4), "the function itself"),
    (check_one_hot, lambda table, ids: nn.functional.one_hot(ids), "NameError: name 'nn' is"),  # noqa: F821
]
