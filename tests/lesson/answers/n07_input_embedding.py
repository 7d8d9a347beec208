"""Answers to the exercises of notebook 07."""

import numpy as np
import torch

from lesson.exercises.n07_input_embedding import (
    check_input_embedding,
    check_input_shape,
    check_layer_parameters,
)


def add_up(tokens, positions, token_ids):
    return tokens[token_ids] + positions[torch.arange(token_ids.shape[-1])]


def add_by_id(tokens, positions, token_ids):
    return tokens[token_ids] + positions[token_ids]


def concatenate(tokens, positions, token_ids):
    token_vectors = tokens[token_ids]
    placed = torch.zeros_like(token_vectors) + positions[: token_ids.shape[-1]]
    return torch.cat([token_vectors, placed], dim=-1)


def forget_the_length(tokens, positions, token_ids):
    return tokens[token_ids] + positions


def count_the_rows(tokens, positions, token_ids):
    return tokens[token_ids] + positions[: len(token_ids)]


def take_the_second_axis(tokens, positions, token_ids):
    return tokens[token_ids] + positions[: token_ids.shape[1]]


def forget_the_first_position(tokens, positions, token_ids):
    return tokens[token_ids] + positions[1 : token_ids.shape[-1] + 1]


def add_in_place(tokens, positions, token_ids):
    tokens += 1
    return add_up(tokens - 1, positions, token_ids)


RIGHT = [
    (check_input_shape, (8, 50, 768)),
    (check_input_shape, [8, 50, 768]),
    (check_input_shape, np.array([8, 50, 768])),
    (check_input_shape, torch.zeros(8, 50, 768, device="meta").shape),
    (check_layer_parameters, 52_511_744),
    (check_layer_parameters, np.int64(52_511_744)),
    (check_input_embedding, add_up),
    (check_input_embedding, add_in_place),
    (check_input_embedding, lambda *tables_and_ids: add_up(*tables_and_ids).tolist()),
]

WRONG = [
    (check_input_shape, (8, 1024, 768), "How long are these rows?"),
    (check_input_shape, (8, 50, 1536), "not put side by side"),
    (check_input_shape, (8, 50), "the shape of the ids"),
    (check_input_shape, (50, 768), "How many rows are there?"),
    (check_input_shape, (8, 50, 50257), "50257 is the number of rows"),
    (check_input_shape, (50, 8, 768), "another order"),
    (check_input_shape, [8, 768, 50], "another order"),
    (check_input_shape, 8 * 50 * 768, "asks for a tuple of whole numbers"),
    (check_input_shape, "(8, 50, 768)", "is a string, '(8, 50, 768)', but"),
    (check_input_shape, (8, 50, 768, 1), "The shape has three numbers"),
    (check_layer_parameters, 50257 * 1024, "the token table alone"),
    (check_layer_parameters, 1024 * 1024, "the position table alone"),
    (check_layer_parameters, (50257 + 1024) * 768, "768 is GPT-2 small's"),
    (check_layer_parameters, (50257 + 1024) * 2048, "Twice too many"),
    (check_layer_parameters, 50257 * 1024 * 1024, "a token and a position"),
    (check_layer_parameters, 50257 + 1024, "Multiply the rows"),
    (check_layer_parameters, (50257 * 1024, 1024 * 1024), "asks for a whole number"),
    (check_input_embedding, add_by_id, "asked for the ids"),
    (check_input_embedding, concatenate, "came:     [[900.0, 1000.0, 1100.0, 0.0, 1.0, 2.0], "),
    (
        check_input_embedding,
        lambda tokens, positions, ids: tokens[ids],
        "expected: [[900.0, 1001.0, ",
    ),
    (check_input_embedding, forget_the_length, "may be shorter than the position table"),
    (check_input_embedding, count_the_rows, "len(token_ids) of a batch"),
    (check_input_embedding, take_the_second_axis, "of a single row has one number"),
    (check_input_embedding, forget_the_first_position, "Another result"),
    (check_input_embedding, lambda tokens, positions, ids: None, "should end with return"),
    (check_input_embedding, lambda tokens, positions, ids: tokens(ids), "is not callable"),
    (check_input_embedding, torch.zeros(3, 4), "the function itself"),
    (check_input_embedding, lambda token_ids: token_ids, "1 positional argument but 3"),
]
