"""Writing a token file beside nanoGPT's way: all ids into an array, and that into a file."""

from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import tiktoken

from benchmarks.measure import Row, Scale, compare
from benchmarks.texts import KINDS, take
from helpers.data import use_bundled_vocabulary
from helpers.token_files import write_token_file


def files(scale: Scale) -> list[Row]:
    """Write three texts of each kind, by one thread and by two; the bytes must be the same."""
    use_bundled_vocabulary()
    tokenizer = tiktoken.get_encoding("gpt2")
    texts = [take(kind, scale.n_bytes) for kind in KINDS] * 3
    with TemporaryDirectory() as folder:
        path = Path(folder, "train.bin")

        def write(num_threads: int) -> bytes:
            write_token_file(texts, path, tokenizer, num_threads=num_threads)
            return path.read_bytes()

        def write_as_nanogpt() -> bytes:
            ids = []
            for text in texts:
                ids += [*tokenizer.encode_ordinary(text), tokenizer.eot_token]
            np.array(ids[:-1], dtype=np.uint16).tofile(path)
            return path.read_bytes()

        what, peer = "write a token file, threads:", "nanoGPT's way"
        return [
            compare(f"{what} {n}", peer, partial(write, n), write_as_nanogpt, scale.rounds)
            for n in (1, 2)
        ]
