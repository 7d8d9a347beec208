"""Training, encoding and decoding beside `tokenizers`, tiktoken and the plain method."""

import os
from functools import partial

import tiktoken
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, trainers

from benchmarks.measure import Row, Scale, compare
from benchmarks.texts import KINDS, distinct_words, single_words, take
from helpers.bpe import BytePairTokenizer, learn_merges, split_words, train_bpe
from helpers.data import use_bundled_vocabulary

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # one thread, as ours
HUGGING_FACE, PLAIN, TIKTOKEN = "tokenizers, one thread", "the plain method", "tiktoken"


def training(scale: Scale) -> list[Row]:
    """Learn a vocabulary. Among equal counts `tokenizers` chooses others: only numbers agree."""
    rows, (small, _) = [], scale.vocab_sizes
    for size in scale.vocab_sizes:
        for kind in KINDS:
            text, what = take(kind, scale.n_bytes), f"train to {size:,} ids, {kind}"
            ways = (partial(way, text, size) for way in (_count_merges, _train_hugging_face))
            rows.append(compare(what, HUGGING_FACE, *ways, scale.rounds, goal=1.5))
    text, what = take("English", scale.n_bytes // 10), f"train to {small:,} ids, English, a tenth"
    ways = (partial(way, text, small) for way in (_train, _train_plain))
    rounds = min(scale.rounds, 3)  # the plain method takes its time
    return [*rows, compare(what, PLAIN, *ways, rounds, goal=100, faster=True)]


def encoding(scale: Scale) -> list[Row]:
    """Encode with GPT-2's vocabulary, by a new tokenizer, or by one that had the text before."""
    theirs, size, rows = _tiktoken().encode_ordinary, scale.n_bytes, []

    def encode(what: str, text: str, **goal) -> None:
        ours, new = (lambda tokenizer: tokenizer.encode_ordinary(text)), BytePairTokenizer.gpt2
        peer = partial(theirs, text)
        rows.append(compare(what, TIKTOKEN, ours, peer, scale.rounds, setup=new, **goal))

    for kind in KINDS:
        encode(f"encode, {kind}", take(kind, size), goal=4)
    for kind in KINDS:
        ours, text = BytePairTokenizer.gpt2().encode_ordinary, take(kind, size)
        ways = partial(ours, text), partial(theirs, text)
        rows.append(compare(f"encode again, {kind}", TIKTOKEN, *ways, scale.rounds))
    encode(f"encode {size // 10:,} different words", distinct_words(size // 10))
    encode("encode spaces", " " * size)
    for letters, word in single_words(size).items():
        encode(f"encode one word: {letters}", word, goal=2)
    return rows


def decoding(scale: Scale) -> list[Row]:
    """Decode GPT-2's ids; tiktoken has them in a list each time."""
    tokenizer, rows = BytePairTokenizer.gpt2(), []
    for kind in KINDS:
        ids = _tiktoken().encode_ordinary(take(kind, scale.n_bytes))
        for name, given in {"a list": ids, "a tensor": torch.tensor(ids)}.items():
            ways = partial(tokenizer.decode, given), partial(_tiktoken().decode, ids)
            rows.append(compare(f"decode {name}, {kind}", TIKTOKEN, *ways, scale.rounds))
    return rows


def _tiktoken() -> tiktoken.Encoding:
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


def _train(text: str, vocab_size: int) -> list[tuple[bytes, bytes]]:
    return list(train_bpe(text, vocab_size, special_tokens=()).merges)


def _count_merges(text: str, vocab_size: int) -> int:
    return len(_train(text, vocab_size))


def _train_hugging_face(text: str, vocab_size: int) -> int:
    tokenizer, alphabet = Tokenizer(models.BPE()), pre_tokenizers.ByteLevel.alphabet()
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    options = {"vocab_size": vocab_size, "initial_alphabet": alphabet, "show_progress": False}
    tokenizer.train_from_iterator([text], trainers.BpeTrainer(**options))
    return tokenizer.get_vocab_size() - len(alphabet)


def _train_plain(text: str, vocab_size: int) -> list[tuple[bytes, bytes]]:
    words = [[bytes([byte]) for byte in word.encode()] for word in split_words(text)]
    return learn_merges(words, vocab_size - 256)
