"""Time several ways to one result: compare what they give, then time them by turns."""

import gc
from collections.abc import Callable, Sequence
from operator import eq
from statistics import median
from time import perf_counter
from typing import Any, NamedTuple


class PeersDifferError(Exception):
    """Two ways that must give the same result do not."""


class Way(NamedTuple):
    """One way to a result.

    Args:
        name: what the report calls it.
        run: what is timed; it takes what `prepare` returns.
        prepare: makes what `run` needs anew before each run (a tokenizer with an empty cache,
            say); it is not timed.
    """

    name: str
    run: Callable[[Any], Any]
    prepare: Callable[[], Any] = lambda: None


class Timings(NamedTuple):
    """Seconds by way, one number a round."""

    seconds: dict[str, list[float]]

    def median(self, name: str) -> float:
        """Return the median time of a way, in seconds."""
        return median(self.seconds[name])

    def ratios(self, name: str, other: str) -> list[float]:
        """Return how many times the other's time a way takes, for each round.

        Example:
            >>> Timings({"a": [2.0, 3.0, 9.0], "b": [1.0, 1.0, 3.0]}).ratios("a", "b")
            [2.0, 3.0, 3.0]
        """
        return [a / b for a, b in zip(self.seconds[name], self.seconds[other], strict=True)]


def require_same(
    name: str, result: Any, other: str, expected: Any, same: Callable[[Any, Any], bool] = eq
) -> None:
    """Refuse two results that differ, naming both ways.

    Args:
        name: the one way.
        result: what it gave.
        other: the other way.
        expected: what that gave.
        same: tells whether two results are the same.

    Raises:
        PeersDifferError: they are not.

    Example:
        >>> require_same("ours", [1, 2], "theirs", [1, 3])
        Traceback (most recent call last):
        benchmarks.measure.PeersDifferError: 'ours' and 'theirs' differ at position 1: 2 and 3
    """
    if not same(result, expected):
        raise PeersDifferError(
            f"{name!r} and {other!r} differ{_first_difference(result, expected)}"
        )


def race(ways: Sequence[Way], rounds: int, same: Callable[[Any, Any], bool] = eq) -> Timings:
    """Compare the results of all ways, then time each way once a round.

    The order turns from round to round, so that none is always the first; Python's garbage
    collector rests meanwhile.

    Args:
        ways: at least one; the first is the one the others are compared with.
        rounds: how often each is timed.
        same: tells whether two results are the same.

    Returns:
        The seconds of each way in each round.

    Raises:
        PeersDifferError: a result differs from the first way's.
    """
    first = ways[0]
    expected = first.run(first.prepare())
    for way in ways[1:]:
        require_same(way.name, way.run(way.prepare()), first.name, expected, same)
    seconds = {way.name: [] for way in ways}
    for number in range(rounds):
        turn = number % len(ways)
        for way in [*ways[turn:], *ways[:turn]]:
            seconds[way.name].append(time_once(way)[0])
    return Timings(seconds)


def time_once(way: Way) -> tuple[float, Any]:
    """Return the seconds of one run, and its result."""
    prepared = way.prepare()
    gc.disable()
    try:
        start = perf_counter()
        result = way.run(prepared)
        return perf_counter() - start, result
    finally:
        gc.enable()


def _first_difference(result: Any, expected: Any) -> str:
    if isinstance(result, list) and isinstance(expected, list):
        for position, (one, other) in enumerate(zip(result, expected, strict=False)):
            if one != other:
                return f" at position {position}: {_short(one)} and {_short(other)}"
        return f": they have {len(result)} and {len(expected)} items"
    return f": {_short(result)} and {_short(expected)}"


def _short(value: Any) -> str:
    return f"{' '.join(repr(value).split()):.80}"
