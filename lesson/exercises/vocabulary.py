"""Feedback on the exercises of notebook 02: a vocabulary of whole words."""

from collections.abc import Sequence
from typing import Any

from helpers.data import load_text
from helpers.tokenizer import UNKNOWN, SimpleTokenizerV2, build_vocab
from lesson.exercises.feedback import Feedback, Hint, Test, give_feedback, is_equal

END_OF_TEXT = "<|endoftext|>"


def _story_tokenizer() -> SimpleTokenizerV2:
    vocab = build_vocab(load_text())
    return SimpleTokenizerV2({**vocab, UNKNOWN: len(vocab)})


def _small_tokenizer() -> SimpleTokenizerV2:
    """Return a tokenizer whose ids are not those of the notebook."""
    tokens = [END_OF_TEXT, "cat", "the", UNKNOWN]
    return SimpleTokenizerV2({token: 7 * row for row, token in enumerate(tokens)})


def _says(*parts: str) -> Test:
    return lambda answer: any(part in answer for part in parts)


ROUND_TRIP_TEXT = "Peter's sister slept."
ROUND_TRIP_HINTS = [
    Hint(
        lambda answer: not isinstance(answer, str),
        'Put the text that decode gives into answer, in quotation marks: "...".',
    ),
    Hint(
        is_equal(ROUND_TRIP_TEXT),
        "Word for word as it was? The story has no sister in it, and decode cannot see where the "
        "spaces were.",
    ),
    Hint(
        _says("sister", "slept"),
        "The story never says sister or slept. What comes out in the place of an unknown word?",
    ),
    Hint(
        lambda answer: answer.count(UNKNOWN) > 2,
        "Too many: only two tokens are unknown. The story has Peter, and the s of the baker's.",
    ),
    Hint(
        _says("Peter's", "Peter 's", "Peter' s", ">."),
        "decode puts a space between any two tokens, and each mark is a token of its own.",
    ),
]

TIDY_TEXTS = {
    "Rabbits, and": ["Rabbits", ",", "and"],
    "Peter gave in.": ["Peter", "gave", "in", "."],
    "Stop! Why? No.": ["Stop", "!", "Why", "?", "No", "."],
    "were -- Flopsy, Mopsy": ["were", "--", "Flopsy", ",", "Mopsy"],
    "' Stop thief! '": ["'", "Stop", "thief", "!", "'"],
    "Rabbits": ["Rabbits"],
    "": [],
}
TIDY_HINTS = [
    Hint(
        lambda join: not callable(join),
        "Put a function into answer, without calling it: answer = my_function.",
    ),
    Hint(
        lambda join: not isinstance(join(["a", "b"]), str),
        "The function must give back one text: end it with return.",
    ),
    Hint(
        lambda join: join(["a", ",", "b"]) == "a , b",
        "There is still a space before the comma.",
    ),
    Hint(
        lambda join: join(["a", "b"]) == "ab",
        "Now no space is left at all: between two words there must be one.",
    ),
    Hint(
        lambda join: join(["a", ",", "b"]) == "a,b",
        "The space before the comma is gone, and so is the one after it, which should stay.",
    ),
    Hint(
        lambda join: any(f" {mark}" in join(["a", mark]) for mark in ".!?"),
        "The comma is right, but there are four marks: . ! and ? as well.",
    ),
    Hint(
        lambda join: " -- " not in join(["a", "--", "b"]) or "' a" not in join(["'", "a"]),
        "Only the four marks lose their space: -- and ' keep theirs.",
    ),
]

# The ids of the small tokenizer: <|endoftext|> 0, cat 7, the 14, <unk> 21.
JOINED_TEXTS = [
    (["the cat", "the"], [14, 7, 0, 14]),
    (["the", "dog", "cat cat"], [14, 0, 21, 0, 7, 7]),
    (["the cat"], [14, 7]),
    ([], []),
]
END_OF_TEXT_HINTS = [
    Hint(
        lambda join: not callable(join),
        "Put a function into answer, without calling it: answer = my_function.",
    ),
    Hint(
        lambda join: not isinstance(_join_two(join), list),
        "The function must give back a list of ids: end it with return.",
    ),
    Hint(
        lambda join: any(isinstance(each, list) for each in _join_two(join)),
        "A list of lists: put all the ids into one list, with + or extend.",
    ),
    Hint(
        lambda join: _join_two(join) == [14, 7, 14],
        "The texts run into each other: the id of <|endoftext|> is missing between them.",
    ),
    Hint(
        lambda join: _join_two(join) == [14, 7, 0, 14, 0],
        "There is an end of text after the last text too; it should only stand between two.",
    ),
    Hint(
        lambda join: _join_two(join) == [0, 14, 7, 0, 14],
        "There is an end of text before the first text too; it should only stand between two.",
    ),
    Hint(
        lambda join: 406 in _join_two(join),
        "406 is the id in one vocabulary; another has another. Look it up in tokenizer.vocab.",
    ),
    Hint(
        lambda join: 21 in _join_two(join),
        "A known word has become <unk>: the end of text sticks to the word beside it. Put its id "
        "between the ids, and not its characters between the characters.",
    ),
]


def _join_two(join) -> Sequence[int]:
    return join(_small_tokenizer(), ["the cat", "the"])


def check_round_trip(answer: Any) -> Feedback:
    """Check the predicted text that comes back from "Peter's sister slept.".

    Args:
        answer: right is what SimpleTokenizerV2 with the story's vocabulary decodes.

    Returns:
        The feedback.

    Example:
        >>> check_round_trip("Peter's <unk> <unk>.")
        Hint. decode puts a space between any two tokens, and each mark is a token of its own.
    """
    tokenizer = _story_tokenizer()
    return give_feedback(
        answer,
        right=is_equal(tokenizer.decode(tokenizer.encode(ROUND_TRIP_TEXT))),
        praise="Two words are lost for good, and three spaces have come in.",
        hints=ROUND_TRIP_HINTS,
        otherwise="Three steps: cut the text as tokenize does; put <unk> for each word that the "
        "story does not have; join all with spaces.",
    )


def check_tidy_text(answer: Any) -> Feedback:
    """Check a function that joins tokens with no space before , . ! ?.

    Args:
        answer: right is a function from a list of tokens to a text.

    Returns:
        The feedback.

    Example:
        >>> check_tidy_text(" ".join)
        Hint. There is still a space before the comma.
    """
    return give_feedback(
        answer,
        right=lambda join: all(join(tokens) == text for text, tokens in TIDY_TEXTS.items()),
        praise="Most lines of the story come back whole. For ' no such rule is always right.",
        hints=TIDY_HINTS,
        otherwise="['Rabbits', ',', 'and'] should give 'Rabbits, and'.",
    )


def check_end_of_text(answer: Any) -> Feedback:
    """Check a function that encodes texts with the id of `<|endoftext|>` between any two.

    Args:
        answer: right is a function of a tokenizer, whose vocabulary holds `<|endoftext|>`, and a
            list of texts; it gives one list of ids.

    Returns:
        The feedback.

    Example:
        >>> check_end_of_text(lambda tokenizer, texts: tokenizer.encode(" ".join(texts)))
        Hint. The texts run into each other: the id of <|endoftext|> is missing between them.
    """
    return give_feedback(
        answer,
        right=lambda join: all(
            join(_small_tokenizer(), texts) == ids for texts, ids in JOINED_TEXTS
        ),
        praise="The end of a text is an id of its own, and no word of a text comes near it.",
        hints=END_OF_TEXT_HINTS,
        otherwise="With the ids 14 7 for one text and 14 for the next, 0 for the end of text, the "
        "list is [14, 7, 0, 14].",
    )
