import re

import pytest
from matplotlib.patches import FancyArrowPatch

from helpers.figures import (
    plot_broadcast,
    plot_lookup,
    plot_plane,
    plot_sum,
    plot_word_order,
)

TABLE = [[0.3374, -0.1778], [0.3486, 0.6603], [0.7671, -1.1925], [0.1794, 1.8951]]


def texts(figure):
    """What is written on the figure, in the order of drawing."""
    return [text.get_text() for text in figure.axes[0].texts]


def arrows(figure):
    """Height of the start and of the tip of each arrow, in inches."""
    patches = [each for each in figure.axes[0].patches if isinstance(each, FancyArrowPatch)]
    paths = [patch.get_path().vertices for patch in patches]
    return [(path[0][1], path[2][1]) for path in paths]


@pytest.mark.mpl_image_compare
def test_figure_lookup():
    table = [[0.3374, -0.1778, -0.3035, -2.84], [1, 2, 3, -40], [0.5, 0.25, 0.125, 0]]
    return plot_lookup(table, [2, 0, 2])


@pytest.mark.mpl_image_compare
def test_figure_lookup_position():
    return plot_lookup(TABLE, [0, 1, 2], kind="position", names=["id 2", "id 3", "radishes"])


@pytest.mark.mpl_image_compare
def test_figure_sum():
    left, right = [[0.7671, -1.1925], [1, 2]], [[0.3374, -0.1778], [10, 20]]
    total = [[1.1045, -1.3703], [11, 22]]
    return plot_sum(left, right, total, names=["you", "rabbit"], marked=(1, 0))


@pytest.mark.mpl_image_compare
def test_figure_broadcast():
    batch = [[[10, 20], [30, 40]], [[50, 60], [70, 80]], [[90, 100], [110, 120]]]
    totals = [[[11, 22], [33, 44]], [[51, 62], [73, 84]], [[91, 102], [113, 124]]]
    return plot_broadcast(batch, [[1, 2], [3, 4]], totals)


@pytest.mark.mpl_image_compare
def test_figure_word_order():
    return plot_word_order(["you", "eat", "rabbit"], ["rabbit", "eat", "you"])


@pytest.mark.mpl_image_compare
def test_figure_plane():
    points = {"cat": (1, 0), "rabbit": (0.9, 0.6), "bread": (0, 1)}
    return plot_plane(points, "it runs", "it gets eaten")


def test_numbers_have_two_decimals_a_true_minus_and_no_minus_zero():
    alt = plot_lookup([[-1.1925, -0.001, 7, -3]], [0]).alt
    assert alt.endswith("id 0: −1.19, 0.00, 7, −3.")


def test_rows_are_looked_up_in_the_order_asked_for_and_as_often():
    figure = plot_lookup(TABLE, [3, 1, 3])
    assert figure.alt == (
        "A table of 4 rows with 2 numbers each. Looked up, in this order: "
        "id 3: 0.18, 1.90; id 1: 0.35, 0.66; id 3: 0.18, 1.90."
    )
    assert texts(figure)[-9:] == [
        "id 3",
        "0.18",
        "1.90",
        "id 1",
        "0.35",
        "0.66",
        "id 3",
        "0.18",
        "1.90",
    ]


def test_each_looked_up_row_has_an_arrow_from_its_place_in_the_table():
    figure = plot_lookup(TABLE, [3, 1])
    (first_start, first_tip), (second_start, second_tip) = arrows(figure)
    assert first_start < second_start  # row 3 lies lower in the table than row 1
    assert first_tip > second_tip  # and was asked for first


def test_the_row_numbers_of_a_position_table_are_positions():
    assert "position 1: 0.35, 0.66" in plot_lookup(TABLE, [1], kind="position").alt


def test_the_description_of_a_sum_has_every_number():
    assert plot_sum([[0.5], [1]], [[0.25], [2]], [[0.75], [3]]).alt == (
        "Token vectors plus position vectors make input embeddings. "
        "Row 0: 0.50 plus 0.25 is 0.75. Row 1: 1 plus 2 is 3."
    )


def test_a_marked_number_is_framed_in_all_three_tables():
    def count(**kwargs):
        return len(plot_sum([[1, 2]], [[3, 4]], [[4, 6]], **kwargs).axes[0].patches)

    assert count(marked=(0, 1)) == count() + 3


def test_the_description_of_broadcasting_has_every_row_of_the_batch():
    assert plot_broadcast([[[10]], [[20]]], [[1]], [[[11]], [[21]]]).alt == (
        "One table of position vectors, added to each row of a batch of 2. The table: 1. "
        "Batch row 0: 10 plus the same table is 11. Batch row 1: 20 plus the same table is 21."
    )


def test_only_a_word_that_stands_elsewhere_gets_another_vector():
    figure = plot_word_order(["you", "eat", "fish"], ["fish", "eat", "you"])
    assert figure.alt.endswith("Another vector: “you”, “fish”. The same vector: “eat”.")
    verdicts = [text for text in texts(figure) if "vector" in text]
    assert verdicts == ["another vector", "the same vector", "another vector"]
    assert "fish: P2 above, P0 below" in texts(figure)


def test_two_equal_sentences_have_the_same_vectors_throughout():
    alt = plot_word_order(["a", "b"], ["a", "b"]).alt
    assert alt.endswith("Another vector: none. The same vector: “a”, “b”.")


def test_the_description_of_a_plane_names_every_point():
    assert plot_plane({"cat": (1, 0), "rabbit": (0.9, 0.6)}, "runs", "is food").alt == (
        "Named points in a plane; across: runs, upwards: is food. "
        "cat at (1, 0), rabbit at (0.90, 0.60)."
    )


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]], [[1, 2, 3, 4, 5]], [[1]] * 13])
def test_a_table_that_is_not_rectangular_or_too_large_is_refused(table):
    with pytest.raises(ValueError, match="table: expected 1 to 12 rows of the same length"):
        plot_lookup(table, [0])


@pytest.mark.parametrize("number", [-12.5, 123.45, 123456])
def test_a_number_too_wide_for_its_box_is_refused(number):
    with pytest.raises(ValueError, match="table: a number may have 5 characters, but"):
        plot_lookup([[number]], [0])


@pytest.mark.parametrize("row", [-1, 4])
def test_a_row_that_is_not_in_the_table_is_refused(row):
    with pytest.raises(ValueError, match=f"no row {row}: the table has the rows 0 to 3"):
        plot_lookup(TABLE, [row])


@pytest.mark.parametrize("rows", [[], [0] * 13])
def test_too_few_or_too_many_rows_are_refused(rows):
    with pytest.raises(ValueError, match=f"1 to 12 rows to look up, but {len(rows)} came"):
        plot_lookup(TABLE, rows)


def test_an_unknown_kind_is_refused_with_the_choice():
    with pytest.raises(ValueError, match="no kind 'word': take one of token, position"):
        plot_lookup(TABLE, [0], kind="word")


def test_names_must_be_as_many_as_the_rows():
    with pytest.raises(ValueError, match="expected 2 names, one a row, but 1 came"):
        plot_lookup(TABLE, [0, 1], names=["you"])


def test_a_name_too_long_for_its_place_is_refused():
    with pytest.raises(ValueError, match="10 letters, but 'strawberries' has 12"):
        plot_lookup(TABLE, [0], names=["strawberries"])
    with pytest.raises(ValueError, match="8 letters, but 'parsley 2' has 9"):
        plot_sum([[1]], [[1]], [[2]], names=["parsley 2"])


def test_tables_of_different_shapes_have_no_sum():
    expected = "total: expected rows of length [2], but rows of length [2, 2] came"
    with pytest.raises(ValueError, match=re.escape(expected)):
        plot_sum([[1, 2]], [[3, 4]], [[4, 6], [0, 0]])


@pytest.mark.parametrize("marked", [(1, 0), (0, 2), (-1, 0)])
def test_a_marked_number_outside_the_tables_is_refused(marked):
    with pytest.raises(
        ValueError, match=re.escape(f"no number at {marked}: the tables have 1 rows")
    ):
        plot_sum([[1, 2]], [[3, 4]], [[4, 6]], marked=marked)


def test_a_batch_needs_a_sum_for_each_row():
    with pytest.raises(ValueError, match="1 to 3 tables and a sum for each, but 2 and 1 came"):
        plot_broadcast([[[1]], [[2]]], [[1]], [[[2]]])
    with pytest.raises(ValueError, match="but 0 and 0 came"):
        plot_broadcast([], [[1]], [])


def test_a_batch_row_of_another_shape_is_refused():
    with pytest.raises(ValueError, match=re.escape("batch[1]: expected rows of length [1]")):
        plot_broadcast([[[1]], [[2, 3]]], [[1]], [[[2]], [[3]]])


@pytest.mark.parametrize("words", [["a"], ["a", "a"], list("abcd")])
def test_a_sentence_needs_two_or_three_different_words(words):
    with pytest.raises(ValueError, match="expected 2 or 3 different words"):
        plot_word_order(words, words)


def test_the_second_sentence_has_the_words_of_the_first():
    with pytest.raises(ValueError, match=re.escape("words ['a', 'b'] again, but ['a', 'c'] came")):
        plot_word_order(["a", "b"], ["c", "a"])


def test_a_word_too_long_for_its_box_is_refused():
    with pytest.raises(ValueError, match="6 letters, but 'radishes' has 8"):
        plot_word_order(["radishes", "eat"], ["eat", "radishes"])


@pytest.mark.parametrize("points", [{}, {"cat": (1, 2, 3)}])
def test_a_plane_needs_points_of_two_numbers(points):
    with pytest.raises(ValueError, match="at least one name with two numbers"):
        plot_plane(points, "x", "y")
