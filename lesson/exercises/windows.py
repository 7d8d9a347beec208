"""Exercises of notebook 04: windows that slide over a row of ids."""

from collections.abc import Callable, Sequence
from typing import Any

from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

Pairs = list[tuple[list[int], list[int]]]
Case = tuple[list[int], int, int]

# ids, context_size and stride: overlap, edge to edge, gaps, and a text of just one window.
CASES: list[Case] = [
    (list(range(20, 40)), 5, 2),
    (list(range(20, 33)), 4, 4),
    (list(range(20, 40)), 3, 5),
    (list(range(20, 26)), 5, 1),
]


def check_window_count(answer: Any) -> Feedback:
    """Check how many windows 96 ids give, with a context_size of 8 and a stride of 8.

    Args:
        answer: the number; 11 is right, one for each start in `range(0, 96 - 8, 8)`.

    Returns:
        The feedback.

    Example:
        >>> check_window_count(11).verdict
        'right'
    """
    return give_feedback(
        answer,
        right=is_equal(len(range(0, 96 - 8, 8))),
        praise="The starts are 0, 8, ..., 80. A twelfth window would lack its last target.",
        hints=[
            Hint(
                is_equal(12),
                "96 / 8 is 12, but a window needs one id more than its input. Does the "
                "twelfth, which starts at 88, have its last target?",
            ),
            Hint(
                is_equal(10),
                "Nearly. The starts are 0, 8, 16 and so on. Is there room for 9 ids from "
                "position 80 on?",
            ),
            Hint(
                lambda count: count in (88, 89),
                "That many starts have room, if you take each of them. With a stride of 8, you "
                "take every eighth.",
            ),
        ],
        otherwise="Write down the starts, 0, 8, 16, ..., and stop when fewer than 9 ids are left.",
    )


def check_stride_once(answer: Any) -> Feedback:
    """Check which stride makes each id a target exactly once, with a context_size of 1024.

    Args:
        answer: the stride; 1024 is right, because the targets then stand edge to edge.

    Returns:
        The feedback.

    Example:
        >>> check_stride_once(1024).verdict
        'right'
    """
    return give_feedback(
        answer,
        right=is_equal(1024),
        praise="Stride and context_size are the same: the targets stand edge to edge.",
        hints=[
            Hint(
                is_equal(1025),
                "A window needs 1,025 ids, but the last of them may also be the first input of "
                "the next window. With your stride, one id in 1,025 is never a target.",
            ),
            Hint(
                lambda stride: 1 <= stride < 1024,
                "With your stride the windows overlap: a window begins before the targets of the "
                "one above have ended, and some ids are a target twice or more.",
            ),
            Hint(
                lambda stride: stride > 1025,
                "Your stride leaves gaps: between two windows lie ids that are never a target.",
            ),
        ],
        otherwise="Give a whole number: how far apart must two windows of 1,024 targets start, "
        "so that one row of targets begins where the other ends?",
    )


def check_window_pairs(answer: Any) -> Feedback:
    """Check a function that cuts ids into pairs of input and target.

    Args:
        answer: a function of token_ids, context_size and stride that returns a list of pairs
            (input, target), one for each whole window.

    Returns:
        The feedback.

    Example:
        >>> check_window_pairs(lambda token_ids, context_size, stride: []).verdict
        'hint'
    """
    return give_feedback(
        answer,
        right=_like(_cut),
        praise="Four cases, with overlap, without, with gaps, and a text of a single window.",
        hints=[
            Hint(
                lambda answer: not callable(answer),
                "Put the function itself into answer: its name, without brackets behind it.",
            ),
            Hint(
                lambda answer: answer(*CASES[0]) is None,
                "Your function gives back None. Is there a return at its end?",
            ),
            Hint(
                _shifts_by_stride,
                "Your targets stand a stride further on. The shift is always 1, whatever the "
                "stride.",
            ),
            Hint(_runs_over_the_end, "Your last window is too short: it lacks its last target."),
            Hint(
                _like(lambda ids, size, stride: _cut(ids[:-1], size, stride)),
                "Your function stops one id too early: a window whose last target is the very "
                "last id still counts.",
            ),
            Hint(
                _like(lambda ids, size, stride: _cut(ids, size, stride, shift=0)),
                "Your targets are the inputs again. A target stands one id further on.",
            ),
            Hint(
                _like(lambda ids, size, stride: _cut(ids, size, stride=1)),
                "Your windows move on by one id. They should move on by stride.",
            ),
            Hint(
                _like(lambda ids, size, stride: zip(*_cut(ids, size, stride), strict=True)),
                "You give back all inputs and then all targets. Pair them, window by window.",
            ),
        ],
        otherwise="For list(range(10)), a context_size of 4 and a stride of 3, the function "
        f"should return {_cut(list(range(10)), 4, 3)}.",
    )


def _cut(ids: Sequence[int], context_size: int, stride: int, shift: int = 1) -> Pairs:
    starts = range(0, len(ids) - context_size, stride)
    ends = [(start, start + context_size) for start in starts]
    return [(list(ids[a:b]), list(ids[a + shift : b + shift])) for a, b in ends]


def _like(expected: Callable[..., Any]) -> Callable[[Any], bool]:
    """Make a test: does a function give what another gives, in every case?"""

    def test(answer: Any) -> bool:
        return all(_run(answer, case) == _run(expected, case) for case in CASES)

    return test


def _run(function: Callable[..., Any], case: Case) -> list[list[list[int]]]:
    """Return the result as lists, whatever kind of sequences came, tensors among them."""
    ids, context_size, stride = case
    pairs = function(list(ids), context_size, stride)  # a copy, which may be taken apart
    return [[[int(token_id) for token_id in row] for row in pair] for pair in pairs]


def _shifts_by_stride(answer: Any) -> bool:
    ids, context_size, stride = CASES[0]
    (_, target), *_ = _run(answer, CASES[0])
    return target == ids[stride : stride + context_size]


def _runs_over_the_end(answer: Any) -> bool:
    return any(len(row) < case[1] for case in CASES for pair in _run(answer, case) for row in pair)
