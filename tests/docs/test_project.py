"""The project's own files agree with one another and with what is installed."""

import os
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

from notebook_files import ROOT


def read(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def read_pins(path: str) -> dict[str, str]:
    return dict(re.findall(r"^([\w-]+)==(\S+)$", read(path), re.MULTILINE))


def tracked() -> list[Path]:
    run = subprocess.run(["git", "ls-files", "-z"], capture_output=True, text=True, cwd=ROOT)
    return [ROOT / name for name in run.stdout.split("\0") if name]


READER, MAKERS = read_pins("requirements.txt"), read_pins("requirements-dev.txt")
PROJECT = tomllib.loads(read("pyproject.toml"))["project"]
EXTRAS = PROJECT["optional-dependencies"]


def names(requirements: list[str]) -> set[str]:
    return {canonicalize_name(Requirement(text).name) for text in requirements}


def test_what_the_project_names_is_pinned():
    assert names(PROJECT["dependencies"] + EXTRAS["test"]) - READER.keys() == set()
    assert names(EXTRAS["dev"]) - READER.keys() - MAKERS.keys() == set()


def test_versions_stand_in_the_lists_of_pins_only_and_once():
    named = PROJECT["dependencies"] + EXTRAS["test"] + EXTRAS["dev"]
    assert [text for text in named if Requirement(text).specifier] == ["jsonschema<4.25"]
    assert READER.keys() & MAKERS.keys() == set()
    assert READER["torch"] == "2.13.0", "without a build: a Mac has no +cpu"


def test_a_reader_installs_nothing_of_the_makers():
    makers = {"sphinx", "playwright", "tokenizers", "transformers", "ruff", "pip-tools", "nbdime"}
    assert makers & READER.keys() == set()


def test_what_is_pinned_is_installed():
    found = {canonicalize_name(each.name): each.version for each in distributions()}
    installed = {name: found.get(name, "missing").split("+")[0] for name in READER | MAKERS}
    assert installed == READER | MAKERS


def test_conda_takes_the_same_pins():
    lines = re.findall(r"^ *- (.*)$", read("environment.yml"), re.MULTILINE)
    python = lines[1].removeprefix("python=")
    assert SpecifierSet(PROJECT["requires-python"]).contains(python)
    assert lines[-2:] == ["-r requirements.txt", "-e ."]


def test_every_make_command_that_is_named_exists():
    rules = set(re.findall(r"^([\w./-]+):", read("Makefile"), re.MULTILINE))
    documents = [
        "README.md",
        "docs/installing.md",
        "docs/CONTRIBUTING.md",
        "docs/teaching.md",
        ".ci/run",
    ]
    for path in [*documents, ".github/workflows/site.yml", ".github/workflows/test.yml"]:
        named = re.findall(r"(?:`|run: |^|offline )make ([a-z][\w./-]*)", read(path), re.MULTILINE)
        assert named, path
        assert set(named) <= rules, path


def test_importing_helpers_imports_nothing_heavy():
    heavy = "{'torch', 'matplotlib', 'tiktoken'}"
    script = f"import sys, helpers; print(sorted({heavy} & set(sys.modules)))"
    command = [sys.executable, "-c", script]
    run = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=60)
    assert run.stdout == "[]\n", run.stderr


HELPERS = ["data", "tokenizer", "bpe", "token_files", "dataset", "embedding"]


def test_imports_run_one_way():
    """A module of helpers imports those before it in the list above; lesson stands on top."""
    against = []
    for path in ROOT.glob("helpers/**/*.py"):
        module = path.relative_to(ROOT).with_suffix("").parts[1]
        before = HELPERS[: HELPERS.index(module) + 1] if module in HELPERS else []
        text = path.read_text(encoding="utf-8")
        for package, part in re.findall(
            r"^\s*(?:from|import) (helpers|lesson)(?:\.(\w+))?", text, re.MULTILINE
        ):
            if package == "lesson" or part not in before:
                against.append(f"{path.relative_to(ROOT)} imports {package}.{part}")
    assert against == []


def count_lines(*patterns: str) -> int:
    paths = [path for pattern in patterns for path in ROOT.glob(pattern)]
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)


def test_helpers_can_be_read_in_one_sitting():
    assert count_lines("helpers/**/*.py") <= 1_600
    assert count_lines("helpers/bpe.py", "helpers/bpe/*.py") <= 600


def test_the_top_level_is_short():
    assert len({path.relative_to(ROOT).parts[0] for path in tracked()}) <= 18


def test_no_tracked_link_leads_out_of_the_project():
    links = [path for path in tracked() if path.is_symlink()]
    outside = [path for path in links if not path.resolve().is_relative_to(ROOT)]
    assert [f"{path} -> {os.readlink(path)}" for path in outside] == []
