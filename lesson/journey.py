"""One text on its way through all seven stages, in numbers: what the map of the series draws."""

from typing import NamedTuple

from helpers.data import load_text
from helpers.tokenizer import build_vocab, tokenize

END_OF_TEXT = "<|endoftext|>"
NO_ID = "no id"
CONTEXT_SIZE = 5  # of the one window that is drawn, as in notebook 04

Pair = tuple[float, float]  # the first two numbers of a vector


class Journey(NamedTuple):
    """What a text becomes at each stage; the vectors are those of one window's input."""

    text: str
    words: tuple[str, ...]
    word_ids: tuple[int | str, ...]  # NO_ID for a word that is not in the vocabulary
    pieces: tuple[bytes, ...]
    token_ids: tuple[int, ...]
    embed_dim: int
    token_vectors: tuple[Pair, ...]
    position_vectors: tuple[Pair, ...]
    sums: tuple[Pair, ...]

    @property
    def window_input(self) -> tuple[int, ...]:
        """The first ids, context_size of them at most."""
        return self.token_ids[:CONTEXT_SIZE]

    @property
    def window_target(self) -> tuple[int | str, ...]:
        """The id after each id of the input; a question mark where the text has ended."""
        return (*self.token_ids, "?")[1 : len(self.window_input) + 1]


def travel(text: str, tokenizer, token_table, position_table, vocab=None) -> Journey:
    """Send a text through all stages.

    Args:
        text: from one token to as many as the position table has rows.
        tokenizer: GPT-2's, ours or tiktoken's.
        token_table: tensor (vocab_size, embed_dim), such as `layer.wte.weight`.
        position_table: tensor (context_size, embed_dim), such as `layer.wpe.weight`.
        vocab: word to id; without one, the vocabulary of the story.

    Raises:
        ValueError: the text is empty, too long, or holds `<|endoftext|>`. The message speaks to
            the one who typed it.
    """
    if not text:
        raise ValueError("Please type a text: an empty one has no tokens.")
    if END_OF_TEXT in text:
        raise ValueError(
            f"“{END_OF_TEXT}” marks the border between two texts, so it cannot stand inside one. "
            "Please take one of its letters out: then it is text like any other."
        )
    token_ids = tokenizer.encode(text)
    if len(token_ids) > len(position_table):
        raise ValueError(
            f"This text has {len(token_ids):,} tokens, but there are vectors for "
            f"{len(position_table):,} positions only. Please take a shorter text."
        )
    vocab = build_vocab(load_text()) if vocab is None else vocab
    words = tokenize(text)
    tokens = [token_table[token_id][:2] for token_id in token_ids[:CONTEXT_SIZE]]
    positions = [position_table[place][:2] for place in range(len(tokens))]
    sums = [token + position for token, position in zip(tokens, positions, strict=True)]
    return Journey(
        text,
        tuple(words),
        tuple(vocab.get(word, NO_ID) for word in words),
        tuple(map(tokenizer.decode_single_token_bytes, token_ids)),
        tuple(token_ids),
        token_table.shape[1],
        *(tuple(tuple(row.tolist()) for row in rows) for rows in (tokens, positions, sums)),
    )
