import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tiktoken
import torch

from helpers import data
from helpers.data import (
    CACHE_VARIABLES,
    DATA_DIR,
    STORY,
    load_text,
    load_trained_tables,
    use_bundled_vocabulary,
)
from helpers.tokenizer import tokenize

STORY_SHA256 = "a7cb573f87990434538fceca0a55aa25f0f62991702a7adbc23ca67bad2679e4"


@pytest.fixture
def no_cache_variable(monkeypatch):
    for variable in CACHE_VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def own_copy(tmp_path):
    """A copy of the vocabulary that a test may damage."""
    return shutil.copytree(data.VOCABULARY_DIR, tmp_path / "vocabulary")


def damage(folder):
    file = folder / "6d1cbeee0f20b3d9449abfede4726ed8212e3aee"
    content = bytearray(file.read_bytes())
    content[1000] ^= 1
    file.write_bytes(content)
    return file


def test_the_story_is_byte_for_byte_the_one_measured():
    assert hashlib.sha256(STORY.read_bytes()).hexdigest() == STORY_SHA256


def test_the_story_has_the_counts_that_the_readme_of_the_data_gives():
    story = load_text()
    readme = (DATA_DIR / "README.md").read_text(encoding="utf-8")
    use_bundled_vocabulary()
    counts = {
        "lines": story.count("\n"),
        "characters": len(story),
        "bytes": STORY.stat().st_size,
        "distinct simple tokens": len(set(tokenize(story))),
        "GPT-2 tokens": len(tiktoken.get_encoding("gpt2").encode(story)),
    }
    assert counts == {
        "lines": 184,
        "characters": 5582,
        "bytes": 5582,
        "distinct simple tokens": 405,
        "GPT-2 tokens": 1547,
    }
    for what, count in counts.items():
        assert f"{count:,} {what}" in readme
    for sha256 in (STORY_SHA256, *data.VOCABULARY_SHA256.values()):
        assert sha256 in readme


def test_load_text_reads_what_other_programs_write(tmp_path):
    path = tmp_path / "own.txt"
    path.write_bytes(b"\xef\xbb\xbf" + "Häschen\r\n".encode())  # with a byte order mark
    assert load_text(path) == load_text(str(path)) == "Häschen\n"


def test_a_missing_text_is_named_with_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no text file 'none.txt'.*git checkout"):
        load_text(tmp_path / "none.txt")


def test_a_text_that_is_not_utf8_is_named_with_byte_and_place(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("Häschen".encode("latin-1"))
    with pytest.raises(ValueError, match=r"'latin.txt' is not UTF-8: byte 0xe4 at position 1"):
        load_text(path)


def test_our_checksums_are_those_that_tiktoken_pins():
    from tiktoken_ext import openai_public

    text = Path(openai_public.__file__).read_text(encoding="utf-8")
    addresses = {
        "https://openaipublic.blob.core.windows.net/gpt-2/encodings/main/vocab.bpe",
        "https://openaipublic.blob.core.windows.net/gpt-2/encodings/main/encoder.json",
    }
    names = {hashlib.sha1(address.encode()).hexdigest() for address in addresses}
    assert all(address in text for address in addresses)
    assert names == data.VOCABULARY_SHA256.keys()
    assert all(sha256 in text for sha256 in data.VOCABULARY_SHA256.values())


TIKTOKEN, DATA_GYM = CACHE_VARIABLES


@pytest.mark.parametrize(
    "variables",
    [
        {},
        {TIKTOKEN: "", DATA_GYM: "whole"},
        {TIKTOKEN: "damaged", DATA_GYM: "whole"},
        {DATA_GYM: "no such folder"},
    ],
    ids=str,
)
def test_gpt2_loads_in_a_fresh_process_that_cannot_reach_a_network(variables, own_copy):
    shutil.copytree(own_copy, own_copy.with_name("whole"))
    damaged = damage(own_copy.rename(own_copy.with_name("damaged")))
    content = damaged.read_bytes()
    script = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from helpers.data import use_bundled_vocabulary\n"
        "print(use_bundled_vocabulary().name)\n"
        "import tiktoken\n"
        "print(tiktoken.get_encoding('gpt2').encode('unbelievability'))\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        env={"PATH": "", "PYTHONPATH": str(DATA_DIR.parent), **variables},
        cwd=own_copy.parent,
        timeout=60,
    )
    assert run.stdout == "tiktoken_cache\n[403, 6667, 11203, 1799]\n", run.stderr
    assert damaged.read_bytes() == content, "nobody's file is deleted or changed"


@pytest.mark.parametrize("variable", CACHE_VARIABLES)
def test_an_own_folder_that_holds_both_files_is_used(
    variable, monkeypatch, own_copy, no_cache_variable
):
    monkeypatch.setenv(variable, str(own_copy))
    assert use_bundled_vocabulary() == own_copy
    found = {other: os.environ[other] for other in CACHE_VARIABLES if other in os.environ}
    assert found == {variable: str(own_copy)}


def test_a_damaged_vocabulary_is_reported_and_stays(monkeypatch, own_copy, no_cache_variable):
    monkeypatch.setattr(data, "VOCABULARY_DIR", own_copy)
    file = damage(own_copy)
    content = file.read_bytes()
    with pytest.raises(ValueError, match=rf"{file.name} is damaged: .*git checkout -- data"):
        use_bundled_vocabulary()
    assert file.read_bytes() == content
    file.unlink()
    with pytest.raises(FileNotFoundError, match=f"{file.name} is missing: restore it with"):
        use_bundled_vocabulary()


def test_the_trained_tables_have_the_shapes_and_numbers_that_the_readme_gives():
    words, word_table, position_table = load_trained_tables()
    assert (len(words), word_table.shape, position_table.shape) == (
        10025,
        (10025, 384),
        (512, 384),
    )
    assert word_table.dtype == position_table.dtype == torch.float32
    in_story = set(re.findall("[a-z]+", load_text().lower()))
    assert (len(in_story), len(in_story & set(words)), "flopsy" in words) == (385, 345, False)
    lengths, others = word_table.norm(dim=1), position_table.norm(dim=1)[1:]
    measured = [lengths.min(), lengths.max(), lengths.mean(), position_table[0].norm()]
    assert [f"{x:.2f}" for x in [*measured, others.mean()]] == [
        "0.52",
        "1.53",
        "1.23",
        "2.36",
        "0.47",
    ]


@pytest.mark.parametrize("name", data.TRAINED_SHA256)
def test_a_damaged_or_missing_trained_file_is_named(name, tmp_path, monkeypatch):
    folder = shutil.copytree(data.TRAINED_DIR, tmp_path / "trained")
    monkeypatch.setattr(data, "TRAINED_DIR", folder)
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    with pytest.raises(ValueError, match=f"trained tables {name} is damaged.*git checkout"):
        load_trained_tables()
    (folder / name).unlink()
    with pytest.raises(FileNotFoundError, match=f"{name} is missing"):
        load_trained_tables()
