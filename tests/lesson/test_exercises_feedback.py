import pytest

from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

PARTS = {
    "right": is_equal(3),
    "praise": "Three.",
    "hints": [
        Hint(is_equal(1), "One is too few."),
        Hint(lambda answer: answer > 3, "That is too many."),
    ],
    "otherwise": "Give a number.",
}


@pytest.mark.parametrize(
    ("answer", "verdict", "message"),
    [
        (None, "not answered yet", "Put your answer in the place of None."),
        (3, "right", "Three."),
        (1, "hint", "One is too few."),
        (4, "hint", "That is too many."),
        (2, "hint", "Give a number."),
        ("three", "hint", "Give a number."),
    ],
)
def test_each_answer_gets_its_feedback(answer, verdict, message):
    assert give_feedback(answer, **PARTS) == Feedback(verdict, message)


def test_feedback_reads_as_a_sentence():
    assert repr(Feedback("hint", "Look again.")) == "Hint. Look again."
    assert repr(Feedback("right", "")) == "Right."


def test_a_function_that_fails_is_a_wrong_answer():
    def answer(text):
        raise RuntimeError(text)

    parts = PARTS | {"right": lambda function: function("x") == "y"}
    assert give_feedback(answer, **parts) == Feedback("hint", "Give a number.")


def test_equality_tells_true_from_one_and_takes_a_tuple_for_a_list():
    assert is_equal(1)(1)
    assert not is_equal(1)(True)
    assert is_equal(True)(True)
    assert is_equal([1, 2])((1, 2))
    assert not is_equal([1, 2])([2, 1])
