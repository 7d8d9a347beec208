import itertools
import re
import sys

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
WHITE_SPACE = [chr(i) for i in range(sys.maxunicode + 1) if chr(i).isspace()]


def split_and_clean(text):
    """Cut at the separators, keep them, strip: the article's way, which notebook 01 builds."""
    pieces = re.split(r"""([,.:;?_!"()']|--|\s)""", text)
    return [piece.strip() for piece in pieces if piece.strip()]


def test_tokenize_by_hand():
    assert tokenize("Peter sneezed--'Kertyschoo!'") == [
        *("Peter", "sneezed", "--", "'", "Kertyschoo", "!", "'")
    ]
    assert tokenize("don't") == ["don", "'", "t"]
    assert tokenize("fir-tree [Illustration]") == ["fir-tree", "[Illustration]"]
    assert tokenize("lippity--lippity--not") == ["lippity", "--", "lippity", "--", "not"]
    assert tokenize("") == tokenize(" \n\t") == []


def test_tokenize_equals_split_and_clean_on_the_story():
    assert tokenize(load_text()) == split_and_clean(load_text())


def test_tokenize_equals_split_and_clean_on_every_short_text_of_dashes():
    for length in range(8):
        for letters in itertools.product("a-, ", repeat=length):
            text = "".join(letters)
            assert tokenize(text) == split_and_clean(text), repr(text)


def test_tokenize_equals_split_and_clean_at_every_white_space():
    assert len(WHITE_SPACE) == 29
    for space in WHITE_SPACE:
        text = f"{space}a{space}-{space}{space}b,{space}"
        assert tokenize(text) == split_and_clean(text) == ["a", "-", "b", ","]


@given(st.text(st.one_of(st.characters(), st.sampled_from("ab-,.:;?_!\"()' \n\x1c\x85\u3000"))))
def test_tokenize_equals_split_and_clean_on_any_text(text):
    assert tokenize(text) == split_and_clean(text)


def test_build_vocab_numbers_the_sorted_tokens():
    assert build_vocab("the cat, the mouse") == VOCAB
    assert len(STORY_VOCAB) == 405


@given(st.text())
def test_build_vocab_numbers_from_zero_without_gaps(text):
    assert list(build_vocab(text).values()) == list(range(len(set(tokenize(text)))))


def test_encode_and_decode_by_hand():
    assert encode(VOCAB, "the cat, the") == [3, 1, 0, 3]
    assert decode(VOCAB, [3, 1, 0, 3]) == "the cat , the"


def test_decode_takes_the_elements_of_a_tensor():
    assert decode(VOCAB, torch.tensor([3, 1])) == "the cat"


def test_v1_encodes_and_decodes_like_the_functions():
    tokenizer = SimpleTokenizerV1(VOCAB)
    assert tokenizer.encode("the cat, the") == encode(VOCAB, "the cat, the")
    assert tokenizer.decode([3, 1]) == "the cat"
    assert tokenizer.vocab is VOCAB
    assert tokenizer.vocab_inverse == {0: ",", 1: "cat", 2: "mouse", 3: "the"}


@given(st.lists(st.sampled_from(sorted(STORY_VOCAB))))
def test_text_made_of_vocabulary_tokens_comes_back(tokens):
    text = " ".join(tokens)
    tokenizer = SimpleTokenizerV1(STORY_VOCAB)
    assert tokenizer.decode(tokenizer.encode(text)) == text


@pytest.mark.parametrize(
    "call", [lambda text: encode(VOCAB, text), SimpleTokenizerV1(VOCAB).encode]
)
def test_an_unknown_token_is_named_with_its_position(call):
    with pytest.raises(
        KeyError, match=r"token 'dog' at position 2 .* of 4 tokens.*SimpleTokenizerV2"
    ):
        call("the cat dog mouse bird")


@pytest.mark.parametrize("call", [lambda ids: decode(VOCAB, ids), SimpleTokenizerV1(VOCAB).decode])
@pytest.mark.parametrize("wrong", [4, -1, 99])
def test_an_unknown_id_is_named_with_its_position(call, wrong):
    with pytest.raises(KeyError, match=f"id {wrong} at position 1 .*4 ids, from 0 to 3"):
        call([3, wrong, 1])


def test_an_empty_vocabulary_is_said_to_be_empty():
    with pytest.raises(KeyError, match="it holds 0 ids, none"):
        decode({}, [0])


def test_v2_turns_unknown_tokens_into_unk():
    tokenizer = SimpleTokenizerV2({**VOCAB, "<unk>": 4})
    assert tokenizer.encode("the dog, the") == [3, 4, 0, 3]
    assert tokenizer.decode([3, 4]) == "the <unk>"


@given(st.text())
def test_v2_never_raises(text):
    tokenizer = SimpleTokenizerV2({**STORY_VOCAB, "<unk>": len(STORY_VOCAB)})
    token_ids = tokenizer.encode(text)
    assert len(token_ids) == len(tokenize(text))
    assert len(tokenizer.decode(token_ids).split(" ")) == max(len(token_ids), 1)


def test_v2_refuses_a_vocabulary_without_unk():
    with pytest.raises(
        ValueError, match=r"4 tokens has no '<unk>'.*vocab\['<unk>'\] = len\(vocab\)"
    ):
        SimpleTokenizerV2(VOCAB)
