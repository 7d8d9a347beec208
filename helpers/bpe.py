"""Byte pair encoding, GPT-2's way: train a vocabulary of bytes, encode a text, decode it."""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from heapq import heappop, heappush
from itertools import pairwise
from pathlib import Path
from zlib import crc32

import regex

from helpers.data import VOCABULARY_DIR, VOCABULARY_SHA256, _check_file

EOT = "<|endoftext|>"  # the end of a text
Pair, Names = tuple[int, int], str | Collection[str]
_HEADER = "byte pair tokenizer, version 1, crc32"
_EDGE = -1  # no token: the edge of a word, or the inside of a merged token
# Cuts a text into words; no merge crosses a cut. In the order of trial: the end of a
# contraction, letters, digits, other marks (each after at most one space), white space.
GPT2_PATTERN = r"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"
# Unicode grows, and \p{L} and \p{N} with it, by the version of `regex`. GPT-2's ids must not
# change, so gpt2() leaves out what came after Unicode 16, which tiktoken 0.14.0 knows.
_LATER = """[558-3FC3F&&[558 58B-58C 88F C5C CDC 208F 209D-209F A7CE-A7CF A7D2 A7D4 A7DD-A7F1
    AB6C-AB6D 107BB-107BF 10940-10959 10EC5-10EEE 11B0A 11DB0-11DF1 1246F-1247F 12550-12686
    16EA0-16ED3 16FF2-16FF6 187F8-187FF 18CD6-18CDA 18D09-191D2 1B123-1B128 1B168 1D6A6
    1DF1F-1DF24 1DF2B-1DFFF 1E6C0-1E6FF 2B73A-2B73F 2B81E 2CEA2-2CEAD 323B0-3FC3F]]"""
_LATER = re.sub(r"\s*(\w+)", lambda code: rf"\U{code[1]:0>8}", _LATER)
_FIXED = re.sub(r"\\p{.}", lambda kind: f"[{kind[0]}--{_LATER}]", "(?V1)" + GPT2_PATTERN)


def bytes_to_glyphs() -> dict[int, str]:
    r"""Give each byte the character by which GPT-2's files show it, in the order of its ids.

    Example:
        >>> b" fir\n".decode("latin-1").translate(bytes_to_glyphs())
        'ĠfirĊ'
    """
    visible = [byte for byte in range(256) if chr(byte).isprintable() and chr(byte) != " "]
    hidden = [byte for byte in range(256) if byte not in visible]
    return {byte: chr(byte) for byte in visible} | {b: chr(256 + i) for i, b in enumerate(hidden)}


def split_words(text: str, pattern: str = GPT2_PATTERN) -> list[str]:
    """Cut a text into words by a pattern for the package `regex`.

    Example:
        >>> split_words("They're 4 Rabbits!")
        ['They', "'re", ' 4', ' Rabbits', '!']
    """
    return [found[0] for found in regex.finditer(pattern, _encodable(text))]


def train_bpe(
    text: str, vocab_size: int, *, pattern: str = GPT2_PATTERN, special_tokens: Names = (EOT,)
) -> "BytePairTokenizer":
    """Learn a vocabulary: merge the pair that occurs most often, again and again.

    Of equally frequent pairs, the one that comes first in the text as merged so far wins, as
    where every pair is counted anew after each merge (karpathy/minbpe). `aaa` holds `aa` twice.

    Args:
        text: what to learn from; a special token in it is ordinary text.
        vocab_size: 256 bytes + merges + special tokens; ValueError if the others have no room.
        pattern: cuts the text into words.
        special_tokens: these take the last ids.

    Returns:
        The tokenizer. Where no pair is left, as in an empty text, its `n_vocab` stays smaller.

    Example:
        >>> train_bpe("the hen, the hens", 259).merges
        [(b'h', b'e'), (b't', b'he')]
    """
    if vocab_size < (smallest := 256 + len(special_tokens)):
        raise ValueError(f"vocab_size {vocab_size} is too small: expected {smallest} or more")
    pairs = _PairQueue(Counter(map(str.encode, split_words(text, pattern))))
    tokens, merges = [bytes([byte]) for byte in range(256)], []
    while smallest + len(merges) < vocab_size and (found := pairs.pop()):
        pairs.merge(*found, len(tokens))
        merges.append(tuple(tokens[token] for token in found[0]))
        tokens.append(b"".join(merges[-1]))
    return BytePairTokenizer(merges=merges, special_tokens=special_tokens, pattern=pattern)


class _PairQueue:
    """The pairs of neighbouring tokens in some words: the most frequent, or lowest rank, first.

    The words stand in a row, a linked list, in the order of the text, with edges between. A
    token's place is that of its first byte: it never moves, and the lower place comes first.
    """

    def __init__(self, word_counts: dict[bytes, int], ranks: dict[Pair, int] | None = None):
        self.tokens, self.times, self.ranks = [_EDGE], [0], ranks
        for word, times in word_counts.items():
            self.tokens += [*word, _EDGE]
            self.times += [times] * (len(word) + 1)
        self.following = list(range(1, len(self.tokens) + 1))
        self.previous = list(range(-1, len(self.tokens) - 1))
        self.queue = []  # of (rank or -count, first place, pair, places)
        self.enqueue(range(len(self.tokens) - 1))

    def pair_at(self, place: int) -> Pair:
        return self.tokens[place], self.tokens[self.following[place]]

    def enqueue(self, places: Iterable[int]) -> None:
        places_of = defaultdict(list)
        for place in places:
            places_of[self.pair_at(place)].append(place)
        for pair, places in places_of.items():
            if _EDGE not in pair and (self.ranks is None or pair in self.ranks):
                order = self.ranks[pair] if self.ranks else -sum([self.times[i] for i in places])
                heappush(self.queue, (order, places[0], pair, places))

    def pop(self) -> tuple[Pair, list[int]] | None:
        # Once queued, a pair only loses places: it may come up too early, never too late.
        while self.queue:
            *_, pair, places = heappop(self.queue)
            remaining = [place for place in places if self.pair_at(place) == pair]
            if len(remaining) == len(places):
                return pair, places
            self.enqueue(remaining)
        return None

    def merge(self, pair: Pair, places: list[int], new: int) -> None:
        changed = set()
        for place in places:
            if self.pair_at(place) == pair:  # not so for the second of the two in `aaa`
                second = self.following[place]
                after = self.following[second]
                self.tokens[place], self.tokens[second] = new, _EDGE
                self.following[place], self.previous[after] = after, place
                changed |= {self.previous[place], place}
        self.enqueue(sorted(changed))


class BytePairTokenizer:
    """Merges that `encode` and `decode`; the ids are first bytes, then merges, then specials.

    Args:
        merges: pairs of tokens, as training makes them; merge k, of rank k, makes id 256 + k.
        special_tokens: marks that are no text, distinct, numbered after the merges.
        pattern: cuts a text into words (see `split_words`).
        byte_order: the bytes of ids 0 to 255; GPT-2 has an order of its own.

    Example:
        >>> BytePairTokenizer(merges=[(b"h", b"e"), (b"t", b"he")]).encode("the hen")
        [257, 32, 256, 110]
    """

    def __init__(
        self,
        *,
        merges: Iterable[tuple[bytes, bytes]],
        special_tokens: Names = (),
        pattern: str = GPT2_PATTERN,
        byte_order: bytes = bytes(range(256)),
    ):
        self.merges, self.pattern, self.byte_order = list(merges), pattern, byte_order
        if sorted(byte_order) != list(range(256)):
            raise ValueError(f"byte_order must be the 256 bytes, each once, not {byte_order!r}")
        self._byte_ids = bytes(byte_order.index(byte) for byte in range(256))
        self._ids = ids = {bytes([byte]): token_id for token_id, byte in enumerate(byte_order)}
        self._merged_ids = {}  # pair of ids to id
        for rank, (left, right) in enumerate(self.merges):
            if left not in ids or right not in ids or left + right in ids:
                raise ValueError(f"merge {rank}: {left} and {right} must join to a new token")
            ids[left + right] = self._merged_ids[ids[left], ids[right]] = len(ids)
        self.special_tokens = {token: len(ids) + i for i, token in enumerate(special_tokens)}
        if isinstance(special_tokens, str) or len(self.special_tokens) < len(special_tokens):
            raise ValueError(f"expected distinct special tokens, got {special_tokens!r}")
        self._token_bytes = [*ids, *(token.encode() for token in special_tokens)]
        self.n_vocab, self.eot_token = len(self._token_bytes), self.special_tokens.get(EOT)
        self._words = regex.compile(pattern)

    @classmethod
    def gpt2(cls) -> "BytePairTokenizer":
        """Read GPT-2's 50,000 merges from data/: ids equal to tiktoken's "gpt2"."""
        name, order = next(iter(VOCABULARY_SHA256)), bytes(bytes_to_glyphs())  # of vocab.bpe
        _check_file(VOCABULARY_DIR / name, VOCABULARY_SHA256[name])
        merges = _from_glyphs((VOCABULARY_DIR / name).read_text("utf-8").splitlines()[1:])
        return cls(merges=merges, special_tokens=[EOT], pattern=_FIXED, byte_order=order)

    def encode_ordinary(self, text: str) -> list[int]:
        """Turn text into ids, special tokens in it like any text; a lone surrogate is U+FFFD."""
        # GPT-2's pattern always cuts where white space begins (`re` alone takes 1C to 1F for it).
        by_space = self.pattern in (GPT2_PATTERN, _FIXED)
        cut = r"[^\S\x1C-\x1F]*[\S\x1C-\x1F]+|\s+" if by_space else r"(?s).+"
        parts = re.findall(cut, _encodable(text))
        words, ids = {}, dict.fromkeys(parts)
        for part in ids:
            ids[part] = []
            for found in self._words.finditer(part):
                if (word := found[0]) not in words:
                    words[word] = self._merge(word.encode())
                ids[part] += words[word]
        return [token_id for part in parts for token_id in ids[part]]

    def _merge(self, word: bytes, steps: list | None = None) -> list[int]:
        if steps is None and word in self._ids:
            return [self._ids[word]]  # the merges that made a token lead to it again
        word, merged = word.translate(self._byte_ids), self._merged_ids
        if steps is None and len(word) > 200:  # what follows takes the square of the length
            pairs = _PairQueue({word: 1}, merged)
            while found := pairs.pop():
                pairs.merge(*found, merged[found[0]])
            return [token_id for token_id in pairs.tokens if token_id != _EDGE]
        ids, get, never = [_EDGE, *word, _EDGE], merged.get, float("inf")
        ranks = [get(pair, never) for pair in pairwise(ids)]
        while (new := min(ranks)) < never:
            i = ranks.index(new)
            ids[i : i + 2] = [new]
            ranks[i - 1 : i + 2] = [get((ids[i - 1], new), never), get((new, ids[i + 1]), never)]
            if steps is not None:
                steps.append((new - 256, [self._token_bytes[i] for i in ids[1:-1]]))
        return ids[1:-1]

    def encode(
        self, text: str, *, allowed_special: Names = frozenset(), disallowed_special: Names = "all"
    ) -> list[int]:
        """Turn text into ids, with tiktoken's rules for special tokens in it.

        Args:
            text: any string.
            allowed_special: the special tokens that get their own id, or "all".
            disallowed_special: what raises ValueError; "all" is every special token not allowed.
        """
        text, every = _encodable(text), set(self.special_tokens)
        allowed = every if allowed_special == "all" else every & set(allowed_special)
        disallowed = every - allowed if disallowed_special == "all" else disallowed_special
        if found := sorted(token for token in disallowed if token in text):
            raise ValueError(
                f"the text holds the disallowed special token {found[0]!r}: give it its own id by "
                f"allowed_special={{{found[0]!r}}}, or take it as text by disallowed_special=()"
            )
        ids = []
        for part in regex.split(r"(\L<names>)", text, names=allowed) if allowed else [text]:
            ids += [self.special_tokens[part]] if part in allowed else self.encode_ordinary(part)
        return ids

    def trace(self, word: str) -> list[tuple[int | None, list[bytes]]]:
        """Follow one word: (None, its bytes), then (rank, pieces) after each of its merges.

        Example:
            >>> BytePairTokenizer(merges=[(b"h", b"e"), (b"t", b"he")]).trace("the")
            [(None, [b't', b'h', b'e']), (0, [b't', b'he']), (1, [b'the'])]
        """
        words = split_words(word, self.pattern)
        if len(words) != 1:
            raise ValueError(f"expected one word of `split_words`, got {len(words)}: {words[:9]}")
        steps = [(None, [bytes([byte]) for byte in words[0].encode()])]
        self._merge(words[0].encode(), steps)
        return steps

    def decode_bytes(self, token_ids: Iterable[int]) -> bytes:
        """Join the bytes of the tokens; KeyError on an id outside the vocabulary."""
        token_ids, last = [int(token_id) for token_id in token_ids], self.n_vocab - 1
        for position, token_id in enumerate(token_ids):
            if not 0 <= token_id <= last:
                raise KeyError(f"id {token_id} at position {position}: expected 0 to {last}")
        return b"".join([self._token_bytes[token_id] for token_id in token_ids])

    def decode_single_token_bytes(self, token_id: int) -> bytes:
        """Look up the bytes of one token; KeyError on an id outside the vocabulary."""
        return self.decode_bytes([token_id])

    def decode(self, token_ids: Iterable[int], errors: str = "replace") -> str:
        """Turn ids into text; bytes that are no UTF-8 become U+FFFD, or as `errors` says."""
        return self.decode_bytes(token_ids).decode("utf-8", errors)

    def save(self, path: str | Path) -> None:
        """Write a text file: version and checksum, pattern, special tokens, bytes, merges."""
        glyphs, tokens = bytes_to_glyphs(), [(self.byte_order,), *self.merges]
        rows = [" ".join(b.decode("latin-1").translate(glyphs) for b in each) for each in tokens]
        content = [self.pattern, [*self.special_tokens], rows]
        body = json.dumps(content, ensure_ascii=False, indent=0)
        Path(path).write_text(f"{_HEADER} {crc32(body.encode())}\n{body}", "utf-8", newline="\n")

    @classmethod
    def load(cls, path: str | Path) -> "BytePairTokenizer":
        """Read what `save` wrote; ValueError if the file is damaged or something else."""
        header, _, body = Path(path).read_text("utf-8", "replace").partition("\n")
        if header != f"{_HEADER} {crc32(body.encode())}":
            raise ValueError(f"{path} is damaged or holds no tokenizer: save the tokenizer again")
        pattern, special_tokens, rows = json.loads(body)
        (order,), *merges = _from_glyphs(rows)
        return cls(merges=merges, special_tokens=special_tokens, pattern=pattern, byte_order=order)


def _from_glyphs(rows: Iterable[str]) -> list[tuple[bytes, ...]]:
    table = {ord(glyph): byte for byte, glyph in bytes_to_glyphs().items()}
    return [tuple(t.translate(table).encode("latin-1") for t in row.split()) for row in rows]


def _encodable(text: str) -> str:
    if not isinstance(text, str):
        raise TypeError(f"expected text as a str, got {type(text).__name__}")
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # as in tiktoken
