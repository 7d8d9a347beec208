import pytest
import torch

from helpers.embedding import InputEmbedding
from helpers.exercises import check_input_embedding, check_input_shape, check_layer_parameters
from helpers.exercises.embeddings import BATCHES, FULL_LENGTH, POSITION_TABLE, ROWS, TOKEN_TABLE
from helpers.exercises.feedback import HINT, NOT_ANSWERED, RIGHT

CHECKS = [check_input_shape, check_layer_parameters, check_input_embedding]


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


WRONG = [
    (check_input_shape, (8, 1024, 768), "How long are these rows?"),
    (check_input_shape, (8, 50, 1536), "not put side by side"),
    (check_input_shape, (8, 50), "the shape of the ids"),
    (check_input_shape, (50, 768), "How many rows are there?"),
    (check_input_shape, (8, 50, 50257), "scores at the model's end"),
    (check_input_shape, (50, 8, 768), "another order"),
    (check_input_shape, [8, 768, 50], "another order"),
    (check_input_shape, 8 * 50 * 768, "as a tuple of three whole numbers"),
    (check_layer_parameters, 50257 * 1024, "the token table alone"),
    (check_layer_parameters, 1024 * 1024, "the position table alone"),
    (check_layer_parameters, (50257 + 1024) * 768, "GPT-2 small"),
    (check_layer_parameters, (50257 + 1024) * 2048, "Twice too many"),
    (check_layer_parameters, 50257 * 1024 * 1024, "a token and a position"),
    (check_layer_parameters, 50257 + 1024, "Give a whole number"),
    (check_input_embedding, add_by_id, "asked for the ids"),
    (check_input_embedding, concatenate, "stand side by side"),
    (check_input_embedding, lambda tokens, positions, ids: tokens[ids], "still to be added"),
    (check_input_embedding, forget_the_length, "Shorter ones need only its first rows"),
    (check_input_embedding, count_the_rows, "not for a batch"),
    (check_input_embedding, take_the_second_axis, "not for a single row"),
    (check_input_embedding, forget_the_first_position, "Look up the ids in the one table"),
    (check_input_embedding, lambda tokens, positions, ids: None, "end it with return"),
    (check_input_embedding, torch.zeros(3, 4), "without brackets behind its name"),
    (check_input_embedding, lambda token_ids: token_ids, "Look up the ids in the one table"),
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
        (check_input_shape, (8, 50, 768)),
        (check_input_shape, [8, 50, 768]),
        (check_input_shape, torch.zeros(8, 50, 768, device="meta").shape),
        (check_layer_parameters, 52_511_744),
        (check_input_embedding, add_up),
        (check_input_embedding, add_in_place),
    ],
)
def test_a_right_answer_is_praised(check, answer):
    assert check(answer).verdict == RIGHT


@pytest.mark.parametrize("check", CHECKS)
@pytest.mark.parametrize("odd", ["eight", object(), True, [], len, torch.zeros(2), float("nan")])
def test_an_odd_answer_gets_a_hint_and_no_error(check, odd):
    assert check(odd).verdict == HINT


def test_the_answers_are_those_of_the_layer():
    with torch.device("meta"):
        small = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=768)
        medium = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=1024)
        shape = small(torch.zeros(8, 50, dtype=torch.int64)).shape
    assert check_input_shape(shape).verdict == RIGHT
    count = sum(table.numel() for table in medium.parameters())
    assert check_layer_parameters(count).verdict == RIGHT


def test_the_layer_itself_passes_as_a_function():
    def embed(tokens, positions, token_ids):
        layer = InputEmbedding(*TOKEN_TABLE.shape[:1], *POSITION_TABLE.shape)
        layer.load_state_dict({"wte.weight": tokens, "wpe.weight": positions})
        return layer(token_ids)

    assert check_input_embedding(embed).verdict == RIGHT


def test_full_length_rows_are_as_long_as_the_position_table():
    assert {ids.shape[-1] for ids in FULL_LENGTH} == {len(POSITION_TABLE)}
    assert min(ids.shape[-1] for ids in [*ROWS, *BATCHES]) == 1
