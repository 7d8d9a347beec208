"""The slides on a screen of 1280 x 720: the decks (make slides) and the show in JupyterLab."""

import json
from contextlib import suppress
from pathlib import Path

import pytest
from lab_server import run_lab
from playwright.sync_api import TimeoutError

from notebook_files import FURTHER, NAMES, ROOT, read_notebook

DECKS = ROOT / "docs/slides/_build"
# A figure is drawn for 96 pixels an inch and stored with 150. Below half of that size its
# letters are hard to read from the back row.
SMALLEST_FIGURE = 0.45 * 96 / 150

# Where the show stands: slide, sub-slide, and how much of it has been uncovered.
STATE = """() => {
    const slides = [...document.querySelectorAll(".slides > section")];
    const h = slides.findIndex((slide) => slide.matches(".present"));
    const below = h < 0 ? [] : [...slides[h].querySelectorAll("section")];
    const v = below.findIndex((slide) => slide.matches(".present"));
    if (v < 0) return null;
    const covered = below[v].querySelectorAll(".fragment:not(.visible)").length;
    const last = h === slides.length - 1 && v === below.length - 1 && covered === 0;
    return { slide: [h, v], covered, last };
}"""
MOVED = f"(before) => JSON.stringify(({STATE})()) !== before"

# How large the letters of each kind of thing are; "code 14" is the call that draws a figure. A
# deck has at most one slide so full that its prose is smaller.
SIZES = {"prose 26", "code 20", "code 14", "output 20"}
SMALLER = "prose 23"

# What is seen of a slide: whatever sticks out of the screen or of its own box, the figures, and
# how large its letters are.
MEASURE = """() => {
    const slide = document.querySelector("section.present section.present");
    const hidden = "aside *, .reveal-skip, .reveal-skip *, .cm-announced, .cm-layer, .cm-layer *";
    const seen = [...slide.querySelectorAll("*")].filter(
        (e) => e.getClientRects().length && !e.matches(hidden));
    const outside = ({ left, top, right, bottom, width, height }) => width * height > 0
        && (left < -1 || top < -1 || right > innerWidth + 1 || bottom > innerHeight + 1);
    const scrolls = slide.scrollHeight > slide.clientHeight;
    const cut = (e) => e.clientWidth > 0 && e.scrollWidth > e.clientWidth + 1;
    const name = (e) => `${e.className}: ${e.textContent.trim().slice(0, 60)}`;
    const images = seen.filter((e) => e.matches("img"));
    const words = seen.filter(
        (e) => e.matches("code") && e.checkVisibility({ visibilityProperty: true }));
    const prose = ".jp-RenderedHTMLCommon:not(.jp-RenderedHTML) :is(p, li, th, td)";
    const code = ".jp-InputArea-editor :is(pre, .cm-line)";
    const kinds = { prose, code, output: ".jp-OutputArea-output pre" };
    const sizes = Object.entries(kinds).flatMap(([kind, selector]) =>
        seen.filter((e) => e.matches(selector)).map((e) => [kind, getComputedStyle(e).fontSize]));
    return {
        scrolls,
        sizes: [...new Set(sizes.map(([kind, size]) => `${kind} ${parseFloat(size)}`))],
        outside: seen.filter((e) => outside(e.getBoundingClientRect())).map(name),
        cut: seen.filter(cut).map(name),
        altered: words.filter((e) => e.innerText !== e.textContent).map(name),
        figures: images.map((e) => {
            const { width, height } = e.getBoundingClientRect();
            return Math.min(width / e.naturalWidth, height / e.naturalHeight);
        }),
    };
}"""


def expected_slides(name: str) -> list[list[int]]:
    """Slide and sub-slide, as the metadata of the notebook gives them, in order."""
    kinds = [cell["metadata"].get("slideshow") for cell in read_notebook(name)["cells"]]
    return [[number, 0] for number in range(kinds.count({"slide_type": "slide"}))]


def count_figures(name: str, *, is_live: bool = False) -> int:
    """The figures of the slides; a live show has none where a prediction has not been run."""
    count = 0
    for cell in read_notebook(name)["cells"]:
        is_skipped = cell["metadata"].get("slideshow") == {"slide_type": "skip"}
        is_hidden = is_live and "hide-output" in cell["metadata"].get("tags", [])
        if not is_skipped and not is_hidden:
            count += sum("image/png" in out.get("data", {}) for out in cell.get("outputs", []))
    return count


def step(page, key: str) -> dict:
    """Press a key and wait until the show has moved."""
    before = page.evaluate(f"JSON.stringify(({STATE})())")
    page.keyboard.press(key)
    page.wait_for_function(MOVED, arg=before)
    return page.evaluate(STATE)


def walk(page) -> list[dict]:
    """Go through a show with the space bar and measure what is seen after each press."""
    state = page.evaluate(STATE)
    seen = [state | page.evaluate(MEASURE)]
    while not state["last"]:
        state = step(page, "Space")
        seen.append(state | page.evaluate(MEASURE))
    return seen


def visited(seen: list[dict]) -> list[list[int]]:
    """The slides in the order of the walk, each once."""
    slides = [state["slide"] for state in seen]
    return [slide for i, slide in enumerate(slides) if slides[i - 1 : i] != [slide]]


def check_that_all_is_seen(seen: list[dict], n_figures: int) -> None:
    for state in seen:
        assert state["outside"] == [], f"slide {state['slide']} runs off the screen"
        assert not state["scrolls"], f"slide {state['slide']} is too long"
        assert state["cut"] == [], f"slide {state['slide']} hides a part of a line"
        assert state["altered"] == [], f"slide {state['slide']} hides a space"
        assert all(size > SMALLEST_FIGURE for size in state["figures"]), state["slide"]
        assert set(state["sizes"]) <= SIZES | {SMALLER}, state["slide"]
    assert sum(SMALLER in state["sizes"] for state in seen) <= 1
    assert sum(len(state["figures"]) for state in seen if not state["covered"]) >= n_figures


def watch(page, requests: list, errors: list) -> None:
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda said: errors.append(said.text) if said.type == "error" else None)


@pytest.fixture
def deck(open_page):
    """A function that opens a deck with no network: the page, its requests and its errors."""

    def start(name: str):
        path = DECKS / f"{Path(name).name}.slides.html"
        if not path.exists() or not (DECKS / "reveal.js/dist/reveal.js").exists():
            pytest.fail("there are no decks yet: run `make slides` first")
        page, requests, errors = open_page(height=720), [], []
        page.context.set_offline(True)
        watch(page, requests, errors)
        page.goto(path.as_uri())
        page.wait_for_function(f"({STATE})() !== null")
        return page, requests, errors

    return start


@pytest.mark.parametrize("name", [*NAMES, *FURTHER])
def test_a_deck_is_complete_and_fits_the_screen(name, deck):
    page, requests, errors = deck(name)
    seen = walk(page)
    assert visited(seen) == expected_slides(name)
    check_that_all_is_seen(seen, count_figures(name))
    assert page.locator("details").count() == 0, "nobody unfolds it in a deck"
    assert page.get_by_text("Not answered yet").count() == 0
    assert [url for url in requests if not url.startswith(("file:", "data:"))] == []
    assert errors == []


def test_the_speaker_view_opens(deck):
    page, _, _ = deck(NAMES[0])
    with page.expect_popup() as popup:
        page.keyboard.press("s")
    popup.value.locator("#current-slide iframe").wait_for()


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """A JupyterLab in which the first cell has no output: to have one it must be run."""
    with run_lab(tmp_path_factory.mktemp("lab")) as running:
        for path in running.project.glob("notebooks/*.ipynb"):
            notebook = json.loads(path.read_text(encoding="utf-8"))
            cell = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
            cell |= {"outputs": [], "execution_count": None}
            path.write_text(json.dumps(notebook), encoding="utf-8")
        yield running


def run_first_cell(page) -> None:
    """Run the cell below the title, which draws the map.

    A kernel that is still starting takes no order: then one runs the cell again.
    """
    cell = page.locator("section.present section.present .jp-CodeCell").first
    image = cell.locator(".jp-RenderedImage img")
    assert image.count() == 0
    for _ in range(10):
        cell.locator(".jp-InputPrompt").click()
        page.keyboard.press("Shift+Enter")
        with suppress(TimeoutError):
            return image.wait_for(timeout=12_000)
    pytest.fail("the first cell shows no figure, however often it is run")


@pytest.mark.parametrize("name", NAMES)
def test_a_live_show_runs_and_fits_the_screen(name, lab, open_page):
    page, requests = open_page(height=720), []
    watch(page, requests, [])
    page.goto(lab.address(f"notebooks/{name}.ipynb", view="rise"))
    page.wait_for_function(f"({STATE})() !== null", timeout=120_000)
    page.locator("#rise-custom-css").wait_for(state="attached")
    run_first_cell(page)
    local = (f"http://127.0.0.1:{lab.port}/", "data:", "blob:")
    assert [url for url in requests if not url.startswith(local)] == []
    seen = walk(page)
    assert visited(seen) == expected_slides(name)
    check_that_all_is_seen(seen, count_figures(name, is_live=True))
    assert not page.locator(".jp-Notebook-footer").is_visible(), "it covers the slide"


def test_the_show_starts_from_the_notebook(lab, open_page):
    page = open_page(width=1600)
    page.goto(lab.address(f"notebooks/{NAMES[0]}.ipynb"))
    prompt = page.locator(".jp-Notebook .jp-CodeCell .jp-InputPrompt").first
    prompt.click(timeout=120_000)
    page.keyboard.press("Alt+r")
    show = page.frame_locator("iframe[src*='/rise/']")
    show.locator("section.present section.present .jp-CodeCell").wait_for(timeout=120_000)
