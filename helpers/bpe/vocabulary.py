"""Tokens and their ids, and the two ways between them: bytes to ids and ids to bytes."""

from collections.abc import Collection, Iterable
from operator import index

from helpers.bpe.merging import merge_steps, merge_word
from helpers.bpe.numbering import ASCENDING, N_BYTES, Merge, add_merges, number_bytes
from helpers.bpe.specials import END_OF_TEXT, check_special_tokens


class Vocabulary:
    """Tokens and their ids: the 256 bytes, then what the merges make, then the special tokens.

    Args:
        merges: pairs of tokens in the order of their training. Of merges that no training gives,
            `encode_word` and `trace_word` may differ: a word that is a token stays whole.
        special_tokens: marks that are no text, distinct.
        byte_order: the byte of each id from 0 to 255.

    Attributes:
        merges: as given, as a list.
        special_tokens: special token to id.
        byte_order: as given.
        n_vocab: how many ids there are.
        eot_token: the id of `<|endoftext|>`, or None without it.

    Raises:
        ValueError: a merge joins what is no token or makes one that is there, special tokens
            are not distinct, or byte_order does not hold each byte once.

    Example:
        >>> Vocabulary([(b"h", b"e"), (b"t", b"he")]).encode_word(b"then")
        [257, 110]
    """

    def __init__(
        self,
        merges: Iterable[Merge],
        special_tokens: Collection[str] = (),
        byte_order: bytes = ASCENDING,
    ):
        check_special_tokens(special_tokens)
        self.merges = list(merges)
        self.byte_order = byte_order
        self._ids = number_bytes(byte_order)
        self._byte_ids = bytes(self._ids[bytes([byte])] for byte in range(N_BYTES))
        self._merged_ids = add_merges(self._ids, self.merges)
        first = len(self._ids)
        self.special_tokens = {token: first + i for i, token in enumerate(special_tokens)}
        self._token_bytes = [*self._ids, *(token.encode() for token in special_tokens)]
        self.n_vocab = len(self._token_bytes)
        self.eot_token = self.special_tokens.get(END_OF_TEXT)

    def encode_word(self, word: bytes) -> list[int]:
        """Turn the bytes of one word into token ids.

        Example:
            >>> Vocabulary([(b"h", b"e")]).encode_word(b"hen")
            [256, 110]
        """
        if word in self._ids:  # what training merged into this token would be merged again
            return [self._ids[word]]
        return merge_word(word.translate(self._byte_ids), self._merged_ids)

    def trace_word(self, word: bytes) -> list[tuple[int | None, list[bytes]]]:
        """Follow the bytes of one word through its merges.

        Args:
            word: the bytes.

        Returns:
            First (None, the single bytes); then, after each merge, its rank and the pieces.

        Example:
            >>> Vocabulary([(b"h", b"e")]).trace_word(b"hen")
            [(None, [b'h', b'e', b'n']), (0, [b'he', b'n'])]
        """
        byte_ids = word.translate(self._byte_ids)
        steps = [(None, self._look_up(byte_ids))]
        for new_id, token_ids in merge_steps(byte_ids, self._merged_ids):
            steps.append((new_id - N_BYTES, self._look_up(token_ids)))
        return steps

    def decode(self, token_ids: Iterable[int], errors: str = "replace") -> str:
        """Turn ids into text.

        Args:
            token_ids: the ids, such as a list, an array or a tensor of one dimension.
            errors: what to do with bytes that are no UTF-8, as for `bytes.decode`: "replace"
                puts U+FFFD there, "strict" raises UnicodeDecodeError, "ignore" drops them.

        Returns:
            The text.

        Raises:
            KeyError: an id is not in the vocabulary; the message names it and its position.
            TypeError: these are no ids in one row.

        Example:
            >>> Vocabulary([(b"h", b"e")]).decode([256, 110])
            'hen'
        """
        return self.decode_bytes(token_ids).decode("utf-8", errors)

    def decode_bytes(self, token_ids: Iterable[int]) -> bytes:
        r"""Turn ids into bytes, which need not be whole characters; errors as in `decode`.

        Example:
            >>> Vocabulary([]).decode_bytes([240, 159])
            b'\xf0\x9f'
        """
        token_ids = _as_ints(token_ids)
        last = self.n_vocab - 1
        for position, token_id in enumerate(token_ids):
            if not 0 <= token_id <= last:
                raise KeyError(
                    f"id {token_id} at position {position} is not in the vocabulary: expected "
                    f"0 to {last}; decode with the tokenizer that encoded the text"
                )
        return b"".join(self._look_up(token_ids))

    def decode_single_token_bytes(self, token_id: int) -> bytes:
        """Look up the bytes of one token; errors as in `decode`.

        Example:
            >>> Vocabulary([(b"h", b"e")]).decode_single_token_bytes(256)
            b'he'
        """
        return self.decode_bytes([token_id])

    def _look_up(self, token_ids: Iterable[int]) -> list[bytes]:
        return [self._token_bytes[token_id] for token_id in token_ids]


def _as_ints(token_ids: Iterable[int]) -> list[int]:
    try:
        if isinstance(token_ids, str | bytes):
            raise TypeError("text in the place of ids")
        return [index(token_id) for token_id in token_ids]  # a tensor's elements too
    except (RuntimeError, TypeError, ValueError) as error:
        raise TypeError(
            f"expected token ids in one row, such as [1169, 886], got {type(token_ids).__name__}: "
            "put a single id into a list, and decode the rows of a batch one by one"
        ) from error
