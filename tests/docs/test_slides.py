"""What the notebooks say about their slides: a deck of the main path, and below it the rest.

How the slides look is measured in tests/browser/test_slides.py.
"""

import ast
import itertools
import json
import re
from pathlib import Path

import pytest

from notebook_files import NAMES, code_cells, output_text, read_notebook, source

STARTS = {"slide", "subslide"}
HIDDEN = {"skip", "notes"}
OUTPUTS = json.loads(
    Path(__file__)
    .parent.parent.joinpath("notebooks/article_outputs.json")
    .read_text(encoding="utf-8")
)
# A show can do without these: the way to other pages, and the comparison with helpers where no
# later cell builds on it. RISE cannot draw widgets, so a live cell and what is said of it belong
# to the notebook.
SKIPPED = re.compile(
    r"solution-.*|(about-)?live-.*|further-reading|navigation|compare-helpers|about-helpers"
)
COMPARISON = ("check-helpers", "ready-made")


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def cells(name):
    return read_notebook(name)["cells"]


def slide_type(cell: dict) -> str:
    return cell["metadata"].get("slideshow", {}).get("slide_type", "")


def shown(cells: list[dict]) -> list[dict]:
    return [cell for cell in cells if slide_type(cell) not in HIDDEN]


def slides(cells: list[dict]) -> list[list[dict]]:
    """The cells of each slide, without those that nobody sees."""
    found = []
    for cell in shown(cells):
        if slide_type(cell) in STARTS:
            found.append([])
        found[-1].append(cell)
    return found


def part(cells: list[dict], start: str, end: str) -> list[dict]:
    slugs = [cell["id"] for cell in cells]
    return cells[slugs.index(start) : slugs.index(end)]


def headings(cells: list[dict], level: int) -> list[dict]:
    prefix = "#" * level + " "
    prose = [cell for cell in cells if cell["cell_type"] == "markdown"]
    return [cell for cell in prose if source(cell).startswith(prefix)]


def has_figure(cell: dict) -> bool:
    return any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))


def ids(cells: list[dict]) -> list[str]:
    return [cell["id"] for cell in cells]


def test_the_metadata_names_known_types_and_skips_only_scaffolding(cells):
    for cell in cells:
        if "slideshow" in cell["metadata"]:
            assert cell["metadata"]["slideshow"].keys() == {"slide_type"}, cell["id"]
            assert slide_type(cell) in STARTS | HIDDEN | {"fragment"}, cell["id"]
    skipped = [cell["id"] for cell in cells if slide_type(cell) == "skip"]
    comparison = {"compare-helpers"} & set(skipped)
    for slug in skipped:
        assert SKIPPED.fullmatch(slug) or (comparison and slug in COMPARISON), slug


def test_the_main_path_runs_from_left_to_right_and_the_rest_stands_below(cells):
    assert [ids(slide)[0] for slide in slides(cells)[:2]] == ["title", "show-pipeline"]
    for cell in headings(shown(cells), 2):
        assert slide_type(cell) == "slide", cell["id"]
    main = part(cells, "title", "going-further")
    assert [cell["id"] for cell in main if slide_type(cell) == "subslide"] == []
    heading, *parts = part(cells, "going-further", "exercises")
    assert slide_type(heading) == "slide"
    assert [cell["id"] for cell in parts if slide_type(cell) == "slide"] == []
    for cell in headings(parts, 3):
        assert slide_type(cell) == "subslide", cell["id"]


def test_an_exercise_is_a_slide_with_its_stub(cells):
    found = [slide for slide in slides(cells) if slide[0]["id"].startswith("exercise-")]
    names = [slide[0]["id"].removeprefix("exercise-") for slide in found]
    assert [ids(slide) for slide in found] == [[f"exercise-{n}", f"answer-{n}"] for n in names]
    assert len(names) == sum(slug.startswith("answer-") for slug in ids(cells))


def test_what_belongs_together_stands_together(cells):
    """Prose with the code after it, a caption with its figure, a note with its result."""
    bare = [slide[0]["id"] for slide in slides(cells) if slide[0]["cell_type"] == "code"]
    assert bare == ["show-pipeline"]
    for before, cell in itertools.pairwise(cells):
        if has_figure(before):
            assert slide_type(cell) not in {*STARTS, "skip"}, cell["id"]
        if slide_type(cell) == "notes":
            assert cell["cell_type"] == "markdown", cell["id"]
            assert not source(cell).startswith("#"), cell["id"]
            assert before["cell_type"] == "code", f"{cell['id']} explains no result"


def test_the_answer_to_a_question_comes_with_the_next_key(cells):
    for slide in slides(cells):
        for question, code, reading in zip(slide, slide[1:], slide[2:], strict=False):
            if "**Predict:**" in source(question) and code["cell_type"] == "code":
                assert slide_type(reading) == "fragment", reading["id"]


def test_what_the_article_prints_is_shown(name, cells):
    visible = [cell for cell in shown(cells) if cell["cell_type"] == "code"]
    printed = squeeze_outputs(visible)
    stored = squeeze_outputs(code_cells({"cells": cells}))
    for key in (key for key in OUTPUTS if key.startswith(name[:2])):
        expected = "".join(OUTPUTS[key].split())
        assert expected in printed or expected not in stored, key


def squeeze_outputs(cells: list[dict]) -> str:
    text = "\n".join(output_text(output) for cell in cells for output in cell["outputs"])
    return "".join(text.split())


def names_in(cell: dict) -> tuple[set[str], set[str]]:
    """The names that a cell gives a value to, and those that it reads."""
    lines = [line for line in source(cell).splitlines() if not line.startswith("%")]
    bound, read = set(), set()
    for node in ast.walk(ast.parse("\n".join(lines))):
        if isinstance(node, ast.Name):
            (read if isinstance(node.ctx, ast.Load) else bound).add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
    return bound, read


def test_a_live_show_needs_no_cell_that_it_skips(cells):
    missing = {}
    for cell in code_cells({"cells": cells}):
        bound, read = names_in(cell)
        if slide_type(cell) in HIDDEN:
            missing |= dict.fromkeys(bound, cell["id"])
            continue
        needed = {name: missing[name] for name in (read - bound) & missing.keys()}
        assert needed == {}, f"{cell['id']} is shown and needs names of skipped cells"
        for name in bound:
            missing.pop(name, None)
