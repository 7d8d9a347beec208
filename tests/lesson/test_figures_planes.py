import pytest

from lesson.figures import plot_groups, plot_plane


@pytest.mark.mpl_image_compare
def test_figure_plane():
    points = {"cat": (1, 0), "rabbit": (0.9, 0.6), "bread": (0, 1)}
    return plot_plane(points, "it runs", "it gets eaten")


def test_the_description_of_a_plane_names_every_point():
    assert plot_plane({"cat": (1, 0), "rabbit": (0.9, 0.6)}, "runs", "is food").alt == (
        "Named points in a plane; across: runs, upwards: is food. "
        "cat at (1, 0), rabbit at (0.90, 0.60)."
    )


@pytest.mark.parametrize("points", [{}, {"cat": (1, 2, 3)}])
def test_a_plane_needs_points_of_two_numbers(points):
    with pytest.raises(ValueError, match="at least one name with two numbers"):
        plot_plane(points, "x", "y")


BEFORE = {"a": [(0, 0), (4, 0)], "b": [(0, 3)]}
AFTER = {"a": [(1, 1), (1, 2)], "b": [(-2, 0)]}


@pytest.mark.mpl_image_compare
def test_figure_groups():
    names = ("and", ",", "of", "to", "the", "in")
    before = {name: [(i, 0), (-i, 2), (0.5, i / 2)] for i, name in enumerate(names)}
    after = {name: [(i, i), (i + 0.2, i), (i, i - 0.2)] for i, name in enumerate(names)}
    return plot_groups(before, after, "always before")


def test_the_description_of_groups_measures_how_far_they_spread():
    assert plot_groups(BEFORE, AFTER, "first letter").alt == (
        "Points in a plane before and after training, in groups: first letter. "
        "Mean distance from the middle of the group: “a”, 2 points, 2.0 before and 0.5 after; "
        "“b”, 1 points, 0.0 before and 0.0 after."
    )


def test_every_point_of_every_group_is_drawn_on_both_sides():
    figure = plot_groups(BEFORE, AFTER, "first letter")
    drawn = [[line.get_xydata().tolist() for line in axes.lines] for axes in figure.axes]
    assert drawn == [[[[0, 0], [4, 0]], [[0, 3]]], [[[1, 1], [1, 2]], [[-2, 0]]]]


def test_each_group_has_a_mark_of_its_own():
    groups = {str(i): [(i, i)] for i in range(6)}
    lines = plot_groups(groups, groups, "number").axes[0].lines
    assert len({line.get_marker() for line in lines}) == 6
    assert len({line.get_color() for line in lines}) == 6


@pytest.mark.parametrize("groups", [{}, {str(i): [(0, 0)] for i in range(7)}])
def test_too_few_or_too_many_groups_are_refused(groups):
    with pytest.raises(ValueError, match=f"expected 1 to 6 groups, but {len(groups)} came"):
        plot_groups(groups, groups, "x")


@pytest.mark.parametrize("after", [{"a": [(0, 0)], "b": [(0, 0)]}, {"a": [(0, 0), (1, 1)]}])
def test_the_groups_after_training_are_those_before(after):
    with pytest.raises(ValueError, match="expected the same groups before and after"):
        plot_groups(BEFORE, after, "x")


@pytest.mark.parametrize("points", [[], [(1, 2, 3)]])
def test_a_group_needs_points_of_two_numbers(points):
    with pytest.raises(ValueError, match="'a': expected at least one point of two numbers"):
        plot_groups({"a": points}, {"a": points}, "x")
