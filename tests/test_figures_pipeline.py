import pytest

from helpers.figures import plot_pipeline

NOTEBOOKS = [
    "01_tokenize",
    "02_simple_tokenizer",
    "03_byte_pair_encoding",
    "04_data_sampling",
    "05_token_embedding",
    "06_position_embedding",
    "07_input_embedding",
]


@pytest.mark.parametrize("stage", NOTEBOOKS)
@pytest.mark.mpl_image_compare
def test_figure_pipeline(stage):
    return plot_pipeline(stage)


def test_the_description_names_the_lit_stage():
    assert plot_pipeline("04_data_sampling").alt.endswith("Lit: windows (notebook 04).")


@pytest.mark.parametrize("stage", ["text", "08_attention", ""])
def test_an_unknown_stage_is_refused_with_the_choice(stage):
    with pytest.raises(ValueError, match=f"no stage '{stage}': take one of 01_tokenize, 02_"):
        plot_pipeline(stage)
