"""Answers to the exercises of notebook 01."""

import re

from helpers.tokenizer import tokenize
from lesson.exercises import check_spaced_pieces, check_tricky_phrase, check_whole_words
from lesson.exercises.words import SPACED_PIECES

TOKENS = ["Mr", ".", "McGregor", "'", "s", "scare-crow", "--", "oh", "!"]


SPLIT = r"""([,.:;?_!"()']|--|\s)"""


PATTERN = r"""([,.:;?_!"()]|(?<!\w)'|'(?!\w)|--|\s)"""


def spaced(text):
    pieces, waiting = [], ""
    for piece in re.split(SPLIT, text):
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


def with_empty_pieces(text):
    pieces = spaced(text)
    return [part for piece in pieces for part in (piece, "")]


RIGHT = [
    (check_tricky_phrase, TOKENS),
    (check_tricky_phrase, tuple(TOKENS)),
    (check_whole_words, PATTERN),
    (check_whole_words, r"""([,.:;?_!"()]|\B'|'\B|--|\s)"""),
    (check_spaced_pieces, spaced),
]


WRONG = [
    (check_tricky_phrase, "Mr . McGregor", "Put the tokens into a list"),
    (check_tricky_phrase, ["Mr.", *TOKENS[2:]], "even in Mr."),
    (check_tricky_phrase, ["Mr", ".", "McGregor's", *TOKENS[5:]], "The apostrophe is one"),
    (check_tricky_phrase, ["Mr", ".", "McGregor", "'s", *TOKENS[5:]], "The apostrophe is one"),
    (check_tricky_phrase, [*TOKENS[:5], "scare-crow--oh", "!"], "the pattern cuts there"),
    (check_tricky_phrase, [*TOKENS[:5], "scare", "crow", *TOKENS[6:]], "hyphen does not cut"),
    (check_tricky_phrase, [*TOKENS[:6], "-", "-", "oh", "!"], "stay together"),
    (check_tricky_phrase, ["Mr", "McGregor", "s", "scare-crow", "oh"], "kept, not thrown away"),
    (check_tricky_phrase, [*TOKENS[:2], " ", *TOKENS[2:]], "it is dropped"),
    (check_tricky_phrase, TOKENS[::-1], "From left to right"),
    (check_whole_words, ["don't"], "Put the pattern itself"),
    (check_whole_words, tokenize, "Put the pattern itself"),
    (check_whole_words, PATTERN[1:-1], "One pair of capturing brackets"),
    (check_whole_words, r"""([,.:;?_!"()]|((?<!\w)'|'(?!\w))|--|\s)""", "no second pair"),
    (check_whole_words, SPLIT, "still falls into three"),
    (check_whole_words, SPLIT.replace("'", ""), "an opening quotation mark sticks"),
    (check_whole_words, PATTERN.replace(r"(?<!\w)'|", ""), "an opening quotation mark sticks"),
    (check_whole_words, PATTERN.replace(r"|'(?!\w)", ""), "a closing quotation mark sticks"),
    (check_whole_words, PATTERN.replace("--", "-"), "Only the apostrophe should change"),
    (check_whole_words, PATTERN.replace("|--", ""), "Only the apostrophe should change"),
    (check_whole_words, PATTERN.replace(",", ""), "Change only the apostrophe's part"),
    (check_whole_words, "(", "Change only the apostrophe's part"),
    (check_spaced_pieces, spaced("a b"), "without calling it"),
    (check_spaced_pieces, "".join, "end it with return"),
    (check_spaced_pieces, lambda text: print(end=""), "end it with return"),
    (check_spaced_pieces, without_the_end, "at the very end"),
    (check_spaced_pieces, tokenize, "white space is lost"),
    (check_spaced_pieces, without_joining, "still a piece of its own"),
    (check_spaced_pieces, spaces_behind, "behind the piece before it"),
    (check_spaced_pieces, with_empty_pieces, "empty pieces"),
    (check_spaced_pieces, lambda text: [text], "should give ['four', ' little'"),
    (check_spaced_pieces, lambda text: SPACED_PIECES.get(text, []), "should give ['four'"),
]
