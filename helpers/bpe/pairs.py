"""The pairs of neighbouring tokens, best first: what training and the encoding of long words use.

The plain method counts every pair of the text, merges the best one, and starts over. Here the
same pairs come out in the same order, without the counting.

Why it is fast. The tokens stand in a row, a linked list, and a pair lies in a queue together with
the places where it stands. A merge goes to these places and looks at their neighbours: it never
walks through the rest of the row. The queue is a heap, which hands out its best pair and leaves
the others unsorted. And a word that comes 100 times stands in the row once, with a 100 beside it.

Why it is exact. The pairs that a merge creates all hold the new token, so none of them was
queued before: they enter the queue complete. Later merges can only take places away from a
queued pair. Its entry in the queue then promises too much, so the pair comes up too early and
never too late. When it comes up, the places that are left are looked up; if some are gone, it
goes back into the queue with the others. What comes up with all its places is the best pair.
"""

from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from heapq import heappop, heappush

Pair = tuple[int, int]  # the ids of two neighbours

EDGE = -1  # no token: the border of a word, or a place inside a merged token


class PairQueue(ABC):
    """Words in a row, and their pairs in a queue.

    A token's place is that of its first byte, and it never moves. So of two places, the lower
    one also comes first in the text.

    Args:
        words: each a sequence of token ids, in the order of the text.
    """

    def __init__(self, words: Iterable[Sequence[int]]):
        self._tokens = [EDGE]
        for word in words:
            self._tokens += [*word, EDGE]
        size = len(self._tokens)
        self._following = list(range(1, size + 1))  # the place of the next token
        self._previous = list(range(-1, size - 1))
        self._queue = []  # of (order, first place, pair, places)
        self._enqueue(range(size - 1))

    @abstractmethod
    def order_of(self, pair: Pair, places: list[int]) -> int | None:
        """Say when a pair's turn comes: the lowest number first, None for never."""

    def remaining_tokens(self) -> list[int]:
        """Read the row as it stands.

        Returns:
            The ids of all tokens, word after word.
        """
        return [token for token in self._tokens if token != EDGE]

    def pop(self) -> tuple[Pair, list[int]] | None:
        """Take the best pair out of the queue.

        Returns:
            The pair and its places in ascending order, or None if no pair is left. Of two pairs
            with the same order, the one whose first place is lower.
        """
        while self._queue:
            _, _, pair, places = heappop(self._queue)
            remaining = [place for place in places if self._pair_at(place) == pair]
            if len(remaining) == len(places):
                return pair, places
            self._enqueue(remaining)
        return None

    def merge(self, pair: Pair, places: list[int], new_id: int) -> None:
        """Make one token of a pair, wherever it stands, and queue the pairs that arise.

        Args:
            pair: what `pop` gave.
            places: what `pop` gave with it.
            new_id: the id of the token that the pair becomes.
        """
        changed = set()
        for place in places:
            if self._pair_at(place) == pair:  # not so for the second pair of the two in `aaa`
                self._join(place, new_id)
                changed.add(self._previous[place])
                changed.add(place)
        self._enqueue(sorted(changed))

    def _join(self, place: int, new_id: int) -> None:
        second = self._following[place]
        after = self._following[second]
        self._tokens[place] = new_id
        self._tokens[second] = EDGE
        self._following[place] = after
        self._previous[after] = place

    def _pair_at(self, place: int) -> Pair:
        return self._tokens[place], self._tokens[self._following[place]]

    def _enqueue(self, places: Iterable[int]) -> None:
        places_of = defaultdict(list)
        for place in places:
            places_of[self._pair_at(place)].append(place)
        for pair, its_places in places_of.items():
            if EDGE in pair:
                continue
            order = self.order_of(pair, its_places)
            if order is not None:
                heappush(self._queue, (order, its_places[0], pair, its_places))


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
        return -sum([self._times[place] for place in places])


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
