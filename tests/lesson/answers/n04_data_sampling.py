"""Answers to the exercises of notebook 04."""

import numpy as np
import torch

from lesson.exercises.n04_data_sampling import (
    check_stride_once,
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


RIGHT = [
    (check_window_count, 11),
    (check_window_count, np.int64(11)),
    (check_window_count, torch.tensor(11)),
    (check_window_count, 11.0),
    (check_stride_once, 1024),
    (check_window_pairs, window_pairs),
    (check_window_pairs, pairs_of_tensors),
    (check_window_pairs, lambda *case: np.array(window_pairs(*case))),
    (check_window_pairs, lambda *case: [list(map(tuple, p)) for p in window_pairs(*case)]),
    (check_window_pairs, lambda *case: iter(window_pairs(*case))),
    (check_window_pairs, emptying),
]

WRONG = [
    (check_window_count, 12, "have its last target"),
    (check_window_count, 10, "room for 9 ids"),
    (check_window_count, 88, "every eighth"),
    (check_window_count, 89, "every eighth"),
    (check_window_count, 96, "Write down the starts"),
    (check_window_count, "11", "is a string, '11', but the exercise asks for a whole number"),
    (check_window_count, [11], "is a list, [11], but the exercise asks for a whole number"),
    (check_window_count, range(0, 88, 8), "but the exercise asks for a whole number"),
    (check_stride_once, 1025, "one id in 1,025 is never a target"),
    (check_stride_once, 1, "overlap"),
    (check_stride_once, True, "is a truth value, True"),
    (check_stride_once, 1023, "overlap"),
    (check_stride_once, 2048, "gaps"),
    (check_stride_once, 0, "Give a whole number"),
    (check_stride_once, object(), "a whole number"),
    (check_window_pairs, window_pairs([1, 2, 3], 2, 1), "the function itself"),
    (check_window_pairs, "windows", "the function itself"),
    (check_window_pairs, no_return, "should end with return"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(0, n, s)), "are not whole"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(0, n - c + 1, s)), "lacks a target"),
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
]
