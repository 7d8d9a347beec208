"""The tokenizer: text to ids and back, a thin class over the modules below it."""

from collections.abc import Collection, Iterable
from pathlib import Path

from helpers.bpe.files import TokenizerParts, read_gpt2, read_parts, write_parts
from helpers.bpe.numbering import ASCENDING, Merge
from helpers.bpe.specials import choose_special_tokens, refuse_disallowed, split_at_special_tokens
from helpers.bpe.vocabulary import Vocabulary
from helpers.bpe.words import (
    CUT_AT_SPACES,
    GPT2_PATTERN,
    compile_finder,
    cut_stretches,
    replace_surrogates,
    split_words,
)


class BytePairTokenizer(Vocabulary):
    """Merges that encode and decode.

    The ids are first the 256 bytes, then what the merges make, then the special tokens. The way
    back, `decode`, and the attributes `n_vocab` and `eot_token` are those of `Vocabulary`.
    The attribute `cuts_at_spaces` says whether the pattern begins a new word wherever white space
    begins, as GPT-2's does: a long text can then be encoded in pieces.

    Args:
        merges: pairs of tokens in the order of their training; merge k, of rank k, makes the
            token with the id 256 + k.
        special_tokens: marks that are no text, distinct.
        pattern: cuts a text into words (see `split_words`).
        byte_order: the byte of each id from 0 to 255; GPT-2 has an order of its own.

    Raises:
        ValueError: a merge joins what is no token or makes one that is there, special tokens
            are not distinct, or byte_order does not hold each byte once.
        regex.error: the pattern is no pattern.

    Example:
        >>> tokenizer = BytePairTokenizer(merges=[(b"h", b"e"), (b"t", b"he")])
        >>> tokenizer.encode("the hen")
        [257, 32, 256, 110]
        >>> tokenizer.decode([257, 32, 256, 110])
        'the hen'
    """

    def __init__(
        self,
        *,
        merges: Iterable[Merge],
        special_tokens: Collection[str] = (),
        pattern: str = GPT2_PATTERN,
        byte_order: bytes = ASCENDING,
    ):
        super().__init__(merges, special_tokens, byte_order)
        self.pattern = pattern
        self.cuts_at_spaces = pattern in CUT_AT_SPACES
        self._find_words = compile_finder(pattern)

    @classmethod
    def gpt2(cls) -> "BytePairTokenizer":
        """Make GPT-2's own tokenizer from the merges in data/.

        Returns:
            A tokenizer with the ids of tiktoken's "gpt2".

        Raises:
            FileNotFoundError: the file with the merges is missing.
            ValueError: it is damaged.

        Example:
            >>> BytePairTokenizer.gpt2().encode("unbelievability")
            [403, 6667, 11203, 1799]
        """
        return cls(**read_gpt2()._asdict())

    def encode_ordinary(self, text: str) -> list[int]:
        """Turn a text into ids; a special token in it is text like any other.

        Args:
            text: any string; a lone surrogate becomes U+FFFD, as with tiktoken.

        Returns:
            The token ids.

        Raises:
            TypeError: the text is no str.

        Example:
            >>> BytePairTokenizer(merges=[(b"h", b"e")]).encode_ordinary("hehe!")
            [256, 256, 33]
        """
        return self._encode_text(replace_surrogates(text))

    def encode(
        self,
        text: str,
        *,
        allowed_special: str | Collection[str] = frozenset(),
        disallowed_special: str | Collection[str] = "all",
    ) -> list[int]:
        """Turn a text into ids, with tiktoken's rules for the special tokens in it.

        Args:
            text: any string; a lone surrogate becomes U+FFFD, as with tiktoken.
            allowed_special: the special tokens that get their own id, or "all".
            disallowed_special: what is an error; "all" is every special token not allowed.

        Returns:
            The token ids.

        Raises:
            TypeError: the text is no str.
            ValueError: the text holds a disallowed special token, or a choice is a str other
                than "all".

        Example:
            >>> tokenizer = BytePairTokenizer(merges=[], special_tokens=["<end>"])
            >>> tokenizer.encode("ab<end>", allowed_special={"<end>"})
            [97, 98, 256]
        """
        text = replace_surrogates(text)
        allowed, disallowed = choose_special_tokens(
            self.special_tokens, allowed_special, disallowed_special
        )
        refuse_disallowed(text, disallowed)
        token_ids = []
        for part in split_at_special_tokens(text, allowed):
            if part in allowed:
                token_ids.append(self.special_tokens[part])
            else:
                token_ids += self._encode_text(part)
        return token_ids

    def _encode_text(self, text: str) -> list[int]:
        stretches = cut_stretches(text, self.pattern)
        word_ids = {}  # of the words met so far
        stretch_ids = dict.fromkeys(stretches)
        for stretch in stretch_ids:
            stretch_ids[stretch] = self._encode_stretch(stretch, word_ids)
        token_ids = []
        for stretch in stretches:
            token_ids += stretch_ids[stretch]
        return token_ids

    def _encode_stretch(self, stretch: str, word_ids: dict[str, list[int]]) -> list[int]:
        token_ids = []
        for word in self._find_words(stretch):
            if word not in word_ids:
                word_ids[word] = self.encode_word(word.encode())
            token_ids += word_ids[word]
        return token_ids

    def trace(self, word: str) -> list[tuple[int | None, list[bytes]]]:
        """Follow one word through its merges.

        Args:
            word: a single word, as `split_words` cuts them.

        Returns:
            First (None, the single bytes); then, after each merge, its rank and the pieces.

        Raises:
            TypeError: the word is no str.
            ValueError: it is no word, or several.

        Example:
            >>> BytePairTokenizer(merges=[(b"h", b"e"), (b"t", b"he")]).trace("the")
            [(None, [b't', b'h', b'e']), (0, [b't', b'he']), (1, [b'the'])]
        """
        words = split_words(word, self.pattern)
        if len(words) != 1:
            raise ValueError(
                f"expected one word, got {len(words)}, {words[:9]}, in {word[:60]!r}: "
                "trace the words of `split_words` one by one"
            )
        return self.trace_word(words[0].encode())

    def save(self, path: str | Path) -> None:
        """Write the tokenizer to a text file with a checksum (see `helpers.bpe.files`).

        Args:
            path: the file to write, or to replace.

        Raises:
            OSError: the folder is missing, or the file cannot be written.
        """
        special_tokens = list(self.special_tokens)
        parts = TokenizerParts(self.merges, special_tokens, self.pattern, self.byte_order)
        write_parts(path, parts)

    @classmethod
    def load(cls, path: str | Path) -> "BytePairTokenizer":
        """Read a tokenizer that `save` wrote.

        Args:
            path: the file to read.

        Returns:
            The same tokenizer.

        Raises:
            FileNotFoundError: there is no such file.
            ValueError: the file is damaged, or something else.

        Example:
            >>> from tempfile import TemporaryDirectory
            >>> with TemporaryDirectory() as folder:
            ...     path = Path(folder, "hen.txt")
            ...     BytePairTokenizer(merges=[(b"h", b"e")]).save(path)
            ...     BytePairTokenizer.load(path).merges
            [(b'h', b'e')]
        """
        return cls(**read_parts(path)._asdict())
