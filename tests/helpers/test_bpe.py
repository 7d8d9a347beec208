"""Byte pair encoding: worked by hand, against the plain method, and against tiktoken."""

import json
import pickle
import random
import re
import subprocess
import sys
import unicodedata
from contextlib import suppress
from functools import cache, partial
from itertools import pairwise, product

import numpy as np
import pytest
import regex
import tiktoken
import torch
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers.bpe import (
    END_OF_TEXT,
    GPT2_PATTERN,
    BytePairTokenizer,
    bytes_to_glyphs,
    encode_word,
    learn_merges,
    merge,
    split_words,
    tokenizer,
    train_bpe,
)
from helpers.data import (
    DATA_DIR,
    VOCABULARY_DIR,
    VOCABULARY_SHA256,
    load_text,
    use_bundled_vocabulary,
)

WHOLE_TEXT = r"[\s\S]+"  # a pattern that cuts nothing
# Beyond these planes there are only private characters and places never filled.
CODES = [*range(0xD800), *range(0xE000, 0x40000), *range(0xE0000, 0xE1000)]
EVERY_CHARACTER = [chr(code) for code in CODES]
WHITE_SPACE = [character for character in EVERY_CHARACTER if character.isspace()]


def cut_into_bytes(text, pattern=GPT2_PATTERN):
    return [[bytes([byte]) for byte in word.encode()] for word in split_words(text, pattern)]


def plain_merges(text, n_merges, pattern=GPT2_PATTERN):
    return learn_merges(cut_into_bytes(text, pattern), n_merges)


def plain_pieces(merges, text, pattern=GPT2_PATTERN):
    words = [encode_word(word, merges) for word in cut_into_bytes(text, pattern)]
    return [piece for word in words for piece in word]


def learn(text, n_merges, pattern=GPT2_PATTERN):
    tokenizer = train_bpe(text, 256 + n_merges, pattern=pattern, special_tokens=())
    return tokenizer.merges


@pytest.fixture(scope="module")
def story():
    return load_text()


@pytest.fixture(scope="module")
def gpt2():
    return BytePairTokenizer.gpt2()


@pytest.fixture(scope="module")
def peer():
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


# Training, by hand


def test_the_textbook_example():
    # aaabdaaabac: aa four times -> [aa]ab d [aa]ab ac; [aa]a and ab twice each, [aa]a comes
    # first -> [aaa]b d [aaa]b ac; [aaa]b twice -> [aaab] d [aaab] a c.
    tokenizer = train_bpe("aaabdaaabac", 259, pattern=WHOLE_TEXT, special_tokens=())
    assert tokenizer.merges == [(b"a", b"a"), (b"aa", b"a"), (b"aaa", b"b")]
    assert tokenizer.encode("aaabdaaabac") == [258, 100, 258, 97, 99]
    assert tokenizer.decode([258, 100, 258, 97, 99]) == "aaabdaaabac"


def test_of_equal_counts_the_first_in_the_text_wins():
    assert learn("zy xw zy xw", 1, WHOLE_TEXT) == [(b"z", b"y")]
    assert learn("xw zy xw zy", 1, WHOLE_TEXT) == [(b"x", b"w")]


def test_first_means_first_in_the_text_as_merged_so_far():
    # ab twice -> [ab]c[ab]ddc. Every pair now occurs once. Of the old pairs dd came before
    # dc, but [ab]c, new, comes before them all.
    assert learn("abcabddc", 2, WHOLE_TEXT) == [(b"a", b"b"), (b"ab", b"c")]
    # ab and bc three times, ab first -> [ab]c de de bc bc [ab] [ab]. Now bc and de stand
    # twice, and de comes first: the bc that came before it is gone.
    words = "abc de de bc bc ab ab"
    assert learn(words, 2, "[a-z]+") == [(b"a", b"b"), (b"d", b"e")]


def test_overlapping_pairs_are_all_counted():
    # aaa holds aa twice, so aa (2) beats bc (1), but bcbc holds bc twice and comes first.
    assert learn("bc aaa", 1, WHOLE_TEXT) == [(b"a", b"a")]
    assert learn("bcbc aaa", 1, WHOLE_TEXT) == [(b"b", b"c")]


def test_no_merge_crosses_a_cut():
    assert learn("ab ab", 9) == [(b"a", b"b"), (b" ", b"ab")]
    assert (b"ab", b" ") not in learn("ab ab ab ab", 9)


def test_training_ends_early_when_no_pair_is_left():
    tokenizer = train_bpe("ab ab", 1_000)
    assert tokenizer.merges == [(b"a", b"b"), (b" ", b"ab")]
    assert tokenizer.n_vocab == 256 + 2 + 1
    assert tokenizer.eot_token == 258
    assert train_bpe("ab ab", 10**12).merges == tokenizer.merges  # no memory for what never comes


def test_an_empty_text_gives_no_merges():
    assert train_bpe("", 300).merges == []
    assert train_bpe("", 300).n_vocab == 257


def test_the_size_asked_for_counts_bytes_merges_and_special_tokens(story):
    tokenizer = train_bpe(story, 300, special_tokens=["<a>", "<b>"])
    assert tokenizer.n_vocab == 300
    assert len(tokenizer.merges) == 42
    assert tokenizer.special_tokens == {"<a>": 298, "<b>": 299}
    assert train_bpe(story, 257).merges == []


# Training, against the plain method


def test_training_equals_the_plain_method_on_the_story(story):
    assert learn(story, 120) == plain_merges(story, 120)


def test_training_equals_the_plain_method_until_no_pair_is_left(story):
    assert learn(story[:500], 10**6) == plain_merges(story[:500], 10**6)
    assert learn(story[:200], 10**6, WHOLE_TEXT) == plain_merges(story[:200], 10**6, WHOLE_TEXT)


@settings(max_examples=200)
@given(st.text(alphabet="ab", max_size=60), st.sampled_from([GPT2_PATTERN, WHOLE_TEXT]))
@example("bababb", WHOLE_TEXT)
@example("aaaaaabaaa", WHOLE_TEXT)
def test_training_equals_the_plain_method_on_two_letters(text, pattern):
    assert learn(text, 99, pattern) == plain_merges(text, 99, pattern)


@settings(max_examples=200)
@given(st.text(alphabet="abc '\n1é", max_size=80), st.sampled_from([GPT2_PATTERN, WHOLE_TEXT]))
def test_training_equals_the_plain_method_on_small_alphabets(text, pattern):
    assert learn(text, 99, pattern) == plain_merges(text, 99, pattern)


@settings(max_examples=100)
@given(st.text(max_size=20))
def test_training_equals_the_plain_method_on_any_text(text):
    assert learn(text * 2, 99) == plain_merges(text * 2, 99)


SMALL_TEXTS = st.text("ab \n!\x1c", max_size=50)  # 1C is white space for `re` alone


@settings(max_examples=200)
@given(SMALL_TEXTS, SMALL_TEXTS, st.integers(0, 20), st.sampled_from([GPT2_PATTERN, WHOLE_TEXT]))
@example("!\x1c", "!\x1c", 9, GPT2_PATTERN)
@example("a b", "a b", 9, WHOLE_TEXT)
def test_encoding_applies_the_merges_in_turn(learned, text, n_merges, pattern):
    tokenizer = train_bpe(learned, 256 + n_merges, pattern=pattern, special_tokens=())
    pieces = [tokenizer.decode_single_token_bytes(each) for each in tokenizer.encode(text)]
    assert pieces == plain_pieces(tokenizer.merges, text, pattern)


def test_every_token_of_gpt2_is_what_its_merges_make(gpt2):
    for token_id in range(256 + len(gpt2.merges)):
        token = gpt2.decode_single_token_bytes(token_id)
        assert gpt2._merge_short(token) == [token_id]


@settings(max_examples=200)
@given(st.text("abc", max_size=80), st.text("abc", max_size=80))
@example("aaaaaaa", "aaaaaaaaaaaaaaaa")
def test_short_and_long_words_are_merged_as_the_plain_method_does(learned, text):
    trained = train_bpe(learned, 300)
    expected = [trained._ids[piece] for piece in plain_pieces(trained.merges, text, WHOLE_TEXT)]
    assert trained._merge_short(text.encode()) == expected
    assert trained._merge_long(text.encode()) == expected


def test_a_word_is_cut_before_a_character_only_where_no_token_goes_across():
    # "兔子" is e5 85 94 e5 ad 90: the merge of 94 and e5 goes across the characters.
    across = BytePairTokenizer(merges=[(b"\x94", b"\xe5")])
    assert across.encode("兔子兔") == [0xE5, 0x85, 256, 0xAD, 0x90, 0xE5, 0x85, 0x94]
    assert across._pieces.findall("兔子兔".encode()) == ["兔子".encode(), "兔".encode()]
    assert BytePairTokenizer(merges=[])._pieces.findall("a兔子".encode()) == [
        *(b"a", "兔".encode(), "子".encode()),
    ]


@settings(max_examples=100)
@given(st.text("兔子兒ab ", max_size=60), st.text("兔子兒ab ", max_size=60))
def test_pieces_of_words_are_encoded_as_the_plain_method_does(learned, text):
    trained = train_bpe(learned, 300, pattern=WHOLE_TEXT)
    pieces = [trained.decode_single_token_bytes(each) for each in trained.encode(text)]
    assert pieces == plain_pieces(trained.merges, text, WHOLE_TEXT)


def test_a_word_too_long_for_the_short_way_is_encoded_as_the_plain_method_does():
    word = "".join(random.Random(0).choices("abcdef", k=2_000))
    trained = train_bpe(word[:100], 280, special_tokens=[])
    pieces = [trained.decode_single_token_bytes(each) for each in trained.encode(word)]
    assert pieces == plain_pieces(trained.merges, word)


def test_words_are_remembered_within_a_bound(monkeypatch):
    monkeypatch.setattr(tokenizer, "_REMEMBERED", 3)
    trained = train_bpe("the hen, the hens", 259)
    for _ in range(2):
        for word in ("the", " hen", " then", " hens", " eh", "x" * 1_000):
            assert trained.encode(word) == train_bpe("the hen, the hens", 259).encode(word)
            assert len(trained._remembered) <= 3 + 2  # the word and its piece come on top


def test_a_text_of_one_endless_word_trains_in_time():
    text = "".join(random.Random(1).choices("acgt", k=50_000))
    assert len(learn(text, 300, WHOLE_TEXT)) == 300


# GPT-2, against tiktoken


def test_gpt2_has_the_vocabulary_of_encoder_json(gpt2):
    path = VOCABULARY_DIR / "6c7ea1a7e38e3a7f062df639a5b80947f075ffe6"
    glyphs = bytes_to_glyphs()
    for token, token_id in json.loads(path.read_text(encoding="utf-8")).items():
        found = gpt2.decode_single_token_bytes(token_id)
        assert found.decode("latin-1").translate(glyphs) == token or token == END_OF_TEXT
    assert gpt2.n_vocab == token_id + 1 == 50257
    assert gpt2.eot_token == 50256


def test_gpt2_by_hand(gpt2):
    assert gpt2.encode("unbelievability") == [403, 6667, 11203, 1799]
    assert gpt2.decode([403, 6667, 11203, 1799]) == "unbelievability"
    assert gpt2.encode("") == []
    assert gpt2.decode([]) == ""
    assert gpt2.encode("!") == [0]  # the ids of bytes are not in the order of bytes
    assert gpt2.encode(" ") == [220]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "They'll say it's Peter's, WON'T they? 's's''s '",
        "彼得兔的故事很有趣。 中文 字",
        "قال الأرنب: لا! ١٢٣ ـــ",
        "👩‍👩‍👧‍👦 🐇🏽 🇬🇧 ☺︎☺️",
        "e\u0301 n\u0303o a\u0308\u0301\u0328 ก็ ँं",
        "\tif x:\r\n\t\treturn  1\r\n\r\n",
        "a  b   c    d \n \n\n  e\t \u00a0 \u2003 \u3000x   ",
        "3.14159 1,000,000 12½ ² Ⅻ ১২৩ 2024年",
        "\x00\x01\x1c\x1d a\x1cb \x85 \u200b \ufeff \ufffd",
        "<|endoftext|",
        "Äpfel, naïve café, ŒUVRE, ǅ ﬁ ß",
    ],
)
def test_gpt2_equals_tiktoken_on(text, gpt2, peer):
    assert gpt2.encode(text) == peer.encode(text)
    assert gpt2.decode(gpt2.encode(text)) == text


def test_gpt2_equals_tiktoken_on_the_story(gpt2, peer, story):
    assert gpt2.encode(story) == peer.encode(story)
    assert len(gpt2.encode(story)) == 1547
    assert gpt2.decode(gpt2.encode(story)) == story


def test_gpt2_equals_tiktoken_on_a_megabyte(gpt2, peer, story):
    chooser = random.Random(0)
    words = split_words(story) + [
        " " + "".join(chooser.sample(word, len(word))) for word in split_words(story)
    ]
    text = "".join(chooser.choices(words, k=240_000))
    assert len(text) > 1_000_000
    assert gpt2.encode(text) == peer.encode(text)


def test_gpt2_equals_tiktoken_on_every_unicode_category(gpt2, peer):
    chooser, by_category = random.Random(0), {}
    for character in EVERY_CHARACTER:
        by_category.setdefault(unicodedata.category(character), []).append(character)
    assert len(by_category) == 29  # all 30 but surrogates
    for category, characters in by_category.items():
        for character in chooser.sample(characters, min(60, len(characters))):
            text = (
                f"a{character}b {character} 1{character}{character}2\n{character}'s !{character}"
            )
            assert gpt2.encode(text) == peer.encode(text), (category, ascii(character))


@cache
def of_class(name):
    """The characters that tiktoken takes for letters, numbers or white space."""
    ranks = {bytes([byte]): byte for byte in range(256)}
    found = tiktoken.Encoding("x", pat_str=name, mergeable_ranks=ranks, special_tokens={})
    return set(bytes(found.encode_ordinary("".join(EVERY_CHARACTER))).decode())


@pytest.mark.parametrize(("name", "one"), [(r"\p{L}", "a"), (r"\p{N}", "1")])
def test_gpt2_takes_the_same_characters_for_letters_and_numbers(name, one):
    words = split_words(one.join(EVERY_CHARACTER))  # so a word with one holds nothing else
    assert set("".join(word.strip(" ") for word in words if one in word)) == of_class(name)


def test_gpt2_takes_the_same_characters_for_white_space():
    assert set(regex.findall(r"\s", "".join(EVERY_CHARACTER))) == of_class(r"\s")


def test_the_ids_of_letters_later_than_unicode_16_need_the_list_of_them(gpt2, peer):
    later = set(regex.findall(r"\p{L}|\p{N}", "".join(EVERY_CHARACTER)))
    later -= of_class(r"\p{L}") | of_class(r"\p{N}")
    assert "\u088f" in later  # ARABIC LETTER NOON WITH RING ABOVE, of Unicode 17
    assert regex.findall(GPT2_PATTERN, "a\u088f's") == ["a\u088f", "'s"]
    text = "".join(f"a{character}'s 1{character}a" for character in sorted(later))
    assert gpt2.encode(text) == peer.encode(text)


MIXED = st.lists(
    st.one_of(
        st.text(max_size=8),
        st.characters(categories=["Cs"]),
        st.sampled_from([*WHITE_SPACE, "\u200b", "  ", "\r\n", "'s", "'LL", "n't", "--", "7"]),
        st.sampled_from(["the", " rabbit", "Peter", "é", "中文", "🐇", "\u0301", "\u200d"]),
        st.just(END_OF_TEXT),
    ),
    max_size=12,
).map("".join)


@settings(max_examples=250)
@given(MIXED)
def test_gpt2_equals_tiktoken_on_any_text(gpt2, peer, text):
    assert gpt2.encode_ordinary(text) == peer.encode_ordinary(text)
    assert gpt2.encode(text, allowed_special="all") == peer.encode(text, allowed_special="all")
    assert gpt2.encode(text, disallowed_special=()) == peer.encode(text, disallowed_special=())


@settings(max_examples=200)
@given(st.lists(st.integers(0, 50256), max_size=12))
def test_gpt2_decodes_any_ids_as_tiktoken_does(gpt2, peer, token_ids):
    assert gpt2.decode_bytes(token_ids) == peer.decode_bytes(token_ids)
    assert gpt2.decode(token_ids) == peer.decode(token_ids)


@settings(max_examples=100)
@given(st.text())
def test_what_is_encoded_can_be_decoded(gpt2, text):
    assert gpt2.decode(gpt2.encode_ordinary(text), errors="strict") == text


@pytest.mark.parametrize("unit", ["a", " ", "\n", "兔", "ab", "-", "👩‍👧"])
def test_a_text_of_one_endless_word_is_encoded_in_time(unit, gpt2, peer):
    text = unit * (60_000 // len(unit))
    assert gpt2.encode(text) == peer.encode(text)


def test_a_lone_surrogate_becomes_the_replacement_character(gpt2, peer):
    assert gpt2.encode("\ud83d") == peer.encode("\ud83d") == gpt2.encode("\ufffd") == [4210]
    assert gpt2.encode("\ud83d\udc07") == peer.encode("\ud83d\udc07") == gpt2.encode("🐇")
    assert split_words("a\udc00") == ["a", "\ufffd"]
    assert train_bpe("\ud83d", 259).merges == [(b"\xef", b"\xbf"), (b"\xef\xbf", b"\xbd")]


def test_words_are_cut_at_every_kind_of_white_space_as_tiktoken_cuts_them(gpt2, peer):
    assert {"\x1c", "\x85", "\u2003", "\u3000"} < set(WHITE_SPACE)
    for space in WHITE_SPACE:
        text = f"a{space}b!{space}!{space} c {space}d{space}{space}e1{space}"
        assert gpt2.encode(text) == peer.encode(text), ascii(space)


# Words and glyphs


def test_words_are_cut_as_gpt2_cuts_them():
    assert split_words("I'll go,  she'd\n\n say") == [
        *["I", "'ll", " go", ",", " ", " she", "'d", "\n\n", " say"],
    ]
    assert split_words("") == []
    assert split_words("a-b 12ab", r"\w|\s") == ["a", "b", " ", "1", "2", "a", "b"]


@given(st.text())
def test_the_words_join_to_the_text(text):
    assert "".join(split_words(text)) == text


def test_each_byte_has_a_visible_glyph_of_its_own(gpt2):
    glyphs = bytes_to_glyphs()
    assert sorted(glyphs) == list(range(256))
    assert len(set(glyphs.values())) == 256
    assert all(glyph.isprintable() and not glyph.isspace() for glyph in glyphs.values())
    assert (glyphs[ord("A")], glyphs[ord(" ")], glyphs[ord("\n")]) == ("A", "Ġ", "Ċ")
    assert [gpt2.decode_single_token_bytes(i)[0] for i in range(256)] == list(glyphs)


def test_what_a_pattern_does_not_match_is_left_out():
    assert split_words("one, two", "[a-z]+") == ["one", "two"]
    assert train_bpe("ab, ab", 300, pattern="[a-z]+").encode("ab, ab") == [256, 256]


# Special tokens


def test_a_special_token_is_refused_unless_it_is_allowed(gpt2):
    text = f"the end{END_OF_TEXT}Once"
    with pytest.raises(ValueError, match=r"special token '<\|endoftext\|>' at position 7: .*\{'<"):
        gpt2.encode(text)
    assert gpt2.encode(text, allowed_special={END_OF_TEXT}) == [1169, 886, 50256, 7454]
    assert gpt2.encode(text, allowed_special="all") == [1169, 886, 50256, 7454]
    ordinary = [1169, 886, 27, 91, 437, 1659, 5239, 91, 29, 7454]
    assert gpt2.encode(text, disallowed_special=()) == ordinary
    assert gpt2.encode_ordinary(text) == ordinary
    assert gpt2.decode([1169, 886, 50256, 7454]) == text


def test_the_error_on_a_special_token_names_both_remedies(gpt2):
    with pytest.raises(ValueError, match="the text holds") as caught:
        gpt2.encode(END_OF_TEXT)
    assert f"by allowed_special={{{END_OF_TEXT!r}}}" in str(caught.value)
    assert "as text by disallowed_special=()" in str(caught.value)


@pytest.mark.parametrize("name", ["allowed_special", "disallowed_special"])
def test_a_choice_of_special_tokens_is_all_or_a_set(name, gpt2):
    expected = r"expected 'all' or a set of special tokens, got '<\|endoftext\|>': write \{'<"
    with pytest.raises(ValueError, match=expected):
        gpt2.encode("the end", **{name: END_OF_TEXT})


def test_none_is_for_disallowed_tokens_only_as_with_tiktoken(gpt2, peer):
    text = "x" + END_OF_TEXT
    assert gpt2.encode(text, disallowed_special=None) == peer.encode(text, disallowed_special=None)
    with pytest.raises(ValueError, match="expected 'all' or a set of special tokens, got None"):
        gpt2.encode(text, allowed_special=None)


SPECIALS = {"<a>": 256, "<b>": 257, "<ab>": 258}


CHOICES = ["all", set(), {"<a>"}, {"<a>", "<b>"}, {"<no>"}]
TEXTS = ["", "x<a>", "<b><a>", "<ab> <b>", "<<a>>", "<no>"]


def test_special_tokens_follow_tiktokens_rules():
    ours = train_bpe("", 259, special_tokens=list(SPECIALS))
    ranks = {bytes([byte]): byte for byte in range(256)}
    theirs = tiktoken.Encoding(
        "x", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens=SPECIALS
    )
    for text, allowed, disallowed in product(TEXTS, CHOICES, [*CHOICES, ("<b>", "<no>")]):
        choice = {"allowed_special": allowed, "disallowed_special": disallowed}
        try:
            expected = theirs.encode(text, **choice)
        except ValueError:
            with pytest.raises(ValueError, match="disallowed special token"):
                ours.encode(text, **choice)
        else:
            assert ours.encode(text, **choice) == expected, (text, choice)


def test_the_longest_special_token_wins():
    trained = BytePairTokenizer(merges=[], special_tokens=["<a>", "<a><a>"])
    assert trained.encode("<a><a><a>", allowed_special="all") == [257, 256]


def test_a_tokenizer_without_special_tokens_takes_all_text():
    plain = BytePairTokenizer(merges=[])
    assert plain.eot_token is None
    assert plain.encode(END_OF_TEXT) == list(END_OF_TEXT.encode())


# Trace


def test_trace_shows_each_merge_and_its_rank():
    tokenizer = BytePairTokenizer(merges=[(b"a", b"n"), (b"b", b"an"), (b"an", b"a")])
    assert tokenizer.trace("banana") == [
        (None, [b"b", b"a", b"n", b"a", b"n", b"a"]),
        (0, [b"b", b"an", b"a", b"n", b"a"]),
        (0, [b"b", b"an", b"an", b"a"]),
        (1, [b"ban", b"an", b"a"]),
        (2, [b"ban", b"ana"]),
    ]


@pytest.mark.parametrize("word", ["unbelievability", " Rabbits", "🐇", "x", "   ", "antidisest"])
def test_trace_ends_where_encode_does(word, gpt2):
    steps = gpt2.trace(word)
    assert steps[0] == (None, [bytes([byte]) for byte in word.encode()])
    assert steps[-1][1] == [gpt2.decode_single_token_bytes(each) for each in gpt2.encode(word)]
    for (_, before), (rank, after) in pairwise(steps):
        assert merge(before, gpt2.merges[rank]) != before
        assert len(after) == len(before) - 1
        assert b"".join(after) == word.encode()


def test_trace_ends_where_encode_does_in_an_order_that_training_never_makes():
    made_up = BytePairTokenizer(merges=[(b"a", b"a"), (b"a", b"aa")])
    assert made_up.trace("aaa")[-1][1] == [b"aa", b"a"]
    assert made_up.encode("aaa") == [256, 97]  # and not 257, which no merges lead to


def test_merges_may_be_lists():
    assert BytePairTokenizer(merges=[[b"a", b"b"]]).trace("ab")[-1] == (0, [b"ab"])


@pytest.mark.parametrize("word", ["", "two words", "a."])
def test_trace_wants_one_word(word, gpt2):
    with pytest.raises(ValueError, match=r"expected one word, got \d: \[.*; trace each alone"):
        gpt2.trace(word)


# Decoding


def test_decoding_takes_the_ids_of_arrays(gpt2):
    assert gpt2.decode(np.array([403, 6667], np.uint16)) == "unbel"
    assert gpt2.decode([np.int64(403), torch.tensor(6667)]) == "unbel"
    assert gpt2.decode(iter([403, 6667])) == "unbel"


def test_half_a_character_decodes_to_the_replacement_character(gpt2):
    first, *rest = gpt2.encode("🐇")
    assert gpt2.decode([first]) == "\ufffd"
    assert gpt2.decode([first], errors="ignore") == ""
    assert gpt2.decode_bytes([first]) + gpt2.decode_bytes(rest) == "🐇".encode()
    with pytest.raises(UnicodeDecodeError):
        gpt2.decode([first], errors="strict")


@pytest.mark.parametrize("token_id", [-1, 50257, 10**9])
def test_an_id_outside_the_vocabulary_is_named(token_id, gpt2):
    expected = f"id {token_id} at position 1 is not in the vocabulary: .* from 0 to 50256;"
    with pytest.raises(KeyError, match=expected):
        gpt2.decode([0, token_id])
    with pytest.raises(KeyError, match=f"id {token_id} at position 0"):
        gpt2.decode_single_token_bytes(token_id)


@pytest.mark.parametrize("row", [403, None, torch.tensor(403), b"he", bytearray(b"he")])
def test_ids_must_come_in_a_row(row, gpt2):
    with pytest.raises(TypeError, match=r"expected a row of ids, for example .* but .* came"):
        gpt2.decode(row)


@pytest.mark.parametrize("wrong", [97.0, None, "a", [1], np.float32(1)])
def test_an_id_that_is_not_a_whole_number_is_named_with_its_position(wrong, gpt2):
    message = re.escape(f"an id must be a whole number, but {wrong!r} came at position 1")
    for row in ([403, wrong], iter([403, wrong])):
        with pytest.raises(TypeError, match=message):
            gpt2.decode(row)


def test_the_rows_of_a_batch_are_decoded_one_by_one(gpt2):
    batch = torch.tensor([[403, 6667], [11203, 1799]])
    assert [gpt2.decode(row) for row in batch] == ["unbel", "ievability"]
    expected = r"but \[403, 6667\] came at position 0: decode one row of ids at a time"
    with pytest.raises(TypeError, match=expected):
        gpt2.decode(batch)


# Save and load


def assert_same(one, other, text):
    for name in ("merges", "special_tokens", "pattern", "byte_order", "n_vocab"):
        assert getattr(one, name) == getattr(other, name)
    assert one.encode(text, disallowed_special=()) == other.encode(text, disallowed_special=())


def test_a_saved_tokenizer_loads_as_it_was(tmp_path, story, gpt2):
    odd = train_bpe(
        story, 400, pattern='[^\n"]+|["\n\r\u2028\\\\]', special_tokens=["a b\n", "é🐇"]
    )
    for each in (train_bpe(story, 300), train_bpe("", 300), odd, gpt2):
        each.save(str(tmp_path))
        assert_same(BytePairTokenizer.load(tmp_path), each, story)
        assert_same(pickle.loads(pickle.dumps(each)), each, story)


@settings(max_examples=50)
@given(
    st.text(max_size=40), st.lists(st.text(st.characters(codec="utf-8"), min_size=2), unique=True)
)
def test_any_tokenizer_loads_as_it_was(tmp_path_factory, text, special_tokens):
    folder = tmp_path_factory.getbasetemp()
    trained = train_bpe(text, 600, special_tokens=special_tokens)
    trained.save(folder)
    assert_same(BytePairTokenizer.load(folder), trained, text)


def test_gpt2_is_saved_as_openai_wrote_it(tmp_path, gpt2):
    gpt2.save(tmp_path)
    merges, ids = (VOCABULARY_DIR / name for name in VOCABULARY_SHA256)
    saved = (tmp_path / "merges.txt").read_text("utf-8").split("\n")
    assert saved[1:] == merges.read_text("utf-8").split("\n")[1:]
    assert saved[0].startswith("#version: 0.2")
    saved = json.loads((tmp_path / "vocab.json").read_text("utf-8"))
    assert saved == json.loads(ids.read_text("utf-8"))


def test_files_of_another_program_are_read_with_gpt2s_pattern(tmp_path, gpt2, story):
    merges, ids = (VOCABULARY_DIR / name for name in VOCABULARY_SHA256)
    (tmp_path / "merges.txt").write_bytes(merges.read_bytes())
    (tmp_path / "vocab.json").write_bytes(ids.read_bytes())
    assert_same(BytePairTokenizer.load(tmp_path), gpt2, story)


@pytest.mark.parametrize("rest", ["1", "2", "2 - Trained by `huggingface/tokenizers`"])
def test_the_first_lines_of_other_programs_are_passed_over(tmp_path, rest):
    trained = train_bpe("the hen, the hens", 259)
    trained.save(tmp_path)
    _, *rows = (tmp_path / "merges.txt").read_text("utf-8").splitlines()
    (tmp_path / "merges.txt").write_text("\n".join([f"#version: 0.{rest}", *rows]), "utf-8")
    assert_same(BytePairTokenizer.load(tmp_path), trained, "the hens")


def test_a_damaged_first_line_of_ours_is_not_taken_for_that_of_another_program(tmp_path):
    train_bpe("the hen, the hens", 259, pattern="[a-z]+").save(tmp_path)
    path = tmp_path / "merges.txt"
    path.write_text(path.read_text("utf-8").replace('["', "Z"), "utf-8")
    with pytest.raises(ValueError, match=r"does not hold a whole vocab.json and merges.txt"):
        BytePairTokenizer.load(tmp_path)


def test_what_an_editor_does_to_a_file_does_no_harm(tmp_path, story):
    trained = train_bpe(story, 300)
    trained.save(tmp_path)
    for name in ("merges.txt", "vocab.json"):
        content = (tmp_path / name).read_bytes().replace(b"\n", b"\r\n")
        (tmp_path / name).write_bytes(b"\xef\xbb\xbf" + content + b"\r\n\r\n")
    assert_same(BytePairTokenizer.load(tmp_path), trained, story)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_refused(tmp_path_factory, data):
    folder = tmp_path_factory.getbasetemp()
    trained = train_bpe("the hen, the hens", 259)
    trained.save(folder)
    path = folder / data.draw(st.sampled_from(["merges.txt", "vocab.json"]))
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 2))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] ^= data.draw(st.sampled_from([1, 2, 4, 64, 128]))
    path.write_bytes(content)
    with suppress(ValueError):  # not all bytes count: a space in JSON, the version
        assert_same(BytePairTokenizer.load(folder), trained, "the hens")


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"\xff\xfe\x00", b'{"a": "b"}'])
def test_a_foreign_file_is_refused(tmp_path, content):
    train_bpe("the hen", 259).save(tmp_path)
    (tmp_path / "vocab.json").write_bytes(content)
    with pytest.raises(ValueError, match=r"does not hold a whole vocab.json and .* save it again"):
        BytePairTokenizer.load(tmp_path)


def test_a_merge_that_is_missing_is_noticed_in_files_of_others_too(tmp_path, gpt2):
    gpt2.save(tmp_path)
    rows = (tmp_path / "merges.txt").read_text("utf-8").splitlines()
    (tmp_path / "merges.txt").write_text("\n".join(["#version: 0.2", *rows[1:-1]]), "utf-8")
    with pytest.raises(ValueError, match="there are tokens without a merge"):
        BytePairTokenizer.load(tmp_path)


def test_ids_in_another_order_are_refused(tmp_path):
    train_bpe("the hen, the hens", 259).save(tmp_path)
    (tmp_path / "merges.txt").write_text("#version: 0.2\nt h\nth e\n")
    with pytest.raises(ValueError, match="the ids are not first 256 bytes, then what the merges"):
        BytePairTokenizer.load(tmp_path)


def test_a_special_token_spelled_like_a_token_is_not_saved(tmp_path):
    with pytest.raises(ValueError, match=r"special token of \['he'\] is spelled like a token"):
        train_bpe("the hen, the hens", 258, special_tokens=["he"]).save(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_save_leaves_the_old_files_whole(tmp_path, monkeypatch, story):
    old = train_bpe(story, 300)
    old.save(tmp_path)
    for fails_at in (1, 2):  # at the first file, and at the second
        calls = iter(range(1, 9))

        def fsync(number, fails_at=fails_at, calls=calls):
            if next(calls) == fails_at:
                raise OSError("disk full")

        monkeypatch.setattr("os.fsync", fsync)
        with pytest.raises(OSError, match="disk full"):
            train_bpe(story, 400).save(tmp_path)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["merges.txt", "vocab.json"]
        assert_same(BytePairTokenizer.load(tmp_path), old, story)


@pytest.mark.parametrize(
    "merges",
    [
        *({(b"a", b"b"), (b"c", b"d")}, {(b"a", b"b"): 0}, None, 5, "ab"),
        *([(b"a",)], [(b"a", b"b", b"c")], [5], [b"ab"], [None]),
    ],
)
def test_merges_must_be_pairs_in_a_list(merges):
    with pytest.raises(ValueError, match="expected a list of pairs to merge, in the order of"):
        BytePairTokenizer(merges=merges)


def test_a_folder_without_the_files_and_a_file_in_the_place_of_a_folder_are_named(tmp_path):
    file = tmp_path / "tokenizer.json"
    file.touch()
    for each in (tmp_path, tmp_path / "none", file):
        with pytest.raises(FileNotFoundError, match=f"that holds merges.txt, but {each} came"):
            BytePairTokenizer.load(each)
    for each in (tmp_path / "none", file):
        with pytest.raises(NotADirectoryError, match=f"a folder that is there, but {each} came"):
            BytePairTokenizer(merges=[]).save(each)


def test_a_damaged_vocabulary_of_gpt2_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(tokenizer, "VOCABULARY_DIR", tmp_path)
    with pytest.raises(FileNotFoundError, match="is missing"):
        BytePairTokenizer.gpt2()
    (tmp_path / next(iter(VOCABULARY_SHA256))).write_text("h e\n")
    with pytest.raises(ValueError, match="is damaged"):
        BytePairTokenizer.gpt2()


# Bad input


def test_the_size_may_be_a_whole_number_of_any_kind():
    text = "the hens, " + "".join(map(chr, range(0x4E00, 0x4E80)))  # keys of pairs above 2**16
    assert train_bpe(text, np.uint16(400)).merges == train_bpe(text, 400).merges


@pytest.mark.parametrize("vocab_size", [-1, 0, 255, 256, None, "300", 300.0])
def test_a_vocabulary_too_small_for_its_bytes_is_refused(vocab_size):
    expected = f"vocab_size must be a whole number of at least 257, but {vocab_size!r} came"
    with pytest.raises(ValueError, match=expected):
        train_bpe("abc", vocab_size)


@pytest.mark.parametrize("pattern", [None, re.compile("a"), b"a"])
def test_a_pattern_must_be_a_str(pattern):
    for use in (
        lambda: split_words("a", pattern),
        lambda: train_bpe("a", 300, pattern=pattern),
        lambda: BytePairTokenizer(merges=[], pattern=pattern),
    ):
        with pytest.raises(TypeError, match="expected pattern as a str, got "):
            use()


@pytest.mark.parametrize("text", [None, b"abc", 3, ["abc"]])
def test_a_text_must_be_a_str(text, gpt2):
    allowing = partial(gpt2.encode, allowed_special="all")
    for use in (gpt2.encode, allowing, gpt2.encode_ordinary, gpt2.trace, split_words):
        with pytest.raises(TypeError, match=f"expected text as a str, got {type(text).__name__}"):
            use(text)
    with pytest.raises(TypeError, match="expected text as a str"):
        train_bpe(text, 300)


@pytest.mark.parametrize(
    ("merges", "wrong"),
    [
        ([(b"ab", b"c")], 0),
        ([(b"a", b"bc")], 0),
        ([("a", b"b")], 0),
        ([(b"a", b"b"), (b"a", b"b")], 1),
        ([(b"a", b"b"), (b"b", b"c"), (b"ab", b"c"), (b"a", b"bc")], 3),
    ],
)
def test_a_merge_must_make_a_new_token_of_known_ones(merges, wrong):
    with pytest.raises(ValueError, match=rf"merge {wrong}, \(.*\), must join two tokens, each"):
        BytePairTokenizer(merges=merges)


@pytest.mark.parametrize(
    "special_tokens",
    [["<a>", "<b>", "<a>"], END_OF_TEXT, {"<a>", "<b>"}, None, [""], ["<\ud800>"], [b"<a>"]],
)
def test_special_tokens_must_be_a_list_of_distinct_strings(special_tokens):
    expected = r"expected (a list of distinct special tokens|special tokens as str of whole)"
    with pytest.raises(ValueError, match=expected):
        BytePairTokenizer(merges=[], special_tokens=special_tokens)
    with pytest.raises(ValueError, match=expected):
        train_bpe("the hen", 0, special_tokens=special_tokens)  # said before all else


@pytest.mark.parametrize("byte_order", [b"", bytes(256), bytes(range(255)), None])
def test_the_bytes_must_be_all_there(byte_order):
    with pytest.raises(ValueError, match="expected byte_order with each byte once"):
        BytePairTokenizer(merges=[], byte_order=byte_order)


def test_a_group_in_the_pattern_changes_nothing(story):
    pattern = r"(\w)(\w)+|(\W)"
    assert split_words("abc d", pattern) == ["abc", " "]
    tokenizer = train_bpe(story, 400, pattern=pattern)
    plain = train_bpe(story, 400, pattern=r"\w\w+|\W")
    assert tokenizer.merges == plain.merges
    assert tokenizer.encode(story) == plain.encode(story)


def test_the_import_is_cheap():
    code = "import sys, helpers.bpe; print([m for m in sys.modules if m in sys.argv])"
    command = [sys.executable, "-c", code, "torch", "tiktoken", "matplotlib", "lesson"]
    found = subprocess.run(command, capture_output=True, text=True, cwd=DATA_DIR.parent)
    assert (found.stdout, found.stderr) == ("[]\n", "")
