import pytest

from helpers.bpe import BytePairTokenizer
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2
from lesson.figures.n04_data_sampling import plot_windows
from lesson.live import live_merges, live_tokens, live_windows

PIECES = [chr(ord("a") + i) for i in range(25)]
TOKEN_IDS = list(range(10_000, 10_025))


@pytest.fixture(scope="module")
def gpt2():
    return BytePairTokenizer.gpt2()


def test_typing_shows_other_tokens():
    tokenizer = SimpleTokenizerV2({"cat": 0, "the": 1, "<unk>": 2})
    field, picture = live_tokens(tokenizer, "the cat").children
    assert ">the<" in picture.value
    assert "2 tokens" in picture.value
    field.value = "cat <b> cat"
    assert ">the<" not in picture.value
    assert ">&lt;unk&gt;<" in picture.value
    assert "3 tokens" in picture.value


def test_the_end_of_a_text_is_refused_in_a_sentence(gpt2):
    field, picture = live_tokens(gpt2, "rabbit").children
    field.value = "rabbit<|endoftext|>"
    assert picture.value.startswith("<p>“&lt;|endoftext|&gt;” marks the border between two texts.")
    assert "disallowed" not in picture.value
    field.value = "rabbit<|endoftext|"
    assert ">abbit<" in picture.value


def test_an_unknown_word_is_answered_in_a_sentence():
    field, picture = live_tokens(SimpleTokenizerV1({"cat": 0, "the": 1}), "the cat").children
    field.value = "the dog"
    assert picture.value.startswith("<p>This tokenizer knows whole words only, ")
    field.value = "cat"
    assert ">cat<" in picture.value


def test_the_slider_applies_merges_one_by_one(gpt2):
    _, slider, picture = live_merges(gpt2, " the").children
    assert (slider.min, slider.max) == (0, 3)
    assert "no merge yet: single bytes" in picture.value
    slider.value = 1
    assert "merge 1 of GPT-2's list" in picture.value
    assert ">·t<" in picture.value
    slider.value = 3
    assert "merge 7 of GPT-2's list" in picture.value
    assert ">·the<" in picture.value


def test_the_slider_follows_the_word(gpt2):
    field, slider, picture = live_merges(gpt2, "unbelievability").children
    slider.value = slider.max
    for piece in ("un", "bel", "iev", "ability"):
        assert f">{piece}<" in picture.value
    assert ">1799<" in picture.value
    field.value = "cat"
    assert slider.max == len(gpt2.trace("cat")) - 1
    assert ">cat<" in picture.value


@pytest.mark.parametrize("typed", ["two words", "don't", ""])
def test_what_is_not_one_word_is_refused_in_a_sentence(gpt2, typed):
    field, _, picture = live_merges(gpt2, "cat").children
    field.value = typed
    assert picture.value.startswith("<p>Please type one word.")
    assert "split_words" not in picture.value


def test_the_sliders_move_the_windows():
    context_size, stride, batch_size, picture = live_windows(PIECES, TOKEN_IDS).children
    assert plot_windows(PIECES[:10], 5, 2, 3, TOKEN_IDS[:10]).alt in picture.value
    context_size.value, stride.value, batch_size.value = 8, 8, 3
    assert plot_windows(PIECES, 8, 8, 3, TOKEN_IDS).alt in picture.value
    batch_size.value = 1
    assert plot_windows(PIECES[:9], 8, 8, 1, TOKEN_IDS[:9]).alt in picture.value
