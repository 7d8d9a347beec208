"""Training: learn a vocabulary from a text."""

from collections.abc import Collection

from helpers.bpe.numbering import N_BYTES, Merge
from helpers.bpe.pairs import FrequentPairs
from helpers.bpe.specials import END_OF_TEXT, check_special_tokens
from helpers.bpe.tokenizer import BytePairTokenizer
from helpers.bpe.words import GPT2_PATTERN, count_words


def train_bpe(
    text: str,
    vocab_size: int,
    *,
    pattern: str = GPT2_PATTERN,
    special_tokens: Collection[str] = (END_OF_TEXT,),
) -> BytePairTokenizer:
    """Learn a vocabulary: merge the pair that occurs most often, again and again.

    Of equally frequent pairs, the one that comes first in the text as merged so far wins: the
    merges are those of the plain method, which counts every pair anew after each merge, as
    karpathy/minbpe does. Overlapping pairs all count: `aaa` holds `aa` twice.

    Args:
        text: what to learn from; a special token in it is text like any other.
        vocab_size: how many ids there shall be: 256 bytes, the merges, the special tokens.
        pattern: cuts the text into words, which no merge crosses (see `split_words`).
        special_tokens: marks that are no text, distinct; they take the last ids.

    Returns:
        The tokenizer. Where no pair is left to merge, its `n_vocab` is below `vocab_size`.

    Raises:
        TypeError: the text is no str.
        ValueError: vocab_size leaves no room for the bytes and the special tokens, or the
            special tokens are not distinct.
        regex.error: the pattern is no pattern.

    Example:
        >>> train_bpe("the hen, the hens", 259).merges
        [(b'h', b'e'), (b't', b'he')]
    """
    check_special_tokens(special_tokens)
    smallest = N_BYTES + len(special_tokens)
    if vocab_size < smallest:
        raise ValueError(
            f"vocab_size {vocab_size} is too small: expected at least {smallest}, for {N_BYTES} "
            f"bytes and {len(special_tokens)} special tokens; each one more makes a merge"
        )
    word_counts = {word.encode(): n for word, n in count_words(text, pattern).items()}
    merges = learn_merges(word_counts, vocab_size - smallest)
    return BytePairTokenizer(merges=merges, special_tokens=special_tokens, pattern=pattern)


def learn_merges(word_counts: dict[bytes, int], n_merges: int) -> list[Merge]:
    """Find the merges.

    Args:
        word_counts: distinct words in the order in which the text first has them, each as the
            bytes of UTF-8, and how often each comes.
        n_merges: how many to find at most.

    Returns:
        Pairs of tokens; fewer than `n_merges` where no pair is left.

    Example:
        >>> learn_merges({b"the": 2, b"hen": 1}, 2)
        [(b'h', b'e'), (b't', b'he')]
    """
    pairs = FrequentPairs(word_counts)
    tokens = [bytes([byte]) for byte in range(N_BYTES)]
    merges = []
    while len(merges) < n_merges:
        found = pairs.pop()
        if found is None:
            break
        pair, places = found
        pairs.merge(pair, places, new_id=len(tokens))
        left, right = pair
        merges.append((tokens[left], tokens[right]))
        tokens.append(tokens[left] + tokens[right])
    return merges
