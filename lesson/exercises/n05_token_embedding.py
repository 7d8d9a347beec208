"""Checks of the exercises in notebook 05: ids exchanged for vectors."""

from collections.abc import Set
from typing import Any

import torch
from torch.nn.functional import one_hot

from lesson.exercises.feedback import Feedback, check_function, check_value, plain

ARTICLE_ROWS, GPT2_ROWS, COLUMNS = 50527, 50257, 768


def check_useless_numbers(answer: Any) -> Feedback:
    """Right: the numbers in the 270 rows that the article's slip adds."""
    rows = ARTICLE_ROWS - GPT2_ROWS
    return check_value(
        answer,
        rows * COLUMNS,
        form="a whole number",
        praise="270 rows of 768 numbers, and no token has their ids.",
        slips={
            "That is the number of rows. How many numbers does each of them hold?": rows,
            "Those are the bytes: each number takes four of them.": rows * COLUMNS * 4,
            "That is a whole table. Count only the rows whose ids no token has.": lambda size: (
                size in (ARTICLE_ROWS * COLUMNS, GPT2_ROWS * COLUMNS)
            ),
        },
        otherwise="Count the rows that no token needs, and the numbers in each of them.",
    )


def check_learning_rows(answer: Any) -> Feedback:
    """Right: the rows with a gradient after looking up 7, 1, 7, 4: each once, in any order."""
    answer = plain(list(answer) if isinstance(answer, Set) else answer)
    if isinstance(answer, list):
        answer = sorted(answer, key=str)
    return check_value(
        answer,
        [1, 4, 7],
        form="a list of row numbers",
        praise="Only what was looked up can learn; row 7 has twice the gradient of the other two.",
        slips={
            "You listed a row twice. Id 7 comes twice, but it is one row.": (1, 4, 7, 7),
            "Those are places in the list. The row has the number of the id.": (0, 1, 2, 3),
            "Those are all the rows. Which of them were looked up?": tuple(range(10)),
            "Those are the others: their gradient is zero.": (0, 2, 3, 5, 6, 8, 9),
        },
        otherwise="Give a list of row numbers: the rows whose numbers are in the sum.",
    )


def check_one_hot(answer: Any) -> Feedback:
    """Right: a function of a table and ids that returns the ids' rows, as one-hot @ table does."""
    shapes = [(4, 3, [2, 0]), (6, 3, [4, 0, 4, 1]), (10, 4, [3])]  # never the last row's id
    return check_function(
        answer,
        look_up,
        [
            # All numbers of a table are different.
            (torch.arange(rows * columns).view(rows, columns) + 0.5, torch.tensor(ids))
            for rows, columns, ids in shapes
        ],
        praise="One row of zeros with a single 1 for each id, and the product is the lookup.",
        slips={
            "Those are the one-hot rows "
            "themselves. Multiply them by the table.": lambda table, ids: one_hot(ids, len(table)),
            "Both sides of @ must be decimal numbers: add "
            ".float() to the one-hot rows.": lambda table, ids: one_hot(ids, len(table)) @ table,
            "The one-hot rows need as many columns as the table has rows: give one_hot "
            "num_classes=len(table).": lambda table, ids: one_hot(ids).float() @ table,
            "The one-hot rows stand to the left of @, "
            "the table to the right.": lambda table, ids: table @ one_hot(ids, len(table)).float(),
            "* multiplies number by number. The product "
            "of two tables is written @.": lambda table, ids: one_hot(ids, len(table)) * table,
        },
    )


def look_up(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Take the rows out of the table."""
    return table[ids]
