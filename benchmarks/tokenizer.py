"""The simple tokenizer beside the article's lines."""

import re
from functools import partial

from benchmarks.measure import Row, Scale, compare
from benchmarks.texts import take
from helpers.tokenizer import tokenize


def words(scale: Scale) -> list[Row]:
    """Tokenize English; the article's pattern is a text that `re` looks up each time."""
    text = take("English", scale.n_bytes)

    def as_the_article() -> list[str]:
        tokens = re.split(r'([,.:;?_!"()\']|--|\s)', text)
        return [token.strip() for token in tokens if token.strip()]

    ways = partial(tokenize, text), as_the_article
    return [compare("tokenize, English", "the article's", *ways, scale.rounds)]
