import json
import re
from pathlib import Path

import pytest

from lesson.figures import plot_pipeline
from lesson.figures.pipeline import STAGES
from notebook_files import NAMES


@pytest.mark.parametrize("stage", NAMES)
@pytest.mark.mpl_image_compare
def test_figure_pipeline(stage):
    return plot_pipeline(stage)


def test_the_description_names_the_lit_stage():
    assert plot_pipeline("04_data_sampling").alt.endswith("Lit: windows (notebook 04).")


@pytest.mark.parametrize("stage", ["text", "08_attention", ""])
def test_an_unknown_stage_is_refused_with_the_choice(stage):
    with pytest.raises(ValueError, match=f"no stage '{stage}': take one of 01_tokenize, 02_"):
        plot_pipeline(stage)


def test_the_examples_in_the_boxes_are_the_first_values_of_the_notebooks():
    path = Path(__file__).parent.parent.joinpath("notebooks/article_outputs.json")
    outputs = json.loads(path.read_text(encoding="utf-8"))

    def first(key, count):
        return re.findall(r"-?\d+\.\d+|\d+", outputs[key])[:count]

    def rounded(key):
        numbers = [f"{float(number):.2f}" for number in first(key, 2)]
        return " ".join(numbers).replace("-", "−") + " …"

    sentence = outputs["02.decode"]
    assert [stage.example for stage in STAGES] == [
        sentence[:11] + "…",
        "|".join(sentence.split()[:3]),
        " ".join(first("02.encode", 3)),
        " ".join(first("04.first_15_ids", 3)),
        " → ".join(first("04.id_pair_1", 2)),
        rounded("05.small_lookup"),
        rounded("06.small_lookup"),
        rounded("07.small_sum"),
    ]
