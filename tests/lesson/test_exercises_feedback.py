import numpy as np
import pytest
import torch

from lesson.exercises.feedback import Feedback, check_function, check_value, is_same
from lesson.exercises.progress import remember, show_progress

THREE = {
    "form": "a number",
    "praise": "Three.",
    "slips": {"One is too few.": 1, "That is too many.": lambda answer: answer > 3},
    "otherwise": "Count again.",
}


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        (None, "not answered yet", "Put your answer in the place of None."),
        (3, "right", "Three."),
        (1, "hint", "One is too few."),
        (4, "hint", "That is too many."),
        (2, "hint", "Count again."),
        ("3", "hint", "Your answer is a string, '3', but the exercise asks for a number."),
        (True, "hint", "Your answer is a truth value, True, but the exercise asks for a number."),
        (len, "hint", "Your answer is a function, but the exercise asks for a number."),
    ],
)
def test_each_answer_gets_its_feedback(answer, verdict, message):
    assert check_value(answer, 3, **THREE) == Feedback(verdict, message)


def test_feedback_reads_as_a_sentence():
    assert repr(Feedback("hint", "Look again.")) == "Hint. Look again."
    assert repr(Feedback("right", "")) == "Right."


SAME = [
    (1, (1.0, np.int64(1), np.float32(1), np.array(1), torch.tensor(1))),
    (0.1, (np.float32(0.1), torch.tensor(0.1))),
    ([1, 2], ((1, 2), np.array([1, 2]), torch.tensor([1, 2]), range(1, 3), iter([1, 2]))),
    ([[1], [2]], (([1], [2]), [torch.tensor([1]), (2,)], torch.tensor([[1], [2]]))),
    ("a", (np.str_("a"),)),
    (["a", "b"], (("a", "b"), np.array(["a", "b"]))),
]
DIFFERENT = [
    (1, (True, "1", [1], 1.1, None, float("nan"))),
    (0.1, (0.11, "0.1", np.array([0.1]))),
    ([1, 2], ([2, 1], [1, 2, 3], [1], {1, 2}, [[1, 2]], "12", [True, 2])),
    (["a"], ("a", [b"a"], ["a "], {"a": 1})),
]


@pytest.mark.parametrize(("expected", "forms"), SAME)
def test_the_form_of_an_answer_does_not_matter(expected, forms):
    for answer in forms:
        assert is_same(answer, expected), answer


@pytest.mark.parametrize(("expected", "others"), DIFFERENT)
def test_other_values_and_other_types_are_not_the_same(expected, others):
    for answer in others:
        assert not is_same(answer, expected), answer


def double(numbers):
    return [2 * number for number in numbers]


def check_double(answer):
    cases = [([1, 2],), ([3],), (list(range(200)),)]
    return check_function(
        answer,
        double,
        cases,
        praise="Yes.",
        slips={"Not the list.": lambda numbers: numbers * 2},
    )


def fail_on_three(numbers):
    if 3 in numbers:
        raise RuntimeError("three\nor more")
    return double(numbers)


def forget_a_value(numbers):
    if not numbers:
        doubled = []
    return doubled


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (
            double(range(3)),
            "Your answer is a list, [0, 2, 4], but the exercise asks for the function "
            "itself: its name, without brackets behind it or quotation marks around it.",
        ),
        (
            print,
            "Your function gives back None: it should end with return and the result.\n"
            "    for:      numbers = [1, 2]\n"
            "    expected: [2, 4]\n    came:     None",
        ),
        (
            str,
            "Your function should give back a list, and gives a string.\n"
            "    for:      numbers = [1, 2]\n    expected: [2, 4]\n    came:     '[1, 2]'",
        ),
        (
            lambda numbers: double(numbers[:2]),
            "Another result was expected.\n"
            "    for:      numbers = " + str(list(range(200)))[:160] + "...\n"
            "    expected: from item 1 on: " + str(double(range(1, 200)))[:160] + "...\n"
            "    came:     from item 1 on: [2]",
        ),
        (
            lambda numbers: numbers * 2,
            "Another result was expected. Not the list.\n"
            "    for:      numbers = [1, 2]\n    expected: [2, 4]\n    came:     [1, 2, 1, 2]",
        ),
        (
            fail_on_three,
            "Your function stopped with RuntimeError: three.\n"
            '    in:       raise RuntimeError("three\\nor more")\n'
            "    for:      numbers = [3]\n    expected: [6]",
        ),
        (
            lambda: [],
            "Your function stopped with TypeError: <lambda>() takes 0 positional arguments "
            "but 1 was given.\n    for:      numbers = [1, 2]\n    expected: [2, 4]",
        ),
        (
            forget_a_value,
            "Your function stopped with UnboundLocalError: cannot access local variable "
            "'doubled' where it is not associated with a value.\n    in:       return doubled\n"
            "    for:      numbers = [1, 2]\n    expected: [2, 4]",
        ),
        (
            lambda numbers: pattern,  # noqa: F821
            "Your function stopped with NameError: name 'pattern' is not "
            "defined. Run the cells above. If they have run, look at how the name is written.",
        ),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_function_is_told_where_it_fails(answer, message):
    feedback = check_double(answer)
    assert feedback.verdict == "hint"
    assert feedback.message.startswith(message)


def test_a_slip_is_named_only_where_the_answer_does_the_same_in_every_case():
    message = check_double(lambda numbers: numbers * 2 if len(numbers) > 1 else [0]).message
    assert "Not the list." not in message


def test_a_function_may_spoil_what_it_is_given():
    def answer(numbers):
        return [2 * numbers.pop(0) for _ in range(len(numbers))]

    assert check_double(answer).verdict == "right"


def test_an_interrupt_stops_the_check():
    def interrupted(numbers):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        check_double(interrupted)


def test_the_place_of_a_difference_in_a_long_text_is_shown():
    feedback = check_function(
        lambda text: text[:300], lambda text: text, [("ab" * 200,)], praise="Yes."
    )
    assert f"came:     from character 280 on: {'ab' * 10!r}" in feedback.message
    assert f"for:      text = {'ab' * 30!r}... (400 characters)" in feedback.message


def test_progress_counts_the_last_verdict_of_each_check(monkeypatch):
    monkeypatch.setattr("lesson.exercises.progress.VERDICTS", {})

    @remember
    def check_a(answer):
        return Feedback("right" if answer == 1 else "hint", "")

    @remember
    def check_b(answer):
        return Feedback("hint", "")

    for check, answer in [(check_a, 2), (check_b, 2), (check_a, 1)]:
        check(answer)
    assert repr(show_progress()) == "■□  1 of 2 right\n    open: check_b"
    check_a(2)
    assert repr(show_progress()).startswith("□□  0 of 2 right")
