"""The benchmarks run, agree with their peers and report honestly. No time decides here."""

import re

import pytest
import torch

from benchmarks import __main__ as command
from benchmarks import measure
from benchmarks.measure import Row, Scale

FAST = Row("knit", "aunt", [0.5, 0.2, 0.25], goal=3, faster=True, note="1 s, 4 s")
SLOW = Row("unravel", "aunt", [1.0, 2.5, 1.75], goal=1.5)
PLAIN = Row("wash", "aunt", [2.0])


def names_of_rows(page):
    """Return the first cell of each row, its numbers left out: a quick run has smaller ones."""
    rows = page.split("| what | beside |")[1].splitlines()[2:]
    names = [row.split(" | ")[0] for row in rows if row.startswith("| ")]
    return [re.sub(r"\d[\d,]*", "N", name) for name in names]


def test_a_quick_run_gives_every_row_and_leaves_the_report_alone(capsys):
    written = command.RESULTS.read_bytes()
    command.main(["--quick"])
    assert command.RESULTS.read_bytes() == written
    names = names_of_rows(capsys.readouterr().out)
    assert len(names) >= 30
    assert names == names_of_rows(written.decode()), "RESULTS.md is old: run `make bench`"


@pytest.mark.parametrize(
    ("row", "goal", "measured", "met"),
    [
        (FAST, "≥ 3", "4 × as fast (2 to 5)", "yes"),
        (FAST._replace(goal=4.1), "≥ 4.1", "4 × as fast (2 to 5)", "**no**"),
        (SLOW, "≤ 1.5", "1.75 × (1 to 2.5)", "**no**"),
        (SLOW._replace(goal=1.75), "≤ 1.75", "1.75 × (1 to 2.5)", "yes"),
        (PLAIN, "", "2 × (2 to 2)", ""),
    ],
)
def test_a_row_gives_the_median_and_says_whether_it_meets_its_goal(row, goal, measured, met):
    assert row.cells() == [row.what, "aunt", goal, measured, met, row.note]


def test_ways_take_turns_and_neither_the_first_round_nor_the_setup_counts(monkeypatch):
    log, now = [], [0.0]

    def take(seconds, name):
        log.append(name)
        now[0] += seconds
        return "a scarf"

    ours, theirs = [50.0, 2.0, 3.0], [60.0, 8.0, 4.0]
    monkeypatch.setattr(measure, "perf_counter", lambda: now[0])
    row = measure.compare(
        "knit",
        "aunt",
        lambda wool: take(ours.pop(0), wool),
        lambda: take(theirs.pop(0), "aunt's"),
        rounds=3,
        setup=lambda: take(1000.0, "fetch wool") and "ours",
        goal=1,
    )
    assert row == Row("knit", "aunt", [0.25, 0.75], goal=1, note="2.5 s, 6 s")
    assert log[:3] == ["aunt's", "fetch wool", "ours"]
    assert log[3:6] == ["fetch wool", "ours", "aunt's"]


def test_results_that_differ_end_the_run():
    with pytest.raises(ValueError, match="knit: the results of helpers and of aunt differ"):
        measure.compare("knit", "aunt", lambda: [1, 2], lambda: [1, 3], rounds=1)


def test_a_full_run_writes_all_rows_and_the_versions(tmp_path, monkeypatch):
    monkeypatch.setattr(command, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(command, "SUBJECTS", [lambda _: [FAST, SLOW], lambda _: [PLAIN]])
    command.main([])
    written = command.RESULTS.read_text(encoding="utf-8")
    assert names_of_rows(written) == ["| knit", "| unravel", "| wash"]
    assert f"| torch | {torch.__version__} |" in written
    assert f"median of {Scale().rounds} rounds" in written
