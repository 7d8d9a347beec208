import re

import pytest
from matplotlib.patches import FancyArrowPatch

from lesson.figures import plot_gradient, plot_lookup

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


@pytest.mark.mpl_image_compare
def test_figure_gradient():
    gradient = [[0.0, 0.0], [0.5, -0.5], [0.0, 0.0], [2.0, 2.0]]
    return plot_gradient(TABLE, gradient, [3, 1, 3])


def test_a_gradient_is_told_row_by_row_with_the_times_of_looking_up():
    assert plot_gradient(TABLE, [[0, 0], [1, 1], [0, 0], [3, 3]], [3, 1, 3, 3]).alt == (
        "A table of 4 rows and its gradient. Row 1, looked up once: 1, 1. "
        "Row 3, looked up 3 times: 3, 3. Zero in row 0, 2."
    )


def test_where_every_row_has_a_gradient_none_is_said_to_be_zero():
    alt = plot_gradient([[1]], [[2]], [0, 0]).alt
    assert alt == "A table of 1 rows and its gradient. Row 0, looked up twice: 2."


def test_only_a_row_that_a_gradient_reached_has_a_thick_border_on_the_right():
    figure = plot_gradient(TABLE, [[0, 0], [1, 1], [0, 0], [0, 0]], [1, 2])
    borders = [each for each in figure.axes[0].patches if not each.get_fill()]
    thick = [border for border in borders if border.get_linewidth() > 2]
    looked_up, reached = ([b for b in thick if (b.get_x() > 4) == right] for right in (0, 1))
    assert (len(borders), len(looked_up), len(reached)) == (8, 2, 1)
    assert reached[0].get_y() == max(border.get_y() for border in looked_up)


def test_a_gradient_has_the_shape_of_its_table():
    expected = "gradient: expected rows of length [2, 2, 2, 2], but rows of length [2] came"
    with pytest.raises(ValueError, match=re.escape(expected)):
        plot_gradient(TABLE, [[1, 1]], [0])


def test_a_row_that_is_not_in_the_table_has_no_gradient():
    with pytest.raises(ValueError, match="no row 4: the table has the rows 0 to 3"):
        plot_gradient(TABLE, TABLE, [4])
