import pytest
import torch

from helpers.bpe import BytePairTokenizer
from lesson.figures.n04_data_sampling import plot_windows
from lesson.live import live_journey, live_training, live_windows

PIECES = [chr(ord("a") + i) for i in range(25)]
TOKEN_IDS = list(range(10_000, 10_025))


def test_a_text_that_cannot_be_shown_is_answered_in_a_sentence():
    tables = torch.rand(50_257, 2), torch.rand(1024, 2)
    journey = live_journey(BytePairTokenizer.gpt2(), *tables, {"cat": 0}, "the cat")
    field, picture = journey.children
    for text, answer in [
        ("", "Please type a text: an empty one has no tokens."),
        ("cat" + " cat" * 2500, "This text has 2,501 tokens, but there are vectors for 1,024 "),
        ("a<|endoftext|>b", "“&lt;|endoftext|&gt;” marks the border between two texts, "),
        ("a\ud83d", "Half of a character has come in, "),
    ]:
        field.value = text
        assert picture.value.startswith(f"<p>{answer}")
    field.value = "a 🐇"
    assert "subwords: “a”" in picture.value


@pytest.fixture
def training():
    row, again, said, picture = live_training([" the"] * 3 + [" he"] * 2 + [" to", " to"]).children
    return row.children, again, said, picture


def offered(buttons):
    return [button.description for button in buttons if button.layout.display != "none"]


def press(buttons, description):
    next(button for button in buttons if button.description == description).click()


def test_choosing_a_pair_merges_it_and_changes_the_counts(training):
    buttons, _, said, picture = training
    assert offered(buttons) == ["· + t: 5", "t + h: 3", "h + e: 5", "· + h: 2", "t + o: 2"]
    assert "24 tokens now." in said.value
    press(buttons, "· + t: 5")
    assert "“·” and “t”, which occurs 5 times. The plain method takes it, too." in said.value
    assert "19 tokens now. The plain method has 19 after as many merges." in said.value
    assert offered(buttons) == ["·t + h: 3", "h + e: 5", "· + h: 2", "·t + o: 2"]
    assert "merge 0, 5 times: ·t|h|e ·|h|e ·t|o." in picture.value


def test_another_choice_is_allowed_and_its_cost_is_named(training):
    buttons, again, said, picture = training
    press(buttons, "t + h: 3")
    assert "3 times. The plain method takes the pair “·” and “t”, 5 times." in said.value
    assert "21 tokens now. The plain method has 19 after as many merges." in said.value
    again.click()
    press(buttons, "h + e: 5")
    assert "So does the pair “·” and “t”, and our method takes the first" in said.value
    assert "merge 0, 5 times: ·|t|he ·|he ·|t|o." in picture.value


def test_the_choice_ends_when_every_word_is_one_token(training):
    buttons, _, said, _ = training
    for _ in range(6):
        press(buttons, offered(buttons)[0])
    assert offered(buttons) == []
    assert "7 tokens now" in said.value


def test_the_sliders_move_the_windows():
    context_size, stride, batch_size, picture = live_windows(PIECES, TOKEN_IDS).children
    assert plot_windows(PIECES[:10], 5, 2, 3, TOKEN_IDS[:10]).alt in picture.value
    context_size.value, stride.value, batch_size.value = 8, 8, 3
    assert plot_windows(PIECES, 8, 8, 3, TOKEN_IDS).alt in picture.value
    batch_size.value = 1
    assert plot_windows(PIECES[:9], 8, 8, 1, TOKEN_IDS[:9]).alt in picture.value
