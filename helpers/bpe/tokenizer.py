"""Text to ids and back, and training, which learns the merges for that."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path

import numpy as np

from helpers.bpe.files import read_files, write_files
from helpers.bpe.pairs import NEVER, PairQueue
from helpers.bpe.words import GPT2_PATTERN, split_words
from helpers.data import VOCABULARY_DIR, VOCABULARY_SHA256, check_file, check_whole
from helpers.tokenizer import as_row, known_ids

END_OF_TEXT = "<|endoftext|>"
N_BYTES = 256
ASCENDING = bytes(range(N_BYTES))  # the plain order: each byte is its own id

_LONG = 1000  # bytes; for a longer word the queue of pairs is the quicker way
_REMEMBERED = 2**17  # words, and pieces of words, whose ids are kept from call to call


class BytePairTokenizer:
    """Merges that encode and decode.

    Args:
        merges: pairs of tokens, as training makes them; that of rank k has the id 256 + k.
        special_tokens: a list of marks that are not text, distinct; they have the last ids.
        pattern: cuts a text into words (see `split_words`).
        byte_order: the byte of each id from 0 to 255; GPT-2 has an order of its own.

    Its attributes are the arguments (special_tokens with their ids); n_vocab, how many ids there
    are; eot_token, the id of `<|endoftext|>`, or None without it.

    Example:
        >>> BytePairTokenizer(merges=[(b"h", b"e"), (b"t", b"he")]).encode("the hen")
        [257, 32, 256, 110]
    """

    def __init__(
        self, *, merges, special_tokens=(), pattern: str = GPT2_PATTERN, byte_order=ASCENDING
    ):
        check_special_tokens(special_tokens)
        split_words("", pattern)  # a pattern that is not one fails here, not at the first text
        if not isinstance(merges, list | tuple) or not all(
            isinstance(pair, list | tuple) and len(pair) == 2 for pair in merges
        ):
            raise ValueError("expected a list of pairs to merge, in the order of their ranks")
        if not isinstance(byte_order, bytes) or sorted(byte_order) != list(ASCENDING):
            raise ValueError(f"expected byte_order with each byte once, got {byte_order!r}")
        self.merges, self.pattern, self.byte_order = [*map(tuple, merges)], pattern, byte_order
        self._ids = {bytes([byte]): token_id for token_id, byte in enumerate(byte_order)}
        self._byte_ids = bytes(self._ids[bytes([byte])] for byte in range(N_BYTES))
        self._merged_ids = _number_merges(self._ids, self.merges)
        self._pieces = _compile_pieces(self._ids)
        self.special_tokens = {t: len(self._ids) + i for i, t in enumerate(special_tokens)}
        self._token_bytes = [*self._ids, *(token.encode() for token in special_tokens)]
        self.n_vocab = len(self._token_bytes)
        self.eot_token = self.special_tokens.get(END_OF_TEXT)
        self._remembered: dict[str | bytes, list[int]] = {}

    @classmethod
    def gpt2(cls) -> "BytePairTokenizer":
        """Make GPT-2's own tokenizer from its two files in data/: the ids are tiktoken's."""
        for name, sha256 in VOCABULARY_SHA256.items():
            check_file(VOCABULARY_DIR / name, sha256)
        gpt2 = cls(**read_files(VOCABULARY_DIR, *VOCABULARY_SHA256))  # the merges, the ids
        # Its merges lead to each of its tokens, as a test shows: none need be merged anew.
        gpt2._remembered = {token: [token_id] for token, token_id in gpt2._ids.items()}
        return gpt2

    def save(self, folder: str | Path) -> None:
        """Write vocab.json and merges.txt; other programs read them, with GPT-2's pattern."""
        tokens = self._token_bytes[: N_BYTES + len(self.merges)]
        write_files(Path(folder), tokens, list(self.special_tokens), self.merges, self.pattern)

    @classmethod
    def load(cls, folder: str | Path) -> "BytePairTokenizer":
        """Read vocab.json and merges.txt, by whomever, if their ids are in GPT-2's order."""
        return cls(**read_files(Path(folder)))

    def encode_ordinary(self, text: str) -> list[int]:
        """Turn a text into ids; a special token in it is text like any other."""
        token_ids = []
        for word in split_words(text, self.pattern):
            token_ids += self._remembered.get(word) or self._encode_word(word)
        return token_ids

    def encode(self, text: str, *, allowed_special=(), disallowed_special="all") -> list[int]:
        """Turn a text into ids, with tiktoken's rules for the special tokens in it.

        Those of `allowed_special`, a set or "all", get their own id. Those of
        `disallowed_special` are an error, by default all that are not allowed. The rest is text.
        """
        for choice in (allowed_special, disallowed_special or ()):
            if choice is None or (isinstance(choice, str) and choice != "all"):
                raise ValueError(
                    f"expected 'all' or a set of special tokens, got {choice!r}: write "
                    f"{{{choice or END_OF_TEXT!r}}}, or set() for none"
                )
        every, refuse = {*self.special_tokens}, disallowed_special or ()
        allowed = every if allowed_special == "all" else every & {*allowed_special}
        disallowed = every - allowed if refuse == "all" else {*refuse}
        for token in sorted(disallowed):
            if isinstance(text, str) and token in text:
                raise ValueError(
                    f"the text holds the disallowed special token {token!r} at position "
                    f"{text.find(token)}: give it its own id by allowed_special={{{token!r}}}, or "
                    "take it as text by disallowed_special=()"
                )
        if not allowed or not isinstance(text, str):  # which is refused there
            return self.encode_ordinary(text)
        names = "|".join(map(re.escape, sorted(allowed, key=len, reverse=True)))  # longest first
        token_ids = []
        for part in re.split(f"({names})", text):
            is_special = part in allowed
            token_ids += [self.special_tokens[part]] if is_special else self.encode_ordinary(part)
        return token_ids

    def trace(self, word: str) -> list[tuple[int | None, list[bytes]]]:
        """Follow one word through its merges.

        Returns:
            First (None, the single bytes); then, after each merge, its rank and the pieces.
        """
        words = split_words(word, self.pattern)
        if len(words) != 1:
            raise ValueError(f"expected one word, got {len(words)}: {words[:9]}; trace each alone")
        ranks = {pair: rank for rank, pair in enumerate(self.merges)}
        pieces = [bytes([byte]) for byte in words[0].encode()]
        steps = [(None, pieces)]
        while found := {i: ranks[p] for i, p in enumerate(pairwise(pieces)) if p in ranks}:
            place = min(found, key=found.get)
            pieces = [*pieces[:place], b"".join(pieces[place : place + 2]), *pieces[place + 2 :]]
            steps.append((found[place], pieces))
        return steps

    def decode(self, token_ids: Iterable[int], errors: str = "replace") -> str:
        """Turn ids, a list, array or tensor of one dimension, into text.

        Bytes that are not UTF-8 become U+FFFD, or with errors="strict" a UnicodeDecodeError.
        """
        return self.decode_bytes(token_ids).decode("utf-8", errors)

    def decode_bytes(self, token_ids: Iterable[int]) -> bytes:
        """Turn ids into bytes, which need not be whole characters."""
        row = as_row(token_ids)
        with suppress(IndexError, TypeError):  # the quick way, where all ids are right
            if min(row, default=0) >= 0:
                return b"".join(map(self._token_bytes.__getitem__, row))
        return b"".join([self._token_bytes[i] for i in known_ids(row, range(self.n_vocab))])

    def decode_single_token_bytes(self, token_id: int) -> bytes:
        """Look up the bytes of one token."""
        return self.decode_bytes([token_id])

    def _encode_word(self, word: str) -> list[int]:
        as_bytes, remembered, token_ids = word.encode(), self._remembered, []
        if len(as_bytes) > _LONG:  # nor is it remembered: it could fill the memory
            return self._merge_long(as_bytes)
        if len(remembered) >= _REMEMBERED:
            remembered.clear()
        for piece in self._pieces.findall(as_bytes):
            if piece not in remembered:
                remembered[piece] = self._merge_short(piece)
            token_ids += remembered[piece]
        remembered[word] = token_ids
        return token_ids

    def _merge_short(self, piece: bytes) -> list[int]:
        """Merge as `trace` does, with a list of what each pair would become beside the tokens."""
        get = self._merged_ids.get
        token_ids = list(piece.translate(self._byte_ids))
        candidates = [get(pair, NEVER) for pair in pairwise(token_ids)]
        while candidates and (new_id := min(candidates)) != NEVER:
            place = candidates.index(new_id)
            token_ids[place] = new_id
            del token_ids[place + 1], candidates[place]
            if place > 0:
                candidates[place - 1] = get((token_ids[place - 1], new_id), NEVER)
            if place < len(candidates):
                candidates[place] = get((new_id, token_ids[place + 1]), NEVER)
        return token_ids

    def _merge_long(self, word: bytes) -> list[int]:
        """Merge a pair wherever it stands before the next one: what arises always comes later."""

        def earliest_first(keys, places, starts):
            pairs = (divmod(key, self.n_vocab) for key in keys.tolist())
            return np.array([self._merged_ids.get(pair, NEVER) for pair in pairs])

        queue = PairQueue([word.translate(self._byte_ids)], self.n_vocab, earliest_first)
        while found := queue.pop():
            pair, places = found
            queue.merge(pair, places, self._merged_ids[pair])
        return queue.token_ids()


def check_special_tokens(special_tokens: Sequence[str]) -> None:
    """Refuse what cannot be special tokens: they are numbered in the order of a list."""
    is_list = isinstance(special_tokens, list | tuple)
    if not is_list or len({*special_tokens}) < len(special_tokens):
        raise ValueError(
            f"expected a list of distinct special tokens, got {special_tokens!r}: write a list, "
            f"such as [{END_OF_TEXT!r}], or [] for none"
        )
    for token in special_tokens:
        if not isinstance(token, str) or split_words(token, r"(?s).+") != [token]:
            raise ValueError(f"expected special tokens as str of whole characters, got {token!r}")


def _compile_pieces(tokens: Iterable[bytes]) -> re.Pattern:
    """Match pieces of a word; it may be cut before the first byte of a character, C0 to FF.

    It is cut if no token has that byte and the one before it side by side.
    """
    before = defaultdict(set)
    for left, right in {pair for token in tokens for pair in pairwise(token)}:
        before[right].add(re.escape(bytes([left])))
    joined = [rb"[\x00-\xbf]+"]
    for byte in range(0xC0, 0x100):
        if before[byte]:
            joined.append(b"%c(?<=[%s]%c)" % (byte, b"".join(before[byte]), byte))
    return re.compile(rb"(?s:.)(?:%s)*" % b"|".join(joined))


def _number_merges(ids: dict[bytes, int], merges: list) -> dict[tuple[int, int], int]:
    """Add what the merges make to `ids`; return the two ids of each merge with the new one."""
    merged_ids = {}
    for rank, pair in enumerate(merges):
        left, right = pair
        if left not in ids or right not in ids or left + right in ids:
            raise ValueError(
                f"merge {rank}, {pair!r}, must join two tokens, each a byte or made by an earlier "
                "merge, to a new one: keep the merges in the order of their training"
            )
        merged_ids[ids[left], ids[right]] = ids[left + right] = len(ids)
    return merged_ids


def train_bpe(
    text: str, vocab_size: int, *, pattern: str = GPT2_PATTERN, special_tokens=(END_OF_TEXT,)
) -> BytePairTokenizer:
    """Learn a vocabulary, with the merges of the plain method, `learn_merges`.

    Args:
        text: what to learn from; a special token in it is text like any other.
        vocab_size: 256 bytes, the merges, the special tokens; fewer if no pair is left to merge.
        pattern: cuts the text into words, which no merge crosses (see `split_words`).
        special_tokens: a list of marks that are not text, distinct; they take the last ids.
    """
    check_special_tokens(special_tokens)
    check_whole(least=N_BYTES + len(special_tokens), vocab_size=vocab_size)
    vocab_size = int(vocab_size)  # NumPy's small types overflow
    word_counts = Counter(split_words(text, pattern))  # in the order in which the text has them
    words = [word.encode() for word in word_counts]
    # How often the word at each place of the queue's row comes.
    times = np.repeat([0, *word_counts.values()], [1, *(len(word) + 1 for word in words)])

    def most_frequent_first(keys, places, starts):
        return -np.add.reduceat(times[places], starts)

    tokens, merges = [bytes([byte]) for byte in range(N_BYTES)], []
    queue = PairQueue(words, min(vocab_size, N_BYTES + len(times)), most_frequent_first)
    while len(tokens) < vocab_size - len(special_tokens) and (found := queue.pop()):
        (left, right), places = found
        queue.merge((left, right), places, new_id=len(tokens))
        merges.append((tokens[left], tokens[right]))
        tokens.append(tokens[left] + tokens[right])
    return BytePairTokenizer(merges=merges, special_tokens=special_tokens, pattern=pattern)
