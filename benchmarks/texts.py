"""Texts to measure with: made up, English-like, of any length, the same on every machine.

Words come by Zipf's law: first the story's own, then English ones that GPT-2 has a token for,
by turns with made-up ones, which fall into several tokens. So the number of different words
grows with the text as it does in a real one, and about half of them are tokens.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, chain
from random import Random
from typing import NamedTuple

from benchmarks.peers.gpt2_files import read_ids
from helpers.data import load_text

SEED = 14838
MADE_UP_WORDS = 60_000
SYLLABLES = ["an", "ba", "cor", "de", "el", "fin", "gra", "hol", "im", "jo", "ket", "lu", "mer"]
SYLLABLES += ["no", "ost", "pri", "qua", "rin", "sto", "tu", "ul", "ven", "wy"]
ENDINGS = ["", "", "ed", "er", "ing", "ly", "s", "'s"]
ODD_WORDS = ["naïve", "“Peter”", "1901", "3.14", "fir-tree", "茶", "🐇", "don't", "_so_"]
ENDS = [".", ".", ".", ".", "!", "?", ";", ".'", "--", "..."]
ZIPF_EXPONENT, ZIPF_SHIFT = 1.25, 2.7


class Scale(NamedTuple):
    """How much to measure.

    Args:
        sizes: lengths of the three texts, in characters.
        rounds: how often each thing is timed; on the longest text, less often.
        full: run even what takes ten minutes.
        quick: leave out what takes seconds at any size.
    """

    sizes: tuple[int, int, int]
    rounds: int
    full: bool = False
    quick: bool = False

    def rounds_on(self, size: int) -> int:
        """Return how often a thing is timed on a text of this size."""
        return min(self.rounds, 3) if size == self.sizes[-1] else self.rounds


USUAL = Scale((100_000, 1_000_000, 5_000_000), rounds=5)
QUICK = Scale((2_000, 5_000, 10_000), rounds=1, quick=True)


@cache
def make_text(length: int) -> str:
    """Make a text; a shorter one is the beginning of a longer one.

    Args:
        length: in characters.

    Returns:
        Paragraphs of sentences, with line breaks, marks, digits and a few letters beyond ASCII.

    Example:
        >>> len(make_text(1000)), make_text(1000) == make_text(2000)[:1000]
        (1000, True)
    """
    paragraphs, made, missing = _paragraphs(Random(SEED)), [], length
    while missing > 0:
        made.append(next(paragraphs))
        missing -= len(made[-1])
    return "".join(made)[:length]


def name_size(length: int) -> str:
    """Write a length in characters for readers.

    Example:
        >>> name_size(5_000_000), name_size(100_000)
        ('5 MB', '100 kB')
    """
    return f"{length // 10**6} MB" if length >= 10**6 else f"{length // 10**3} kB"


def _paragraphs(rng: Random) -> Iterator[str]:
    words = _words()
    weights = list(accumulate((rank + ZIPF_SHIFT) ** -ZIPF_EXPONENT for rank in range(len(words))))
    while True:
        lengths = [rng.randint(4, 20) for _ in range(rng.randint(2, 7))]
        drawn = iter(rng.choices(words, cum_weights=weights, k=sum(lengths)))
        sentences = [_sentence([next(drawn) for _ in range(n)], rng) for n in lengths]
        yield " ".join(sentences) + "\n\n"


@cache
def _words() -> list[str]:
    """List the words from the most frequent to the rarest."""
    rng = Random(SEED)
    story = Counter(re.findall(r"[A-Za-z]+", load_text()))
    tokens = [token[1:] for token in read_ids() if re.fullmatch(r"Ġ[a-z]{3,}", token)]
    made_up = [
        "".join(rng.choices(SYLLABLES, k=rng.randint(1, 3))) + rng.choice(ENDINGS)
        for _ in range(MADE_UP_WORDS)
    ]
    by_turns = chain.from_iterable(zip(tokens, made_up, strict=False))
    words = [word for word, _ in story.most_common()]
    return list(dict.fromkeys([*words, *ODD_WORDS, *by_turns, *made_up[len(tokens) :]]))


def _sentence(words: list[str], rng: Random) -> str:
    middle = len(words) // 2
    words[middle] += rng.choice(["", "", ",", ",", "\n", "\n", " (and so on)"])
    words[0] = words[0].capitalize()
    return " ".join(words).replace("\n ", "\n") + rng.choice(ENDS)
