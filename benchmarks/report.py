"""The report: tables for the screen and for RESULTS.md, and the plot of growth beside it."""

from collections.abc import Sequence
from pathlib import Path

from benchmarks.findings import Finding, Growth, Results, write_seconds
from benchmarks.growth import plot_growth
from benchmarks.machine import describe_machine
from benchmarks.texts import name_size

REPORT, PLOT = "RESULTS.md", "growth.png"
HEADER = ("what", "against", "goal", "measured", "reached", "medians")

INTRODUCTION = """\
# Benchmarks

`make bench` writes this page. A figure is a ratio to a peer that is measured in the same run,
which says more than the time of one machine: the article's own code, public algorithms written
anew from their description, packages, a plain copy in memory. (A few rows compare `helpers`
with itself, or with a size that is computed; they say so.) Ways to a result are compared, and
a difference ends the run. Then they are timed by turns in several rounds, with Python's
garbage collector off. A ratio is the median of the rounds; the lowest and the highest stand in
brackets. But for the story, the texts are generated, and the same everywhere. 1 MB is a
million characters.
"""

NOTES = """\
## How to read it

- **Training to 1,000 ids** is 744 merges on top of the 256 bytes.
- **minbpe-style** counts every pair of the text anew for each merge, word by word, with a call
  for each word, as minbpe does. `helpers` counts a word once, however often it comes, and
  after that only what a merge has changed.
- **From its sampled steps:** on the generated texts the plain training is timed at single
  steps between the first and the last, each of which must choose the merge that `helpers`
  chose, and the steps between two of them are put on a straight line. `python -m benchmarks
  --only training --full` measures all steps.
- **tokenizers** chooses another pair among equally frequent ones, so its merges are no copy of
  ours: each is checked to be as frequent as any on the story, and on the other texts their
  number is compared.
- **Encoding** is done by a new tokenizer each time, and making it is not timed. `helpers` and
  tiktoken keep nothing from one text to the next; the other two remember words. `tokenizers`
  gets the text in pieces, since it shares out pieces among its threads.
- **DataLoader alone** deals out one ready batch again and again, from a data set that does
  nothing: no data set can be faster.
- **Worker processes** make the batches slower: to cut a window takes less time than to send it
  from one process to another.
- **Memory** is that of a fresh process, after less before, measured once; what is handed in,
  such as a list of ids, was there before.
- **The vocabulary:** tiktoken reads and checks two files, `BytePairTokenizer.gpt2()` one.
"""


def format_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a Markdown table with columns that line up.

    Example:
        >>> print(format_table(("n", "name"), [("1", "one"), ("20", "twenty")]))
        | n  | name   |
        |:---|:-------|
        | 1  | one    |
        | 20 | twenty |
    """
    widths = [max(map(len, column)) for column in zip(header, *rows, strict=True)]
    lines = [_line(header, widths), "|" + "|".join(f":{'-' * (n + 1)}" for n in widths) + "|"]
    return "\n".join([*lines, *(_line(row, widths) for row in rows)])


def format_findings(results: Sequence[Results], *, judged: bool) -> str:
    """Write one table a subject.

    Args:
        results: of the subjects.
        judged: say of each goal whether it is reached.
    """
    parts = []
    for result in results:
        if result.findings:
            rows = [_finding_row(finding, judged) for finding in result.findings]
            parts.append(f"### {result.title}\n\n{format_table(HEADER, rows)}\n")
    return "\n".join(parts)


def write_report(results: Sequence[Results], folder: Path, *, judged: bool) -> None:
    """Write RESULTS.md, and the plot if there is something to draw.

    Args:
        results: of the subjects.
        folder: where to write; it is made if it is missing.
        judged: say of each goal whether it is reached.
    """
    folder.mkdir(parents=True, exist_ok=True)
    growths = [result.growth for result in results if result.growth]
    parts = [
        INTRODUCTION,
        "## Machine\n\n" + format_table(("what", "here"), describe_machine()) + "\n",
        "## Results\n\n" + format_findings(results, judged=judged),
        *([_write_growth(growths, folder)] if growths else []),
        NOTES,
    ]
    (folder / REPORT).write_text("\n".join(parts), encoding="utf-8")


def _write_growth(growths: Sequence[Growth], folder: Path) -> str:
    figure = plot_growth(growths)
    shown, _ = figure._repr_mimebundle_()  # as small as in a notebook
    (folder / PLOT).write_bytes(shown["image/png"])
    tables = [
        f"**{growth.title[0].upper()}{growth.title[1:]}**\n\n{_growth_table(growth)}\n"
        for growth in growths
    ]
    caption = (
        "*Each panel is a stage, each line a way to its result; the thin line shows a time that "
        "grows in step with the text. Lower is faster; both axes are logarithmic.*\n"
    )
    return "\n".join([f"## Growth\n\n![{figure.alt}]({PLOT})\n", caption, *tables])


def _growth_table(growth: Growth) -> str:
    sizes = sorted({size for seconds in growth.seconds.values() for size in seconds})
    rows = [
        [name, *(write_seconds(seconds[n]) if n in seconds else "" for n in sizes)]
        for name, seconds in growth.seconds.items()
    ]
    return format_table(["way", *map(name_size, sizes)], rows)


def _finding_row(finding: Finding, judged: bool) -> list[str]:
    goal = reached = ""
    if finding.goal:
        goal = str(finding.goal)
        reached = ("yes" if finding.goal.reached_by(finding.measured) else "no") if judged else ""
    measured = f"{_round(finding.measured)} {finding.unit}"
    if len(finding.rounds) > 1:
        measured += f" ({_round(min(finding.rounds))} to {_round(max(finding.rounds))})"
    return [finding.what, finding.peer, goal, measured, reached, finding.note]


def _round(value: float) -> str:
    """Write three digits, and thousands with commas."""
    return f"{value:,.0f}" if value >= 100 else f"{value:.3g}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(n) for cell, n in zip(cells, widths, strict=True)) + " |"
