"""The article's own code, with its slips mended: the simple tokenizer and the data set."""

import re
from collections.abc import Sequence

import torch
from torch.utils.data import Dataset


def tokenize(text: str) -> list[str]:
    """Split a text at marks and white space; drop what is empty."""
    tokens = re.split(r'([,.:;?_!"()\']|--|\s)', text)
    return [token.strip() for token in tokens if token.strip()]


class WindowLists(Dataset):
    """All windows as tensors, cut out beforehand: each id is stored in every window it is in.

    Args:
        token_ids: the ids, at least context_size + 1.
        context_size: ids in a window.
        stride: ids between the starts of two windows.
    """

    def __init__(self, token_ids: Sequence[int], context_size: int, stride: int):
        starts = range(0, len(token_ids) - context_size, stride)
        self.input_ids = [torch.tensor(token_ids[i : i + context_size]) for i in starts]
        self.target_ids = [torch.tensor(token_ids[i + 1 : i + context_size + 1]) for i in starts]

    def __len__(self) -> int:
        """Return the number of windows."""
        return len(self.input_ids)

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        """Return input and target of one window."""
        return self.input_ids[index], self.target_ids[index]
