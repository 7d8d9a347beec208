"""What was measured, beside what was aimed at; and how times grow with the text."""

from collections.abc import Sequence
from statistics import median
from typing import NamedTuple

from benchmarks.measure import Timings

OURS = "helpers"


class Goal(NamedTuple):
    """What a figure is to reach.

    Args:
        at_least: its lower bound, if it has one.
        at_most: its upper bound, if it has one.
    """

    at_least: float | None = None
    at_most: float | None = None

    def reached_by(self, value: float) -> bool:
        """Tell whether a value lies within the bounds.

        Example:
            >>> Goal(at_least=1.5).reached_by(1.7)
            True
        """
        enough = self.at_least is None or value >= self.at_least
        return enough and (self.at_most is None or value <= self.at_most)

    def __str__(self) -> str:
        return f"≥ {self.at_least:,g}" if self.at_most is None else f"≤ {self.at_most:,g}"


class Finding(NamedTuple):
    """One line of the report.

    Args:
        what: what was measured.
        peer: what it is compared with.
        measured: the figure.
        unit: what the figure counts.
        goal: what it is to reach; without one it is only reported.
        note: the figures it comes from.
        rounds: the figures of the rounds, where there were several; `measured` is their median.
    """

    what: str
    peer: str
    measured: float
    unit: str
    goal: Goal | None = None
    note: str = ""
    rounds: Sequence[float] = ()


class Growth(NamedTuple):
    """How the time of each way grows with the text.

    Args:
        title: what is done.
        seconds: by way, then by length of the text in characters.
    """

    title: str
    seconds: dict[str, dict[int, float]]


class Results(NamedTuple):
    """What one subject gave."""

    title: str
    findings: list[Finding]
    growth: Growth | None = None


def speed(
    what: str, timings: Timings, peer: str, *, ours: str = OURS, at_least: float | None = None
) -> Finding:
    """Say how many times as fast as a peer we are.

    Args:
        what: what was timed.
        timings: of us and the peer.
        peer: its name.
        ours: the way that is compared with it.
        at_least: the goal, if there is one.
    """
    goal = None if at_least is None else Goal(at_least=at_least)
    ratios, note = timings.ratios(peer, ours), _times(timings, [ours, peer])
    return Finding(what, peer, median(ratios), "× as fast", goal, note, ratios)


def cost(
    what: str, timings: Timings, peer: str, *, ours: str = OURS, at_most: float | None = None
) -> Finding:
    """Say how many times a peer's time we take.

    Args:
        what: what was timed.
        timings: of us and the peer.
        peer: its name.
        ours: the way that is compared with it.
        at_most: the goal, if there is one.
    """
    goal = None if at_most is None else Goal(at_most=at_most)
    ratios, note = timings.ratios(ours, peer), _times(timings, [ours, peer])
    return Finding(what, peer, median(ratios), "× the time", goal, note, ratios)


def write_seconds(seconds: float) -> str:
    """Write a time with three digits, or all that stand before the point.

    Example:
        >>> write_seconds(0.01234), write_seconds(5500)
        ('12.3 ms', '5,500 s')
    """
    if seconds >= 1000:
        return f"{seconds:,.0f} s"
    if seconds < 1:
        return f"{seconds * 1000:.3g} ms"
    return f"{seconds:.3g} s"


def write_bytes(size: float) -> str:
    """Write a number of bytes with three digits.

    Example:
        >>> write_bytes(2_000_000), write_bytes(16_384_000_000)
        ('2 MB', '16.4 GB')
    """
    for unit, name in ((10**9, "GB"), (10**6, "MB")):
        if size >= unit:
            return f"{size / unit:.3g} {name}"
    return f"{size / 10**3:.3g} kB"


def _times(timings: Timings, names: Sequence[str]) -> str:
    return ", ".join(f"{name} {write_seconds(timings.median(name))}" for name in names)
