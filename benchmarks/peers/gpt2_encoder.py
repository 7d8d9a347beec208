"""GPT-2's first encoder, in pure Python, after the description of OpenAI's encoder.py.

A word is a tuple of strings. Again and again, the pair of neighbours with the lowest rank is
found among all its pairs, and joined wherever it occurs. What a word gives is remembered.
"""

from itertools import pairwise

import regex

from benchmarks.peers import gpt2_files
from helpers.bpe import GPT2_PATTERN, bytes_to_glyphs


class Encoder:
    """The encoder, new, with nothing remembered.

    Args:
        ids: the id of each token, in glyphs.
        merges: pairs of tokens, in order of rank.
    """

    def __init__(self, ids: dict[str, int], merges: list[tuple[str, str]]):
        self.ids = ids
        self.ranks = {pair: rank for rank, pair in enumerate(merges)}
        self.glyphs = bytes_to_glyphs()
        self.pattern = regex.compile(GPT2_PATTERN)
        self.remembered: dict[str, tuple[str, ...]] = {}

    def encode(self, text: str) -> list[int]:
        """Turn a text into ids."""
        token_ids = []
        for word in self.pattern.findall(text):
            glyphs = "".join(self.glyphs[byte] for byte in word.encode())
            token_ids.extend(self.ids[token] for token in self.merge(glyphs))
        return token_ids

    def merge(self, glyphs: str) -> tuple[str, ...]:
        """Turn a word into its tokens."""
        if glyphs in self.remembered:
            return self.remembered[glyphs]
        word = tuple(glyphs)
        while len(word) > 1:
            pairs = set(pairwise(word))
            best = min(pairs, key=lambda pair: self.ranks.get(pair, float("inf")))
            if best not in self.ranks:
                break
            word = _join(word, best)
        self.remembered[glyphs] = word
        return word


def load() -> Encoder:
    """Read GPT-2's vocabulary and return a new encoder."""
    return Encoder(gpt2_files.read_ids(), gpt2_files.read_merges())


def _join(word: tuple[str, ...], pair: tuple[str, str]) -> tuple[str, ...]:
    joined, place = [], 0
    while place < len(word):
        try:
            found = word.index(pair[0], place)
        except ValueError:
            joined.extend(word[place:])
            break
        joined.extend(word[place:found])
        if word[found : found + 2] == pair:
            joined.append(pair[0] + pair[1])
            place = found + 2
        else:
            joined.append(word[found])
            place = found + 1
    return tuple(joined)
