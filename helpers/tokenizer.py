"""Text to tokens to ids and back, with a vocabulary of whole words.

The simplest tokenizer that works: notebooks 01 and 02 build it step by step.
"""

import re

UNKNOWN = "<unk>"

# The notebook splits at marks, double dashes and white space and throws the white space
# away. This pattern finds the same tokens in one pass. A word may hold single hyphens
# (fir-tree) but no double dash; the possessive ++ and *+ never try a shorter word.
_LETTER = r"""[^\s,.:;?_!"()'-]"""
_HYPHENED = rf"(?:-(?!-){_LETTER}*+)*+"  # single hyphens, each with the letters after it
_TOKEN = re.compile(rf"""{_LETTER}++{_HYPHENED}|[,.:;?_!"()']|-(?:-|{_LETTER}*+{_HYPHENED})""")


def tokenize(text: str) -> list[str]:
    """Split a text into words and punctuation marks; white space is dropped.

    Args:
        text: any string.

    Returns:
        The tokens in the order of the text, none of them empty.

    Example:
        >>> tokenize("Peter sneezed--'Kertyschoo!'")
        ['Peter', 'sneezed', '--', "'", 'Kertyschoo', '!', "'"]
    """
    return _TOKEN.findall(text)


def build_vocab(text: str) -> dict[str, int]:
    """Number the distinct tokens of a text from 0, in sorted order.

    Args:
        text: the text whose tokens make the vocabulary.

    Returns:
        A mapping from token to id.

    Example:
        >>> build_vocab("the cat, the mouse")
        {',': 0, 'cat': 1, 'mouse': 2, 'the': 3}
    """
    return {token: token_id for token_id, token in enumerate(sorted(set(tokenize(text))))}


def encode(vocab: dict[str, int], text: str) -> list[int]:
    """Look up the id of each token of a text.

    Args:
        vocab: token to id, as `build_vocab` makes it.
        text: the text to encode.

    Returns:
        One id a token.

    Raises:
        KeyError: a token is not in the vocabulary; the message names it and its position.

    Example:
        >>> encode({"cat": 0, "the": 1}, "the cat")
        [1, 0]
    """
    tokens = tokenize(text)
    try:
        return [vocab[token] for token in tokens]
    except KeyError:
        position = next(i for i, token in enumerate(tokens) if token not in vocab)
        raise KeyError(
            f"token {tokens[position]!r} at position {position} is not in the vocabulary of "
            f"{len(vocab)} tokens: build the vocabulary from a text that holds it, "
            f"or use SimpleTokenizerV2, which turns it into {UNKNOWN}"
        ) from None


def decode(vocab: dict[str, int], token_ids: list[int]) -> str:
    """Look up the token of each id and join the tokens with single spaces.

    Args:
        vocab: token to id, as `build_vocab` makes it.
        token_ids: the ids to decode.

    Returns:
        The text. Its spaces need not be those of the text that was encoded.

    Raises:
        KeyError: an id is not in the vocabulary; the message names it and its position.

    Example:
        >>> decode({"cat": 0, "the": 1}, [1, 0])
        'the cat'
    """
    return _join(_invert(vocab), token_ids)


class SimpleTokenizerV1:
    """A vocabulary with `encode` and `decode`; a token it does not know is an error.

    Args:
        vocab: token to id, as `build_vocab` makes it.

    Example:
        >>> SimpleTokenizerV1({"cat": 0, "the": 1}).encode("the cat")
        [1, 0]
    """

    cuts_at_spaces = True  # no token holds white space: a text can be encoded in pieces

    def __init__(self, vocab: dict[str, int]):
        self.vocab = vocab
        self.vocab_inverse = _invert(vocab)

    def encode(self, text: str) -> list[int]:
        """Turn text into ids; KeyError on an unknown token (see `encode` above)."""
        return encode(self.vocab, text)

    def decode(self, token_ids: list[int]) -> str:
        """Turn ids into text; KeyError on an id outside the vocabulary."""
        return _join(self.vocab_inverse, token_ids)


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


def _invert(vocab: dict[str, int]) -> dict[int, str]:
    return {token_id: token for token, token_id in vocab.items()}


def _join(vocab_inverse: dict[int, str], token_ids: list[int]) -> str:
    token_ids = [int(token_id) for token_id in token_ids]  # a tensor's elements too
    try:
        return " ".join([vocab_inverse[token_id] for token_id in token_ids])
    except KeyError:
        position = next(i for i, each in enumerate(token_ids) if each not in vocab_inverse)
        raise KeyError(
            f"id {token_ids[position]} at position {position} is not in the vocabulary: "
            f"it holds {len(vocab_inverse)} ids, {_span(vocab_inverse)}; "
            "decode with the vocabulary that encoded the text"
        ) from None


def _span(vocab_inverse: dict[int, str]) -> str:
    return f"from {min(vocab_inverse)} to {max(vocab_inverse)}" if vocab_inverse else "none"
