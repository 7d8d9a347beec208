"""The site's first page: the box that cuts what one types, the map, the cards."""

import re

import pytest
import tiktoken

from helpers.data import use_bundled_vocabulary
from notebook_files import FURTHER, NAMES, read_notebook, source

# White space of all kinds, letters of more than one token, contractions, digits, code, nothing.
HARD_TEXTS = [
    "",
    " ",
    "a\n\n  b\t\tc  ",
    "It's we'll I'D don't 'tis \u2019s",
    "兔子吃了很多萝卜。",
    "🐇👩‍👩‍👧 नमस्ते é e\u0301 ﷽",
    "1234567 + 89 = 1,234.5 ½ Ⅷ ٣",
    "def f(x):\n    return x ** 2  # \\s+",
    "<|endoftext|> stays a text",
    "nothing\u00a0breaks\u2003here  \u0085x  \ufeffx \u200b \x1c \ufffd",
    "a" * 200 + "!" * 50,
]


@pytest.fixture
def home(site, open_page):
    page = open_page()
    page.goto(f"{site}/index.html")
    return page


@pytest.mark.parametrize("text", HARD_TEXTS)
def test_the_box_cuts_as_tiktoken_does(text, home):
    use_bundled_vocabulary()
    expected = tiktoken.get_encoding("gpt2").encode(text, disallowed_special=())
    home.locator("#typed").fill(text)
    boxes = home.locator("#tokens small").all_text_contents()
    assert [int(token_id) for box in boxes for token_id in box.split(" | ")] == expected
    counted = home.locator("#counted").text_content()
    assert re.search(r", (\d+) tokens?$", counted)[1] == str(len(expected))
    shown = "".join(home.locator("#tokens code").all_text_contents())
    assert shown == text.replace(" ", "·").replace("\n", "↵").replace("\t", "→")


def test_the_first_text_is_the_sentence_of_the_map(home):
    assert home.locator("#tokens small").all_text_contents()[0] == "7454"
    assert home.locator("#counted").text_content() == "47 characters, 10 tokens"


@pytest.mark.parametrize("name", NAMES)
def test_a_row_of_the_map_opens_its_lesson(name, home):
    title = source(read_notebook(name)["cells"][0]).splitlines()[0].removeprefix("# ")
    row = home.locator(".map a").nth(NAMES.index(name))
    assert row.get_attribute("title") == title
    row.click()
    assert home.url.endswith(f"/notebooks/{name}.html")


def test_the_cards_name_all_lessons_and_the_list_all_further_notebooks(home):
    links = home.locator(".cards a, .further a").evaluate_all("all => all.map((a) => a.href)")
    assert [re.search(r"(\w+)\.html$", link)[1] for link in links] == [
        *NAMES,
        *(name.split("/")[-1] for name in FURTHER),
    ]
    home.locator(".cards li").last.scroll_into_view_if_needed()
    widths = "all => Promise.all(all.map(async (img) => (await img.decode(), img.naturalWidth)))"
    assert all(home.locator(".cards img").evaluate_all(widths))
