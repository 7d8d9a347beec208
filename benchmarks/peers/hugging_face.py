"""Byte pair encoding by the package `tokenizers` of Hugging Face, which is compiled Rust."""

import json
import os
import re

from tokenizers import Tokenizer
from tokenizers.models import BPE
from tokenizers.pre_tokenizers import ByteLevel
from tokenizers.trainers import BpeTrainer

from benchmarks.peers import gpt2_files

PIECE = 10_000  # characters: with several pieces, there is work for several threads


def train(text: str, n_merges: int, *, parallel: bool) -> list[tuple[str, str]]:
    """Return the merges, in glyphs; among equal counts this trainer takes the lowest ids."""
    _allow_threads(parallel)
    tokenizer = Tokenizer(BPE())
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    trainer = BpeTrainer(
        vocab_size=256 + n_merges,
        initial_alphabet=ByteLevel.alphabet(),
        show_progress=False,
    )
    tokenizer.train_from_iterator(cut(text), trainer)
    merges = json.loads(tokenizer.to_str())["model"]["merges"]
    return [tuple(pair) for pair in merges]


def load_gpt2() -> Tokenizer:
    """Return a new tokenizer with GPT-2's vocabulary."""
    tokenizer = Tokenizer(BPE(gpt2_files.read_ids(), gpt2_files.read_merges()))
    tokenizer.pre_tokenizer = ByteLevel(add_prefix_space=False)
    return tokenizer


def encode(tokenizer: Tokenizer, text: str, *, parallel: bool) -> list[int]:
    """Turn a text into ids, by the call that keeps no positions."""
    _allow_threads(parallel)
    return [i for piece in tokenizer.encode_batch_fast(cut(text)) for i in piece.ids]


def cut(text: str) -> list[str]:
    """Cut a text before a space, where GPT-2's pattern cuts in any case."""
    return re.findall(rf"(?s).{{1,{PIECE}}}(?:\S(?= )|\Z)", text)


def _allow_threads(parallel: bool) -> None:
    os.environ["TOKENIZERS_PARALLELISM"] = "true" if parallel else "false"
