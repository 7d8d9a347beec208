from html.parser import HTMLParser

import pytest
import tiktoken
from hypothesis import example, given
from hypothesis import strategies as st

from helpers.data import use_bundled_vocabulary
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2
from lesson.figures.viewer import LINE_WIDTH, make_visible, view_ids, view_tokens
from notebook_files import FURTHER, NAMES, code_cells, read_notebook

use_bundled_vocabulary()
GPT2 = tiktoken.get_encoding("gpt2")
VOCAB = {"cat": 0, "the": 1, "<unk>": 2}


class GitHub(HTMLParser):
    """Reads a page as GitHub shows it: some tags alone, and no style or class."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.open, self.tables = [], []

    def handle_starttag(self, tag, attrs):
        assert tag in {"table", "tr", "td", "code"}
        assert {name for name, _ in attrs} <= {"style"}
        self.open.append(tag)
        if tag == "table":
            self.tables.append([])
        elif tag == "tr":
            self.tables[-1].append([])
        elif tag == "td":
            self.tables[-1][-1].append("")

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        if data.strip():
            assert self.open == ["table", "tr", "td", "code"]
            self.tables[-1][-1][-1] += data


def read_on_github(view) -> list[list[list[str]]]:
    """Return the cells, row by row, of each table of the view."""
    return read_page(view._repr_html_())


def read_page(html: str) -> list[list[list[str]]]:
    page = GitHub()
    page.feed(html)
    page.close()
    assert page.open == []
    return page.tables


def read_back(view) -> tuple[list[str], list[int]]:
    """Return the pieces and the ids that the tables show."""
    pieces, token_ids = [], []
    for upper, lower in read_on_github(view):
        assert len(upper) == len(lower)
        pieces += upper
        token_ids += [int(i) for cell in lower for i in cell.strip("[]").split(" | ")]
    return pieces, token_ids


def stored_outputs():
    for name in [*NAMES, *FURTHER]:
        for cell in code_cells(read_notebook(name)):
            for output in cell["outputs"]:
                if "text/html" in output.get("data", {}):
                    yield f"{name}, {cell['id']}", output["data"]


def test_the_tokens_of_every_stored_page_are_read_back():
    pages = list(stored_outputs())
    assert len(pages) > 5
    for name, data in pages:
        shown = ["".join(row) for table in read_page("".join(data["text/html"])) for row in table]
        printed = ["".join(line.split()) for line in "".join(data["text/plain"]).splitlines()]
        assert ["".join(row.split()) for row in shown] == list(filter(None, printed)), name


def test_words_stand_over_their_ids():
    view = view_tokens("the cat", SimpleTokenizerV1(VOCAB))
    assert repr(view) == "the  cat\n1    0"
    assert read_on_github(view) == [[["the", "cat"], ["1", "0"]]]


def test_spaces_and_line_breaks_are_visible():
    view = view_tokens("four  Rabbits\n\t", GPT2)
    assert repr(view) == "four   ·    ·Rabb  its  ↵    →\n14337  220  22502  896  198  197"


def test_tokens_that_share_a_character_stand_together_with_their_bytes():
    view = view_tokens("a 🐰", GPT2)
    assert repr(view) == "a   ·🐰[20 f0 9f | 90 | b0]\n64  [12520 | 238 | 108]"
    assert read_back(view) == (["a", "·🐰[20 f0 9f | 90 | b0]"], [64, 12520, 238, 108])


def test_a_part_of_a_character_alone_is_the_replacement_character():
    assert repr(view_ids([12520, 64], GPT2)) == "·�     a\n12520  64"


def test_a_character_without_a_shape_is_named():
    assert "U+200D[e2 80 | 8d]" in repr(view_tokens("\u200d", GPT2))


def test_the_unknown_token_is_shown_as_such():
    view = view_tokens("the <dog> & cat", SimpleTokenizerV2(VOCAB))
    assert read_on_github(view)[0][0] == ["the", "<unk>", "<unk>", "cat"]


def test_cells_alternate_and_have_a_border():
    page = view_tokens("the cat the", SimpleTokenizerV1(VOCAB))._repr_html_()
    shades = [part[:7] for part in page.split("<td ")[1:4] for part in part.split("ground:")[1:2]]
    assert shades[0] == shades[2] != shades[1]
    assert page.count("border:1px solid") == 6


def test_an_empty_text_has_an_empty_view():
    view = view_tokens("", GPT2)
    assert (repr(view), read_on_github(view)) == ("\n", [])


@given(st.text())
@example("<td>&amp;</table><script>")
@example("Rabbit " * 40)
def test_the_tokens_of_any_text_are_read_back(text):
    token_ids = GPT2.encode_ordinary(text)
    view = view_ids(token_ids, GPT2)
    pieces, ids = read_back(view)
    assert ids == token_ids
    if text.isascii() and make_visible(text).isprintable():
        assert "".join(pieces) == make_visible(text)
    lines = repr(view).splitlines()
    assert all(len(line) <= LINE_WIDTH or line.split("  ")[0] == line for line in lines)
    assert len(read_on_github(view)) == (len(lines) + 1) // 3


@pytest.mark.parametrize("n", [1, 40])
def test_a_line_that_is_full_goes_on_in_a_new_table(n):
    view = view_tokens("Rabbit " * n, GPT2)
    widths = [
        sum(max(map(len, pair)) + 2 for pair in zip(*table, strict=True))
        for table in read_on_github(view)
    ]
    assert max(widths) <= LINE_WIDTH
    assert (len(widths) == 1) == (n == 1)
