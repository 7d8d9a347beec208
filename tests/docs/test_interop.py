"""The helpers beside the packages that people use elsewhere."""

import pytest
import torch

from helpers.embedding import InputEmbedding

transformers = pytest.importorskip("transformers", reason="only the makers' environment has it")

CONFIG = {"vocab_size": 60, "n_positions": 16, "n_embd": 8, "n_layer": 2, "n_head": 2}
TOKEN_IDS = torch.randint(60, (3, 16), generator=torch.Generator().manual_seed(123))


@pytest.mark.parametrize("name", ["GPT2Model", "GPT2LMHeadModel"])
def test_the_input_layer_is_hugging_faces_bit_for_bit(name):
    torch.manual_seed(123)
    config = transformers.GPT2Config(**CONFIG, bos_token_id=59, eos_token_id=59)
    model = getattr(transformers, name)(config).eval()
    layer = InputEmbedding.from_gpt2(model.state_dict())
    with torch.no_grad():
        whole = model(TOKEN_IDS, output_hidden_states=True).hidden_states[0]
        assert torch.equal(layer(TOKEN_IDS), whole)
        # Generating: the model keeps what it made of the first ids, and gets the rest alone.
        kept = transformers.DynamicCache(config=config)
        model(TOKEN_IDS[:, :10], cache=kept)
        rest = model(TOKEN_IDS[:, 10:], cache=kept, output_hidden_states=True)
        assert torch.equal(layer(TOKEN_IDS[:, 10:], start=10), rest.hidden_states[0])
