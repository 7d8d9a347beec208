"""What a notebook builds on stage gives what the helpers version of the same name gives."""

import ast
from functools import cache
from importlib import import_module

import pytest
import tiktoken
import torch

from helpers.data import load_text, use_bundled_vocabulary
from notebook_files import NAMES, code_cells, read_notebook, source

use_bundled_vocabulary()
STORY = load_text()
MODULES = [
    import_module(f"helpers.{name}") for name in ("tokenizer", "bpe", "dataset", "embedding")
]
SENTENCES = ["", "Once upon a time", "'Stop thief!'", "fir-tree--lippity---\tnot\n", "don't"]


def helpers_version(name):
    return next((vars(module)[name] for module in MODULES if name in vars(module)), None)


@cache
def stage(notebook_name):
    """Run the imports and definitions of a notebook, and nothing else of it."""
    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    cells = code_cells(read_notebook(notebook_name))
    python = [source(cell) for cell in cells if not source(cell).startswith("%")]
    nodes = [node for text in python for node in ast.parse(text).body]
    body = [node for node in nodes if isinstance(node, wanted)]
    namespace = {}
    exec(compile(ast.Module(body, []), notebook_name, "exec"), namespace)
    defined = [node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return {name: namespace[name] for name in defined}


def on_stage():
    return {
        (notebook, name)
        for notebook in NAMES
        for name in stage(notebook)
        if helpers_version(name) is not None
    }


def encode_all(tokenizer_class):
    vocab = {token: i for i, token in enumerate(sorted(set(helpers_version("tokenize")(STORY))))}
    tokenizer = tokenizer_class({**vocab, "<unk>": len(vocab)})
    token_ids = tokenizer.encode(STORY)
    return token_ids, tokenizer.decode(token_ids)


def batches(loader):
    return [(inputs.tolist(), targets.tolist()) for inputs, targets in loader]


def windows(dataset_class):
    dataset = dataset_class(STORY, tiktoken.get_encoding("gpt2"), 5, 2)
    return [(x.tolist(), y.tolist()) for x, y in (dataset[i] for i in range(len(dataset)))]


def embed_story(layer_class):
    torch.manual_seed(0)
    token_ids = torch.tensor(tiktoken.get_encoding("gpt2").encode(STORY))
    layer = layer_class(50257, 1024, 4, dropout=0.1)
    passes = [layer(piece).tolist() for piece in token_ids.split(1024)]
    layer.eval()
    passes += [layer(token_ids[:1000].reshape(10, 100)).tolist()]
    return list(layer.state_dict()), passes


VOCAB = {"a": 0, "b": 1}
# What to compare: each turns a function or class into its results.
RESULTS = {
    ("01_tokenize", "tokenize"): lambda f: [f(text) for text in [STORY, *SENTENCES]],
    ("02_simple_tokenizer", "build_vocab"): lambda f: [f(text) for text in [STORY, *SENTENCES]],
    ("02_simple_tokenizer", "encode"): lambda f: f(VOCAB, "a b a"),
    ("02_simple_tokenizer", "decode"): lambda f: f(VOCAB, [0, 1, 0]),
    ("02_simple_tokenizer", "SimpleTokenizerV1"): encode_all,
    ("02_simple_tokenizer", "SimpleTokenizerV2"): encode_all,
    ("04_data_sampling", "GPTDatasetV1"): windows,
    ("04_data_sampling", "dataloader_v1"): lambda f: (
        batches(f(STORY)) + batches(f(STORY, batch_size=4, context_size=256, stride=100))
    ),
    ("07_input_embedding", "InputEmbedding"): embed_story,
}


@pytest.mark.parametrize(("notebook", "name"), RESULTS, ids=lambda part: part)
def test_stage_and_helpers_give_the_same(notebook, name):
    torch.manual_seed(0)
    results = RESULTS[notebook, name]
    assert results(stage(notebook)[name]) == results(helpers_version(name))


def test_everything_that_stands_in_both_is_compared():
    assert on_stage() == RESULTS.keys()
