import pytest

from helpers.bpe import BytePairTokenizer
from helpers.tokenizer import SimpleTokenizerV1
from lesson.figures import plot_windows
from lesson.live import live_merges, live_tokens, live_windows

VOCAB = {"cat": 0, "the": 1}
PIECES = [chr(ord("a") + i) for i in range(25)]


def test_typing_shows_other_tokens():
    widget = live_tokens(SimpleTokenizerV1(VOCAB), "the cat")
    field, picture = widget.children
    assert ">the<" in picture.value
    assert "2 tokens" in picture.value
    field.value = "cat cat cat"
    assert ">the<" not in picture.value
    assert "3 tokens" in picture.value


def test_what_cannot_be_shown_is_said_in_the_picture():
    field, picture = live_tokens(SimpleTokenizerV1(VOCAB), "the cat").children
    field.value = "the <dog>"
    assert "token &#x27;&lt;dog&gt;&#x27; at position 1 is not in the vocabulary" in picture.value


@pytest.fixture(scope="module")
def gpt2():
    return BytePairTokenizer.gpt2()


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


def test_two_words_are_refused_in_the_picture(gpt2):
    field, _, picture = live_merges(gpt2, "cat").children
    field.value = "two words"
    assert "expected one word" in picture.value


def test_the_sliders_move_the_windows():
    context_size, stride, batch_size, picture = live_windows(PIECES).children
    start = plot_windows(PIECES[:10], 5, 2, 3)
    assert start.alt in picture.value
    context_size.value, stride.value, batch_size.value = 8, 8, 3
    assert plot_windows(PIECES, 8, 8, 3).alt in picture.value
    batch_size.value = 1
    assert plot_windows(PIECES[:9], 8, 8, 1).alt in picture.value


def test_too_few_pieces_are_refused():
    with pytest.raises(ValueError, match="over 25 pieces, but 24 came"):
        live_windows(PIECES[:24])
