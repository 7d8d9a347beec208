import re

import pytest

from helpers.exercises import check_spaced_pieces, check_tricky_phrase, check_whole_words
from helpers.exercises.feedback import HINT, NOT_ANSWERED, RIGHT
from helpers.exercises.words import SPACED_PIECES, WHOLE_WORDS
from helpers.tokenizer import tokenize

CHECKS = [check_tricky_phrase, check_whole_words, check_spaced_pieces]
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
        (check_tricky_phrase, TOKENS),
        (check_tricky_phrase, tuple(TOKENS)),
        (check_whole_words, PATTERN),
        (check_whole_words, r"""([,.:;?_!"()]|\B'|'\B|--|\s)"""),
        (check_spaced_pieces, spaced),
    ],
)
def test_a_right_answer_is_right(check, answer):
    assert check(answer).verdict == RIGHT


def fails(text):
    raise RuntimeError(text)


@pytest.mark.parametrize("answer", ["", "words", 3, object(), [None], [["a"]], {}, fails])
@pytest.mark.parametrize("check", CHECKS)
def test_an_odd_answer_gets_a_hint(check, answer):
    assert check(answer).verdict == HINT


@pytest.mark.parametrize("text", WHOLE_WORDS)
def test_whole_words_differ_from_tokenize_at_apostrophes_within_words_only(text):
    between_letters = re.compile(r"(?<=\w)'(?=\w)")
    hidden = between_letters.sub("\N{RIGHT SINGLE QUOTATION MARK}", text)
    tokens = [token.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'") for token in tokenize(hidden)]
    assert tokens == WHOLE_WORDS[text]


@pytest.mark.parametrize("text", SPACED_PIECES)
def test_spaced_pieces_are_the_tokens_and_add_up_to_the_text(text):
    pieces = SPACED_PIECES[text]
    assert [piece.strip() for piece in pieces if piece.strip()] == tokenize(text)
    assert "".join(pieces) == text
