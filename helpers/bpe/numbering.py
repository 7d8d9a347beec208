"""Which token has which id: first the 256 bytes, then what the merges make, in their order."""

from collections.abc import Sequence

from helpers.bpe.pairs import Pair

Merge = tuple[bytes, bytes]  # two tokens that become one

N_BYTES = 256
ASCENDING = bytes(range(N_BYTES))  # the plain order: each byte is its own id


def number_bytes(byte_order: bytes) -> dict[bytes, int]:
    """Number the tokens of a single byte.

    Args:
        byte_order: the byte of each id from 0 to 255.

    Returns:
        A mapping from token to id.

    Raises:
        ValueError: a byte is missing or comes twice.

    Example:
        >>> number_bytes(ASCENDING)[b"A"]
        65
    """
    if sorted(byte_order) != list(ASCENDING):
        raise ValueError(
            f"byte_order must hold each of the 256 bytes once, got {len(byte_order)} bytes, "
            f"{len(set(byte_order))} of them distinct: leave it out, or take GPT-2's, "
            "bytes(bytes_to_glyphs())"
        )
    return {bytes([byte]): token_id for token_id, byte in enumerate(byte_order)}


def add_merges(ids: dict[bytes, int], merges: Sequence[Merge]) -> dict[Pair, int]:
    """Number what the merges make, in their order.

    Args:
        ids: the tokens so far with their ids; the new ones are added to it.
        merges: pairs of tokens, each a byte or what an earlier merge made.

    Returns:
        A mapping from the two ids of each merge to the id of the token that they become.

    Raises:
        ValueError: a merge is no pair, joins what is no token yet, or makes a token that is
            there already.

    Example:
        >>> add_merges({b"h": 0, b"e": 1, b"t": 2}, [(b"h", b"e"), (b"t", b"he")])
        {(0, 1): 3, (2, 3): 4}
    """
    merged_ids = {}
    for rank, merge in enumerate(merges):
        if len(merge) != 2:
            raise ValueError(f"merge {rank} must be a pair of tokens, got {merge!r}")
        left, right = merge
        left_id, right_id = ids.get(left), ids.get(right)
        if left_id is None or right_id is None or left + right in ids:
            raise _explain(rank, left, right, ids)
        new_id = len(ids)
        merged_ids[left_id, right_id] = new_id
        ids[left + right] = new_id
    return merged_ids


def _explain(rank: int, left: bytes, right: bytes, ids: dict[bytes, int]) -> ValueError:
    for token in (left, right):
        if token not in ids:
            return ValueError(
                f"merge {rank} joins {token!r}, which is no token: expected one byte, or bytes "
                "that an earlier merge made; keep the merges in the order of their training"
            )
    return ValueError(
        f"merge {rank} joins {left!r} and {right!r} to {left + right!r}, which is a token "
        "already: expected a new one; leave this merge out"
    )
