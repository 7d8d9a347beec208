import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import tiktoken

from helpers import data
from helpers.data import (
    CACHE_VARIABLES,
    DATA_DIR,
    STORY,
    check_file,
    load_text,
    use_bundled_vocabulary,
)
from helpers.tokenizer import tokenize

STORY_SHA256 = "a7cb573f87990434538fceca0a55aa25f0f62991702a7adbc23ca67bad2679e4"


@pytest.fixture
def no_cache_variable(monkeypatch):
    for variable in CACHE_VARIABLES:
        monkeypatch.delenv(variable, raising=False)


@pytest.fixture
def own_copy(tmp_path, monkeypatch, no_cache_variable):
    """A copy of the vocabulary that a test may damage."""
    copy = tmp_path / "vocabulary"
    shutil.copytree(data.VOCABULARY_DIR, copy)
    monkeypatch.setattr(data, "VOCABULARY_DIR", copy)
    return copy


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


def test_load_text_reads_the_story_without_a_path():
    assert load_text().startswith("Once upon a time there were four little Rabbits,")


def test_load_text_reads_another_file(tmp_path):
    path = tmp_path / "own.txt"
    path.write_bytes("Häschen\r\n".encode())
    assert load_text(path) == "Häschen\n"
    assert load_text(str(path)) == "Häschen\n"


def test_a_missing_text_is_named_with_what_to_do(tmp_path):
    with pytest.raises(FileNotFoundError, match=r"no text file 'none.txt'.*git checkout"):
        load_text(tmp_path / "none.txt")


def test_a_text_that_is_not_utf8_is_named_with_byte_and_place(tmp_path):
    path = tmp_path / "latin.txt"
    path.write_bytes("Häschen".encode("latin-1"))
    with pytest.raises(ValueError, match=r"'latin.txt' is not UTF-8: byte 0xe4 at position 1"):
        load_text(path)


def test_the_vocabulary_is_read_from_the_project(no_cache_variable, monkeypatch):
    assert use_bundled_vocabulary() == data.VOCABULARY_DIR
    assert use_bundled_vocabulary() == data.VOCABULARY_DIR, "a second call changes nothing"


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


def test_gpt2_loads_in_a_fresh_process_that_cannot_reach_a_network():
    script = (
        "import socket\n"
        "def refuse(*args, **kwargs): raise OSError('no network')\n"
        "socket.socket.connect = refuse\n"
        "from helpers.data import use_bundled_vocabulary\n"
        "use_bundled_vocabulary()\n"
        "import tiktoken\n"
        "print(tiktoken.get_encoding('gpt2').encode('unbelievability'))\n"
    )
    environment = {"PATH": "", "PYTHONPATH": str(DATA_DIR.parent)}
    run = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, env=environment
    )
    assert run.stdout == "[403, 6667, 11203, 1799]\n", run.stderr


def test_a_damaged_vocabulary_is_reported_and_stays(own_copy):
    file = own_copy / "6d1cbeee0f20b3d9449abfede4726ed8212e3aee"
    content = bytearray(file.read_bytes())
    content[1000] ^= 1
    file.write_bytes(content)
    with pytest.raises(ValueError, match=rf"{file.name} is damaged: .*git checkout -- data"):
        use_bundled_vocabulary()
    assert file.read_bytes() == content


def test_a_missing_vocabulary_is_reported(own_copy):
    name = "6c7ea1a7e38e3a7f062df639a5b80947f075ffe6"
    (own_copy / name).unlink()
    with pytest.raises(FileNotFoundError, match=f"{name} is missing: restore it with"):
        use_bundled_vocabulary()


def test_check_file_compares_the_content_with_its_checksum(tmp_path):
    path, expected = tmp_path / "some.bpe", hashlib.sha256(b"h e\n").hexdigest()
    with pytest.raises(FileNotFoundError, match=r"some.bpe is missing: restore it with"):
        check_file(path, expected)
    path.write_bytes(b"h e\n")
    check_file(path, expected)
    path.write_bytes(b"h a\n")
    with pytest.raises(ValueError, match=rf"some.bpe is damaged: expected SHA-256 {expected}, fo"):
        check_file(path, expected)


@pytest.mark.parametrize("variable", CACHE_VARIABLES)
def test_an_own_cache_folder_is_respected(variable, monkeypatch, tmp_path, no_cache_variable):
    monkeypatch.setenv(variable, str(tmp_path))
    assert use_bundled_vocabulary() == tmp_path
    for other in CACHE_VARIABLES:
        assert data.os.environ.get(other) == (str(tmp_path) if other == variable else None)
