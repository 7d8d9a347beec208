"""The input layer beside two tables and a sum by hand, as the article writes them."""

import torch
from torch import nn

from benchmarks.measure import Row, Scale, compare
from helpers.embedding import InputEmbedding

RUNS = 10  # one takes milliseconds, too short to be timed alone


@torch.no_grad()
def embedding(scale: Scale) -> list[Row]:
    """Embed a batch with GPT-2 small's sizes: no slower than by hand, give or take a tenth."""
    torch.manual_seed(123)
    layer = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=768)
    token_embedding_layer = nn.Embedding.from_pretrained(layer.wte.weight)
    position_embedding_layer = nn.Embedding.from_pretrained(layer.wpe.weight)
    inputs = torch.randint(50257, (8, min(1024, scale.n_bytes // 100)))

    def ours() -> torch.Tensor:
        for _ in range(RUNS):
            result = layer(inputs)
        return result

    def by_hand() -> torch.Tensor:
        for _ in range(RUNS):
            positions = torch.arange(inputs.shape[1])
            result = token_embedding_layer(inputs) + position_embedding_layer(positions)
        return result

    what = f"InputEmbedding, ids {tuple(inputs.shape)}"
    return [compare(what, "by hand", ours, by_hand, scale.rounds, same=torch.equal, goal=1.1)]
