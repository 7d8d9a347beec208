"""The pairs of neighbouring tokens, best first: what training and the encoding of long words use.

The plain method counts every pair of the text, merges the best one, and starts over. Here the
same pairs come out in the same order, without the counting.

Why it is fast. The tokens stand in a row, and a pair lies in a queue together with the places
where it stands. A merge goes to these places and looks at their neighbours: it never walks
through the rest of the row. The queue is a heap, which hands out its best pair and leaves the
others unsorted. And a word that comes 100 times stands in the row once, with a 100 beside it.

Why it is exact. The pairs that a merge creates all hold the new token, so none of them was
queued before: they enter the queue complete. Later merges can only take places away from a
queued pair. Its entry in the queue then promises too much, so the pair comes up too early and
never too late. When it comes up, the places that are left are looked up; if some are gone, it
goes back into the queue with the others. What comes up with all its places is the best pair.
A place can never look again like a pair that is gone. Only the first place of a token is ever
queued, and once that token has been merged, the place holds EDGE or the id of a longer token for
good. Places inside a token may keep old ids, which nobody looks up.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush
from itertools import pairwise

Pair = tuple[int, int]  # the ids of two neighbours
PlacesOf = dict[int, list[int]]

EDGE = -1  # no token: the border of a word, or where the right half of a merged pair began


class PairQueue(ABC):
    """Words in a row, and their pairs in a queue.

    The row has a place for each byte. A token's own place is that of its first byte, and it
    never moves: so of two places, the lower one also comes first in the text. The token's id
    stands at its first and at its last byte, where its neighbours on both sides find it.

    Args:
        words: each a sequence of token ids, one a byte, in the order of the text.
    """

    def __init__(self, words: Iterable[Sequence[int]]):
        self._row = [EDGE]
        for word in words:
            self._row += [*word, EDGE]
        self._lengths = dict.fromkeys(self._row, 1)  # of each token, in bytes
        self._queue = []  # of (order, first place, pair, places)
        places_of = defaultdict(list)
        for place, pair in enumerate(pairwise(self._row)):
            places_of[pair].append(place)
        for pair, places in places_of.items():
            self._push(pair, places)

    @abstractmethod
    def order_of(self, pair: Pair, places: list[int]) -> int | None:
        """Say when a pair's turn comes: the lowest number first, None for never."""

    def remaining_tokens(self) -> list[int]:
        """Read the row as it stands.

        Returns:
            The ids of all tokens, word after word.
        """
        tokens, place = [], 0
        while place < len(self._row):
            token = self._row[place]
            tokens.append(token)
            place += self._lengths[token]
        return [token for token in tokens if token != EDGE]

    def pop(self) -> tuple[Pair, list[int]] | None:
        """Take the best pair out of the queue.

        Returns:
            The pair and its places in ascending order, or None if no pair is left. Of two pairs
            with the same order, the one whose first place is lower.
        """
        row = self._row
        while self._queue:
            _, _, pair, places = heappop(self._queue)
            left, right = pair
            middle = self._lengths[left]  # from the pair's place to its right token
            remaining = [i for i in places if row[i] == left and row[i + middle] == right]
            if len(remaining) == len(places):
                return pair, places
            if remaining:
                self._push(pair, remaining)
        return None

    def merge(self, pair: Pair, places: list[int], new_id: int) -> None:
        """Make one token of a pair, wherever it stands, and queue the pairs that arise.

        Args:
            pair: what `pop` gave.
            places: what `pop` gave with it.
            new_id: the id of the token that the pair becomes.
        """
        left, right = pair
        self._lengths[new_id] = self._lengths[left] + self._lengths[right]
        joined = self._join(pair, places, new_id)
        before, after = self._neighbours(joined, new_id)
        for token, its_places in before.items():
            length = self._lengths[token]
            self._push((token, new_id), [place - length for place in its_places])
        for token, its_places in after.items():
            self._push((new_id, token), its_places)

    def _join(self, pair: Pair, places: list[int], new_id: int) -> list[int]:
        row, (left, _) = self._row, pair
        middle, last = self._lengths[left], self._lengths[new_id] - 1
        joined = []
        for place in places:
            if row[place] == left:  # not so for the second pair of the two in `aaa`
                row[place + middle] = EDGE
                row[place] = row[place + last] = new_id
                joined.append(place)
        return joined

    def _neighbours(self, places: list[int], new_id: int) -> tuple[PlacesOf, PlacesOf]:
        """List the new token's places by the token that stands before it, and after it."""
        row, length = self._row, self._lengths[new_id]
        before, after = defaultdict(list), defaultdict(list)
        for place in places:
            before[row[place - 1]].append(place)
            after[row[place + length]].append(place)
        before.pop(new_id, None)  # two new tokens side by side are listed once, by the first
        return before, after

    def _push(self, pair: Pair, places: list[int]) -> None:
        if EDGE in pair:
            return
        order = self.order_of(pair, places)
        if order is not None:
            heappush(self._queue, (order, places[0], pair, places))


class FrequentPairs(PairQueue):
    """The queue for training: the most frequent pair first.

    Args:
        word_counts: distinct words in the order in which the text first has them, each as the
            bytes of UTF-8, and how often each comes. A byte is its own id here.

    Example:
        >>> FrequentPairs({b"the": 2, b"hen": 1}).pop()  # h and e are the bytes 104 and 101
        ((104, 101), [2, 5])
    """

    def __init__(self, word_counts: Mapping[bytes, int]):
        self._times = [0]  # how often the word at each place comes
        for word, times in word_counts.items():
            self._times += [times] * (len(word) + 1)
        super().__init__(word_counts)

    def order_of(self, pair: Pair, places: list[int]) -> int:
        """Count the pair; the count is negative, so that the highest comes first."""
        return -sum(map(self._times.__getitem__, places))


class RankedPairs(PairQueue):
    """The queue for encoding: the pair that training merged first comes first.

    Args:
        word: the token ids of the word's bytes.
        merged_ids: the ids of each pair that can be merged, to the id of what it becomes. The
            ids grow in the order of the merges.

    Example:
        >>> RankedPairs(b"hens", {(101, 110): 256}).pop()  # e and n are the bytes 101 and 110
        ((101, 110), [2])
    """

    def __init__(self, word: Sequence[int], merged_ids: Mapping[Pair, int]):
        self._merged_ids = merged_ids
        super().__init__([word])

    def order_of(self, pair: Pair, places: list[int]) -> int | None:
        """Look up the id that the pair becomes."""
        return self._merged_ids.get(pair)
