"""Answers to the questions and exercises of notebook 03."""

from collections import Counter
from itertools import pairwise

import numpy as np

from helpers.bpe import encode_word, merge, split_words
from lesson.exercises.n03_byte_pair_encoding import (
    check_encode_text,
    check_encode_word,
    check_fallen_count,
    check_first_place,
    check_glyph_text,
    check_indented,
    check_next_pair,
    check_other,
    check_shorter,
    check_vocabulary_size,
    check_weighted_counts,
    count_weighted,
    encode_from,
    encode_text,
    merge_first,
    merge_first_left,
)


def merge_at(tokens, i):
    return [*tokens[:i], tokens[i] + tokens[i + 1], *tokens[i + 2 :]]


def by_rank(tokens, ranks, rounds=99, choose=None):
    """Merge pair after pair, the one with the lowest rank first unless told otherwise."""
    for _ in range(rounds):
        pairs = list(pairwise(tokens))
        known = [pair for pair in pairs if pair in ranks]
        if not known:
            break
        best = choose(known) if choose else min(known, key=ranks.get)
        tokens = merge_at(tokens, pairs.index(best))
    return tokens


def down_the_table(tokens, ranks):
    """Go through the table once, lowest rank first, and merge each pair wherever it stands."""
    for pair in sorted(ranks, key=ranks.get):
        while pair in (pairs := list(pairwise(tokens))):
            tokens = merge_at(tokens, pairs.index(pair))
    return tokens


def from_the_right(tokens, ranks):
    """Of a pair that stands in several places, merge the last: nobody said the first."""
    while known := [pair for pair in pairwise(tokens) if pair in ranks]:
        best = min(known, key=ranks.get)
        tokens = merge_at(tokens, len(tokens) - 2 - list(pairwise(tokens))[::-1].index(best))
    return tokens


def every_pair_at_once(tokens, ranks):
    """Merge overlapping pairs: in aaaa, the middle letters go into two."""
    return ["aa", "aa", "aa"] if tokens == ["a"] * 4 else by_rank(tokens, ranks)


def use_the_table_up(tokens, ranks):
    """Take each pair out of the table: the next word must not suffer."""
    merged = list(by_rank(tokens, ranks))
    ranks.clear()
    tokens.clear()
    return merged


def count_with_the_fast_counter(words):
    counts = Counter()
    for tokens, times in words.items():
        for pair, n in Counter(pairwise(tokens)).items():
            counts[pair] += n * times
    return counts


def replace_the_count(words):
    counts = Counter()
    for tokens, times in words.items():
        for pair in pairwise(tokens):
            counts[pair] = times
    return counts


def count_each_pair_of_a_word_once(words):
    counts = Counter()
    for tokens, times in words.items():
        for pair in set(pairwise(tokens)):
            counts[pair] += times
    return counts


def merge_one_after_the_other(tokens, merges):
    for pair in merges:
        while pair in (pairs := list(pairwise(tokens))):
            tokens = merge_at(tokens, pairs.index(pair))
    return tokens


def longest_first(tokens, merges):
    for pair in sorted(merges, key=lambda pair: -len(pair[0] + pair[1])):
        tokens = merge(tokens, pair)
    return tokens


def encode_without_words(text, merges):
    """Let merges cross the borders of words."""
    ids = {bytes([n]): n for n in range(256)}
    ids |= {left + right: 256 + rank for rank, (left, right) in enumerate(merges)}
    return [ids[token] for token in encode_word([bytes([n]) for n in text.encode()], merges)]


def encode_letters(text, merges):
    """Take letters for bytes: right for a text without any other character."""
    return [
        each
        for word in split_words(text)
        for each in (encode_text(word, merges) if word.isascii() else map(ord, word))
    ]


RIGHT = [
    (check_shorter, 281),
    (check_fallen_count, 7),
    (check_other, [" ", "o", "t", "he", "r"]),
    (check_other, (" ", "o", "t", "he", "r")),
    (check_vocabulary_size, 301),
    (check_weighted_counts, count_weighted),
    (check_weighted_counts, count_with_the_fast_counter),
    (check_weighted_counts, lambda words: dict(count_weighted(words))),
    (check_first_place, encode_word),
    (check_first_place, merge_one_after_the_other),
    (check_encode_text, encode_text),
    (check_indented, 8),
    (check_next_pair, ("h", "at")),
    (check_next_pair, ["h", "at"]),
    (check_next_pair, np.array(["h", "at"])),
    (check_glyph_text, " Mrs.\nMcGregor"),
    (check_encode_word, by_rank),
    (check_encode_word, down_the_table),
    (check_encode_word, from_the_right),
    (check_encode_word, use_the_table_up),
    (check_encode_word, lambda tokens, ranks: tuple(by_rank(tokens, ranks))),
]

WRONG = [
    (check_shorter, 75, "How many are left?"),
    (check_shorter, 206, "it is one fewer"),
    (check_shorter, 356, "at the start"),
    (check_shorter, 280, "Each of the 75 pairs"),
    (check_shorter, "281", "is a string"),
    (check_fallen_count, 46, "That was before merge 1"),
    (check_fallen_count, 39, '" t" and "he"'),
    (check_fallen_count, 0, "in another word"),
    (check_fallen_count, 65, "Write down the four words"),
    (check_other, ["o", "t", "he", "r"], "The space is a token, too"),
    (check_other, [" ", "o", "the", "r"], "No merge makes"),
    (check_other, [" ", "o", "th", "e", "r"], "No merge makes"),
    (check_other, list(" other"), "Merge 1 is"),
    (check_other, [" o", "t", "he", "r"], "nothing is counted"),
    (check_other, [" ", "o", "t", "h", "er"], "nothing is counted"),
    (check_other, [" ", "o", "t", "he"], "put end to end"),
    (check_other, [" ", "ot", "he", "r"], "Begin with single letters"),
    (check_other, " |o|t|he|r", "is a string"),
    (check_vocabulary_size, 300, "One is missing"),
    (check_vocabulary_size, 44, "The 256 bytes"),
    (check_vocabulary_size, 45, "The 256 bytes"),
    (check_vocabulary_size, 257, "Add the bytes"),
    (
        check_weighted_counts,
        lambda words: Counter(pair for tokens in words for pair in pairwise(tokens)),
        "in the place of 1",
    ),
    (
        check_weighted_counts,
        lambda words: {pair: n for tokens, n in words.items() for pair in pairwise(tokens)},
        "add, and do not replace",
    ),
    (check_weighted_counts, count_each_pair_of_a_word_once, "for:      words ="),
    (check_weighted_counts, lambda words: Counter(), "came:     Counter()"),
    (check_weighted_counts, replace_the_count, "add, and do not replace"),
    (check_first_place, merge_first_left, "the first place of the left token"),
    (check_first_place, merge_first, "may stand in several"),
    (check_first_place, longest_first, "came:     ["),
    (check_first_place, lambda tokens, merges: None, "should end with return"),
    (check_indented, 9, "a part of the word's token"),
    (check_indented, 2, "no token for several spaces"),
    (check_indented, 7, "The word is a token, too"),
    (check_indented, 14, "All spaces but the last"),
    (check_indented, "8", "is a string"),
    (check_encode_text, encode_from(0), "256 + its rank"),
    (check_encode_text, encode_from(257), "Ranks begin with 0"),
    (check_encode_text, encode_without_words, "first cut the text with `split_words`"),
    (check_encode_text, encode_letters, "for:      text = 'é 兔 🐇"),
    (check_encode_text, lambda text, merges: list(text.encode()), "for:      text = 'he'"),
    (check_next_pair, "hat", "is a string, 'hat', but the exercise asks for two strings"),
    (check_next_pair, (b"h", b"at"), "Leave out the b"),
    (check_next_pair, ("h ", "at"), "but for white space"),
    (check_next_pair, ("a", "t"), "That is the first merge"),
    (check_next_pair, ["a", "t"], "That is the first merge"),
    (check_next_pair, ("h", "a"), "are one token"),
    (check_next_pair, ("at", "h"), "from left to right"),
    (check_next_pair, (" ", "h"), "none of its pairs occurs twice"),
    (check_next_pair, ("t", "h"), 'in " that" only'),
    (check_next_pair, ("c", "at"), "Write down the words"),
    (check_next_pair, [("h", "at")], "but the exercise asks for two strings"),
    (check_next_pair, 2, "but the exercise asks for two strings"),
    (check_glyph_text, 32, "in quotation marks"),
    (check_glyph_text, b" Mrs.\nMcGregor", "Leave out the b"),
    (check_glyph_text, "ĠMrs.ĊMcGregor", "what do they stand for"),
    (check_glyph_text, "Mrs.\nMcGregor", "it is Ġ"),
    (check_glyph_text, " Mrs. McGregor", "is a line break"),
    (check_glyph_text, r" Mrs.\nMcGregor", "with a single backslash"),
    (check_glyph_text, "\nMrs. McGregor", "The other way round"),
    (check_glyph_text, " Mrs.\n McGregor", "exactly two characters"),
    (check_glyph_text, "Mrs. McGregor", "exactly two characters"),
    (check_glyph_text, " Mrs.\nMcGregor ", "The words are right"),
    (check_glyph_text, "McGregor", "Copy the letters"),
    (check_encode_word, ["t", "he"], "the function itself"),
    (check_encode_word, lambda tokens, ranks: print(end=""), "should end with return"),
    (check_encode_word, lambda tokens, ranks: "".join(tokens), "a list, and gives a string"),
    (check_encode_word, lambda tokens, ranks: ["".join(tokens)], "came:     ['the']"),
    (check_encode_word, lambda tokens, ranks: tokens, "came:     ['t', 'h', 'e']"),
    (
        check_encode_word,
        lambda tokens, ranks: by_rank(tokens, ranks, choose=lambda known: known[0]),
        "for:      tokens = ['t', 'h', 'e'],\n"
        "              ranks = {('h', 'e'): 0, ('t', 'h'): 1}\n"
        "    expected: ['t', 'he']\n    came:     ['th', 'e']",
    ),
    (
        check_encode_word,
        lambda tokens, ranks: by_rank(tokens, ranks, rounds=1),
        "expected: [' the', 're']",
    ),
    (check_encode_word, every_pair_at_once, "came:     ['aa', 'aa', 'aa']"),
    (
        check_encode_word,
        lambda tokens, ranks: by_rank(tokens, ranks) if len(tokens) < 8 else tokens,
        "for:      tokens = [",
    ),
    (
        check_encode_word,
        lambda tokens, ranks: min(ranks[pair] for pair in pairwise(tokens)),
        "should give back a list, and gives a number",
    ),
    (
        check_encode_word,
        lambda tokens, ranks: [ranks[pair] for pair in pairwise(tokens)],
        "came:     [1, 0]",
    ),
    (
        check_encode_word,
        lambda tokens, ranks: by_rank(tokens, ranks) if tokens[1:] else [ranks[tokens[0]]],
        "stopped with KeyError: 'a'.",
    ),
    (check_encode_word, lambda tokens: tokens, "takes 1 positional argument but 2 were given"),
]
