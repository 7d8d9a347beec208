"""Many texts to one stream of ids: however much text comes, little of it is in memory at once."""

import io
import os
import re
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from functools import partial
from itertools import chain, islice
from pathlib import Path

import numpy as np

PIECE_CHARACTERS = 2**18  # what is read and encoded at a time

# A piece ends before a space, or else a line break, that follows another kind of character.
# Where a tokenizer cuts at spaces, no token goes across: the ids are those of the whole text.
_CUTS = [re.compile(rf".*\S(?={white})", re.DOTALL) for white in (" ", "\n")]

# tiktoken's encodings with GPT-2's pattern; the others cut in another way.
_TIKTOKEN_LIKE_GPT2 = ("gpt2", "r50k_base", "p50k_base", "p50k_edit")

Encode = Callable[[list[str | None]], np.ndarray]
Cut = Callable[[Iterable[str]], Iterator[str]]


def encode_corpus(
    texts: Iterable[str | Path],
    tokenizer,
    separator_id: int,
    dtype: str,
    num_workers: int = 0,
) -> Generator[np.ndarray, None, None]:
    """Encode texts one after the other, with a separator between two of them.

    Args:
        texts: the texts, each a str, or a Path to a text file in UTF-8, which is read as
            `load_text` reads it: line ends arrive as a line break. Empty ones are left out.
        tokenizer: anything with `encode_ordinary` or `encode`, and with `n_vocab` or `vocab`. It
            gets a long text in pieces if it is tiktoken's "gpt2" or says `cuts_at_spaces = True`,
            as those of `helpers` do; else it gets each text whole.
        separator_id: the id between two texts.
        dtype: the type of the ids, in numpy's notation.
        num_workers: processes that encode; 0 encodes here. The ids and their order are the same.

    Returns:
        A generator of one-dimensional arrays: joined, they are the ids of all texts.

    Raises:
        TypeError: texts is a single text, or holds something that is no text.
        ValueError: the separator or an id lies outside the vocabulary, num_workers is below 0,
            or a text file is not UTF-8.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> tokenizer = SimpleTokenizerV1({"a": 0, "b": 1, "<|endoftext|>": 2})
        >>> [ids.tolist() for ids in encode_corpus(["a b", "b a"], tokenizer, 2, "<u2")]
        [[0, 1, 2, 1, 0]]
    """
    if isinstance(texts, str | bytes | os.PathLike):
        raise TypeError(f"expected a list of texts, but a single one came: pass [{texts!r:.40}]")
    if num_workers < 0:
        raise ValueError(f"num_workers must be at least 0, but {num_workers} came")
    vocab_size = vocabulary_size(tokenizer)
    if not 0 <= separator_id < vocab_size:
        raise ValueError(
            f"separator_id must be one of the {vocab_size} ids of the vocabulary, 0 to "
            f"{vocab_size - 1}, but {separator_id} came"
        )
    encode = getattr(tokenizer, "encode_ordinary", None) or tokenizer.encode
    encode_batch = partial(_encode_batch, encode, separator_id, vocab_size, dtype)
    cut = _pieces if _cuts_at_spaces(tokenizer) else _whole
    return _encode_batches(_in_batches(_with_separators(texts, cut)), encode_batch, num_workers)


def vocabulary_size(tokenizer) -> int:
    """Return a number above every id: `n_vocab`, or one more than the largest id in `vocab`.

    Args:
        tokenizer: anything with one of the two.

    Raises:
        ValueError: it has neither.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> vocabulary_size(SimpleTokenizerV1({"a": 0, "b": 1}))
        2
    """
    if hasattr(tokenizer, "n_vocab"):
        return tokenizer.n_vocab
    if getattr(tokenizer, "vocab", None):
        return max(tokenizer.vocab.values()) + 1
    raise ValueError(
        f"expected a tokenizer with n_vocab or a vocab (token to id), but {type(tokenizer)} has "
        "neither: set tokenizer.n_vocab to the size of its vocabulary"
    )


def end_of_text_id(tokenizer) -> int:
    """Return the id of `<|endoftext|>`, the separator that GPT-2 was trained with.

    Args:
        tokenizer: anything with `eot_token`.

    Raises:
        ValueError: it has none.

    Example:
        >>> import tiktoken
        >>> from helpers.data import use_bundled_vocabulary
        >>> cache = use_bundled_vocabulary()
        >>> end_of_text_id(tiktoken.get_encoding("gpt2"))
        50256
    """
    try:
        token_id = getattr(tokenizer, "eot_token", None)
    except KeyError:  # tiktoken's, without that special token
        token_id = None
    if token_id is None:
        raise ValueError(
            f"{type(tokenizer).__name__} has no eot_token to stand between two texts: "
            "pass separator_id, an id of its vocabulary that no text holds"
        )
    return token_id


def _cuts_at_spaces(tokenizer) -> bool:
    like_gpt2 = getattr(tokenizer, "name", None) in _TIKTOKEN_LIKE_GPT2
    return getattr(tokenizer, "cuts_at_spaces", like_gpt2)


def _with_separators(texts: Iterable[str | Path], cut: Cut) -> Iterator[str | None]:
    """Yield every text in pieces, and None between two texts."""
    begun = False
    for position, text in enumerate(texts):
        for number, piece in enumerate(cut(_blocks(text, position))):
            if begun and number == 0:
                yield None
            begun = True
            yield piece


def _blocks(text: str | Path, position: int) -> Iterator[str]:
    """Yield a text or what a text file holds, so many characters at a time."""
    if isinstance(text, str):
        for start in range(0, len(text), PIECE_CHARACTERS):
            yield text[start : start + PIECE_CHARACTERS]
    elif isinstance(text, os.PathLike):
        with open(text, encoding="utf-8") as file:
            yield from iter(partial(_read, file), "")
    else:
        raise TypeError(
            f"expected texts, each a str or a Path, but {type(text)} came at position {position}"
        )


def _read(file: io.TextIOWrapper) -> str:
    try:
        return file.read(PIECE_CHARACTERS)
    except UnicodeDecodeError as error:
        raise ValueError(
            f"{file.name!r} is not UTF-8: byte {error.object[error.start]:#04x} cannot be "
            "decoded; save the file as UTF-8 and read it again"
        ) from error


def _pieces(blocks: Iterable[str]) -> Iterator[str]:
    """Move the end of each block back to where no token goes across."""
    waiting = []
    for block in blocks:
        cut = next((found.end() for found in (c.match(block) for c in _CUTS) if found), 0)
        if cut:
            yield "".join([*waiting, block[:cut]])
            waiting = []
        waiting.append(block[cut:])
    if waiting:
        yield "".join(waiting)


def _whole(blocks: Iterable[str]) -> Iterator[str]:
    text = "".join(blocks)
    if text:
        yield text


def _in_batches(pieces: Iterable[str | None]) -> Iterator[list[str | None]]:
    """Gather short texts: sending each on its own would take longer than encoding it."""
    batch, size = [], 0
    for piece in pieces:
        batch.append(piece)
        size += 1 if piece is None else len(piece)
        if size >= PIECE_CHARACTERS // 2:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _encode_batch(
    encode: Callable[[str], list[int]],
    separator_id: int,
    vocab_size: int,
    dtype: str,
    batch: list[str | None],
) -> np.ndarray:
    ids = [[separator_id] if piece is None else encode(piece) for piece in batch]
    token_ids = np.concatenate([np.asarray(each, dtype=np.int64) for each in ids])
    outside = token_ids[(token_ids < 0) | (token_ids >= vocab_size)]
    if outside.size:
        raise ValueError(
            f"the tokenizer gave the id {outside[0]}, but its vocabulary has {vocab_size} ids, "
            f"0 to {vocab_size - 1}: n_vocab or vocab must cover every id"
        )
    return token_ids.astype(dtype)


def _encode_batches(
    batches: Iterator[list[str | None]], encode: Encode, num_workers: int
) -> Generator[np.ndarray, None, None]:
    first = list(islice(batches, 2))
    batches = chain(first, batches)
    if num_workers == 0 or len(first) < 2:  # a single batch is done before a process starts
        yield from map(encode, batches)
    else:
        yield from _encode_in_processes(batches, encode, num_workers)


def _encode_in_processes(
    batches: Iterable[list[str | None]], encode: Encode, num_workers: int
) -> Iterator[np.ndarray]:
    """Keep two batches a worker under way, never more, and yield them in their order."""
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    # Fresh processes on every system: a fork would copy locks that torch's threads may hold.
    fresh = get_context("spawn")
    pool = ProcessPoolExecutor(num_workers, fresh, initializer=_start_worker, initargs=(encode,))
    under_way = deque()
    try:
        for batch in batches:
            under_way.append(pool.submit(_encode_in_worker, batch))
            if len(under_way) == 2 * num_workers:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


_worker: dict[str, Encode] = {}


def _start_worker(encode: Encode) -> None:
    """Receive the tokenizer once, not with every batch."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all: the main process answers
    _worker["encode"] = encode


def _encode_in_worker(batch: list[str | None]) -> np.ndarray:
    return _worker["encode"](batch)
