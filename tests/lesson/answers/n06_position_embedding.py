"""Answers to the exercises of notebook 06."""

import numpy as np
import torch

from lesson.exercises.n06_position_embedding import (
    check_bags,
    check_far_token,
    check_later_positions,
    check_pack,
    check_positions,
    check_rows,
    check_table_rows,
    check_unmoved,
)


def count_one_by_one(tokens):
    positions = []
    for _ in tokens:
        positions.append(len(positions))
    return positions


def first_places(tokens):
    return [tokens.index(token) for token in tokens]


def from_one(tokens):
    return list(range(1, len(tokens) + 1))


def one_too_many(tokens):
    return list(range(len(tokens) + 1))


def with_a_layer(position_table, start, n_tokens):
    layer = torch.nn.Embedding.from_pretrained(position_table)
    return layer(torch.arange(start, start + n_tokens))


def from_zero_again(position_table, start, n_tokens):
    return position_table[torch.arange(n_tokens)]


def up_to_the_number(position_table, start, n_tokens):
    return position_table[torch.arange(start, n_tokens)]


def sliced_to_the_number(position_table, start, n_tokens):
    return position_table[start:n_tokens]


def positions_alone(position_table, start, n_tokens):
    return torch.arange(start, start + n_tokens)


def one_row_late(position_table, start, n_tokens):
    return position_table[start + 1 : start + n_tokens + 1]


def still_with_dots(position_table, start, n_tokens):
    positions = torch.arange(...)
    return position_table[positions]


def pack_by_hand(token_ids, placed):
    bag = []
    for place, token_id in enumerate(token_ids):
        bag.append((place, token_id) if placed else token_id)
    bag.sort()
    return bag


def unsorted(token_ids, placed):
    return list(enumerate(token_ids)) if placed else token_ids


def id_first(token_ids, placed):
    pairs = [(token_id, place) for place, token_id in enumerate(token_ids)]
    return sorted(pairs) if placed else sorted(token_ids)


def without_repeats(token_ids, placed):
    return sorted(set(enumerate(token_ids))) if placed else sorted(set(token_ids))


def placed_from_one(token_ids, placed):
    return list(enumerate(token_ids, start=1)) if placed else sorted(token_ids)


def never_placed(token_ids, placed):
    return sorted(token_ids)


RIGHT = [
    (check_bags, 2),
    (check_bags, torch.tensor(2)),
    (check_table_rows, (50, 8)),
    (check_table_rows, [50, 8]),
    (check_table_rows, np.array([50, 8])),
    (check_rows, [0, 1, 2, 3]),
    (check_rows, range(4)),
    (check_rows, torch.arange(4)),
    (check_unmoved, ["now", "sees"]),
    (check_unmoved, ("now", "sees")),
    (check_unmoved, ["sees", "now"]),
    (check_far_token, 5),
    (check_far_token, np.int32(5)),
    (check_positions, count_one_by_one),
    (check_positions, lambda tokens: range(len(tokens))),
    (check_positions, lambda tokens: torch.arange(len(tokens))),
    (check_later_positions, with_a_layer),
    (check_later_positions, lambda table, start, n: table[start : start + n].tolist()),
    (check_pack, pack_by_hand),
    (check_pack, lambda ids, placed: sorted(enumerate(ids) if placed else ids)),
]

WRONG = [
    (check_bags, 4, "a bag has no order"),
    (check_bags, 1, "has other words"),
    (check_bags, 3, "A bag holds three"),
    (check_bags, 12, "Sort the words"),
    (check_bags, "2", "is a string, '2', but"),
    (check_table_rows, (8, 50), "The other way round"),
    (check_table_rows, (50, 50), "an input has fewer places"),
    (check_table_rows, (50, 7), "7 is the last position"),
    (check_table_rows, (50, 16), "16 is the number of columns"),
    (check_table_rows, (16, 8), "16 is the number of columns"),
    (check_table_rows, 58, "asks for two numbers"),
    (check_table_rows, ("50", "8"), "asks for two numbers"),
    (check_table_rows, (49, 8), "Give two numbers"),
    (check_rows, [4, 2, 4, 0], "These are the ids"),
    (check_rows, [1, 2, 3, 4], "counted from 0"),
    (check_rows, [0, 1, 0, 3], "at two positions"),
    (check_rows, [0, 1, 2], "Four ids"),
    (check_rows, [2], "Give the place"),
    (check_rows, 4, "asks for a list"),
    (check_unmoved, ["fox", "hen"], "changed places"),
    (check_unmoved, ["hen", "fox"], "changed places"),
    (check_unmoved, ["now"], "is missing"),
    (check_unmoved, ["sees"], "is missing"),
    (check_unmoved, ["now", "fox", "sees", "hen"], "without the position vectors"),
    (check_unmoved, ["now", "hen"], "at the same position"),
    (check_unmoved, "now sees", "asks for a list of strings"),
    (check_unmoved, [0, 2], "asks for a list of strings"),
    (check_far_token, 21, "its place in the text"),
    (check_far_token, 6, "counted from 0"),
    (check_far_token, 2, "Where in this input"),
    (check_far_token, 4, "the tokens 0 to 7"),
    (check_far_token, 13, "Which one holds token 21"),
    (check_far_token, True, "is a truth value"),
    (check_positions, first_places, "gets its first position"),
    (check_positions, from_one, "counted from 0"),
    (check_positions, one_too_many, "came:     [0, 1, 2, 3]"),
    (check_positions, [0, 1, 2], "the function itself"),
    (check_positions, lambda tokens: len(tokens), "give back a list"),
    (check_later_positions, from_zero_again, "begin at 0 again"),
    (check_later_positions, up_to_the_number, "Your function stopped with RuntimeError"),
    (check_later_positions, sliced_to_the_number, "not how many"),
    (check_later_positions, positions_alone, "Which rows of the table"),
    (check_later_positions, one_row_late, "is at position start"),
    (check_later_positions, still_with_dots, "Your function stopped with TypeError"),
    (check_later_positions, lambda table, start, n: None, "gives back None"),
    (check_pack, unsorted, "the ids must be sorted"),
    (check_pack, id_first, "in this order"),
    (check_pack, without_repeats, "keeps only one"),
    (check_pack, placed_from_one, "counted from 0"),
    (check_pack, lambda ids, placed: pack_by_hand(ids, not placed), "The other way round"),
    (check_pack, never_placed, "placed = True"),
    (check_pack, [0, 1, 2], "the function itself"),
]
