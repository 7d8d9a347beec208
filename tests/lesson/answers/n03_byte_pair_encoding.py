"""Answers to the exercises of notebook 03."""

from itertools import pairwise

import numpy as np

from lesson.exercises.n03_byte_pair_encoding import (
    check_encode_word,
    check_glyph_text,
    check_next_pair,
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


RIGHT = [
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
