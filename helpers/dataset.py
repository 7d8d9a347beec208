"""Ids to training windows: each input row and its target, one token further on."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

import numpy as np
import tiktoken
import torch
from torch import distributed
from torch.utils.data import DataLoader, Dataset, DistributedSampler, default_collate

from helpers.checks import require_at_least_one
from helpers.data import use_bundled_vocabulary
from helpers.token_files import read_token_file


class GPTDatasetV1(Dataset):
    """Sliding windows over the ids of a text.

    Window number i starts at id i * stride. Its input is `context_size` ids, its target the
    same window one id further on. The ids are held once, in the smallest integer type that
    fits them, whatever the overlap; a window is cut out when it is asked for.

    Args:
        txt: the text.
        tokenizer: anything with `encode(text) -> list of ids`.
        context_size: ids in a window.
        stride: ids between the starts of two windows.

    Raises:
        ValueError: context_size or stride is below 1, or the text is too short for a window.

    Example:
        >>> from helpers.tokenizer import SimpleTokenizerV1
        >>> tokenizer = SimpleTokenizerV1({"a": 0, "b": 1, "c": 2})
        >>> GPTDatasetV1("a b c", tokenizer, context_size=2, stride=1)[0]
        (tensor([0, 1]), tensor([1, 2]))
    """

    token_file: Path | None = None  # where the ids lie, if not in memory

    def __init__(self, txt: str, tokenizer, context_size: int, stride: int):
        self._hold(tokenizer.encode(txt), context_size, stride)

    @classmethod
    def from_token_ids(
        cls, token_ids: Sequence[int] | np.ndarray, context_size: int, stride: int
    ) -> Self:
        """Make a dataset of ids that are there already.

        Args:
            token_ids: the ids, (n,), from 0 to 2**32 - 1. An array of uint16 or uint32 is held
                as it is, others are copied into one of these types.
            context_size: ids in a window.
            stride: ids between the starts of two windows.

        Returns:
            The dataset.

        Raises:
            TypeError: the ids are no integers in one dimension.
            ValueError: a size is below 1, an id out of range, or there are too few ids.

        Example:
            >>> GPTDatasetV1.from_token_ids([7, 8, 9], context_size=2, stride=1)[0]
            (tensor([7, 8]), tensor([8, 9]))
        """
        dataset = cls.__new__(cls)
        dataset._hold(token_ids, context_size, stride)
        return dataset

    @classmethod
    def from_token_file(
        cls,
        path: str | os.PathLike,
        context_size: int,
        stride: int,
        *,
        tokenizer=None,
        verify: bool = True,
    ) -> Self:
        """Make a dataset of a token file, which may be larger than the memory.

        Args:
            path: a file that `helpers.token_files.write_token_file` wrote.
            context_size: ids in a window.
            stride: ids between the starts of two windows.
            tokenizer: if given, the ids must come from a tokenizer of its name and size.
            verify: read the whole file once to compare its checksum.

        Returns:
            The dataset. The ids stay in the file; what is looked at comes from there.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: a size is below 1, the file is no whole token file, another tokenizer
                made it, or it holds too few ids.

        Example:
            `GPTDatasetV1.from_token_file("corpus.ids", context_size=1024, stride=1024)`
        """
        token_ids = read_token_file(path, tokenizer=tokenizer, verify=verify)
        dataset = cls.from_token_ids(token_ids, context_size, stride)
        dataset.token_file = Path(path).resolve()
        return dataset

    def _hold(self, token_ids: Sequence[int] | np.ndarray, context_size: int, stride: int) -> None:
        require_at_least_one(context_size=context_size, stride=stride)
        self.token_ids = _compact(token_ids)
        self.context_size = context_size
        self.stride = stride
        n_ids, needed = len(self.token_ids), context_size + 1
        if n_ids < needed:
            raise ValueError(
                f"the text is too short: it has {n_ids} ids, and a window of context_size "
                f"{context_size} needs {needed}, because the target is one id further on; "
                "take a longer text or a smaller context_size"
            )
        # A view of shape (n_windows, context_size + 1): nothing is copied.
        self._windows = np.lib.stride_tricks.sliding_window_view(self.token_ids, needed)[::stride]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self._windows)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return input and target of one window, each of shape (context_size,)."""
        return self._cut_out(index)

    def __getitems__(self, indices: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return inputs and targets of many windows, each (len(indices), context_size).

        One indexing step cuts out the whole batch; DataLoader calls this when it is there.
        """
        return self._cut_out(np.asarray(indices, dtype=np.intp))

    def _cut_out(self, index: int | np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        try:
            windows = self._windows[index]  # (..., context_size + 1)
        except IndexError as error:
            raise IndexError(
                f"no such window: {error}; the {len(self)} windows are numbered 0 to "
                f"{len(self) - 1}"
            ) from None
        inputs = windows[..., :-1].astype(np.int64, order="C")
        targets = windows[..., 1:].astype(np.int64, order="C")
        return torch.from_numpy(inputs), torch.from_numpy(targets)

    def __getstate__(self) -> dict[str, Any]:
        """Pack what a worker process needs: the ids once, or only where their file lies.

        Overlapping windows would be packed in full, each id context_size times over.
        """
        left_out = {"_windows"} if self.token_file is None else {"_windows", "token_ids"}
        return {name: value for name, value in vars(self).items() if name not in left_out}

    def __setstate__(self, state: dict[str, Any]) -> None:
        """Unpack, map the token file again if there is one, and lay the windows anew."""
        vars(self).update(state)
        if self.token_file is not None:
            self.token_ids = read_token_file(self.token_file, verify=False)
        self._hold(self.token_ids, self.context_size, self.stride)


def make_dataloader(
    dataset: Dataset,
    *,
    batch_size: int,
    shuffle: bool = False,
    drop_last: bool = True,
    num_workers: int = 0,
    seed: int | None = None,
    **options: Any,
) -> DataLoader:
    """Deal the windows of a dataset out in batches, to one process or to each its share.

    Where `torch.distributed` is initialised (torchrun's processes do that first), torch's
    DistributedSampler deals the windows out in turn, so that every process makes the same
    number of steps. If their number does not divide evenly, drop_last=True leaves out the few
    that are over, and then each process's last batch if it is not full; drop_last=False deals
    the first few out a second time, and keeps that batch. Call
    `loader.sampler.set_epoch(epoch)` before each epoch, or every epoch has the same order.

    Args:
        dataset: usually a GPTDatasetV1; any dataset of pairs will do.
        batch_size: windows in a batch, for each process.
        shuffle: deal the windows in a random order. Torch then keeps a list of all their
            numbers, 40 to 50 bytes a window: for a huge corpus choose a stride near
            context_size.
        drop_last: leave out a last batch that is not full. With fewer windows than
            batch_size there is then no batch at all.
        num_workers: processes that prepare batches beside each process; the batches and
            their order stay the same.
        seed: of the shuffle. Without it, torch's own seed decides; where processes share
            the windows, 0, because all of them must shuffle alike.
        options: what else DataLoader takes, such as pin_memory or persistent_workers.

    Returns:
        A DataLoader over (inputs, targets), each of shape (batch_size, context_size), int64.

    Raises:
        ValueError: batch_size is below 1.

    Example:
        >>> dataset = GPTDatasetV1.from_token_ids(range(10), context_size=3, stride=3)
        >>> [inputs.tolist() for inputs, targets in make_dataloader(dataset, batch_size=2)]
        [[[0, 1, 2], [3, 4, 5]]]
    """
    require_at_least_one(batch_size=batch_size)
    sampler = generator = None
    if distributed.is_available() and distributed.is_initialized():
        sampler = DistributedSampler(dataset, shuffle=shuffle, seed=seed or 0, drop_last=drop_last)
        shuffle = False  # the sampler does it
    elif seed is not None:
        generator = torch.Generator().manual_seed(seed)
    return DataLoader(
        dataset,
        batch_size,
        shuffle=shuffle,
        sampler=sampler,
        generator=generator,
        drop_last=drop_last,
        num_workers=num_workers,
        collate_fn=_collate,
        **options,
    )


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

    Args:
        txt: the text.
        batch_size: windows in a batch.
        context_size: ids in a window.
        stride: ids between the starts of two windows.
        shuffle: deal the windows in a random order, drawn from torch's seed.
        drop_last: leave out a last batch that is not full.
        num_workers: processes that prepare batches beside the main one.

    Returns:
        A DataLoader over (inputs, targets), each of shape (batch_size, context_size), int64.

    Raises:
        ValueError: a size is below 1, or the text is too short for a window.

    Example:
        >>> inputs, targets = next(iter(dataloader_v1("one two three four five six seven " * 3)))
        >>> inputs.shape
        torch.Size([3, 5])
    """
    use_bundled_vocabulary()
    dataset = GPTDatasetV1(txt, tiktoken.get_encoding("gpt2"), context_size, stride)
    return make_dataloader(
        dataset,
        batch_size=batch_size,
        shuffle=shuffle,
        drop_last=drop_last,
        num_workers=num_workers,
    )


def _collate(batch):
    """Pass on a batch that `__getitems__` gathered; stack the pairs of any other dataset."""
    return batch if isinstance(batch, tuple) else default_collate(batch)


def _compact(token_ids: Sequence[int] | np.ndarray) -> np.ndarray:
    """Hold ids in two bytes each where they fit (GPT-2's do), else in four."""
    ids = np.asarray(token_ids)
    if ids.ndim != 1 or not (ids.size == 0 or np.issubdtype(ids.dtype, np.integer)):
        raise TypeError(
            f"expected token ids, integers in one dimension, but {ids.dtype} of shape "
            f"{ids.shape} came"
        )
    if ids.dtype in (np.uint16, np.uint32):
        return ids
    smallest, largest = (int(ids.min()), int(ids.max())) if ids.size else (0, 0)
    if smallest < 0 or largest >= 2**32:
        raise ValueError(
            f"expected token ids from 0 to 2**32 - 1, but {smallest} to {largest} came"
        )
    return ids.astype(np.uint16 if largest < 2**16 else np.uint32)
