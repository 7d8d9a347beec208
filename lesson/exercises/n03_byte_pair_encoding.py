"""Checks of the questions and exercises in notebooks 03 and 03a to 03c: merging, encoding."""

from collections import Counter
from collections.abc import Callable
from functools import cache
from itertools import pairwise
from typing import Any

from helpers.bpe import encode_word, learn_merges, split_words
from helpers.data import load_text
from lesson.exercises.feedback import Feedback, check_function, check_value
from lesson.exercises.progress import remember

# The words that the notebook learns from, as the story has them.
FOUR = [word for word in split_words(load_text()) if word in {" the", " to", " he", " that"}]
FOUR_MERGES = learn_merges([list(word) for word in FOUR], 8)

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


@remember
def check_shorter(answer: Any) -> Feedback:
    """Right: the number of tokens of the four words after merge 0."""
    start = sum(map(len, FOUR))
    return check_value(
        answer,
        start - 75,
        form="a number",
        praise="At each of the 75 places, one token stands where two stood.",
        slips={
            "That is how many tokens are gone. How many are left?": 75,
            "At each place two tokens go and one comes: it is one fewer.": start - 2 * 75,
            "That is how many there are at the start. Each merged pair makes it one fewer.": start,
        },
        otherwise="Each of the 75 pairs was two tokens and is one now.",
    )


@remember
def check_fallen_count(answer: Any) -> Feedback:
    """Right: how often " t" and "h" are neighbours after the merges 0 and 1."""
    return check_value(
        answer,
        7,
        form="a number",
        praise='Only in " that". In " the" the "h" is now a part of "he".',
        slips={
            'That was before merge 1. It has made " t|he" of " t|h|e".': 46,
            'That is the count of " t" and "he".': 39,
            'In " the" there is no "h" any more, but there is in another word.': 0,
        },
        otherwise='Write down the four words as they are now, and look for "h" alone after " t".',
    )


@remember
def check_other(answer: Any) -> Feedback:
    """Right: the tokens of " other" with the merges of the four words."""
    return check_value(
        answer,
        encode_word(list(" other"), FOUR_MERGES),
        form='a list of strings, such as ["a", "b"]',
        praise='Only merge 1 fits. " t" does not: the "t" does not stand after the space.',
        slips={
            'The space is a token, too. It stands before the "o".': ["o", "t", "he", "r"],
            'No merge makes "the" without a space, and none makes "th".': lambda tokens: (
                {"the", "th", "ther"} & {token.strip() for token in tokens}
            ),
            'Merge 1 is "h" and "e". It stands in this word.': list(" other"),
            '" o" and "er" are frequent in English, but not in the list: nothing is counted '
            "here.": lambda tokens: {" o", "er"} & {*tokens},
            "The tokens, put end to end, must give the word, with its space.": lambda tokens: (
                "".join(tokens) != " other"
            ),
        },
        otherwise="Begin with single letters, go down the list, and merge what stands there.",
    )


@remember
def check_vocabulary_size(answer: Any) -> Feedback:
    """Right: the size of a vocabulary with 44 merges and one special token."""
    return check_value(
        answer,
        256 + 44 + 1,
        form="a number",
        praise="256 bytes, 44 merges and one special token.",
        slips={
            "One is missing: the special token needs a place, too.": 300,
            "The 256 bytes are tokens, too.": lambda size: size in (44, 45),
        },
        otherwise="Add the bytes, the merges and the special token.",
    )


@remember
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
        otherwise="Write down the words as they are given, a bar between any two "
        "letters. Take the bar out of each a|t, then count the pairs that are left.",
    )


@remember
def check_weighted_counts(answer: Any) -> Feedback:
    """Right: a function that counts pairs in distinct words, each as often as it occurs."""
    words = Counter(split_words(load_text()))
    cases = [(_rows({" the": 39, " he": 26}),), (_rows({"aaa": 2, "banana": 3, "a": 5}),)]
    cases += [(_rows(words),), ({},)]
    return check_function(
        answer,
        count_weighted,
        cases,
        praise="Each distinct word is looked at once: on a long text that saves most of the time.",
        slips={
            "Add the number of times in the place of 1.": lambda words: Counter(
                pair for tokens in words for pair in pairwise(tokens)
            ),
            "A pair may occur in several words: add, and do not replace.": lambda words: {
                pair: times for tokens, times in words.items() for pair in pairwise(tokens)
            },
        },
    )


def _rows(words: dict[str, int]) -> dict[tuple[str, ...], int]:
    return {tuple(word): times for word, times in words.items()}


def count_weighted(words: dict[tuple[str, ...], int]) -> Counter:
    """Count the pairs of neighbours in words that occur a number of times."""
    counts = Counter()
    for tokens, times in words.items():
        for pair in pairwise(tokens):
            counts[pair] += times
    return counts


@remember
def check_first_place(answer: Any) -> Feedback:
    """Right: an encoder that merges a pair wherever it stands, not at the first place alone."""
    merges = _learn_from_story()
    cases = [(list(" Peter"), [("e", "r"), ("e", "t")]), (list("aaa"), [("a", "a")])]
    cases += [(list("papa"), [("p", "a"), ("pa", "pa")])]
    cases += [(list(word), merges) for word in dict.fromkeys(split_words(load_text()))]
    return check_function(
        answer,
        encode_word,
        cases,
        praise="The pair is looked for at every place, in every word of the story.",
        slips={
            "It still looks only at the first place of the left token.": merge_first_left,
            "It finds the first place of the pair, but a pair may stand in several.": merge_first,
        },
    )


@cache
def _learn_from_story() -> list[tuple[str, str]]:
    return learn_merges([list(word) for word in split_words(load_text())], 40)


def merge_first_left(tokens: list[str], merges: list[tuple[str, str]]) -> list[str]:
    """Encode with the fault of the exercise: the first left token alone is looked at."""
    for left, right in merges:
        if left in tokens:
            i = tokens.index(left)
            if tokens[i + 1 : i + 2] == [right]:
                tokens = [*tokens[:i], left + right, *tokens[i + 2 :]]
    return tokens


def merge_first(tokens: list[str], merges: list[tuple[str, str]]) -> list[str]:
    """Encode with half of the fault: each merge is applied once."""
    for pair in merges:
        pairs = list(pairwise(tokens))
        if pair in pairs:
            i = pairs.index(pair)
            tokens = [*tokens[:i], "".join(pair), *tokens[i + 2 :]]
    return tokens


@remember
def check_encode_text(answer: Any) -> Feedback:
    """Right: a function from a text and merges to ids, as a trained tokenizer gives them."""
    merges = [(left.encode(), right.encode()) for left, right in _learn_from_story()]
    cases = [("he", merges), (" the end", merges), ("", merges), ("é 兔 🐇\n", merges)]
    cases += [("the", []), ("a  he", [(b" ", b" ")]), (load_text()[:2000], merges)]
    return check_function(
        answer,
        encode_text,
        cases,
        praise="That is a whole encoder: with GPT-2's 50,000 merges it would cut as GPT-2 does.",
        slips={
            "The id of a merge is 256 + its rank: the bytes have taken 0 to 255.": encode_from(0),
            "Ranks begin with 0, so the first merge has the id 256.": encode_from(257),
            "A merge has crossed from one word to the next: first cut the text with "
            "`split_words`.": encode_from(256, cut=lambda text: [text]),
        },
    )


def encode_from(first: int, cut: Callable = split_words) -> Callable:
    """Return an encoder: a byte is its own id, and the merge of rank 0 has the id `first`."""

    def encode_text(text: str, merges: list[tuple[bytes, bytes]]) -> list[int]:
        ids = {bytes([number]): number for number in range(256)}
        ids |= {left + right: first + rank for rank, (left, right) in enumerate(merges)}
        rows = [encode_word(_to_bytes(word), merges) for word in cut(text)]
        return [ids[token] for tokens in rows for token in tokens]

    return encode_text


encode_text = encode_from(256)


def _to_bytes(word: str) -> list[bytes]:
    return [bytes([number]) for number in word.encode()]


@remember
def check_indented(answer: Any) -> Feedback:
    """Right: the tokens of a word behind eight spaces, as GPT-2 cuts it."""
    return check_value(
        answer,
        8,
        form="a number",
        praise="Seven single spaces, and the eighth is a part of the word's token.",
        slips={
            "The last space is a part of the word's token.": 9,
            "GPT-2 has no token for several spaces.": lambda n: n in (1, 2),
            "That is the number of spaces that stand alone. The word is a token, too.": 7,
        },
        otherwise="All spaces but the last stand alone, and each is a token.",
    )


@remember
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


@remember
def check_encode_word(answer: Any) -> Feedback:
    """Right: a function that merges the pair with the lowest rank until none is left."""
    words = [word for word in dict.fromkeys(split_words(load_text())) if not word.isspace()]
    ranks = {pair: rank for rank, pair in enumerate(_learn_from_story())}
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
