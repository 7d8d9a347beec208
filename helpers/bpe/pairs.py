"""The pairs of neighbouring tokens, best first: for training, and for encoding long words.

Why it is fast. The tokens stand in a row, and a pair stands in a queue together with its places
in the row. A merge goes to these places, all in one step, and looks at their neighbours: it never
walks through the rest. A word that comes 100 times stands in the row once, with a 100 beside it.

Why it is exact. The pairs that a merge creates all hold the new token, so none of them was
queued before: they enter the queue complete. Later merges can only take places away from a
queued pair: it comes up too early and never too late. The places that are left are then looked
up; if some are gone, it goes back with the others. If none is, it is the best pair.
"""

from collections.abc import Callable, Iterator, Sequence
from heapq import heappop, heappush

import numpy as np

EDGE = -1  # not a token: the border of a word
NO_PAIR, INSIDE = -1, -2  # in place of a key: at the last token of a word, and within a token
ONE_START = np.array([0])
NEVER = np.iinfo(np.int64).max  # the turn of a pair that does not merge


class PairQueue:
    """Words in a row, a place for each byte, and their pairs in a queue.

    A token's own place is that of its first byte, and it never moves: so of two places, the
    lower one comes first in the text. The token's id stands at its first and at its last byte,
    where its neighbours find it. A pair is one number, its key: left id times n_ids plus right.

    Args:
        words: a token id a byte, in the order of the text; in the row, an EDGE around each.
        n_ids: above the id of every token, old or new.
        turns_of: from keys, places and starts (those of keys[i] begin at places[starts[i]]) to
            a number a key: the lowest comes first, of equal ones the first in the text.
    """

    def __init__(self, words: Sequence[bytes], n_ids: int, turns_of: Callable[..., np.ndarray]):
        self._turns_of, self._n_ids = turns_of, n_ids
        self._row = np.frombuffer(b"\0".join([b"", *words, b""]), np.uint8).astype(np.int64)
        self._row[np.cumsum([0, *(len(word) + 1 for word in words)])] = EDGE
        self._lengths = np.ones(n_ids + 1, np.int64)  # of each token, in bytes; the last: EDGE's
        self._queue = []  # entries; each with those that were made with it and come later
        left, right = self._row[:-1], self._row[1:]
        self._pair_at = np.where((left == EDGE) | (right == EDGE), NO_PAIR, left * n_ids + right)
        places = np.flatnonzero(self._pair_at != NO_PAIR)
        self._push(self._pair_at[places], places)

    def pop(self) -> tuple[tuple[int, int], np.ndarray] | None:
        """Take out the best pair and its places, in ascending order; None if none is left."""
        while self._queue:
            _, _, key, places, later = heappop(self._queue)
            self._push_next(later)
            remains = self._pair_at[places] == key
            n_remain = np.count_nonzero(remains)
            if n_remain == len(places):
                return divmod(key, self._n_ids), places
            if n_remain:
                places = places[remains]
                turn = self._turns_of(np.array([key]), places, ONE_START).item()
                heappush(self._queue, (turn, places.item(0), key, places, iter(())))
        return None

    def merge(self, pair: tuple[int, int], places: np.ndarray, new_id: int) -> None:
        """Make one token of the pair that `pop` gave, and queue the pairs that arise."""
        row, lengths, (left, right) = self._row, self._lengths, pair
        middle = lengths[left]
        length = lengths[new_id] = middle + lengths[right]
        if left == right:
            places = _leave_out_overlaps(places, middle)
        self._pair_at[places + middle] = INSIDE
        row[places] = row[places + (length - 1)] = new_id
        before, after = row[places - 1], row[places + length]
        before_key, after_key = before * self._n_ids + new_id, after + new_id * self._n_ids
        # The place of a pair of new tokens stands twice in `both`; NumPy keeps the last value.
        before_key[(before == EDGE) | (before == new_id)] = after_key[after == EDGE] = NO_PAIR
        both = np.concatenate([places - lengths[before], places])
        self._pair_at[both] = keys = np.concatenate([before_key, after_key])
        self._push(keys, both)

    def token_ids(self) -> list[int]:
        """Return the ids of all tokens, word after word."""
        row, inside = self._row[:-1], self._pair_at == INSIDE
        return row[~inside & (row != EDGE)].tolist()

    def _push(self, keys: np.ndarray, places: np.ndarray) -> None:
        """Queue pairs, given as the key at each place; the places of each key ascend."""
        by_key = keys.argsort(kind="stable")  # stable: they ascend still
        keys = keys[by_key]
        real = keys.searchsorted(0)  # NO_PAIR comes first
        keys, places = keys[real:], places[by_key[real:]]
        if len(keys):
            starts = np.concatenate([ONE_START, (keys[1:] != keys[:-1]).nonzero()[0] + 1])
            turns = self._turns_of(keys[starts], places, starts)
            self._push_next(_in_turn(keys, places, starts, turns))

    def _push_next(self, entries: Iterator[tuple]) -> None:
        """Queue the first of entries in order; `pop` queues the next one when it has come up."""
        entry = next(entries, None)
        if entry:
            heappush(self._queue, (*entry, entries))


def _in_turn(keys, places, starts, turns) -> Iterator[tuple]:
    bounds = [*starts.tolist(), len(places)]
    for i in np.lexsort((places[starts], turns)).tolist():
        if turns[i] == NEVER:
            return
        its_places = places[bounds[i] : bounds[i + 1]]
        yield turns.item(i), its_places.item(0), keys.item(bounds[i]), its_places


def _leave_out_overlaps(places: np.ndarray, step: int) -> np.ndarray:
    """Leave out every second place of a run such as that of (a, a) in `aaaa`."""
    begins_run = np.diff(places, prepend=-step - 1) != step
    number = np.arange(len(places))
    in_run = number - np.maximum.accumulate(np.where(begins_run, number, 0))
    return places[in_run % 2 == 0]
