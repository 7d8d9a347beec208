from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import FancyArrowPatch, Rectangle

from lesson.figures import plot_contexts, plot_target_counts, plot_windows

PIECES = ["Once", " upon", " a", " time", " there", " were", " four", " little", " Rabb", "its"]
TOKEN_IDS = [7454, 2402, 257, 640, 612, 547, 1440, 1310, 22502, 896]

context_sizes = st.integers(1, 8)
strides = st.integers(1, 7)
windows = st.integers(1, 4)


@pytest.mark.mpl_image_compare
def test_figure_contexts():
    return plot_contexts(PIECES, context_size=5)


@pytest.mark.mpl_image_compare
def test_figure_contexts_of_seven_with_a_token_cut_short():
    return plot_contexts(PIECES, context_size=7)


@pytest.mark.mpl_image_compare
def test_figure_windows():
    return plot_windows(PIECES, 5, stride=2, n_windows=3, token_ids=TOKEN_IDS)


@pytest.mark.mpl_image_compare
def test_figure_windows_without_ids_or_overlap():
    return plot_windows(PIECES, 3, stride=4, n_windows=2)


@pytest.mark.mpl_image_compare
def test_figure_windows_on_the_narrowest_columns():
    return plot_windows(PIECES * 3, 4, stride=12, n_windows=3, token_ids=TOKEN_IDS * 3)


@pytest.mark.mpl_image_compare
def test_figure_target_counts():
    counts = {1: [0, 1, 2, 3, 3, 3, 2, 1, 0, 0], 3: [0] + [1] * 9}
    return plot_target_counts(PIECES, counts)


def test_the_staircase_describes_each_context_and_its_target():
    assert plot_contexts(PIECES, context_size=3).alt == (
        "From “Once” the model predicts “·upon”. From “Once·upon” the model predicts “·a”. "
        "From “Once·upon·a” the model predicts “·time”."
    )


def test_the_windows_are_described_row_by_row():
    assert plot_windows(PIECES[:4], 2, stride=1, n_windows=2).alt == (
        "Windows of 2 over the tokens “Once”, “·upon”, “·a”, “·time”. "
        "Row 0: input at positions 0 to 1, target at positions 1 to 2. "
        "Row 1: input at positions 1 to 2, target at positions 2 to 3."
    )


def test_a_window_of_one_has_a_single_position():
    alt = plot_windows(PIECES[:2], 1, stride=1, n_windows=1).alt
    assert alt.endswith("Row 0: input at position 0, target at position 1.")


@settings(max_examples=50, deadline=None)
@given(context_sizes, strides, windows)
def test_row_and_target_move_on_by_stride_and_by_one(context_size, stride, n_windows):
    pieces = ["a"] * ((n_windows - 1) * stride + context_size + 1)
    figure = plot_windows(pieces, context_size, stride, n_windows)
    rows = _rows_of_boxes(figure)
    inputs, targets = rows[1::2], rows[2::2]
    width = rows[0][1] - rows[0][0] if len(rows[0]) > 1 else 0
    assert len(rows) == 1 + 2 * n_windows
    assert all(len(row) == context_size for row in rows[1:])
    for source, target in zip(inputs, targets, strict=True):
        assert target[0] - source[0] == pytest.approx(width)
    for above, below in pairwise(inputs):
        assert below[0] - above[0] == pytest.approx(stride * width)


def _rows_of_boxes(figure) -> list[list[float]]:
    """Return the left edges of the boxes, row by row from the top."""
    rows = {}
    for patch in figure.axes[0].patches:
        if isinstance(patch, Rectangle):
            rows.setdefault(round(patch.get_y(), 6), []).append(patch.get_x())
    return [sorted(rows[height]) for height in sorted(rows, reverse=True)]


@settings(max_examples=25, deadline=None)
@given(context_sizes, strides, windows, st.booleans())
def test_every_text_of_the_windows_stays_in_its_place(context_size, stride, n_windows, with_ids):
    n_pieces = (n_windows - 1) * stride + context_size + 1
    pieces, token_ids = [" Rabbit"] * n_pieces, [22502] * n_pieces if with_ids else None
    _check_places(plot_windows(pieces, context_size, stride, n_windows, token_ids))


def test_a_stride_up_to_the_edge_keeps_its_name_on_the_page():
    _check_places(plot_windows(["a"] * 30, 1, stride=14, n_windows=3))


@pytest.mark.parametrize("size", range(1, 8))
def test_every_text_of_the_staircase_stays_in_its_place(size):
    _check_places(plot_contexts([" everything"] * 8, size))


def _check_places(figure):
    """Every text lies on the page, and a text whose middle lies in a box lies in it whole."""
    axes, renderer = figure.axes[0], FigureCanvasAgg(figure).get_renderer()
    boxes = [each.get_window_extent() for each in axes.patches if isinstance(each, Rectangle)]
    for text in axes.texts:
        if text.get_text():
            place = text.get_window_extent(renderer)
            assert _holds(figure.bbox, place)
            middle = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
            assert all(_holds(each, place) for each in boxes if each.contains(*middle))


def _holds(outer, inner) -> bool:
    wide = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return wide and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


def test_ids_are_written_into_the_windows_where_they_came():
    figure = plot_windows(PIECES[:3], 2, stride=1, n_windows=1, token_ids=TOKEN_IDS[:3])
    written = [text.get_text() for text in figure.axes[0].texts]
    assert written.count("2402") == 3  # on top, in the input and in the target
    assert written.count("·upon") == 1


def test_tokens_are_written_into_the_windows_without_ids():
    figure = plot_windows(PIECES[:3], 2, stride=1, n_windows=1)
    assert [text.get_text() for text in figure.axes[0].texts].count("·upon") == 3


def test_input_and_target_differ_in_more_than_colour():
    figure = plot_windows(PIECES[:3], 2, stride=1, n_windows=1)
    boxes = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    borders = {patch.get_facecolor(): patch.get_linewidth() for patch in boxes}
    assert len(set(borders.values())) == 2


def test_every_stride_and_every_shift_has_an_arrow():
    figure = plot_windows(PIECES, 5, stride=2, n_windows=3)
    arrows = [each for each in figure.axes[0].patches if isinstance(each, FancyArrowPatch)]
    written = [text.get_text() for text in figure.axes[0].texts]
    assert len(arrows) == 5
    assert written.count("stride 2") == 2
    assert written.count("shift 1") == 3


@pytest.mark.parametrize("name", ["context_size", "stride", "n_windows"])
def test_a_size_below_one_is_refused(name):
    sizes = {"context_size": 2, "stride": 1, "n_windows": 1} | {name: 0}
    with pytest.raises(ValueError, match=f"{name} must be at least 1, but 0 came"):
        plot_windows(PIECES, **sizes)


def test_too_few_pieces_for_the_windows_are_refused():
    expected = "n_windows=3, context_size=5 and stride=2 need 10 pieces, but 9 came"
    with pytest.raises(ValueError, match=expected):
        plot_windows(PIECES[:9], 5, stride=2, n_windows=3)


def test_more_pieces_than_fit_are_refused():
    with pytest.raises(ValueError, match="at most 30 pieces fit on the page, but 31 came"):
        plot_windows(["a"] * 31, 5, stride=2)


def test_ids_that_do_not_match_the_pieces_are_refused():
    with pytest.raises(ValueError, match="10 pieces need as many ids, but 9 came"):
        plot_windows(PIECES, 5, stride=2, token_ids=TOKEN_IDS[:9])


def test_a_staircase_without_steps_is_refused():
    with pytest.raises(ValueError, match="context_size must be at least 1, but 0 came"):
        plot_contexts(PIECES, context_size=0)


def test_a_staircase_too_wide_for_the_page_is_refused():
    with pytest.raises(ValueError, match="at most 7 contexts fit, but 8 came"):
        plot_contexts(PIECES, context_size=8)


def test_a_staircase_needs_a_token_after_its_longest_context():
    with pytest.raises(ValueError, match="contexts of up to 5 need 6 pieces, but 5 came"):
        plot_contexts(PIECES[:5], context_size=5)


def test_counts_are_described_row_by_row():
    counts = {1: [0, 1, 2], 2: [0, 1, 0]}
    assert plot_target_counts(PIECES[:3], counts).alt == (
        "How often each of the tokens “Once”, “·upon”, “·a” is a target. "
        "Stride 1: 0, 1, 2. Stride 2: 0, 1, 0."
    )


def test_each_count_stands_under_its_token_and_a_count_of_zero_is_dark():
    figure = plot_target_counts(PIECES[:3], {2: [0, 1, 2]})
    tokens, counts = _rows_of_boxes(figure)
    assert counts == tokens
    inks = {text.get_text(): text.get_color() for text in figure.axes[0].texts[-3:]}
    assert list(inks) == ["0", "1", "2"]
    assert inks["0"] != inks["1"] == inks["2"]


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 30), st.integers(1, 4), st.integers(0, 99))
def test_every_text_of_the_counts_stays_in_its_place(n_pieces, n_rows, count):
    counts = {stride: [count] * n_pieces for stride in range(1, n_rows + 1)}
    _check_places(plot_target_counts([" a"] * n_pieces, counts))


def test_the_widest_stride_ends_before_the_boxes():
    figure = plot_target_counts(PIECES, {999: [1] * 10})
    (text,) = [text for text in figure.axes[0].texts if text.get_text() == "stride 999"]
    right = text.get_window_extent(FigureCanvasAgg(figure).get_renderer()).x1
    boxes = [patch for patch in figure.axes[0].patches if isinstance(patch, Rectangle)]
    assert right < min(each.get_window_extent().x0 for each in boxes)


@pytest.mark.parametrize(
    ("pieces", "counts", "expected"),
    [
        ([], {1: []}, "0 pieces and 1 rows came"),
        (["a"], {}, "1 pieces and 0 rows came"),
        (["a"] * 31, {1: [1] * 31}, "at most 30 pieces fit on the page, but 31 came"),
        (["a"], {0: [1]}, "a stride must be from 1 to 999, but 0 came"),
        (["a"], {1000: [1]}, "a stride must be from 1 to 999, but 1000 came"),
        (["a", "b"], {1: [1]}, "2 pieces need as many counts, but 1 came for stride 1"),
        (["a"], {1: [-1]}, "from 0 to 99, but -1 came for stride 1"),
        (["a"], {1: [100]}, "from 0 to 99, but 100 came for stride 1"),
    ],
)
def test_counts_that_cannot_be_drawn_are_refused(pieces, counts, expected):
    with pytest.raises(ValueError, match=expected):
        plot_target_counts(pieces, counts)
