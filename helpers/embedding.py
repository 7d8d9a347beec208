"""Ids to the tensor that GPT-2's first block reads: token vectors plus position vectors."""

from collections.abc import Mapping
from typing import Self

import torch
from torch import nn

from helpers.data import check_whole

_INTEGERS = (
    *(torch.int64, torch.int32, torch.int16, torch.int8),
    *(torch.uint8, torch.uint16, torch.uint32, torch.uint64),
)


class InputEmbedding(nn.Module):
    """GPT-2's input layer: a table of token vectors plus a table of position vectors.

    The tables have GPT-2's own names, `wte` (vocab_size, embed_dim) and `wpe` (context_size,
    embed_dim). `from_gpt2` fills them from a trained model.

    Args:
        vocab_size: rows of the token table; ids run from 0 to vocab_size - 1.
        context_size: rows of the position table; no sequence may be longer.
        embed_dim: numbers in a vector.
        dropout: share of the numbers set to 0 while training. Hugging Face's
            configuration of GPT-2 has 0.1; here the default is 0, so that sums can be checked.
        gpt2_spread: begin as GPT-2 did, with standard deviations of 0.02 for tokens and 0.01
            for positions. Otherwise both are 1, PyTorch's own.

    Raises:
        ValueError: a size is not a whole number of at least 1, or the dropout is not from 0 to 1.

    Example:
        >>> layer = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=8)
        >>> layer(torch.tensor([[464, 3797], [318, 7954]])).shape
        torch.Size([2, 2, 8])
    """

    def __init__(
        self,
        vocab_size: int,
        context_size: int,
        embed_dim: int,
        dropout: float = 0.0,
        *,
        gpt2_spread: bool = False,
    ):
        super().__init__()
        check_whole(vocab_size=vocab_size, context_size=context_size, embed_dim=embed_dim)
        self.wte = nn.Embedding(vocab_size, embed_dim)
        self.wpe = nn.Embedding(context_size, embed_dim)
        self.drop = nn.Dropout(dropout)
        if gpt2_spread:
            nn.init.normal_(self.wte.weight, std=0.02)
            nn.init.normal_(self.wpe.weight, std=0.01)

    @classmethod
    def from_gpt2(cls, state_dict: Mapping[str, torch.Tensor], dropout: float = 0.0) -> Self:
        """Make the input layer of a trained GPT-2 from its state dict; other tables are ignored.

        The tables are copied, with their type and device. Their keys end in `wte.weight` and
        `wpe.weight`, whatever stands before them: nothing in Hugging Face's base model,
        `transformer.` in its language model and in nanoGPT.

        Raises:
            TypeError, KeyError, ValueError: this is not a state dict, one of the two tables is not
                there or there twice, or their shapes do not fit together.
        """
        if not isinstance(state_dict, Mapping):
            raise TypeError(
                f"expected a state dict, but a {type(state_dict).__name__} came: "
                "give the model's state_dict()"
            )
        wte, wpe = (_find_table(state_dict, name) for name in ("wte.weight", "wpe.weight"))
        if not wte.dim() == wpe.dim() == 2 or wte.shape[1] != wpe.shape[1]:
            raise ValueError(
                f"expected two tables of one width, but {wte.shape}, {wpe.shape} came"
            )
        layer = cls(1, 1, wte.shape[1], dropout)  # small: both tables are replaced at once
        layer.wte = nn.Embedding.from_pretrained(wte, freeze=False)
        layer.wpe = nn.Embedding.from_pretrained(wpe, freeze=False)
        return layer

    def forward(self, token_ids: torch.Tensor, start: int = 0) -> torch.Tensor:
        """Look both vectors up and add them.

        On a GPU the ids are not looked at, for that would make the GPU wait. CUDA itself stops
        at a wrong one, a little later and without its name: "device-side assert triggered".

        Args:
            token_ids: integers, (sequence,) or (batch, sequence), on the layer's device; the
                sequence may have any length up to context_size.
            start: position of the first id. To generate token by token, pass only the new ids,
                and here the position of the first of them.

        Returns:
            The input embeddings, (sequence, embed_dim) or (batch, sequence, embed_dim).

        Raises:
            TypeError, ValueError: the ids are not a tensor of integers with at least one
                dimension, or the start is not a whole number of at least 0.
            IndexError: the sequence goes beyond the position table, or an id is not in the
                token table.
        """
        check_whole(least=0, start=start)
        start = int(start)  # NumPy's small types overflow
        self._check(token_ids, start)
        token_embeddings = self._look_up(token_ids)  # (..., sequence, embed_dim)
        position_embeddings = self.wpe.weight[start : start + token_ids.shape[-1]]
        return self.drop(token_embeddings + position_embeddings)

    def _check(self, token_ids: torch.Tensor, start: int) -> None:
        if not isinstance(token_ids, torch.Tensor):
            raise TypeError(
                f"expected a tensor of ids, but a {type(token_ids).__name__} came: "
                "torch.tensor(token_ids) makes one"
            )
        if token_ids.dtype not in _INTEGERS or token_ids.dim() == 0:
            raise TypeError(
                "expected a sequence of ids, a tensor of integers of shape (sequence,) or "
                f"(batch, sequence), but {token_ids.dtype} of shape {tuple(token_ids.shape)} came"
            )
        length, rows = token_ids.shape[-1], self.wpe.num_embeddings
        if start + length > rows:
            where = f" from position {start} on" if start else ""
            raise IndexError(
                f"position {start + length - 1} has no vector: the sequence has {length} ids"
                f"{where}, and the position table {rows} rows; cut the text into windows of at "
                f"most {rows} ids"
            )

    def _look_up(self, token_ids: torch.Tensor) -> torch.Tensor:
        if token_ids.dtype not in (torch.int32, torch.int64):
            token_ids = token_ids.long()  # nn.Embedding takes these two only
        # Asking for forgiveness keeps the check off the path of every right id.
        try:
            return self.wte(token_ids)
        except IndexError:
            rows = self.wte.num_embeddings
            wrong = token_ids[(token_ids < 0) | (token_ids >= rows)][0].item()
            raise IndexError(
                f"id {wrong} has no vector: the token table has {rows} rows, for the ids 0 to "
                f"{rows - 1}; encode the text with the tokenizer that the table was made for"
            ) from None


def _find_table(state_dict: Mapping[str, torch.Tensor], name: str) -> torch.Tensor:
    keys = [key for key in state_dict if f".{key}".endswith(f".{name}")]
    if len(keys) != 1:
        found = f"has {keys}" if keys else f"begins with {list(state_dict)[:3]}"
        raise KeyError(f"expected one table {name!r} in the state dict, but it {found}")
    return torch.as_tensor(state_dict[keys[0]]).detach().clone()  # NumPy's too
