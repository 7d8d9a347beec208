"""`python -m benchmarks`: compare `helpers` with its peers, time all, write the report."""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks import (
    embedding,
    encoding,
    startup,
    token_files,
    training,
    window_memory,
    windows,
    words,
)
from benchmarks.findings import Results
from benchmarks.measure import PeersDifferError
from benchmarks.report import format_findings, write_report
from benchmarks.texts import QUICK, USUAL, Scale

HERE = Path(__file__).resolve().parent
SUBJECTS: dict[str, Callable[[Scale], Results]] = {
    "words": words.run,
    "training": training.run,
    "encoding": encoding.run,
    "files": token_files.run,
    "memory": window_memory.run,
    "windows": windows.run,
    "embedding": embedding.run,
    "startup": startup.run,
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure what the command line asks for; end with status 1 if two peers differ."""
    options = _read_options(arguments)
    scale = QUICK if options.quick else USUAL._replace(full=options.full)
    results = []
    for name in options.only or SUBJECTS:
        print(f"{name} ...", file=sys.stderr, flush=True)
        try:
            results.append(SUBJECTS[name](scale))
        except PeersDifferError as error:
            sys.exit(f"{name}: {error}")
    judged = not options.quick
    print(format_findings(results, judged=judged))
    if options.output:
        write_report(results, options.output, judged=judged)


def _read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--only", nargs="+", choices=SUBJECTS, help="these subjects")
    parser.add_argument("--quick", action="store_true", help="small texts: does it all agree?")
    parser.add_argument("--full", action="store_true", help="the plain training whole: 10 minutes")
    parser.add_argument("--output", type=Path, help="write the report into this folder")
    options = parser.parse_args(arguments)
    # What was measured in part, or on small texts, never replaces the report of a whole run.
    if not options.output and not options.quick and not options.only:
        options.output = HERE
    return options


if __name__ == "__main__":
    main()
