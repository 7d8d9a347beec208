import itertools
import json
import os
import signal
import stat
import sys
import tracemalloc
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from subprocess import run
from types import SimpleNamespace
from unittest import mock

import numpy as np
import pytest
import tiktoken
from hypothesis import example, given, settings
from hypothesis import strategies as st

from helpers import corpus
from helpers.bpe import BytePairTokenizer, train_bpe
from helpers.corpus import encode_corpus
from helpers.data import load_text, use_bundled_vocabulary
from helpers.token_files import HEADER_BYTES, read_header, read_token_file, write_token_file
from helpers.tokenizer import SimpleTokenizerV1, SimpleTokenizerV2, build_vocab
from notebook_files import ROOT

END = "<|endoftext|>"


class Letters:
    """a is 0, b is 1, ... z is 25, and 26 stands between two texts."""

    name, n_vocab, eot_token = "letters", 27, 26

    def encode(self, text):
        return [ord(letter) - ord("a") for letter in text]


def write(texts, path, tokenizer=None, **options):
    return write_token_file(texts, path, tokenizer or Letters(), progress=False, **options)


def joined(texts, tokenizer, **options):
    return np.concatenate(list(encode_corpus(texts, tokenizer, dtype="<u4", **options))).tolist()


@pytest.fixture(scope="module")
def gpt2():
    use_bundled_vocabulary()
    return tiktoken.get_encoding("gpt2")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "corpus.ids"


# ---- what is written


def test_by_hand(path):
    assert write(["ab", "c"], path) == 4
    assert read_token_file(path).tolist() == [0, 1, 26, 2]
    assert path.read_bytes()[HEADER_BYTES:] == bytes([0, 0, 1, 0, 26, 0, 2, 0])
    assert os.listdir(path.parent) == [path.name]


def test_the_header_can_be_read_with_an_editor(path):
    write(["ab", "c"], path)
    start, fields = path.read_bytes()[:HEADER_BYTES].decode().splitlines()
    assert start == "TOKENIDS 1"
    fields = json.loads(fields)
    assert fields == read_header(path)._asdict()
    assert fields.pop("crc32") > 0
    assert fields == {"tokenizer": "letters", "vocab_size": 27, "dtype": "<u2", "count": 4}


@pytest.mark.parametrize(("vocab_size", "dtype"), [(2**16, np.uint16), (2**16 + 1, np.uint32)])
def test_the_largest_id_fits(path, vocab_size, dtype):
    tokenizer = Letters()
    tokenizer.n_vocab = vocab_size
    write(["a", "b"], path, tokenizer, separator_id=vocab_size - 1)
    token_ids = read_token_file(path)
    assert token_ids.tolist() == [0, vocab_size - 1, 1]
    assert token_ids.dtype == dtype


def test_a_longer_file_is_replaced_whole(path):
    write(["abcdefgh"], path)
    write(["ab"], path)
    assert read_token_file(path).tolist() == [0, 1]


def test_the_file_has_the_rights_of_any_new_file(path, tmp_path):
    write(["ab"], path)
    (tmp_path / "other").touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE((tmp_path / "other").stat().st_mode)


def test_the_ids_are_mapped_read_only(path):
    write(["ab"], path)
    token_ids = read_token_file(path)
    assert isinstance(token_ids.base, np.memmap)
    with pytest.raises(ValueError, match="read-only"):
        token_ids[0] = 1


@given(texts=st.lists(st.text().filter(lambda text: END not in text), min_size=1))
@example(texts=["", "a", "", "", "b ", " ", ""])
def test_texts_are_joined_by_end_of_text(gpt2, texts):
    full = END.join(text for text in texts if text)
    expected = gpt2.encode(full, allowed_special={END})
    assert [token_id for ids in encode_corpus(texts, gpt2, 50_256, "<u2") for token_id in ids] == (
        expected
    )


def test_a_mark_written_out_in_a_text_ends_no_text(gpt2):
    text = f"one{END}two"
    token_ids = joined([text, text], gpt2, separator_id=50_256)
    assert token_ids.count(50_256) == 1
    assert gpt2.decode(token_ids) == text + END + text


def test_every_tokenizer_of_the_series_will_do(path, gpt2):
    story = load_text()
    ours = BytePairTokenizer.gpt2()
    words = SimpleTokenizerV2(build_vocab(story) | {"<unk>": 405, END: 406})
    assert write([story], path, ours) == write([story], path, gpt2) == 1_547
    assert read_token_file(path, tokenizer=gpt2).tolist() == ours.encode(story)
    write([story, story], path, words, separator_id=words.vocab[END])
    assert read_token_file(path, tokenizer=words).tolist() == [
        *words.encode(story), 406, *words.encode(story)
    ]  # fmt: skip


# ---- long texts go in pieces


PIECES = st.text(st.sampled_from(" \n\t\u3000\x1cab1'.-é中"), max_size=60)


@settings(max_examples=300)
@given(text=PIECES, length=st.integers(1, 9), as_file=st.booleans())
@example(text="ab \n\nab  ab\t ab", length=3, as_file=False)
@example(text="中\n\n\n中", length=3, as_file=False)
def test_cutting_into_pieces_leaves_the_ids_as_they_are(
    gpt2, tmp_path_factory, text, length, as_file
):
    texts = [text, text]
    if as_file:
        texts[0] = tmp_path_factory.getbasetemp() / "piece.txt"
        texts[0].write_text(text, encoding="utf-8", newline="")
    with mock.patch.object(corpus, "PIECE_CHARACTERS", length):
        in_pieces = joined(["x", *texts], gpt2, separator_id=50_256)
    assert in_pieces == gpt2.encode(
        END.join(filter(None, ["x", text, text])), allowed_special="all"
    )


@pytest.mark.parametrize("pattern", [r"(?s).{1,50}", r"[^。\n]+|。\n*|\n"])
def test_a_tokenizer_that_cuts_elsewhere_gets_each_text_whole(pattern):
    text = "the hen, the hens。\n\n" * 20
    tokenizer = train_bpe(text, 300, pattern=pattern, special_tokens=[END])
    with mock.patch.object(corpus, "PIECE_CHARACTERS", 7):
        token_ids = joined([text, "", text], tokenizer, separator_id=tokenizer.eot_token)
    assert token_ids == tokenizer.encode(text + END + text, allowed_special="all")


@pytest.mark.parametrize(
    ("name", "pieces"), [("gpt2", True), ("p50k_base", True), ("o200k", False)]
)
def test_tiktokens_encodings_with_gpt2s_pattern_get_pieces(name, pieces):
    assert corpus._cuts_at_spaces(SimpleNamespace(name=name)) == pieces


def test_a_long_text_is_indeed_cut_before_spaces():
    blocks = ["one two th", "ree\nfour", " five six", "seven"]
    assert list(corpus._pieces(blocks)) == ["one two", " three", "\nfour five", " sixseven"]


def test_a_text_with_nowhere_to_cut_stays_whole():
    assert list(corpus._pieces(["abc", "def", "  ", "ghi"])) == ["abcdef  ghi"]


def test_a_text_file_is_read_as_load_text_reads_it(tmp_path):
    file = tmp_path / "text.txt"
    file.write_bytes(b"ab\r\ncd\rde\n")
    with mock.patch.object(corpus, "PIECE_CHARACTERS", 3):
        assert "".join(corpus._blocks(file, 0)) == load_text(file) == "ab\ncd\nde\n"


def test_memory_does_not_grow_with_the_corpus(tmp_path):
    class Bytes(Letters):
        n_vocab, cuts_at_spaces = 256, True

        def encode(self, text):
            return np.frombuffer(text.encode(), dtype=np.uint8)

    text = "a text of some length " * 50_000  # 1.1 MB
    (tmp_path / "long.txt").write_text(text * 20)
    texts = itertools.chain(itertools.repeat(text, 20), [tmp_path / "long.txt"])
    tracemalloc.start()
    count = write(texts, tmp_path / "corpus.ids", Bytes())
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 40 * len(text) + 20
    assert peak < 12_000_000  # a few pieces of 2**18 characters; the corpus has 44 million


# ---- several processes


def test_processes_give_the_same_ids_in_the_same_order_from_a_bounded_queue(gpt2):
    story = load_text()
    texts = [story[:length] for length in (5_000, 17, 3_000, 1, 4_000)] * 12
    taken = itertools.count()
    counted = (text for text, _ in zip(texts, taken, strict=False))
    with mock.patch.object(corpus, "PIECE_CHARACTERS", 1_000):
        encoded = encode_corpus(counted, gpt2, 50_256, "<u4", num_workers=2)
        arrays = [next(encoded)]
        assert next(taken) < 10, "texts are taken as they are needed"
        arrays += encoded
    assert np.concatenate(arrays).tolist() == joined(texts, gpt2, separator_id=50_256)
    assert len(arrays) > 50


def test_an_error_in_a_process_arrives_and_nothing_is_written(path):
    words = SimpleTokenizerV1({"known": 0, END: 1})
    texts = ["known", "unknown"] * 3
    with (
        mock.patch.object(corpus, "PIECE_CHARACTERS", 2),
        pytest.raises(KeyError, match="'unknown'"),
    ):
        write(texts, path, words, separator_id=1, num_workers=1)
    assert os.listdir(path.parent) == []


def test_a_small_input_starts_no_process(gpt2):
    with mock.patch.object(corpus, "_encode_in_processes", side_effect=AssertionError):
        joined([load_text()] * 5, gpt2, separator_id=50_256, num_workers=2)


# ---- interruptions


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, BrokenProcessPool])
def test_an_interruption_leaves_the_old_file_alone(path, error):
    def texts():
        yield "a" * 2**18
        yield "b" * 2**18
        raise error

    write(["xyz"], path)
    before = path.read_bytes()
    with pytest.raises(error):
        write(texts(), path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]


KILLED = f"""
import os, pathlib, sys
from helpers.token_files import write_token_file

class Letters:
    name, n_vocab, eot_token = "letters", 27, 26

    def encode(self, text):
        return [0] * len(text)

def texts():
    yield from ["a" * 2**18] * 3
    print(sys.modules.keys() & {{"torch", "tiktoken", "tqdm", "multiprocessing"}})
    sys.stdout.flush()
    os.kill(os.getpid(), {int(signal.SIGTERM)} if sys.platform == "win32" else 9)

write_token_file(texts(), pathlib.Path(sys.argv[1]), Letters(), progress=False)
"""


def test_a_killed_process_leaves_nothing_under_the_name(path):
    killed = run([sys.executable, "-c", KILLED, path], capture_output=True, text=True, cwd=ROOT)
    assert killed.returncode != 0
    (left,) = path.parent.iterdir()
    assert left.name.startswith(".corpus.ids.")
    assert left.suffix == ".partial"
    assert left.stat().st_size > 2**18
    with pytest.raises(ValueError, match=r"no token file: it should start with b'TOKENIDS 1\\n'"):
        read_token_file(left)
    assert killed.stdout == "set()\n", "writing waits for nothing heavy"


# ---- damage


def test_a_change_of_any_byte_is_noticed(path):
    write(["ab", "c"], path)
    whole = path.read_bytes()
    for position, byte in enumerate(whole):
        for changed in {byte ^ 1, ord(" ")} - {byte}:
            path.write_bytes(whole[:position] + bytes([changed]) + whole[position + 1 :])
            with pytest.raises(ValueError, match=r"'corpus.ids' (is|has) "):
                read_token_file(path)


def test_a_file_cut_off_anywhere_is_noticed(path):
    write(["ab", "c"], path)
    whole = path.read_bytes()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        with pytest.raises(ValueError, match=r"'corpus.ids' (is|has) "):
            read_token_file(path, verify=False)


def test_a_file_cut_off_says_its_sizes(path):
    write(["ab", "c"], path)
    path.write_bytes(path.read_bytes()[:-3])
    with pytest.raises(ValueError, match=r"cut off.*4 ids \(<u2\) make 264 bytes.* has 261"):
        read_token_file(path)


def test_a_file_grown_longer_is_noticed(path):
    write(["ab", "c"], path)
    path.write_bytes(path.read_bytes() + b"\0\0")
    with pytest.raises(ValueError, match="make 264 bytes, but the file has 266"):
        read_token_file(path)


def test_only_the_checksum_notices_a_change_of_an_id(path):
    write(["ab", "c"], path)
    path.write_bytes(path.read_bytes()[:-2] + b"\1\0")
    assert read_token_file(path, verify=False).tolist() == [0, 1, 26, 1]
    with pytest.raises(ValueError, match=r"damaged: expected the checksum \d+, but .* have \d+"):
        read_token_file(path)


def test_the_checksum_goes_over_all_pieces(path):
    write(["a" * 3_000_000], path)
    damaged = bytearray(path.read_bytes())
    for position in (HEADER_BYTES, 3_000_001, len(damaged) - 1):
        damaged[position] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(ValueError, match="expected the checksum"):
            read_token_file(path)
        damaged[position] ^= 1
    path.write_bytes(damaged)
    assert len(read_token_file(path)) == 3_000_000


@pytest.mark.parametrize("foreign", [b"", b"\x93NUMPY\x01\x00", b"Once upon a time " * 40])
def test_a_foreign_file_is_refused(path, foreign):
    path.write_bytes(foreign)
    with pytest.raises(ValueError, match=r"no token file: it should start with b'TOKENIDS 1\\n'"):
        read_header(path)


def test_another_version_is_named(path):
    write(["ab"], path)
    path.write_bytes(path.read_bytes().replace(b"TOKENIDS 1", b"TOKENIDS 2", 1))
    with pytest.raises(ValueError, match=r"another version: .* starts with b'TOKENIDS 2\\n'"):
        read_header(path)


@pytest.mark.parametrize(
    "fields",
    [
        "[]",
        "{}",
        '{"tokenizer": "t", "vocab_size": 3, "dtype": "<f4", "count": 1, "crc32": 0}',
        '{"tokenizer": "t", "vocab_size": 3, "dtype": "<u2", "count": 0, "crc32": 0}',
        '{"tokenizer": "t", "vocab_size": 3, "dtype": "<u2", "count": "1", "crc32": 0}',
        '{"tokenizer": "t", "vocab_size": 3, "dtype": "<u2", "count": 1, "crc32": 0, "x": 1}',
        '{"tokenizer": "t", "vocab_size": 3, "dtype": "<u2", "count": 1, "crc32":  0}',
    ],
)
def test_a_header_of_other_fields_is_refused(path, fields):
    start = b"TOKENIDS 1\n" + fields.encode()
    path.write_bytes(start.ljust(HEADER_BYTES - 1) + b"\n" + bytes(2))
    with pytest.raises(ValueError, match="damaged header: expected the fields tokenizer, vocab_"):
        read_header(path)


def test_a_missing_file_is_named(path):
    with pytest.raises(FileNotFoundError, match=r"no token file '.*corpus.ids'"):
        read_token_file(path)


def test_another_tokenizer_is_refused(path, gpt2):
    write(["ab"], path)
    assert read_token_file(path, tokenizer=Letters()).tolist() == [0, 1]
    expected = r"'letters' with a vocabulary of 27, but 'gpt2' with 50257 is to read it"
    with pytest.raises(ValueError, match=expected):
        read_token_file(path, tokenizer=gpt2)


# ---- what is refused before anything is written


@pytest.mark.parametrize("texts", ["a single text", Path("corpus.txt"), b"bytes"])
def test_a_single_text_is_refused(path, texts):
    with pytest.raises(TypeError, match=r"expected a list of texts.* pass \[.*(text|txt|bytes)"):
        write(texts, path)


def test_anything_but_texts_is_refused(path):
    with pytest.raises(TypeError, match=r"each a str or a Path, but .*'int'.* came at position 1"):
        write(["a", 5], path)
    assert os.listdir(path.parent) == []


@pytest.mark.parametrize("texts", [[], ["", ""], iter([])])
def test_no_ids_make_no_file(path, texts):
    with pytest.raises(ValueError, match="the texts hold no ids: expected at least one text"):
        write(texts, path)
    assert os.listdir(path.parent) == []


def test_a_tokenizer_without_a_separator_needs_one(path):
    expected = "SimpleTokenizerV1 has no eot_token to stand between two texts: pass separator_id"
    with pytest.raises(ValueError, match=expected):
        write(["a"], path, SimpleTokenizerV1({"a": 0}))
    with pytest.raises(ValueError, match="BytePairTokenizer has no eot_token"):
        write(["a"], path, BytePairTokenizer(merges=[]))
    without = tiktoken.Encoding(
        "bytes",
        pat_str=".",
        mergeable_ranks={bytes([i]): i for i in range(256)},
        special_tokens={},
    )
    with pytest.raises(ValueError, match="Encoding has no eot_token"):
        write(["a"], path, without)


@pytest.mark.parametrize("separator_id", [-1, 27])
def test_a_separator_outside_the_vocabulary_is_refused(path, separator_id):
    with pytest.raises(
        ValueError, match=rf"one of the 27 ids .* 0 to 26, but {separator_id} came"
    ):
        write(["a"], path, separator_id=separator_id)


@pytest.mark.parametrize(("letter", "token_id"), [("~", 29), ("A", -32)])
def test_an_id_outside_the_vocabulary_is_refused(path, letter, token_id):
    with pytest.raises(ValueError, match=rf"gave the id {token_id}, but .* 27 ids, 0 to 26"):
        write(["abc", letter], path)
    assert os.listdir(path.parent) == []


def test_a_tokenizer_of_unknown_size_is_refused(path):
    class Sizeless:
        eot_token = 0

        def encode(self, text):
            return [1]

    with pytest.raises(ValueError, match=r"n_vocab or a vocab .*Sizeless"):
        write(["a"], path, Sizeless())


def test_a_name_too_long_for_the_header_is_refused(path):
    tokenizer = Letters()
    tokenizer.name = "x" * 200
    with pytest.raises(ValueError, match=r"has 256 bytes, but this one needs 3\d\d: give"):
        write(["a"], path, tokenizer)


def test_a_number_of_workers_below_zero_is_refused(path):
    with pytest.raises(ValueError, match="num_workers must be at least 0, but -1 came"):
        write(["a"], path, num_workers=-1)


def test_a_folder_is_no_file_to_write(tmp_path):
    with pytest.raises(IsADirectoryError, match="is a folder: name a file"):
        write(["a"], tmp_path)
    with pytest.raises(FileNotFoundError, match=r"there is no folder '.*missing'"):
        write(["a"], tmp_path / "missing" / "corpus.ids")


def test_a_text_file_must_be_there_and_in_utf_8(path, tmp_path):
    with pytest.raises(FileNotFoundError, match=r"missing\.txt"):
        write([tmp_path / "missing.txt"], path)
    latin = tmp_path / "latin.txt"
    latin.write_bytes("né".encode("latin-1"))
    with pytest.raises(ValueError, match=r"latin.txt' is not UTF-8: byte 0xe9 cannot"):
        write([latin], path)
    assert os.listdir(tmp_path) == ["latin.txt"]


# ---- the progress bar


def test_the_bar_counts_ids_on_stderr(path, capsys):
    write_token_file(["abc"] * 4, path, Letters())
    printed = capsys.readouterr()
    assert printed.out == ""
    assert "corpus.ids: 15.0 ids [" in printed.err


def test_without_a_bar_nothing_is_printed_and_tqdm_not_needed(path, capsys, monkeypatch):
    monkeypatch.setitem(sys.modules, "tqdm", None)  # importing it fails now
    write(["abc"] * 4, path)
    assert capsys.readouterr() == ("", "")
