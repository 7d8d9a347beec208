"""The teacher's guide agrees with the notebooks: minutes, predictions, checks, further ones."""

import re
from ast import literal_eval
from datetime import datetime, timedelta
from importlib import import_module

import pytest

from notebook_files import FURTHER, NAMES, ROOT, all_output, read_notebook, road_of, source

GUIDE = (ROOT / "docs/teaching.md").read_text(encoding="utf-8")
PARTS = {part.partition("\n")[0]: part for part in re.split(r"^## ", GUIDE, flags=re.M)[1:]}
# Each timetable with the lessons that it takes: the lecture, two double lessons, the day.
TIMETABLES = re.split(r"(?<=\*\*\d\d\*\* \|\n)", PARTS["Three timetables"])
LESSONS = [[], NAMES[:3], NAMES[3:], NAMES]  # the lecture takes shorter ways


def table_rows(text):
    """Return the cells of the rows of all tables, without the heads."""
    tables = re.findall(r"^\|.*\|\n\|:.*\|\n((?:\|.*\|\n)+)", text, re.M)
    lines = "".join(tables).splitlines()
    return [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]


def title_of(name):
    return source(read_notebook(name)["cells"][0]).splitlines()[0].removeprefix("# ")


def part_of(name):
    return PARTS[title_of(name)]


def at_a_glance():
    """Return the rows of the overview: link, minutes alone, minutes with a class, idea."""
    return table_rows(PARTS["At a glance"])


def cells_in(text):
    """Return what looks like the id of a cell."""
    return set(re.findall(r"`([a-z0-9]+(?:-[a-z0-9]+)+)`", text))


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


def test_the_overview_has_the_minutes_of_the_notebooks():
    *rows, together = at_a_glance()
    assert [row[0] for row in rows] == [f"[{name}](../notebooks/{name}.ipynb)" for name in NAMES]
    for name, (_, alone, in_class, _) in zip(NAMES, rows, strict=True):
        assert f"- **Minutes:** {alone}\n" in source(read_notebook(name)["cells"][0]) + "\n"
        assert 15 <= int(in_class) <= 30
    for column in (1, 2):
        assert together[column] == f"**{sum(int(row[column]) for row in rows)}**"


def test_the_timetables_add_up_and_take_the_minutes_of_a_class():
    minutes = {row[0][1:3]: row[2] for row in at_a_glance()}
    for timetable, lessons in zip(TIMETABLES, LESSONS, strict=True):
        *rows, total = table_rows(timetable)
        assert total[-2:] == ["**total**", f"**{sum(int(row[-1]) for row in rows)}**"]
        taken = [row[-2:] for row in rows if row[-2].endswith(" with the class")]
        assert taken == [[f"{name[:2]} with the class", minutes[name[:2]]] for name in lessons]
        assert any(row[-2].startswith("Slack") for row in rows)


def test_the_lecture_takes_shorter_ways_through_3_to_7():
    minutes = {row[0][1:3]: int(row[2]) for row in at_a_glance()[:-1]}
    rows = table_rows(TIMETABLES[0])
    short = {row[0][:2]: int(row[1]) for row in rows if row[0].endswith(", the short way")}
    assert [*short] == [name[:2] for name in NAMES[2:]]
    assert all(short[number] < minutes[number] for number in short)


def test_the_clock_of_the_day_is_right():
    clock = datetime(2000, 1, 1, 9, 0)
    for start, what, minutes in table_rows(TIMETABLES[-1]):
        assert start == f"{clock:%H:%M}", what
        clock += timedelta(minutes=int(minutes.strip("*")))


def test_all_predictions_are_asked_and_the_numbers_are_those_of_the_notebook(name):
    notebook = read_notebook(name)
    asked = re.findall(r"^- `([\w-]+)`, in \*([^*]+)\*: \*[^*]+\?\* (\S.*)$", part_of(name), re.M)
    hidden, section = [], ""
    for cell in notebook["cells"]:
        if heading := re.match(r"##+ (.*)", source(cell)):
            section = heading[1]
        if "hide-output" in cell["metadata"].get("tags", []):
            hidden.append((cell["id"], section))
    assert [(cell_id, section) for cell_id, section, _ in asked] == hidden
    shown = all_output(notebook) + "\n".join(map(source, notebook["cells"]))
    for _, _, answer in asked:
        for number in re.findall(r"\d[\d,.]*\d", re.sub(r"\"[^\"]*\"", "", answer)):
            assert number.replace(",", "") in shown.replace(",", ""), answer


def test_the_checks_and_exercises_are_those_of_the_notebook_in_order(name):
    expected, heading = [], ""
    for cell in read_notebook(name)["cells"]:
        if exercise := re.match(r"### (Exercise \d): ", source(cell)):
            heading = exercise[0].removeprefix("### ")
        elif check := re.search(r"^(check_\w+)\(answer\)$", source(cell), re.M):
            expected.append(f"{heading}`{check[1]}`")
            heading = ""
    rows = table_rows(part_of(name))
    assert [row[0] for row in rows] == expected
    assert all(len(row) == 4 and all(row) for row in rows)


def test_the_right_answers_are_right(name):
    for check, right, _, _ in table_rows(part_of(name)):
        check = getattr(import_module(f"lesson.exercises.n{name}"), re.search(r"`(.*)`", check)[1])
        if right != "its solution":
            assert check(literal_eval(right.strip("`"))).verdict == "right", check


def test_the_counts_on_paper_are_those_of_the_notebook():
    name = NAMES[2]
    paper = re.search(r"^\*\*On paper\.\*\* (.*)$", part_of(name), re.M)[1]
    start, merges = paper.split("The merges: ")
    shown = all_output(read_notebook(name))
    for word, times in re.findall(r"`(\S+)` (\d+)", start):
        assert f"“{word}” ({times} times)" in shown
    rounds = re.findall(r"`(\S+)` (\d+)", merges)
    assert [times for _, times in rounds] == re.findall(r"merge \d, (\d+) times: ", shown)
    for token, times in rounds:
        row = re.search(rf"merge \d, {times} times: ([^;]*)", shown)[1]
        assert token in re.split(r"[| .]", row)


def test_the_cells_and_sections_that_a_part_names_exist(name):
    cells = read_notebook(name)["cells"]
    assert cells_in(part_of(name)) <= {cell["id"] for cell in cells}
    cuts = re.search(r"^\*\*Short of time\?\*\* (.*) \*\*Further:\*\*", part_of(name), re.M)[1]
    headings = {source(cell).partition("\n")[0].lstrip("# ") for cell in cells}
    assert set(re.findall(r"\*([^*]+)\*", cuts)) <= headings


def test_the_cells_that_the_rest_of_the_guide_names_exist():
    cells = [cell["id"] for name in NAMES for cell in read_notebook(name)["cells"]]
    assert cells_in(GUIDE) <= set(cells)


def test_the_minutes_of_the_longest_part_add_up():
    minutes = re.search(r"^\*\*The minutes\.\*\* (.*)\.$", part_of(NAMES[2]), re.M)[1]
    sections = re.findall(r"\*([^*]+)\* (\d+)", minutes)
    text = "\n".join(map(source, read_notebook(NAMES[2])["cells"]))
    headings = re.findall(r"^## (.*)$", text, re.M)
    assert [section for section, _ in sections] == headings[: len(sections)]
    assert sum(int(each) for _, each in sections) == int(at_a_glance()[2][2])


def test_each_mistake_has_a_source(name):
    mistakes = re.search(r"\*\*What students get wrong\*\*\n\n((?:- .*\n)+)", part_of(name))[1]
    assert [line for line in mistakes.splitlines() if "](https://" not in line] == []


def test_all_further_notebooks_are_named_with_their_question(name):
    links = [
        (title_of(each), f"../notebooks/{each}.ipynb") for each in FURTHER if road_of(each) == name
    ]
    assert re.findall(r"\[([^]]+)\]\((\S+/further/\S+)\)", part_of(name)) == links


def test_links_resolve():
    for link in re.findall(r"\]\(([^)\s]+)\)", GUIDE):
        path, _, anchor = link.partition("#")
        if not link.startswith("https:"):
            file = ROOT / "docs" / path
            assert file.is_file(), f"the link {link} leads nowhere"
            headings = re.findall(r"^#+ (.*)$", file.read_text(encoding="utf-8"), re.M)
            anchors = {"", *(heading.lower().replace(" ", "-") for heading in headings)}
            assert anchor in anchors, link


def test_the_numbers_of_the_sheet_are_those_of_the_notebooks():
    sheet = (ROOT / "docs/sheet.md").read_text(encoding="utf-8").replace(",", "")
    shown = "\n".join(all_output(read_notebook(name)) for name in NAMES).replace(",", "")
    numbers = set(re.findall(r"\d{3,}", sheet))
    assert len(numbers) > 7
    assert {number for number in numbers if not re.search(rf"\b{number}\b", shown)} == set()
