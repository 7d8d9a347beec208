"""GPT-2's published vocabulary as the peers want it: glyphs to ids, and pairs of glyphs."""

import json
from functools import cache

from helpers.data import VOCABULARY_DIR, VOCABULARY_SHA256

_MERGES, _IDS = VOCABULARY_SHA256  # the files' names


@cache
def read_merges() -> list[tuple[str, str]]:
    """Return the 50,000 merges in order of rank."""
    lines = (VOCABULARY_DIR / _MERGES).read_text(encoding="utf-8").split("\n")
    return [tuple(line.split()) for line in lines[1:] if line]


@cache
def read_ids() -> dict[str, int]:
    """Return the id of each token."""
    return json.loads((VOCABULARY_DIR / _IDS).read_text(encoding="utf-8"))
