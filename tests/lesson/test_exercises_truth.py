"""What the exercises take for right is what the helpers give."""

import re

import pytest
import torch

from helpers.bpe import BytePairTokenizer
from helpers.embedding import InputEmbedding
from helpers.tokenizer import tokenize
from lesson.exercises import (
    check_glyph_text,
    check_input_embedding,
    check_input_shape,
    check_layer_parameters,
    check_learning_rows,
    check_stride_once,
    check_useless_numbers,
    check_window_count,
)
from lesson.exercises.embeddings import BATCHES, FULL_LENGTH, POSITION_TABLE, ROWS, TOKEN_TABLE
from lesson.exercises.subwords import ENCODED, GLYPH_TEXT, RANKS
from lesson.exercises.vocabulary import TIDY_TEXTS
from lesson.exercises.words import SPACED_PIECES, WHOLE_WORDS


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


@pytest.mark.parametrize("text", TIDY_TEXTS)
def test_tidy_texts_have_the_tokens_that_they_are_joined_from(text):
    assert tokenize(text) == TIDY_TEXTS[text]


def test_the_praise_for_the_glyphs_shows_them():
    assert "ĠMrs.ĊMcGregor" in check_glyph_text(GLYPH_TEXT).message


@pytest.mark.parametrize("word", ENCODED)
def test_the_encoder_is_to_give_what_the_tokenizer_gives(word):
    merges = [(left.encode(), right.encode()) for left, right in sorted(RANKS, key=RANKS.get)]
    # One word to the tokenizer, spaces inside it and all.
    tokenizer = BytePairTokenizer(merges=merges, pattern=r"(?s).+")
    _, pieces = tokenizer.trace(word)[-1]
    assert [piece.decode() for piece in pieces] == ENCODED[word]


def test_the_praised_count_is_what_counting_gives():
    fits = [start for start in range(0, 96, 8) if start + 8 + 1 <= 96]
    assert check_window_count(len(fits)).verdict == "right"


def test_only_one_stride_shows_every_id_as_a_target_once():
    right = [stride for stride in range(1, 2100) if check_stride_once(stride).verdict == "right"]
    assert right == [1024]
    for stride in (1023, 1024, 1025):
        starts = range(0, 10_000 - 1024, stride)
        targets = [p for start in starts for p in range(start + 1, start + 1025)]
        once = targets == list(range(1, len(targets) + 1))
        assert once == (stride in right)


def test_the_gradient_itself_agrees_with_the_right_answer():
    layer = torch.nn.Embedding(10, 4)
    layer(torch.tensor([7, 1, 7, 4])).sum().backward()
    rows = layer.weight.grad.any(dim=1).nonzero().flatten().tolist()
    assert check_learning_rows(rows).verdict == "right"


def test_the_numbers_that_nobody_looks_up_are_counted_from_the_tables():
    article, gpt2 = (torch.empty(rows, 768, device="meta").numel() for rows in (50527, 50257))
    assert check_useless_numbers(article - gpt2).verdict == "right"


def test_the_answers_are_those_of_the_layer():
    with torch.device("meta"):
        small = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=768)
        medium = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=1024)
        shape = small(torch.zeros(8, 50, dtype=torch.int64)).shape
    assert check_input_shape(shape).verdict == "right"
    count = sum(table.numel() for table in medium.parameters())
    assert check_layer_parameters(count).verdict == "right"


def test_the_layer_itself_passes_as_a_function():
    def embed(tokens, positions, token_ids):
        layer = InputEmbedding(*TOKEN_TABLE.shape[:1], *POSITION_TABLE.shape)
        layer.load_state_dict({"wte.weight": tokens, "wpe.weight": positions})
        return layer(token_ids)

    assert check_input_embedding(embed).verdict == "right"


def test_full_length_rows_are_as_long_as_the_position_table():
    assert {ids.shape[-1] for ids in FULL_LENGTH} == {len(POSITION_TABLE)}
    assert min(ids.shape[-1] for ids in [*ROWS, *BATCHES]) == 1
