"""Answers to the questions and exercises of notebook 07."""

import numpy as np
import torch

from lesson.exercises.n07_input_embedding import (
    check_embed_from,
    check_find_tables,
    check_input_shape,
    check_kept_rows,
    check_layer_parameters,
    check_lost_positions,
    check_pad_tables,
    check_read_back,
    check_same_result,
    check_thousands,
    check_twins,
)


def add_up(tokens, positions, token_ids, start=0):
    return tokens[token_ids] + positions[torch.arange(token_ids.shape[-1]) + start]


def add_by_id(tokens, positions, token_ids):
    return tokens[token_ids] + positions[token_ids]


def concatenate(tokens, positions, token_ids):
    token_vectors = tokens[token_ids]
    placed = torch.zeros_like(token_vectors) + positions[: token_ids.shape[-1]]
    return torch.cat([token_vectors, placed], dim=-1)


def forget_the_length(tokens, positions, token_ids):
    return tokens[token_ids] + positions


def count_the_rows(tokens, positions, token_ids):
    return tokens[token_ids] + positions[: len(token_ids)]


def take_the_second_axis(tokens, positions, token_ids):
    return tokens[token_ids] + positions[: token_ids.shape[1]]


def number_the_rows(tokens, positions, token_ids):
    return tokens[token_ids] + positions[: len(token_ids)].unsqueeze(1)


def forget_the_first_position(tokens, positions, token_ids):
    return tokens[token_ids] + positions[1 : token_ids.shape[-1] + 1]


def add_in_place(tokens, positions, token_ids):
    tokens += 1
    return add_up(tokens - 1, positions, token_ids)


def look_up(tokens, positions, token_ids, start):
    return (
        torch.nn.functional.embedding(token_ids, tokens) + positions[start:][: token_ids.shape[-1]]
    )


def leave_the_dots(tokens, positions, token_ids, start):
    return ... + ...


# A hint shows the line that stops: in a function of its own, no hint's words stand in it.
def call_the_table(tokens, positions, token_ids):
    return tokens(token_ids)


def take_all_from(tokens, positions, token_ids, start):
    return tokens[token_ids] + positions[start:]


def forget_to_turn(tokens, positions, sums):
    return (subtract(tokens, positions, sums) @ tokens).argmax(dim=-1)


def subtract(tokens, positions, sums):
    return sums - positions[: len(sums)]


def compare(tokens, positions, sums):
    vectors = subtract(tokens, positions, sums)
    return [next(i for i, row in enumerate(tokens) if torch.equal(row, v)) for v in vectors]


def find_tables(state, keep=lambda name, wanted: name == wanted or name.endswith("." + wanted)):
    wanted_names = ("wpe.weight", "wte.weight")
    return {w: table for w in wanted_names for name, table in state.items() if keep(name, w)}


def keep_prefix(state):
    return {name: table for name, table in state.items() if find_tables({name: table})}


def pad_tables(tokens, positions, swapped=False):
    behind = torch.zeros(len(tokens), positions.shape[1])
    before = torch.zeros(len(positions), tokens.shape[1])
    parts = (positions, before) if swapped else (before, positions)
    return torch.cat([tokens, behind], dim=1), torch.cat(parts, dim=1)


def pad_below(tokens, positions):
    behind = torch.zeros(len(tokens), positions.shape[1])
    before = torch.zeros(len(positions), tokens.shape[1])
    return torch.cat([tokens, behind]), torch.cat([before, positions])


RIGHT = [
    (check_kept_rows, [1]),
    (check_kept_rows, (1,)),
    (check_thousands, [5005, 6006]),
    (check_thousands, torch.tensor([5005, 6006])),
    (check_input_shape, (8, 50, 768)),
    (check_input_shape, [8, 50, 768]),
    (check_input_shape, np.array([8, 50, 768])),
    (check_input_shape, torch.zeros(8, 50, 768, device="meta").shape),
    (check_twins, (7, 5)),
    (check_twins, [7, 5]),
    (check_lost_positions, add_up),
    (check_lost_positions, add_in_place),
    (check_lost_positions, lambda *tables_and_ids: add_up(*tables_and_ids).tolist()),
    (check_embed_from, add_up),
    (check_embed_from, look_up),
    (check_read_back, compare),
    (check_read_back, lambda t, p, s: (subtract(t, p, s) @ t.T).argmax(dim=-1)),
    (check_read_back, lambda t, p, s: (subtract(t, p, s) @ t.T).argmax(dim=1).tolist()),
    (check_layer_parameters, 52_511_744),
    (check_layer_parameters, np.int64(52_511_744)),
    (check_find_tables, find_tables),
    (check_pad_tables, pad_tables),
    (check_pad_tables, lambda t, p: list(pad_tables(t, p))),
    (check_same_result, lambda w: torch.cat([w, w], dim=1)),
    (check_same_result, lambda w: w.repeat(1, 2)),
]

WRONG = [
    (check_kept_rows, [0, 1, 2], "two of them stand elsewhere"),
    (check_kept_rows, [2, 1, 0], "two of them stand elsewhere"),
    (check_kept_rows, [], "has kept its place"),
    (check_kept_rows, [3], "That is the id"),
    (check_kept_rows, [0, 2], "changed places"),
    (check_kept_rows, [2], "the same id meets the same position"),
    (check_kept_rows, 1, "asks for a list of row numbers"),
    (check_thousands, [1001, 2002], "That is position 0"),
    (check_thousands, [3003, 4004], "That is position 1"),
    (check_thousands, [5000, 6000], "have to be added"),
    (check_thousands, [5003, 6004], "its three positions get three different vectors"),
    (check_thousands, [5050, 6060], "Only the token vectors"),
    (check_thousands, [505, 606], "Those are the hundreds"),
    (check_thousands, [506, 605], "Position 2 is the third pair"),
    (check_thousands, 5005, "asks for a list of two numbers"),
    (check_input_shape, (3, 50, 768), "3 was the story's batch"),
    (check_input_shape, (8, 50, 4), "the width of the small tables"),
    (check_input_shape, (8, 1024, 768), "How long are these?"),
    (check_input_shape, (8, 50, 1536), "not put side by side"),
    (check_input_shape, (8, 50), "the shape of the ids"),
    (check_input_shape, (50, 768), "How many does the batch have?"),
    (check_input_shape, (8, 50, 50257), "50257 is the number of rows"),
    (check_input_shape, (50, 8, 768), "another order"),
    (check_input_shape, [8, 768, 50], "another order"),
    (check_input_shape, 8 * 50 * 768, "asks for a tuple of whole numbers"),
    (check_input_shape, "(8, 50, 768)", "is a string, '(8, 50, 768)', but"),
    (check_input_shape, (8, 50, 768, 1), "The shape has three numbers"),
    (check_twins, (5, 7), "Another id is meant"),
    (check_twins, (7, 7), "added to itself"),
    (check_twins, (5, 5), "added to itself"),
    (check_twins, (12, 0), "In which other way"),
    (check_twins, 7, "asks for a tuple of whole numbers, (id, position)"),
    (check_lost_positions, add_by_id, "asked for the ids"),
    (
        check_lost_positions,
        concatenate,
        "came:     [[[900.0, 1000.0, 1100.0, 0.0, 1.0, 2.0], ",
    ),
    (
        check_lost_positions,
        lambda tokens, positions, ids: tokens[ids],
        "expected: [[[900.0, 1001.0, ",
    ),
    (check_lost_positions, forget_the_length, "may be shorter than the position table"),
    (check_lost_positions, count_the_rows, "len(token_ids) of a batch"),
    (check_lost_positions, take_the_second_axis, "of a single input has one number"),
    (
        check_lost_positions,
        lambda tokens, positions, ids: tokens[ids] + positions[: len(ids[0])],
        "A single input is not a list of inputs",
    ),
    (check_lost_positions, number_the_rows, "Another result"),
    (check_lost_positions, forget_the_first_position, "Another result"),
    (check_lost_positions, lambda tokens, positions, ids: None, "should end with return"),
    (check_lost_positions, call_the_table, "is not callable"),
    (check_lost_positions, torch.zeros(3, 4), "the function itself"),
    (check_lost_positions, lambda token_ids: token_ids, "1 positional argument but 3"),
    (check_embed_from, leave_the_dots, "Your function stopped with TypeError"),
    (check_embed_from, lambda t, p, ids, start: add_up(t, p, ids), "start is not used"),
    (check_embed_from, take_all_from, "are too many"),
    (
        check_embed_from,
        lambda t, p, ids, start: t[ids] + p[start : start + ids.shape[-1] + 1],
        "one row too many",
    ),
    (
        check_embed_from,
        lambda t, p, ids, start: t[ids] + p[start : ids.shape[-1]],
        "should end at start + the length",
    ),
    (check_embed_from, lambda t, p, ids, start: t[ids] + p[start], "the vector of one position"),
    (
        check_embed_from,
        lambda t, p, ids, start: t[ids] + p[start : start + len(ids)],
        "len(token_ids) of a batch",
    ),
    (check_embed_from, lambda t, p, ids, start: add_up(t, p, ids, start - 1), "Another result"),
    (check_read_back, lambda t, p, s: (s @ t.T).argmax(dim=-1), "still in the sums"),
    (check_read_back, subtract, "Those are the token vectors"),
    (check_read_back, lambda t, p, s: subtract(t, p, s) @ t.T, "Those are the scores"),
    (
        check_read_back,
        lambda t, p, s: ((s - p) @ t.T).argmax(dim=-1),
        "The input may be shorter",
    ),
    (check_read_back, forget_to_turn, ".T turns"),
    (check_read_back, lambda t, p, s: (subtract(t, p, s) @ t.T).topk(1).indices, "even of one"),
    (check_read_back, lambda t, p, s: (subtract(t, p, s) @ p.T).argmax(dim=-1), "Another result"),
    (check_layer_parameters, 50257 * 1024, "the token table alone"),
    (check_layer_parameters, 1024 * 1024, "the position table alone"),
    (check_layer_parameters, (50257 + 1024) * 768, "768 is GPT-2 small's"),
    (check_layer_parameters, (50257 + 1024) * 2048, "Twice too many"),
    (check_layer_parameters, 50257 * 1024 * 1024, "a token and a position"),
    (check_layer_parameters, 50257 + 1024, "Multiply the rows"),
    (check_layer_parameters, (50257 * 1024, 1024 * 1024), "asks for a whole number"),
    (
        check_find_tables,
        lambda state: find_tables(state, lambda name, w: name.endswith("." + w)),
        "Names without a prefix",
    ),
    (
        check_find_tables,
        lambda state: find_tables(state, lambda name, w: name.endswith(w)),
        "another table's",
    ),
    (
        check_find_tables,
        lambda state: find_tables(state, lambda name, w: name in (w, f"transformer.{w}")),
        "Other prefixes are possible",
    ),
    (check_find_tables, keep_prefix, "without a prefix"),
    (check_find_tables, dict, "Another result"),
    (check_pad_tables, lambda t, p: pad_tables(t, p, swapped=True), "then the numbers meet"),
    (check_pad_tables, lambda t, p: torch.cat([t[:2], p[:2]], dim=1), "Another result"),
    (check_pad_tables, lambda t, p: pad_tables(p, t)[::-1], "the position stands first"),
    (check_pad_tables, pad_below, "Without dim=1"),
    (check_pad_tables, lambda t, p: pad_tables(t, p)[::-1], "Another result"),
    (check_same_result, lambda w: torch.cat([w, w]), "One below the other"),
    (check_same_result, lambda w: torch.cat([w, 0 * w], dim=1), "leave one of the two"),
    (check_same_result, lambda w: torch.cat([w, w], dim=1) / 2, "nothing has to be halved"),
    (check_same_result, lambda w: 2 * w, "Another result"),
]
