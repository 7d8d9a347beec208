"""The project's own files agree with one another and with what is installed."""

import re
import subprocess
import sys
import tomllib
from importlib.metadata import version

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from notebook_files import ROOT

PINS = dict(
    line.split("==")
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
)
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
NEEDED = [
    Requirement(text) for text in PROJECT["dependencies"] + PROJECT["optional-dependencies"]["dev"]
]
NAME_COMMANDS = [
    *(
        ROOT / name
        for name in ("README.md", "docs/CONTRIBUTING.md", "docs/teaching.md", ".ci/run")
    ),
    *sorted((ROOT / ".github/workflows").glob("*.yml")),
]
ENVIRONMENT = (ROOT / "environment.yml").read_text(encoding="utf-8")


def test_torch_is_pinned_without_a_build():
    assert PINS["torch"] == "2.13.0"


@pytest.mark.parametrize("needed", NEEDED, ids=lambda needed: needed.name)
def test_what_the_project_needs_is_pinned(needed):
    assert needed.specifier.contains(PINS[canonicalize_name(needed.name)])


@pytest.mark.parametrize("name", PINS)
def test_what_is_pinned_is_installed(name):
    assert version(name).split("+")[0] == PINS[name]


def test_versions_stand_in_requirements_only():
    assert not [str(needed) for needed in NEEDED if needed.specifier]


def test_conda_takes_the_same_pins():
    lines = [
        line.strip("- ") for line in ENVIRONMENT.splitlines() if line.lstrip().startswith("-")
    ]
    python, *others = lines[1:]
    assert lines[0] == "conda-forge"
    assert others == ["pip", "pip:", "r requirements.txt", "e ."]
    assert SpecifierSet(PROJECT["requires-python"]).contains(python.removeprefix("python="))


@pytest.mark.parametrize("path", NAME_COMMANDS, ids=lambda path: path.name)
def test_every_make_command_that_is_named_exists(path):
    rules = re.findall(
        r"^([\w./-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE
    )
    named = re.findall(
        r"(?:`|run: |^|offline )make ([a-z][\w./-]*)",
        path.read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    assert named
    assert set(named) <= set(rules)


def test_importing_helpers_imports_nothing_heavy():
    heavy = "{'torch', 'matplotlib', 'tiktoken'}"
    script = f"import sys, helpers; print(sorted({heavy} & set(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT)
    assert run.stdout == "[]\n", run.stderr


MODULES = [
    *("checks", "data", "tokenizer", "bpe", "corpus", "token_files", "dataset", "embedding"),
    *("figures", "live", "exercises"),
]


def test_an_import_only_runs_upward_in_the_list_of_modules():
    for i, name in enumerate(MODULES):
        paths = [ROOT / f"helpers/{name}.py", *(ROOT / f"helpers/{name}").glob("*.py")]
        for path in filter(lambda path: path.exists(), paths):
            text = path.read_text(encoding="utf-8")
            for imported in re.findall(r"^\s*from helpers\.(\w+)", text, flags=re.M):
                assert imported in MODULES[: i + 1], f"{path.name} imports {imported}"


@pytest.mark.parametrize(
    "path", [path.relative_to(ROOT) for path in sorted(ROOT.glob("helpers/**/*.py"))], ids=str
)
def test_a_module_can_be_read_in_one_sitting(path):
    assert len((ROOT / path).read_text(encoding="utf-8").splitlines()) <= 300
