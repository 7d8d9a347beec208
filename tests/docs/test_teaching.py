"""The teacher's guide agrees with the notebooks: minutes, sections, questions and exercises."""

import itertools
import re
from datetime import datetime, timedelta

import pytest

from notebook_files import NAMES, ROOT, all_output, read_notebook, source

GUIDE = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
PARTS = {part.partition("\n")[0]: part for part in re.split(r"^## ", GUIDE, flags=re.M)[1:]}
ANSWER_CELL = re.compile(r"^(check_\w+)\(answer\)$", re.M)
# What looks like the id of a cell and is a word of the story.
NO_CELLS = {"scare-crow"}


def table_rows(text):
    """Return the cells of every row of every table, the heads and the rules left out."""
    lines = text.splitlines()
    rows = []
    for above, line in itertools.pairwise(["", *lines]):
        if line.startswith("|") and above.startswith("|") and not line.startswith("|:"):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return [row for row in rows if not re.fullmatch(r"-+:?", row[0])]


def title_of(name):
    return source(read_notebook(name)["cells"][0]).splitlines()[0].removeprefix("# ")


def minutes_of(name):
    """Return the minutes that the notebook promises: main path, going further."""
    title = source(read_notebook(name)["cells"][0])
    found = re.search(r"\*\*Minutes:\*\* (\d+), and (\d+) more", title)
    return int(found[1]), int(found[2])


def sections_of(name):
    """Return heading and ids of the cells, section by section: main path, going further."""
    paths = [[("Opening", [])], []]
    path = paths[0]
    for cell in read_notebook(name)["cells"]:
        if cell["id"] == "going-further":
            path = paths[1]
            continue
        if cell["id"] in ("exercises", "closing"):
            break
        if cell["cell_type"] == "markdown":
            prose = re.sub(r"```.*?```", "", source(cell), flags=re.S)
            path += [(heading, []) for heading in re.findall(r"^##+ (.*)$", prose, re.M)]
        path[-1][1].append(cell["id"])
    return [*paths[0], ("What you now have", [])], paths[1]


def plan_of(name):
    """Return the rows of the plan as (section, minutes, cell, question): main path, further."""
    paths, path, section = [], [], None
    for cells in table_rows(PARTS[title_of(name)]):
        if cells[0] in ("**Main path**", "**Going further**"):
            paths.append((path, int(cells[1].strip("*"))))
            path = []
        elif not re.match(r"\d, ", cells[0]):
            section = cells[0] or section
            path.append((section, int(cells[1] or 0), cells[2].strip("`"), cells[3]))
    assert path == []
    return paths


def predict_cells(name):
    """Return the cells whose output answers a Predict question."""
    return [
        following["id"]
        for here, following in itertools.pairwise(read_notebook(name)["cells"])
        if here["cell_type"] == "markdown" and "**Predict:**" in source(here)
    ]


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_the_plan_of_a_notebook_has_its_sections_and_minutes(name):
    assert f"[{name}](../notebooks/{name}.ipynb)" in PARTS[title_of(name)]
    both = zip(plan_of(name), minutes_of(name), sections_of(name), strict=True)
    for (rows, total), minutes, sections in both:
        planned = list(dict.fromkeys(section for section, *_ in rows))
        assert planned == [heading for heading, _ in sections]
        assert total == minutes == sum(row[1] for row in rows)


def test_the_questions_are_those_of_the_notebook(name):
    rows = [row for path, _ in plan_of(name) for row in path if row[2]]
    assert [row[2] for row in rows if not row[3].startswith("★")] == predict_cells(name)
    assert not {row[2] for row in rows if row[3].startswith("★")} & set(predict_cells(name))
    assert [row for row in rows if not re.match(r"(★ )?\*[^*]+\?\* \S", row[3])] == []
    ids = dict(itertools.chain(*sections_of(name)))
    assert [row for row in rows if row[2] not in ids[row[0]]] == []
    notebook = read_notebook(name)
    shown = all_output(notebook) + "\n".join(map(source, notebook["cells"]))
    for *_, question in rows:
        said = re.sub(r"\"[^\"]*\"", "", question).replace(",", "")
        for number in re.findall(r"\d\d+(?:\.\d+)?", said):
            assert re.search(rf"(?<!\d){number}(?!\d)", shown.replace(",", "")), question


def test_what_is_named_of_a_notebook_exists(name):
    cells = read_notebook(name)["cells"]
    checks = [found[1] for cell in cells if (found := ANSWER_CELL.search(source(cell)))]
    rows = [row for row in table_rows(PARTS[title_of(name)]) if re.match(r"\d, ", row[0])]
    assert [row[0] for row in rows] == [f"{i}, `{each}`" for i, each in enumerate(checks, 1)]
    assert {row[1] for row in rows} <= {"predict", "change", "build"}
    assert all(row[2] and row[3] for row in rows)
    named = set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", PARTS[title_of(name)]))
    assert named - NO_CELLS <= {cell["id"] for cell in cells}
    cuts = re.search(r"^\*\*Short of time\?\*\*.*$", PARTS[title_of(name)], re.M)[0]
    headings = {heading for path in sections_of(name) for heading, _ in path}
    assert set(re.findall(r"(?<!\*)\*([A-Z][^*]+)\*(?!\*)", cuts)) <= headings


def test_the_overview_adds_up():
    *rows, together = table_rows(PARTS["At a glance"])
    links = [f"[{name}](../notebooks/{name}.ipynb)" for name in NAMES]
    assert [row[0] for row in rows] == links
    assert [(int(row[1]), int(row[2])) for row in rows] == [minutes_of(name) for name in NAMES]
    for column in (1, 2):
        assert together[column] == f"**{sum(int(row[column]) for row in rows)}**"


def test_the_timetables_add_up():
    timetables = re.split(r"(?<=\*\*\d\d\*\* \|\n)", PARTS["Three timetables"])
    assert len(timetables) == 4
    for timetable in timetables:
        *rows, total = table_rows(timetable)
        assert total[-2] == "**total**"
        assert int(total[-1].strip("*")) == sum(int(row[-1]) for row in rows), rows


def test_the_timetables_keep_the_notebooks_minutes():
    found = []
    for row in table_rows(PARTS["Three timetables"]):
        if match := re.fullmatch(r"(\d\d) (main path|going further)(?:: (.*))?", row[-2]):
            found.append(match[0])
            notebook = next(name for name in NAMES if name.startswith(match[1]))
            rows, minutes = plan_of(notebook)[match[2] == "going further"]
            if match[3]:
                parts = match[3].split("; ")
                assert set(parts) <= {section for section, *_ in rows}
                minutes = sum(row[1] for row in rows if row[0] in parts)
            assert int(row[-1]) == minutes, match[0]
    assert len(found) == 25


def test_the_clock_of_the_workshop_is_right():
    rows = [row for row in table_rows(PARTS["Three timetables"]) if len(row) == 3]
    clock = datetime(2000, 1, 1, 9, 0)
    for start, what, minutes in rows:
        assert start == f"{clock:%H:%M}", what
        clock += timedelta(minutes=int(minutes.strip("*")))


def test_local_links_resolve():
    links = re.findall(r"\]\(([^)\s]+)\)", GUIDE)
    assert [link for link in links if link.startswith("http:")] == []
    for link in links:
        path, _, anchor = link.partition("#")
        if not link.startswith("https:"):
            assert (ROOT / "docs" / path).is_file(), f"the link {link} leads nowhere"
        if anchor and not link.startswith("https:"):
            headings = re.findall(
                r"^#+ (.*)$", (ROOT / "docs" / path).read_text(encoding="utf-8"), re.M
            )
            assert anchor in {heading.lower().replace(" ", "-") for heading in headings}, link
