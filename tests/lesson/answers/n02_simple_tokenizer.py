"""Answers to the questions and exercises of notebook 02."""

import re

import numpy as np

from helpers.tokenizer import tokenize
from lesson.exercises.n02_simple_tokenizer import (
    check_coverage,
    check_end_of_text,
    check_joined,
    check_round_trip,
    check_small_id,
    check_small_text,
    check_tidy_text,
    check_unknown_id,
    check_unknown_ids,
)

END = "<|endoftext|>"
RIGHT_TRIP = "Peter ' s <unk> <unk> ."


def append_texts(tokenizer, texts):
    token_ids = []
    for text in texts:
        token_ids.append(tokenizer.encode(text))
        token_ids.append(tokenizer.vocab[END])
    return token_ids[:-1]


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


def encode_with(unknown):
    return lambda vocab, text: [vocab.get(token, unknown) for token in tokenize(text)]


def coverage(known_text, new_text):
    return len([token for token in new_text if token in known_text]) / len(new_text)


RIGHT = [
    (check_coverage, coverage),
    (check_small_id, 2),
    (check_small_text, "the cat"),
    (check_unknown_ids, [3, 1, 2, 4, 4]),
    (check_joined, 18),
    (
        check_unknown_id,
        lambda vocab, text: [vocab.get(token, vocab["<unk>"]) for token in tokenize(text)],
    ),
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
    (check_coverage, lambda known, new: len({*known} & {*new}) / len({*new}), "as often as"),
    (check_coverage, lambda known, new: 1 - coverage(known, new), "share of unknown"),
    (check_coverage, lambda known, new: coverage(known, new) * len(new), "Divide by"),
    (check_coverage, lambda known, new: 0.75, "expected: 0.0"),
    (check_small_id, 3, "counts from 1"),
    (check_small_id, 4, "one row"),
    (check_small_id, 0, "Keep one of each"),
    (check_small_text, "cat the", "In this order"),
    (check_small_text, "thecat", "a space between"),
    (check_small_text, ["the", "cat"], "is a list"),
    (check_small_text, "saw cat", "The rows are"),
    (check_unknown_ids, [3, 1, 2], "gets an id too"),
    (check_unknown_ids, [3, 1, 2, 4], "each of them"),
    (check_unknown_ids, [3, 1, 2, 4, 5], "one row for all"),
    (check_unknown_ids, [4, 2, 3, 5, 5], "numbered from 0"),
    (check_joined, 16, "Each border"),
    (check_joined, 19, "two borders"),
    (check_joined, 17, "two borders"),
    (check_joined, 3, "Add up"),
    (check_unknown_id, encode_with(0), "expected: [3, 1, 2, 4, 4]\n    came:     [3, 1, 2, 0, 0]"),
    (check_unknown_id, encode_with(405), "by name"),
    (check_unknown_id, encode_with(-1), "-1 is not"),
    (check_unknown_id, lambda vocab, text: encode_with(len(vocab))(vocab, text), "A new number"),
    (check_unknown_id, encode_with(4), "for:      vocab = {'<unk>': 0, 'cat': 1}"),
    (check_unknown_id, encode_with(None), "[3, 1, 2, None, None]"),
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
    (check_end_of_text, append_texts, "append puts a list"),
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
