import json
import os
import tracemalloc
from itertools import chain
from pathlib import Path
from types import SimpleNamespace
from unittest import mock

import numpy as np
import pytest
import tiktoken
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import token_files
from helpers.bpe import BytePairTokenizer, train_bpe
from helpers.data import load_text, use_bundled_vocabulary
from helpers.token_files import check_token_ids, fingerprint, read_token_file, write_token_file
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2, build_vocab

END = "<|endoftext|>"
DESCRIPTION = {"tokenizer", "vocab_size", "fingerprint", "dtype", "count", "checksum"}
BYTES = {bytes([i]): i for i in range(256)}


class Letters:
    """a is 0, b is 1, ... z is 25, and 26 stands between two texts."""

    name, n_vocab, eot_token = "letters", 27, 26

    def encode(self, text):
        return [ord(letter) - ord("a") for letter in text]


@pytest.fixture(scope="module")
def gpt2():
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


@pytest.fixture(scope="module")
def ours():
    return BytePairTokenizer.gpt2()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "corpus.bin"


def beside(path):
    return Path(f"{path}.json")


# ---- what is written and read


def test_by_hand(path):
    assert write_token_file(["ab", "", "c"], path, Letters()) == 4
    assert read_token_file(path).tolist() == [0, 1, 26, 2]
    assert path.read_bytes() == bytes([0, 0, 1, 0, 26, 0, 2, 0])  # as nanoGPT's train.bin
    assert sorted(os.listdir(path.parent)) == ["corpus.bin", "corpus.bin.json"]
    about = json.loads(beside(path).read_text())
    assert about.pop("checksum") > 0
    assert about.pop("fingerprint") == fingerprint(Letters())
    assert about == {"tokenizer": "letters", "vocab_size": 27, "dtype": "<u2", "count": 4}


@pytest.mark.parametrize(("vocab_size", "dtype"), [(2**16, np.uint16), (2**16 + 1, np.uint32)])
def test_the_largest_id_fits(path, vocab_size, dtype):
    tokenizer = Letters()
    tokenizer.n_vocab = vocab_size
    write_token_file(["a", "b"], path, tokenizer, separator_id=vocab_size - 1)
    assert read_token_file(path).tolist() == [0, vocab_size - 1, 1]
    assert read_token_file(path).dtype == dtype


def test_the_tokenizers_of_the_series_write_the_same_ids(path, gpt2, ours):
    story = load_text()
    assert write_token_file([story, f"a {END}"], path, ours) == 1_547 + 9
    written = path.read_bytes()
    write_token_file([story, f"a {END}"], path, gpt2)
    assert path.read_bytes() == written
    assert read_token_file(path, tokenizer=ours).tolist()[:1_547] == gpt2.encode(story)
    words = SimpleTokenizerV2(build_vocab(story) | {"<unk>": 405, END: 406})
    write_token_file([story, "the"], path, words, separator_id=406)
    expected = [*words.encode(story), 406, words.vocab["the"]]
    assert read_token_file(path, tokenizer=words).tolist() == expected


def test_a_plain_file_is_read_by_naming_dtype_and_vocab_size(path):
    np.array([5, 6, 50_256], dtype="<u4").tofile(path)
    assert read_token_file(path, dtype="uint32", vocab_size=50_257).tolist() == [5, 6, 50_256]
    with pytest.raises(ValueError, match="from 0 to 50255, but 5 to 50256 came"):
        read_token_file(path, dtype="uint32", vocab_size=50_256)
    with pytest.raises(FileNotFoundError, match=r"'corpus.bin.json' beside it.* name dtype and"):
        read_token_file(path)
    for content in (b"", b"abcde"):
        path.write_bytes(content)
        expected = f"expected uint32 ids, but 'corpus.bin' has {len(content)} bytes"
        with pytest.raises(ValueError, match=expected):
            read_token_file(path, dtype="uint32", vocab_size=50_257)


def test_a_text_file_is_read_as_load_text_reads_it(path, tmp_path, gpt2):
    file = tmp_path / "text.txt"
    file.write_bytes(b"\xef\xbb\xbfab\r\ncd\rde\n")
    write_token_file([file], path, gpt2)
    assert gpt2.decode(read_token_file(path).tolist()) == load_text(file) == "ab\ncd\nde\n"


# ---- long texts go in pieces


@settings(max_examples=200)
@given(
    text=st.text(st.sampled_from(" \n\t\u3000\x1cab1'.-é中"), max_size=60),
    length=st.integers(1, 9),
    as_file=st.booleans(),
)
@example(text="ab \n\nab  ab\t ab", length=3, as_file=False)
@example(text="中\n\n\n中", length=3, as_file=False)
def test_pieces_leave_the_ids_as_they_are(gpt2, tmp_path_factory, text, length, as_file):
    texts = ["x", text, text]
    if as_file:
        texts[1] = tmp_path_factory.getbasetemp() / "piece.txt"
        texts[1].write_text(text, encoding="utf-8", newline="")
    with mock.patch.multiple(token_files, PIECE=length, BATCH=4 * length):
        encoded = token_files._encode_all(texts, gpt2, [50_256], num_threads=1)
        token_ids = list(chain.from_iterable(encoded))
    full = END.join(filter(None, ["x", text, text]))
    assert token_ids == gpt2.encode(full, allowed_special="all")


@pytest.mark.parametrize("pattern", [r"(?s).{1,50}", r"[^。\n]+|。\n*|\n"])
def test_a_tokenizer_that_cuts_elsewhere_gets_each_text_whole(path, pattern):
    text = "the hen, the hens。\n\n" * 20
    tokenizer = train_bpe(text, 300, pattern=pattern, special_tokens=[END])
    with mock.patch.multiple(token_files, PIECE=7, BATCH=9):
        write_token_file([text, text], path, tokenizer)
    expected = tokenizer.encode(text + END + text, allowed_special="all")
    assert read_token_file(path).tolist() == expected


@pytest.mark.parametrize("name", ["tiktoken's", "ours", "words"])
def test_memory_does_not_grow_with_the_text(tmp_path, gpt2, ours, name):
    words = SimpleTokenizerV2({"a": 0, "text": 1, "<unk>": 2, END: 3})
    tokenizer = {"tiktoken's": gpt2, "ours": ours, "words": words}[name]
    text = "a text of some length " * 10_000
    (tmp_path / "long.txt").write_text(text)
    with mock.patch.multiple(token_files, PIECE=2_000, BATCH=10_000, fingerprint=lambda _: ""):
        tracemalloc.start()
        write_token_file([tmp_path / "long.txt", text], tmp_path / "c", tokenizer, separator_id=3)
        count = len(read_token_file(tmp_path / "c"))
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert count > 100_000
    assert peak < 400_000  # the ids alone, as a list, would take more than 800,000


# ---- interruptions and damage


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(28, "No space left on device")])
def test_an_interruption_leaves_the_old_pair_alone(path, error):
    def texts():
        yield "a" * token_files.BATCH
        raise error

    write_token_file(["xyz"], path, Letters())
    before = path.read_bytes(), beside(path).read_bytes()
    with pytest.raises(type(error)):
        write_token_file(texts(), path, Letters())
    assert (path.read_bytes(), beside(path).read_bytes()) == before
    assert len(os.listdir(path.parent)) == 2


@pytest.mark.parametrize("text", ["xyz", "abcd"])
def test_new_ids_beside_an_old_description_are_refused(path, text):
    """What a process that is killed between the two new names leaves."""
    write_token_file(["abc"], path, Letters())
    replace = os.replace

    def replace_ids_only(source, target):
        if Path(target) != path:
            raise KeyboardInterrupt
        replace(source, target)

    with mock.patch("os.replace", replace_ids_only), pytest.raises(KeyboardInterrupt):
        write_token_file([text], path, Letters())
    with pytest.raises(ValueError, match=r"'corpus.bin' or its JSON is damaged: "):
        read_token_file(path)


def test_a_change_of_any_id_or_length_is_noticed(path):
    write_token_file(["abc" * 500_000], path, Letters())
    whole = path.read_bytes()
    for place in (0, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        assert len(read_token_file(path, verify=False)) == 1_500_000
        with pytest.raises(ValueError, match=r"'corpus.bin' or its JSON is damaged: write or"):
            read_token_file(path)
    for changed in (b"", whole[:-2], whole[:-1], whole + b"\0\0"):
        path.write_bytes(changed)
        expected = f"or its JSON is damaged: expected 3000000 bytes, found {len(changed)};"
        with pytest.raises(ValueError, match=expected):
            read_token_file(path, verify=False)


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"dtype": "<f4", "count": 1}', "\xff"])
def test_a_damaged_description_is_refused(path, text):
    write_token_file(["ab"], path, Letters())
    beside(path).write_text(text, encoding="latin-1")
    with pytest.raises(ValueError, match=r"'corpus.bin.json' is damaged: write or copy both"):
        read_token_file(path)


@pytest.mark.parametrize("part", sorted(DESCRIPTION))
def test_a_description_that_lacks_a_part_is_damaged(path, part):
    write_token_file(["ab"], path, Letters())
    about = json.loads(beside(path).read_text())
    beside(path).write_text(json.dumps({name: about[name] for name in about if name != part}))
    with pytest.raises(ValueError, match=r"'corpus.bin.json' is damaged"):
        read_token_file(path)


@pytest.mark.parametrize("vocab_size", [2, 28, 0, "27"])
def test_another_vocab_size_is_not_believed(path, vocab_size):
    write_token_file(["xyz"], path, Letters())
    about = json.loads(beside(path).read_text()) | {"vocab_size": vocab_size}
    beside(path).write_text(json.dumps(about))
    with pytest.raises(ValueError, match=r"JSON is damaged|json' is damaged"):
        read_token_file(path)


def test_an_editor_may_touch_the_description(path):
    write_token_file(["ab"], path, Letters())
    edited = beside(path).read_text().replace("\n", "\r\n") + "\r\n"
    beside(path).write_text(edited, encoding="utf-8-sig", newline="")
    assert read_token_file(path, tokenizer=Letters()).tolist() == [0, 1]


# ---- which tokenizer


def test_only_tokenizers_of_one_behaviour_have_one_fingerprint(gpt2, ours):
    assert fingerprint(ours) == fingerprint(gpt2)
    merges = {"mergeable_ranks": BYTES | {b"ab": 256}, "special_tokens": {}}
    special = {"mergeable_ranks": BYTES, "special_tokens": {"ab": 256}}
    others = [
        *[tiktoken.Encoding("bytes", pat_str="(?s).", **tokens) for tokens in (merges, special)],
        BytePairTokenizer(merges=[(b"q", b"x")]),
        BytePairTokenizer(merges=[(b"q", b"z")]),
        BytePairTokenizer(merges=[(b"h", b"e")]),
        BytePairTokenizer(merges=[(b"h", b"e")], pattern=r"(?s)..?"),
        SimpleTokenizerV1({"a": 0, "b": 1}),
        SimpleTokenizerV1({"a": 1, "b": 0}),
    ]
    assert len(set(map(fingerprint, others))) == len(others)


def test_another_tokenizer_is_refused(path):
    one, other = (train_bpe(text, 261) for text in ("the hen there", "abra cadabra"))
    write_token_file(["the hen"], path, one)
    with pytest.raises(ValueError, match="holds ids of the tokenizer 'BytePairTokenizer', and"):
        read_token_file(path, tokenizer=other)
    beside(path).unlink()
    with pytest.raises(
        FileNotFoundError, match="plain ids, name dtype and vocab_size, and no tok"
    ):
        read_token_file(path, tokenizer=one, dtype="uint16", vocab_size=261)


# ---- what is refused, and leaves no file


@pytest.mark.parametrize(
    ("token_ids", "said"),
    [
        ([[1, 2], [3, 4]], r"list, int64 of shape \(2, 2\)"),
        ([[1, 2], [3]], r"list, object of shape"),
        ([1.0, 2.0], "float64"),
        (["7"], "<U1"),
        (7, r"int, int64 of shape \(\)"),
        (None, "NoneType"),
    ],
)
def test_all_but_a_row_of_whole_numbers_is_refused(path, token_ids, said):
    tokenizer = SimpleNamespace(n_vocab=9, eot_token=0, encode=lambda text: token_ids)
    with pytest.raises(TypeError, match=f"expected token ids, whole numbers in one row, .*{said}"):
        write_token_file(["a"], path, tokenizer)


def test_the_ids_are_taken_out_of_an_encoding_of_tokenizers():
    assert check_token_ids(SimpleNamespace(ids=[3, 4])).tolist() == [3, 4]


WORDS, BARE = SimpleTokenizerV1({"a": 0}), BytePairTokenizer(merges=[])
WITHOUT_END = tiktoken.Encoding("bytes", pat_str=".", mergeable_ranks=BYTES, special_tokens={})


@pytest.mark.parametrize(
    ("texts", "tokenizer", "separator_id", "error", "said"),
    [
        ("a text", Letters(), None, TypeError, r"expected a list of texts.* pass \['a text'\]"),
        (Path("a.txt"), Letters(), None, TypeError, r"pass \[.*a.txt"),
        (["a", 5], Letters(), None, TypeError, "int"),
        (["a", b"b"], Letters(), None, TypeError, "bytes"),
        (["", ""], Letters(), None, ValueError, "no ids: expected at least one text that is not"),
        (["a~"], Letters(), None, ValueError, "expected ids from 0 to 26, but 0 to 29 came"),
        (["aA"], Letters(), None, ValueError, "expected ids from 0 to 26, but -32 to 0 came"),
        (["a"], Letters(), 27, ValueError, "expected ids from 0 to 26, but 27 to 27 came"),
        (["a"], WORDS, None, ValueError, "no eot_token to separate texts: pass separator_id"),
        (["a"], BARE, None, ValueError, "no eot_token"),
        (["a"], WITHOUT_END, None, ValueError, "no eot_token"),
        (["a"], None, None, ValueError, r"1 to 2\*\*32 ids \(n_vocab or vocab\), but None has 0"),
        (["a"], SimpleNamespace(n_vocab=2**32 + 1), 0, ValueError, "has 4294967297"),
        (["a"], SimpleNamespace(n_vocab="9"), 0, ValueError, "has '9'"),
        ([__file__], Letters(), None, ValueError, r"is the name of a file: to read it, pass Path"),
        ([Path("missing.txt")], Letters(), None, FileNotFoundError, "missing.txt"),
    ],
)
def test_texts_and_tokenizers_are_checked(path, texts, tokenizer, separator_id, error, said):
    with pytest.raises(error, match=said):
        write_token_file(texts, path, tokenizer, separator_id=separator_id)
    assert os.listdir(path.parent) == []


def test_a_text_file_must_be_in_utf_8(path, tmp_path):
    latin = tmp_path / "latin.txt"
    latin.write_bytes("né".encode("latin-1"))
    with pytest.raises(ValueError, match=r"latin.txt' is not UTF-8, save it so: .* byte 0xe9"):
        write_token_file([latin], path, Letters())


def test_a_folder_is_not_a_file_to_write(tmp_path):
    for wrong in (tmp_path, tmp_path / "missing" / "corpus.bin"):
        with pytest.raises(FileNotFoundError, match="a file in a folder that is there, but"):
            write_token_file(["a"], wrong, Letters())
