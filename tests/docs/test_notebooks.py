"""The craft that every notebook keeps, read from the stored files."""

import itertools
import re
import subprocess
import sys
from html import escape
from statistics import median
from urllib.parse import unquote

import pytest

from notebook_files import (
    FOLDER,
    FURTHER,
    NAMES,
    ROOT,
    all_output,
    code_cells,
    output_text,
    prose_cells,
    read_notebook,
    road_of,
    source,
)

METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {
        "file_extension": ".py",
        "mimetype": "text/x-python",
        "name": "python",
        "nbconvert_exporter": "python",
    },
}
CARRIED_SENTENCE = "Once upon a time there were four little Rabbits"
OPENING = ["title", "show-map", "read-map"]
CLOSING = ["closing", "further-reading", "navigation"]
LINK = re.compile(r"\]\(([^)\s]+)\)")
NUMBER = re.compile(r"(?<![\w.#])\d[\d,]*(?:\.\d+)?(?![\w])")


@pytest.fixture(params=[*NAMES, *FURTHER])
def name(request):
    return request.param


@pytest.fixture
def notebook(name):
    return read_notebook(name)


@pytest.fixture(params=NAMES)
def lesson(request):
    return read_notebook(request.param)


def test_the_folder_holds_exactly_the_seven():
    assert sorted(path.stem for path in FOLDER.glob("*.ipynb")) == NAMES


def test_the_file_is_small_and_as_everyone_stores_it(name, notebook):
    assert notebook["metadata"] == METADATA
    assert (notebook["nbformat"], notebook["nbformat_minor"]) == (4, 5)
    slugs = [cell["id"] for cell in notebook["cells"]]
    assert len(set(slugs)) == len(slugs)
    assert [slug for slug in slugs if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", slug)] == []
    assert (FOLDER / f"{name}.ipynb").stat().st_size < 400_000


def test_all_cells_ran_in_order_and_only_the_tagged_ones_failed(notebook):
    cells = code_cells(notebook)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    for cell in cells:
        tagged = "raises-exception" in tags(cell)
        raised = any(output["output_type"] == "error" for output in cell["outputs"])
        assert raised == tagged, f"cell {cell['id']}: tagged {tagged}, raised {raised}"


def tags(cell):
    return set(cell["metadata"].get("tags", []))


def test_outputs_hold_no_warning_path_or_address(notebook):
    for cell in code_cells(notebook):
        for output in cell["outputs"]:
            assert output.get("name") != "stderr", cell["id"]
            text = output_text(output) + "".join(output.get("traceback", []))
            assert not re.search(r"(?<![\w.])/\w+/\w+|[A-Z]:\\|0x[0-9a-f]{6}", text), cell["id"]


def test_only_live_cells_are_not_compared(notebook):
    """A widget's number changes with each run; the static figure before it is compared."""
    cells = notebook["cells"]
    for i, cell in enumerate(cells):
        if not cell["id"].startswith("live-"):
            assert tags(cell) <= {"raises-exception", "hide-output"}, cell["id"]
            assert not re.search(r"NBVAL|nbval", source(cell)), cell["id"]
            continue
        assert tags(cell) == {"live", "nbval-ignore-output"}, cell["id"]
        assert re.fullmatch(r"(from .*\n\n)?live_\w+\(.*\)", source(cell), re.DOTALL)
        assert cell["outputs"] == []
        before = [c for c in cells[:i] if c["cell_type"] == "code"][-1]
        shown = {kind for output in before["outputs"] for kind in output.get("data", {})}
        assert shown & {"image/png", "text/html"}, f"no static figure before {cell['id']}"


def test_a_prediction_keeps_its_answer(notebook):
    cells = notebook["cells"]
    for before, cell, after in zip(cells, cells[1:], cells[2:], strict=False):
        is_prediction = "hide-output" in tags(cell)
        hidden = {"outputs_hidden": True} if is_prediction else None
        assert cell["metadata"].get("jupyter") == hidden, cell["id"]
        if is_prediction:
            assert "**Your guess first.**" in source(before), cell["id"]
            folded = r"<details>\n<summary>What happened</summary>\n\n.+\n\n</details>"
            assert re.fullmatch(folded, source(after), re.DOTALL), after["id"]
            printed = "".join(map(output_text, cell["outputs"])).strip()
            answer = rf"(?<!\w){re.escape(printed)}(?!\w)"
            assert not (printed and re.search(answer, source(before))), before["id"]


def test_a_lesson_is_short(lesson):
    prose = [cell for cell in prose_cells(lesson) if not cell["id"].startswith("solution-")]
    text = re.sub(r"\]\([^)]*\)", "]", "\n".join(map(source, prose)))
    assert 1200 <= len(text.split()) <= 1800
    lengths = [source(cell).count("\n") + 1 for cell in lesson_cells(lesson)]
    assert 12 <= len(lengths) <= 18
    assert median(lengths) <= 5


def test_practice_is_spread_over_the_lesson(lesson):
    slugs = [cell["id"] for cell in lesson["cells"]]
    checks = [i for i, slug in enumerate(slugs) if slug.startswith("check-")]
    assert 3 <= len(checks) <= 4
    assert max(checks) < slugs.index("exercises")
    for i in checks:
        assert source(lesson["cells"][i]).startswith("**Check yourself.**")
        assert slugs[i + 1] == slugs[i].replace("check-", "answer-")
    assert 2 <= sum("hide-output" in tags(cell) for cell in lesson["cells"]) <= 4
    assert 3 <= sum(slug.startswith("exercise-") for slug in slugs) <= 5
    assert any(slug.startswith("buggy-") for slug in slugs)
    progress = lesson["cells"][slugs.index("closing") - 1]
    answers = [c for c in code_cells(lesson) if c["id"].startswith("answer-")]
    checks = [source(cell).splitlines()[-1].removesuffix("(answer)") for cell in answers]
    assert re.findall(r"open: (\w+)", output_text(progress["outputs"][0])) == checks


def lesson_cells(notebook):
    """The code cells but for questions, exercises, and how many of them are solved."""
    practice = ("answer-", "show-progress")
    return [cell for cell in code_cells(notebook) if not cell["id"].startswith(practice)]


def test_cells_are_short_and_explained_before_they_run(notebook):
    lines = [source(cell).splitlines() for cell in lesson_cells(notebook)]
    assert max(map(len, lines)) <= 15
    assert max(len(line) for line in itertools.chain(*lines)) <= 88
    pairs = itertools.pairwise(notebook["cells"])
    bare = [b["id"] for a, b in pairs if a["cell_type"] == b["cell_type"] == "code"]
    assert bare == []


@pytest.mark.parametrize("name", NAMES)
def test_opening_and_closing_are_as_in_every_notebook(name):
    notebook = read_notebook(name)
    slugs = [cell["id"] for cell in notebook["cells"]]
    assert slugs[:3] == OPENING
    assert [slug for slug in slugs if slug in CLOSING] == CLOSING
    title = source(notebook["cells"][0])
    assert title.startswith(f"# {int(name[:2])} · ")
    for part in ("**At the end**", "**You need**", "**Minutes:**"):
        assert part in title
    assert source(notebook["cells"][1]).endswith(f'plot_map("{name}")')
    closing = source(notebook["cells"][slugs.index("closing")])
    for part in ("## What you now have", "**You can now**", "**Common mistakes**"):
        assert part in closing
    assert CARRIED_SENTENCE in "".join(map(source, notebook["cells"])) + all_output(notebook)
    assert source(notebook["cells"][-1]) == navigation(name)


@pytest.mark.parametrize("name", FURTHER)
def test_a_further_notebook_asks_one_question_and_answers_it(name):
    notebook = read_notebook(name)
    title, navigation = (source(notebook["cells"][i]) for i in (0, -1))
    assert re.match(rf"# {name[8:11]} · .*\?$", title, re.MULTILINE)
    assert "**You need**" in title
    assert 10 <= int(re.search(r"\*\*Minutes:\*\* (\d+)$", title, re.MULTILINE)[1]) <= 15
    assert 8 <= len(lesson_cells(notebook)) <= 15
    assert "## The answer" in "\n".join(map(source, prose_cells(notebook)))
    number = int(name[8:10])
    back = f"[back to notebook {number}](../{road_of(name)}.ipynb)"
    assert navigation == f"{back} · [The map of the series](../../README.md)"


def test_each_lesson_links_to_its_further_notebooks():
    for name in NAMES:
        cells = {cell["id"]: source(cell) for cell in read_notebook(name)["cells"]}
        found = re.findall(r"^- \[(.*)\]\((further/.*)\.ipynb\)", cells["further-reading"], re.M)
        assert found == [(title_of(each), each) for each in FURTHER if road_of(each) == name]


def navigation(name):
    i = NAMES.index(name)
    parts = ["[The map of the series](../README.md)"]
    parts += [f"before: {link_to(other)}" for other in NAMES[max(i - 1, 0) : i]]
    parts += [f"next: {link_to(other)}" for other in NAMES[i + 1 : i + 2]]
    return " · ".join(parts)


def title_of(name):
    return source(read_notebook(name)["cells"][0]).splitlines()[0].removeprefix("# ")


def link_to(name):
    return f"[{title_of(name)}]({name}.ipynb)"


def test_headings_descend_without_gaps_and_none_stands_empty(notebook):
    levels = [1]
    for cell, following in itertools.pairwise([*notebook["cells"], {"source": "#"}]):
        if cell["cell_type"] == "code":
            continue
        prose = re.sub(r"```.*?```", "", source(cell), flags=re.S).strip()
        levels += [len(marks) for marks in re.findall(r"^(#+) \S", prose, re.MULTILINE)]
        is_heading = prose.startswith("#") and "\n" not in prose
        assert not (is_heading and source(following).startswith("#")), cell["id"]
    assert levels[1] == 1
    assert levels.count(1) == 2, "one title, the level-one heading of the page"
    assert all(here <= above + 1 for above, here in itertools.pairwise(levels))


def test_local_links_resolve(name, notebook):
    text = "\n".join(map(source, prose_cells(notebook)))
    for target in LINK.findall(text):
        path = unquote(target.split("#")[0])
        if path and not target.startswith("https://"):
            assert (FOLDER / name).parent.joinpath(path).exists(), f"{target} leads nowhere"


def test_pictures_come_from_code_and_are_told_in_words(notebook):
    assert not re.search(r"!\[|<img", "".join(map(source, prose_cells(notebook))))
    for cell, following in itertools.pairwise(notebook["cells"]):
        for output in cell.get("outputs", []):
            if "image/png" in output.get("data", {}):
                assert len(output["metadata"]["image/png"]["alt"]) > 40, cell["id"]
                assert source(following).startswith("*"), f"no caption under {cell['id']}"


def test_numbers_in_prose_stand_in_an_output(notebook):
    """A number of three digits or more, or with a decimal point, is computed in a cell."""
    shown = all_output(notebook).replace(",", "")
    prose = "\n".join(map(source, prose_cells(notebook)))
    prose = re.sub(r"\]\([^)]*\)|https?://\S+", "", prose)
    numbers = {number.rstrip(",").replace(",", "") for number in NUMBER.findall(prose)}
    weighty = {number for number in numbers if "." in number or len(number) > 2}
    missing = {n for n in weighty if not re.search(rf"(?<![\d.]){re.escape(n)}(?![\d])", shown)}
    assert missing == set(), "these numbers in the prose are computed in no cell"


def test_the_readme_gives_the_same_minutes():
    readme = (FOLDER.parent / "README.md").read_text(encoding="utf-8")
    for name in NAMES:
        title = source(read_notebook(name)["cells"][0])
        minutes = re.search(r"\*\*Minutes:\*\* (\d+)$", title, re.MULTILINE)[1]
        row = re.search(rf"^\| \[{name}\]\(notebooks/{name}\.ipynb\) .*$", readme, re.MULTILINE)[0]
        assert row.split("|")[-2].strip() == minutes, name


def test_an_exported_page_says_what_its_figures_show(tmp_path):
    config, notebook = "docs/lab/jupyter_lab_config.py", "notebooks/06_position_embedding.ipynb"
    command = [
        sys.executable,
        "-m",
        "nbconvert",
        f"--config={config}",
        "--to=html",
        "--log-level=ERROR",
        notebook,
    ]
    subprocess.run([*command, f"--output-dir={tmp_path}"], cwd=ROOT, check=True, timeout=60)
    page = (tmp_path / "06_position_embedding.html").read_text(encoding="utf-8")
    outputs = [out for cell in code_cells(read_notebook(NAMES[5])) for out in cell["outputs"]]
    pictures = [out for out in outputs if "image/png" in out.get("data", {})]
    alts = [picture["metadata"]["image/png"]["alt"] for picture in pictures]
    assert len(alts) > 3
    assert [alt for alt in alts if f'alt="{escape(alt)}"' not in page] == []
