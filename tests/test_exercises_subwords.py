from itertools import pairwise

import pytest

from helpers.bpe import BytePairTokenizer
from helpers.exercises import check_encode_word, check_glyph_text, check_next_pair
from helpers.exercises.feedback import HINT, NOT_ANSWERED, RIGHT
from helpers.exercises.subwords import ENCODED, GLYPH_TEXT, RANKS

CHECKS = [check_next_pair, check_glyph_text, check_encode_word]


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


@pytest.mark.parametrize("check", CHECKS)
def test_none_is_not_answered_yet(check):
    assert check(None).verdict == NOT_ANSWERED


@pytest.mark.parametrize(("check", "answer", "said"), WRONG)
def test_a_wrong_answer_gets_the_hint_that_fits(check, answer, said):
    feedback = check(answer)
    assert feedback.verdict == HINT
    assert said in feedback.message


@pytest.mark.parametrize(
    ("check", "answer"),
    [
        (check_next_pair, ("h", "at")),
        (check_next_pair, ["h", "at"]),
        (check_glyph_text, " Mrs.\nMcGregor"),
        (check_encode_word, by_rank),
        (check_encode_word, down_the_table),
    ],
)
def test_a_right_answer_is_right(check, answer):
    assert check(answer).verdict == RIGHT


def fails(*arguments):
    raise RuntimeError(arguments)


@pytest.mark.parametrize("answer", ["", "words", 3, object(), [None], {}, fails])
@pytest.mark.parametrize("check", CHECKS)
def test_an_odd_answer_gets_a_hint(check, answer):
    assert check(answer).verdict == HINT


def test_the_praise_for_the_glyphs_shows_them():
    assert "ĠMrs.ĊMcGregor" in check_glyph_text(GLYPH_TEXT).message


@pytest.mark.parametrize("word", ENCODED)
def test_the_encoder_is_to_give_what_the_tokenizer_gives(word):
    merges = [(left.encode(), right.encode()) for left, right in sorted(RANKS, key=RANKS.get)]
    # One word to the tokenizer, spaces inside it and all.
    tokenizer = BytePairTokenizer(merges=merges, pattern=r"(?s).+")
    _, pieces = tokenizer.trace(word)[-1]
    assert [piece.decode() for piece in pieces] == ENCODED[word]
