"""The map: a text on its way through all stages, in numbers, in words and in the picture."""

import re
from functools import cache
from itertools import combinations

import pytest
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from helpers.bpe import BytePairTokenizer
from helpers.tokenizer import build_vocab
from lesson.figures.road import SENTENCE, plot_map
from lesson.figures.style import DPI
from lesson.journey import travel
from lesson.live import live_journey
from notebook_files import NAMES


@cache
def make_parts():
    """GPT-2's tokenizer, and the tables of notebook 07."""
    torch.manual_seed(123)
    token_table = torch.nn.Embedding(50257, 768).weight
    torch.manual_seed(123)
    return BytePairTokenizer.gpt2(), token_table, torch.nn.Embedding(1024, 768).weight


def draw(text):
    return plot_map("07_input_embedding", travel(text, *make_parts()))


def read_boxes(figure) -> list[tuple[str, float, float]]:
    """Return the text, the left and the right edge of each box."""
    texts = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    boxes = []
    for each in figure.axes[0].patches:
        if isinstance(each, Rectangle) and each.get_fill():  # not the border of a whole row
            left, width = each.get_x(), each.get_width()
            middle = left + width / 2, each.get_y() + each.get_height() / 2
            if middle in texts:
                boxes.append((texts[middle], round(left, 6), round(left + width, 6)))
    return boxes


def check_places(figure):
    """Every text stands on the page, away from others, and in a box or outside of it."""
    figure.set_dpi(DPI)
    axes, renderer = figure.axes[0], FigureCanvasAgg(figure).get_renderer()
    boxes = [each.get_window_extent() for each in axes.patches if isinstance(each, Rectangle)]
    places = [text.get_window_extent(renderer) for text in axes.texts if text.get_text().strip()]
    for place in places:
        assert holds(figure.bbox, place)
        assert all(holds(each, place) or not each.overlaps(place) for each in boxes)
    assert not any(one.overlaps(other) for one, other in combinations(places, 2))


def holds(outer, inner) -> bool:
    wide = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return wide and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def test_the_numbers_of_the_map_are_those_of_the_pipeline():
    assert (
        plot_map("01_tokenize").alt
        == plot_map("01_tokenize", travel(SENTENCE.text, *make_parts())).alt
    )


@pytest.mark.parametrize("name", NAMES)
def test_the_map_lights_the_stage_of_its_notebook(name):
    figure = plot_map(name)
    assert re.search(r"Lit: .*\(notebook (\d\d)\)\.$", figure.alt)[1] == name[:2]
    check_places(figure)


@settings(max_examples=10)
@given(st.text(min_size=1, max_size=40))
@example("don't stop... it's 3:15--now!")
@example("A rabbit \N{RABBIT}\N{GRINNING FACE}")
@example("兔子吃了很多萝卜。")
@example("   ")
@example("W" * 500)
def test_the_map_is_whole_for_every_text(text):
    check_places(draw(text))


def test_words_stand_over_their_pieces():
    boxes = {text: (left, right) for text, left, right in read_boxes(draw("Rabbits don't"))}
    assert boxes["Rabbits"] == (boxes["R"][0], boxes["its"][1])
    assert boxes["'"][0], boxes["t"][1] == boxes["'t"]
    assert boxes["'"][1] == boxes["t"][0]


def test_an_unknown_word_part_of_a_character_and_the_end_are_shown_as_such():
    figure = draw("a 兔")
    assert "02, word ids: 46, no id." in figure.alt
    assert "03, subwords: “a”, “<20 E5>”, “<85>”, “<94>”, with the ids 64" in figure.alt
    assert re.search(r"the input 64, (\d+, \d+, \d+) and its target \1, \?\.", figure.alt)
    assert "the target: the text ends at ?" in [text.get_text() for text in figure.axes[0].texts]


def test_what_is_left_out_is_counted():
    figure = draw("one two three " * 4)
    assert "and 2 more; 02, word ids: " in figure.alt
    assert "and 3 more, with the ids" in figure.alt
    assert "the first 10 of 13 subwords" in [text.get_text() for text in figure.axes[0].texts]
    assert " more" not in plot_map("01_tokenize").alt


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "Please type a text"),
        ("a<|endoftext|>b", "“<|endoftext|>” marks the border between two texts"),
        (
            " a" * 1025,
            "This text has 1,025 tokens, but there are vectors for 1,024 positions only.",
        ),
    ],
)
def test_what_cannot_travel_is_answered_in_a_sentence(text, message):
    with pytest.raises(ValueError, match=re.escape(message)):
        travel(text, *make_parts())


def test_a_text_as_long_as_the_position_table_travels():
    assert len(travel(" a" * 1024, *make_parts()).token_ids) == 1024


def test_typing_draws_another_map():
    vocab = build_vocab("the cat")
    field, picture = live_journey(*make_parts(), vocab, "the cat").children
    assert "02, word ids: 1, 0." in picture.value
    field.value = "the owl"
    assert "02, word ids: 1, no id." in picture.value
    field.value = "the<|endoftext|>"
    assert picture.value.startswith("<p>“&lt;|endoftext|&gt;” marks the border between two texts")


@pytest.mark.mpl_image_compare(tolerance=0.5)
def test_figure_map_of_a_text_with_bytes():
    return draw("don't eat \N{RABBIT}, \N{GRINNING FACE} said Flopsy")
