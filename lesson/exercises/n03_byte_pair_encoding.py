"""Checks of the exercises in notebook 03: merges, glyphs, and an encoder for one word."""

from typing import Any

from helpers.bpe import encode_word, learn_merges, split_words
from helpers.data import load_text
from lesson.exercises.feedback import Feedback, check_function, check_value

PAIR_WORDS = ["a", " hat", " at", " that", " cat"]

GLYPH_TEXT = " Mrs.\nMcGregor"

# Not in the order of the ranks, so that going down the table as it stands is not enough.
RANKS = {
    ("t", "h"): 1,
    ("h", "e"): 0,
    (" ", "t"): 2,
    (" t", "he"): 3,
    ("r", "e"): 4,
    ("a", "a"): 5,
}


def check_next_pair(answer: Any) -> Feedback:
    """Right: the pair that is merged second in `PAIR_WORDS`."""
    return check_value(
        answer,
        learn_merges(PAIR_WORDS, 2)[1],
        form='two strings, ("...", "...")',
        praise='It occurs twice, in " hat" and in " that"; every other pair occurs once.',
        slips={
            "That is the first merge: it occurs four times. Which is the second?": ("a", "t"),
            "The right two tokens, but a pair is read from left to right.": ("at", "h"),
            'After the first merge "a" '
            'and "t" are one token, "at". Count the pairs once more.': lambda pair: "a" in pair,
            'After the first merge a space stands before "h", "at", "t" and "c" once each: '
            "none of its pairs occurs twice.": lambda pair: " " in pair,
            '"t" and "h" are neighbours in " that" only, so this pair occurs once. Another '
            "occurs twice.": ("t", "h"),
        },
        otherwise="Write down the words, each with the space before it, a bar between any two "
        "letters. Take the bar out of each a|t, then count the pairs that are left.",
    )


def check_glyph_text(answer: Any) -> Feedback:
    """Right: the text whose bytes the glyphs ĠMrs.ĊMcGregor stand for."""
    return check_value(
        answer,
        GLYPH_TEXT,
        form='a text in quotation marks, "..."',
        praise="And the other way: ĠMrs.ĊMcGregor.",
        slips={
            "Ġ and Ċ are only shown in the place "
            "of something else: what do they stand for?": lambda text: "Ġ" in text or "Ċ" in text,
            "The line break is right, but the space at the beginning is lost: it "
            "is Ġ.": GLYPH_TEXT.lstrip(),
            "The space is right, but Ċ is a line break, which is written \\n.": GLYPH_TEXT.replace(
                "\n", " "
            ),
            "Your text has a backslash and an n in it. Write \\n with a single backslash, and "
            "no r before the quotation marks.": GLYPH_TEXT.replace("\n", "\\n"),
            "The other way round: look up in the table which is byte 10 and "
            "which is 32.": "\nMrs. McGregor",
            "The words are right. Between and before them stand exactly two characters: one "
            "for each of Ġ and Ċ.": lambda text: text.split() == GLYPH_TEXT.split(),
        },
        otherwise="Copy the letters; put a space for each Ġ and \\n for each Ċ.",
    )


def check_encode_word(answer: Any) -> Feedback:
    """Right: a function that merges the pair with the lowest rank until none is left."""
    words = [word for word in dict.fromkeys(split_words(load_text())) if not word.isspace()]
    ranks = {pair: rank for rank, pair in enumerate(learn_merges(words, 40))}
    example = {("h", "e"): 0, ("t", "h"): 1}
    cases = [(list("the"), example), (list("dog"), example)]
    # No word has a pair that overlaps itself, as in "aaa": the task does not say which is first.
    cases += [(list(word), RANKS) for word in (" there", "path", "aaaa", "he he", "a")]
    cases += [(list(word), ranks) for word in words]
    return check_function(
        answer,
        merge_by_rank,
        cases,
        praise="That is how GPT-2 cuts a word; with its 50,000 ranks you would get its pieces.",
    )


def merge_by_rank(tokens: list[str], ranks: dict[tuple[str, str], int]) -> list[str]:
    """Encode a word with the helper, which takes the merges in their order."""
    return encode_word(tokens, sorted(ranks, key=ranks.get))
