"""`python -m benchmarks`: compare `helpers` with its peers, time both, write RESULTS.md."""

import argparse
from collections.abc import Sequence
from pathlib import Path

from benchmarks import bpe, dataset, embedding, token_files, tokenizer
from benchmarks.measure import Row, Scale, machine, table
from benchmarks.texts import SOURCES

RESULTS = Path(__file__).with_name("RESULTS.md")
QUICK = Scale(n_bytes=5_000, vocab_sizes=(300, 320), rounds=1)
SUBJECTS = [bpe.training, bpe.encoding, bpe.decoding, dataset.windows, token_files.files]
SUBJECTS += [embedding.embedding, tokenizer.words]
HEADER = ("what", "beside", "goal", "measured", "met", "medians")
REPORT = """\
# Benchmarks

`make bench` writes this page. A figure is the time of `helpers` divided by that of a peer, in the
same run and on the same text: 0.5 × is half its time. Where it says "as fast", it is the other way
round. It is the median of {rounds} rounds (of 3 beside the plain method), of which the first does
not count, with the lowest and the highest in brackets. Python's garbage collector is on, as
readers have it. The results of both are compared in every round. The last column has the medians,
ours first.

{machine}

A text has {n_bytes:,} bytes, and so has a single word; a token file is made of nine texts.

{sources}
{figures}

- **The plain method** is the one that notebook 3 builds. It counts all pairs anew for each merge,
  as minbpe does, and gives the same merges.
- **tokenizers** chooses another pair where several are equally frequent: the number of merges is
  compared, not the merges.
- **Encode** is done by a new tokenizer in each round, **encode again** by one that has had the
  same text before.
- **Decode:** tiktoken gets a list in each row.
- **The article's** data set keeps each window as two tensors. Both loaders shuffle alike.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure everything; write the report, unless this is only a quick try."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny texts: does all run and agree?")
    quick = parser.parse_args(arguments).quick
    scale, rows = QUICK if quick else Scale(), []
    for subject in SUBJECTS:
        rows += subject(scale)
        print(f"{subject.__name__}: measured", flush=True)
    print(table(HEADER, map(Row.cells, rows)))
    if quick:
        print("On tiny texts the figures say nothing, and the goals are not meant for them.")
    else:
        RESULTS.write_text(report(rows, scale), encoding="utf-8")


def report(rows: Sequence[Row], scale: Scale) -> str:
    """Write the page."""
    figures, here = table(HEADER, map(Row.cells, rows)), table(("what", "here"), machine())
    return REPORT.format(**scale._asdict(), sources=SOURCES, machine=here, figures=figures)


if __name__ == "__main__":
    main()
