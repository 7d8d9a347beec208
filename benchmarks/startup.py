"""What a notebook costs before it does anything: kernel, imports, vocabulary."""

import json
import subprocess
import sys
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from benchmarks.findings import Finding, Results, cost
from benchmarks.measure import Timings, Way, race
from benchmarks.texts import Scale

ROOT = Path(__file__).resolve().parent.parent
BARE, KERNEL = "python -c pass", "start a kernel, run a cell"
LIGHT = ("helpers", "helpers.tokenizer", "helpers.bpe")
WAITS_FOR = {  # what a module cannot be faster than
    "helpers.dataset": "torch",
    "helpers.embedding": "torch",
    "lesson.figures": "matplotlib.figure",
}
FIRST, SECOND = "tiktoken.get_encoding('gpt2'), first call", "second call"
OWN = "BytePairTokenizer.gpt2()"

# Prints the seconds of each call.
TIME_LOADS = """
import json, time, tiktoken
from helpers.bpe import BytePairTokenizer
from helpers.data import use_bundled_vocabulary
use_bundled_vocabulary()
seconds = []
for load in {loads}:
    start = time.perf_counter()
    load()
    seconds.append(time.perf_counter() - start)
print(json.dumps(seconds))
"""
TIKTOKEN_TWICE = '[lambda: tiktoken.get_encoding("gpt2")] * 2'
OWN_ONCE = "[BytePairTokenizer.gpt2]"


def run(scale: Scale) -> Results:
    """Time fresh processes; nothing computes, so there is nothing to compare."""
    rounds = min(scale.rounds, 3)
    # A bare interpreter starts in milliseconds: more rounds, or chance decides.
    light = race(_imports(BARE, *LIGHT[: 1 if scale.quick else None]), 5 * rounds)
    findings = [cost("import helpers", light, BARE, ours="helpers", at_most=1.2)]
    if not scale.quick:
        findings += [cost(f"import {name}", light, BARE, ours=name) for name in LIGHT[1:]]
        findings += _heavy_imports(rounds)
    return Results("A notebook's fixed cost", [*findings, *_vocabulary(rounds)])


def start_kernel() -> None:
    """Start a notebook's kernel, let it run one cell, and stop it."""
    manager, client = start_new_kernel(cwd=str(ROOT), stderr=subprocess.DEVNULL)
    try:
        client.execute_interactive("pass", timeout=60)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _run_python(code: str) -> str:
    """Run code in a fresh interpreter from the project's root; return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    return done.stdout.decode()


def _imports(bare: str, *names: str) -> list[Way]:
    codes = {bare: "pass", **{name: f"import {name}" for name in names}}
    return [Way(name, lambda _, code=code: _run_python(code)) for name, code in codes.items()]


def _heavy_imports(rounds: int) -> list[Finding]:
    floors = dict.fromkeys(WAITS_FOR.values())
    ways = [*_imports(BARE, *floors, *WAITS_FOR), Way(KERNEL, lambda _: start_kernel() or "")]
    timings = race(ways, rounds)
    return [
        cost(KERNEL, timings, BARE, ours=KERNEL),
        *(cost(f"import {name}", timings, BARE, ours=name) for name in floors),
        *(cost(f"import {name}", timings, floor, ours=name) for name, floor in WAITS_FOR.items()),
    ]


def _vocabulary(rounds: int) -> list[Finding]:
    """Load the vocabulary in fresh processes: tiktoken's twice in the same one, and our own."""
    seconds = {FIRST: [], SECOND: [], OWN: []}
    for _ in range(rounds):
        for names, loads in (((FIRST, SECOND), TIKTOKEN_TWICE), ((OWN,), OWN_ONCE)):
            printed = _run_python(TIME_LOADS.format(loads=loads))
            for name, taken in zip(names, json.loads(printed), strict=True):
                seconds[name].append(taken)
    timings = Timings(seconds)
    return [
        cost("the vocabulary once more", timings, FIRST, ours=SECOND),
        cost("the vocabulary, " + OWN, timings, FIRST, ours=OWN),
    ]
