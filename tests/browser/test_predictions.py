"""A prediction keeps its answer until the reader asks: in JupyterLab, slides, decks, site."""

import json

import pytest
from lab_server import run_lab
from playwright.sync_api import expect

from notebook_files import NAMES, ROOT, code_cells, output_text, read_notebook

TO_OPEN, TO_RUN = 120_000, 300_000  # milliseconds
INVITATION = "Your guess first, then run this cell"
READ_INVITATION = "(text) => getComputedStyle(text, '::before').content"
# Run what the prediction needs, and stand on it.
RUN_ABOVE = """async (index) => {
    const { content, sessionContext } = jupyterapp.shell.currentWidget;
    await sessionContext.ready;
    content.activeCellIndex = index;
    await jupyterapp.commands.execute("notebook:run-all-above");
    content.activate();
}"""
IS_PRESENT = "(cell) => cell.closest('section.present section.present') !== null"
IS_OPEN = "() => window.jupyterapp?.shell.currentWidget?.context?.isReady"


@pytest.fixture(scope="module")
def prediction():
    """The first prediction of the series: its notebook, its place in it and the cell."""
    for name in NAMES:
        for index, cell in enumerate(read_notebook(name)["cells"]):
            if "hide-output" in cell["metadata"].get("tags", []):
                return name, index, cell
    return pytest.fail("no cell has the tag hide-output")


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with run_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def started(prediction, lab, open_page):
    """JupyterLab with the notebook open, and everything run that stands above the prediction."""
    name, index, _ = prediction
    page = open_page()
    page.goto(lab.address(f"notebooks/{name}.ipynb"))
    page.wait_for_function(IS_OPEN, timeout=TO_OPEN)
    page.set_default_timeout(TO_RUN)
    page.evaluate(RUN_ABOVE, index)
    yield page
    lab.end_kernels()


def walk_to(page, cell) -> None:
    """Go through a show until the slide of a cell is there."""
    page.locator("section.present section.present").wait_for(timeout=TO_OPEN)
    while not cell.evaluate(IS_PRESENT):
        page.keyboard.press("Space")


def check_that_it_keeps_its_answer(cell) -> None:
    shown = cell.locator(".jp-Cell-outputWrapper")
    place = shown.locator(".jp-Placeholder-contentContainer")
    expect(place).to_be_visible()
    assert shown.inner_text().strip() == ""
    assert json.loads(place.evaluate(READ_INVITATION)) == INVITATION


def check_that_it_answers(shown, prediction) -> None:
    """See the output, which a picture or a table gives no words for."""
    expect(shown).to_be_visible()
    for output in prediction[2]["outputs"]:
        if not {"image/png", "text/html"} & output.get("data", {}).keys():
            assert "".join(output_text(output).split()) in "".join(shown.inner_text().split())


def test_lab_shows_the_output_when_the_cell_runs(started, prediction):
    cell = started.locator(".jp-Notebook .jp-Cell").nth(prediction[1])
    check_that_it_keeps_its_answer(cell)
    started.keyboard.press("Shift+Enter")
    check_that_it_answers(cell.locator(".jp-OutputArea"), prediction)


def test_a_live_show_keeps_the_answer_until_the_cell_runs(started, lab, prediction, open_page):
    name, _, stored = prediction
    number = code_cells(read_notebook(name)).index(stored)
    page = open_page(height=720)
    page.goto(lab.address(f"notebooks/{name}.ipynb", view="rise"))
    cell = page.locator(".reveal .jp-CodeCell").nth(number)
    cell.wait_for(state="attached", timeout=TO_OPEN)
    walk_to(page, cell)
    check_that_it_keeps_its_answer(cell)
    cell.locator(".jp-InputPrompt").click()
    page.keyboard.press("Shift+Enter")
    check_that_it_answers(cell.locator(".jp-OutputArea"), prediction)


def test_a_deck_shows_the_output_with_the_next_key(prediction, open_page):
    name, _, stored = prediction
    page = open_page(height=720)
    page.goto((ROOT / f"docs/slides/_build/{name}.slides.html").as_uri())
    cell = page.locator(f"[id='cell-id={stored['id']}']")
    walk_to(page, cell)
    shown = cell.locator(".jp-Cell-outputWrapper")
    expect(shown).not_to_be_visible()
    page.keyboard.press("Space")
    check_that_it_answers(shown, prediction)


def test_the_site_shows_the_output_when_it_is_opened(prediction, serve, open_page):
    page = open_page()
    page.goto(f"{serve(ROOT / 'docs/site/_build/html')}/notebooks/{prediction[0]}.html")
    cell = page.locator(".cell.tag_hide-output").first
    expect(cell.locator(".cell_output")).not_to_be_visible()
    cell.get_by_text("Your guess first, then open").click()
    check_that_it_answers(cell.locator(".cell_output"), prediction)
