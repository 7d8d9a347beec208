from itertools import pairwise

import pytest

from helpers.tokenizer import tokenize
from lesson.figures import plot_vocabulary_lookup

VOCAB = {",": 0, "cat": 1, "dog": 2, "mouse": 3, "saw": 4, "the": 5, "<unk>": 6}


@pytest.mark.mpl_image_compare
def test_figure_vocabulary_lookup():
    return plot_vocabulary_lookup(tokenize("the mouse, the cat"), VOCAB)


@pytest.mark.mpl_image_compare
def test_figure_vocabulary_lookup_of_unknown_tokens():
    return plot_vocabulary_lookup(tokenize("the owl saw the altogether-cat"), VOCAB, follow=1)


def test_the_description_pairs_each_token_with_its_id():
    assert plot_vocabulary_lookup(["the", "cat"], VOCAB).alt == (
        "Tokens and ids, joined through a table of 7 rows. Both ways: “the” 5, “cat” 1."
    )


def test_the_description_names_the_tokens_with_no_way_back():
    assert plot_vocabulary_lookup(["a", "cat", "ran"], VOCAB).alt.endswith(
        "Both ways: “cat” 1. One way only, to the row “<unk>” 6: “a”, “ran”."
    )


def test_the_description_of_unknown_tokens_alone_has_no_empty_list():
    assert plot_vocabulary_lookup(["a"], VOCAB).alt == (
        "Tokens and ids, joined through a table of 7 rows. "
        "One way only, to the row “<unk>” 6: “a”."
    )


def drawn_texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_rows_that_no_token_looks_up_are_left_out_except_the_first_and_the_last():
    texts = drawn_texts(plot_vocabulary_lookup(["dog"], VOCAB))
    assert [text for text in texts if text in VOCAB] == [",", "dog", "<unk>", "dog"]


def test_rows_left_out_leave_a_mark_and_neighbours_do_not():
    assert drawn_texts(plot_vocabulary_lookup(["dog"], VOCAB)).count("⋮") == 4  # 2 a gap
    assert "⋮" not in drawn_texts(plot_vocabulary_lookup(["cat", "dog"], {"cat": 0, "dog": 1}))


def test_rows_stand_in_the_order_of_their_ids_whatever_the_order_of_the_vocabulary():
    heights = {
        text.get_text(): text.get_position()[1]
        for text in plot_vocabulary_lookup(["b"], {"c": 2, "a": 0, "b": 1}).axes[0].texts
    }
    assert heights["0"] > heights["2"]


def test_tokens_keep_apart_even_if_there_are_more_of_them_than_rows():
    texts = plot_vocabulary_lookup(["cat"] * 12, {"cat": 0}).axes[0].texts
    middles = [text.get_position()[1] for text in texts if text.get_text() == "cat"][1:]
    steps = [above - below for above, below in pairwise(middles)]
    assert steps == pytest.approx([0.46] * 11)


def test_another_token_can_stand_for_the_unknown_ones():
    figure = plot_vocabulary_lookup(["owl"], {"cat": 0, "?": 1}, unknown="?")
    assert figure.alt.endswith("One way only, to the row “?” 1: “owl”.")


@pytest.mark.parametrize("tokens", [[], ["cat"] * 13])
def test_a_number_of_tokens_that_does_not_fit_is_refused(tokens):
    with pytest.raises(ValueError, match=f"holds 1 to 12 tokens, but {len(tokens)} came"):
        plot_vocabulary_lookup(tokens, VOCAB)


@pytest.mark.parametrize("follow", [-1, 2])
def test_a_position_that_no_token_has_cannot_be_followed(follow):
    with pytest.raises(ValueError, match=f"follow must be from 0 to 1, but {follow} came"):
        plot_vocabulary_lookup(["the", "cat"], VOCAB, follow=follow)


@pytest.mark.parametrize("tokens", [["unbelievability"], ["a"]])
def test_a_text_too_long_for_its_box_is_refused_in_tokens_and_in_rows(tokens):
    vocab = {"a": 0, "unbelievability": 1}  # 15 characters
    with pytest.raises(ValueError, match="at most 14 characters, but 'unbelievability' has 15"):
        plot_vocabulary_lookup(tokens, vocab)


def test_a_token_without_any_row_is_refused():
    with pytest.raises(ValueError, match="token 'owl' is not in the vocabulary, and neither is"):
        plot_vocabulary_lookup(["owl"], {"cat": 0})


def test_an_id_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="no id may come twice: 2 tokens have 1 ids"):
        plot_vocabulary_lookup(["cat"], {"cat": 0, "dog": 0})
