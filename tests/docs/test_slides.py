"""Which cells stand on which slide: the rules, and what they make of the notebooks.

How the slides look is measured in tests/browser/test_slides.py.
"""

import ast
import json

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from docs.slides.slide_types import choose_slide_types
from notebook_files import NAMES, ROOT, code_cells, output_text, read_notebook, source

OUTPUTS = json.loads((ROOT / "tests/notebooks/article_outputs.json").read_text(encoding="utf-8"))


def prose(name: str, text: str = "One line."):
    return new_markdown_cell(text, id=name)


def code(name: str, n_lines: int = 1, tags: tuple[str, ...] = ()):
    outputs = [new_output("stream", text="1\n" * n_lines)]
    return new_code_cell("print(1)", id=name, outputs=outputs, metadata={"tags": [*tags]})


HAPPENED = "<details>\n<summary>What happened</summary>\n\nOne.\n\n</details>"
# A notebook, and the slide type that each of its cells gets.
RULES = [
    (prose("title", "# 1 · Tokenize"), "slide"),
    (code("show-map"), ""),
    (prose("read-map", "*The map.*"), ""),
    (prose("load", "Nothing else stands on the opening."), "slide"),
    (code("load-story", n_lines=9), ""),
    (prose("count", "## A long section begins a slide"), "slide"),
    (code("count-words", n_lines=12), ""),
    (prose("about-count"), ""),
    (prose("print", "There is room left."), ""),
    (code("print-words", n_lines=7), ""),
    (prose("print-all", "There is no room for all that is printed."), "slide"),
    (code("print-story", n_lines=17), ""),
    (
        prose("about-story", "<details>\n<summary>Note for readers of the article</summary>"),
        "skip",
    ),
    (prose("guess", "**Your guess first.** What comes?"), ""),
    (code("print-guess", tags=("hide-output",)), ""),
    (prose("happened", HAPPENED), "fragment"),
    (prose("go-on", "Nothing follows a prediction, and each slide gets its share."), "slide"),
    (code("print-first", n_lines=15), ""),
    (prose("tell-more"), "slide"),
    (code("print-more", n_lines=5), ""),
    (prose("read-more", "*A caption stays below its figure.*"), ""),
    (prose("tell-last"), ""),
    (code("print-last", n_lines=3), ""),
    (code("live-words"), "skip"),
    (prose("check-words"), ""),
    (code("answer-words"), ""),
    (prose("tell-words", "This would give the answer away."), "slide"),
    (code("print-after", n_lines=22), ""),
    (prose("long-section", "## What is read does not fit below what is printed"), "slide"),
    (code("print-long", n_lines=25), ""),
    (prose("read-long"), "slide"),
    (prose("short-section", "## A short rest and a short section share a slide"), ""),
    (code("print-rest", n_lines=18), ""),
    (prose("guess-all"), "slide"),
    (code("print-all-guess", n_lines=26, tags=("hide-output",)), ""),
    (prose("happened-to-all", HAPPENED), "slide"),
    (prose("exercises", "## Exercises"), ""),
    (prose("exercise-cut", "### Exercise 1"), ""),
    (code("answer-cut"), ""),
    (prose("solution-cut"), "skip"),
    (prose("exercise-join", "### Exercise 2"), ""),
    (code("answer-join", n_lines=13), ""),
    (prose("about-progress"), "skip"),
    (code("show-progress"), "skip"),
    (prose("closing", "## What you now have\n" + "One line.\n" * 12), "slide"),
    (prose("further-reading", "## Where to go further"), "skip"),
    (prose("navigation"), "skip"),
]


def test_the_rules_give_each_thing_its_slide():
    cells = [cell for cell, _ in RULES]
    chosen = zip(cells, choose_slide_types(cells), strict=True)
    assert [(cell.id, kind) for cell, kind in chosen] == [(cell.id, kind) for cell, kind in RULES]


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def cells(name):
    return read_notebook(name)["cells"]


def slide_type(cell: dict) -> str:
    return cell["metadata"].get("slideshow", {}).get("slide_type", "")


def shown(cells: list[dict]) -> list[dict]:
    return [cell for cell in cells if slide_type(cell) != "skip"]


def test_code_comes_after_its_prose(cells):
    starts = [cell for cell in cells if slide_type(cell) == "slide"]
    assert [cell["id"] for cell in starts if cell["cell_type"] == "code"] == []


def test_what_the_article_prints_is_shown(name, cells):
    printed = squeeze_outputs(code_cells({"cells": shown(cells)}))
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
        if slide_type(cell) == "skip":
            missing |= dict.fromkeys(bound, cell["id"])
            continue
        needed = {name: missing[name] for name in (read - bound) & missing.keys()}
        assert needed == {}, f"{cell['id']} is shown and needs names of skipped cells"
        for name in bound:
            missing.pop(name, None)
