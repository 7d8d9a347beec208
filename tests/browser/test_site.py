"""The built site (make site) as a reader meets it: offline, complete, readable by everyone."""

import ast
import os
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote, urldefrag

import pytest

from notebook_files import FURTHER, NAMES, ROOT, code_cells, output_text, read_notebook

SITE = ROOT / "docs/site/_build/html"
AXE = Path(os.environ.get("AXE_CORE", ROOT / "docs/node_modules/axe-core/axe.min.js"))
# Before the site is built there is one page, which is missing: each test says so.
PAGES = sorted(
    path.relative_to(SITE).as_posix()
    for path in SITE.rglob("*.html")
    if "_static" not in path.parts
) or ["index.html"]
# One of each make: the pages of the reference are all alike, index.html is a copy of README.html.
REFERENCE = [page for page in PAGES if "/api/" in page]
MAKES = [page for page in PAGES if page not in [*REFERENCE[1:], "README.html"]]
MODES = [("light", 1280), ("dark", 390)]

# What a page holds, as the browser sees it when all scripts have run.
READ = """() => {
    const all = (what) => [...document.querySelectorAll(what)];
    return {
        headings: all("main :is(h1, h2, h3, h4, h5, h6)")
            .filter((e) => e.checkVisibility())
            .map((e) => Number(e.tagName[1])),
        ids: all("[id]").map((e) => e.id),
        links: all("a[href], form[action]").map((e) => e.href || e.action),
        sources: all("link[href], [src]").map((e) => e.href || e.src),
        images: all("article img").map((e) => e.alt),
        viewers: all(".output.text_html").length,
        altered: all("article p code")
            .filter((e) => e.checkVisibility())
            .map((e) => [e.textContent, e.innerText])
            .filter(([written, seen]) => written !== seen),
        text: document.querySelector("article")?.textContent ?? "",
    };
}"""
FIND = """async () => {
    const { violations } = await axe.run();
    return violations
        .filter((rule) => ["serious", "critical"].includes(rule.impact))
        .flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html}\\n${
            node.failureSummary}`));
}"""


@pytest.fixture(scope="session")
def axe():
    if not AXE.exists():
        pytest.fail(
            "axe-core is missing: run `npm install --no-audit --no-fund`, "
            "or name the file axe.min.js in AXE_CORE"
        )
    return AXE.read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def read_page(site, browser):
    """A function that visits a page once: what it holds, what it asks for, what goes wrong."""
    seen = {}

    def visit(name: str) -> dict:
        page = browser.new_page()
        requests, errors = [], []
        page.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)
        page.goto(f"{site}/{name}", wait_until="networkidle")
        found = page.evaluate(READ)
        page.close()
        return found | {"requests": requests, "errors": errors}

    def read(name: str) -> dict:
        if name not in seen:
            seen[name] = visit(name)
        return seen[name]

    return read


def read_outputs(name: str) -> list[dict]:
    """The outputs of a notebook but for those that tell nothing to who cannot answer."""
    left_out = ("answer-", "show-progress")
    shown = [c for c in code_cells(read_notebook(name)) if not c["id"].startswith(left_out)]
    return [output for cell in shown for output in cell["outputs"]]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_nobody_else(name, read_page, site):
    page = read_page(name)
    asked = page["requests"] + page["sources"]
    assert page["requests"]
    assert [url for url in asked if not url.startswith((f"{site}/", "data:"))] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_without_an_error(name, read_page):
    assert read_page(name)["errors"] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_leads_to_a_place_that_exists(name, read_page, site):
    inside = [link for link in read_page(name)["links"] if link.startswith(f"{site}/")]
    assert inside
    for link in inside:
        target, place = map(unquote, urldefrag(link.removeprefix(f"{site}/")))
        assert (SITE / target).is_file(), link
        assert not place or place in read_page(target)["ids"], link


@pytest.mark.parametrize("name", PAGES)
def test_headings_descend_without_gaps(name, read_page):
    headings = read_page(name)["headings"]
    assert headings.count(1) == 1
    assert headings[0] == 1
    steps = [after - before for before, after in pairwise(headings)]
    assert max(steps, default=0) <= 1


@pytest.mark.parametrize(("scheme", "width"), MODES)
@pytest.mark.parametrize("name", MAKES)
def test_axe_finds_nothing_serious(name, scheme, width, site, axe, open_page):
    page = open_page(width=width, scheme=scheme)
    page.goto(f"{site}/{name}")
    page.evaluate("document.querySelectorAll('article details').forEach((e) => { e.open = true })")
    page.evaluate(axe)
    assert page.evaluate(FIND) == []


@pytest.mark.parametrize("name", MAKES)
def test_a_phone_shows_a_page_without_scrolling_sideways(name, site, open_page):
    page = open_page(width=390, height=844)
    page.goto(f"{site}/{name}")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_the_navigation_lists_the_notebooks_in_order(site, open_page):
    page = open_page()
    page.goto(f"{site}/index.html")
    links = page.locator("nav.bd-docs-nav a").evaluate_all("all => all.map((a) => a.href)")
    expected = [f"{site}/notebooks/{name}.html" for name in [*NAMES, *FURTHER]]
    assert [link for link in links if "/notebooks/" in link] == expected


@pytest.mark.parametrize(("before", "after"), list(pairwise(NAMES)))
def test_a_notebook_leads_to_the_next(before, after, site, open_page):
    page = open_page()
    page.goto(f"{site}/notebooks/{before}.html")
    page.locator(".prev-next-area .right-next").click()
    assert page.url == f"{site}/notebooks/{after}.html"


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_shows_its_stored_outputs(name, read_page):
    page = read_page(f"notebooks/{name}.html")
    shown = "".join(page["text"].split())
    viewers = 0
    for output in read_outputs(name):
        if "text/html" in output.get("data", {}):
            viewers += 1
        elif "image/png" not in output.get("data", {}):
            assert "".join(output_text(output).split()) in shown
    assert page["viewers"] == viewers
    assert "Run the next cell" not in page["text"]
    assert "Solved so far" not in page["text"]


@pytest.mark.parametrize("name", NAMES)
def test_a_space_in_code_is_seen(name, read_page):
    assert read_page(f"notebooks/{name}.html")["altered"] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_figure_says_what_it_shows(name, read_page):
    outputs = [out for out in read_outputs(name) if "image/png" in out.get("data", {})]
    alts = [output["metadata"]["image/png"]["alt"] for output in outputs]
    assert alts
    assert read_page(f"notebooks/{name}.html")["images"] == alts


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_can_be_downloaded(name, site, open_page):
    page = open_page()
    page.goto(f"{site}/notebooks/{name}.html")
    with page.expect_download() as download:
        page.get_by_role("link", name=f"{name}.ipynb").click()
    assert download.value.suggested_filename == f"{name}.ipynb"
    stored = (ROOT / f"notebooks/{name}.ipynb").read_bytes()
    assert download.value.path().read_bytes() == stored


def public_names(path: Path) -> list[str]:
    """The functions and classes that a module defines for others."""
    body = ast.parse(path.read_text(encoding="utf-8")).body
    defined = [node.name for node in body if isinstance(node, ast.FunctionDef | ast.ClassDef)]
    return [name for name in defined if not name.startswith("_")]


@pytest.mark.parametrize(
    "path",
    sorted(ROOT.glob("helpers/**/[!_]*.py")),
    ids=lambda path: path.relative_to(ROOT).as_posix(),
)
def test_the_reference_has_everything_that_helpers_offers(path, read_page):
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    page = read_page(f"docs/site/api/{module}.html")
    assert public_names(path)
    for offered in public_names(path):
        assert f"{module}.{offered}" in page["ids"]


def test_the_glossary_explains_the_names(read_page):
    text = read_page("docs/glossary.html")["text"]
    for name in ("token_ids", "vocab_size", "<|endoftext|>", "context_size", "wte", "wpe"):
        assert name in text


def test_the_search_finds_a_word_of_a_notebook(site, open_page):
    page = open_page()
    page.goto(f"{site}/index.html")
    field = page.locator(".bd-sidebar input[type=search]")
    field.fill("broadcasting")
    field.press("Enter")
    found = page.locator(f"#search-results a[href*='{NAMES[-1]}']").first
    found.wait_for()
    found.click()
    assert page.url.startswith(f"{site}/notebooks/{NAMES[-1]}.html")


def test_the_search_takes_the_other_spelling_and_lessons_come_first(site, open_page):
    page = open_page()
    page.goto(f"{site}/search.html?q=tokenise")
    first = page.locator("#search-results li a").first
    first.wait_for()
    assert f"{NAMES[0]}.html" in first.get_attribute("href")


def test_the_search_quotes_prose_and_not_code(site, open_page):
    page = open_page()
    page.goto(f"{site}/search.html?q=manual_seed")
    page.locator("#search-results li p.context").nth(2).wait_for()
    quoted = page.locator("#search-results li:has(a[href*=notebooks]) p.context")
    assert [text for text in quoted.all_text_contents() if "manual_seed(1" in text] == []


@pytest.mark.parametrize(("scheme", "width"), MODES)
def test_axe_finds_nothing_serious_in_what_was_found(scheme, width, site, axe, open_page):
    page = open_page(width=width, scheme=scheme)
    page.goto(f"{site}/search.html?q=token")
    page.locator("#search-results a .highlighted").first.wait_for()
    page.evaluate(axe)
    assert page.evaluate(FIND) == []


def test_a_reader_can_choose_the_dark_colours(site, open_page):
    page = open_page(scheme="light")
    page.goto(f"{site}/index.html")
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.get_by_role("button", name="Color mode").click()
    page.get_by_role("button", name="Dark").click()
    dark = page.evaluate(colour)
    assert dark != light
    page.reload()
    assert page.evaluate(colour) == dark


def test_a_phone_opens_the_navigation(site, axe, open_page):
    page = open_page(width=390, height=844)
    page.goto(f"{site}/index.html")
    page.locator(".bd-header-article .primary-toggle").click()
    page.get_by_role("dialog").get_by_role("link", name="1 · Tokenize").wait_for()
    page.evaluate(axe)
    assert page.evaluate(FIND) == []


def test_the_sheet_is_printed_on_one_page(site, open_page):
    page = open_page()
    page.goto(f"{site}/docs/sheet.html")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type /Page\b(?!s)", printed)) == 1


def test_the_sheet_has_every_word_of_the_glossary(read_page):
    sheet = read_page("docs/sheet.html")["text"]
    glossary = (ROOT / "docs/glossary.md").read_text(encoding="utf-8")
    words = glossary.split("| word | in |")[1]
    named = re.findall(r"^\| ([^|`]+?) \| \d \|", words, re.MULTILINE)
    assert len(named) > 30
    assert [word for word in named if word not in sheet] == []


def test_a_heading_weighs_more_than_those_below_it(site, open_page):
    page = open_page()
    page.goto(f"{site}/notebooks/{NAMES[3]}.html")
    read = "([h]) => [getComputedStyle(h).fontSize, getComputedStyle(h).fontWeight]"
    styles = [page.locator(f"article h{level}").evaluate_all(read) for level in (1, 2, 3)]
    for (size, weight), (next_size, next_weight) in pairwise(styles):
        assert float(size.removesuffix("px")) > float(next_size.removesuffix("px"))
        assert int(weight) >= int(next_weight)
