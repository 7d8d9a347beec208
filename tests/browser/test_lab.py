"""Every notebook in the real JupyterLab: all cells run, and what a reader then sees is whole."""

import contextlib
import io
import json
import re
import socket

import pytest
from lab_server import run_lab
from PIL import Image, ImageStat
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

from notebook_files import NAMES, code_cells, output_text

# Milliseconds. They only say when to give up: on a loaded machine everything takes long.
TO_OPEN, TO_RUN, TO_SETTLE, TO_DRAW = 120_000, 300_000, 60_000, 60_000
# A box may be this many pixels too narrow: fonts are never measured quite alike.
TOLERANCE = 4

IS_OPEN = """() => {
    const panel = window.jupyterapp?.shell.currentWidget;
    return panel?.context?.isReady && panel.sessionContext?.session?.kernel?.status === "idle";
}"""
# Cells get their name and lose what they showed before, so that all there is comes from this run.
# Requests and replies are counted: after the first error, even one that is meant, Lab itself
# takes the run for done and wipes the stars of the cells that are still to come.
PREPARE = """() => {
    const panel = jupyterapp.shell.currentWidget;
    for (const cell of panel.content.widgets) {
        cell.node.dataset.name = cell.model.id;
        if (cell.model.type === "code") cell.model.clearExecution();
    }
    window.unanswered = 0;
    panel.sessionContext.session.kernel.anyMessage.connect((_, { msg }) => {
        window.unanswered += { execute_request: 1, execute_reply: -1 }[msg.header.msg_type] ?? 0;
    });
    jupyterapp.commands.commandExecuted.connect((_, { id, result }) => {
        if (id === "notebook:run-all-cells") result.finally(() => { window.allSent = true; });
    });
}"""
HAS_RUN = """() => {
    const { kernel } = jupyterapp.shell.currentWidget.sessionContext.session;
    return window.allSent && window.unanswered === 0 && kernel.status === "idle";
}"""
# The same layout several times in a row, with every image there: nothing moves any more.
IS_STILL = """() => {
    const book = document.querySelector(".jp-Notebook");
    const layout = [...book.querySelectorAll(".jp-Cell")].map((cell) => cell.offsetHeight).join();
    const waits = [...book.querySelectorAll("img")].some((image) => !image.complete)
        || book.innerText.includes("Loading widget");
    window.calm = !waits && layout === window.layout ? window.calm + 1 : 0;
    window.layout = layout;
    return window.calm === 4;
}"""
READ_CELLS = "() => jupyterapp.shell.currentWidget.context.model.toJSON().cells"
# What is wrong with the page, as pairs of a cell's name and a sentence.
LOOK = """(tolerance) => {
    const found = [];
    for (const { node } of jupyterapp.shell.currentWidget.content.widgets) {
        const all = (what) => [...node.querySelectorAll(what)];
        const say = (what) => found.push([node.dataset.name, what]);
        if (!node.isConnected || !node.offsetHeight) say("is not in the page");
        for (const folded of all("details")) folded.open = true;
        for (const image of all("img")) {
            if (!image.naturalWidth) say("an image did not load");
            // "Image" is what Lab writes where there is no text; outputs never have one.
            const isOutput = image.closest(".jp-RenderedImage");
            if (!isOutput && ["", "Image"].includes(image.alt)) say("an image has no alt text");
        }
        for (const box of all(".jp-OutputArea-output, .jp-MarkdownOutput, .cm-scroller")) {
            const parts = [...box.querySelectorAll("*")].filter(
                (part) => part.clientWidth && getComputedStyle(part).overflowX !== "visible");
            const over = [box, ...parts].map((part) => part.scrollWidth - part.clientWidth);
            const most = Math.max(...over);
            if (most > tolerance) say(`is wider than its place, by ${most} pixels`);
            const broken = box.innerText.match(/Error displaying widget|Loading widget/);
            if (broken) say(broken[0]);
        }
    }
    const dialogs = [...document.querySelectorAll(".jp-Dialog")];
    return found.concat(dialogs.map((dialog) => ["dialog", dialog.innerText]));
}"""
SAVE = """() => jupyterapp.commands.execute("docmanager:save")"""
# Run a cell and what stands above it.
RUN_TO = """async (index) => {
    jupyterapp.shell.currentWidget.content.activeCellIndex = index;
    await jupyterapp.commands.execute("notebook:run-all-above");
    await jupyterapp.commands.execute("notebook:run-cell");
}"""
USE_THEME = """(theme) => jupyterapp.commands.execute("apputils:change-theme", { theme })"""
SCROLL = """(name) => document.querySelector(`[data-name="${name}"]`)?.scrollIntoView()"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    with run_lab(tmp_path_factory.mktemp("lab")) as running:
        yield running


@pytest.fixture
def kernels(lab):
    """Ends the kernels of a test, after its page has been closed."""
    yield
    lab.end_kernels()


def open_notebook(page, lab, name: str) -> None:
    page.set_default_timeout(TO_OPEN)
    page.goto(lab.address(f"notebooks/{name}.ipynb"))
    page.wait_for_function(IS_OPEN)


@pytest.fixture
def run_notebook(lab, kernels, open_page):
    """A function that opens a notebook and runs all its cells; returns the page."""

    def run(name: str):
        page = open_page()
        open_notebook(page, lab, name)
        page.evaluate(PREPARE)
        page.get_by_role("menuitem", name="Run", exact=True).click()
        page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
        page.wait_for_function(HAS_RUN, timeout=TO_RUN)
        with contextlib.suppress(PlaywrightTimeoutError):  # what never comes is found by a look
            page.wait_for_function(IS_STILL, polling=250, timeout=TO_SETTLE)
        return page

    return run


def find_problems(page, stored: dict) -> list[tuple[str, str]]:
    """What a reader would stumble over, as pairs of a cell's name and a sentence."""
    texts = {cell["id"]: join_outputs(cell) for cell in code_cells(stored)}
    found = []
    for cell in code_cells({"cells": page.evaluate(READ_CELLS)}):
        problems = check_run(cell)
        if not problems and "nbval-ignore-output" not in tags(cell):
            differs = join_outputs(cell) != texts[cell["id"]]
            problems = ["says other than what is stored"] if differs else []
        if "live" in tags(cell) and not find_controls(page, cell["id"]).first.is_visible():
            problems.append("shows no widget")
        found += [(cell["id"], problem) for problem in problems]
    return found + [(cell, problem) for cell, problem in page.evaluate(LOOK, TOLERANCE)]


def check_run(cell: dict) -> list[str]:
    """What a cell's run has against it: it must end as its tags say, and quietly."""
    if cell["execution_count"] is None:
        return ["did not run"]
    errors = [output["ename"] for output in cell["outputs"] if output["output_type"] == "error"]
    problems = []
    if errors and "raises-exception" not in tags(cell):
        problems.append(f"stopped with {errors[0]}")
    if not errors and "raises-exception" in tags(cell):
        problems.append("shows no error")
    if any(output.get("name") == "stderr" for output in cell["outputs"]):
        problems.append("writes to stderr")
    return problems


def join_outputs(cell: dict) -> str:
    return "".join(map(output_text, cell["outputs"]))


def tags(cell: dict) -> list[str]:
    return cell["metadata"].get("tags", [])


def find_cell(page, name: str):
    return page.locator(f'[data-name="{name}"]')


def find_controls(page, name: str):
    return find_cell(page, name).locator(
        ".jupyter-widgets :is(input, select, button, .noUi-handle):visible"
    )


def check_that_it_moves(page, name: str) -> None:
    """Use the first control of a live picture, whatever it is: the picture must change."""
    picture = find_cell(page, name).locator(".widget-html-content").last.element_handle()
    before = picture.inner_html()
    control = find_controls(page, name).first
    kind = control.evaluate("(control) => control.localName")
    if kind == "input":
        control.fill("cat cat")
    elif kind == "select":
        control.select_option(index=1)
    elif kind == "button":
        control.click()
    else:
        control.press("ArrowRight")
    changed = "([picture, before]) => picture.innerHTML !== before"
    page.wait_for_function(changed, arg=[picture, before], timeout=TO_DRAW)


def accepts(address: str, port: int) -> bool:
    with socket.socket() as link:
        link.settimeout(5)
        return link.connect_ex((address, port)) == 0


@pytest.mark.parametrize("name", NAMES)
def test_a_notebook_runs_and_shows_all_it_has(name, lab, run_notebook):
    path = lab.project / f"notebooks/{name}.ipynb"
    stored = json.loads(path.read_text(encoding="utf-8"))  # before Lab saves what it has run
    page = run_notebook(name)
    problems = find_problems(page, stored)
    if problems:  # for the picture that is kept
        page.evaluate(SCROLL, problems[0][0])
    assert problems == []
    for cell in code_cells(stored):
        if "live" in tags(cell):
            check_that_it_moves(page, cell["id"])


def make_cell(name: str, source: str, *, kind: str = "code", tags: tuple[str, ...] = ()) -> dict:
    cell = {"id": name, "cell_type": kind, "metadata": {"tags": [*tags]}, "source": source}
    return cell if kind == "markdown" else {**cell, "execution_count": None, "outputs": []}


def make_display(kind: str, data: object) -> str:
    return f"from IPython.display import display\ndisplay({{{kind!r}: {data!r}}}, raw=True)"


# The smallest of pictures.
DOT = "data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAACAkQBADs="
WIDGET = "application/vnd.jupyter.widget-view+json"
KERNEL = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
# A notebook with one fault in each cell but the first, which has none.
FAULTY = [
    make_cell("faultless", "answer = 42"),
    make_cell("loud", "import sys\nprint('careful', file=sys.stderr)"),
    make_cell("changed", "print('new')"),
    make_cell("well-behaved", "answer", tags=("raises-exception",)),
    make_cell("missing-file", "![a cat](cat.png)", kind="markdown"),
    make_cell("missing-output", make_display("text/html", "<img src='cat.png' alt='a cat'>")),
    make_cell("silent-image", f"![]({DOT})", kind="markdown"),
    make_cell("wide-output", make_display("text/html", "<p style='width:3000px'>a cat</p>")),
    make_cell("long-code", f"answer = {'x' * 300!r}"),
    make_cell("long-prose", f"    {'x' * 300}", kind="markdown"),
    make_cell("no-widget", "answer = 42", tags=("live",)),
    make_cell("broken-widget", make_display(WIDGET, {"model_id": "nobody"})),
    make_cell("stop", "1 / 0"),
    make_cell("after-the-stop", "answer"),
]


def test_faults_are_found(lab, run_notebook):
    """None of the tests above would be worth a thing if the eye that they share were blind."""
    stored = {"cells": FAULTY, "metadata": KERNEL, "nbformat": 4, "nbformat_minor": 5}
    (lab.project / "notebooks/faults.ipynb").write_text(json.dumps(stored))
    page = run_notebook("faults")
    found = [(cell, problem.split(",")[0]) for cell, problem in find_problems(page, stored)]
    assert sorted(found) == [
        ("after-the-stop", "did not run"),
        ("broken-widget", "Error displaying widget"),
        ("changed", "says other than what is stored"),
        ("long-code", "is wider than its place"),
        ("long-prose", "is wider than its place"),
        ("loud", "writes to stderr"),
        ("missing-file", "an image did not load"),
        ("missing-output", "an image did not load"),
        ("no-widget", "shows no widget"),
        ("silent-image", "an image has no alt text"),
        ("stop", "stopped with ZeroDivisionError"),
        ("well-behaved", "shows no error"),
        ("wide-output", "is wider than its place"),
    ]


def test_what_was_only_opened_is_saved_as_it_was(lab, kernels, open_page):
    """A live picture is never saved: without its kernel it would be an error."""
    path = lab.project / "notebooks/03_byte_pair_encoding.ipynb"
    stored = path.read_bytes()
    page = open_page()
    open_notebook(page, lab, path.stem)
    page.evaluate(SAVE)
    assert path.read_bytes() == stored
    names = [cell["id"] for cell in json.loads(stored)["cells"]]
    page.evaluate(RUN_TO, names.index("live-training"))
    page.locator(".jupyter-widgets img").wait_for()
    page.evaluate(SAVE)
    assert b"widget" not in path.read_bytes()


def test_the_terminal_shows_no_warning(lab, run_notebook):
    """But two of Jupyter's own: a notebook never run here, a save that a listing comes across."""
    run_notebook("03_byte_pair_encoding")
    lines = (lab.project.parent / "lab.log").read_text(encoding="utf-8").splitlines()
    warnings = [line for line in lines if re.search("^\\[[WE] |W(ARNING|arning)", line)]
    meant = re.compile("is not trusted|/\\.~.* doesn't exist| 40[34] GET ")  # last: other tests
    assert [line for line in warnings if not meant.search(line)] == []


def test_the_sidebar_shows_whole_names(lab, open_page):
    page = open_page()
    page.goto(lab.address("notebooks/further"))
    names = page.locator(".jp-DirListing-itemText")
    names.first.wait_for(timeout=TO_OPEN)
    assert names.count() > 10
    cut = "(names) => names.filter((name) => name.scrollWidth > name.clientWidth).length"
    assert names.evaluate_all(cut) == 0


def test_a_figure_is_dark_in_the_dark_theme(lab, kernels, open_page):
    page = open_page()
    open_notebook(page, lab, "03_byte_pair_encoding")
    page.evaluate(USE_THEME, "JupyterLab Dark")
    for what in (".jp-RenderedImage img", ".jp-RenderedHTML table"):
        pixels = Image.open(io.BytesIO(page.locator(what).first.screenshot())).convert("L")
        assert ImageStat.Stat(pixels).mean[0] < 100
    page.evaluate(USE_THEME, "JupyterLab Light")


def test_the_server_is_for_this_machine_alone(lab):
    """The loopback network has many addresses; a server that listens everywhere has them all."""
    assert accepts("127.0.0.1", lab.port)
    assert not accepts("127.0.0.2", lab.port)


def test_a_request_needs_the_token(lab):
    assert lab.ask("api/contents", token="")[0] == 403
    assert lab.ask("api/contents", token="wrong")[0] == 403
    assert lab.ask("api/contents", token=lab.token)[0] == 200
