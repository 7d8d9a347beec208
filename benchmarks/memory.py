"""How much memory a thing takes, measured in a process of its own, where nothing is left over."""

import gc
import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, NamedTuple

import psutil

STATUS = Path("/proc/self/status")


class Grown(NamedTuple):
    """By how many bytes a process grew.

    Args:
        held: from before to after.
        peak: from before to the highest point in between.
    """

    held: int
    peak: int


def measure_memory(prepare: Callable[[], Any], build: Callable[[Any], Any]) -> Grown:
    """Call `build(prepare())` in a fresh process and see how it grows from the one to the other.

    Args:
        prepare: makes what `build` needs; its memory does not count. Both must be picklable.
        build: makes a thing; it is kept until the memory has been measured.

    Example:
        >>> from functools import partial
        >>> grown = measure_memory(partial(int, 10_000_000), bytearray)
        >>> round(grown.held / 1e6)
        10
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_grow, prepare, build).result()


def _grow(prepare: Callable[[], Any], build: Callable[[Any], Any]) -> Grown:
    prepared = prepare()
    gc.collect()
    _forget_peak()
    before = psutil.Process().memory_info().rss
    built = build(prepared)
    peak = _read_peak()
    gc.collect()
    after = psutil.Process().memory_info().rss
    del built
    return Grown(after - before, max(peak, after) - before)


def _forget_peak() -> None:
    """Let the peak start anew, where the system can do that."""
    if STATUS.exists():
        STATUS.with_name("clear_refs").write_text("5", encoding="ascii")


def _read_peak() -> int:
    """Return the highest memory of this process in bytes."""
    if STATUS.exists():  # Linux: getrusage would count what the parent had, too
        lines = STATUS.read_text(encoding="utf-8").splitlines()
        return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("VmHWM"))
    highest = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return highest if sys.platform == "darwin" else highest * 1024
