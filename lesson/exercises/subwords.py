"""Feedback on the exercises of notebook 03: merges, glyphs, and an encoder for one word."""

from collections.abc import Callable, Mapping
from typing import Any

from helpers.bpe import bytes_to_glyphs, train_bpe
from lesson.exercises.feedback import Feedback, Hint, give_feedback, is_equal

Encoder = Callable[[list[str], Mapping[tuple[str, str], int]], list[str]]

PAIR_TEXT = "a hat at that cat"
PAIR_HINTS = [
    Hint(
        lambda answer: isinstance(answer, str),
        'A pair is two tokens: write it as ("...", "...").',
    ),
    Hint(
        is_equal(["a", "t"]),
        "That is the first merge: it occurs four times. The exercise asks for the second.",
    ),
    Hint(
        lambda answer: "a" in answer,
        "After the first merge no a stands alone before a t: a and t are one token now, at. "
        "Count the pairs once more.",
    ),
    Hint(
        is_equal(["at", "h"]),
        "The right two tokens, in the wrong order: a pair is read from left to right.",
    ),
    Hint(
        lambda answer: answer[0].endswith("t") and " " in answer[1],
        "This pair would reach from one word into the next, and merges never cross that border.",
    ),
    Hint(
        lambda answer: " " in answer[0],
        "After the first merge a space stands before h, at, t and c once each: none of its pairs "
        "comes twice.",
    ),
    Hint(
        is_equal(["t", "h"]),
        "t and h stand side by side in that only, so this pair comes once. One comes twice.",
    ),
]

GLYPH_TEXT = " Mrs.\nMcGregor"
GLYPH_HINTS = [
    Hint(
        lambda answer: not isinstance(answer, str),
        'Write the text in quotation marks: "...".',
    ),
    Hint(
        lambda answer: "Ġ" in answer or "Ċ" in answer,
        "Ġ and Ċ are only shown in the place of something else: what do they stand for?",
    ),
    Hint(
        is_equal(GLYPH_TEXT.lstrip()),
        "The line break is right, but Ġ at the beginning is lost: it is a space.",
    ),
    Hint(
        is_equal(GLYPH_TEXT.replace("\n", " ")),
        "The space is right, but Ċ is a line break, which is written \\n.",
    ),
    Hint(
        is_equal("\nMrs. McGregor"),
        "The other way round: look up in the table which of the two is byte 10 and which is 32.",
    ),
    Hint(
        lambda answer: answer.split() == ["Mrs.", "McGregor"],
        "The words are right. Between and before them stand exactly two signs: one for each of "
        "Ġ and Ċ.",
    ),
]

# In no order of the ranks, so that going through the table from its top is not enough.
RANKS = {
    ("t", "h"): 1,
    ("h", "e"): 0,
    (" ", "t"): 2,
    (" t", "he"): 3,
    ("r", "e"): 4,
    ("a", "a"): 5,
    ("aa", "a"): 6,
}
ENCODED = {
    "the": ["t", "he"],
    " there": [" the", "re"],
    "path": ["p", "a", "th"],
    "aaaa": ["aa", "aa"],
    "aaa": ["aaa"],
    "he he": ["he", " ", "he"],
    "dog": ["d", "o", "g"],
    "a": ["a"],
}
ENCODER_HINTS = [
    Hint(
        lambda encode: not callable(encode),
        "Put a function into answer, without calling it: answer = my_function.",
    ),
    Hint(
        lambda encode: not isinstance(_encode(encode, "he"), list),
        "The function must give back a list of tokens: end it with return.",
    ),
    Hint(
        lambda encode: _encode(encode, "dog") != ["d", "o", "g"],
        "In dog there is no pair to merge, so it comes back as it is. Yours did not.",
    ),
    Hint(
        lambda encode: _encode(encode, "the") == ["the"],
        "Only pairs that stand in ranks may be merged. After t, he there is none, and the "
        "function must stop.",
    ),
    Hint(
        lambda encode: _encode(encode, "he") == ["h", "e"],
        "Nothing was merged in he, though ('h', 'e') stands in ranks.",
    ),
    Hint(
        lambda encode: _encode(encode, "the") == ["th", "e"],
        "In the, two pairs could be merged. Not the first in the word comes first, but the one "
        "with the lowest rank.",
    ),
    Hint(
        lambda encode: len(_encode(encode, " there")) > 2,
        "It stopped too early. A merge makes new pairs: look again after each one, until no pair "
        "stands in ranks.",
    ),
    Hint(
        lambda encode: "".join(_encode(encode, "aaa")) != "aaa",
        "The tokens must still spell the word: in aaa, a letter can only go into one of two "
        "overlapping pairs.",
    ),
]


def _encode(encode: Encoder, word: str) -> list[str]:
    return encode(list(word), dict(RANKS))


def check_next_pair(answer: Any) -> Feedback:
    """Check the predicted second merge of "a hat at that cat".

    Args:
        answer: right is the pair of tokens that `train_bpe` merges second.

    Returns:
        The feedback.

    Example:
        >>> check_next_pair("hat")
        Hint. A pair is two tokens: write it as ("...", "...").
    """
    merges = train_bpe(PAIR_TEXT, 258, special_tokens=()).merges
    second = [token.decode() for token in merges[1]]
    return give_feedback(
        answer,
        right=is_equal(second),
        praise="It occurs twice, in hat and in that; every other pair occurs once.",
        hints=PAIR_HINTS,
        otherwise="Write down the words, each with the space before it, a bar between any two "
        "letters. Take the bar out of each a|t, then count the pairs that are left.",
    )


def check_glyph_text(answer: Any) -> Feedback:
    r"""Check the text that a vocabulary file writes as ĠMrs.ĊMcGregor.

    Args:
        answer: right is the text, its space and its line break in their places.

    Returns:
        The feedback.

    Example:
        >>> check_glyph_text("Mrs.\nMcGregor")
        Hint. The line break is right, but Ġ at the beginning is lost: it is a space.
    """
    return give_feedback(
        answer,
        right=is_equal(GLYPH_TEXT),
        praise=f"And the other way: {_to_glyphs(GLYPH_TEXT)}.",
        hints=GLYPH_HINTS,
        otherwise="Copy the letters; put a space for each Ġ and \\n for each Ċ.",
    )


def _to_glyphs(text: str) -> str:
    return text.encode().decode("latin-1").translate(bytes_to_glyphs())


def check_encode_word(answer: Any) -> Feedback:
    """Check a function that merges the tokens of one word by rank.

    Args:
        answer: right is a function of a list of tokens and a dictionary from pair to rank; it
            merges the pair of the lowest rank, again and again, and gives the list that is left.

    Returns:
        The feedback.

    Example:
        >>> check_encode_word(lambda tokens, ranks: tokens)
        Hint. Nothing was merged in he, though ('h', 'e') stands in ranks.
    """
    return give_feedback(
        answer,
        right=lambda encode: all(
            list(_encode(encode, word)) == tokens for word, tokens in ENCODED.items()
        ),
        praise="That is how GPT-2 cuts a word; with its 50,000 ranks you would get its pieces.",
        hints=ENCODER_HINTS,
        otherwise="With the ranks {('h', 'e'): 0, ('t', 'h'): 1}, the list ['t', 'h', 'e'] should "
        "become ['t', 'he'].",
    )
