"""Byte pair encoding: worked by hand, against the plain method, and against tiktoken."""

import json
import pickle
import random
import subprocess
import sys
import unicodedata
from collections import Counter
from itertools import pairwise

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
    files,
    merging,
    split_words,
    train_bpe,
)
from helpers.bpe.glyphs import from_glyphs, to_glyphs
from helpers.bpe.words import count_words, cut_stretches
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


def count_pairs(words):
    counts = {}
    for word in words:
        for pair in pairwise(word):
            counts[pair] = counts.get(pair, 0) + 1
    return counts


def join_pair(word, pair):
    joined, place = [], 0
    while place < len(word):
        if tuple(word[place : place + 2]) == pair:
            joined.append(pair[0] + pair[1])
            place += 2
        else:
            joined.append(word[place])
            place += 1
    return joined


def plain_merges(text, n_merges, pattern=GPT2_PATTERN):
    """The plain method: count everything, join the first of the most frequent, start over."""
    words = [[bytes([byte]) for byte in word.encode()] for word in regex.findall(pattern, text)]
    merges = []
    while len(merges) < n_merges and (counts := count_pairs(words)):
        merges.append(max(counts, key=counts.get))
        words = [join_pair(word, merges[-1]) for word in words]
    return merges


def plain_pieces(merges, text, pattern=GPT2_PATTERN):
    """Every merge in turn over every word of the text."""
    words = [[bytes([byte]) for byte in word.encode()] for word in regex.findall(pattern, text)]
    for merge in merges:
        words = [join_pair(word, merge) for word in words]
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


def test_the_merges_lead_each_token_to_itself(story, gpt2):
    for tokenizer in (train_bpe(story, 1_000), gpt2):
        for token_id in range(256 + len(tokenizer.merges)):
            token = tokenizer.decode_single_token_bytes(token_id)
            byte_ids = token.translate(tokenizer._byte_ids)
            assert merging.merge_word(byte_ids, tokenizer._merged_ids) == [token_id]


@settings(max_examples=100)
@given(st.text("ab", max_size=60))
def test_the_merges_lead_each_token_to_itself_in_any_training(text):
    tokenizer = train_bpe(text, 300, pattern=WHOLE_TEXT, special_tokens=())
    for left, right in tokenizer.merges:
        assert tokenizer.trace_word(left + right)[-1][1] == [left + right]


@settings(max_examples=100)
@given(st.text("abc", max_size=80), st.text("abc", max_size=80))
def test_the_three_ways_to_merge_a_word_give_the_same_ids(learned, text):
    merged_ids = train_bpe(learned, 300)._merged_ids
    word = text.encode()
    steps = list(merging.merge_steps(word, merged_ids))
    expected = steps[-1][1] if steps else list(word)
    assert merging._merge_short(word, merged_ids) == expected
    assert merging._merge_long(word, merged_ids) == expected


def test_a_long_word_is_encoded_as_the_plain_method_does():
    word = "".join(random.Random(0).choices("abc", k=300))
    tokenizer = train_bpe(word[:100], 280, special_tokens=())
    pieces = [tokenizer.decode_single_token_bytes(each) for each in tokenizer.encode(word)]
    assert pieces == plain_pieces(tokenizer.merges, word)


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


def of_class(name):
    """The characters that tiktoken takes for letters, numbers or white space."""
    ranks = {bytes([byte]): byte for byte in range(256)}
    found = tiktoken.Encoding("x", pat_str=name, mergeable_ranks=ranks, special_tokens={})
    return set(bytes(found.encode_ordinary("".join(EVERY_CHARACTER))).decode())


@pytest.mark.parametrize(("name", "frame"), [(r"\p{L}", "a{}a"), (r"\p{N}", "1{}1")])
def test_gpt2_takes_the_same_characters_for_letters_and_numbers(name, frame, gpt2):
    text = "\n".join(frame.format(character) for character in EVERY_CHARACTER)
    words = regex.findall(gpt2.pattern, text)
    assert {word[1] for word in words if len(word) == 3 and word[0] == frame[0]} == of_class(name)


def test_gpt2_takes_the_same_characters_for_white_space():
    assert set(regex.findall(r"\s", "".join(EVERY_CHARACTER))) == of_class(r"\s")


def test_letters_later_than_unicode_16_join_words_in_new_tokenizers_only(gpt2, peer):
    later = set(regex.findall(r"\p{L}", "".join(EVERY_CHARACTER))) - of_class(r"\p{L}")
    assert "\u088f" in later  # ARABIC LETTER NOON WITH RING ABOVE, of Unicode 17
    assert split_words("a\u088fa") == ["a\u088fa"]
    text = "".join(f"a{character}a 1{character}" for character in sorted(later))
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


def test_a_token_is_written_in_glyphs_and_read_again():
    assert to_glyphs(b" \xf0\x9f\n") == "ĠðŁĊ"
    assert from_glyphs("ĠðŁĊ") == b" \xf0\x9f\n"
    assert from_glyphs(to_glyphs(bytes(range(256)))) == bytes(range(256))
    assert from_glyphs("") == b""


@pytest.mark.parametrize("glyphs", ["a b", "a兔", "\n"])
def test_what_is_no_glyph_is_named(glyphs):
    with pytest.raises(ValueError, match="is no glyph: expected the characters of bytes_to_gly"):
        from_glyphs(glyphs)


@settings(max_examples=200)
@given(st.text() | st.text(st.sampled_from(["a", "7", "!", "'", "s", *WHITE_SPACE])))
def test_stretches_join_to_the_text_and_hold_its_words(text):
    stretches = cut_stretches(text, GPT2_PATTERN)
    assert "".join(stretches) == text
    assert [word for each in stretches for word in split_words(each)] == split_words(text)
    assert cut_stretches(text, r"\w+|\W+") == [text]


@settings(max_examples=200)
@given(
    st.text() | st.text(st.sampled_from(["a", "7", "!", "'", "s", "\ud83d", *WHITE_SPACE])),
    st.sampled_from([GPT2_PATTERN, r"(\w)+|(\W)", r"[a-z]+"]),
)
@example(text="a 7 a 7 a", pattern=GPT2_PATTERN)  # a stretch that comes again
def test_words_are_counted_in_the_order_in_which_they_come(text, pattern):
    expected = Counter(split_words(text, pattern))
    assert list(count_words(text, pattern).items()) == list(expected.items())


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


@pytest.mark.parametrize("choice", ["allowed_special", "disallowed_special"])
def test_a_choice_of_special_tokens_is_all_or_a_set(choice, gpt2):
    expected = rf"{choice} must be 'all' or a set .* the str '<\|endoftext\|>': write \{{'<"
    with pytest.raises(ValueError, match=expected):
        gpt2.encode("the end", **{choice: END_OF_TEXT})


SPECIALS = {"<a>": 256, "<b>": 257, "<ab>": 258}


@pytest.mark.parametrize("allowed", ["all", set(), {"<a>"}, {"<a>", "<b>"}, {"<no>"}, ["<b>"]])
@pytest.mark.parametrize("disallowed", ["all", (), {"<b>"}, ["<a>", "<no>"], {"x"}])
@pytest.mark.parametrize("text", ["", "x<a>", "<b><a>", "<ab> <b>", "<<a>>", "<no>"])
def test_special_tokens_follow_tiktokens_rules(text, disallowed, allowed):
    ours = train_bpe("", 259, special_tokens=list(SPECIALS))
    ranks = {bytes([byte]): byte for byte in range(256)}
    theirs = tiktoken.Encoding(
        "x", pat_str=GPT2_PATTERN, mergeable_ranks=ranks, special_tokens=SPECIALS
    )
    choice = {"disallowed_special": disallowed}
    as_set = allowed if allowed == "all" else set(allowed)
    try:
        expected = theirs.encode(text, allowed_special=as_set, **choice)
    except ValueError:
        with pytest.raises(ValueError, match="disallowed special token"):
            ours.encode(text, allowed_special=allowed, **choice)
    else:
        assert ours.encode(text, allowed_special=allowed, **choice) == expected


def test_the_longest_special_token_wins():
    tokenizer = BytePairTokenizer(merges=[], special_tokens=["<a>", "<a><a>"])
    assert tokenizer.encode("<a><a><a>", allowed_special="all") == [257, 256]


def test_a_tokenizer_without_special_tokens_takes_all_text():
    tokenizer = BytePairTokenizer(merges=[])
    assert tokenizer.eot_token is None
    assert tokenizer.encode(END_OF_TEXT) == list(END_OF_TEXT.encode())


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
        assert join_pair(before, gpt2.merges[rank]) != before
        assert len(after) == len(before) - 1
        assert b"".join(after) == word.encode()


@pytest.mark.parametrize("word", ["", "two words", "a."])
def test_trace_wants_one_word(word, gpt2):
    with pytest.raises(
        ValueError, match=r"expected one word, got \d, \[.*`split_words` one by one"
    ):
        gpt2.trace(word)


# Decoding


def test_decoding_takes_the_ids_of_arrays(gpt2):
    assert gpt2.decode(np.array([403, 6667])) == "unbel"
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
    expected = f"id {token_id} at position 1 is not in the vocabulary: expected 0 to 50256;"
    with pytest.raises(KeyError, match=expected):
        gpt2.decode([0, token_id])
    with pytest.raises(KeyError, match=f"id {token_id} at position 0"):
        gpt2.decode_single_token_bytes(token_id)


@pytest.mark.parametrize(
    "token_ids",
    [
        403,
        [[403, 6667]],
        np.ones((2, 2), int),
        ["a"],
        [None],
        "104",
        b"he",
        [104.9],
        torch.ones(2),
    ],
)
def test_ids_must_come_in_one_row(token_ids, gpt2):
    kind = type(token_ids).__name__
    with pytest.raises(TypeError, match=rf"expected token ids in one row, .* got {kind}: "):
        gpt2.decode(token_ids)


def test_the_rows_of_a_batch_are_decoded_one_by_one(gpt2):
    batch = torch.tensor([[403, 6667], [11203, 1799]])
    assert [gpt2.decode(row) for row in batch] == ["unbel", "ievability"]
    with pytest.raises(TypeError, match=r"got Tensor: .* decode the rows of a batch one by one"):
        gpt2.decode(batch)


# Save and load


def assert_same(one, other, text):
    for name in ("merges", "special_tokens", "pattern", "byte_order", "n_vocab"):
        assert getattr(one, name) == getattr(other, name)
    assert one.encode(text, disallowed_special=()) == other.encode(text, disallowed_special=())


def test_a_saved_tokenizer_loads_as_it_was(tmp_path, story, gpt2):
    path = tmp_path / "bpe.txt"
    odd = train_bpe(
        story, 400, pattern='[^\n"]+|["\n\r\u2028\\\\]', special_tokens=["a b\n", "é🐇"]
    )
    for tokenizer in (train_bpe(story, 300), train_bpe("", 300), odd, gpt2):
        tokenizer.save(path)
        assert_same(BytePairTokenizer.load(str(path)), tokenizer, story)
        assert_same(pickle.loads(pickle.dumps(tokenizer)), tokenizer, story)


@settings(max_examples=50)
@given(
    st.text(max_size=40), st.lists(st.text(st.characters(codec="utf-8"), min_size=1), unique=True)
)
def test_any_tokenizer_loads_as_it_was(tmp_path_factory, text, special_tokens):
    path = tmp_path_factory.getbasetemp() / "any.txt"
    tokenizer = train_bpe(text, 600, special_tokens=special_tokens)
    tokenizer.save(path)
    assert_same(BytePairTokenizer.load(path), tokenizer, text)


def test_the_file_is_plain_text(tmp_path):
    path = tmp_path / "bpe.txt"
    tokenizer = train_bpe("the hen, the hens", 259, special_tokens=["<é>"])
    tokenizer.save(path)
    header, body = path.read_text("utf-8").split("\n", 1)
    assert header.startswith("byte pair tokenizer, version 1, crc32 ")
    pattern, special_tokens, (byte_order, *merges) = json.loads(body)
    assert (pattern, special_tokens, len(byte_order)) == (GPT2_PATTERN, ["<é>"], 256)
    assert merges == ["h e", "t he"]
    assert '\n"<é>"\n' in body
    assert '\n"h e",\n"t he"\n' in body


def test_line_ends_of_another_system_do_no_harm(tmp_path, story):
    path = tmp_path / "bpe.txt"
    tokenizer = train_bpe(story, 300)
    tokenizer.save(path)
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert_same(BytePairTokenizer.load(path), tokenizer, story)


@settings(max_examples=60)
@given(st.data())
def test_a_damaged_file_is_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "damaged.txt"
    train_bpe("the hen, the hens", 259).save(path)
    content = bytearray(path.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content = content[:place]
    else:
        content[place] ^= data.draw(st.sampled_from([1, 2, 4, 64, 128]))
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"is damaged: .* save the |holds no tokenizer: .* load"):
        BytePairTokenizer.load(path)


@pytest.mark.parametrize("content", [b"", b"Once upon a time\n", b"\xff\xfe\x00", b"{}"])
def test_a_foreign_file_is_refused(tmp_path, content):
    path = tmp_path / "foreign.txt"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"foreign.txt holds no tokenizer: expected a first line"):
        BytePairTokenizer.load(path)


def test_a_missing_file_is_missing(tmp_path):
    with pytest.raises(FileNotFoundError):
        BytePairTokenizer.load(tmp_path / "none.txt")


def test_a_damaged_vocabulary_of_gpt2_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "VOCABULARY_DIR", tmp_path)
    with pytest.raises(FileNotFoundError, match="is missing"):
        BytePairTokenizer.gpt2()
    (tmp_path / next(iter(VOCABULARY_SHA256))).write_text("h e\n")
    with pytest.raises(ValueError, match="is damaged"):
        BytePairTokenizer.gpt2()


# Bad input


@pytest.mark.parametrize("vocab_size", [-1, 0, 255, 256])
def test_a_vocabulary_too_small_for_its_bytes_is_refused(vocab_size):
    with pytest.raises(ValueError, match=f"vocab_size {vocab_size} is too small: .* at least 257"):
        train_bpe("abc", vocab_size)


@pytest.mark.parametrize("text", [None, b"abc", 3, ["abc"]])
def test_a_text_must_be_a_str(text, gpt2):
    for use in (gpt2.encode, gpt2.encode_ordinary, gpt2.trace, split_words):
        with pytest.raises(TypeError, match=f"expected text as a str, got {type(text).__name__}"):
            use(text)
    with pytest.raises(TypeError, match="expected text as a str"):
        train_bpe(text, 300)


@pytest.mark.parametrize(
    ("merges", "expected"),
    [
        ([(b"ab", b"c")], r"merge 0 joins b'ab', which is no token: expected one byte"),
        ([(b"a", b"bc")], r"merge 0 joins b'bc', which is no token"),
        ([("a", b"b")], r"merge 0 joins 'a', which is no token"),
        ([(b"a", b"b"), (b"a", b"b")], r"merge 1 joins b'a' and b'b' to b'ab', .* already"),
        (
            [(b"a", b"b"), (b"b", b"c"), (b"ab", b"c"), (b"a", b"bc")],
            r"merge 3 joins b'a' and b'bc' to b'abc', which is a token already",
        ),
        ([(b"a", b"b"), (b"a", b"b", b"c")], "merge 1 must be a pair of tokens"),
        ([(b"a",)], "merge 0 must be a pair of tokens"),
    ],
)
def test_a_merge_must_make_a_new_token_of_known_ones(merges, expected):
    with pytest.raises(ValueError, match=expected):
        BytePairTokenizer(merges=merges)


@pytest.mark.parametrize(
    ("special_tokens", "expected"),
    [
        (["<a>", "<b>", "<a>"], r"expected distinct special tokens, got \['<a>', '<b>', '<a>'\]"),
        (END_OF_TEXT, r"expected a list of special tokens, got the str .*: write \['<"),
        ([""], "expected special tokens as str with characters, got ''"),
        (["<\ud800>"], r"special token '<\\ud800>' holds a lone surrogate, .*: write the whole"),
        ([b"<a>"], "expected special tokens as str with characters, got b'<a>'"),
    ],
)
def test_special_tokens_must_be_distinct_strings(special_tokens, expected):
    with pytest.raises(ValueError, match=expected):
        BytePairTokenizer(merges=[], special_tokens=special_tokens)
    with pytest.raises(ValueError, match=expected):
        train_bpe("the hen", 0, special_tokens=special_tokens)  # said before all else


@pytest.mark.parametrize("byte_order", [b"", bytes(256), bytes(range(255))])
def test_the_bytes_must_be_all_there(byte_order):
    with pytest.raises(ValueError, match="byte_order must hold each of the 256 bytes once"):
        BytePairTokenizer(merges=[], byte_order=byte_order)


def test_a_group_in_the_pattern_changes_nothing(story):
    pattern = r"(\w)(\w)+|(\W)"
    assert split_words("abc d", pattern) == ["abc", " "]
    tokenizer = train_bpe(story, 400, pattern=pattern)
    plain = train_bpe(story, 400, pattern=r"\w\w+|\W")
    assert tokenizer.merges == plain.merges
    assert tokenizer.encode(story) == plain.encode(story)


# The module


def test_the_import_is_cheap():
    code = "import sys, helpers.bpe; print([m for m in sys.modules if m in sys.argv])"
    heavy = ["torch", "tiktoken", "numpy", "matplotlib", "helpers.dataset", "lesson.figures"]
    command = [sys.executable, "-c", code, *heavy]
    found = subprocess.run(command, capture_output=True, text=True, cwd=DATA_DIR.parent)
    assert (found.stdout, found.stderr) == ("[]\n", "")
