"""Answers to the exercises of notebook 05."""

import torch
from torch.nn.functional import one_hot

from lesson.exercises import check_learning_rows, check_one_hot, check_useless_numbers


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


RIGHT = [
    (check_useless_numbers, 207360),
    (check_useless_numbers, (50527 - 50257) * 768),
    (check_learning_rows, [1, 4, 7]),
    (check_learning_rows, (7, 1, 4)),
    (check_learning_rows, {1, 4, 7}),
    (check_one_hot, look_up_by_multiplying),
]


WRONG = [
    (check_useless_numbers, 270, "the number of rows"),
    (check_useless_numbers, 829440, "Those are the bytes"),
    (check_useless_numbers, 38804736, "a whole table"),
    (check_useless_numbers, 38597376, "a whole table"),
    (check_useless_numbers, 768, "Count the rows that no token needs"),
    (check_learning_rows, [7, 1, 7, 4], "You listed a row twice"),
    (check_learning_rows, [0, 1, 2, 3], "the places of the ids in the list"),
    (check_learning_rows, list(range(10)), "Those are all the rows"),
    (check_learning_rows, [0, 2, 3, 5, 6, 8, 9], "Those are the others"),
    (check_learning_rows, [7], "Give a list of row numbers"),
    (check_learning_rows, 3, "Give a list of row numbers"),
    (check_one_hot, return_one_hot, "the one-hot rows themselves"),
    (check_one_hot, lay_it_on_its_side, "stands on its side"),
    (check_one_hot, add_everything_up, "All the vectors were added up"),
    (check_one_hot, forget_the_decimals, "add .float()"),
    (check_one_hot, forget_the_number_of_rows, "as many columns as the table has rows"),
    (check_one_hot, swap_the_sides, "to the left of @"),
    (check_one_hot, leave_out_the_last, "a vector for each id"),
    (check_one_hot, torch.ones(3, 4), "Give a function"),
]
