"""What the exercises take for right is what the helpers, or counting, give."""

import tiktoken
import torch

from helpers.bpe import BytePairTokenizer, bytes_to_glyphs
from helpers.data import load_text, use_bundled_vocabulary
from helpers.embedding import InputEmbedding
from helpers.tokenizer import tokenize
from lesson.exercises.n01_tokenize import SPACED_TEXTS, split_whole_words, split_with_spaces
from lesson.exercises.n03_byte_pair_encoding import GLYPH_TEXT, RANKS, merge_by_rank
from lesson.exercises.n04_data_sampling import (
    check_guesses,
    check_last_position,
    check_next_id,
    check_questions_in_window,
    check_window_count,
    cut_windows,
)
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


def test_the_windows_are_as_the_quick_questions_say():
    use_bundled_vocabulary()
    ids = tiktoken.get_encoding("gpt2").encode(load_text())
    place = next(i for i in range(len(ids)) if ids[i : i + 3] == [22502, 896, 11])
    assert check_next_id(ids[place + 3]).verdict == "right"
    _, last_target = cut_windows(list(range(99)), context_size=4, stride=3)[2]
    assert check_last_position(last_target[-1]).verdict == "right"
    [(_, target)] = cut_windows(list(range(9)), context_size=8, stride=1)
    assert check_questions_in_window(len(target)).verdict == "right"
    batch = [target for _, target in cut_windows(list(range(999)), 16, 16)[:8]]
    assert check_guesses(sum(map(len, batch))).verdict == "right"


def test_the_gradient_itself_agrees_with_the_right_answer():
    layer = torch.nn.Embedding(10, 4)
    layer(torch.tensor([7, 1, 7, 4])).sum().backward()
    rows = layer.weight.grad.any(dim=1).nonzero().flatten()
    assert check_learning_rows(rows).verdict == "right"


def test_the_shape_is_that_of_the_layer():
    layer = InputEmbedding(vocab_size=10, context_size=1024, embed_dim=768)
    shape = layer(torch.zeros(8, 50, dtype=torch.int64)).shape
    assert check_input_shape(shape).verdict == "right"


def test_the_layer_itself_passes_as_a_function():
    def embed(tokens, positions, token_ids, start=0):
        layer = InputEmbedding(*TOKEN_TABLE.shape[:1], *POSITION_TABLE.shape)
        layer.load_state_dict({"wte.weight": tokens, "wpe.weight": positions})
        return layer(token_ids, start)

    assert check_lost_positions(embed).verdict == "right"
    assert check_embed_from(embed).verdict == "right"
