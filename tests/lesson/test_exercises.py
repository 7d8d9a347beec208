"""Every exercise of every notebook, and what its check says to right, wrong and odd answers."""

import re
from contextlib import nullcontext, suppress
from functools import cache

import pytest
import torch
from answers import RIGHT, WRONG

from lesson import exercises
from notebook_files import NAMES, code_cells, read_notebook, source

SOLUTION = re.compile(
    r"<details>\n<summary>Solution</summary>\n\n.*```python\n(.*?)```\n\n</details>", re.DOTALL
)


CHECKS = [getattr(exercises, name) for name in exercises.__all__]


def fails(*arguments):
    raise RuntimeError(arguments)


# What somebody might leave in the place of an answer, and no exercise asks for.
ODD = [
    "",
    "words",
    3,
    2.5,
    float("nan"),
    True,
    [],
    [None],
    [["a"]],
    {},
    object(),
    fails,
    print,
    len,
]
ODD += [torch.arange(3), torch.zeros(2)]


def find_exercises():
    """Yield notebook, name, the source of the answer's cell and the solution's code."""
    for notebook in NAMES:
        cells = {cell["id"]: cell for cell in read_notebook(notebook)["cells"]}
        for slug in (slug for slug in cells if slug.startswith("answer-")):
            name = slug.removeprefix("answer-")
            assert source(cells[f"exercise-{name}"]).startswith("### Exercise "), slug
            solution = SOLUTION.search(source(cells[f"solution-{name}"]))
            assert solution, f"{notebook}: solution-{name} is not folded as the others are"
            yield notebook, name, source(cells[slug]), solution[1]


EXERCISES = list(find_exercises())
IDS = [f"{notebook[:2]}-{name}" for notebook, name, _, _ in EXERCISES]


@cache
def main_path(notebook):
    """Run the main path, which is all that a solution may build on."""
    namespace = {}
    for cell in code_cells(read_notebook(notebook)):
        if cell["id"].startswith("answer-"):
            break
        if source(cell).startswith("%") or after_main_path(notebook, cell["id"]):
            continue
        fails = "raises-exception" in cell["metadata"].get("tags", [])
        with suppress(Exception) if fails else nullcontext():
            exec(source(cell), namespace)
    return namespace


def after_main_path(notebook, slug):
    slugs = [cell["id"] for cell in read_notebook(notebook)["cells"]]
    return slugs.index(slug) > slugs.index("going-further")


@pytest.mark.parametrize(("notebook", "name", "stub", "solution"), EXERCISES, ids=IDS)
def test_the_stub_is_not_answered_yet(notebook, name, stub, solution):
    assert re.search(r"^answer = None$", stub, flags=re.MULTILINE)
    check_name = stub.splitlines()[-1].removesuffix("(answer)")
    check = getattr(exercises, check_name)
    assert check(None).verdict == "not answered yet"


@pytest.mark.parametrize(("notebook", "name", "stub", "solution"), EXERCISES, ids=IDS)
def test_the_folded_solution_is_right(notebook, name, stub, solution):
    namespace = dict(main_path(notebook))
    exec(solution, namespace)
    check = getattr(exercises, stub.splitlines()[-1].removesuffix("(answer)"))
    feedback = check(namespace["answer"])
    assert feedback.verdict == "right", feedback


@pytest.mark.parametrize(("check", "answer"), RIGHT)
def test_a_right_answer_is_right(check, answer):
    feedback = check(answer)
    assert feedback.verdict == "right"
    assert feedback.message


@pytest.mark.parametrize(("check", "answer", "said"), WRONG)
def test_a_wrong_answer_gets_the_hint_that_fits(check, answer, said):
    feedback = check(answer)
    assert feedback.verdict == "hint"
    assert said in feedback.message


@pytest.mark.parametrize("answer", ODD)
@pytest.mark.parametrize("check", CHECKS)
def test_an_odd_answer_gets_a_hint_and_no_error(check, answer):
    assert check(answer).verdict == "hint"


@pytest.mark.parametrize("notebook", NAMES)
def test_every_notebook_has_two_to_four_exercises(notebook):
    assert 2 <= sum(found == notebook for found, *_ in EXERCISES) <= 4


def test_every_check_has_right_and_wrong_answers():
    assert {check for check, _ in RIGHT} == {check for check, *_ in WRONG} == set(CHECKS)


def test_every_check_is_used_in_a_notebook():
    used = {stub.splitlines()[-1].removesuffix("(answer)") for _, _, stub, _ in EXERCISES}
    assert used == set(exercises.__all__)
