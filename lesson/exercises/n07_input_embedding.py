"""Checks of the questions and exercises in notebook 07: input embeddings."""

from typing import Any

import torch
from torch import Tensor, nn

from lesson.exercises.feedback import Feedback, check_function, check_value
from lesson.exercises.progress import remember

# Whole numbers, such that no two rows and no two sums of rows are alike.
TOKEN_TABLE = torch.arange(18.0).reshape(6, 3) * 100
POSITION_TABLE = torch.arange(12.0).reshape(4, 3)
# One row; batches with fewer, with more rows than positions; as long as the position table.
TOKEN_IDS = [
    torch.tensor([[3, 0, 3]]),
    torch.tensor([3, 0, 3]),
    torch.tensor([[2, 0, 1], [0, 3, 3]]),
    torch.tensor([[2, 1], [0, 5], [4, 4]]),
    torch.tensor([5]),
    torch.tensor([1, 1, 0, 2]),
]
# Rows of +1 and -1, any two of them at a right angle; each position points along a token.
SIGNS = torch.tensor([[(-1.0) ** (i & j).bit_count() for j in range(8)] for i in range(8)])
TOKEN_SIGNS = SIGNS[[6, 1, 4, 3, 2, 5, 0]]  # neither square nor the same on its side
LONG_POSITIONS = 3 * SIGNS[[4, 2, 5, 0]]
# Tables as lists, under the names that checkpoints have; the last ones are not a prefix's.
WANTED = "wte.weight", "wpe.weight"
STATES = [
    {
        "transformer.wte.weight": [[1, 2], [3, 4]],
        "transformer.wpe.weight": [[5, 6]],
        "lm_head.weight": [[1, 2], [3, 4]],
    },
    {"wte.weight": [[1, 2]], "wpe.weight": [[3, 4], [5, 6]], "ln_f.weight": [1, 1]},
    {
        "_orig_mod.transformer.h.0.ln_1.weight": [1, 1],
        "_orig_mod.transformer.wpe.weight": [[5, 6]],
        "_orig_mod.transformer.wte.weight": [[1, 2]],
    },
    {"wte.weight": [[1, 2]], "wpe.weight": [[3, 4]], "old_wte.weight": [[0, 0]]},
]


@remember
def check_kept_rows(answer: Any) -> Feedback:
    """Right: which rows of the sum stay when the ids 2, 3, 5 become 5, 3, 2."""
    return check_value(
        answer,
        [1],
        form="a list of row numbers, such as [0, 2]",
        praise="Id 3 keeps its place. The others meet another position vector.",
        slips={
            "One of the three ids has kept its place.": [],
            "The ids are the same, but two of them stand elsewhere: they meet another position "
            "vector.": lambda rows: sorted(rows) == [0, 1, 2],
            "That is the id. Which row is it in, counted from 0?": [3],
            "These two rows have changed places: each id meets another position "
            "vector.": lambda rows: sorted(rows) == [0, 2],
        },
        otherwise="A row stays the same if the same id meets the same position.",
    )


@remember
def check_thousands(answer: Any) -> Feedback:
    """Right: the sum at position 2 of a third input, thousands, with the same position vectors."""
    return check_value(
        answer,
        [5005, 6006],
        form="a list of two numbers",
        praise="The third input gets the same position vectors as the others.",
        slips={
            "That is position 0. Positions are counted from 0.": [1001, 2002],
            "That is position 1. Positions are counted from 0.": [3003, 4004],
            "Those are the token's numbers. The position's have to be added.": [5000, 6000],
            "Only the token vectors are ten times as large.": [5050, 6060],
            "Those are the hundreds, input 1. The new input 2 has thousands.": [505, 606],
            "Input 2 does not get position 2 alone: its three positions get three different "
            "vectors.": [5003, 6004],
        },
        otherwise="Position 2 is the third pair: of the thousands, and of the ones.",
    )


@remember
def check_input_shape(answer: Any) -> Feedback:
    """Right: the shape that InputEmbedding(50257, 1024, 768) makes of 8 inputs of 50 ids."""
    return check_value(
        answer,
        (8, 50, 768),
        form="a tuple of whole numbers, such as (3, 1024, 768)",
        praise="The ids' own shape, and the numbers of a vector behind it.",
        slips={
            "1024 is the longest that an input may be. How long are these?": (8, 1024, 768),
            "The two vectors are added, number by number, not put side by side.": (8, 50, 2 * 768),
            "That is the shape of the ids. Each of them becomes a vector.": (8, 50),
            "That is one input. How many does the batch have?": (50, 768),
            "50257 is the number of rows. How many numbers does a vector have?": (8, 50, 50257),
            "3 was the story's batch. How many inputs does this one have?": (3, 50, 768),
            "4 was the width of the small tables.": (8, 50, 4),
            "The right numbers in another order: inputs, positions, numbers.": lambda shape: (
                sorted(shape) == [8, 50, 768]
            ),
        },
        otherwise="The shape has three numbers: inputs in the batch, positions in an input, "
        "numbers in a vector.",
    )


@remember
def check_twins(answer: Any) -> Feedback:
    """Right: the id and the position with the same sum as id 5 at position 7, in twin tables."""
    return check_value(
        answer,
        (7, 5),
        form="a tuple of whole numbers, (id, position)",
        praise="7 + 5 is 5 + 7, for vectors too: the model could not tell them apart.",
        slips={
            "That is id 5 at position 7 itself. Another id is meant.": (5, 7),
            "Its vector is added to itself. Which two vectors were added before?": (
                lambda pair: pair in ([5, 5], [7, 7])
            ),
        },
        otherwise="The sum has the vectors 5 and 7 in it. In which other way can it be made?",
    )


@remember
def check_lost_positions(answer: Any) -> Feedback:
    """Right: a function of both tables and ids, (sequence,) or (batch, sequence), that adds up."""
    return check_function(
        answer,
        add_up,
        [(TOKEN_TABLE, POSITION_TABLE, token_ids) for token_ids in TOKEN_IDS],
        praise="The same result for one input and for any batch.",
        slips={
            "len(token_ids) of a batch is the number of its inputs. token_ids.shape[-1] is "
            "their length, whatever stands "
            "before it.": lambda tokens, positions, ids: tokens[ids] + positions[: len(ids)],
            "The shape of a single input has one number. token_ids.shape[-1] is its length, in a "
            "batch too.": lambda tokens, positions, ids: tokens[ids] + positions[: ids.shape[1]],
            "A single input is not a list of inputs. token_ids.shape[-1] is its length, in "
            "a batch too.": lambda tokens, positions, ids: tokens[ids] + positions[: len(ids[0])],
            "An input may be shorter than the position table: cut the table to the length of "
            "the input.": lambda tokens, positions, ids: tokens[ids] + positions,
            "The position table is asked for the ids. Ask it for the places "
            "0, 1, 2 and so on.": lambda tokens, positions, ids: tokens[ids] + positions[ids],
        },
    )


@remember
def check_embed_from(answer: Any) -> Feedback:
    """Right: as above, for rows whose first id stands at position `start`."""
    return check_function(
        answer,
        embed_from,
        [
            (TOKEN_TABLE, POSITION_TABLE, token_ids, start)
            for token_ids, start in zip(TOKEN_IDS, (1, 1, 0, 2, 1, 0), strict=True)
        ],
        praise="One new id at position 1,023 is enough: nothing before it is looked up again.",
        slips={
            "Every input begins at position 0: start is "
            "not used.": lambda tokens, positions, ids, start: add_up(tokens, positions, ids),
            "All rows of the table from start on are "
            "too many.": lambda tokens, positions, ids, start: tokens[ids] + positions[start:],
            "That is one row too many: a slice leaves out its "
            "end.": lambda tokens, positions, ids, start: (
                tokens[ids] + positions[start : start + ids.shape[-1] + 1]
            ),
            "The rows should end at start + the length, not at "
            "the length.": lambda tokens, positions, ids, start: (
                tokens[ids] + positions[start : ids.shape[-1]]
            ),
            "All tokens of an input get the vector of one position. Each next token stands at the "
            "next one.": lambda tokens, positions, ids, start: tokens[ids] + positions[start],
            "len(token_ids) of a batch is the number of its "
            "inputs.": lambda tokens, positions, ids, start: (
                tokens[ids] + positions[start : start + len(ids)]
            ),
        },
    )


@remember
def check_read_back(answer: Any) -> Feedback:
    """Right: a function of both tables and the sums of one row that gives the ids."""
    rows = [torch.tensor(ids) for ids in ([3, 1, 1, 5], [0], [2, 6, 3], [4, 4])]
    return check_function(
        answer,
        read_back,
        [(TOKEN_SIGNS, LONG_POSITIONS, add_up(TOKEN_SIGNS, LONG_POSITIONS, ids)) for ids in rows],
        praise="A sum loses neither of its parts for one who knows the other.",
        slips={
            "The positions are still in the sums: take their vectors "
            "away first.": lambda tokens, positions, sums: (sums @ tokens.T).argmax(dim=-1),
            "Those are the token vectors. Which rows of the table "
            "are they?": lambda tokens, positions, sums: sums - positions[: len(sums)],
            "Those are the scores. argmax(dim=-1) finds the row with "
            "the highest.": lambda tokens, positions, sums: (
                (sums - positions[: len(sums)]) @ tokens.T
            ),
            "The input may be shorter than the position table: take away as many rows as it "
            "has.": lambda tokens, positions, sums: ((sums - positions) @ tokens.T).argmax(dim=-1),
            "Each vector has to meet the rows of the table: .T turns the table on its "
            "side.": lambda tokens, positions, sums: (
                (sums - positions[: len(sums)]) @ tokens
            ).argmax(dim=-1),
            "topk gives a list for each sum, even of one row. argmax(dim=-1) gives the row "
            "itself.": lambda tokens, positions, sums: (
                ((sums - positions[: len(sums)]) @ tokens.T).topk(1).indices
            ),
        },
    )


@remember
def check_layer_parameters(answer: Any) -> Feedback:
    """Right: the size of both tables of InputEmbedding(50257, 1024, 1024) together."""
    rows = 50257 + 1024
    return check_value(
        answer,
        rows * 1024,
        form="a whole number",
        praise="One row for each token and one for each position, all of them 1,024 wide.",
        slips={
            "That is the token table alone. The layer has a second one.": 50257 * 1024,
            "That is the position table alone. The layer has a second one.": 1024 * 1024,
            "768 is GPT-2 small's. How wide are medium's vectors?": rows * 768,
            "Twice too many. Each row of either table has 1,024 numbers, because they are "
            "added.": rows * 2 * 1024,
            "There is no row for each pair of a token and a position: there are two "
            "tables. Add their sizes.": 50257 * 1024 * 1024,
        },
        otherwise="Multiply the rows of each table by the numbers in a row, and add the two.",
    )


@remember
def check_find_tables(answer: Any) -> Feedback:
    """Right: a function of a state dict that gives the two tables under their plain names."""
    return check_function(
        answer,
        find_tables,
        [(state,) for state in STATES],
        praise="A prefix can be anything, but it ends in a dot.",
        slips={
            "Names without a prefix count too.": lambda state: {
                wanted: table
                for wanted in WANTED
                for name, table in state.items()
                if name.endswith(f".{wanted}")
            },
            "A name such as 'old_wte.weight' is another table's: a dot stands between prefix "
            "and name.": lambda state: {
                wanted: table
                for wanted in WANTED
                for name, table in state.items()
                if name.endswith(wanted)
            },
            "Other prefixes are possible, or none: look at the end of the name.": lambda state: {
                wanted: table
                for wanted in WANTED
                for name, table in state.items()
                if name in (wanted, f"transformer.{wanted}")
            },
            "The names in the new dictionary should be 'wte.weight' and 'wpe.weight', without "
            "a prefix.": lambda state: {
                name: table
                for name, table in state.items()
                if f".{name}".endswith((".wte.weight", ".wpe.weight"))
            },
        },
    )


@remember
def check_pad_tables(answer: Any) -> Feedback:
    """Right: a function of two tables that gives them with zeros, so that sums stand in a row."""
    return check_function(
        answer,
        pad_tables,
        [(TOKEN_TABLE, POSITION_TABLE), (TOKEN_TABLE[:2], SIGNS[:4])],
        praise="A sum can be two vectors side by side, if that is what is wanted.",
        slips={
            "In both tables the zeros stand behind: then the numbers meet.": lambda t, p: (
                torch.cat([t, torch.zeros(len(t), p.shape[1])], dim=1),
                torch.cat([p, torch.zeros(len(p), t.shape[1])], dim=1),
            ),
            "Side by side, but the position stands first.": lambda t, p: (
                torch.cat([torch.zeros(len(t), p.shape[1]), t], dim=1),
                torch.cat([p, torch.zeros(len(p), t.shape[1])], dim=1),
            ),
            "Without dim=1 the zeros become more rows. More columns are needed.": lambda t, p: (
                torch.cat([t, torch.zeros(len(t), p.shape[1])]),
                torch.cat([torch.zeros(len(p), t.shape[1]), p]),
            ),
        },
    )


@remember
def check_same_result(answer: Any) -> Feedback:
    """Right: a function that puts weights (m, n) twice side by side."""
    return check_function(
        answer,
        lambda weights: torch.cat([weights, weights], dim=1),
        [(TOKEN_TABLE,), (POSITION_TABLE[:1],)],
        praise="Side by side can do all that a sum does, with twice as many weights.",
        slips={
            "One below the other makes (2m, n). Join them along the other axis.": lambda weights: (
                torch.cat([weights, weights])
            ),
            "Zeros leave one of the two vectors out.": lambda weights: torch.cat(
                [weights, torch.zeros_like(weights)], dim=1
            ),
            "Each half meets one of the two vectors alone: nothing has to be "
            "halved.": lambda weights: torch.cat([weights, weights], dim=1) / 2,
        },
    )


def add_up(token_table: Tensor, position_table: Tensor, token_ids: Tensor) -> Tensor:
    """Look up both tables and add what they hold."""
    return embed_from(token_table, position_table, token_ids, 0)


def embed_from(
    token_table: Tensor, position_table: Tensor, token_ids: Tensor, start: int
) -> Tensor:
    """Add the vectors of the positions from `start` on."""
    return token_table[token_ids] + position_table[start : start + token_ids.shape[-1]]


def read_back(token_table: Tensor, position_table: Tensor, sums: Tensor) -> Tensor:
    """Find the token vector that is nearest to each sum without its position."""
    return torch.cdist(sums - position_table[: len(sums)], token_table).argmin(dim=-1)


def find_tables(state: dict) -> dict:
    """Leave the names of the two tables, without what stands before them."""
    return {
        wanted: table
        for wanted in WANTED
        for name, table in state.items()
        if f".{name}".endswith(f".{wanted}")
    }


def pad_tables(token_table: Tensor, position_table: Tensor) -> tuple[Tensor, Tensor]:
    """Put zeros behind the one and before the other."""
    widths = token_table.shape[1], position_table.shape[1]
    return (
        nn.functional.pad(token_table, (0, widths[1])),
        nn.functional.pad(position_table, (widths[0], 0)),
    )
