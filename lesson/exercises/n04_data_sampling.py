"""Checks of the exercises in notebook 04: windows that slide over a row of ids."""

from typing import Any

from helpers.data import load_text
from helpers.tokenizer import SimpleTokenizerV1, build_vocab
from lesson.exercises.feedback import Feedback, check_function, check_value


def check_window_count(answer: Any) -> Feedback:
    """Right: how many windows 96 ids give, with a context_size and a stride of 8."""
    return check_value(
        answer,
        len(cut_windows(list(range(96)), context_size=8, stride=8)),
        form="a whole number",
        praise="The starts are 0, 8, ..., 80. A twelfth window would lack its last target.",
        slips={
            "96 / 8 is 12, but a window needs one id more than its input. Does the twelfth, "
            "which starts at 88, have its last target?": 12,
            "Nearly. The starts are 0, 8, 16 and so on. Is there room for 9 ids from position "
            "80 on?": 10,
            "That many starts have room, if you take each of them. With a stride of 8, you "
            "take every eighth.": lambda count: count in (88, 89),
        },
        otherwise="Write down the starts, 0, 8, 16, ..., and stop when fewer than 9 ids are left.",
    )


def check_stride_once(answer: Any) -> Feedback:
    """Right: the stride that makes each id a target once, with a context_size of 1024."""
    return check_value(
        answer,
        1024,
        form="a whole number",
        praise="Stride and context_size are the same: the targets stand edge to edge.",
        slips={
            "A window needs 1,025 ids, but the last of them may also be the first input of "
            "the next window. With your stride, one id in 1,025 is never a target.": 1025,
            "With your stride the windows overlap: a window begins before the targets of the "
            "one before have "
            "ended, and some ids are a target twice or more.": lambda stride: 1 <= stride < 1024,
            "Your stride leaves gaps: between two windows there are ids that are never a "
            "target.": lambda stride: stride > 1025,
        },
        otherwise="How far apart must two windows of 1,024 targets start, so that one row of "
        "targets begins where the other ends? Give a whole number, at least 1.",
    )


def check_window_pairs(answer: Any) -> Feedback:
    """Right: a function that cuts ids into pairs (input, target), one for each whole window."""
    story = load_text()
    story_ids = SimpleTokenizerV1(build_vocab(story)).encode(story)
    return check_function(
        answer,
        cut_windows,
        [
            (list(range(10)), 4, 3),
            (list(range(20, 40)), 5, 2),
            (list(range(20, 33)), 4, 4),
            (list(range(20, 40)), 3, 5),
            (list(range(20, 26)), 5, 1),
            (story_ids, 5, 2),
            (story_ids, 8, 8),
        ],
        praise="With overlap, edge to edge, with gaps, a single window, and the whole story.",
        slips={
            "Your targets are shifted by the stride, not by 1.": lambda ids, size, stride: cut_at(
                ids, size, starts(ids, size, stride), stride
            ),
            "Stop earlier: the last of your windows are not whole.": lambda ids, size, stride: (
                cut_at(ids, size, range(0, len(ids), stride))
            ),
            "Stop earlier: your last window lacks a target.": lambda ids, size, stride: cut_at(
                ids, size, range(0, len(ids) - size + 1, stride)
            ),
            "All inputs, then all targets: pair them by window.": lambda ids, size, stride: zip(
                *cut_windows(ids, size, stride), strict=True
            ),
        },
    )


def cut_windows(token_ids: list[int], context_size: int, stride: int) -> list[tuple]:
    """Cut ids into pairs of input and target."""
    return cut_at(token_ids, context_size, starts(token_ids, context_size, stride))


def starts(token_ids: list[int], context_size: int, stride: int) -> range:
    """Say where the whole windows start."""
    return range(0, len(token_ids) - context_size, stride)


def cut_at(token_ids: list[int], size: int, starts: range, shift: int = 1) -> list[tuple]:
    """Cut an input at each start, and its target `shift` further on."""
    return [(token_ids[i : i + size], token_ids[i + shift : i + shift + size]) for i in starts]
