import re

import pytest

from lesson.figures import plot_losses


@pytest.mark.mpl_image_compare
def test_figure_losses():
    small = [6 / (1 + step / 20) + 1 for step in range(100)]
    large = [6 / (1 + step / 5) + 0.2 for step in range(100)]
    levels = {"guessing": 6.0, "the best": 0.5}
    return plot_losses({"small": small, "large": large}, levels)


def test_the_description_tells_where_each_curve_begins_and_ends():
    assert plot_losses({"a": [3, 2, 1], "b": [4, 3, 3.5]}, {"blind": 2.5}).alt == (
        "The loss over 3 steps. a: from 3.00 to 1.00; b: from 4.00 to 3.50. "
        "Lines to compare with: blind, 2.50."
    )


def test_lines_to_compare_with_may_be_left_out():
    assert plot_losses({"a": [3, 1]}).alt == "The loss over 2 steps. a: from 3.00 to 1.00."


def test_each_loss_stands_at_its_step_and_each_level_lies_across_the_chart():
    axes = plot_losses({"a": [3, 2, 1]}, {"blind": 2.5}).axes[0]
    curve, level = (line.get_xydata().tolist() for line in axes.lines)
    assert curve == [[1, 3], [2, 2], [3, 1]]
    assert level == [[1, 2.5], [3, 2.5]]


def test_curves_differ_in_their_dashes_and_in_their_colour():
    lines = plot_losses({name: [2, 1] for name in "abc"}).axes[0].lines
    assert len({line.get_color() for line in lines}) == 3
    assert len({str(line._unscaled_dash_pattern) for line in lines}) == 3


@pytest.mark.parametrize("losses", [{}, {name: [2, 1] for name in "abcd"}])
def test_too_few_or_too_many_models_are_refused(losses):
    with pytest.raises(ValueError, match=f"expected 1 to 3 models, but {len(losses)} came"):
        plot_losses(losses)


@pytest.mark.parametrize("losses", [{"a": [1]}, {"a": [2, 1], "b": [3, 2, 1]}])
def test_models_have_as_many_losses_as_one_another_and_at_least_two(losses):
    lengths = {name: len(curve) for name, curve in losses.items()}
    expected = f"expected two or more losses a model, as many for each, but {lengths} came"
    with pytest.raises(ValueError, match=re.escape(expected)):
        plot_losses(losses)
