"""Everything that the article prints stands in the stored outputs of the notebooks.

article_outputs.json holds the article's outputs, as its own code gives them; a key is the
number of the notebook and a name. Re-executing the notebooks is the work of --nbval.
"""

import json
import re
from pathlib import Path

import pytest

from notebook_files import NAMES, ROOT, all_output, code_cells, read_notebook

OUTPUTS = json.loads(Path(__file__).with_name("article_outputs.json").read_text(encoding="utf-8"))
# The article types 50527 for 50257. These two show the mended cell: they are no article outputs.
MENDED = {"05.gpt2_shape_50257", "05.gpt2_weight_50257"}
ARTICLE = sorted(OUTPUTS.keys() - MENDED)
ROW = re.compile(r"^\| \[(0.*)\]\(.*\) \| `(.*)` \| (.*) \|$", re.MULTILINE)
EVERY = {key: OUTPUTS[key] for key in ARTICLE} | {"02.key_error": "KeyError: 'they'"}


def squeeze(text: str) -> str:
    """Leave out white space: the article's page wraps and indents as it likes."""
    return "".join(text.split())


def stored(name: str) -> str:
    return squeeze(all_output(read_notebook(name)))


def test_the_article_prints_45_outputs():
    assert len(ARTICLE) == 45


@pytest.mark.parametrize("name", NAMES)
def test_the_outputs_of_the_article_stand_in_their_notebook(name):
    keys = [key for key in ARTICLE if key.startswith(name[:2])]
    missing = {key: OUTPUTS[key] for key in keys if squeeze(OUTPUTS[key]) not in stored(name)}
    assert keys
    assert missing == {}


def test_the_page_for_its_readers_names_the_cell_of_every_output():
    page = (ROOT / "docs/article.md").read_text(encoding="utf-8")
    named = {}
    for name, slug, outputs in re.findall(
        r"^\| \[(0.*)\]\(.*\) \| `(.*)` \| (.*) \|$", page, re.M
    ):
        cell = next(cell for cell in code_cells(read_notebook(name)) if cell["id"] == slug)
        text = squeeze(all_output({"cells": [cell]}))
        for label in outputs.split(", "):
            named[f"{name[:2]}.{label.replace(' ', '_')}"] = text
    missing = [key for key, text in named.items() if squeeze(EVERY[key]) not in text]
    assert missing == []
    assert named.keys() == EVERY.keys()
