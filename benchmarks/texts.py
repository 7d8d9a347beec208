"""Three kinds of text that are there without a download: English, Chinese and source code."""

import ast
import random
import string
import sysconfig
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from pydoc_data.topics import topics

SEED = 14838
STORY = Path(__file__).with_name("chinese.txt")
SOURCES = """\
- **English:** the topics of Python's `help()`, and the docstrings of its standard library.
- **Code:** the modules of the standard library.
- **Chinese:** Lu Xun's *The True Story of Ah Q* (1921, in the public domain), made longer. Each
  character is one of those that follow the two before it in the story. To repeat the story would
  be unfair: whoever remembers words would know them all.
"""


@cache
def take(kind: str, n_bytes: int) -> str:
    """Return the beginning of the text of a kind, about `n_bytes` long in UTF-8."""
    parts, missing = [], n_bytes
    for part in KINDS[kind]():
        parts.append(part)
        missing -= len(part.encode())
        if missing <= 0:
            break
    return "".join(parts).encode()[:n_bytes].decode(errors="ignore")


def distinct_words(count: int) -> str:
    """Join made-up words of 3 to 12 letters, of which no two are the same."""
    rng, words = random.Random(SEED), {}
    while len(words) < count:
        words["".join(rng.choices(string.ascii_lowercase, k=rng.randint(3, 12)))] = None
    return " ".join(words)


def single_words(length: int) -> dict[str, str]:
    """Return words of `length` characters, by what they are made of."""
    english = "".join(filter(str.isalpha, take("English", length)))
    drawn = random.Random(SEED).choices(string.ascii_lowercase, k=length)
    words = {"random letters": "".join(drawn), "English letters": english * 3}
    words |= {"a": "a" * length, "-": "-" * length, "0": "0" * length}
    words["line breaks"] = "\n" * length
    return {name: word[:length] for name, word in words.items()}


def _modules() -> Iterator[str]:
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        yield path.read_text(encoding="utf-8")


def _prose() -> Iterator[str]:
    yield from (text + "\n\n" for text in topics.values())
    for module in _modules():
        for node in ast.walk(ast.parse(module)):
            if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
                yield (ast.get_docstring(node) or "") + "\n\n"


def _chinese() -> Iterator[str]:
    story, following = STORY.read_text(encoding="utf-8"), defaultdict(list)
    for one, two, three in zip(story, story[1:], story[2:], strict=False):
        following[one + two].append(three)
    rng, pair = random.Random(SEED), story[:2]
    while True:
        # The last two characters of the story may have nothing that follows them.
        character = rng.choice(following.get(pair, story))
        yield character
        pair = pair[1] + character


KINDS = {"English": _prose, "Chinese": _chinese, "Code": _modules}
