import pytest

from lesson.figures import plot_merges, plot_pieces, plot_text_lengths

THERE = [
    [" ", "t", "h", "e", "r", "e"],
    [" t", "h", "e", "r", "e"],
    [" t", "he", "r", "e"],
    [" the", "re"],
    [" there"],
]


def find_texts(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def find_rows(figure):
    return {round(patch.get_y(), 3) for patch in figure.axes[0].patches}


@pytest.mark.mpl_image_compare
def test_figure_pieces():
    pieces = [
        "Once",
        " upon",
        "\n",
        "\t",
        " $",
        "�",
        "子",
        " Rabb",
        "its",
        ",",
        " naughty",
        " blackberries",
    ]
    return plot_pieces(pieces, [7454, 2402, 198, 197, 720, 0, 36310, 22502, 896, 11, 45128, 1])


@pytest.mark.mpl_image_compare
def test_figure_merges():
    return plot_merges(THERE, ["start", "merge 1", "merge 3", "merge 7", "merge 357"])


def test_the_description_pairs_each_piece_with_its_id():
    assert plot_pieces(["un", " a"], [403, 257]).alt == (
        "The text “un·a” in 2 pieces, each with its id: “un” 403, “·a” 257."
    )


def test_the_description_of_one_piece_is_in_the_singular():
    assert plot_pieces(["un"], [403]).alt == "The text “un” in 1 piece, with its id: “un” 403."


def test_each_piece_is_written_with_its_id():
    texts = find_texts(plot_pieces([" Rabb", "its"], [22502, 896]))
    assert texts == ["·Rabb", "22502", "its", "896"]


def test_a_sign_that_the_font_lacks_is_written_as_its_code_point():
    assert "aU+5B50" in find_texts(plot_pieces(["a子"], [1]))


def test_a_full_row_is_continued_on_the_next_one():
    few, many = plot_pieces(["rabbit"] * 8, [1] * 8), plot_pieces(["rabbit"] * 9, [1] * 9)
    assert (len(find_rows(few)), len(find_rows(many))) == (1, 2)


def test_no_box_leaves_the_page():
    figure = plot_pieces(["rabbit", "a"] * 20, [50256] * 40)
    right = max(patch.get_x() + patch.get_width() for patch in figure.axes[0].patches)
    assert right < figure.get_figwidth() <= 10


def test_every_piece_needs_an_id():
    with pytest.raises(ValueError, match="one piece, and one id for each, but 2 and 1 came"):
        plot_pieces(["un", "bel"], [403])


def test_no_pieces_are_refused():
    with pytest.raises(ValueError, match="at least one piece, and one id for each, but 0 and 0"):
        plot_pieces([], [])


def test_a_piece_too_long_for_a_row_is_refused():
    with pytest.raises(ValueError, match=r"'a{20}'\.\.\. has 90 characters, too many"):
        plot_pieces(["a" * 90], [1])


def test_the_description_spells_every_step():
    assert plot_merges([["t", "h", "e"], ["t", "he"]], ["start", "merge 3"]).alt == (
        "The text “the”, glued together row by row. start: t|h|e; merge 3: t|he."
    )


def test_only_the_glued_piece_is_bold_in_its_row():
    figure = plot_merges([["t", "h", "e"], ["t", "he"], ["the"]], ["start", "1", "2"])
    bold = [each.get_text() for each in figure.axes[0].texts if each.get_weight() == "bold"]
    assert bold == ["he", "the"]


@pytest.mark.parametrize(
    "below", [["t", "h", "e"], ["thx"], ["t"], ["th", "e", "n"]], ids=lambda below: "|".join(below)
)
def test_a_row_that_is_not_glued_from_the_one_above_is_refused(below):
    with pytest.raises(ValueError, match="with neighbours glued: both must spell the same text"):
        plot_merges([["t", "h", "e"], below], ["start", "merge 1"])


def test_a_new_cut_is_refused():
    with pytest.raises(ValueError, match="fewer cuts, none of them new"):
        plot_merges([["th", "e", "r", "e"], ["t", "here"]], ["start", "merge 1"])


def test_every_step_needs_a_label():
    with pytest.raises(ValueError, match="one step, and one label for each, but 5 and 1 came"):
        plot_merges(THERE, ["start"])


def test_a_text_too_long_for_the_page_is_refused():
    with pytest.raises(ValueError, match=r"would be 14\.7 inches wide, and a page is 10"):
        plot_merges([["a"] * 30], ["start"])


LENGTHS = {256: 5582, 300: 3734, 400: 2718, 600: 2093, 800: 1813, 1000: 1613, 1197: 1416}


@pytest.mark.mpl_image_compare
def test_figure_text_lengths():
    return plot_text_lengths(LENGTHS, {"GPT-2, with 50,257": 1547})


def test_the_description_gives_every_length():
    assert plot_text_lengths({256: 5582, 1000: 1613, 2000: 9}, {"a": 1547, "b": 3}).alt == (
        "The length of a text by vocabulary size. 256: 5,582 tokens; 1,000: 1,613; 2,000: 9. "
        "Dashed: a, 1,547; b, 3."
    )


def test_without_lines_the_description_names_none():
    assert plot_text_lengths({256: 90, 300: 40}).alt.endswith("256: 90 tokens; 300: 40.")


def test_the_curve_and_the_lines_are_where_the_numbers_say():
    axes = plot_text_lengths({256: 90, 300: 40}, {"words": 30}).axes[0]
    curve, line = axes.lines
    assert (list(curve.get_xdata()), list(curve.get_ydata())) == ([256, 300], [90, 40])
    assert set(line.get_ydata()) == {30}
    assert axes.get_ylim()[0] == 0
    assert [text.get_text() for text in axes.texts] == ["90", "40", "words: 30"]


def test_a_high_line_is_in_the_picture():
    axes = plot_text_lengths({256: 90, 300: 40}, {"bytes": 500}).axes[0]
    assert axes.get_ylim()[1] > 500


@pytest.mark.parametrize("lengths", [{}, {256: 90}, {300: 40, 256: 90}])
def test_sizes_must_be_two_or_more_and_ascend(lengths):
    with pytest.raises(ValueError, match="two or more sizes in ascending order"):
        plot_text_lengths(lengths)
