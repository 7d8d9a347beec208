"""Writing a token file with several processes against one."""

import filecmp
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.findings import OURS, Results, speed
from benchmarks.measure import Way, race
from benchmarks.texts import Scale, make_text, name_size
from helpers import bpe
from helpers.token_files import write_token_file

ALONE, NUM_WORKERS, COPIES = "no worker processes", 2, 4


def run(scale: Scale) -> Results:
    """Compare the files, byte for byte, and time how long it takes to write them."""
    size = scale.sizes[-1]
    texts, tokenizer = [make_text(size)] * COPIES, bpe.BytePairTokenizer.gpt2()
    with TemporaryDirectory() as folder:

        def write(num_workers: int) -> Path:
            path = Path(folder, f"{num_workers}.ids")
            write_token_file(texts, path, tokenizer, num_workers=num_workers, progress=False)
            return path

        ways = [Way(OURS, lambda _: write(NUM_WORKERS)), Way(ALONE, lambda _: write(0))]
        timings = race(ways, scale.rounds_on(size), _same_bytes)
    what = f"write a token file, {NUM_WORKERS} processes, {name_size(COPIES * size)}"
    return Results("Token files", [speed(what, timings, ALONE)])


def _same_bytes(path: Path, other: Path) -> bool:
    return filecmp.cmp(path, other, shallow=False)
