"""Answers to the exercises of notebook 04."""

import numpy as np
import torch

from lesson.exercises.n04_data_sampling import (
    check_batch_to_questions,
    check_each_id_once,
    check_fewest_ids,
    check_file_size,
    check_guesses,
    check_last_position,
    check_left_out,
    check_mask_targets,
    check_next_id,
    check_questions_in_window,
    check_share,
    check_window_count,
    check_window_pairs,
)


def window_pairs(ids, context_size, stride):
    pairs = []
    for start in range(0, len(ids) - context_size, stride):
        inputs = ids[start : start + context_size]
        pairs.append((inputs, ids[start + 1 : start + context_size + 1]))
    return pairs


def pairs_of_tensors(ids, context_size, stride):
    return window_pairs(torch.tensor(ids), context_size, stride)


def pairs_by_start(starts, shift=1):
    """Make a wrong answer: other starts, or another shift."""

    def answer(ids, context_size, stride):
        return [
            (ids[i : i + context_size], ids[i + shift : i + shift + context_size])
            for i in starts(len(ids), context_size, stride)
        ]

    return answer


def whole(n, context_size, stride):
    return range(0, n - context_size, stride)


def no_return(ids, context_size, stride):
    window_pairs(ids, context_size, stride)


def inputs_then_targets(ids, context_size, stride):
    pairs = window_pairs(ids, context_size, stride)
    return [inputs for inputs, _ in pairs], [targets for _, targets in pairs]


def shifted_by_stride(ids, context_size, stride):
    return pairs_by_start(whole, shift=stride)(ids, context_size, stride)


def shifted_by_two(ids, context_size, stride):
    return pairs_by_start(whole, shift=2)(ids, context_size, stride)


def one_short(ids, context_size, stride):
    return [
        (inputs[:-1], targets[:-1]) for inputs, targets in window_pairs(ids, context_size, stride)
    ]


def failing(ids, context_size, stride):
    for start in range(0, len(ids), stride):
        ids[start + context_size]


def emptying(ids, context_size, stride):
    """Use the ids up: the next case must not suffer."""
    pairs = window_pairs(ids, context_size, stride)
    ids.clear()
    return pairs


def short_windows(ids, context_size, stride):
    starts = range(0, len(ids) - context_size, stride)
    windows = [ids[start : start + context_size] for start in starts]
    return [(window[:-1], window[1:]) for window in windows]


def cut_short(end):
    """Make a wrong answer that also takes windows which the text cuts short."""

    def answer(ids, context_size, stride):
        starts = range(0, end(len(ids), context_size), stride)
        windows = [ids[start : start + context_size + 1] for start in starts]
        return [(window[:-1], window[1:]) for window in windows]

    return answer


def with_stride(stride):
    """Make an answer to exercise 3: the stride is a function of context_size."""
    return lambda ids, context_size: window_pairs(ids, context_size, stride(context_size))


def exercises(see):
    """Make an answer to exercise 4: `see` shows how much of a row the context holds."""

    def answer(inputs, targets):
        pairs = []
        for row, target in zip(inputs, targets, strict=True):
            pairs += [(see(row, i), target[i]) for i in range(len(row))]
        return pairs

    return answer


def fewest_ids(n_windows, context_size, stride):
    return context_size + 1 + (n_windows - 1) * stride


def column_after_column(inputs, targets):
    columns = range(len(inputs[0]))
    return [
        (row[: i + 1], target[i])
        for i in columns
        for row, target in zip(inputs, targets, strict=True)
    ]


def pad_targets(rows, fill=-100, skip=1):
    return [row[skip:] + [fill] * (max(map(len, rows)) - len(row)) for row in rows]


def share(n_windows, n_processes, rank):
    return list(range(rank, n_windows // n_processes * n_processes, n_processes))


RIGHT = [
    (check_file_size, 4_000_000),
    (check_file_size, 4e6),
    (check_share, share),
    (check_share, lambda n, k, rank: range(n)[rank : n // k * k : k]),
    (check_mask_targets, pad_targets),
    (check_next_id, 290),
    (check_questions_in_window, 8),
    (check_last_position, 10),
    (check_guesses, 128),
    (check_guesses, 8 * 16.0),
    (check_window_count, 11),
    (check_window_count, np.int64(11)),
    (check_window_count, torch.tensor(11)),
    (check_window_count, 11.0),
    (check_window_pairs, window_pairs),
    (check_window_pairs, pairs_of_tensors),
    (check_window_pairs, lambda *case: np.array(window_pairs(*case))),
    (check_window_pairs, lambda *case: [list(map(tuple, p)) for p in window_pairs(*case)]),
    (check_window_pairs, lambda *case: iter(window_pairs(*case))),
    (check_window_pairs, emptying),
    (check_each_id_once, with_stride(lambda size: size)),
    (check_batch_to_questions, exercises(lambda row, i: row[: i + 1])),
    (check_batch_to_questions, exercises(lambda row, i: torch.tensor(row[: i + 1]))),
    (check_left_out, 1),
    (check_fewest_ids, fewest_ids),
]

WRONG = [
    (check_file_size, 2_000_000, "Are those enough"),
    (check_file_size, 3_000_000, "no such number type"),
    (check_file_size, 6_000_000, "two bytes or four"),
    (check_file_size, 8_000_000, "in a batch"),
    (check_file_size, 1_000_000, "These are the ids"),
    (check_file_size, 4, "then there are a million"),
    (check_file_size, "4 MB", "a whole number"),
    (check_share, lambda n, k, rank: list(range(rank, n, k)), "belongs to nobody"),
    (check_share, lambda n, k, rank: range(rank * (n // k), (rank + 1) * (n // k)), "like cards"),
    (check_share, lambda n, k, rank: share(n, k, rank - 1), "Ranks are counted from 0"),
    (check_share, lambda n, k, rank: share(n, k, rank)[1:], "Another result"),
    (check_mask_targets, lambda rows: pad_targets(rows, skip=0), "Those are the inputs"),
    (check_mask_targets, lambda rows: pad_targets(rows, fill=0), "0 is the id of a token"),
    (check_mask_targets, lambda rows: [row[1:] for row in rows], "came:     [[6, 7], [9]]"),
    (check_next_id, 11, "is the last id of the context"),
    (check_next_id, 511, "two steps on"),
    (check_next_id, 22502, "stands after the 11"),
    (check_next_id, [290], "one id, a whole number"),
    (check_next_id, " and", "one id, a whole number"),
    (check_questions_in_window, 9, "Nothing stands before its first id"),
    (check_questions_in_window, 10, "not one less"),
    (check_questions_in_window, 7, "One more"),
    (check_questions_in_window, 5, "And a window of 9?"),
    (check_last_position, 9, "There the input ends"),
    (check_last_position, 11, "one too many"),
    (check_last_position, 7, "Rows are counted from 0"),
    (check_last_position, 12, "not at 8"),
    (check_last_position, 6, "Where does row 2 start?"),
    (check_guesses, 8, "These are the rows"),
    (check_guesses, 16, "has 8 of them"),
    (check_guesses, 24, "count for themselves"),
    (check_guesses, 136, "in the window already"),
    (check_guesses, 120, "in the window already"),
    (check_guesses, 2, "has 15 guesses"),
    (check_guesses, (8, 16), "a whole number"),
    (check_window_count, 12, "from position 88 on"),
    (check_window_count, 10, "room for 9 ids"),
    (check_window_count, 88, "every eighth"),
    (check_window_count, 89, "every eighth"),
    (check_window_count, 96, "Write down the starts"),
    (check_window_count, "11", "is a string, '11', but the exercise asks for a whole number"),
    (check_window_count, [11], "is a list, [11], but the exercise asks for a whole number"),
    (check_window_count, range(0, 88, 8), "but the exercise asks for a whole number"),
    (check_window_pairs, window_pairs([1, 2, 3], 2, 1), "the function itself"),
    (check_window_pairs, "windows", "the function itself"),
    (check_window_pairs, no_return, "should end with return"),
    (check_window_pairs, cut_short(lambda n, size: n), "are not whole"),
    (check_window_pairs, cut_short(lambda n, size: n - size + 1), "lacks its last id"),
    (check_window_pairs, short_windows, "yours have one less"),
    (
        check_window_pairs,
        pairs_by_start(lambda n, c, s: range(0, n - c - 1, s)),
        "came:     from item 6 on: [[[32, 33, 34, 35, 36], [33, 34, 35, 36, 37]]]",
    ),
    (
        check_window_pairs,
        pairs_by_start(whole, shift=0),
        "came:     [[[0, 1, 2, 3], [0, 1, 2, 3]], ",
    ),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(n - c)), "Another result"),
    (check_window_pairs, shifted_by_stride, "shifted by the stride"),
    (check_window_pairs, shifted_by_two, "came:     [[[0, 1, 2, 3], [2, 3, 4, 5]]"),
    (check_window_pairs, one_short, "came:     [[[0, 1, 2], [1, 2, 3]]"),
    (check_window_pairs, inputs_then_targets, "pair them by window"),
    (
        check_window_pairs,
        failing,
        "stopped with IndexError: list index out of range.\n"
        "    in:       ids[start + context_size]\n"
        "    for:      token_ids = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],\n"
        "              context_size = 4,\n"
        "              stride = 3\n"
        "    expected: [[[0, 1, 2, 3], [1, 2, 3, 4]], [[3, 4, 5, 6], [4, 5, 6, 7]]]",
    ),
    (check_window_pairs, list, "stopped with TypeError: list expected at most 1 argument, got 3."),
    (check_window_pairs, lambda *case: window_pairs(*case)[:100], "from item 99 on: "),
    (check_each_id_once, with_stride(lambda size: size + 1), "puts the *targets* edge to edge"),
    (check_each_id_once, with_stride(lambda size: 1), "in more than one target"),
    (check_each_id_once, lambda ids, size: short_windows(ids, size, size), "the stride that is"),
    (check_each_id_once, lambda ids, size: None, "should end with return"),
    (check_batch_to_questions, exercises(lambda row, i: row[:i]), "one id too short"),
    (check_batch_to_questions, exercises(lambda row, i: row), "model sees the answers"),
    (check_batch_to_questions, exercises(lambda row, i: [row[i]]), "only one id each"),
    (check_batch_to_questions, lambda x, y: window_pairs(x[0] + y[0][-1:], 1, 1), "Another"),
    (
        check_batch_to_questions,
        lambda x, y: exercises(lambda row, i: row[: i + 1])(x[:1], y[:1]),
        "first row only",
    ),
    (check_batch_to_questions, column_after_column, "expected: [[[1], 2], [[1, 2], 3], "),
    (check_batch_to_questions, lambda x, y: list(zip(x, y, strict=True)), "Another result"),
    (check_left_out, 2, "room for a tenth window"),
    (check_left_out, 8, "How many are in none?"),
    (check_left_out, 9, "full batches of 4"),
    (check_left_out, 3, "First count the windows"),
    (check_fewest_ids, lambda *case: fewest_ids(*case) - 1, "One id less than is needed"),
    (check_fewest_ids, lambda n, size, s: fewest_ids(n + 1, size, s), "One window too many"),
    (check_fewest_ids, lambda n, size, s: fewest_ids(n + 1, size, s) - 1, "Is this the least?"),
    (check_fewest_ids, lambda n, size, s: n * (size + 1), "Another result"),
]
