import pytest
from hypothesis import given
from hypothesis import strategies as st

from lesson.figures import plot_ledger, plot_parameter_shares

COUNTS = {
    "token table (wte)": 38_597_376,
    "position table (wpe)": 786_432,
    "12 × feed-forward": 56_669_184,
    "last layer norm": 1_536,
}
SHAPES = {
    "text": (None, 5582, None),
    "batch of windows": (3, 1024, None),
    "+ position vectors": (None, 1024, 768),
    "= input embeddings": (3, 1024, 768),
}


@pytest.mark.mpl_image_compare
def test_figure_parameter_shares():
    return plot_parameter_shares(COUNTS, list(COUNTS)[:2], "in our layer")


@pytest.mark.mpl_image_compare
def test_figure_ledger():
    return plot_ledger(SHAPES)


def drawn_texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def bars(figure):
    return figure.axes[0].patches


def test_bars_are_in_proportion_and_begin_at_one_line():
    long, short = bars(plot_parameter_shares({"long": 30, "short": 10}))
    assert long.get_x() == short.get_x()
    assert short.get_width() / long.get_width() == pytest.approx(1 / 3)


def test_only_the_marked_parts_are_hatched():
    figure = plot_parameter_shares({"a": 30, "b": 10, "c": 20}, ["a", "c"])
    assert [bar.get_hatch() for bar in bars(figure)] == ["//", None, "//"]


def test_each_part_has_its_count_and_share():
    assert drawn_texts(plot_parameter_shares({"big": 2_999_000, "small": 1_000}, ["small"])) == [
        "3.0 million parameters",
        "hatched: marked, together 1,000, under 0.1%",
        "big",
        "3.0 million, 100.0%",
        "small",
        "1,000, under 0.1%",
    ]


def test_without_marked_parts_nothing_is_said_about_hatching():
    figure = plot_parameter_shares({"a": 3, "b": 1})
    assert figure.alt == "4 parameters. a: 3, 75.0%; b: 1, 25.0%."
    assert drawn_texts(figure)[:2] == ["4 parameters", "a"]


def test_the_shares_are_described():
    assert plot_parameter_shares({"ours": 250_000, "rest": 750_000}, ["ours"], "by us").alt == (
        "1.0 million parameters. ours: 0.2 million, 25.0%; rest: 0.8 million, 75.0%; "
        "hatched: by us, together 0.2 million, 25.0%."
    )


def test_the_same_axis_stands_in_one_column():
    figure = plot_ledger({"a": (2, 3, 4), "b": (None, 3, 4), "c": (None, 3, None)})
    lefts = [round(box.get_x(), 2) for box in bars(figure)]
    first, second, third = lefts[:3]
    assert first < second < third
    assert lefts[3:] == [second, third, second]


def test_a_row_of_the_ledger_reads_as_a_product():
    assert drawn_texts(plot_ledger({"batch": (3, 1024, None)})) == [
        "rows",
        "positions",
        "numbers",
        "in all",
        "batch",
        "3",
        "1,024",
        "×",
        "3,072",
    ]


@pytest.mark.parametrize(
    ("shape", "sentence"),
    [
        ((None, 5582, None), "story: 5,582 positions = 5,582."),
        ((3, 1024, 768), "story: 3 rows × 1,024 positions × 768 numbers = 2,359,296."),
        ((None, 1024, 768), "story: 1,024 positions × 768 numbers = 786,432."),
    ],
)
def test_the_ledger_is_described(shape, sentence):
    assert plot_ledger({"story": shape}).alt == f"Shapes, axis by axis. {sentence}"


def test_axes_may_have_other_names():
    figure = plot_ledger({"table": (10, 4)}, axes_names=("ids", "numbers"))
    assert figure.alt == "Shapes, axis by axis. table: 10 ids × 4 numbers = 40."


@given(st.lists(st.none() | st.integers(1, 999), min_size=1, max_size=3).filter(any))
def test_any_shape_of_one_to_three_axes_is_drawn(shape):
    sizes = [size for size in shape if size is not None]
    figure = plot_ledger({"any": shape}, axes_names=["axis"] * len(shape))
    assert len(bars(figure)) == len(sizes)
    assert drawn_texts(figure).count("×") == len(sizes) - 1


def test_no_part_is_refused():
    with pytest.raises(ValueError, match="at least one part with its count, but none came"):
        plot_parameter_shares({})


def test_a_count_below_one_is_refused():
    with pytest.raises(ValueError, match="a count must be at least 1, but that of 'b' is 0"):
        plot_parameter_shares({"a": 1, "b": 0})


def test_a_marked_part_without_a_count_is_refused():
    with pytest.raises(ValueError, match="no count for 'c': mark one of a, b"):
        plot_parameter_shares({"a": 1, "b": 2}, ["c"])


LONG = "a" * 21


@pytest.mark.parametrize(
    "draw",
    [
        lambda: plot_parameter_shares({LONG: 1}),
        lambda: plot_parameter_shares({"a": 1}, ["a"], LONG),
        lambda: plot_ledger({LONG: (1, 1, 1)}),
    ],
)
def test_a_name_too_long_for_its_place_is_refused(draw):
    with pytest.raises(ValueError, match=r"a name may have 20 characters, but 'a{21}' has 21"):
        draw()


def test_no_shape_is_refused():
    with pytest.raises(ValueError, match="expected at least one shape, but none came"):
        plot_ledger({})


@pytest.mark.parametrize(
    "shape", [(3, 1024), (None, None, None), (0, 1, 1), (1, 1000, 1_000_000), (1, 1, 1, 1)]
)
def test_a_shape_that_does_not_fit_is_refused(shape):
    with pytest.raises(ValueError, match=r"batch: expected 3 sizes from 1 up, .*, but \("):
        plot_ledger({"batch": shape})


@pytest.mark.parametrize("names", [(), ("a", "b", "c", "d"), ("positions to",)])
def test_axes_that_do_not_fit_are_refused(names):
    with pytest.raises(ValueError, match="one to three names of axes, of at most 10 characters"):
        plot_ledger({"batch": (1,)}, axes_names=names)
