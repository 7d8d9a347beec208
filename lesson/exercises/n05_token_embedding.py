"""Checks of notebook 05: ids exchanged for vectors, and what a trained table knows."""

from collections.abc import Set
from functools import cache
from typing import Any

import torch
from torch.nn.functional import cosine_similarity, normalize, one_hot

from helpers.data import load_trained_tables
from lesson.exercises.feedback import Feedback, check_function, check_value, plain
from lesson.exercises.progress import remember


@remember
def check_largest_id(answer: Any) -> Feedback:
    """Right: 9, the last row of a table with 10 rows."""
    return check_value(
        answer,
        9,
        form="a whole number",
        praise="Rows are counted from 0, so the last of ten is row 9.",
        slips={"Row 10 would be the eleventh row: the rows are counted from 0.": 10},
        otherwise="Count the rows from 0. What is the number of the last one?",
    )


@remember
def check_batch_shape(answer: Any) -> Feedback:
    """Right: (8, 5, 768), a vector for each id of the batch."""
    return check_value(
        answer,
        (8, 5, 768),
        form="a shape: a tuple of whole numbers",
        praise="Each of the 8 × 5 ids has become a vector of 768 numbers.",
        slips={
            "That is the shape of the ids. What does each of them become?": (8, 5),
            "That is the whole table. Only the rows that were asked for come out.": (50257, 768),
            "The batch keeps its rows: 8 windows of 5 ids each.": (40, 768),
            "4 was the width of the small table.": (8, 5, 4),
            "The numbers of a vector come last.": lambda shape: shape == [768, 8, 5],
        },
        otherwise="Keep the shape of the batch, and add how many numbers an id becomes.",
    )


@remember
def check_two_ones(answer: Any) -> Feedback:
    """Right: the sum of rows 1 and 3 of the table."""
    return check_value(
        answer,
        [10, 12],
        form="a list of two numbers in one pair of brackets",
        praise="Rows 1 and 3, added up.",
        slips={
            "The rows are counted from 0, and so are the places of the ones.": [6, 8],
            "Those are all rows. The rows at a 0 vanish.": [16, 20],
        },
        otherwise="Take each row times its 0 or 1, and add up what is left, column by column.",
    )


@remember
def check_step(answer: Any) -> Feedback:
    """Right: larger, against a gradient below 0."""
    return check_value(
        answer.strip().lower() if isinstance(answer, str) else answer,
        "larger",
        form='"larger" or "smaller"',
        praise="The error falls when this number grows, and a step against −2 makes it larger.",
        slips={
            "A gradient below 0 says that the error falls when the number grows. So which way "
            "should it go?": "smaller"
        },
        otherwise='Answer with "larger" or "smaller".',
    )


@remember
def check_cosine(answer: Any) -> Feedback:
    """Right: the cosine of (3, 4) and (4, 3)."""
    return check_value(
        answer,
        24 / 25,
        form="a number",
        praise="Nearly 1: the two point almost the same way.",
        slips={
            "That is the product. Divide it by the lengths of both vectors.": 24,
            "Divide by both lengths, not by one of them.": 24 / 5,
            "A length is the root of the sum of the squares: here it is 5.": 24 / 49,
            "1 would mean the same direction. Multiply the first numbers with each other, and the "
            "second ones.": (9 + 16) / 25,
        },
        otherwise="Multiply number by number, add up, and divide by 5 and by 5.",
    )


@remember
def check_one_hot(answer: Any) -> Feedback:
    """Right: a function of a table and ids that returns the ids' rows, as one-hot @ table does."""
    shapes = [(4, 3, [2, 0]), (6, 3, [4, 0, 4, 1]), (9, 4, [3])]  # never the last row's id
    return check_function(
        answer,
        look_up,
        [
            # All numbers of a table are different.
            (torch.arange(rows * columns).view(rows, columns) + 0.5, torch.tensor(ids))
            for rows, columns, ids in shapes
        ],
        praise="The right rows. Made by a product, they are those of the lookup.",
        slips={
            "Those are the one-hot rows "
            "themselves. Multiply them by the table.": lambda table, ids: one_hot(ids, len(table)),
            "Both sides of @ must be decimal numbers: add "
            ".float() to the one-hot rows.": lambda table, ids: one_hot(ids, len(table)) @ table,
            "The one-hot rows need as many columns as the table has rows: give one_hot "
            "num_classes=len(table).": lambda table, ids: one_hot(ids).float() @ table,
            "10 fits only a table of 10 rows. This function gets other tables: give one_hot "
            "num_classes=len(table).": lambda table, ids: one_hot(ids, 10).float() @ table,
            "The one-hot rows stand to the left of @, "
            "the table to the right.": lambda table, ids: table @ one_hot(ids, len(table)).float(),
            "* multiplies number by number. The product "
            "of two tables is written @.": lambda table, ids: one_hot(ids, len(table)) * table,
        },
    )


def look_up(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    """Take the rows out of the table."""
    return table[ids]


@remember
def check_nearest(answer: Any) -> Feedback:
    """Right: a function of a table and a row number that returns the other row most similar."""
    torch.manual_seed(0)
    small = torch.tensor([[1.0, 0.2], [0.9, 0.1], [3.0, 4.0]])
    apart = torch.tensor([[1.0, 0.0], [-0.5, 1.0], [-1.0, 0.1]])  # no cosine with row 0 above 0
    large = torch.randn(20, 8) * torch.arange(1, 21).view(20, 1)  # the lower, the longer
    return check_function(
        answer,
        find_nearest,
        [(small, 0), (apart, 0), *((large, row) for row in range(20))],
        praise="A long vector has no advantage any more.",
        slips={
            "This is what the faulty function does. A long row wins "
            "wherever it points.": lambda table, row: _find_best(table @ table[row], row),
            "It finds the row itself.": lambda table, row: row,
            "Where all other cosines are below 0, it finds the row itself: 0 is not small "
            "enough.": lambda table, row: _find_best(
                cosine_similarity(table, table[row], dim=-1), row, left_out=0
            ),
            "A small distance is not a large cosine: a short and a long vector may point the "
            "same way.": lambda table, row: _find_best(-(table - table[row]).norm(dim=1), row),
            "It finds the row that is least similar.": lambda table, row: int(
                cosine_similarity(table, table[row], dim=-1).argmin()
            ),
        },
    )


def find_nearest(table: torch.Tensor, row: int) -> int:
    """Return the number of the other row with the largest cosine."""
    return _find_best(cosine_similarity(table, table[row], dim=-1), row)


def _find_best(scores: torch.Tensor, row: int, left_out: float = -torch.inf) -> int:
    scores[row] = left_out
    return int(scores.argmax())


@remember
def check_analogy(answer: Any) -> Feedback:
    """Right: a function of three words that returns the word nearest to b - a + c."""
    cases = ["man king woman", "run ran go", "big bigger small", "uncle aunt brother"]
    cases += ["france french spain", "monday tuesday saturday"]
    return check_function(
        answer,
        find_analogy,
        [tuple(case.split()) for case in cases],
        praise="It finds the queen, but not the day after Saturday.",
        slips={
            "Leave the three words of the question out.": lambda a, b, c: _find_word(a, b, c, ""),
            "Leave all three words of the question out.": lambda a, b, c: _find_word(a, b, c, c),
            "Return the word alone, without its cosine.": lambda a, b, c: (
                f"{find_analogy(a, b, c)} {_measure_best(a, b, c):.2f}"
            ),
            "From a to b, and the same step on from c: that is b - a + c.": lambda a, b, c: (
                find_analogy(b, a, c)
            ),
        },
    )


def find_analogy(a: str, b: str, c: str) -> str:
    """Return the word that completes "a is to b as c is to ..."."""
    return _find_word(a, b, c, a, b, c)


@cache
def _load_words() -> tuple[list[str], torch.Tensor, torch.Tensor]:
    words, table, _ = load_trained_tables()
    return words, table, normalize(table)


def _find_word(a: str, b: str, c: str, *left_out: str) -> str:
    return _load_words()[0][int(_compare(a, b, c, *left_out).argmax())]


def _measure_best(a: str, b: str, c: str) -> float:
    return float(_compare(a, b, c, a, b, c).max())


def _compare(a: str, b: str, c: str, *left_out: str) -> torch.Tensor:
    words, table, directions = _load_words()
    first, second, third = (table[words.index(word)] for word in (a, b, c))
    cosines = directions @ normalize(second - first + third, dim=0)
    cosines[[words.index(word) for word in left_out if word]] = -1
    return cosines


@remember
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


@remember
def check_new_row(answer: Any) -> Feedback:
    """Right: [5, -2] after a step of a tenth against the gradient [20, -10]."""
    return check_value(
        answer,
        [3, -1],
        form="a list of two numbers",
        praise="The first number shrinks, the second grows.",
        slips={
            "That is a step along the gradient: there the loss grows.": [7, -3],
            "Those are the steps. Where do they end?": lambda row: row in ([2, -1], [-2, 1]),
            "That is the whole gradient. Take a tenth of it.": [-15, 8],
        },
        otherwise="Subtract a tenth of the gradient from the row, number by number.",
    )
