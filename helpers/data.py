"""The story, GPT-2's vocabulary and trained tables, read offline; how to replace a file whole."""

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from operator import index
from pathlib import Path
from typing import BinaryIO

import numpy as np

DATA_DIR = Path(__file__).resolve().parent.parent / "data"
STORY = DATA_DIR / "Peter_Rabbit.txt"
VOCABULARY_DIR = DATA_DIR / "tiktoken_cache"

# tiktoken names a cached file by the SHA-1 of its address and checks it by its SHA-256.
VOCABULARY_SHA256 = {
    "6d1cbeee0f20b3d9449abfede4726ed8212e3aee": (  # vocab.bpe: the 50,000 merges
        "1ce1664773c50f3e0cc8842619a93edc4624525b728b188a9e0be33b7726adc5"
    ),
    "6c7ea1a7e38e3a7f062df639a5b80947f075ffe6": (  # encoder.json: the ids
        "196139668be63f3b5d6574427317ae82f612a97c5d1cdaf36ed2256dbf636783"
    ),
}
TRAINED_DIR = DATA_DIR / "trained"
TRAINED_SHA256 = {
    "words.txt": "7cf8cf58888ee90030b4c4cdeb3b9a4437916bdcd571ed4ed046c16815243afb",
    "word_table.npy": "f55f97c6d725b2714dd06a8cfb9aa359ab51f82640e2a497deb27a3e67e9e8ed",
    "position_table.npy": "04c5ac78c007a66596a01f665c9c42fbeb3240241ee33eec3ee711b9eaa59757",
}
CACHE_VARIABLES = ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR")  # tiktoken uses the first one set


def load_text(path: str | os.PathLike = STORY) -> str:
    r"""Read a UTF-8 text file; without a path, the story.

    Line ends arrive as "\n"; a byte order mark is left out.

    Raises:
        FileNotFoundError, ValueError: there is no such file, or it is not UTF-8.

    Example:
        >>> load_text()[:21]
        'Once upon a time ther'
    """
    path = Path(path)
    try:
        return path.read_text(encoding="utf-8").removeprefix("\ufeff")
    except FileNotFoundError:
        raise FileNotFoundError(
            f"there is no text file {path.name!r} in {str(path.parent)!r}: "
            "check the name, or restore the file with `git checkout -- data`"
        ) from None
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{path.name!r} is not UTF-8: byte {error.object[error.start]:#04x} at position "
            f"{error.start} cannot be decoded; save the file as UTF-8 and read it again"
        ) from error


def use_bundled_vocabulary() -> Path:
    """Let `tiktoken.get_encoding("gpt2")` find GPT-2's vocabulary without a network.

    tiktoken downloads a file that its cache folder lacks, and deletes one whose checksum is
    wrong. So a folder of your own, named in TIKTOKEN_CACHE_DIR or DATA_GYM_CACHE_DIR, is used
    only if it holds both files whole. Otherwise TIKTOKEN_CACHE_DIR, which tiktoken reads
    first, names the folder in data/ for the rest of this process.

    Returns:
        The folder from which tiktoken will read GPT-2's files: your own or the one in data/.

    Raises:
        FileNotFoundError, ValueError: a file that is needed from data/ is missing, or damaged.
    """
    named = next((os.environ[each] for each in CACHE_VARIABLES if each in os.environ), "")
    if named and _holds_vocabulary(Path(named)):
        return Path(named)
    for name, expected in VOCABULARY_SHA256.items():
        check_file(VOCABULARY_DIR / name, expected)
    os.environ["TIKTOKEN_CACHE_DIR"] = str(VOCABULARY_DIR)
    return VOCABULARY_DIR


def _holds_vocabulary(folder: Path) -> bool:
    try:
        for name, expected in VOCABULARY_SHA256.items():
            check_file(folder / name, expected)
    except (OSError, ValueError):
        return False
    return True


def load_trained_tables() -> tuple:
    """Read the input tables that all-MiniLM-L6-v2, a small relative of BERT, has learned.

    Returns:
        The words, a list of 10,025 str; their vectors, a tensor (10025, 384); the vectors of
        its positions, (512, 384). Both are float32. data/README.md says where they come from.

    Raises:
        FileNotFoundError, ValueError: a file in data/trained is missing, or damaged.

    Example:
        >>> words, word_table, position_table = load_trained_tables()
        >>> word_table[words.index("rabbit")].shape
        torch.Size([384])
    """
    import torch  # here, for the notebooks that need the story alone do not wait for it

    for name, expected in TRAINED_SHA256.items():
        check_file(TRAINED_DIR / name, expected, "the file of the trained tables")
    words = (TRAINED_DIR / "words.txt").read_text(encoding="utf-8").split()
    word_table, position_table = (
        torch.from_numpy(np.load(TRAINED_DIR / f"{name}.npy", allow_pickle=False)).float()
        for name in ("word_table", "position_table")
    )
    return words, word_table, position_table


def check_file(path: Path, expected: str, what: str = "GPT-2's vocabulary file") -> None:
    """Refuse a file of data/ that is missing (FileNotFoundError) or damaged (ValueError)."""
    remedy = "restore it with `git checkout -- data`"
    if not path.is_file():
        raise FileNotFoundError(f"{what} {path.name} is missing: {remedy}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise ValueError(
            f"{what} {path.name} is damaged: expected SHA-256 {expected}, found {found}; {remedy}"
        )


def check_whole(least: int = 1, **numbers: int) -> None:
    """Refuse what is not a whole number of at least `least`, by its name: a ValueError."""
    for name, number in numbers.items():
        try:
            wrong = index(number) < least
        except TypeError:
            wrong = True
        if wrong:
            raise ValueError(
                f"{name} must be a whole number of at least {least}, but {number!r} came"
            )


@contextmanager
def replace_when_whole(*paths: Path) -> Iterator[list[BinaryIO]]:
    """Open a file beside each path; all take their places once all are written to the end.

    A full disk or Ctrl-C leaves the old files as they were; so does a killed process, and beside
    them hidden files whose names end in .partial.
    """
    partials = [p.with_name(f".{p.name}.{secrets.token_hex(4)}.partial") for p in paths]
    try:
        with ExitStack() as stack:
            files = [stack.enter_context(partial.open("xb")) for partial in partials]
            yield files
            for file in files:
                file.flush()
                os.fsync(file.fileno())
        for partial, path in zip(partials, paths, strict=True):
            os.replace(partial, path)
    except BaseException:  # Ctrl-C too
        for partial in partials:
            partial.unlink(missing_ok=True)
        raise
