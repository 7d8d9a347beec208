"""Plain training of byte pair encoding, after the description of karpathy/minbpe.

The text is cut into words by GPT-2's pattern. Each step counts all pairs of neighbours in all
words anew, takes the pair with the highest count (the first one met, among equals), and joins
it everywhere.
"""

from helpers.bpe import split_words

Words = list[list[int]]
Pair = tuple[int, int]


def train(text: str, n_merges: int) -> list[tuple[bytes, bytes]]:
    """Return the merges, each as the two tokens that it joins."""
    words: Words = [list(word.encode()) for word in split_words(text)]
    tokens = [bytes([byte]) for byte in range(256)]
    merges = []
    for new in range(256, 256 + n_merges):
        words, (left, right) = step(words, new)
        merges.append((tokens[left], tokens[right]))
        tokens.append(tokens[left] + tokens[right])
    return merges


def step(words: Words, new: int) -> tuple[Words, Pair]:
    """Merge the most frequent pair into the id `new`; return the words and the pair."""
    counts: dict[Pair, int] = {}
    for word in words:
        count_pairs(word, counts)
    pair = max(counts, key=counts.get)
    return [merge(word, pair, new) for word in words], pair


def count_pairs(word: list[int], counts: dict[Pair, int]) -> None:
    """Add the pairs of neighbours in one word to the counts, as minbpe finds them."""
    for pair in zip(word, word[1:]):  # noqa: B905, RUF007
        counts[pair] = counts.get(pair, 0) + 1


def merge(word: list[int], pair: Pair, new: int) -> list[int]:
    """Put `new` in the place of each occurrence of the pair, from left to right."""
    merged, place = [], 0
    while place < len(word):
        if word[place] == pair[0] and place + 1 < len(word) and word[place + 1] == pair[1]:
            merged.append(new)
            place += 2
        else:
            merged.append(word[place])
            place += 1
    return merged
