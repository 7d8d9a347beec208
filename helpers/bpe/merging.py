"""One word to token ids: the learned merges, replayed in the order of their training.

Three ways to the same ids: step by step to be watched, quick for words of a usual length, and
quick for words without end, such as a line of 60,000 dashes.
"""

import sys
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from helpers.bpe.pairs import Pair, RankedPairs

_NEVER = sys.maxsize  # the id of a pair that does not merge: higher than any id
_LONG = 200  # bytes; from here on the queue of pairs is the quicker way


def merge_steps(
    word: Sequence[int], merged_ids: Mapping[Pair, int]
) -> Iterator[tuple[int, list[int]]]:
    """Merge pair by pair: the earliest merge first, and of the same merge the leftmost place.

    This is the whole algorithm; the two below only do the same in less time.

    Args:
        word: the token ids of the word's bytes.
        merged_ids: the two ids of each merge, to the id of the token that they become.

    Yields:
        After each merge the id of the token made, and the ids of the word.

    Example:
        >>> list(merge_steps([8, 5, 8, 5], {(8, 5): 256, (256, 256): 257}))
        [(256, [256, 8, 5]), (256, [256, 256]), (257, [257])]
    """
    token_ids = list(word)
    while True:
        candidates = [merged_ids.get(pair, _NEVER) for pair in pairwise(token_ids)]
        new_id = min(candidates, default=_NEVER)
        if new_id == _NEVER:
            return
        place = candidates.index(new_id)
        token_ids = [*token_ids[:place], new_id, *token_ids[place + 2 :]]
        yield new_id, token_ids


def merge_word(word: Sequence[int], merged_ids: Mapping[Pair, int]) -> list[int]:
    """Merge what can be merged.

    Args:
        word: the token ids of the word's bytes.
        merged_ids: the two ids of each merge, to the id of the token that they become.

    Returns:
        The token ids of the word.

    Example:
        >>> merge_word([8, 5, 8, 5], {(8, 5): 256, (256, 256): 257})
        [257]
    """
    if len(word) > _LONG:
        return _merge_long(word, merged_ids)
    return _merge_short(word, merged_ids)


def _merge_short(word: Sequence[int], merged_ids: Mapping[Pair, int]) -> list[int]:
    """Keep the merge of each pair in a list beside the ids; a step changes two of them.

    Finding the lowest number walks through the whole list: for a short word that is quicker
    than any queue, but the time grows with the square of the length.
    """
    get = merged_ids.get
    token_ids = list(word)
    candidates = [get(pair, _NEVER) for pair in pairwise(token_ids)]
    while candidates and (new_id := min(candidates)) != _NEVER:
        place = candidates.index(new_id)
        token_ids[place] = new_id
        del token_ids[place + 1], candidates[place]
        if place > 0:
            candidates[place - 1] = get((token_ids[place - 1], new_id), _NEVER)
        if place < len(candidates):
            candidates[place] = get((new_id, token_ids[place + 1]), _NEVER)
    return token_ids


def _merge_long(word: Sequence[int], merged_ids: Mapping[Pair, int]) -> list[int]:
    """Merge a pair wherever it stands before the next one: what arises always comes later."""
    pairs = RankedPairs(word, merged_ids)
    found = pairs.pop()
    while found is not None:
        pair, places = found
        pairs.merge(pair, places, merged_ids[pair])
        found = pairs.pop()
    return pairs.remaining_tokens()
