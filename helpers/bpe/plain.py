"""The whole method in its plain form: count every pair, merge the most frequent, start over.

Notebook 03 builds the first three; `train_bpe` and `BytePairTokenizer` give the same merges and
tokens in a fraction of the time. A word is a row of tokens, letters or single bytes at first.
"""

from collections import Counter
from itertools import pairwise


def count_pairs(words):
    """Count how often each pair of neighbours occurs: in "aaa", ("a", "a") occurs twice."""
    return Counter(pair for tokens in words for pair in pairwise(tokens))


def merge(tokens, pair):
    """Make one token of a pair wherever it stands, from left to right."""
    merged = []
    for token in tokens:
        if merged and (merged[-1], token) == pair:
            merged[-1] += token
        else:
            merged.append(token)
    return merged


def learn_merges(words, n_merges):
    """Merge the most frequent pair again and again; of equal counts, the first in the text wins.

    Example:
        >>> learn_merges(["the", "hen"], 2)
        [('h', 'e'), ('t', 'he')]
    """
    merges = []
    for _ in range(n_merges):
        counts = count_pairs(words)
        if not counts:
            break
        merges.append(max(counts, key=counts.get))
        words = [merge(tokens, merges[-1]) for tokens in words]
    return merges


def encode_word(tokens, merges):
    """Apply merges to the tokens of one word, in the order of their ranks."""
    for pair in merges:
        tokens = merge(tokens, pair)
    return tokens
