import re

import pytest

from lesson.figures import plot_broadcast, plot_sum


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


def test_a_name_too_long_for_its_place_is_refused():
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
