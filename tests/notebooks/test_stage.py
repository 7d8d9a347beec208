"""What a notebook builds on stage gives what the helper of the same name gives."""

import pkgutil
from functools import cache
from importlib import import_module

import pytest
import tiktoken
import torch

import helpers
from helpers.bpe import split_words
from helpers.data import load_text, use_bundled_vocabulary
from notebook_files import NAMES, run_definitions

use_bundled_vocabulary()
STORY = load_text()
SENTENCES = ["", "Once upon a time", "'Stop thief!'", "fir-tree--lippity---\tnot\n", "don't"]
VOCAB = {"a": 0, "b": 1}
MODULES = [
    import_module(module.name) for module in pkgutil.walk_packages(helpers.__path__, "helpers.")
]


def helper(name):
    """Return the helper that is defined under a name, in whatever module."""
    found = {
        id(vars(module)[name]): vars(module)[name]
        for module in MODULES
        if getattr(vars(module).get(name), "__module__", None) == module.__name__
    }
    assert len(found) < 2, f"helpers has {len(found)} different things called {name}"
    return next(iter(found.values()), None)


@cache
def stage(notebook_name):
    namespace, defined = run_definitions(notebook_name)
    return {name: namespace[name] for name in defined}


def encode_all(tokenizer_class):
    vocab = {token: i for i, token in enumerate(sorted(set(helper("tokenize")(STORY))))}
    tokenizer = tokenizer_class({**vocab, "<unk>": len(vocab)})
    token_ids = tokenizer.encode(STORY)
    return token_ids, tokenizer.decode(token_ids)


def bytes_of_words(text):
    return [[bytes([byte]) for byte in word.encode()] for word in split_words(text)]


def encode_words(encode_word):
    words = bytes_of_words(STORY)
    merges = helper("learn_merges")(words, 20)
    return [encode_word(word, merges) for word in words]


def batches(loader):
    return [(inputs.tolist(), targets.tolist()) for inputs, targets in loader]


def windows(dataset_class):
    dataset = dataset_class(STORY, tiktoken.get_encoding("gpt2"), 5, 2)
    return [(x.tolist(), y.tolist()) for x, y in (dataset[i] for i in range(len(dataset)))]


def embed_story(layer_class):
    torch.manual_seed(0)
    token_ids = torch.tensor(tiktoken.get_encoding("gpt2").encode(STORY))
    layer = layer_class(50257, 1024, 4)
    passes = [layer(piece).tolist() for piece in token_ids.split(1024)]
    passes += [layer(token_ids[:1000].reshape(10, 100)).tolist()]
    return list(layer.state_dict()), passes


# What to compare: each turns a function or class into its results, with the same arguments.
RESULTS = {
    "tokenize": lambda f: [f(text) for text in [STORY, *SENTENCES]],
    "build_vocab": lambda f: [f(text) for text in [STORY, *SENTENCES]],
    "encode": lambda f: f(VOCAB, "a b a"),
    "decode": lambda f: f(VOCAB, [0, 1, 0]),
    "SimpleTokenizerV1": encode_all,
    "SimpleTokenizerV2": encode_all,
    "count_pairs": lambda f: list(f(bytes_of_words(STORY)).items()),
    "merge": lambda f: [f(text, ("a", "a")) for text in ["", "a", "aaaaa", "banana aa"]],
    "learn_merges": lambda f: f(bytes_of_words(STORY), 20),
    "encode_word": encode_words,
    "GPTDatasetV1": windows,
    "dataloader_v1": lambda f: (
        batches(f(STORY)) + batches(f(STORY, batch_size=4, context_size=256, stride=100))
    ),
    "InputEmbedding": embed_story,
}
IN_BOTH = [
    (notebook, name) for notebook in NAMES for name in stage(notebook) if helper(name) is not None
]


@pytest.mark.parametrize(("notebook", "name"), IN_BOTH)
def test_stage_and_helpers_give_the_same(notebook, name):
    results = []
    for version in (stage(notebook)[name], helper(name)):
        torch.manual_seed(0)
        results.append(RESULTS[name](version))
    assert results[0] == results[1]


def test_everything_that_stands_in_both_is_compared():
    assert {name for _, name in IN_BOTH} == RESULTS.keys()
