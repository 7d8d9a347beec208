from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.figures import plot_cuts, plot_growth, plot_ranks

COUNTS = {"the": 40, ",": 90, "rabbit": 20, "garden": 3, "gate": 2, "pie": 1, "pea": 1, "tea": 1}
SIZES = list(accumulate(int(i % 4 == 0 or i < 20) for i in range(1200)))


@pytest.mark.mpl_image_compare
def test_figure_ranks():
    return plot_ranks(COUNTS, [",", "rabbit", "pea"])


@pytest.mark.mpl_image_compare
def test_figure_growth():
    return plot_growth(SIZES)


@pytest.mark.mpl_image_compare
def test_figure_cuts():
    return plot_cuts({"characters": (54, 5582), "words + white space": (407, 2215)})


def points(line):
    return list(zip(*line.get_data(), strict=True))


def drawn_texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def test_tokens_stand_in_the_order_of_their_counts():
    dots, _ = plot_ranks({"a": 1, "the": 4, "cat": 2}).axes[0].lines
    assert points(dots) == [(1, 4), (2, 2), (3, 1)]


def test_zipfs_line_adds_up_to_the_same_number_of_tokens():
    # 6 + 3 + 2 = 11 = 6/1 + 6/2 + 6/3: these counts follow the law exactly.
    figure = plot_ranks({"a": 6, "b": 3, "c": 2})
    _, zipf = figure.axes[0].lines
    assert points(zipf) == [pytest.approx((1, 6)), pytest.approx((3, 2))]
    assert drawn_texts(figure) == ["Zipf's law: 6 / rank"]


def test_both_axes_of_the_ranks_are_logarithmic():
    axes = plot_ranks(COUNTS).axes[0]
    assert (axes.get_xscale(), axes.get_yscale()) == ("log", "log")


def test_named_tokens_have_their_names_at_their_points():
    notes = plot_ranks(COUNTS, [",", "garden"]).axes[0].texts[1:]
    assert [(note.get_text(), note.xy) for note in notes] == [
        ("“,” 90", (1, 90)),
        ("“garden” 3", (4, 3)),
    ]


def test_the_ranks_are_described():
    assert plot_ranks(COUNTS).alt == (
        "How often each of 8 tokens comes, by rank, on logarithmic axes. The points fall from "
        "“,”, 90 times, to “tea”, 1; 3 tokens come only once. "
        "A dashed straight line shows Zipf's law."
    )


def test_the_curve_of_growth_passes_through_every_size():
    curve = plot_growth([1, 2, 2, 3]).axes[0].lines[0]
    assert points(curve) == [(1, 1), (2, 2), (3, 2), (4, 3)]


@pytest.mark.parametrize(("read", "half"), [(4, 2), (5, 2)])
def test_half_of_the_text_is_marked(read, half):
    sizes = list(range(1, read + 1))
    texts = drawn_texts(plot_growth(sizes))
    assert texts[1:] == [f"{half} after half the text", f"{read} at the end"]


@given(st.lists(st.booleans(), min_size=1, max_size=20))
def test_any_growth_by_nothing_or_one_is_drawn(is_new):
    sizes = list(accumulate([1, *map(int, is_new)]))
    assert plot_growth(sizes).alt.endswith(f"{sizes[-1]} at the end.")


def bars(figure):
    return [(bar.get_x(), bar.get_width()) for bar in figure.axes[0].patches]


def test_bars_are_in_proportion_on_either_side():
    (_, left), (_, right), (_, half_left), (_, third_right) = bars(
        plot_cuts({"long": (10, 30), "short": (5, 10)})
    )
    assert left < 0 < right
    assert (half_left / left, third_right / right) == pytest.approx((1 / 2, 1 / 3))


def test_each_way_to_cut_has_its_numbers():
    texts = drawn_texts(plot_cuts({"characters": (54, 5582)}))
    assert texts == ["different pieces", "pieces in the text", "characters", "54", "5,582"]


def test_the_ways_to_cut_are_described():
    assert plot_cuts({"words": (405, 1159), "subwords": (513, 1547)}).alt == (
        "Ways to cut a text. words: 405 different pieces, 1,159 in the text. "
        "subwords: 513 different pieces, 1,547 in the text."
    )


@pytest.mark.parametrize("counts", [{}, {"cat": 1}])
def test_ranks_need_two_tokens(counts):
    with pytest.raises(ValueError, match="expected the counts of at least two tokens"):
        plot_ranks(counts)


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="a count must be at least 1, but that of 'b' is 0"):
        plot_ranks({"a": 1, "b": 0})


def test_a_name_that_was_not_counted_is_refused():
    with pytest.raises(ValueError, match="no count for 'owl': name tokens that have been counted"):
        plot_ranks(COUNTS, ["owl"])


@pytest.mark.parametrize("sizes", [[], [1]])
def test_growth_needs_two_sizes(sizes):
    with pytest.raises(ValueError, match=r"expected at least two numbers, but \["):
        plot_growth(sizes)


@pytest.mark.parametrize(
    ("sizes", "message"),
    [
        ([0, 1], "at token 1 .* went from 0 to 0"),
        ([2, 3], "at token 1 .* went from 0 to 2"),
        ([1, 2, 4], "at token 3 .* went from 2 to 4"),
        ([1, 2, 1], "at token 3 .* went from 2 to 1"),
    ],
)
def test_a_growth_that_no_text_has_is_refused(sizes, message):
    with pytest.raises(ValueError, match=f"each one after it adds 1 or nothing, but {message}"):
        plot_growth(sizes)


def test_no_way_to_cut_is_refused():
    with pytest.raises(ValueError, match="expected at least one way to cut, but none came"):
        plot_cuts({})


def test_a_name_too_long_for_its_place_is_refused():
    with pytest.raises(ValueError, match=r"at most 20 characters, but 'a{21}' has 21"):
        plot_cuts({"a" * 21: (1, 1)})


@pytest.mark.parametrize("sizes", [(1,), (1, 2, 3), (0, 5)])
def test_each_way_to_cut_needs_two_numbers(sizes):
    with pytest.raises(ValueError, match="expected two numbers from 1 up for 'words', but"):
        plot_cuts({"words": sizes})
