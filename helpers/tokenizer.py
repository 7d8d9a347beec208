"""Text to tokens to ids and back, with a vocabulary of whole words.

The simplest tokenizer that works: the code of notebooks 01 and 02, with checks.
"""

import operator
import re
from collections.abc import Collection, Iterable

UNKNOWN = "<unk>"
_CUTS = re.compile(r"""([,.:;?_!"()']|--|\s)""")


def tokenize(text: str) -> list[str]:
    """Split a text into words and punctuation marks; white space is dropped.

    Example:
        >>> tokenize("Peter sneezed--'Kertyschoo!'")
        ['Peter', 'sneezed', '--', "'", 'Kertyschoo', '!', "'"]
    """
    pieces = re.split(_CUTS, text)
    return [piece.strip() for piece in pieces if piece.strip()]


def build_vocab(text: str) -> dict[str, int]:
    """Number the distinct tokens of a text from 0, in sorted order.

    Example:
        >>> build_vocab("the cat, the mouse")
        {',': 0, 'cat': 1, 'mouse': 2, 'the': 3}
    """
    distinct_tokens = sorted(set(tokenize(text)))
    return {token: token_id for token_id, token in enumerate(distinct_tokens)}


def encode(vocab: dict[str, int], text: str) -> list[int]:
    """Look up the id of each token of a text.

    Raises:
        KeyError: a token is not in the vocabulary; the message names it and its position.

    Example:
        >>> encode({"cat": 0, "the": 1}, "the cat")
        [1, 0]
    """
    return [vocab[token] for token in _known_tokens(tokenize(text), vocab)]


def decode(vocab: dict[str, int], token_ids: Iterable[int]) -> str:
    """Look up the token of each id and join the tokens with single spaces.

    The ids are ints, NumPy's too, or a tensor of one dimension. The spaces of the text need not
    be those of the one that was encoded.

    Raises:
        TypeError, KeyError: an id is not a whole number, or not in the vocabulary; the message
            names it and its position.

    Example:
        >>> decode({"cat": 0, "the": 1}, [1, 0])
        'the cat'
    """
    vocab_inverse = {token_id: token for token, token_id in vocab.items()}
    return " ".join([vocab_inverse[token_id] for token_id in known_ids(token_ids, vocab_inverse)])


class SimpleTokenizerV1:
    """A vocabulary with `encode` and `decode`; a token it does not know is an error.

    Args:
        vocab: token to id, as `build_vocab` makes it.

    Example:
        >>> SimpleTokenizerV1({"cat": 0, "the": 1}).encode("the cat")
        [1, 0]
    """

    def __init__(self, vocab: dict[str, int]):
        self.vocab = vocab
        self.vocab_inverse = {token_id: token for token, token_id in vocab.items()}

    def encode(self, text: str) -> list[int]:
        """Turn text into ids; errors as in the function `encode`."""
        return [self.vocab[token] for token in _known_tokens(tokenize(text), self.vocab)]

    def decode(self, token_ids: Iterable[int]) -> str:
        """Turn ids into text; errors as in the function `decode`."""
        token_ids = known_ids(token_ids, self.vocab_inverse)
        return " ".join([self.vocab_inverse[token_id] for token_id in token_ids])


class SimpleTokenizerV2(SimpleTokenizerV1):
    """A tokenizer that never fails on a text: unknown tokens become `<unk>`.

    Args:
        vocab: token to id, `<unk>` among the tokens.

    Raises:
        ValueError: the vocabulary has no `<unk>`.

    Example:
        >>> SimpleTokenizerV2({"cat": 0, "the": 1, "<unk>": 2}).encode("the dog")
        [1, 2]
    """

    def __init__(self, vocab: dict[str, int]):
        if UNKNOWN not in vocab:
            raise ValueError(
                f"the vocabulary of {len(vocab)} tokens has no {UNKNOWN!r} to stand for unknown "
                f"tokens: add it first, vocab[{UNKNOWN!r}] = len(vocab)"
            )
        super().__init__(vocab)

    def encode(self, text: str) -> list[int]:
        """Turn any text into ids; a token outside the vocabulary gets the id of `<unk>`."""
        unknown_id = self.vocab[UNKNOWN]
        return [self.vocab.get(token, unknown_id) for token in tokenize(text)]


def _known_tokens(tokens: list[str], vocab: Collection[str]) -> list[str]:
    for position, token in enumerate(tokens):
        if token not in vocab:
            raise KeyError(
                f"token {token!r} at position {position} is not in the vocabulary of "
                f"{len(vocab)} tokens: build the vocabulary from a text that holds it, "
                f"or use SimpleTokenizerV2, which turns it into {UNKNOWN}"
            )
    return tokens


def as_row(token_ids: Iterable[int]) -> list:
    """List ids; a tensor or an array with its rows as lists, which are not whole numbers."""
    values = token_ids.tolist() if hasattr(token_ids, "tolist") else token_ids
    # The items of bytes would pass for ids.
    if isinstance(token_ids, bytes | bytearray | memoryview) or not isinstance(values, Iterable):
        raise TypeError(f"expected a row of ids, for example [33, 373], but {values!r:.60} came")
    return list(values)


def known_ids(token_ids: Iterable[int], vocab_inverse: Collection[int]) -> list[int]:
    """Return ids as a list of ints; refuse by name and position what is not one of these."""
    known = []
    for position, value in enumerate(as_row(token_ids)):
        try:
            token_id = operator.index(value)
        except TypeError:
            raise TypeError(
                f"an id must be a whole number, but {value!r:.60} came at position {position}: "
                "decode one row of ids at a time"
            ) from None
        if token_id not in vocab_inverse:
            ids = f"from {min(vocab_inverse)} to {max(vocab_inverse)}" if vocab_inverse else "none"
            raise KeyError(
                f"id {token_id} at position {position} is not in the vocabulary: "
                f"it holds {len(vocab_inverse)} ids, {ids}; "
                "decode with the vocabulary that encoded the text"
            )
        known.append(token_id)
    return known
