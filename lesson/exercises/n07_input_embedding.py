"""Checks of the exercises in notebook 07: input embeddings."""

from typing import Any

import torch
from torch import Tensor

from lesson.exercises.feedback import Feedback, check_function, check_value

# Whole numbers, such that no two rows and no two sums of rows are alike.
TOKEN_TABLE = torch.arange(18.0).reshape(6, 3) * 100
POSITION_TABLE = torch.arange(12.0).reshape(4, 3)
# A short row, a batch of other length than it has rows, one id, a row as long as the table.
TOKEN_IDS = [
    torch.tensor([3, 0, 3]),
    torch.tensor([[2, 0, 1], [0, 3, 3]]),
    torch.tensor([5]),
    torch.tensor([1, 1, 0, 2]),
]


def check_input_shape(answer: Any) -> Feedback:
    """Right: the shape that InputEmbedding(50257, 1024, 768) makes of 8 rows of 50 ids."""
    return check_value(
        answer,
        (8, 50, 768),
        form="a tuple of whole numbers, such as (3, 1024, 768)",
        praise="The ids' own shape, and the numbers of a vector behind it.",
        slips={
            "1024 is the longest that a row may be. How long are these rows?": (8, 1024, 768),
            "The two vectors are added, number by number, not put side by side.": (8, 50, 2 * 768),
            "That is the shape of the ids. Each of them becomes a vector.": (8, 50),
            "That is one row of the batch. How many rows are there?": (50, 768),
            "50257 is the number of rows. How many numbers has a vector?": (8, 50, 50257),
            "The right numbers in another order: "
            "rows of the batch, positions, numbers.": lambda shape: sorted(shape) == [8, 50, 768],
        },
        otherwise="The shape has three numbers: rows of the batch, positions in a row, numbers in "
        "a vector.",
    )


def check_layer_parameters(answer: Any) -> Feedback:
    """Right: the size of both tables of InputEmbedding(50257, 1024, 1024) together."""
    rows = 50257 + 1024
    return check_value(
        answer,
        rows * 1024,
        form="a whole number",
        praise="One row for each token and one for each position, all of them 1024 wide.",
        slips={
            "That is the token table alone. The layer has a second one.": 50257 * 1024,
            "That is the position table alone. The layer has a second one.": 1024 * 1024,
            "768 is GPT-2 small's. How wide are medium's vectors?": rows * 768,
            "Twice too many. Each row of either table has 1024 numbers, because they are "
            "added.": rows * 2 * 1024,
            "There is no row for each pair of a token and a position: there are two "
            "tables. Add their sizes.": 50257 * 1024 * 1024,
        },
        otherwise="Multiply the rows of each table by the numbers in a row, and add the two.",
    )


def check_input_embedding(answer: Any) -> Feedback:
    """Right: a function of both tables and ids, (sequence,) or (batch, sequence), that adds up."""
    return check_function(
        answer,
        add_up,
        [(TOKEN_TABLE, POSITION_TABLE, token_ids) for token_ids in TOKEN_IDS],
        praise="Two lookups and a plus sign. Broadcasting does the rest, for any batch.",
        slips={
            "The position table is asked for the ids. Ask it for the places "
            "0, 1, 2 and so on.": lambda tokens, positions, ids: tokens[ids] + positions[ids],
            "A row may be shorter than the position table: cut the table to the length of "
            "the rows.": lambda tokens, positions, ids: tokens[ids] + positions,
            "len(token_ids) of a batch is the number of its rows. token_ids.shape[-1] is "
            "their length, whatever stands "
            "before it.": lambda tokens, positions, ids: tokens[ids] + positions[: len(ids)],
            "The shape of a single row has one number. token_ids.shape[-1] is the length of "
            "a row, in "
            "a batch too.": lambda tokens, positions, ids: tokens[ids] + positions[: ids.shape[1]],
        },
    )


def add_up(token_table: Tensor, position_table: Tensor, token_ids: Tensor) -> Tensor:
    """Look up both tables and add what they hold."""
    return token_table[token_ids] + position_table[: token_ids.shape[-1]]
