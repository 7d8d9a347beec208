"""Checks of the questions and exercises in notebooks 02 and 02a: a vocabulary of whole words."""

import re
from typing import Any

from helpers import tokenizer as tokenizers
from helpers.data import load_text
from helpers.tokenizer import UNKNOWN, build_vocab, tokenize
from lesson.exercises.feedback import Feedback, check_function, check_value
from lesson.exercises.progress import remember

END_OF_TEXT = "<|endoftext|>"
TRIP = "Peter's sister slept."
SMALL = {token: i for i, token in enumerate(["cat", "dog", "saw", "the", UNKNOWN])}


class SimpleTokenizerV2(tokenizers.SimpleTokenizerV2):
    """The tokenizer, which shows its vocabulary where a hint names it."""

    def __repr__(self) -> str:
        return f"SimpleTokenizerV2({self.vocab})"


@remember
def check_small_id(answer: Any) -> Feedback:
    """Right: the id of "saw" among the sorted tokens of five words."""
    return check_value(
        answer,
        SMALL["saw"],
        form="a number",
        praise='"cat", "dog", "saw", "the": sorted, and counted from 0.',
        slips={
            "That counts from 1. Python counts from 0.": 3,
            '"the" occurs twice and has one row: four different tokens, numbered from 0.': 4,
        },
        otherwise="Keep one of each word, sort them by the alphabet, count from 0.",
    )


@remember
def check_small_text(answer: Any) -> Feedback:
    """Right: the text of two ids in the small vocabulary."""
    return check_value(
        answer,
        tokenizers.decode(SMALL, [3, 0]),
        form='a text, a string such as "a b"',
        praise='Row 3 is "the", row 0 is "cat", and a space stands between them.',
        slips={
            "In this order: first the token of 3, then that of 0.": "cat the",
            "decode puts a space between the tokens.": "thecat",
        },
        otherwise='The rows are "cat", "dog", "saw", "the", numbered from 0.',
    )


@remember
def check_unknown_ids(answer: Any) -> Feedback:
    """Right: the ids of a text with two unknown words."""
    return check_value(
        answer,
        tokenizers.SimpleTokenizerV2(SMALL).encode("the dog saw a fox"),
        form="a list of numbers",
        praise='"a" and "fox" share an id, and can never be told apart again.',
        slips={
            "An unknown word gets an id too: that of <unk>.": [3, 1, 2],
            "There is one row for all unknown words: both get the same id.": [3, 1, 2, 4, 5],
            "Two words are unknown, and each of them gets the id 4.": [3, 1, 2, 4],
        },
        otherwise='The rows are "cat", "dog", "saw", "the", <unk>, numbered from 0.',
    )


@remember
def check_joined(answer: Any) -> Feedback:
    """Right: the ids of three texts and of the two borders between them."""
    return check_value(
        answer,
        5 + 7 + 4 + 2,
        form="a number",
        praise="Sixteen tokens, and two borders between three texts.",
        slips={
            "Each border has an id as well.": 16,
            "Three texts have two borders between them.": lambda number: number in (17, 19),
        },
        otherwise="Add up the tokens, then count the places between two texts.",
    )


@remember
def check_unknown_id(answer: Any) -> Feedback:
    """Right: a function that encodes with any vocabulary, unknown tokens as `<unk>`."""
    vocab = story_tokenizer().vocab
    return check_function(
        answer,
        lambda vocab, text: tokenizers.SimpleTokenizerV2(vocab).encode(text),
        [
            (SMALL, "the dog saw a fox"),
            ({UNKNOWN: 0, "cat": 1}, "the cat"),
            (vocab, "and they were all very happy."),
            (vocab, load_text()),
        ],
        praise="Unknown words have a row of their own now.",
        slips={
            "Another vocabulary may give <unk> another id: look it up, "
            "by name.": lambda vocab, text: [vocab.get(token, 405) for token in tokenize(text)],
            "-1 is not the id of any row: nothing can be decoded from it.": lambda vocab, text: [
                vocab.get(token, -1) for token in tokenize(text)
            ],
            "A new number has no row either: the vocabulary has one for unknown "
            "words.": lambda vocab, text: [
                vocab.get(token, len(vocab)) for token in tokenize(text)
            ],
        },
    )


@remember
def check_round_trip(answer: Any) -> Feedback:
    """Right: `TRIP` as SimpleTokenizerV2, with the story's vocabulary, gives it back."""
    tokenizer = story_tokenizer()
    return check_value(
        answer,
        tokenizer.decode(tokenizer.encode(TRIP)),
        form="the text that decode gives, a string",
        praise="Two words are lost for good, and three spaces have come in.",
        slips={
            'Word for word as it was? The story has no "sister" in it, and decode cannot '
            "see where the spaces were.": TRIP,
            'The story has neither "sister" nor "slept". What comes out in the place of an '
            "unknown word?": lambda text: "sister" in text or "slept" in text,
            'Too many: only two tokens are unknown. The story has "Peter", and the "s" of '
            '"the baker\'s".': lambda text: text.count(UNKNOWN) > 2,
            "decode puts one space between any two tokens, and each mark is a token of its "
            "own.": lambda text: (
                text == text.strip() and "".join(text.split()) == "Peter's<unk><unk>."
            ),
        },
        otherwise="Three steps: cut the text as tokenize does; put <unk> for each word that the "
        "story does not have; join all with spaces.",
    )


@remember
def check_tidy_text(answer: Any) -> Feedback:
    """Right: a function that joins tokens with spaces, but with none before , . ! and ?."""
    return check_function(
        answer,
        join_tidily,
        [
            (["Stop", "thief", "!"],),
            (["Rabbits", ",", "and"],),
            (["No", "!", "Why", "?", "No", "."],),
            (["were", "--", "Flopsy", ";", "Mopsy", ":", "'", "Stop", "!", "'"],),
            (tokenize(load_text()),),
        ],
        praise="Most lines of the story come back whole. For ' no such rule is always right.",
    )


@remember
def check_end_of_text(answer: Any) -> Feedback:
    """Right: a function that encodes texts, with the id of `<|endoftext|>` between any two."""
    small = {END_OF_TEXT: 0, "cat": 7, "the": 14, UNKNOWN: 21}  # other ids than the notebook's
    return check_function(
        answer,
        join_texts,
        [
            (SimpleTokenizerV2(small), ["the cat", "the"]),
            (SimpleTokenizerV2(small), ["the", "dog", "cat cat"]),
            (SimpleTokenizerV2(small), ["the cat"]),
            (story_tokenizer(), load_text().split("\n\n")),
        ],
        praise="The end of a text is an id of its own, and no word of a text comes near it.",
        slips={
            "The end of text sticks to the words beside it, and they become <unk>. Put its id "
            "between the ids, not its characters between "
            "the characters.": lambda tokenizer, texts: tokenizer.encode(END_OF_TEXT.join(texts)),
            "Put all the ids into one list, with + or extend.": lambda tokenizer, texts: [
                tokenizer.encode(text) for text in texts
            ],
            "append puts a list into the list, as one item: extend adds its "
            "items.": lambda tokenizer, texts: [
                part
                for text in texts
                for part in (tokenizer.vocab[END_OF_TEXT], tokenizer.encode(text))
            ][1:],
        },
    )


@remember
def check_coverage(answer: Any) -> Feedback:
    """Right: a function that gives the share of a text's tokens that another text has."""
    tokens = tokenize(load_text())
    return check_function(
        answer,
        cover,
        [
            (["a", "b"], ["a", "a", "c", "b"]),
            (["a"], ["b"]),
            (["a", "a"], ["a"]),
            (tokens[:579], tokens[579:]),
        ],
        praise="The first half of the story covers 68 percent of the second.",
        slips={
            "Each token of the new text counts, as often as it "
            "occurs.": lambda known_text, new_text: (
                len({*known_text} & {*new_text}) / len({*new_text})
            ),
            "That is the share of unknown tokens.": lambda known_text, new_text: (
                1 - cover(known_text, new_text)
            ),
            "Divide by the length of the new text.": lambda known_text, new_text: sum(
                token in known_text for token in new_text
            ),
        },
    )


def cover(known_text: list[str], new_text: list[str]) -> float:
    """Give the share of the new text's tokens that occur in the known one."""
    known = {*known_text}
    return sum(token in known for token in new_text) / len(new_text)


def story_tokenizer() -> SimpleTokenizerV2:
    """Make the tokenizer of the story's tokens, of unknown ones and of the end of a text."""
    vocab = build_vocab(load_text())
    return SimpleTokenizerV2({token: i for i, token in enumerate([*vocab, UNKNOWN, END_OF_TEXT])})


def join_tidily(tokens: list[str]) -> str:
    """Join tokens with spaces, and take the space before four of the marks away."""
    return re.sub(r" ([,.!?])", r"\1", " ".join(tokens))


def join_texts(tokenizer: SimpleTokenizerV2, texts: list[str]) -> list[int]:
    """Encode each text, with the id of the end of a text between any two."""
    token_ids = []
    for text in texts:
        token_ids += [*tokenizer.encode(text), tokenizer.vocab[END_OF_TEXT]]
    return token_ids[:-1]
