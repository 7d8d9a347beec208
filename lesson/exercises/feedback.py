"""What an exercise says to an answer: not answered yet, right, or a hint that fits the mistake."""

from collections.abc import Callable
from typing import Any, NamedTuple

NOT_ANSWERED = "not answered yet"
RIGHT = "right"
HINT = "hint"

Test = Callable[[Any], bool]


class Feedback(NamedTuple):
    """The verdict on an answer (one of the three above) and a sentence to the learner."""

    verdict: str
    message: str

    def __repr__(self) -> str:
        return f"{self.verdict.capitalize()}. {self.message}".rstrip()


class Hint(NamedTuple):
    """A mistake that was foreseen: how to recognise it, and what to say."""

    fits: Test
    message: str


def give_feedback(
    answer: Any, *, right: Test, praise: str, hints: list[Hint], otherwise: str
) -> Feedback:
    """Compare an answer with what is right and with the mistakes that were foreseen.

    Args:
        answer: the learner's answer; None counts as not answered.
        right: says whether an answer is right.
        praise: what a right answer shows.
        hints: the mistakes that were foreseen, the first that fits is told.
        otherwise: the hint for every other answer, a wrong type among them.

    Returns:
        The verdict, with a sentence.

    Example:
        >>> hints = [Hint(lambda answer: answer == 1, "Count the apostrophe as well.")]
        >>> give_feedback(
        ...     1, right=lambda answer: answer == 3, praise="Yes.", hints=hints, otherwise="No."
        ... )
        Hint. Count the apostrophe as well.
    """
    if answer is None:
        return Feedback(NOT_ANSWERED, "Put your answer in the place of None.")
    if _holds(right, answer):
        return Feedback(RIGHT, praise)
    for hint in hints:
        if _holds(hint.fits, answer):
            return Feedback(HINT, hint.message)
    return Feedback(HINT, otherwise)


def is_equal(expected: Any) -> Test:
    """Make a test for one value; True is no 1 here, and a tuple may stand for a list.

    Example:
        >>> is_equal([1, 2])((1, 2)), is_equal(1)(True)
        (True, False)
    """

    def test(answer: Any) -> bool:
        if isinstance(answer, tuple):
            answer = list(answer)
        return isinstance(answer, bool) == isinstance(expected, bool) and answer == expected

    return test


def _holds(test: Test, answer: Any) -> bool:
    # A wrong answer may be of any type, and a learner's function may raise anything: that is
    # no match, and the learner gets a hint in the place of a traceback.
    try:
        return bool(test(answer))
    except Exception:
        return False
