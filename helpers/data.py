"""Where the text and the vocabulary lie, and how to read them without a network."""

import hashlib
import os
from pathlib import Path

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
CACHE_VARIABLES = ("TIKTOKEN_CACHE_DIR", "DATA_GYM_CACHE_DIR")  # tiktoken reads both


def load_text(path: str | os.PathLike = STORY) -> str:
    r"""Read a UTF-8 text file; without a path, the story.

    Args:
        path: the file to read.

    Returns:
        The whole text. Line ends arrive as "\\n".

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is not UTF-8.

    Example:
        >>> load_text()[:21]
        'Once upon a time ther'
    """
    path = Path(path)
    try:
        return path.read_text(encoding="utf-8")
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
    """Let `tiktoken.get_encoding("gpt2")` read GPT-2's vocabulary from data/, offline.

    The two files are checked first, because tiktoken deletes a file whose checksum is
    wrong and downloads it again. A cache folder of your own, named in
    TIKTOKEN_CACHE_DIR or DATA_GYM_CACHE_DIR, is left as it is.

    Returns:
        The folder that tiktoken will read.

    Raises:
        FileNotFoundError: a bundled vocabulary file is missing.
        ValueError: a bundled vocabulary file is damaged.

    Example:
        >>> use_bundled_vocabulary().name
        'tiktoken_cache'
    """
    for variable in CACHE_VARIABLES:
        own = os.environ.get(variable)
        if own is not None and own != str(VOCABULARY_DIR):
            return Path(own)
    for name, expected in VOCABULARY_SHA256.items():
        check_file(VOCABULARY_DIR / name, expected)
    os.environ["TIKTOKEN_CACHE_DIR"] = str(VOCABULARY_DIR)
    return VOCABULARY_DIR


def check_file(path: Path, expected: str) -> None:
    """Refuse a file of GPT-2's vocabulary that is missing or damaged.

    Args:
        path: the file.
        expected: the SHA-256 that its content must have, in hexadecimal.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the content has another SHA-256.

    Example:
        >>> for name, expected in VOCABULARY_SHA256.items():
        ...     check_file(VOCABULARY_DIR / name, expected)
    """
    remedy = "restore it with `git checkout -- data`"
    if not path.is_file():
        raise FileNotFoundError(f"GPT-2's vocabulary file {path.name} is missing: {remedy}")
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != expected:
        raise ValueError(
            f"GPT-2's vocabulary file {path.name} is damaged: expected SHA-256 {expected}, "
            f"found {found}; {remedy}"
        )
