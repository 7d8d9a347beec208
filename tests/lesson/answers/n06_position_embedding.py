"""Answers to the exercises of notebook 06."""

from math import cos, sin

import numpy as np
import torch

from lesson.exercises.n06_position_embedding import (
    check_bags,
    check_changed_words,
    check_far_token,
    check_later_positions,
    check_pack,
    check_positions,
    check_prices,
    check_rows,
    check_seen_bag,
    check_table_rows,
    check_unmoved,
    check_wave,
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


def positions_alone(position_table, start, n_tokens):
    return torch.arange(start, start + n_tokens)


def one_row_late(position_table, start, n_tokens):
    return position_table[start + 1 : start + n_tokens + 1]


def one_row_too_many(position_table, start, n_tokens):
    return position_table[torch.arange(start, start + n_tokens + 1)]


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


def sorted_too_early(token_ids, placed):
    return list(enumerate(sorted(token_ids))) if placed else sorted(token_ids)


def never_placed(token_ids, placed):
    return sorted(token_ids)


def see_by_hand(tokens, place, mask):
    seen = [token for i, token in enumerate(tokens) if i <= place or not mask]
    seen.sort()
    return seen


def see_before(tokens, place, mask):
    return sorted(tokens[:place]) if mask else sorted(tokens)


def see_later(tokens, place, mask):
    return sorted(tokens[place:]) if mask else sorted(tokens)


def see_unsorted(tokens, place, mask):
    return tokens[: place + 1] if mask else tokens


def see_always_masked(tokens, place, mask):
    return sorted(tokens[: place + 1])


def wave(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * (column // 2) / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


def wave_from_a_table(position, column, embed_dim):
    """Compute the whole table first, as the notebook does."""
    speeds = 10_000.0 ** (-np.arange(0, embed_dim, 2) / embed_dim)
    angles = np.arange(position + 1)[:, None] * speeds
    return np.stack([np.sin(angles), np.cos(angles)], axis=2).reshape(position + 1, -1)[
        position, column
    ]


def one_speed(position, column, embed_dim):
    return sin(position)


def sines_only(position, column, embed_dim):
    return sin(position * 10_000 ** (-2 * (column // 2) / embed_dim))


def changed_places(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * (column // 2) / embed_dim)
    return cos(angle) if column % 2 == 0 else sin(angle)


def counted_from_one(position, column, embed_dim):
    return wave(position + 1, column, embed_dim)


def a_speed_for_each_column(position, column, embed_dim):
    angle = position * 10_000 ** (-2 * column / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


def sines_first(position, column, embed_dim):
    """Put all sines into the first half: a table that is used too, but not this one."""
    half = embed_dim // 2
    angle = position * 10_000 ** (-2 * (column % half) / embed_dim)
    return sin(angle) if column < half else cos(angle)


def halves(position, column, embed_dim):
    """Divide the column by 2 without rounding down to the pair."""
    angle = position * 10_000 ** (-2 * (column / 2) / embed_dim)
    return sin(angle) if column % 2 == 0 else cos(angle)


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
    (check_changed_words, ["hen", "again"]),
    (check_changed_words, ("again", "hen")),
    (check_seen_bag, see_by_hand),
    (check_prices, [-1, -1, 2, 1]),
    (check_prices, torch.tensor([2, 1, 3, 1]) - torch.tensor([3, 2, 1, 0])),
    (check_wave, wave),
    (check_wave, wave_from_a_table),
    (check_wave, lambda *case: torch.tensor(wave(*case))),
    (check_wave, lambda *case: np.float32(wave(*case))),
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
    (check_rows, [1, 2, 3, 4], "Positions are counted"),
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
    (check_positions, lambda tokens: range(len(set(tokens))), "a set keeps only one"),
    (check_positions, one_too_many, "came:     [0, 1, 2, 3]"),
    (check_positions, [0, 1, 2], "the function itself"),
    (check_positions, lambda tokens: len(tokens), "give back a list"),
    (check_later_positions, from_zero_again, "begin at 0 again"),
    (check_later_positions, up_to_the_number, "is the end, and not how many"),
    (check_later_positions, positions_alone, "Which rows of the table"),
    (check_later_positions, one_row_late, "is at position start"),
    (check_later_positions, one_row_too_many, "arange leaves the end out"),
    (check_later_positions, still_with_dots, "Your function stopped with TypeError"),
    (check_later_positions, lambda table, start, n: None, "gives back None"),
    (check_pack, unsorted, "the ids must be sorted"),
    (check_pack, id_first, "in this order"),
    (check_pack, without_repeats, "keeps only one"),
    (check_pack, placed_from_one, "counted from 0"),
    (check_pack, lambda ids, placed: pack_by_hand(ids, not placed), "The other way round"),
    (check_pack, sorted_too_early, "Make the pairs first"),
    (check_pack, never_placed, "placed = True"),
    (check_pack, [0, 1, 2], "the function itself"),
    (check_changed_words, ["again"], "again is right"),
    (check_changed_words, ["hen"], "hen is right"),
    (check_changed_words, ["chases", "again", "hen"], "the first three"),
    (check_changed_words, ["fox", "hen"], "Write down for each word"),
    (check_changed_words, "hen again", "asks for a list of strings"),
    (check_seen_bag, see_before, "itself is in the bag"),
    (check_seen_bag, see_later, "what comes later"),
    (check_seen_bag, see_unsorted, "given back sorted"),
    (check_seen_bag, lambda *case: see_by_hand(*case[:2], not case[2]), "the other way round"),
    (check_seen_bag, see_always_masked, "mask = False"),
    (check_prices, [3, 2, 1, 0], "lowered by them"),
    (check_prices, [2, 0, 1, -2], "counted from the last token"),
    (check_prices, [-2, -2, 1, 0], "distance 0 to itself"),
    (check_prices, [5, 3, 4, 1], "lowers a product"),
    (check_prices, [-1, -1, 2, 0], "Write down the distance"),
    (check_prices, 1, "asks for a list"),
    (check_wave, one_speed, "embed_dim = 4\n    expected: 1.0\n    came:     0.0"),
    (check_wave, sines_only, "column = 1,"),
    (check_wave, changed_places, "have changed places"),
    (check_wave, counted_from_one, "column = 0,"),
    (check_wave, a_speed_for_each_column, "column // 2"),
    (check_wave, halves, "column // 2"),
    (check_wave, sines_first, "column = 1,"),
    (check_wave, lambda *case: [wave(*case)], "should give back a number, and gives a list"),
    (check_wave, lambda *case: str(wave(*case)), "a number, and gives a string"),
    (check_wave, lambda *case: math.sin(case[0]), "NameError: name 'math' is not"),  # noqa: F821
    (check_wave, 0.8415, "the function itself"),
]
