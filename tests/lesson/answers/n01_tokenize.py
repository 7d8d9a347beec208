"""Answers to the questions and exercises of notebook 01."""

import re

import numpy as np

from helpers.data import load_text
from helpers.tokenizer import tokenize
from lesson.exercises.n01_tokenize import (
    check_dashes,
    check_empty_tokens,
    check_gpt2_words,
    check_lower_case,
    check_pieces,
    check_share_of_half,
    check_spaced_pieces,
    check_stuck_marks,
    check_tricky_phrase,
    check_whole_words,
)

TOKENS = ["Mr", ".", "McGregor", "'", "s", "scare-crow", "--", "oh", "!"]
SPLIT = r"""([,.:;?_!"()']|--|\s)"""
PATTERN = r"""([,.:;?_!"()]|(?<!\w)'|'(?!\w)|--|\s)"""


MARKS = ',.:;?_!"()'


def keep_words(without):
    marks = MARKS.replace(without, "")
    return rf"([{marks}]|(?<!\w)'|'(?!\w)|--|\s)"


def spaced(text, pattern=SPLIT):
    pieces, waiting = [], ""
    for piece in re.split(pattern, text):
        waiting += piece
        if piece.strip():
            pieces.append(waiting)
            waiting = ""
    return [*pieces, waiting] if waiting else pieces


def without_the_end(text):
    return [piece for piece in spaced(text) if piece.strip()]


def without_joining(text):
    return [piece for piece in re.split(SPLIT, text) if piece]


def spaces_behind(text):
    pieces = [""]
    for piece in without_joining(text):
        if piece.isspace():
            pieces[-1] += piece
        else:
            pieces.append(piece)
    return [piece for piece in pieces if piece]


def at_three_marks_only(text):
    return spaced(text, r"([,.']|--|\s)")


def cells_not_run(text):
    return re.split(pattern, text)  # noqa: F821


def no_return(text):
    spaced(text)


def with_empty_tokens(text):
    return [piece.strip() for piece in re.split(SPLIT, text) if piece]


def half_by_adding(numbers, more=0):
    i, total = 0, 0
    while 2 * total < sum(numbers) + more:
        total += sorted(numbers, reverse=True)[i]
        i += 1
    return i


def half_unsorted(numbers):
    return next(i for i in range(1, len(numbers) + 1) if 2 * sum(numbers[:i]) >= sum(numbers))


RIGHT = [
    (check_gpt2_words, ["He", "'ll", " eat", " ", " 20", " peas", "!"]),
    (check_lower_case, 386),
    (check_share_of_half, half_by_adding),
    (check_stuck_marks, ["Stop,", "thief!"]),
    (check_pieces, 5),
    (check_dashes, ("fir-tree", "--", "oh")),
    (check_empty_tokens, tokenize),
    (check_empty_tokens, lambda text: [token for token in with_empty_tokens(text) if token]),
    (check_tricky_phrase, TOKENS),
    (check_tricky_phrase, tuple(TOKENS)),
    (check_tricky_phrase, np.array(TOKENS)),
    (check_whole_words, PATTERN),
    (check_whole_words, re.compile(PATTERN)),
    (check_whole_words, r"""([,.:;?_!"()]|\B'|'\B|--|\s)"""),
    (check_whole_words, r"""([,.:;?_!"()]|(?<![a-zA-Z])'|'(?![a-zA-Z])|--|\s)"""),
    (check_whole_words, r"""((?:[,.:;?_!"()]|(?<!\w)'|'(?!\w)|--|\s))"""),
    (check_spaced_pieces, spaced),
    (check_spaced_pieces, lambda text: tuple(spaced(text))),
    (check_spaced_pieces, lambda text: (piece for piece in spaced(text))),
]

WRONG = [
    (check_gpt2_words, ["He", "'ll", "eat", "20", "peas", "!"], "loses nothing"),
    (check_gpt2_words, ["He", "'ll", " eat", "  20", " peas", "!"], "only one"),
    (check_gpt2_words, ["He", "'ll ", "eat ", " ", "20 ", "peas", "!"], "not after it"),
    (check_gpt2_words, ["He'll", " eat", " ", " 20", " peas", "!"], "a word of its own"),
    (check_gpt2_words, ["He", "'ll", " eat", " ", " 20", " peas!"], "Put all pieces together"),
    (check_lower_case, 405, "capital letters kept"),
    (check_lower_case, 1159, "Keep one of each"),
    (check_lower_case, 380, "small letters first"),
    (
        check_share_of_half,
        lambda numbers: half_by_adding(numbers, 1),
        "is enough",
    ),
    (check_share_of_half, half_unsorted, "sort them first"),
    (check_share_of_half, lambda numbers: len(numbers) // 2, "Another result"),
    (check_stuck_marks, ["Stop", ",", "thief", "!"], "the marks stay"),
    (check_stuck_marks, ["Stop, thief!"], "One space, so one cut"),
    (check_stuck_marks, "Stop, thief!", "is a string"),
    (check_pieces, 4, "the empty string"),
    (check_pieces, 2, "The brackets keep"),
    (check_pieces, 3, "The brackets keep"),
    (check_pieces, 6, "Two cuts leave three"),
    (check_dashes, ["fir", "-", "tree", "--", "oh"], "A single hyphen does not cut"),
    (check_dashes, ["fir-tree", "oh"], "is kept, as one token"),
    (check_dashes, ["fir-tree", "-", "-", "oh"], "stay together"),
    (check_dashes, ["fir-tree--oh"], "Only -- fits"),
    (check_empty_tokens, with_empty_tokens, "came:     ['four', '', 'little'"),
    (check_empty_tokens, lambda text: without_joining(text), "must pass strip()"),
    (check_empty_tokens, lambda text: text.split(), "Another result"),
    (check_tricky_phrase, "Mr . McGregor", "is a string, 'Mr . McGregor', but the exercise asks"),
    (check_tricky_phrase, [token.encode() for token in TOKENS], "Leave out the b"),
    (check_tricky_phrase, [*TOKENS[:5], "scare-crow ", *TOKENS[6:]], "but for white space"),
    (check_tricky_phrase, ["Mr.", *TOKENS[2:]], 'even in "Mr."'),
    (check_tricky_phrase, ["Mr", ".", "McGregor's", *TOKENS[5:]], "The apostrophe is one"),
    (check_tricky_phrase, ["Mr", ".", "McGregor", "'s", *TOKENS[5:]], "The apostrophe is one"),
    (check_tricky_phrase, [*TOKENS[:5], "scare-crow--oh", "!"], "cuts at a double dash"),
    (check_tricky_phrase, [*TOKENS[:5], "scare", "crow", *TOKENS[6:]], "hyphen does not cut"),
    (check_tricky_phrase, [*TOKENS[:6], "-", "-", "oh", "!"], "stay together"),
    (check_tricky_phrase, ["Mr", "McGregor", "s", "scare-crow", "oh"], "One is missing"),
    (check_tricky_phrase, [*TOKENS[:7], "oh!"], "One is missing"),
    (check_tricky_phrase, [*TOKENS[:2], " ", *TOKENS[2:]], "no token is empty"),
    (check_tricky_phrase, TOKENS[::-1], "From left to right"),
    (check_whole_words, ["don't"], "the pattern itself"),
    (check_whole_words, tokenize, "Your answer is a function, but"),
    (check_whole_words, PATTERN.encode(), "Leave out the b"),
    (check_whole_words, re.compile(PATTERN.encode()), "the pattern itself"),
    (check_whole_words, "(", "cannot read your pattern: missing )"),
    (check_whole_words, PATTERN[1:-1], "around all of the pattern"),
    (check_whole_words, r"""([,.:;?_!"()]|(?<!\w)'|'(?!\w)|--)|\s""", "around all of the"),
    (check_whole_words, r"""([,.:;?_!"()]|((?<!\w)'|'(?!\w))|--|\s)""", "no second pair"),
    (
        check_whole_words,
        SPLIT,
        """for:      text = "don't"\n    expected: ["don't"]\n    came:     ['don',""",
    ),
    (check_whole_words, SPLIT.replace("'", ""), """text = "'Stop thief!'"""),
    (check_whole_words, PATTERN.replace(r"(?<!\w)'|", ""), """["'Stop", 'thief', '!', "'"]"""),
    (
        check_whole_words,
        PATTERN.replace(r"|'(?!\w)", ""),
        """came:     ["'", 'a', 'fat', \"thief'\"]""",
    ),
    (check_whole_words, PATTERN.replace("--", "-"), "came:     ['Peter', 'sneezed', '-', '-', "),
    (check_whole_words, PATTERN.replace("|--", ""), "'sneezed--'"),
    (check_whole_words, PATTERN + " ", "Another result"),
    *((check_whole_words, keep_words(without), "Another result") for without in MARKS),
    (check_spaced_pieces, spaced("a b"), "the function itself"),
    (check_spaced_pieces, "spaced", "or quotation marks around it"),
    (check_spaced_pieces, "".join, "should give back a list, and gives a string"),
    (check_spaced_pieces, no_return, "should end with return"),
    (
        check_spaced_pieces,
        cells_not_run,
        "Your function stopped with NameError: name 'pattern' is not defined. "
        "Run the cells above.",
    ),
    (check_spaced_pieces, cells_not_run, "in:       return re.split(pattern, text)"),
    (check_spaced_pieces, lambda: [], "takes 0 positional arguments but 1 was given"),
    (check_spaced_pieces, without_the_end, r"for:      text = 'were--\n\n   Flopsy,\n'"),
    (check_spaced_pieces, tokenize, "came:     ['four', 'little', 'Rabbits', ',']"),
    (check_spaced_pieces, without_joining, "came:     ['four', ' ', 'little'"),
    (check_spaced_pieces, spaces_behind, "came:     ['four ', 'little ', 'Rabbits', ',']"),
    (check_spaced_pieces, lambda text: [*spaced(text), ""], "',', '']"),
    (check_spaced_pieces, at_three_marks_only, "came:     ['a', ' fir-tree', ' (very_big);'"),
    (
        check_spaced_pieces,
        lambda text: [] if text == load_text() else spaced(text),
        "for:      text = 'Once upon a time",
    ),
    (
        check_spaced_pieces,
        lambda text: [piece.replace("Flopsy", "") for piece in spaced(text)],
        "expected: ['were', '--', '\\n\\n   Flopsy'",
    ),
    (
        check_spaced_pieces,
        lambda text: [piece.replace("Cotton-tail", "") for piece in spaced(text)],
        "expected: from item 18 on: [',', '\\n   Cotton-tail'",
    ),
]
