"""The exercises of notebook 5: ids exchanged for vectors."""

from collections.abc import Callable
from typing import Any

import torch

from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

Lookup = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

ARTICLE_ROWS, GPT2_ROWS, COLUMNS = 50527, 50257, 768


def check_useless_numbers(answer: Any) -> Feedback:
    """Say whether these are the numbers in the 270 rows that the article's slip adds.

    Args:
        answer: how many numbers, 207360; None is not answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_useless_numbers(270)
        Hint. That is the number of rows. How many numbers does each of them hold?
    """
    rows = ARTICLE_ROWS - GPT2_ROWS
    return give_feedback(
        answer,
        right=is_equal(rows * COLUMNS),
        praise="270 rows of 768 numbers, and no token has their ids.",
        hints=[
            Hint(
                is_equal(rows),
                "That is the number of rows. How many numbers does each of them hold?",
            ),
            Hint(
                is_equal(rows * COLUMNS * 4),
                "Those are the bytes: each number takes four of them. Count the numbers.",
            ),
            Hint(
                lambda size: size in (ARTICLE_ROWS * COLUMNS, GPT2_ROWS * COLUMNS),
                "That is a whole table. Count only the rows whose ids no token has.",
            ),
        ],
        otherwise="Count the rows that no token needs, and the numbers in each of them.",
    )


def check_learning_rows(answer: Any) -> Feedback:
    """Say whether these are the rows with a gradient after looking up the ids 7, 1, 7, 4.

    Args:
        answer: the row numbers 1, 4 and 7 in any order, each once; None is not answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_learning_rows([7, 1, 7, 4])
        Hint. You listed a row twice. Id 7 comes twice, but both times it is the same row.
    """
    return give_feedback(
        answer,
        right=lambda rows: sorted(rows) == [1, 4, 7],
        praise="Only what was looked up can learn; row 7 has twice the gradient of the other two.",
        hints=[
            Hint(
                lambda rows: sorted(rows) == [1, 4, 7, 7],
                "You listed a row twice. Id 7 comes twice, but both times it is the same row.",
            ),
            Hint(
                lambda rows: sorted(rows) == [0, 1, 2, 3],
                "Those are the places of the ids in the list. The row has the number of the id.",
            ),
            Hint(
                lambda rows: sorted(rows) == list(range(10)),
                "Those are all the rows. A row that was not looked up has no part in the sum.",
            ),
            Hint(
                lambda rows: sorted(rows) == [0, 2, 3, 5, 6, 8, 9],
                "Those are the others: their gradient is zero. Which rows are in the sum?",
            ),
        ],
        otherwise="Give a list of row numbers: the rows whose numbers are in the sum.",
    )


def check_one_hot(answer: Any) -> Feedback:
    """Say whether a function looks up vectors, as one-hot rows times the table do.

    Args:
        answer: a function of a table (rows, columns) and ids (n,) that returns the vectors
            (n, columns); None is not answered yet.

    Returns:
        The verdict and a sentence.

    Example:
        >>> check_one_hot(lambda table, ids: torch.nn.functional.one_hot(ids, len(table)))
        Hint. Those are the one-hot rows themselves. Multiply them by the table.
    """
    return give_feedback(
        answer,
        right=_gives(lambda table, ids: table[ids]),
        praise="One row of zeros with a single 1 for each id, and the product is the lookup.",
        hints=[
            Hint(
                _gives(lambda table, ids: _one_hot(table, ids)),
                "Those are the one-hot rows themselves. Multiply them by the table.",
            ),
            Hint(
                _gives(lambda table, ids: table[ids].T),
                "Your result stands on its side: one-hot rows first, then the table.",
            ),
            Hint(
                _gives(lambda table, ids: table[ids].sum(0)),
                "All the vectors were added up. Make a one-hot row of its own for each id.",
            ),
            Hint(
                _fails_with("same dtype"),
                "Both sides of @ must be decimal numbers: add .float() to the one-hot rows.",
            ),
            Hint(
                _fails_with("shapes cannot be multiplied"),
                "The one-hot rows need as many columns as the table has rows: num_classes is "
                "len(table), and the one-hot rows stand to the left of @.",
            ),
        ],
        otherwise="Give a function of a table and of ids that returns a vector for each id.",
    )


def _one_hot(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:
    return torch.nn.functional.one_hot(ids, num_classes=len(table))


def _make_examples() -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Tables whose numbers are all different, and ids that do not reach the last row."""
    return [
        (torch.arange(rows * columns).view(rows, columns) + 0.5, torch.tensor(ids))
        for rows, columns, ids in ((10, 4, [2, 3, 5]), (6, 3, [4, 0, 4, 1]), (5, 2, [3]))
    ]


def _gives(expected: Lookup) -> Callable[[Lookup], bool]:
    """Make a test for functions that give what the expected one gives."""

    def test(function: Lookup) -> bool:
        return all(
            torch.equal(function(table, ids).float(), expected(table, ids).float())
            for table, ids in _make_examples()
        )

    return test


def _fails_with(words: str) -> Callable[[Lookup], bool]:
    """Make a test for functions that stop with an error whose message holds the words."""

    def test(function: Lookup) -> bool:
        try:
            function(*_make_examples()[0])
        except RuntimeError as error:
            return words in str(error)
        return False

    return test
