"""Answers to the exercises of notebook 03."""

from itertools import pairwise

from lesson.exercises import check_encode_word, check_glyph_text, check_next_pair


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


def every_pair_at_once(tokens, ranks):
    """Merge overlapping pairs: in aaa, the middle letter goes into both."""
    merged = by_rank(tokens, ranks)
    return ["aa", "aa"] if tokens == ["a"] * 3 else merged


RIGHT = [
    (check_next_pair, ("h", "at")),
    (check_next_pair, ["h", "at"]),
    (check_glyph_text, " Mrs.\nMcGregor"),
    (check_encode_word, by_rank),
    (check_encode_word, down_the_table),
]


WRONG = [
    (check_next_pair, "hat", "A pair is two tokens"),
    (check_next_pair, ("a", "t"), "That is the first merge"),
    (check_next_pair, ["a", "t"], "That is the first merge"),
    (check_next_pair, ("h", "a"), "no a stands alone"),
    (check_next_pair, ("at", "h"), "in the wrong order"),
    (check_next_pair, ("at", " "), "merges never cross"),
    (check_next_pair, (" ", "h"), "none of its pairs comes twice"),
    (check_next_pair, ("t", "h"), "in that only"),
    (check_next_pair, ("c", "at"), "Write down the words"),
    (check_next_pair, 2, "Write down the words"),
    (check_glyph_text, 32, "in quotation marks"),
    (check_glyph_text, "ĠMrs.ĊMcGregor", "what do they stand for"),
    (check_glyph_text, "Mrs.\nMcGregor", "it is a space"),
    (check_glyph_text, " Mrs. McGregor", "is a line break"),
    (check_glyph_text, "\nMrs. McGregor", "The other way round"),
    (check_glyph_text, " Mrs.\n McGregor", "exactly two signs"),
    (check_glyph_text, "Mrs. McGregor", "exactly two signs"),
    (check_glyph_text, "McGregor", "Copy the letters"),
    (check_encode_word, ["t", "he"], "without calling it"),
    (check_encode_word, lambda tokens, ranks: print(end=""), "end it with return"),
    (check_encode_word, lambda tokens, ranks: "".join(tokens), "end it with return"),
    (check_encode_word, lambda tokens, ranks: ["".join(tokens)], "it comes back as it is"),
    (
        check_encode_word,
        lambda tokens, ranks: tokens if "g" in tokens else ["".join(tokens)],
        "the function must stop",
    ),
    (check_encode_word, lambda tokens, ranks: tokens, "Nothing was merged in he"),
    (
        check_encode_word,
        lambda tokens, ranks: by_rank(tokens, ranks, choose=lambda known: known[0]),
        "with the lowest rank",
    ),
    (check_encode_word, lambda tokens, ranks: by_rank(tokens, ranks, rounds=1), "too early"),
    (check_encode_word, every_pair_at_once, "must still spell the word"),
    (check_encode_word, lambda tokens: tokens, "should become"),
]
