from math import cos, dist, sin

import pytest
from matplotlib.patches import FancyArrowPatch

from lesson.figures import plot_position_tables, plot_turns


@pytest.mark.mpl_image_compare
def test_figure_position_tables():
    wide = [[3 * sin(7 * row * row + column) for column in range(8)] for row in range(12)]
    waves = [[cos(row / (1 + column)) for column in range(8)] for row in range(12)]
    return plot_position_tables({"wide": wide, "waves": waves})


@pytest.mark.mpl_image_compare
def test_figure_turns():
    fast = [(cos(position), sin(position)) for position in range(6)]
    slow = [(cos(position / 10), sin(position / 10)) for position in range(6)]
    return plot_turns({"fast": fast, "slow": slow})


def test_the_description_of_tables_has_their_shapes_and_the_span_of_their_numbers():
    assert plot_position_tables({"a": [[1, -2.5], [0, 3]], "b": [[-0.001]]}).alt == (
        "Position vectors as shades. a: 2 × 2, numbers from −2.50 to 3.00; "
        "b: 1 × 1, numbers from 0.00 to 0.00."
    )


def test_the_shades_show_the_numbers_on_one_scale_as_far_as_the_smaller_table():
    figure = plot_position_tables({"a": [[1, -3]], "b": [[0.5, -1]]})
    first, second = (axes.images[0] for axes in figure.axes[:2])
    assert first.get_array().tolist() == [[1, -3]]
    assert first.get_clim() == second.get_clim() == (-1, 1)


def test_a_table_of_zeros_has_a_scale_too():
    assert plot_position_tables({"a": [[0, 0]]}).axes[0].images[0].get_clim() == (-1, 1)


def test_the_description_of_turns_has_every_hand():
    assert plot_turns({"fast": [(1, 0), (-0.5, -0.001)]}).alt == (
        "Hands that turn with the position. fast: 0 at (1.00, 0.00), 1 at (−0.50, 0.00)."
    )


def test_each_hand_points_at_its_pair_of_numbers():
    axes = plot_turns({"a": [(3, 0), (0, 4)]}).axes[0]
    hands = [each for each in axes.patches if isinstance(each, FancyArrowPatch)]
    assert [hand._posA_posB for hand in hands] == [[(0, 0), (3, 0)], [(0, 0), (0, 4)]]


def test_the_numbers_of_crowded_hands_keep_clear_of_one_another():
    slow = [(cos(position / 10), sin(position / 10)) for position in range(6)]
    places = [text.get_position() for text in plot_turns({"slow": slow}).axes[0].texts]
    nearest = min(dist(a, b) for i, a in enumerate(places) for b in places[:i])
    assert nearest > 0.2


@pytest.mark.parametrize("n_tables", [0, 4])
def test_too_few_or_too_many_tables_are_refused(n_tables):
    with pytest.raises(ValueError, match=f"expected 1 to 3 tables, but {n_tables} came"):
        plot_position_tables({str(i): [[1]] for i in range(n_tables)})


@pytest.mark.parametrize("table", [[], [[]], [[1, 2], [3]]])
def test_a_table_that_is_empty_or_not_rectangular_is_refused(table):
    with pytest.raises(ValueError, match="'a': expected rows of the same length, but lengths"):
        plot_position_tables({"a": table})


@pytest.mark.parametrize("n_titles", [0, 4])
def test_too_few_or_too_many_titles_are_refused(n_titles):
    with pytest.raises(ValueError, match=f"expected 1 to 3 titles, but {n_titles} came"):
        plot_turns({str(i): [(1, 0), (0, 1)] for i in range(n_titles)})


@pytest.mark.parametrize("n_positions", [1, 9])
def test_too_few_or_too_many_positions_are_refused(n_positions):
    with pytest.raises(ValueError, match=f"'a': expected 2 to 8 positions, but {n_positions}"):
        plot_turns({"a": [(1, 0)] * n_positions})


@pytest.mark.parametrize("point", [(1, 2, 3), (0, 0)])
def test_a_hand_is_a_pair_and_has_a_length(point):
    with pytest.raises(ValueError, match="'a': expected pairs of numbers, not both 0"):
        plot_turns({"a": [(1, 0), point]})
