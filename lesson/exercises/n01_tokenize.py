"""Checks of the questions and exercises in notebooks 01, 01a and 01b: tokens of whole words."""

import re
from collections import Counter
from itertools import accumulate
from typing import Any

from helpers.bpe import split_words
from helpers.data import load_text
from helpers.tokenizer import tokenize
from lesson.exercises.feedback import HINT, Feedback, check_function, check_value, wrong_form
from lesson.exercises.progress import remember

SPLIT = r"""([,.:;?_!"()']|--|\s)"""
PHRASE = "Mr. McGregor's scare-crow--oh!"

# The story has no question mark, double quotation mark, underscore or bracket: a short text has.
WORD_TEXTS = [
    "don't",
    "the baker's buns",
    "'Stop thief!'",
    "'a fat thief'",
    "'Now, don't!'",
    "Peter sneezed--'Kertyschoo!'",
    'a fir-tree (very_big); "yes": no?',
    load_text(),
]
SPACED_TEXTS = [
    "four little Rabbits,",
    "were--\n\n   Flopsy,\n",
    "  don't",
    'a fir-tree (very_big); "yes": no? ',
    load_text(),
]


@remember
def check_stuck_marks(answer: Any) -> Feedback:
    """Right: the pieces of a phrase that is cut at white space only."""
    return check_value(
        answer,
        ["Stop,", "thief!"],
        form="a list of strings",
        praise="Both marks stick to their words.",
        slips={
            "split() cuts at white space and nowhere else: the marks stay.": lambda pieces: (
                "Stop" in pieces or "thief" in pieces
            ),
        },
        otherwise="One space, so one cut: two strings, each as it stands in the phrase.",
    )


@remember
def check_pieces(answer: Any) -> Feedback:
    """Right: how many items `re.split` gives where two cuts touch."""
    pieces = re.split(r"(,|\s)", "a, b")
    return check_value(
        answer,
        len(pieces),
        form="a number",
        praise=f"{pieces}: between the comma and the space stands the empty string.",
        slips={
            "Between the comma and the space there is a piece too: the empty string.": 4,
            "The brackets keep what they match: the comma and the space are items too.": (
                lambda number: number in (2, 3)
            ),
        },
        otherwise="Two cuts leave three pieces, and what was cut at is kept as well.",
    )


@remember
def check_dashes(answer: Any) -> Feedback:
    """Right: the tokens of a phrase with a hyphen and a double dash."""
    return check_value(
        answer,
        tokenize("fir-tree--oh"),
        form="a list of strings",
        praise="The double dash cuts and is kept; the hyphen does neither.",
        slips={
            "A single hyphen does not cut: only two in a row do.": lambda tokens: "fir" in tokens,
            "The double dash is kept, as one token.": ("fir-tree", "oh"),
            "The two characters of -- stay together.": lambda tokens: "-" in tokens,
        },
        otherwise="Only -- fits the pattern. It cuts the text in two and is a token itself.",
    )


@remember
def check_tricky_phrase(answer: Any) -> Feedback:
    """Right: the tokens that `tokenize` gives for `PHRASE`, in a list."""
    return check_value(
        answer,
        tokenize(PHRASE),
        form="a list of strings, ['Mr', ...]",
        praise="Full stop, apostrophe and double dash cut; the single hyphen does not.",
        slips={
            'A full stop is a mark: it leaves the word, even in "Mr."': lambda tokens: (
                "Mr." in tokens
            ),
            "The apostrophe is one of the eleven marks: it is "
            "a token of its own.": lambda tokens: {"McGregor's", "'s", "McGregor'"} & set(tokens),
            'The pattern cuts at a double dash: "--" is a token of its own.': lambda tokens: (
                {"scare-crow--oh", "scare-crow--oh!", "crow--oh"} & set(tokens)
            ),
            'A single hyphen does not cut: the pattern has only "--".': lambda tokens: (
                {"scare", "crow"} & set(tokens)
            ),
            'The pattern has "--" as a whole: its two characters stay together.': lambda tokens: (
                "-" in tokens
            ),
            "Each of . ' -- ! is a token of its own, written as in "
            "the phrase. One is missing.": lambda tokens: not {".", "'", "--", "!"} <= set(tokens),
            "White space is thrown away: no token is empty.": lambda tokens: (
                not all(map(str.strip, tokens))
            ),
        },
        otherwise="From left to right: a token ends at white space or at a mark, and each mark is "
        "a token itself.",
    )


@remember
def check_empty_tokens(answer: Any) -> Feedback:
    """Right: a function that gives the tokens of `tokenize`."""
    return check_function(
        answer,
        tokenize,
        [(text,) for text in ["four little Rabbits,", "were--\n\n   Flopsy,\n", load_text()]],
        praise="The same 1,159 tokens as tokenize, none of them empty.",
        slips={
            "Every piece must pass strip() before you ask whether anything is left of it.": (
                lambda text: [each for each in re.split(SPLIT, text) if each]
            ),
        },
    )


@remember
def check_whole_words(answer: Any) -> Feedback:
    """Right: a pattern for `re.split` that cuts as before, but for apostrophes within words."""
    if answer is None:
        return check_function(None, split_whole_words, [], praise="")
    pattern = getattr(answer, "pattern", answer)  # of one that is compiled already
    if not isinstance(pattern, str):
        return wrong_form(answer, 'the pattern itself, a string: r"""(...)"""')
    try:
        groups = re.compile(answer).groups
    except re.error as error:
        return Feedback(HINT, f"Python cannot read your pattern: {error}.")
    if groups != 1 or None in re.split(answer, load_text()):
        return Feedback(
            HINT,
            "One pair of round brackets should stand around all of the pattern, and no second "
            "pair inside: (...|...|...). Brackets that begin with (?<! or (?! do not count.",
        )
    return check_function(
        lambda text: cut(answer, text),
        split_whole_words,
        [(text,) for text in WORD_TEXTS],
        praise="The apostrophe cuts only where no letter stands on one of its sides.",
    )


@remember
def check_spaced_pieces(answer: Any) -> Feedback:
    """Right: a function that cuts where `tokenize` does and leaves white space in front."""
    return check_function(
        answer,
        split_with_spaces,
        [(text,) for text in SPACED_TEXTS],
        praise="Nothing is lost, and the list is hardly longer than that of tokenize.",
    )


@remember
def check_lower_case(answer: Any) -> Feedback:
    """Right: the number of different tokens in small letters."""
    tokens = tokenize(load_text())
    return check_value(
        answer,
        len({token.lower() for token in tokens}),
        form="a number",
        praise='Tokens such as "The" and "the" have become one.',
        slips={
            "That is the number with capital letters kept.": len({*tokens}),
            "That is the number of all tokens. Keep one of each, with set.": len(tokens),
        },
        otherwise="Turn every token into small letters first, then keep one of each.",
    )


@remember
def check_share_of_half(answer: Any) -> Feedback:
    """Right: a function of counts that gives how many of the largest make up half of the sum."""
    return check_function(
        answer,
        count_for_half,
        [
            ([3, 1, 1, 1],),
            ([1, 1, 4, 10, 4],),
            ([1, 2, 3, 4],),
            ([1, 1, 1],),
            ([5],),
            ([*Counter(tokenize(load_text())).values()],),
        ],
        praise="32 of the 405 different tokens make up half of the story.",
        slips={
            "Half of the text is enough: it need not be more than half.": lambda numbers: (
                count_until(sorted(numbers, reverse=True), sum(numbers) + 1)
            ),
            "Begin with the largest count: sort them first.": lambda numbers: count_until(
                numbers, sum(numbers)
            ),
        },
    )


def count_for_half(numbers: list[int]) -> int:
    """Count how many of the largest numbers have at least half of the sum."""
    return count_until(sorted(numbers, reverse=True), sum(numbers))


def count_until(numbers: list[int], twice: int) -> int:
    """Count how many numbers from the first on have at least half of that."""
    return next(i for i, total in enumerate(accumulate(numbers), 1) if 2 * total >= twice)


@remember
def check_gpt2_words(answer: Any) -> Feedback:
    """Right: the words into which GPT-2's pattern cuts a sentence."""
    return check_value(
        answer,
        split_words("He'll eat  20 peas!"),
        form="a list of strings",
        praise="One space goes with the word behind it; a second one stands alone.",
        slips={
            "GPT-2's pattern loses nothing: the spaces are still there.": lambda words: (
                not any(" " in word for word in words)
            ),
            "Of two spaces the first one stands alone: a word takes only one.": lambda words: (
                "  20" in words
            ),
            "A space stands before its word, not after it.": lambda words: any(
                word.endswith(" ") and word.strip() for word in words
            ),
            "The end 'll is a word of its own.": lambda words: "He'll" in words,
        },
        otherwise="Put all pieces together: they must give the sentence. Then look at 'll, at the "
        "two spaces and at the last mark.",
    )


def cut(pattern: str, text: str) -> list[str]:
    """Cut a text as the notebook does."""
    return [piece.strip() for piece in re.split(pattern, text) if piece.strip()]


def split_whole_words(text: str) -> list[str]:
    """Give the tokens of `tokenize`, but leave an apostrophe between two letters in its word."""
    hidden = re.sub(r"(?<=\w)'(?=\w)", "\0", text)
    return [token.replace("\0", "'") for token in tokenize(hidden)]


def split_with_spaces(text: str) -> list[str]:
    """Give the tokens of `tokenize`, each with the white space in front of it."""
    pieces, end = [], 0
    for token in tokenize(text):
        start, end = end, text.index(token, end) + len(token)
        pieces.append(text[start:end])
    return [*pieces, text[end:]] if text[end:] else pieces
