import re

import pytest

from lesson.figures import plot_word_order


def texts(figure):
    """What is written on the figure, in the order of drawing."""
    return [text.get_text() for text in figure.axes[0].texts]


@pytest.mark.mpl_image_compare
def test_figure_word_order():
    return plot_word_order(["you", "eat", "rabbit"], ["rabbit", "eat", "you"])


def test_only_a_word_that_stands_elsewhere_gets_another_vector():
    figure = plot_word_order(["you", "eat", "fish"], ["fish", "eat", "you"])
    assert figure.alt.endswith("Another vector: “you”, “fish”. The same vector: “eat”.")
    verdicts = [text for text in texts(figure) if "vector" in text]
    assert verdicts == ["another vector", "the same vector", "another vector"]
    assert "fish: P2 above, P0 below" in texts(figure)


def test_two_equal_sentences_have_the_same_vectors_throughout():
    alt = plot_word_order(["a", "b"], ["a", "b"]).alt
    assert alt.endswith("Another vector: none. The same vector: “a”, “b”.")


@pytest.mark.parametrize("words", [["a"], ["a", "a"], list("abcd")])
def test_a_sentence_needs_two_or_three_different_words(words):
    with pytest.raises(ValueError, match="expected 2 or 3 different words"):
        plot_word_order(words, words)


def test_the_second_sentence_has_the_words_of_the_first():
    with pytest.raises(ValueError, match=re.escape("words ['a', 'b'] again, but ['a', 'c'] came")):
        plot_word_order(["a", "b"], ["c", "a"])


def test_a_word_too_long_for_its_box_is_refused():
    with pytest.raises(ValueError, match="6 letters, but 'radishes' has 8"):
        plot_word_order(["radishes", "eat"], ["eat", "radishes"])
