"""Feedback on the exercises of notebook 01: tokens of whole words."""

import re
from collections.abc import Callable
from typing import Any

from helpers.data import load_text
from helpers.tokenizer import tokenize
from lesson.exercises.feedback import Feedback, Hint, Test, give_feedback, is_equal

Cut = Callable[[str], list[str]]


def _holds(*tokens: str) -> Test:
    return lambda answer: any(token in answer for token in tokens)


def _cut(pattern: str, text: str) -> list[str]:
    return [piece.strip() for piece in re.split(pattern, text) if piece.strip()]


def _adds_up(cut: Cut, text: str) -> bool:
    return "".join(cut(text)) == text


TRICKY_PHRASE = "Mr. McGregor's scare-crow--oh!"
TRICKY_HINTS = [
    Hint(
        lambda answer: isinstance(answer, str),
        "Put the tokens into a list, each in quotation marks: ['Mr', ...].",
    ),
    Hint(
        _holds("Mr."),
        "A full stop is a mark like any other: it leaves the word, even in Mr.",
    ),
    Hint(
        _holds("McGregor's", "'s", "McGregor'"),
        "The apostrophe is one of the eleven marks: it is a token of its own.",
    ),
    Hint(
        _holds("scare-crow--oh", "scare-crow--oh!", "crow--oh"),
        "A double dash joins two words in print, and the pattern cuts there.",
    ),
    Hint(_holds("scare", "crow"), "A single hyphen does not cut: the pattern has only --."),
    Hint(
        _holds("-"), "The double dash has a branch of its own: its two characters stay together."
    ),
    Hint(
        lambda answer: not {".", "'", "--", "!"} <= set(answer),
        "Marks are kept, not thrown away: each one is a token.",
    ),
    Hint(_holds(" "), "White space cuts, but it is dropped."),
]

# What a pattern that keeps don't whole makes of a text.
WHOLE_WORDS = {
    "don't": ["don't"],
    "the baker's buns": ["the", "baker's", "buns"],
    "'Stop thief!'": ["'", "Stop", "thief", "!", "'"],
    "'Now, don't!'": ["'", "Now", ",", "don't", "!", "'"],
    "Peter sneezed--'Kertyschoo!'": ["Peter", "sneezed", "--", "'", "Kertyschoo", "!", "'"],
    "a fir-tree (very big); 'yes': no?": [
        *("a", "fir-tree", "(", "very", "big", ")", ";", "'", "yes", "'", ":", "no", "?")
    ],
}
WHOLE_WORDS_HINTS = [
    Hint(
        lambda pattern: not isinstance(pattern, str),
        'Put the pattern itself into answer, a string: r"""(...)""".',
    ),
    Hint(
        lambda pattern: re.compile(pattern).groups != 1,
        "One pair of capturing brackets must stand round all of the pattern, and no second pair "
        "inside: (...|...|...).",
    ),
    Hint(
        lambda pattern: _cut(pattern, "don't") == ["don", "'", "t"],
        "don't still falls into three tokens: some part of the pattern fits its apostrophe.",
    ),
    Hint(
        lambda pattern: _cut(pattern, "'Stop") == ["'Stop"],
        "don't is whole, but an opening quotation mark sticks to its word: try 'Stop thief!'",
    ),
    Hint(
        lambda pattern: _cut(pattern, "thief'") == ["thief'"],
        "don't is whole, but a closing quotation mark sticks to its word: try 'a fat thief'",
    ),
    Hint(
        lambda pattern: (
            _cut(pattern, "fir-tree") != ["fir-tree"] or "--" not in _cut(pattern, "a--b")
        ),
        "Only the apostrophe should change: fir-tree stays one token, and -- comes out as one.",
    ),
]

# Each white space stays with the piece that follows it.
SPACED_PIECES = {
    "": [],
    "four little Rabbits,": ["four", " little", " Rabbits", ","],
    "were--\n\n   Flopsy,\n": ["were", "--", "\n\n   Flopsy", ",", "\n"],
    "  don't": ["  don", "'", "t"],
}
SPACED_PIECES_HINTS = [
    Hint(
        lambda cut: not callable(cut),
        "Put a function into answer, without calling it: answer = my_function.",
    ),
    Hint(
        lambda cut: not isinstance(cut("a b"), list),
        "The function must give back a list of pieces: end it with return.",
    ),
    Hint(
        lambda cut: _adds_up(cut, "a b") and not _adds_up(cut, "b\n"),
        "Nearly: white space at the very end of a text has no piece after it, and is lost.",
    ),
    Hint(
        lambda cut: not all(_adds_up(cut, text) for text in SPACED_PIECES),
        "The pieces do not add up to the text: white space is lost on the way.",
    ),
    Hint(
        lambda cut: " " in cut("a b"),
        "White space is still a piece of its own: let it wait, and put it in front of the next.",
    ),
    Hint(
        lambda cut: cut("a b") == ["a ", "b"],
        "The space stands behind the piece before it; put it in front of the piece after it.",
    ),
    Hint(lambda cut: "" in cut("a, b"), "There are empty pieces in the list: leave them out."),
]


def check_tricky_phrase(answer: Any) -> Feedback:
    """Check the predicted tokens of "Mr. McGregor's scare-crow--oh!".

    Args:
        answer: right is the list that `tokenize` gives.

    Returns:
        The feedback.

    Example:
        >>> check_tricky_phrase(["Mr.", "McGregor's", "scare-crow", "--", "oh", "!"])
        Hint. A full stop is a mark like any other: it leaves the word, even in Mr.
    """
    return give_feedback(
        answer,
        right=is_equal(tokenize(TRICKY_PHRASE)),
        praise="Full stop, apostrophe and double dash cut; the single hyphen does not.",
        hints=TRICKY_HINTS,
        otherwise="From left to right: a token ends at white space or at a mark, and each mark is "
        "a token itself.",
    )


def check_whole_words(answer: Any) -> Feedback:
    r"""Check a pattern that keeps an apostrophe between two letters within its word.

    Args:
        answer: right is a pattern for `re.split`, with one capturing group, that gives the
            tokens of `tokenize` except that don't and baker's stay whole.

    Returns:
        The feedback.

    Example:
        >>> check_whole_words(r"([,.:;?_!()]|--|\s)")
        Hint. don't is whole, but an opening quotation mark sticks to its word: try 'Stop thief!'
    """
    return give_feedback(
        answer,
        right=lambda pattern: all(
            _cut(pattern, text) == tokens for text, tokens in WHOLE_WORDS.items()
        ),
        praise="The apostrophe cuts only where a letter is missing on one of its sides.",
        hints=WHOLE_WORDS_HINTS,
        otherwise="Change only the apostrophe's part of the pattern, and try it on 'Now, don't!'",
    )


def check_spaced_pieces(answer: Any) -> Feedback:
    """Check a function that cuts a text and leaves white space with the piece after it.

    Args:
        answer: right is a function from a text to a list of pieces; joined, they are the text.

    Returns:
        The feedback.

    Example:
        >>> check_spaced_pieces(str.split)
        Hint. The pieces do not add up to the text: white space is lost on the way.
    """
    return give_feedback(
        answer,
        right=lambda cut: (
            all(cut(text) == pieces for text, pieces in SPACED_PIECES.items())
            and _adds_up(cut, load_text())
        ),
        praise="Nothing is lost, and the list is hardly longer than that of tokenize.",
        hints=SPACED_PIECES_HINTS,
        otherwise="'four little Rabbits,' should give ['four', ' little', ' Rabbits', ','].",
    )
