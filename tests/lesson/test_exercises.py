"""Every exercise of every notebook, and what its check says to right, wrong and odd answers."""

import re
import subprocess
import sys
from contextlib import nullcontext, suppress
from functools import cache
from importlib import import_module

import pytest
import torch
from answers import RIGHT, WRONG

from notebook_files import (
    FURTHER,
    NAMES,
    ROOT,
    code_cells,
    read_notebook,
    road_of,
    run_definitions,
    source,
)

SOLUTION = re.compile(
    r"<details>\n<summary>Solution</summary>\n\n.*```python\n(.*?)```\n\n</details>", re.DOTALL
)
MODULES = [import_module(f"lesson.exercises.n{name}") for name in NAMES]
CHECKS = {
    name: check
    for module in MODULES
    for name, check in vars(module).items()
    if name.startswith("check_") and check.__module__ == module.__name__
}


def fails(*arguments):
    raise RuntimeError(arguments)


# What somebody might leave in the place of an answer, and no exercise asks for.
ODD = ["", "words", 3.5, 2.5, float("nan"), True, [], [None], [["a"]], [True, 1], {}, {3}]
ODD += [object(), ..., fails, print, len, str, torch.zeros(2), torch.zeros(2, 2)]


def find_stubs():
    """Yield notebook, name and source of the cells that wait for an answer."""
    for notebook in [*NAMES, *FURTHER]:
        for cell in code_cells(read_notebook(notebook)):
            if cell["id"].startswith("answer-"):
                yield notebook, cell["id"].removeprefix("answer-"), source(cell)


def find_exercises():
    """Yield notebook, the name of the check and the solution's code."""
    for notebook, name, stub in STUBS:
        cells = {cell["id"]: cell for cell in read_notebook(notebook)["cells"]}
        if f"check-{name}" not in cells:
            assert re.match(r"### Exercise( \d)?: ", source(cells[f"exercise-{name}"])), name
            solution = SOLUTION.search(source(cells[f"solution-{name}"]))
            assert solution, f"{notebook}: solution-{name} is not folded as the others are"
            yield notebook, called_check(stub), solution[1]


def short(notebook):
    return notebook.removeprefix("further/").split("_")[0]


def called_check(stub):
    return stub.splitlines()[-1].removesuffix("(answer)")


STUBS = list(find_stubs())
EXERCISES = list(find_exercises())
IDS = [f"{short(notebook)}-{check}" for notebook, check, _ in EXERCISES]


@cache
def lesson(notebook):
    """Run the lesson, which is all that a solution may build on."""
    namespace = {}
    for cell in code_cells(read_notebook(notebook)):
        if cell["id"].startswith(("answer-", "live-", "show-progress")) or source(cell).startswith(
            "%"
        ):
            continue
        fails = "raises-exception" in cell["metadata"].get("tags", [])
        with suppress(Exception) if fails else nullcontext():
            exec(source(cell), namespace)
    return namespace


def test_no_stub_is_answered_yet():
    for notebook, name, stub in STUBS:
        assert re.search(r"^answer = None$", stub, flags=re.MULTILINE), name
        assert f"from lesson.exercises.n{road_of(notebook)} import {called_check(stub)}\n" in stub
        assert CHECKS[called_check(stub)](None).verdict == "not answered yet", name


@pytest.mark.parametrize(("notebook", "check", "solution"), EXERCISES, ids=IDS)
def test_the_folded_solution_is_right(notebook, check, solution):
    # Most solutions build on functions alone: they need not wait for the notebook's experiments.
    for prepare in (lambda name: run_definitions(name)[0], lesson):
        namespace = dict(prepare(notebook))
        with suppress(NameError):
            exec(solution, namespace)
            feedback = CHECKS[check](namespace["answer"])
            if feedback.verdict == "right":
                return
    pytest.fail(str(feedback))


@pytest.mark.parametrize("name", CHECKS)
def test_right_wrong_and_odd_answers_get_what_fits_them(name):
    check = CHECKS[name]
    right = [answer for each, answer in RIGHT if each is check]
    wrong = [(answer, said) for each, answer, said in WRONG if each is check]
    assert right
    assert wrong
    for answer in right:
        feedback = check(answer)
        assert feedback.verdict == "right", (answer, feedback)
        assert feedback.message
    for answer, said in [*wrong, *((odd, "") for odd in ODD)]:
        feedback = check(answer)
        assert feedback.verdict == "hint", answer
        assert said in feedback.message, (answer, feedback)


def test_every_check_is_used_in_a_notebook():
    assert {called_check(stub) for _, _, stub in STUBS} == set(CHECKS)


def test_the_exercises_of_01_to_03_do_not_wait_for_torch():
    script = "import sys\n"
    for module in MODULES[:3]:
        script += f"import {module.__name__}\n"
    script += "print('torch' in sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, timeout=60
    )
    assert run.stdout == "False\n", run.stderr
