"""The craft that every notebook keeps, read from the stored files."""

import itertools
import re
from statistics import median
from urllib.parse import unquote

import pytest

from notebook_files import (
    FOLDER,
    NAMES,
    all_output,
    code_cells,
    output_text,
    prose_cells,
    read_notebook,
    source,
)

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
CARRIED_SENTENCE = "Once upon a time there were four little Rabbits"
OPENING = ["title", "show-pipeline", "read-pipeline"]
CLOSING = ["closing", "further-reading", "navigation"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
NUMBER = re.compile(r"(?<![\w.#])\d[\d,]*(?:\.\d+)?(?![\w])")


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def notebook(name):
    return read_notebook(name)


def test_the_folder_holds_exactly_the_seven():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES


def test_metadata_and_format_are_exact(notebook):
    assert notebook["metadata"] == METADATA
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)


def test_cell_ids_are_unique_readable_slugs(notebook):
    slugs = [cell["id"] for cell in notebook["cells"]]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug)] == []


def test_every_code_cell_was_executed_in_order(notebook):
    counts = [cell["execution_count"] for cell in code_cells(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_errors_are_exactly_the_tagged_ones(notebook):
    for cell in code_cells(notebook):
        tagged = "raises-exception" in cell["metadata"].get("tags", [])
        raised = any(output["output_type"] == "error" for output in cell["outputs"])
        assert raised == tagged, f"cell {cell['id']}: tagged {tagged}, raised {raised}"


def test_only_live_cells_are_not_compared(notebook):
    """A widget's number changes with each run; the static figure before it is compared."""
    for cell in notebook["cells"]:
        tags = set(cell["metadata"].get("tags", []))
        if cell["id"].startswith("live-"):
            assert tags == {"live", "nbval-ignore-output"}, cell["id"]
            assert re.fullmatch(r"(from .*\n\n)?live_\w+\(.*\)", source(cell), re.DOTALL)
            assert cell["outputs"] == []
        else:
            assert tags <= {"raises-exception"}, cell["id"]
            assert not re.search(r"NBVAL|nbval", source(cell)), cell["id"]


def test_a_static_figure_stands_before_each_live_cell(notebook):
    cells = notebook["cells"]
    for i, cell in enumerate(cells):
        if cell["id"].startswith("live-"):
            before = [c for c in cells[:i] if c["cell_type"] == "code"][-1]
            shown = {kind for output in before["outputs"] for kind in output.get("data", {})}
            assert shown & {"image/png", "text/html"}, cell["id"]


def test_outputs_hold_no_warning_path_or_address(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            assert output.get("name") != "stderr", cell["id"]
            text = output_text(output) + "".join(output.get("traceback", []))
            assert not re.search(r"(?<![\w.])/\w+/\w+|[A-Z]:\\|0x[0-9a-f]{6}", text), cell["id"]


def test_cells_are_short(notebook):
    lengths = [len(source(cell).splitlines()) for cell in code_cells(notebook)]
    assert max(lengths) <= 15
    assert median(lengths) <= 5
    assert (
        max(len(line) for cell in code_cells(notebook) for line in source(cell).splitlines()) <= 88
    )


def test_prose_stands_before_every_code_cell(notebook):
    cells = notebook["cells"]
    pairs = itertools.pairwise(cells)
    bare = [b["id"] for a, b in pairs if a["cell_type"] == b["cell_type"] == "code"]
    assert bare == []


def test_opening_and_closing_parts_are_present(name, notebook):
    slugs = [cell["id"] for cell in notebook["cells"]]
    assert slugs[:3] == OPENING
    assert [slug for slug in slugs if slug in CLOSING] == CLOSING
    title = source(notebook["cells"][0])
    assert title.startswith(f"# {int(name[:2])} · ")
    for part in ("**At the end**", "**You need**", "**Minutes:**"):
        assert part in title
    assert source(notebook["cells"][1]).endswith(f'plot_pipeline("{name}")')
    assert "## What you now have" in source(notebook["cells"][slugs.index("closing")])


def test_the_readme_gives_the_same_minutes(name, notebook):
    title = source(notebook["cells"][0])
    minutes = re.search(r"\*\*Minutes:\*\* (\d+), and (\d+) more for \*Going", title).groups()
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    row = re.search(rf"^\| \[{name}\]\(notebooks/{name}\.ipynb\) .*$", readme, re.MULTILINE)[0]
    assert row.split("|")[-2].strip() == " + ".join(minutes)


def test_headings_descend_without_gaps(notebook):
    levels = [1]
    for cell in prose_cells(notebook):
        for line in re.sub(r"```.*?```", "", source(cell), flags=re.S).splitlines():
            if match := re.match(r"(#+) \S", line):
                levels.append(len(match[1]))
    assert levels[1] == 1
    assert levels.count(1) == 2, "one title, the level-one heading of the page"
    for above, here in itertools.pairwise(levels):
        assert here <= above + 1


def test_no_heading_stands_empty(notebook):
    cells = notebook["cells"]
    for here, following in zip(cells, [*cells[1:], None], strict=True):
        lines = source(here).strip().splitlines()
        if here["cell_type"] == "markdown" and len(lines) == 1 and lines[0].startswith("#"):
            assert following is not None, here["id"]
            assert not source(following).startswith("#"), here["id"]


def test_the_sentence_is_carried_through(notebook):
    assert CARRIED_SENTENCE in "".join(map(source, notebook["cells"])) + all_output(notebook)


def test_local_links_resolve(notebook):
    text = "\n".join(map(source, prose_cells(notebook)))
    for target in LINK.findall(text):
        path = unquote(target.split("#")[0])
        if path and not target.startswith("https://"):
            assert (FOLDER / path).exists(), f"the link {target} leads nowhere"


def test_neighbours_are_linked(name, notebook):
    i = NAMES.index(name)
    before, after = NAMES[max(i - 1, 0) : i], NAMES[i + 1 : i + 2]
    parts = ["[The map of the series](../README.md)"]
    parts += [f"before: {link_to(other)}" for other in before]
    parts += [f"next: {link_to(other)}" for other in after]
    assert source(notebook["cells"][-1]) == " · ".join(parts)


def link_to(name):
    title = source(read_notebook(name)["cells"][0]).splitlines()[0]
    return f"[{title.removeprefix('# ')}]({name}.ipynb)"


def test_pictures_come_from_code_and_carry_alt_text(notebook):
    assert not re.search(r"!\[|<img", "".join(map(source, prose_cells(notebook))))
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            if "image/png" in output.get("data", {}):
                assert len(output["metadata"]["image/png"]["alt"]) > 40, cell["id"]


def test_each_figure_has_a_sentence_under_it(notebook):
    cells = notebook["cells"]
    for here, following in itertools.pairwise(cells):
        if any("image/png" in output.get("data", {}) for output in here.get("outputs", [])):
            assert source(following).startswith("*"), f"no caption under {here['id']}"


def test_numbers_in_prose_stand_in_an_output(notebook):
    """A number of three digits or more, or with a decimal point, is computed in a cell."""
    shown = all_output(notebook).replace(",", "")
    prose = "\n".join(map(source, prose_cells(notebook)))
    prose = re.sub(r"\]\([^)]*\)|https?://\S+", "", prose)
    numbers = {number.rstrip(",").replace(",", "") for number in NUMBER.findall(prose)}
    weighty = {number for number in numbers if "." in number or len(number) > 2}
    missing = {n for n in weighty if not re.search(rf"(?<![\d.]){re.escape(n)}(?![\d])", shown)}
    assert missing == set(), "these numbers in the prose are computed in no cell"


def test_the_file_is_small(name):
    assert (FOLDER / f"{name}.ipynb").stat().st_size < 400_000
