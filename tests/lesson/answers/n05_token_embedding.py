"""Answers to the checks and exercises of notebook 05."""

import torch
from torch.nn.functional import cosine_similarity, normalize, one_hot

from helpers.data import load_trained_tables
from lesson.exercises.n05_token_embedding import (
    check_analogy,
    check_batch_shape,
    check_cosine,
    check_largest_id,
    check_learning_rows,
    check_nearest,
    check_new_row,
    check_one_hot,
    check_step,
    check_two_ones,
)

words, word_table, _ = load_trained_tables()
row_of = {word: row for row, word in enumerate(words)}


def look_up_by_multiplying(table, ids):
    return one_hot(ids, num_classes=len(table)).float() @ table


def forget_the_decimals(table, ids):
    return one_hot(ids, num_classes=len(table)) @ table


def forget_the_number_of_rows(table, ids):
    return one_hot(ids).float() @ table


def copy_the_number_of_rows(table, ids):
    return one_hot(ids, num_classes=10) @ table


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


def nearest_by_directions(table, row):
    directions = normalize(table)
    scores = directions @ directions[row]
    scores[row] = -2
    return scores.argmax()


def nearest_by_one_length(table, row):
    scores = table @ table[row] / table.norm(dim=1)  # its own length is the same for all
    scores[row] = -torch.inf
    return int(scores.argmax())


def nearest_with_the_bug(table, row):
    scores = table @ table[row]
    scores[row] = -torch.inf
    return int(scores.argmax())


def nearest_with_itself(table, row):
    return int(cosine_similarity(table, table[row], dim=-1).argmax())


def nearest_with_zero(table, row):
    scores = cosine_similarity(table, table[row], dim=-1)
    scores[row] = 0
    return int(scores.argmax())


def nearest_by_distance(table, row):
    distances = (table - table[row]).norm(dim=1)
    distances[row] = torch.inf
    return int(distances.argmin())


def least_similar(table, row):
    return int(cosine_similarity(table, table[row], dim=-1).argmin())


def analogy(a, b, c, left_out=3):
    rows = [row_of[word] for word in (a, b, c)]
    first, second, third = word_table[rows]
    cosines = cosine_similarity(word_table, second - first + third, dim=-1)
    cosines[rows[3 - left_out :]] = -1
    return words[cosines.argmax()]


def analogy_with_its_cosine(a, b, c):
    vector = word_table[row_of[b]] - word_table[row_of[a]] + word_table[row_of[c]]
    word = analogy(a, b, c)
    return f"{word} {cosine_similarity(word_table[row_of[word]], vector, dim=0):.2f}"


def analogy_by_a_loop(a, b, c):
    vector = word_table[row_of[b]] - word_table[row_of[a]] + word_table[row_of[c]]
    cosines = cosine_similarity(word_table, vector, dim=-1)
    return next(
        words[row] for row in cosines.argsort(descending=True) if words[row] not in (a, b, c)
    )


RIGHT = [
    (check_largest_id, 9),
    (check_batch_shape, (8, 5, 768)),
    (check_batch_shape, torch.Size([8, 5, 768])),
    (check_two_ones, [10, 12]),
    (check_two_ones, torch.tensor([10, 12])),
    (check_step, "larger"),
    (check_step, " Larger"),
    (check_cosine, 0.96),
    (check_cosine, (3 * 4 + 4 * 3) / (5 * 5)),
    (check_one_hot, look_up_by_multiplying),
    (check_one_hot, lambda table, ids: torch.eye(len(table))[ids] @ table),
    (check_one_hot, lambda table, ids: look_up_by_multiplying(table, ids).numpy()),
    (check_one_hot, lambda table, ids: look_up_by_multiplying(table, ids).double()),
    (check_nearest, nearest_by_directions),
    (check_nearest, nearest_by_one_length),
    (check_analogy, analogy),
    (check_analogy, analogy_by_a_loop),
    (check_learning_rows, [1, 4, 7]),
    (check_learning_rows, (7, 1, 4)),
    (check_learning_rows, {1, 4, 7}),
    (check_learning_rows, dict.fromkeys([7, 1, 7, 4]).keys()),
    (check_learning_rows, torch.tensor([7, 1, 7, 4]).unique()),
    (check_new_row, [3, -1]),
    (check_new_row, torch.tensor([5, -2]) - 0.1 * torch.tensor([20.0, -10.0])),
]

WRONG = [
    (check_largest_id, 10, "Row 10 would be the eleventh"),
    (check_largest_id, 4, "Count the rows from 0"),
    (check_largest_id, "9", "is a string, '9', but"),
    (check_batch_shape, (8, 5, 4), "the width of the small table"),
    (check_batch_shape, (8, 5), "the shape of the ids"),
    (check_batch_shape, (50257, 768), "the whole table"),
    (check_batch_shape, (40, 768), "The batch keeps its rows"),
    (check_batch_shape, (768, 8, 5), "come last"),
    (check_batch_shape, (8, 768), "Keep the shape of the batch"),
    (check_batch_shape, 768, "is a number, 768, but"),
    (check_two_ones, [[3, 4], [7, 8]], "asks for a list of two numbers"),
    (check_two_ones, [[10, 12]], "in one pair of brackets"),
    (check_two_ones, [6, 8], "counted from 0"),
    (check_two_ones, [16, 20], "Those are all rows"),
    (check_two_ones, [3, 4], "Take each row times its 0 or 1"),
    (check_step, "smaller", "the error falls when the number grows"),
    (check_step, "against", 'Answer with "larger" or "smaller"'),
    (check_step, -2, "is a number, -2, but"),
    (check_cosine, 24, "Divide it by the lengths of both"),
    (check_cosine, 4.8, "by both lengths"),
    (check_cosine, 24 / 49, "the root of the sum"),
    (check_cosine, 1.0, "1 would mean the same direction"),
    (check_cosine, 0.5, "divide by 5 and by 5"),
    (check_one_hot, return_one_hot, "the one-hot rows themselves"),
    (check_one_hot, lay_it_on_its_side, "expected: [[6.5, 7.5, 8.5], [0.5"),
    (check_one_hot, add_everything_up, "came:     [7.0, 9.0, 11.0]"),
    (check_one_hot, forget_the_decimals, "add .float()"),
    (check_one_hot, forget_the_number_of_rows, "as many columns as the table has rows"),
    (check_one_hot, copy_the_number_of_rows, "10 fits only a table of 10 rows"),
    (check_one_hot, swap_the_sides, "stand to the left of @"),
    (check_one_hot, number_by_number, "* multiplies number by number"),
    (check_one_hot, leave_out_the_last, "Another result"),
    (check_one_hot, torch.ones(3, 4), "the function itself"),
    (check_one_hot, lambda table, ids: ..., "gives an object of the type ellipsis"),
    (check_one_hot, lambda table, ids: nn.functional.one_hot(ids), "NameError: name 'nn' is"),  # noqa: F821
    (check_nearest, nearest_with_the_bug, "what the faulty function does"),
    (check_nearest, nearest_with_itself, "the row itself"),
    (check_nearest, nearest_with_zero, "0 is not small enough"),
    (check_nearest, nearest_by_distance, "A small distance"),
    (check_nearest, least_similar, "least similar"),
    (check_nearest, lambda table, row: table[row], "should give back a number, and gives a list"),
    (check_analogy, lambda a, b, c: analogy(a, b, c, left_out=0), "Leave the three words"),
    (check_analogy, lambda a, b, c: analogy(a, b, c, left_out=1), "Leave all three words"),
    (check_analogy, analogy_with_its_cosine, "without its cosine"),
    (check_analogy, lambda a, b, c: analogy(b, a, c), "that is b - a + c"),
    (
        check_analogy,
        lambda a, b, c: row_of["queen"],
        "should give back a string, and gives a number",
    ),
    (check_analogy, lambda a, b, c: "queen", "expected: 'went'"),
    (check_analogy, "queen", "the function itself"),
    (check_learning_rows, [7, 1, 7, 4], "You listed a row twice"),
    (check_learning_rows, [0, 1, 2, 3], "places in the list"),
    (check_learning_rows, list(range(10)), "Those are all the rows"),
    (check_learning_rows, [0, 2, 3, 5, 6, 8, 9], "Those are the others"),
    (check_learning_rows, [7], "Give a list of row numbers"),
    (check_learning_rows, 3, "is a number, 3, but the exercise asks for a list of row numbers"),
    (check_learning_rows, "147", "is a string, '147', but"),
    (check_new_row, [7, -3], "along the gradient"),
    (check_new_row, [2, -1], "Those are the steps"),
    (check_new_row, [-15, 8], "the whole gradient"),
    (check_new_row, [5, -2], "Subtract a tenth"),
    (check_new_row, 3, "is a number, 3, but"),
]
