from html.parser import HTMLParser

import pytest
import tiktoken
from hypothesis import given
from hypothesis import strategies as st

from helpers.data import use_bundled_vocabulary
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2
from lesson.figures.viewer import TEXT_WIDTH, TokenView, view_ids, view_tokens

use_bundled_vocabulary()
GPT2 = tiktoken.get_encoding("gpt2")
VOCAB = {"cat": 0, "the": 1, "<unk>": 2}


class Reader(HTMLParser):
    """Collects the text of a page and checks that every tag is closed in its turn."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.texts = [], []

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        assert [name for name, _ in attrs] == ["style"]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.texts.append(data)


def read_html(view):
    reader = Reader()
    reader.feed(view._repr_html_())
    reader.close()
    assert reader.open == []
    return reader.texts


def test_words_stand_over_their_ids():
    view = view_tokens("the cat", SimpleTokenizerV1(VOCAB))
    assert repr(view) == "the  cat\n1    0"
    assert read_html(view) == ["the", "1", "cat", "0"]


def test_spaces_and_line_breaks_are_visible():
    view = view_tokens("four  Rabbits\n", GPT2)
    assert repr(view) == "four   ·    ·Rabb  its  ↵\n14337  220  22502  896  198"


def test_tokens_that_share_a_character_stand_together_with_their_bytes():
    view = view_tokens("a 🐰", GPT2)
    assert repr(view) == "a   ·🐰[20 f0 9f | 90 | b0]\n64  [12520 | 238 | 108]"
    assert read_html(view) == ["a", "64", "·🐰", "20 f0 9f", "12520", "90", "238", "b0", "108"]


def test_a_part_of_a_character_alone_is_the_replacement_character():
    assert repr(view_ids([12520, 64], GPT2)) == "·�     a\n12520  64"


def test_a_character_without_a_shape_is_named():
    assert "U+200D[e2 80 | 8d]" in repr(view_tokens("\u200d", GPT2))


def test_the_unknown_token_is_shown_as_such():
    view = view_tokens("the <dog> & cat", SimpleTokenizerV2(VOCAB))
    assert repr(view).splitlines()[0] == "the  <unk>  <unk>  cat"
    assert "&lt;unk&gt;" in view._repr_html_()


def test_boxes_alternate_and_have_a_border():
    page = view_tokens("the cat the", SimpleTokenizerV1(VOCAB))._repr_html_()
    shades = [part[:7] for part in page.split("white-space:pre;background:")[1:]]
    assert shades[0] == shades[2] != shades[1]
    assert page.count("border:1px solid") == 3


def test_an_empty_text_has_an_empty_view():
    view = view_tokens("", GPT2)
    assert repr(view) == "\n"
    assert read_html(view) == []


def test_a_stranger_is_refused():
    class Splitter:
        def encode(self, text):
            return text.split()

    with pytest.raises(TypeError, match=r"expected a tokenizer with .* but a Splitter came"):
        view_tokens("the cat", Splitter())


@given(st.text())
def test_no_id_is_lost_and_the_page_is_valid(text):
    token_ids = GPT2.encode(text, disallowed_special=())
    view = view_tokens(text, GPT2) if "<|" not in text else view_ids(token_ids, GPT2)
    assert [token_id for piece in view.pieces for token_id in piece.token_ids] == token_ids
    shown = read_html(view)
    assert [part for part in shown if part.isascii() and part.isdigit()] or not token_ids
    narrow = all(len(line) <= TEXT_WIDTH for line in repr(view).splitlines())
    assert narrow or any(piece.shared for piece in view.pieces) or len(view.pieces) == 1


def test_long_rows_are_broken():
    view = view_tokens("Rabbit " * 40, GPT2)
    assert isinstance(view, TokenView)
    assert max(map(len, repr(view).splitlines())) <= TEXT_WIDTH
