import re
import sys

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from helpers.data import load_text
from helpers.tokenizer import (
    SimpleTokenizerV1,
    SimpleTokenizerV2,
    build_vocab,
    decode,
    encode,
    tokenize,
)

VOCAB = {",": 0, "cat": 1, "mouse": 2, "the": 3}
STORY_VOCAB = build_vocab(load_text())


def test_tokenize_by_hand():
    assert tokenize("Peter sneezed--'Kertyschoo!'") == [
        *("Peter", "sneezed", "--", "'", "Kertyschoo", "!", "'")
    ]
    assert tokenize("a,b.c:d;e?f_g!h\"i(j)k'l")[1::2] == [*""",.:;?_!"()'"""]
    assert tokenize("fir-tree [Illustration]") == ["fir-tree", "[Illustration]"]
    assert tokenize("a---b ----") == ["a", "--", "-b", "--", "--"]
    assert tokenize("") == tokenize(" \n\t") == []
    assert len(tokenize(load_text())) == 1159


def test_tokenize_drops_every_white_space_and_nothing_else():
    every = "".join(map(chr, range(sys.maxunicode + 1)))
    assert "".join(tokenize(every)) == re.sub(r"\s", "", every)


def test_build_vocab_numbers_the_sorted_tokens():
    assert build_vocab("the cat, the mouse") == VOCAB
    assert list(STORY_VOCAB.values()) == list(range(405))


@pytest.mark.parametrize(
    "call", [lambda text: encode(VOCAB, text), SimpleTokenizerV1(VOCAB).encode]
)
def test_encode_looks_tokens_up_and_names_an_unknown_one_with_its_position(call):
    assert call("the cat, the") == [3, 1, 0, 3]
    with pytest.raises(
        KeyError, match=r"token 'dog' at position 2 .* of 4 tokens.*SimpleTokenizerV2"
    ):
        call("the cat dog mouse bird")


decodes = pytest.mark.parametrize(
    "call", [lambda ids: decode(VOCAB, ids), SimpleTokenizerV1(VOCAB).decode]
)


@decodes
def test_decode_takes_all_whole_numbers(call):
    for ids in ([3, 1, 0, 3], (3, 1, 0, 3), iter([3, 1, 0, 3]), np.array([3, 1, 0, 3], "uint16")):
        assert call(ids) == "the cat , the"
    assert call(torch.tensor([3, 1])) == call(list(torch.tensor([3, 1]))) == "the cat"
    assert call([]) == ""


@decodes
@pytest.mark.parametrize("wrong", [33.7, "3", None, [1], np.float32(1)])
def test_an_id_that_is_not_a_whole_number_is_named_with_its_position(call, wrong):
    message = re.escape(f"must be a whole number, but {wrong!r} came at position 1")
    with pytest.raises(TypeError, match=message):
        call([3, wrong])


@decodes
def test_ids_that_are_not_a_row_of_whole_numbers_are_refused(call):
    for wrong in ("33", torch.tensor([[3], [1]]), torch.tensor([1.0])):
        with pytest.raises(TypeError, match=r"must be a whole number, but .* at position 0"):
            call(wrong)
    for wrong in (3, None, torch.tensor(3), b"a", bytearray(b"a"), memoryview(b"a")):
        with pytest.raises(TypeError, match=r"expected a row of ids, .* but .* came"):
            call(wrong)


@decodes
@pytest.mark.parametrize("wrong", [4, -1])
def test_an_unknown_id_is_named_with_its_position(call, wrong):
    with pytest.raises(KeyError, match=f"id {wrong} at position 1 .*4 ids, from 0 to 3"):
        call([3, wrong, 1])


def test_an_empty_vocabulary_is_said_to_be_empty():
    with pytest.raises(KeyError, match="it holds 0 ids, none"):
        decode({}, [0])


@given(st.lists(st.sampled_from(sorted(STORY_VOCAB))))
def test_text_made_of_vocabulary_tokens_comes_back(tokens):
    text = " ".join(tokens)
    tokenizer = SimpleTokenizerV1(STORY_VOCAB)
    assert tokenizer.decode(tokenizer.encode(text)) == text


def test_v2_turns_unknown_tokens_into_unk():
    tokenizer = SimpleTokenizerV2({**VOCAB, "<unk>": 4})
    assert tokenizer.encode("the dog, the") == [3, 4, 0, 3]
    assert tokenizer.decode([3, 4]) == "the <unk>"


def test_v2_refuses_a_vocabulary_without_unk():
    with pytest.raises(
        ValueError, match=r"4 tokens has no '<unk>'.*vocab\['<unk>'\] = len\(vocab\)"
    ):
        SimpleTokenizerV2(VOCAB)
