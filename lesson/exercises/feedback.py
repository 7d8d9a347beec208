"""What a check says to an answer: not answered yet, right, or a hint that shows what differs."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from copy import deepcopy
from inspect import signature
from math import isclose
from traceback import extract_tb
from types import MappingProxyType
from typing import Any, NamedTuple

NOT_ANSWERED = "not answered yet"
RIGHT = "right"
HINT = "hint"

WIDTH = 160  # characters of a value that are shown
KINDS = {
    list: "a list",
    tuple: "a tuple",
    str: "a string",
    bytes: "bytes",
    dict: "a dictionary",
    Counter: "a dictionary",
    bool: "a truth value",
    int: "a number",
    float: "a number",
    type(None): "None",
}
NONE: Mapping = MappingProxyType({})

FUNCTION = "the function itself: its name, without brackets behind it or quotation marks around it"


class Feedback(NamedTuple):
    """The verdict on an answer (one of the three above) and what to say to the learner."""

    verdict: str
    message: str

    def __repr__(self) -> str:
        return f"{self.verdict.capitalize()}. {self.message}".rstrip()


def check_value(
    answer: Any,
    expected: Any,
    *,
    form: str,
    praise: str,
    slips: Mapping[str, Any] = NONE,
    otherwise: str,
) -> Feedback:
    """Compare an answer with the one value that is right.

    Args:
        answer: the learner's answer; None counts as not answered.
        expected: the right value; an answer is right in any form that `is_same` takes for it.
        form: what the exercise asks for, in words, for an answer of another type.
        praise: what a right answer shows.
        slips: what to say to wrong answers that are likely, each a value or a function that
            recognises it. The function is given lists for tuples, arrays and tensors.
        otherwise: what to say to every other answer.

    Example:
        >>> check_value("3", 3, form="a number", praise="Yes.", otherwise="No.")
        Hint. Your answer is a string, '3', but the exercise asks for a number.
    """
    if answer is None:
        return Feedback(NOT_ANSWERED, "Put your answer in the place of None.")
    given, answer, expected = answer, plain(answer), plain(expected)
    if is_same(answer, expected):
        return Feedback(RIGHT, praise)
    if not _same_kind(answer, expected):
        return wrong_form(given, form)
    for message, slip in slips.items():
        if slip(answer) if callable(slip) else is_same(answer, slip):
            return Feedback(HINT, message)
    if _strip(answer) == _strip(expected):
        return Feedback(
            HINT, "Right, but for white space at the beginning or the end of a string."
        )
    return Feedback(HINT, otherwise)


def check_function(
    answer: Any,
    model: Callable,
    cases: Iterable[tuple],
    *,
    praise: str,
    slips: Mapping[str, Callable] = NONE,
) -> Feedback:
    """Compare a learner's function with a model of it, call by call.

    Args:
        answer: the learner's function; None counts as not answered.
        model: a function that does it right; the names of its parameters are shown.
        cases: the arguments of each call. The first one that fails is shown.
        praise: what a right function shows.
        slips: what to say where the answer does the same as a wrong function in every case.

    Example:
        >>> check_function(str.split, lambda text: list(text), [("a b",)], praise="Yes.")
        Hint. Another result was expected.
            for:      text = 'a b'
            expected: ['a', ' ', 'b']
            came:     ['a', 'b']
    """
    if answer is None:
        return Feedback(NOT_ANSWERED, "Put your answer in the place of None.")
    if not callable(answer):
        return wrong_form(answer, FUNCTION)
    cases = list(cases)
    for case in cases:
        expected, came = _run(model, case), _run(answer, case)
        if not _equal(came, expected):
            hints = [
                message
                for message, slip in slips.items()
                if all(_alike(_run(answer, each), _run(slip, each)) for each in cases)
            ]
            named = zip(signature(model).parameters, case, strict=True)
            call = ",\n              ".join(f"{name} = {_shorten(value)}" for name, value in named)
            first, *lines = _compare(call, expected, came)
            return Feedback(HINT, "\n".join([" ".join([first, *hints[:1]]), *lines]))
    return Feedback(RIGHT, praise)


def plain(value: Any) -> Any:
    """Turn tuples, arrays, tensors and iterators into lists: the form does not matter."""
    if hasattr(value, "tolist") and not isinstance(value, type):
        value = value.tolist()  # of NumPy and torch, which need not be imported for it
    if isinstance(value, Iterable) and not isinstance(value, str | bytes | Mapping | Set | type):
        return [plain(each) for each in value]
    return value


def is_same(answer: Any, expected: Any) -> bool:
    """Compare values in any form; True is not 1, and decimal numbers may be rounded.

    Example:
        >>> is_same((1, 2), [1, 2]), is_same(True, 1)
        (True, False)
    """
    return _equal(plain(answer), plain(expected))


def _equal(answer: Any, expected: Any) -> bool:
    if isinstance(expected, list) and isinstance(answer, list):
        return len(answer) == len(expected) and all(map(_equal, answer, expected))
    if _kind(answer) != _kind(expected):
        return False
    if isinstance(expected, float):
        return isclose(answer, expected, rel_tol=1e-5, abs_tol=1e-6)
    return answer == expected


def wrong_form(answer: Any, form: str) -> Feedback:
    """Say what the answer is and what it should be."""
    shown = "" if callable(answer) else f", {_shorten(answer)}"
    message = f"Your answer is {_kind(answer)}{shown}, but the exercise asks for {form}."
    if bytes in map(type, answer if isinstance(answer, list | tuple) else [answer]):
        message += " Leave out the b before the quotation marks: it makes bytes of a string."
    return Feedback(HINT, message)


def _run(function: Callable, arguments: tuple) -> Any:
    """Return the result, or the exception that stopped the function."""
    try:
        return plain(function(*deepcopy(arguments)))
    except Exception as error:
        return error


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Exception):
        return type(one) is type(other) and str(one) == str(other)
    return _equal(one, other)


def _compare(call: str, expected: Any, came: Any) -> list[str]:
    """Say in lines what a call gave, and what it should have given."""
    if isinstance(came, Exception):
        frames = extract_tb(came.__traceback__)
        lines = [frame.line for frame in frames if frame.filename != __file__]
        return [
            f"Your function stopped with {_name(came)}",
            *(f"    in:       {line}" for line in lines[:1] if line),
            f"    for:      {call}",
            f"    expected: {_shorten(expected)}",
        ]
    if came is None:
        first = "Your function gives back None: it should end with return and the result."
    elif _kind(came) != _kind(expected):
        first = f"Your function should give back {_kind(expected)}, and gives {_kind(came)}."
    else:
        first = "Another result was expected."
    place = ""
    if _kind(came) == _kind(expected) and max(len(repr(came)), len(repr(expected))) > WIDTH:
        # A little of what is still right, too, so that the place can be found.
        before, unit = (1, "item") if isinstance(came, list) else (20, "character")
        start = _first_difference(came, expected) - before
        if start > 0:
            expected, came, place = expected[start:], came[start:], f"from {unit} {start} on: "
    return [
        first,
        f"    for:      {call}",
        f"    expected: {place}{_shorten(expected)}",
        f"    came:     {place}{_shorten(came)}",
    ]


def _name(error: Exception) -> str:
    """Name an exception as Python does, and say what to do about it."""
    message = str(error).split("\n")[0].rstrip(".")
    named = f"{type(error).__name__}: {message}".rstrip(": ") + "."
    if type(error) is NameError:
        named += " Run the cells above. If they have run, look at how the name is written."
    return named


def _first_difference(one: Sequence, other: Sequence) -> int:
    for i, (left, right) in enumerate(zip(one, other, strict=False)):
        if not is_same(left, right):
            return i
    return min(len(one), len(other))


def _shorten(value: Any) -> str:
    if hasattr(value, "tolist"):
        shown = f"{type(value).__name__.lower()}({value.tolist()})"  # in one line
    else:
        shown = repr(value)
    if len(shown) <= WIDTH:
        return shown
    if isinstance(value, str):
        return f"{value[:60]!r}... ({len(value):,} characters)"
    return f"{shown[:WIDTH]}..."


def _kind(value: Any) -> str:
    if type(value) in KINDS:
        return KINDS[type(value)]
    return "a function" if callable(value) else f"an object of the type {type(value).__name__}"


def _same_kind(answer: Any, expected: Any) -> bool:
    """Compare kinds, and those of the items of a list."""
    if isinstance(answer, list) and isinstance(expected, list):
        return {*map(_kind, answer)} <= {*map(_kind, expected)}
    return _kind(answer) == _kind(expected)


def _strip(value: Any) -> Any:
    if isinstance(value, list):
        return [_strip(each) for each in value]
    return value.strip() if isinstance(value, str) else value
