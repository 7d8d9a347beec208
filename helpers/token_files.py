"""Ids on disk: texts of any size, encoded once, in a plain file that is mapped and never loaded.

The file is a plain little-endian array, as nanoGPT's train.bin is: uint16 for a vocabulary of
at most 65,536 ids, else uint32. A JSON file beside it, `corpus.bin.json`, says what they are.
"""

import hashlib
import json
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from zlib import crc32

import numpy as np
import tiktoken

from helpers.bpe import GPT2_PATTERN, BytePairTokenizer
from helpers.data import check_whole, replace_when_whole
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2

PIECE, BATCH = 2**17, 2**20  # characters: of a long text, and of all that is encoded at a time
TIKTOKEN_GPT2 = r"'(?:[sdmt]|ll|ve|re)| ?\p{L}++| ?\p{N}++| ?[^\s\p{L}\p{N}]++|\s++$|\s+(?!\S)|\s"
TO_A_CUT = re.compile(r".*\S(?=[ \n])", re.DOTALL)  # the patterns always begin a new word there
PROBES = ["the", "Mr. Rabbit", "he'LL go,  don't--1,234 ", "\u00e9\u4e2d\u6587\U0001f407\t\n\n"]


def write_token_file(texts, path, tokenizer, *, separator_id=None, num_threads: int = 2) -> int:
    """Encode texts into a token file and return how many ids it has, separators included.

    Both files get their names when they are whole; a pair that is there stays until then. Only a
    few pieces of the texts are in memory, if the tokenizer cuts words as GPT-2's or those of
    `helpers` do; any other gets each text whole. With `encode_ordinary`, `<|endoftext|>` is text.

    Args:
        texts: any number, each a str or a Path to a text file in UTF-8. Empty ones are left out.
        path: the file to write, or to replace.
        tokenizer: anything with `encode_ordinary` or `encode`, and with `n_vocab` or `vocab`.
        separator_id: the id between two texts; without it, `tokenizer.eot_token`.
        num_threads: how many encode at a time, where the tokenizer has threads (tiktoken's).
    """
    if isinstance(texts, str | bytes | Path):
        raise TypeError(f"expected a list of texts, but a single one came: pass [{texts!r:.40}]")
    if (path := Path(path)).is_dir() or not path.parent.is_dir():
        raise FileNotFoundError(f"expected a file in a folder that is there, but {path!s} came")
    largest = max(getattr(tokenizer, "vocab", {}).values(), default=-1)
    vocab_size = getattr(tokenizer, "n_vocab", largest + 1)
    if not hasattr(vocab_size, "__index__") or not 0 < vocab_size <= 2**32:
        came = f"{tokenizer!r:.40} has {vocab_size!r}"
        raise ValueError(f"expected a tokenizer of 1 to 2**32 ids (n_vocab or vocab), but {came}")
    with suppress(AttributeError, KeyError):  # raised where there is no end of text
        separator_id = tokenizer.eot_token if separator_id is None else separator_id
    if separator_id is None:
        raise ValueError("the tokenizer has no eot_token to separate texts: pass separator_id")
    vocab_size, separator = int(vocab_size), check_token_ids([separator_id], vocab_size)
    name = getattr(tokenizer, "name", type(tokenizer).__name__)
    about = {"tokenizer": name, "vocab_size": vocab_size, "fingerprint": fingerprint(tokenizer)}
    about |= {"dtype": "<u2" if vocab_size <= 2**16 else "<u4", "count": 0, "checksum": vocab_size}
    with replace_when_whole(path, Path(f"{path}.json")) as (file, beside):
        for encoded in _encode_all(texts, tokenizer, separator, num_threads):
            token_ids = check_token_ids(encoded, vocab_size).astype(about["dtype"])
            file.write(token_ids)
            about["count"] += len(token_ids)
            about["checksum"] = crc32(token_ids, about["checksum"])
        if not about["count"]:
            raise ValueError("the texts hold no ids: expected at least one text that is not empty")
        beside.write(json.dumps(about, indent=2).encode())
    return about["count"]


def read_token_file(path, *, tokenizer=None, verify=True, dtype=None, vocab_size=None):
    """Map the ids of a token file into memory: an array, (count,), read only.

    A missing file is a FileNotFoundError; a damaged or another tokenizer's one a ValueError.

    Args:
        path: the token file.
        tokenizer: if given, the ids must come from one with the same fingerprint.
        verify: read all ids once, piece by piece, to check them; else only their number is.
        dtype: of a plain file that has no JSON beside it, such as "uint16".
        vocab_size: of such a file; its ids must be below it.
    """
    path, plain = Path(path), None not in (dtype, vocab_size) and tokenizer is None
    about = {"dtype": dtype, "vocab_size": vocab_size} if plain else read_description(path)
    if (size := path.stat().st_size) == 0 or size % np.dtype(about["dtype"]).itemsize:
        raise ValueError(f"expected {about['dtype']} ids, but {path.name!r} has {size} bytes")
    if tokenizer is not None and fingerprint(tokenizer) != about["fingerprint"]:
        both = f"ids of the tokenizer {about['tokenizer']!r}, and {tokenizer!r} is another"
        raise ValueError(f"{path.name!r} holds {both}: take the first, or encode the texts again")
    token_ids, checksum = np.asarray(np.memmap(path, about["dtype"], "r")), about["vocab_size"]
    for start in range(0, len(token_ids) if verify else 0, 2**20):
        piece = token_ids[start : start + 2**20]
        checksum = crc32(piece, checksum)  # begun with vocab_size, to notice a wrong one
        check_token_ids(piece, vocab_size if plain else 2**32)
    if verify and not plain and checksum != about["checksum"]:
        raise ValueError(f"{path.name!r} or its JSON is damaged: write or copy both files again")
    return token_ids


def read_description(path) -> dict:
    """Read what the JSON file beside a token file says of it; errors as in `read_token_file`."""
    path, beside = Path(path), Path(f"{path}.json")
    if not (path.is_file() and beside.is_file()):
        plain = "of plain ids, name dtype and vocab_size, and no tokenizer"
        raise FileNotFoundError(f"expected {str(path)!r} with {beside.name!r} beside it; {plain}")
    try:
        about = json.loads(beside.read_text(encoding="utf-8-sig"))
        expected = about["count"] * {"<u2": 2, "<u4": 4}[about["dtype"]]
        about["tokenizer"], about["fingerprint"], about["checksum"]  # KeyError: one is missing
        check_whole(vocab_size=about["vocab_size"])
    except (LookupError, TypeError, ValueError):
        raise ValueError(f"{beside.name!r} is damaged: write or copy both files again") from None
    if (size := path.stat().st_size) != expected:
        came = f"expected {expected} bytes, found {size}"
        raise ValueError(f"{path.name!r} or its JSON is damaged: {came}; write or copy both again")
    return about


def fingerprint(tokenizer) -> str:
    """Digest what decides the ids: the same for tiktoken's "gpt2" and BytePairTokenizer.gpt2()."""
    facts = [(token_id, t.encode()) for t, token_id in getattr(tokenizer, "vocab", {}).items()]
    if look_up := getattr(tokenizer, "decode_single_token_bytes", None):
        for token_id in range(tokenizer.n_vocab):
            with suppress(KeyError):  # tiktoken's larger vocabularies have gaps
                facts.append((token_id, look_up(token_id)))
    facts += getattr(tokenizer, "special_tokens_set", getattr(tokenizer, "special_tokens", ()))
    pattern = getattr(tokenizer, "pattern", getattr(tokenizer, "_pat_str", GPT2_PATTERN))
    facts.append(GPT2_PATTERN if pattern == TIKTOKEN_GPT2 else pattern)
    for probe in PROBES:
        with suppress(LookupError, ValueError):  # a simple tokenizer may not know its words
            facts.append((probe, check_token_ids(_encode([probe], tokenizer)[0]).tolist()))
    return hashlib.sha256("\n".join(sorted(map(repr, facts))).encode()).hexdigest()


def check_token_ids(token_ids, vocab_size: int = 2**32) -> np.ndarray:
    """Return ids as an array; refuse all but whole numbers in one row, below vocab_size."""
    try:
        ids = np.asarray(getattr(token_ids, "ids", token_ids))  # `tokenizers` gives an object
    except ValueError:  # rows of several lengths
        ids = np.asarray(token_ids, dtype=object)
    if ids.ndim != 1 or (ids.size and not np.issubdtype(ids.dtype, np.integer)):
        came = f"{type(token_ids).__name__}, {ids.dtype} of shape {ids.shape}"
        raise TypeError(f"expected token ids, whole numbers in one row, but {came} came")
    if not ids.size or (ids.dtype.kind == "u" and np.iinfo(ids.dtype).max < vocab_size):
        return ids  # nothing can be wrong: the ids of a mapped file are not read
    low, high = int(ids.min()), int(ids.max())
    if low < 0 or high >= vocab_size:
        raise ValueError(f"expected ids from 0 to {vocab_size - 1}, but {low} to {high} came")
    return ids


def _encode(pieces: list[str | None], tokenizer, separator=None, num_threads: int = 1) -> list:
    texts = [piece for piece in pieces if piece is not None]
    many = getattr(tokenizer, "encode_ordinary_batch", None)
    one = getattr(tokenizer, "encode_ordinary", None) or tokenizer.encode
    encoded = iter(many(texts, num_threads=num_threads)) if many else map(one, texts)
    return [separator if piece is None else next(encoded) for piece in pieces]


def _encode_all(texts: Iterable, tokenizer, separator, num_threads: int) -> Iterator:
    """Yield the ids of the texts piece by piece, and the separator between two texts."""
    kinds = (SimpleTokenizerV1, SimpleTokenizerV2, BytePairTokenizer, tiktoken.Encoding)
    pattern = getattr(tokenizer, "pattern", getattr(tokenizer, "_pat_str", GPT2_PATTERN))
    may_cut = type(tokenizer) in kinds and pattern in (GPT2_PATTERN, TIKTOKEN_GPT2)
    batch, size, begun = [], 0, False  # None in the batch is a separator
    for text in texts:
        for number, piece in enumerate(_cut(_read(text), may_cut)):
            batch += [None, piece] if begun and number == 0 else [piece]
            begun, size = True, size + len(piece)
            if size >= BATCH:
                yield from _encode(batch, tokenizer, separator, num_threads)
                batch, size = [], 0
    yield from _encode(batch, tokenizer, separator, num_threads)


def _cut(blocks: Iterable[str], may_cut: bool) -> Iterator[str]:
    """Join blocks to pieces that no token goes across; to one, if no such places are known."""
    held = []
    for block in blocks:
        if may_cut and (found := TO_A_CUT.match(block)):
            yield "".join([*held, found[0]])
            held, block = [], block[found.end() :]
        held.append(block)
    if rest := "".join(held):
        yield rest


def _read(text: str | Path) -> Iterator[str]:
    if isinstance(text, str):
        if len(text) < 1_000 and os.path.isfile(text):
            raise ValueError(f"{text!r} is the name of a file: to read it, pass Path({text!r})")
        yield from (text[start : start + PIECE] for start in range(0, len(text), PIECE))
    else:
        with Path(text).open(encoding="utf-8-sig") as file:  # without a byte order mark
            try:
                yield from iter(partial(file.read, PIECE), "")
            except UnicodeDecodeError as error:
                raise ValueError(f"{file.name!r} is not UTF-8, save it so: {error}") from error
