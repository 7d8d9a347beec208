"""Feedback on the exercises of notebook 7: input embeddings."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor

from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

Sum = Callable[[Tensor, Tensor, Tensor], Tensor]

# Tables of whole numbers, in which no two rows and no two sums of rows are alike.
TOKEN_TABLE = torch.arange(21.0).reshape(7, 3) * 100  # (7, 3)
POSITION_TABLE = torch.arange(12.0).reshape(4, 3)  # (4, 3)
# One id, a row shorter than the position table, and one as long.
ROWS = (torch.tensor([5]), torch.tensor([3, 0, 3]), torch.tensor([1, 1, 0, 2]))
# Batches of other lengths than they have rows, of the same, and as long as the position table.
BATCHES = (
    torch.tensor([[2, 0, 1], [0, 3, 3]]),
    torch.tensor([[2, 0], [0, 6]]),
    torch.tensor([[2, 0, 1, 3], [1, 3, 0, 0], [6, 5, 4, 3]]),
)
FULL_LENGTH = (ROWS[2], BATCHES[2])


def check_input_shape(answer: Any) -> Feedback:
    """Check the shape that InputEmbedding(50257, 1024, 768) makes of 8 rows of 50 ids.

    Args:
        answer: right is (8, 50, 768), as a tuple, a list or a torch.Size.

    Returns:
        The verdict, with a hint where it is wrong.

    Example:
        >>> check_input_shape((8, 1024, 768))
        Hint. 1024 is the longest that a row may be. How long are these rows?
    """
    hints = [
        Hint(
            is_equal([8, 1024, 768]),
            "1024 is the longest that a row may be. How long are these rows?",
        ),
        Hint(
            is_equal([8, 50, 2 * 768]),
            "The two vectors are added, number by number, not put side by side.",
        ),
        Hint(is_equal([8, 50]), "That is the shape of the ids. Each of them becomes a vector."),
        Hint(is_equal([50, 768]), "That is one row of the batch. How many rows are there?"),
        Hint(
            is_equal([8, 50, 50257]),
            "That is the shape of the scores at the model's end. What is the size of a vector?",
        ),
        Hint(
            lambda shape: sorted(shape) == [8, 50, 768],
            "The right numbers in another order: rows of the batch, positions, numbers.",
        ),
    ]
    return give_feedback(
        answer,
        right=is_equal([8, 50, 768]),
        praise="The ids' own shape, and the numbers of a vector behind it.",
        hints=hints,
        otherwise="Give the shape as a tuple of three whole numbers, such as (3, 1024, 768).",
    )


def check_layer_parameters(answer: Any) -> Feedback:
    """Check how many parameters InputEmbedding(50257, 1024, 1024) has.

    The sizes are those of GPT-2 medium, as OpenAI published them.

    Args:
        answer: right is the size of both tables together, 52,511,744.

    Returns:
        The verdict, with a hint where it is wrong.

    Example:
        >>> check_layer_parameters(50257 * 1024)
        Hint. That is the token table alone. The layer has a second one.
    """
    hints = [
        Hint(is_equal(50257 * 1024), "That is the token table alone. The layer has a second one."),
        Hint(
            is_equal(1024 * 1024),
            "That is the position table alone. The layer has a second one.",
        ),
        Hint(
            is_equal((50257 + 1024) * 768),
            "768 numbers in a vector: that is GPT-2 small. How wide are medium's vectors?",
        ),
        Hint(
            is_equal((50257 + 1024) * 2 * 1024),
            "Twice too many. Each row of either table has 1024 numbers, because they are added.",
        ),
        Hint(
            is_equal(50257 * 1024 * 1024),
            "There is no row for each pair of a token and a position. Two tables, each with its "
            "own rows: add their sizes.",
        ),
    ]
    return give_feedback(
        answer,
        right=is_equal((50257 + 1024) * 1024),
        praise="One row for each token and one for each position, all of them 1024 wide.",
        hints=hints,
        otherwise="Give a whole number: the rows of each table times the numbers in a row, added.",
    )


def check_input_embedding(answer: Any) -> Feedback:
    """Check a function input_embedding(token_table, position_table, token_ids).

    Args:
        answer: a function. It gets the tables, (vocab_size, embed_dim) and (context_size,
            embed_dim), and ids, (sequence,) or (batch, sequence), the sequence no longer than
            context_size. Right is to return the sums, the ids' shape with embed_dim behind it.

    Returns:
        The verdict, with a hint where it is wrong.

    Example:
        >>> check_input_embedding(lambda tokens, positions, ids: tokens[ids] + positions[ids])
        Hint. The position table is asked for the ids. Ask it for the places 0, 1, 2 and so on.
    """
    hints = [
        Hint(
            lambda function: _equals(function, _add_by_id, [ROWS[1], BATCHES[0]]),
            "The position table is asked for the ids. Ask it for the places 0, 1, 2 and so on.",
        ),
        Hint(
            lambda function: _equals(function, _concatenate, [ROWS[1], BATCHES[0]]),
            "The vectors stand side by side. Add them, so that they stay as wide as they were.",
        ),
        Hint(
            lambda function: _equals(function, _look_up_only, [ROWS[1], BATCHES[0]]),
            "These are the token vectors alone. The position vectors are still to be added.",
        ),
        Hint(
            lambda function: _equals(function, _add_up, FULL_LENGTH),
            "Right for rows as long as the position table. Shorter ones need only its first rows: "
            "cut it to the length of the rows.",
        ),
        Hint(
            lambda function: _equals(function, _add_up, ROWS),
            "Right for one row of ids, but not for a batch. The positions run along the last "
            "axis: token_ids.shape[-1] is their number, whatever stands before it.",
        ),
        Hint(
            lambda function: _equals(function, _add_up, BATCHES),
            "Right for a batch, but not for a single row of ids, whose shape has one number. "
            "token_ids.shape[-1] is the length of both.",
        ),
        Hint(
            lambda function: function(TOKEN_TABLE, POSITION_TABLE, ROWS[1]) is None,
            "Your function gives nothing back: end it with return and the sum.",
        ),
        Hint(
            lambda function: not callable(function),
            "Put the function itself into answer, without brackets behind its name.",
        ),
    ]
    return give_feedback(
        answer,
        right=lambda function: _equals(function, _add_up, [*ROWS, *BATCHES]),
        praise="Two lookups and a plus sign. Broadcasting does the rest, for any batch.",
        hints=hints,
        otherwise="Look up the ids in the one table with square brackets, take as many rows from "
        "the beginning of the other as a row has ids, and return the sum.",
    )


def _add_up(tokens: Tensor, positions: Tensor, token_ids: Tensor) -> Tensor:
    return tokens[token_ids] + positions[: token_ids.shape[-1]]


def _add_by_id(tokens: Tensor, positions: Tensor, token_ids: Tensor) -> Tensor:
    return tokens[token_ids] + positions[token_ids]


def _concatenate(tokens: Tensor, positions: Tensor, token_ids: Tensor) -> Tensor:
    placed = positions[: token_ids.shape[-1]].expand(*token_ids.shape, -1)
    return torch.cat([tokens[token_ids], placed], dim=-1)


def _look_up_only(tokens: Tensor, positions: Tensor, token_ids: Tensor) -> Tensor:
    return tokens[token_ids]


def _equals(function: Sum, model: Sum, cases: Sequence[Tensor]) -> bool:
    """Compare two functions; each case gets tables of its own, which a function may change."""
    return all(
        torch.equal(
            function(TOKEN_TABLE.clone(), POSITION_TABLE.clone(), token_ids.clone()),
            model(TOKEN_TABLE, POSITION_TABLE, token_ids),
        )
        for token_ids in cases
    )
