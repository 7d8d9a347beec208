"""Time two ways to one result by turns, and put the ratios into a table."""

import os
import platform
from collections.abc import Callable, Iterable
from importlib.metadata import version
from operator import eq
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple

import torch


class Scale(NamedTuple):
    """How much to measure: bytes of a text, sizes of vocabularies, rounds."""

    n_bytes: int = 1_000_000
    vocab_sizes: tuple[int, int] = (1_000, 5_000)
    rounds: int = 6


class Row(NamedTuple):
    """One line of the report."""

    what: str
    peer: str
    ratios: list[float]  # our time (or memory) as a share of the peer's, one number a round
    goal: float | None = None  # for the median: at most this; with `faster`, at least this
    faster: bool = False  # say how many times as fast we are: the ratio the other way round
    note: str = ""

    def cells(self) -> list[str]:
        """Return what the table shows: what, peer, goal, measured, goal met, medians."""
        ratios = [1 / ratio for ratio in self.ratios] if self.faster else self.ratios
        middle, unit = median(ratios), "× as fast" if self.faster else "×"
        measured = f"{middle:.3g} {unit} ({min(ratios):.3g} to {max(ratios):.3g})"
        if self.goal is None:
            return [self.what, self.peer, "", measured, "", self.note]
        met = middle >= self.goal if self.faster else middle <= self.goal
        goal = f"{'≥' if self.faster else '≤'} {self.goal:g}"
        return [self.what, self.peer, goal, measured, "yes" if met else "**no**", self.note]


def compare(
    what: str,
    peer: str,
    ours: Callable[..., Any],
    theirs: Callable[[], Any],
    rounds: int,
    *,
    setup: Callable[[], Any] | None = None,
    same: Callable[[Any, Any], bool] = eq,
    **goal: float | bool,
) -> Row:
    """Time both ways once a round; the first of several rounds does not count.

    Python's garbage collector is on, as users have it. `setup` makes what `ours` takes, anew for
    each run; it is not timed.

    Raises:
        ValueError: the two results are not the same, so their times say nothing.
    """
    seconds = {ours: [], theirs: []}
    for number in range(rounds):
        results = {}
        for way in (ours, theirs) if number % 2 else (theirs, ours):
            given = [setup()] if setup and way is ours else []
            start = perf_counter()
            results[way] = way(*given)
            seconds[way].append(perf_counter() - start)
        if not same(results[ours], results[theirs]):
            raise ValueError(f"{what}: the results of helpers and of {peer} differ")
    times = list(zip(*seconds.values(), strict=True))
    times = times[1:] or times
    note = ", ".join(_write(median(each)) for each in zip(*times, strict=True))
    return Row(what, peer, [one / other for one, other in times], **goal, note=note)


def table(header: Iterable[str], lines: Iterable[Iterable[str]]) -> str:
    """Write a table in Markdown."""
    rows = [list(header), *map(list, lines)]
    rows.insert(1, ["---"] * len(rows[0]))
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def machine() -> list[tuple[str, str]]:
    """Return pairs of a thing and what it is here; no name or path of this machine."""
    path = Path("/proc/cpuinfo")  # Linux; elsewhere platform knows
    lines = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    models = [line.split(": ", 1)[1] for line in lines if line.startswith("model name")]
    return [
        ("processor", f"{[*models, platform.processor()][0]}, {os.cpu_count()} cores"),
        ("system", f"{platform.system()} {platform.machine()}"),
        ("Python", platform.python_version()),
        ("torch", torch.__version__),
        *((name, version(name)) for name in ("numpy", "regex", "tiktoken", "tokenizers")),
    ]


def _write(seconds: float) -> str:
    return f"{seconds:.3g} s" if seconds >= 1 else f"{seconds * 1000:.3g} ms"
