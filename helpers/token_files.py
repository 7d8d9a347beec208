"""Ids on disk: a corpus of any size, encoded once, in a file that is mapped and never loaded.

A token file is a header of 256 bytes, which any editor shows, and then the ids: two bytes each
where the vocabulary has at most 65,536 ids (GPT-2's has 50,257), else four, least byte first.
"""

import json
import os
import secrets
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO, NamedTuple

import numpy as np

from helpers.corpus import encode_corpus, end_of_text_id, vocabulary_size

KIND = b"TOKENIDS"
START = KIND + b" 1\n"  # 1 is the version of the format
HEADER_BYTES = 256
CHECKED_AT_A_TIME = 2**20  # ids


class TokenFileHeader(NamedTuple):
    """What a token file says of itself.

    Args:
        tokenizer: the name of the tokenizer that made the ids.
        vocab_size: every id is below it.
        dtype: of an id, in numpy's notation: "<u2" or "<u4".
        count: how many ids the file holds.
        crc32: checksum of the ids and of this header with crc32=0.
    """

    tokenizer: str
    vocab_size: int
    dtype: str
    count: int = 0
    crc32: int = 0


def write_token_file(
    texts: Iterable[str | Path],
    path: str | os.PathLike,
    tokenizer,
    *,
    separator_id: int | None = None,
    num_workers: int = 0,
    progress: bool = True,
) -> int:
    """Encode texts into a token file, with a separator between two texts.

    However many texts come and however long a text file is, only a few pieces of it are in
    memory, if the tokenizer cuts at spaces (see below) and the text has any. The file takes its
    name when it is whole: until then the ids go to a hidden file beside it, which is removed if
    anything goes wrong (a killed process leaves it there; its name ends in .partial).
    `<|endoftext|>` written out in a text is encoded as ordinary text.

    Args:
        texts: the texts, each a str, or a Path to a text file in UTF-8, which is read as
            `load_text` reads it: line ends arrive as a line break. Empty ones are left out.
        path: the file to write, or to replace.
        tokenizer: anything with `encode_ordinary` or `encode`, and with `n_vocab` or `vocab`. It
            gets a long text in pieces if it is tiktoken's "gpt2" or says `cuts_at_spaces = True`,
            as those of `helpers` do; else it gets each text whole.
        separator_id: the id between two texts; without it, `tokenizer.eot_token`.
        num_workers: processes that encode; 0 encodes here. The ids are the same. A script that
            asks for workers must start under `if __name__ == "__main__":`.
        progress: show a progress bar on stderr.

    Returns:
        How many ids were written, separators included.

    Raises:
        TypeError: texts is a single text, or holds something that is no text.
        ValueError: there is no separator or no text, an id lies outside the vocabulary, or a
            text file is not UTF-8.
        OSError: a text file or the folder to write to is missing, or the disk is full.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> tokenizer = SimpleTokenizerV1({"a": 0, "b": 1, "<|endoftext|>": 2})
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder, "letters.ids")
        ...     write_token_file(["a b", "b a"], path, tokenizer, separator_id=2, progress=False)
        ...     read_token_file(path).tolist()
        5
        [0, 1, 2, 1, 0]
    """
    path = _checked_target(Path(path))
    header = _begin_header(tokenizer)
    if separator_id is None:
        separator_id = end_of_text_id(tokenizer)
    encoded = encode_corpus(texts, tokenizer, separator_id, header.dtype, num_workers)
    with (
        _named_when_whole(path) as file,
        _progress_bar(path.name) if progress else nullcontext() as bar,
        closing(encoded),
    ):
        file.write(bytes(HEADER_BYTES))  # room for the header: the count is known at the end
        for token_ids in encoded:
            file.write(token_ids)
            header = _add(header, token_ids)
            if bar is not None:
                bar.update(len(token_ids))
        if not header.count:
            raise ValueError("the texts hold no ids: expected at least one text that is not empty")
        file.seek(0)
        file.write(_pack(header._replace(crc32=_checksum_with_header(header))))
    return header.count


def read_header(path: str | os.PathLike) -> TokenFileHeader:
    """Read and check what a token file says of itself.

    Args:
        path: the token file.

    Returns:
        The header.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no token file, or is damaged or cut off.
    """
    path = Path(path)
    if not path.is_file():
        raise FileNotFoundError(
            f"there is no token file {str(path)!r}: write_token_file makes one"
        )
    with path.open("rb") as file:
        start = file.read(HEADER_BYTES)
    header = _unpack(start, path.name)
    expected = HEADER_BYTES + header.count * np.dtype(header.dtype).itemsize
    if (size := path.stat().st_size) != expected:
        raise ValueError(
            f"{path.name!r} is cut off or damaged: a header of {HEADER_BYTES} bytes and "
            f"{header.count} ids ({header.dtype}) make {expected} bytes, but the file has {size}; "
            "write or copy it again"
        )
    return header


def read_token_file(path: str | os.PathLike, *, tokenizer=None, verify: bool = True) -> np.ndarray:
    """Map the ids of a token file into memory: the system fetches what is looked at.

    Args:
        path: the token file.
        tokenizer: if given, the ids must come from a tokenizer of its name and vocabulary size.
        verify: read the whole file once, piece by piece, and compare its checksum. That takes
            about 0.3 s a gigabyte beside the time of the disk.

    Returns:
        The ids, (count,), uint16 or uint32, read only.

    Raises:
        FileNotFoundError: there is no such file.
        ValueError: it is no token file, is damaged or cut off, or another tokenizer made it.

    Example:
        See `write_token_file`.
    """
    path = Path(path)
    header = read_header(path)
    if tokenizer is not None:
        _check_tokenizer(header, tokenizer, path.name)
    shape = (header.count,)
    token_ids = np.asarray(np.memmap(path, header.dtype, "r", offset=HEADER_BYTES, shape=shape))
    if verify:
        _check_checksum(header, token_ids, path.name)
    return token_ids


def _begin_header(tokenizer) -> TokenFileHeader:
    name = getattr(tokenizer, "name", type(tokenizer).__name__)
    vocab_size = vocabulary_size(tokenizer)
    header = TokenFileHeader(name, vocab_size, "<u2" if vocab_size <= 2**16 else "<u4")
    _pack(header._replace(count=2**63, crc32=2**32))  # a name too long fails now, not at the end
    return header


def _add(header: TokenFileHeader, token_ids: np.ndarray) -> TokenFileHeader:
    crc32 = zlib.crc32(token_ids, header.crc32)
    return header._replace(count=header.count + len(token_ids), crc32=crc32)


def _checksum_with_header(header: TokenFileHeader) -> int:
    """Go on from the checksum of the ids, which the header holds, over the header itself."""
    return zlib.crc32(_pack(header._replace(crc32=0)), header.crc32)


def _pack(header: TokenFileHeader) -> bytes:
    packed = START + json.dumps(header._asdict()).encode()
    if len(packed) >= HEADER_BYTES:
        raise ValueError(
            f"a header has {HEADER_BYTES} bytes, but this one needs {len(packed) + 1}: "
            f"give the tokenizer a name shorter than {header.tokenizer!r}"
        )
    return packed.ljust(HEADER_BYTES - 1) + b"\n"


def _unpack(start: bytes, name: str) -> TokenFileHeader:
    if not start.startswith(START):
        what = "is of another version" if start.startswith(KIND) else "is no token file"
        raise ValueError(
            f"{name!r} {what}: it should start with {START!r}, but starts with "
            f"{start[: len(START)]!r}; write_token_file makes token files"
        )
    try:
        header = TokenFileHeader(**json.loads(start[len(START) :]))
        # Packed again it must give the same bytes: so a change anywhere shows.
        if header.dtype in ("<u2", "<u4") and header.count > 0 and _pack(header) == start:
            return header
    except (ValueError, TypeError):
        pass
    raise ValueError(
        f"{name!r} has a damaged header: expected the fields {', '.join(TokenFileHeader._fields)} "
        f"in {HEADER_BYTES} bytes, but found {start!r}; write or copy the file again"
    )


def _check_tokenizer(header: TokenFileHeader, tokenizer, name: str) -> None:
    expected = _begin_header(tokenizer)
    if header[:2] != expected[:2]:
        raise ValueError(
            f"{name!r} holds the ids of the tokenizer {header.tokenizer!r} with a vocabulary of "
            f"{header.vocab_size}, but {expected.tokenizer!r} with {expected.vocab_size} is to "
            "read it: take the tokenizer that made it, or encode the texts again"
        )


def _check_checksum(header: TokenFileHeader, token_ids: np.ndarray, name: str) -> None:
    found = header._replace(count=0, crc32=0)
    for start in range(0, len(token_ids), CHECKED_AT_A_TIME):
        found = _add(found, token_ids[start : start + CHECKED_AT_A_TIME])
    if (crc32 := _checksum_with_header(found)) != header.crc32:
        raise ValueError(
            f"{name!r} is damaged: expected the checksum {header.crc32}, but its ids and header "
            f"have {crc32}; write or copy it again"
        )


def _checked_target(path: Path) -> Path:
    if path.is_dir():
        raise IsADirectoryError(f"{str(path)!r} is a folder: name a file to write")
    if not path.parent.is_dir():
        raise FileNotFoundError(f"there is no folder {str(path.parent)!r}: make it first")
    return path


@contextmanager
def _named_when_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a file beside `path` that takes its place when it is written to the end."""
    partial = path.with_name(f".{path.name}.{secrets.token_hex(4)}.partial")
    try:
        with partial.open("xb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)
    except BaseException:  # Ctrl-C too
        partial.unlink(missing_ok=True)
        raise


def _progress_bar(name: str):
    from tqdm import tqdm  # only who wants a bar waits for it

    return tqdm(desc=name, unit=" ids", unit_scale=True)
