"""Ids to training windows: each input row and its target, one token further on."""

from collections.abc import Sequence

import numpy as np
import tiktoken
import torch
from torch.utils.data import DataLoader, Dataset

from helpers.checks import require_at_least_one
from helpers.data import use_bundled_vocabulary


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

    def __init__(self, txt: str, tokenizer, context_size: int, stride: int):
        self._hold(_compact(tokenizer.encode(txt)), context_size, stride)

    def _hold(self, token_ids: np.ndarray, context_size: int, stride: int) -> None:
        require_at_least_one(context_size=context_size, stride=stride)
        if len(token_ids) <= context_size:
            raise ValueError(
                f"the text is too short: it has {len(token_ids)} ids, and a window of "
                f"context_size {context_size} needs {context_size + 1}, because the target is one "
                "id further on; take a longer text or a smaller context_size"
            )
        self.token_ids = token_ids
        self.context_size = context_size
        self.stride = stride
        # Views, not copies: entry [0, i] is the input of window i, entry [1, i] its target.
        n_windows = len(range(0, len(token_ids) - context_size, stride))
        step = token_ids.strides[0]
        self._windows = np.lib.stride_tricks.as_strided(
            token_ids,
            shape=(2, n_windows, context_size),
            strides=(step, stride * step, step),
            writeable=False,
        )

    def __len__(self) -> int:
        """Return the number of windows."""
        return self._windows.shape[1]

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return input and target of one window, each of shape (context_size,)."""
        inputs, targets = torch.from_numpy(self._windows[:, index].astype(np.int64))
        return inputs, targets

    def __getitems__(self, indices: Sequence[int]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return inputs and targets of many windows, each (len(indices), context_size).

        One indexing step cuts out the whole batch; DataLoader calls this when it is there.
        """
        batch = self._windows[:, np.asarray(indices)].astype(np.int64, order="C")
        inputs, targets = torch.from_numpy(batch)
        return inputs, targets


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
    require_at_least_one(batch_size=batch_size)
    use_bundled_vocabulary()
    dataset = GPTDatasetV1(txt, tiktoken.get_encoding("gpt2"), context_size, stride)
    return DataLoader(
        dataset,
        batch_size,
        shuffle=shuffle,
        drop_last=drop_last,
        num_workers=num_workers,
        collate_fn=_already_gathered,
    )


def _already_gathered(batch):
    """Pass on what `__getitems__` gathered: there is nothing left to stack."""
    return batch


def _compact(token_ids: Sequence[int]) -> np.ndarray:
    """Hold ids in two bytes each where they fit (GPT-2's do), else in four."""
    largest = max(token_ids, default=0)
    return np.array(token_ids, dtype=np.uint16 if largest < 2**16 else np.uint32)
