"""A tokenizer on disk: a text file of our own, and GPT-2's vocab.bpe.

The file holds what makes a tokenizer, and nothing that follows from it. Its first line names the
kind of file, its version and a checksum of the rest. The rest is JSON, an item a line so that
people can read it and `git diff` can compare it: the pattern, the special tokens, and then rows in
glyphs: the 256 bytes in the order of their ids, and the merges, two tokens with a space between.
"""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from helpers.bpe.glyphs import bytes_to_glyphs, from_glyphs, to_glyphs
from helpers.bpe.numbering import Merge
from helpers.bpe.specials import END_OF_TEXT
from helpers.bpe.words import GPT2_PATTERN_UNICODE_16
from helpers.data import VOCABULARY_DIR, VOCABULARY_SHA256, check_file

_KIND = "byte pair tokenizer, version 1, crc32"
_GPT2_MERGES = "6d1cbeee0f20b3d9449abfede4726ed8212e3aee"  # vocab.bpe, as tiktoken names it


class TokenizerParts(NamedTuple):
    """What makes a tokenizer: the arguments of `BytePairTokenizer`.

    Args:
        merges: pairs of tokens in the order of their training.
        special_tokens: the marks that are no text.
        pattern: cuts a text into words.
        byte_order: the byte of each id from 0 to 255.
    """

    merges: list[Merge]
    special_tokens: list[str]
    pattern: str
    byte_order: bytes


def write_parts(path: str | Path, parts: TokenizerParts) -> None:
    """Write a tokenizer's file.

    Args:
        path: the file to write, or to replace.
        parts: what to write.

    Raises:
        OSError: the folder is missing, or the file cannot be written.
    """
    rows = [to_glyphs(parts.byte_order)]
    rows += [f"{to_glyphs(left)} {to_glyphs(right)}" for left, right in parts.merges]
    content = [parts.pattern, list(parts.special_tokens), rows]
    body = json.dumps(content, ensure_ascii=False, indent=0)
    text = f"{_KIND} {crc32(body.encode())}\n{body}"
    Path(path).write_text(text, encoding="utf-8", newline="\n")


def read_parts(path: str | Path) -> TokenizerParts:
    r"""Read a tokenizer's file.

    Args:
        path: a file that `write_parts` wrote. Its line ends may have become "\\r\\n" on the way.

    Returns:
        What makes the tokenizer.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: the file is damaged, or something else.
    """
    text = Path(path).read_text(encoding="utf-8", errors="replace")
    header, _, body = text.partition("\n")
    _check_header(path, header, body)
    pattern, special_tokens, rows = json.loads(body)
    byte_order = from_glyphs(rows[0])
    return TokenizerParts(_read_merges(rows[1:]), special_tokens, pattern, byte_order)


def _check_header(path: str | Path, header: str, body: str) -> None:
    kind, _, checksum = header.rpartition(" ")
    if kind != _KIND:
        raise ValueError(
            f"{path} holds no tokenizer: expected a first line that begins with {_KIND!r}, got "
            f"{header[:60]!r}; load a file that BytePairTokenizer.save wrote"
        )
    found = str(crc32(body.encode()))
    if checksum != found:
        raise ValueError(
            f"{path} is damaged: its first line expects the checksum {checksum}, its content has "
            f"{found}; save the tokenizer again"
        )


def read_gpt2() -> TokenizerParts:
    """Read GPT-2's own 50,000 merges from data/.

    Returns:
        What makes GPT-2's tokenizer.

    Raises:
        FileNotFoundError: the file is missing.
        ValueError: the file is damaged.

    Example:
        >>> read_gpt2().merges[:3]
        [(b' ', b't'), (b' ', b'a'), (b'h', b'e')]
    """
    path = VOCABULARY_DIR / _GPT2_MERGES
    check_file(path, VOCABULARY_SHA256[_GPT2_MERGES])
    rows = path.read_text(encoding="utf-8").splitlines()[1:]  # the first line is a version
    byte_order = bytes(bytes_to_glyphs())
    return TokenizerParts(_read_merges(rows), [END_OF_TEXT], GPT2_PATTERN_UNICODE_16, byte_order)


def _read_merges(rows: Iterable[str]) -> list[Merge]:
    merges = []
    for row in rows:
        left, right = row.split()
        merges.append((from_glyphs(left), from_glyphs(right)))
    return merges
