"""Ids to training windows: each input row and its target, one token further on."""

import mmap
import multiprocessing
import os
import pickle
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from operator import index
from typing import Any, NamedTuple, Self

import numpy as np
import tiktoken
import torch
from numpy.lib.stride_tricks import sliding_window_view
from torch import distributed
from torch.utils.data import DataLoader, Dataset, DistributedSampler

from helpers.data import check_whole, use_bundled_vocabulary
from helpers.token_files import check_token_ids, read_token_file


class GPTDatasetV1(Dataset):
    """Sliding windows over the ids of a text.

    Window number i is context_size + 1 ids, from id i * stride on. Its input is all of them but
    the last, its target all but the first. The ids are held once, whatever the overlap.

    Args:
        txt: the text.
        tokenizer: anything with `encode(text) -> list of ids`.
        context_size: ids in an input.
        stride: ids from the start of one window to the start of the next.

    Raises:
        TypeError, ValueError: a size is not a whole number from 1 on, the text is too short for a
            window, or the tokenizer refuses it.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> tokenizer = SimpleTokenizerV1({"a": 0, "b": 1, "c": 2})
        >>> GPTDatasetV1("a b c", tokenizer, context_size=2, stride=1)[0]
        (tensor([0, 1]), tensor([1, 2]))
    """

    def __init__(self, txt: str, tokenizer, context_size: int, stride: int):
        if not isinstance(txt, str):
            raise TypeError(f"expected a text, a str, but {type(txt).__name__} came")
        if isinstance(tokenizer, str) or not hasattr(tokenizer, "encode"):
            raise TypeError(f"expected a tokenizer with encode(text), but {tokenizer!r} came")
        try:
            token_ids = tokenizer.encode(txt)
        except ValueError as error:
            raise ValueError(
                f"the tokenizer refuses the text: {error}\nNo options can be given here: encode "
                "the text yourself, for example with tokenizer.encode(txt, allowed_special='all'),"
                " and pass the ids to GPTDatasetV1.from_token_ids"
            ) from error
        self._hold(token_ids, context_size, stride)

    @classmethod
    def from_token_ids(
        cls, token_ids: Sequence[int] | np.ndarray, context_size: int, stride: int
    ) -> Self:
        """Make a dataset of ids that are there already, (n,), from 0 to 2**32 - 1.

        A NumPy array is held as it is, mapped or not; a list or a tensor is copied.

        Example:
            >>> GPTDatasetV1.from_token_ids([7, 8, 9], context_size=2, stride=1)[0]
            (tensor([7, 8]), tensor([8, 9]))
        """
        dataset = cls.__new__(cls)
        dataset._hold(token_ids, context_size, stride)
        return dataset

    @classmethod
    def from_token_file(
        cls, path: str | os.PathLike, context_size: int, stride: int, **options: Any
    ) -> Self:
        """Make a dataset of a token file, larger than the memory or not: the ids stay there.

        The options are those of `read_token_file`: tokenizer, verify, dtype and vocab_size.
        """
        stamp = _read_stamp(path)  # before the ids are read: a file replaced meanwhile is noticed
        dataset = cls.from_token_ids(read_token_file(path, **options), context_size, stride)
        dataset._place = dataset._place and dataset._place._replace(stamp=stamp)
        return dataset

    def _hold(self, token_ids: Sequence[int] | np.ndarray, context_size: int, stride: int) -> None:
        check_whole(context_size=context_size, stride=stride)
        ids = check_token_ids(token_ids)
        if len(ids) <= context_size:
            raise ValueError(
                f"the text is too short: it has {len(ids)} ids, and a window of context_size "
                f"{context_size} needs {context_size + 1}, because the target is one id further "
                "on; take a longer text or a smaller context_size"
            )
        if not isinstance(token_ids, np.ndarray):
            ids = ids.astype(np.min_scalar_type(int(ids.max())))
        self.context_size, self.stride = index(context_size), index(stride)  # np.uint8 overflows
        self.token_ids, self._place = ids, _find_place(ids)

    @cached_property
    def token_ids(self) -> np.ndarray:
        """The ids, (n,): an array as it came, others in the smallest unsigned type that fits.

        Those of a copy are mapped at their first use, so that an error in a worker is heard.
        """
        return self._place.map()

    @cached_property
    def windows(self) -> np.ndarray:
        """The ids as overlapping rows, (n_windows, context_size + 1): nothing is copied."""
        return sliding_window_view(self.token_ids, self.context_size + 1)[:: self.stride]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.windows)

    def __getitem__(self, number: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return input and target of one window, each (context_size,), int64."""
        try:
            window = self.windows[index(number)]
        except TypeError:
            raise TypeError(
                f"expected the number of one window, but {number!r} came; "
                "torch.utils.data.Subset takes several"
            ) from None
        except IndexError:
            raise IndexError(f"no window {number}: expected 0 to {len(self) - 1}") from None
        return _as_tensor(window[:-1]), _as_tensor(window[1:])

    def __getstate__(self) -> dict[str, Any]:
        """Pack the ids once, for windows would be packed in full; of mapped ids only the place."""
        left_out = {"windows", "token_ids"} if self._place else {"windows"}
        return {name: value for name, value in vars(self).items() if name not in left_out}


class _Place(NamedTuple):
    """Where in a file mapped ids are, and what tells this file from a later one of its name."""

    path: str
    dtype: str
    offset: int
    count: int
    stamp: tuple[int, ...] | None

    def map(self) -> np.ndarray:
        if _read_stamp(self.path) != self.stamp:
            raise ValueError(
                f"{self.path!r} was written anew or removed after the dataset was made: make it "
                "again"
            )
        return np.asarray(np.memmap(self.path, self.dtype, "r", self.offset, (self.count,)))


def _find_place(ids: np.ndarray) -> _Place | None:
    mapped = ids
    while isinstance(mapped, np.ndarray) and not isinstance(mapped.base, mmap.mmap):
        mapped = mapped.base  # a slice of a map, or an array made of one
    if not isinstance(mapped, np.memmap) or mapped.mode == "c" or not ids.flags.c_contiguous:
        return None  # "c": what was changed is in memory only
    stamp = mapped.filename and _read_stamp(mapped.filename)
    offset = mapped.offset + ids.ctypes.data - mapped.ctypes.data
    place = _Place(str(mapped.filename), ids.dtype.str, offset, len(ids), stamp)
    sample = np.linspace(0, len(ids) - 1, 1_000, dtype=np.int64)
    with suppress(OSError, ValueError):  # the name may belong to another file, or to none
        return place if stamp and np.array_equal(place.map()[sample], ids[sample]) else None


def _read_stamp(path: str | os.PathLike) -> tuple[int, ...] | None:
    with suppress(FileNotFoundError):
        stat = os.stat(path)
        return stat.st_ino, stat.st_size, stat.st_mtime_ns


def _as_tensor(ids: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(ids.astype(np.int64, order="C"))  # a copy, which the caller may change


def make_dataloader(
    dataset: Dataset,
    *,
    batch_size: int = 1,
    shuffle: bool = False,
    drop_last: bool = True,
    num_workers: int = 0,
    seed: int | None = None,
    **options: Any,
) -> DataLoader:
    """Deal the windows of a dataset out in batches, to one process or to each its share.

    Where `torch.distributed` is initialised, torch's DistributedSampler deals the windows out in
    turn, so that every process makes the same number of steps. If their number does not divide
    evenly, drop_last=True leaves the rest out, and drop_last=False deals some out twice. Call
    `loader.sampler.set_epoch(epoch)` before each epoch, or every epoch has the same order.

    Args:
        dataset: usually a GPTDatasetV1; any dataset of pairs will do.
        batch_size: windows in a batch, for each process.
        shuffle: deal the windows in a random order. Torch then keeps a list of all their
            numbers, 40 to 50 bytes a window.
        drop_last: leave out a last batch that is not full.
        num_workers: processes that prepare batches beside each process, in the same order (with
            persistent_workers, torch shuffles the later epochs in another one).
        seed: of the shuffle. Without it, torch's own seed decides; where processes share
            the windows, 0, because all of them must shuffle alike.
        options: what else DataLoader takes. A sampler or batch_sampler of your own decides alone
            which windows come when, in every process.

    Returns:
        A DataLoader over inputs and targets, each (batch_size, context_size), int64.

    Raises:
        TypeError, ValueError: batch_size is not a whole number from 1 on, options contradict each
            other, or a worker process could not import what is defined in a notebook.
        RuntimeError: torchrun started this program, and init_process_group was not called.
    """
    check_whole(batch_size=batch_size)
    options = {name: value for name, value in options.items() if value is not None}
    if num_workers:
        _check_workers_can_import(dataset, options)
    if "batch_sampler" in options:
        drop_last = False  # the batch_sampler has done it or not
    elif "sampler" not in options and _shares_windows():
        options["sampler"] = DistributedSampler(
            dataset, shuffle=shuffle, seed=index(seed or 0), drop_last=drop_last
        )
        seed, shuffle = None, False  # the sampler shuffles
    if seed is not None:
        if "generator" in options:
            raise ValueError("expected a seed or a generator, but both came: leave one out")
        options["generator"] = torch.Generator().manual_seed(index(seed))
    quick = type(dataset) is GPTDatasetV1 and "collate_fn" not in options
    loader_class = _WindowLoader if quick else DataLoader
    options |= {"shuffle": shuffle, "drop_last": drop_last, "num_workers": num_workers}
    return loader_class(dataset, index(batch_size), **options)  # torch takes no NumPy int


class _WindowLoader(DataLoader):
    """A DataLoader of a GPTDatasetV1 that cuts a whole batch out in one indexing step."""

    def __iter__(self) -> Iterator[list[torch.Tensor]]:
        if self.num_workers or self.pin_memory:  # the batch goes on: torch's own way
            return super().__iter__()
        # Torch's own way draws a number first. We do too, so that the shuffle is the same.
        torch.empty((), dtype=torch.int64).random_(generator=self.generator)
        return map(self._cut_batch, self.batch_sampler)

    def _cut_batch(self, numbers: Sequence[int]) -> list[torch.Tensor]:
        rows = np.asarray(numbers)
        if rows.ndim != 1 or rows.dtype.kind not in "iu":  # NumPy would see a mask, or a table
            return self.collate_fn([self.dataset[number] for number in numbers])
        windows = self.dataset.windows[rows]  # (len(numbers), context_size + 1)
        return [_as_tensor(windows[:, :-1]), _as_tensor(windows[:, 1:])]


def _shares_windows() -> bool:
    if not distributed.is_available():
        return False
    if distributed.is_initialized():
        return True
    if distributed.is_torchelastic_launched() and os.environ.get("WORLD_SIZE") != "1":
        raise RuntimeError(
            "torchrun started this program on several processes, and each would see every window: "
            "call torch.distributed.init_process_group() before make_dataloader, or pass a "
            "sampler of your own"
        )
    return False


def _check_workers_can_import(dataset: Dataset, options: dict[str, Any]) -> None:
    """Refuse what was typed into a notebook, if workers start afresh and can only import."""
    context = options.get("multiprocessing_context") or multiprocessing.get_context()
    method = context if isinstance(context, str) else context.get_start_method()
    if method == "fork" or hasattr(sys.modules["__main__"], "__file__"):
        return
    sent = options.get("collate_fn"), options.get("worker_init_fn"), dataset
    refused = AttributeError, RuntimeError, TypeError, pickle.PickleError  # torch says it itself
    with open(os.devnull, "wb") as nowhere, suppress(*refused):
        _NotebookSearch(nowhere).dump(sent)


class _NotebookSearch(pickle.Pickler):
    """Look through all that is sent: a Subset or a partial may hold what was typed."""

    def reducer_override(self, part: Any) -> Any:
        if getattr(part, "__module__", None) == "__main__":
            name = getattr(part, "__name__", type(part).__name__)
            raise ValueError(
                f"a worker process cannot import {name!r}, which is defined in this notebook: put "
                "it into a file and import it from there, or use num_workers=0"
            )
        return (int, ()) if type(part) in (np.ndarray, torch.Tensor) else NotImplemented  # no copy


def dataloader_v1(
    txt: str,
    batch_size: int = 3,
    context_size: int = 5,
    stride: int = 2,
    shuffle: bool = False,
    drop_last: bool = True,
    num_workers: int = 0,
) -> DataLoader:
    """Encode a text with GPT-2's tokenizer and deal its windows out in batches.

    The arguments are those of GPTDatasetV1 and `make_dataloader`, and so are the batches.

    Example:
        >>> inputs, targets = next(iter(dataloader_v1("one two three four five six seven " * 3)))
        >>> inputs.shape
        torch.Size([3, 5])
    """
    use_bundled_vocabulary()
    dataset = GPTDatasetV1(txt, tiktoken.get_encoding("gpt2"), context_size, stride)
    options = {"shuffle": shuffle, "drop_last": drop_last, "num_workers": num_workers}
    return make_dataloader(dataset, batch_size=batch_size, **options)
