import pytest

from helpers.tokenizer import tokenize
from lesson.figures import plot_split
from lesson.figures.tokens import make_visible


@pytest.mark.mpl_image_compare
def test_figure_split():
    text = "Peter sneezed--'Kertyschoo!'\tMr."
    return plot_split(text, tokenize(text))


def test_white_space_becomes_visible():
    assert make_visible("a b\n\tc") == "a·b↵→c"


def test_the_description_counts_what_is_dropped():
    assert plot_split("a  b", ["a", "b"]).alt == (
        "The text “a··b” cut into 2 tokens: “a”, “b”. Dropped: 2 white spaces."
    )


def test_a_text_too_long_for_a_row_is_refused():
    with pytest.raises(ValueError, match="at most 49 characters fit into a row, but 50 came"):
        plot_split("a" * 50, [])


def test_a_token_that_is_not_in_the_text_is_refused():
    with pytest.raises(ValueError, match="token 'cat' is not in the text from character 3 on"):
        plot_split("the dog", ["the", "cat"])
