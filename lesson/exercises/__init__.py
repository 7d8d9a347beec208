"""Feedback on the exercises: `check_...` takes an answer and says what to make of it."""

from lesson.exercises.embeddings import (
    check_input_embedding,
    check_input_shape,
    check_layer_parameters,
)
from lesson.exercises.positions import check_table_rows, check_third_token, check_wave
from lesson.exercises.subwords import check_encode_word, check_glyph_text, check_next_pair
from lesson.exercises.vectors import check_learning_rows, check_one_hot, check_useless_numbers
from lesson.exercises.vocabulary import check_end_of_text, check_round_trip, check_tidy_text
from lesson.exercises.windows import check_stride_once, check_window_count, check_window_pairs
from lesson.exercises.words import check_spaced_pieces, check_tricky_phrase, check_whole_words

__all__ = [
    "check_encode_word",
    "check_end_of_text",
    "check_glyph_text",
    "check_input_embedding",
    "check_input_shape",
    "check_layer_parameters",
    "check_learning_rows",
    "check_next_pair",
    "check_one_hot",
    "check_round_trip",
    "check_spaced_pieces",
    "check_stride_once",
    "check_table_rows",
    "check_third_token",
    "check_tidy_text",
    "check_tricky_phrase",
    "check_useless_numbers",
    "check_wave",
    "check_whole_words",
    "check_window_count",
    "check_window_pairs",
]
