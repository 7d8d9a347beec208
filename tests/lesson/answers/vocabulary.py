"""Answers to the exercises of notebook 02."""

import re

from lesson.exercises import check_end_of_text, check_round_trip, check_tidy_text

END = "<|endoftext|>"
RIGHT_TRIP = "Peter ' s <unk> <unk> ."


def tidy(tokens):
    return re.sub(r" ([,.!?])", r"\1", " ".join(tokens))


def with_end_between(tokenizer, texts):
    token_ids = []
    for i, text in enumerate(texts):
        token_ids += [tokenizer.vocab[END]] * (i > 0) + tokenizer.encode(text)
    return token_ids


RIGHT = [
    (check_round_trip, RIGHT_TRIP),
    (check_tidy_text, tidy),
    (check_end_of_text, with_end_between),
    (
        check_end_of_text,
        lambda tokenizer, texts: tokenizer.encode(f" {END} ".join(texts)),
    ),
]


WRONG = [
    (check_round_trip, [35, 1, 287], "Put the text that decode gives"),
    (check_round_trip, "Peter's sister slept.", "no sister in it"),
    (check_round_trip, "Peter ' s sister slept .", "in the place of an unknown word"),
    (check_round_trip, "Peter ' <unk> <unk> <unk> .", "only two tokens are unknown"),
    (check_round_trip, "Peter's <unk> <unk>.", "a space between any two tokens"),
    (check_round_trip, "Peter 's <unk> <unk> .", "a space between any two tokens"),
    (check_round_trip, "<unk>", "Three steps"),
    (check_tidy_text, "Rabbits, and", "without calling it"),
    (check_tidy_text, lambda tokens: tokens, "end it with return"),
    (check_tidy_text, lambda tokens: print(end=""), "end it with return"),
    (check_tidy_text, " ".join, "still a space before the comma"),
    (check_tidy_text, "".join, "no space is left at all"),
    (check_tidy_text, lambda tokens: tidy(tokens).replace(", ", ","), "which should stay"),
    (check_tidy_text, lambda tokens: " ".join(tokens).replace(" ,", ","), "four marks"),
    (check_tidy_text, lambda tokens: re.sub(r" ([,.])", r"\1", " ".join(tokens)), "four marks"),
    (check_tidy_text, lambda tokens: tidy(tokens).replace(" --", "--"), "keep theirs"),
    (check_tidy_text, lambda tokens: tidy(tokens).replace("' ", "'"), "keep theirs"),
    (check_tidy_text, lambda tokens: tidy(tokens) + " ", "should give 'Rabbits, and'"),
    (check_end_of_text, [33, 406, 33], "without calling it"),
    (check_end_of_text, lambda tokenizer, texts: print(end=""), "end it with return"),
    (
        check_end_of_text,
        lambda tokenizer, texts: [tokenizer.encode(text) for text in texts],
        "A list of lists",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: tokenizer.encode(" ".join(texts)),
        "run into each other",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [*with_end_between(tokenizer, texts), tokenizer.vocab[END]],
        "after the last text too",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [tokenizer.vocab[END], *with_end_between(tokenizer, texts)],
        "before the first text too",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: [i or 406 for i in with_end_between(tokenizer, texts)],
        "Look it up in tokenizer.vocab",
    ),
    (
        check_end_of_text,
        lambda tokenizer, texts: tokenizer.encode(END.join(texts)),
        "A known word has become <unk>",
    ),
    (check_end_of_text, lambda texts: texts, "0 for the end of text"),
]
