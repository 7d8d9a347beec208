"""Answers to the exercises of notebook 04."""

import torch

from lesson.exercises import check_stride_once, check_window_count, check_window_pairs


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


def failing(ids, context_size, stride):
    raise RuntimeError("not finished")


def emptying(ids, context_size, stride):
    """Use the ids up: the next case must not suffer."""
    pairs = window_pairs(ids, context_size, stride)
    ids.clear()
    return pairs


RIGHT = [
    (check_window_count, 11),
    (check_stride_once, 1024),
    (check_window_pairs, window_pairs),
    (check_window_pairs, pairs_of_tensors),
    (check_window_pairs, lambda *case: [list(map(tuple, p)) for p in window_pairs(*case)]),
    (check_window_pairs, lambda *case: iter(window_pairs(*case))),
    (check_window_pairs, emptying),
]


WRONG = [
    (check_window_count, 12, "have its last target"),
    (check_window_count, 10, "room for 9 ids"),
    (check_window_count, 88, "every eighth"),
    (check_window_count, 89, "every eighth"),
    (check_window_count, "eleven", "Write down the starts"),
    (check_stride_once, 1025, "one id in 1,025 is never a target"),
    (check_stride_once, 1, "overlap"),
    (check_stride_once, 1023, "overlap"),
    (check_stride_once, 2048, "gaps"),
    (check_stride_once, 0, "Give a whole number"),
    (check_stride_once, object(), "Give a whole number"),
    (check_window_pairs, window_pairs([1, 2, 3], 2, 1), "the function itself"),
    (check_window_pairs, "windows", "the function itself"),
    (check_window_pairs, no_return, "return at its end"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(0, n, s)), "lacks its last target"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(0, n - c + 1, s)), "too short"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(0, n - c - 1, s)), "too early"),
    (check_window_pairs, pairs_by_start(whole, shift=0), "are the inputs again"),
    (check_window_pairs, pairs_by_start(lambda n, c, s: range(n - c)), "move on by stride"),
    (check_window_pairs, shifted_by_stride, "The shift is always 1"),
    (check_window_pairs, inputs_then_targets, "Pair them"),
    (check_window_pairs, failing, "([0, 1, 2, 3], [1, 2, 3, 4]), ([3, 4, 5, 6]"),
    (check_window_pairs, list, "should return"),
]
