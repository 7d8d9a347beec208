"""The helpers beside the packages that people use elsewhere."""

import pytest
import tokenizers
import torch
import transformers

from helpers.bpe import BytePairTokenizer, train_bpe
from helpers.data import load_text
from helpers.embedding import InputEmbedding

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


TEXTS = [load_text(), "They'll say it's 1,234!  \n\n don't\t兔子 🐇 é", "'s''ll  ", ""]


@pytest.mark.parametrize("train", [BytePairTokenizer.gpt2, lambda: train_bpe(load_text(), 600)])
def test_hugging_face_reads_our_files_and_gives_the_same_ids(train, tmp_path):
    ours = train()
    ours.save(tmp_path)
    files = [str(tmp_path / name) for name in ("vocab.json", "merges.txt")]
    fast = tokenizers.ByteLevelBPETokenizer(*files)
    whole = transformers.GPT2Tokenizer(*files)
    for text in TEXTS:
        assert fast.encode(text).ids == whole.encode(text) == ours.encode(text)
        assert whole.decode(ours.encode(text), clean_up_tokenization_spaces=False) == text
    assert whole.encode("a<|endoftext|>b") == ours.encode("a<|endoftext|>b", allowed_special="all")


def test_we_read_what_tokenizers_writes(tmp_path):
    theirs = tokenizers.ByteLevelBPETokenizer()
    alphabet = [*tokenizers.pre_tokenizers.ByteLevel.alphabet()]
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=600, initial_alphabet=alphabet, show_progress=False
    )
    theirs._tokenizer.train_from_iterator([load_text()], trainer)
    theirs.save_model(str(tmp_path))
    ours = BytePairTokenizer.load(tmp_path)
    assert [ours.encode(text) for text in TEXTS] == [theirs.encode(text).ids for text in TEXTS]
