"""What the exercises take for right is what the helpers, or counting, give."""

import torch

from helpers.bpe import BytePairTokenizer, bytes_to_glyphs
from helpers.data import load_text
from helpers.embedding import InputEmbedding
from helpers.tokenizer import tokenize
from lesson.exercises.n01_tokenize import SPACED_TEXTS, split_whole_words, split_with_spaces
from lesson.exercises.n03_byte_pair_encoding import GLYPH_TEXT, RANKS, merge_by_rank
from lesson.exercises.n04_data_sampling import check_stride_once, check_window_count
from lesson.exercises.n05_token_embedding import check_learning_rows
from lesson.exercises.n07_input_embedding import (
    POSITION_TABLE,
    TOKEN_TABLE,
    check_embed_from,
    check_input_shape,
    check_lost_positions,
)


def test_whole_words_differ_from_the_tokens_at_apostrophes_within_words_only():
    words = split_whole_words(load_text())
    whole = {word for word in words if "'" in word and word != "'"}
    assert whole == {"don't", "McGregor's", "baker's"}
    again = [token for word in words for token in (tokenize(word) if word in whole else [word])]
    assert again == tokenize(load_text())


def test_spaced_pieces_are_the_tokens_and_add_up_to_the_text():
    for text in SPACED_TEXTS:
        pieces = split_with_spaces(text)
        assert [piece.strip() for piece in pieces if piece.strip()] == tokenize(text)
        assert "".join(pieces) == text


def test_the_glyphs_of_the_exercise_stand_for_the_text():
    glyphs = GLYPH_TEXT.encode().decode("latin-1").translate(bytes_to_glyphs())
    assert glyphs == "ĠMrs.ĊMcGregor"


def test_the_encoder_is_to_give_what_the_tokenizer_gives():
    merges = [(left.encode(), right.encode()) for left, right in sorted(RANKS, key=RANKS.get)]
    # One word to the tokenizer, spaces inside it and all.
    tokenizer = BytePairTokenizer(merges=merges, pattern=r"(?s).+")
    for word in ("the", " there", "path", "aaaa", "he he", "dog"):
        _, pieces = tokenizer.trace(word)[-1]
        assert [piece.decode() for piece in pieces] == merge_by_rank(list(word), RANKS)


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
    rows = layer.weight.grad.any(dim=1).nonzero().flatten()
    assert check_learning_rows(rows).verdict == "right"


def test_the_shape_is_that_of_the_layer():
    with torch.device("meta"):
        small = InputEmbedding(vocab_size=50257, context_size=1024, embed_dim=768)
        shape = small(torch.zeros(8, 50, dtype=torch.int64)).shape
    assert check_input_shape(shape).verdict == "right"


def test_the_layer_itself_passes_as_a_function():
    def embed(tokens, positions, token_ids, start=0):
        layer = InputEmbedding(*TOKEN_TABLE.shape[:1], *POSITION_TABLE.shape)
        layer.load_state_dict({"wte.weight": tokens, "wpe.weight": positions})
        return layer(token_ids, start)

    assert check_lost_positions(embed).verdict == "right"
    assert check_embed_from(embed).verdict == "right"
