"""Ids to the tensor that GPT-2's first block reads: token vectors plus position vectors."""

import torch
from torch import nn

from helpers.checks import require_at_least_one


class InputEmbedding(nn.Module):
    """GPT-2's input layer: a table of token vectors plus a table of position vectors.

    The tables carry GPT-2's own names, so its checkpoints' keys are these: `wte.weight`
    (vocab_size, embed_dim) and `wpe.weight` (context_size, embed_dim).

    Args:
        vocab_size: rows of the token table; ids run from 0 to vocab_size - 1.
        context_size: rows of the position table; no sequence may be longer.
        embed_dim: numbers in a vector.
        dropout: share of the numbers set to 0 while training. Hugging Face's
            configuration of GPT-2 has 0.1; here the default is 0, so that sums can be checked.

    Raises:
        ValueError: a size is below 1.

    Example:
        >>> layer = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=8)
        >>> layer(torch.tensor([[464, 3797], [318, 7954]])).shape
        torch.Size([2, 2, 8])
    """

    def __init__(self, vocab_size: int, context_size: int, embed_dim: int, dropout: float = 0.0):
        super().__init__()
        require_at_least_one(vocab_size=vocab_size, context_size=context_size, embed_dim=embed_dim)
        self.wte = nn.Embedding(vocab_size, embed_dim)
        self.wpe = nn.Embedding(context_size, embed_dim)
        self.drop = nn.Dropout(dropout)

    def forward(self, token_ids: torch.Tensor) -> torch.Tensor:
        """Look both vectors up and add them.

        Args:
            token_ids: int64 or int32 ids, (sequence,) or (batch, sequence); the sequence may
                have any length up to context_size.

        Returns:
            The input embeddings, (sequence, embed_dim) or (batch, sequence, embed_dim).

        Raises:
            TypeError: the ids are not a tensor of integers with at least one dimension.
            IndexError: the sequence is longer than the position table, or an id lies outside
                the token table.
        """
        if token_ids.dtype not in (torch.int32, torch.int64) or token_ids.dim() == 0:
            raise TypeError(
                "expected a sequence of ids, an int64 or int32 tensor of shape (sequence,) or "
                f"(batch, sequence), but {token_ids.dtype} of shape {tuple(token_ids.shape)} came"
            )
        length = token_ids.shape[-1]
        if length > self.wpe.num_embeddings:
            raise IndexError(
                f"position {length - 1} has no vector: the sequence has {length} ids, and the "
                f"position table {self.wpe.num_embeddings} rows; cut the text into windows of at "
                f"most {self.wpe.num_embeddings} ids"
            )
        token_embeddings = self._look_up(token_ids)  # (..., sequence, embed_dim)
        position_embeddings = self.wpe.weight[:length]  # (sequence, embed_dim)
        return self.drop(token_embeddings + position_embeddings)

    def _look_up(self, token_ids: torch.Tensor) -> torch.Tensor:
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
