"""Answers to the exercises of notebook 02."""

import re

import numpy as np

from lesson.exercises.n02_simple_tokenizer import (
    check_end_of_text,
    check_round_trip,
    check_tidy_text,
)

END = "<|endoftext|>"
RIGHT_TRIP = "Peter ' s <unk> <unk> ."


def tidy(tokens):
    return re.sub(r" ([,.!?])", r"\1", " ".join(tokens))


def with_end_between(tokenizer, texts):
    token_ids = []
    for i, text in enumerate(texts):
        token_ids += [tokenizer.vocab[END]] * (i > 0) + tokenizer.encode(text)
    return token_ids


def token_by_token(tokens):
    text = ""
    for token in tokens:
        text += token if token in ",.!?" else " " + token
    return text.strip()


RIGHT = [
    (check_round_trip, RIGHT_TRIP),
    (check_round_trip, np.str_(RIGHT_TRIP)),
    (check_tidy_text, tidy),
    (check_tidy_text, token_by_token),
    (check_end_of_text, with_end_between),
    (check_end_of_text, lambda tokenizer, texts: np.array(with_end_between(tokenizer, texts))),
    (check_end_of_text, lambda tokenizer, texts: tuple(with_end_between(tokenizer, texts))),
    (check_end_of_text, lambda tokenizer, texts: tokenizer.encode(f" {END} ".join(texts))),
]

WRONG = [
    (
        check_round_trip,
        [35, 1, 287],
        "is a list, [35, 1, 287], but the exercise asks for the text",
    ),
    (check_round_trip, RIGHT_TRIP.encode(), "Leave out the b"),
    (check_round_trip, RIGHT_TRIP + " ", "but for white space at the beginning or the end"),
    (check_round_trip, "Peter's sister slept.", 'no "sister" in it'),
    (check_round_trip, "Peter ' s sister slept .", "in the place of an unknown word"),
    (check_round_trip, "Peter ' <unk> <unk> <unk> .", "only two tokens are unknown"),
    (check_round_trip, "Peter's <unk> <unk>.", "one space between any two tokens"),
    (check_round_trip, "Peter 's <unk> <unk> .", "one space between any two tokens"),
    (check_round_trip, "<unk>", "Three steps"),
    (check_tidy_text, "Rabbits, and", "the function itself"),
    (check_tidy_text, list, "should give back a string, and gives a list"),
    (check_tidy_text, lambda tokens: tidy(tokens).encode(), "a string, and gives bytes"),
    (check_tidy_text, lambda tokens: print(end=""), "should end with return"),
    (check_tidy_text, " ".join, "came:     'Stop thief !'"),
    (check_tidy_text, "".join, "came:     'Stopthief!'"),
    (check_tidy_text, lambda tokens: tidy(tokens).replace(", ", ","), "came:     'Rabbits,and'"),
    (
        check_tidy_text,
        lambda tokens: re.sub(r" ([,!])", r"\1", " ".join(tokens)),
        "expected: 'No! Why? No.'",
    ),
    (
        check_tidy_text,
        lambda tokens: tidy(tokens).replace(" --", "--"),
        'expected: "were -- Flopsy',
    ),
    (check_tidy_text, lambda tokens: tidy(tokens).replace("' ", "'"), 'expected: "were -- Flopsy'),
    (check_tidy_text, lambda tokens: tidy(tokens).replace(" ;", ";"), 'expected: "were -- Flopsy'),
    (check_tidy_text, lambda tokens: tidy(tokens) + " ", "came:     'Stop thief! '"),
    (
        check_tidy_text,
        lambda tokens: tidy(tokens[:500]),
        "for:      tokens = ['Once', 'upon', 'a', 'time', ",
    ),
    (check_end_of_text, [33, 406, 33], "the function itself"),
    (check_end_of_text, lambda tokenizer, texts: print(end=""), "should end with return"),
    (check_end_of_text, lambda texts: texts, "takes 1 positional argument but 2 were given"),
    (
        check_end_of_text,
        lambda tokenizer, texts: [tokenizer.encode(text) for text in texts],
        "into one list",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: tokenizer.encode(" ".join(texts)),
        "expected: [14, 7, 0, 14]\n    came:     [14, 7, 14]",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [*with_end_between(tokenizer, texts), tokenizer.vocab[END]],
        "came:     [14, 7, 0, 14, 0]",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [tokenizer.vocab[END], *with_end_between(tokenizer, texts)],
        "came:     [0, 14, 7, 0, 14]",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [i or 406 for i in with_end_between(tokenizer, texts)],
        "tokenizer = SimpleTokenizerV2({'<|endoftext|>': 0, 'cat': 7, 'the': 14, '<unk>': 21})",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: tokenizer.encode(END.join(texts)),
        "sticks to the words beside it",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: with_end_between(tokenizer, texts[:2]),
        "texts = ['the', 'dog', 'cat cat']",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: with_end_between(tokenizer, texts)[:1000],
        "from item 999 on: ",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [tokenizer.eos],
        "AttributeError: 'SimpleTokenizerV2' object has no attribute 'eos'.",
    ),
]
