"""Byte pair encoding, GPT-2's way: train a vocabulary of bytes, encode a text, decode it.

Read `words` (a text is cut into words), `plain` (the whole method in thirty lines), `pairs` (the
same without counting anew, which makes it fast), `files` and `tokenizer`.
"""
# ruff: noqa: F401 - these are the names to import from here

from helpers.bpe.files import bytes_to_glyphs
from helpers.bpe.plain import count_pairs, encode_word, learn_merges, merge
from helpers.bpe.tokenizer import END_OF_TEXT, BytePairTokenizer, train_bpe
from helpers.bpe.words import GPT2_PATTERN, split_words
