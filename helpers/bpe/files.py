"""A tokenizer on disk, in the two files of GPT-2 that Hugging Face's tokenizers read too.

vocab.json has the id of each token, merges.txt a merge a line. A byte can be a space or a sign
without a shape: so each is written as a visible character, its glyph. The pattern and a checksum
stand in the first line of merges.txt, which others pass over.
"""

import json
import re
from pathlib import Path
from zlib import crc32

from helpers.bpe.words import GPT2_PATTERN
from helpers.data import replace_when_whole

_VERSION = "#version: 0.2"
_OTHERS = re.compile(r"^#version: [\d.]+( - Trained by `huggingface/tokenizers`)?$")


def bytes_to_glyphs() -> dict[int, str]:
    r"""Map each byte to its glyph, in the order in which GPT-2 numbers the bytes from 0.

    First the bytes that are visible characters in Latin-1, which stand for themselves; then the
    68 others, with the characters from number 256 on: the space is Ġ and the line break Ċ.
    """
    visible = [b for b in range(256) if chr(b).isprintable() and chr(b) != " "]
    hidden = [b for b in range(256) if b not in visible]
    return {b: chr(b) for b in visible} | {b: chr(256 + i) for i, b in enumerate(hidden)}


_GLYPHS = bytes_to_glyphs()
_BYTES = {ord(glyph): byte for byte, glyph in _GLYPHS.items()}


def write_files(folder: Path, tokens: list[bytes], specials: list[str], merges, pattern: str):
    """Write a tokenizer; the two files take the place of older ones when both are whole."""
    if not folder.is_dir():
        raise NotADirectoryError(f"expected a folder that is there, but {folder} came")
    spellings = [*map(_to_glyphs, tokens), *specials]
    vocab = {spelling: token_id for token_id, spelling in enumerate(spellings)}
    if len(vocab) < len(spellings):
        raise ValueError(
            f"a special token of {specials} is spelled like a token of the vocabulary, and "
            "vocab.json has one id for a spelling: choose another mark"
        )
    rows = [f"{_to_glyphs(left)} {_to_glyphs(right)}" for left, right in merges]
    header = f"{_VERSION} {json.dumps([pattern, _checksum(vocab, rows, pattern)])}"
    ids, merges = folder / "vocab.json", folder / "merges.txt"
    with replace_when_whole(ids, merges) as (ids_file, merges_file):
        ids_file.write(json.dumps(vocab, ensure_ascii=False, indent=0).encode())
        merges_file.write("\n".join([header, *rows, ""]).encode())


def read_files(folder: Path, merges_name="merges.txt", vocab_name="vocab.json") -> dict:
    """Return the arguments of `BytePairTokenizer`; where there is no pattern, with GPT-2's."""
    for name in (merges_name, vocab_name):
        if not (folder / name).is_file():
            raise FileNotFoundError(f"expected a folder that holds {name}, but {folder} came")
    lines = (folder / merges_name).read_text("utf-8-sig", errors="replace").splitlines()
    content = (folder / vocab_name).read_text("utf-8-sig", errors="replace")
    try:
        vocab, rows = json.loads(content), [row for row in lines[1:] if row]
        header = _OTHERS.sub("[null, null]", lines[0]).removeprefix(_VERSION)
        pattern, checksum = json.loads(header)
        if checksum is not None and checksum != _checksum(vocab, rows, pattern):
            raise ValueError("they do not fit their checksum")
        merges = [tuple(map(_from_glyphs, row.split(" "))) for row in rows]
        spellings = sorted(vocab, key=vocab.get)
        made = [_to_glyphs(left + right) for left, right in merges]
        n_tokens = 256 + len(made)
        if spellings[256:n_tokens] != made or sorted(vocab.values()) != list(range(len(vocab))):
            raise ValueError("the ids are not first 256 bytes, then what the merges make in turn")
        specials = spellings[n_tokens:]
        parts = ({s[:i], s[i:]} for s in specials for i in range(1, len(s)))
        if checksum is None and any(both <= vocab.keys() for both in parts):
            raise ValueError("there are tokens without a merge")
        byte_order = b"".join(map(_from_glyphs, spellings[:256]))
    except (ValueError, TypeError, AttributeError, LookupError) as error:
        raise ValueError(
            f"{str(folder)!r} does not hold a whole vocab.json and merges.txt of GPT-2's kind: "
            f"{error!r}; save it again, or check the order of its ids"
        ) from error
    return {
        "merges": merges,
        "special_tokens": specials,
        "pattern": pattern or GPT2_PATTERN,
        "byte_order": byte_order,
    }


def _checksum(vocab: dict[str, int], rows: list[str], pattern: str) -> int:
    return crc32(json.dumps([vocab, rows, pattern]).encode())


def _to_glyphs(token: bytes) -> str:
    return token.decode("latin-1").translate(_GLYPHS)


def _from_glyphs(glyphs: str) -> bytes:
    return glyphs.translate(_BYTES).encode("latin-1")  # UnicodeEncodeError names a wrong one
