import pytest

from helpers.bpe import bytes_to_glyphs
from lesson.figures import plot_glyphs
from lesson.figures.style import INK, ORANGE, PALE_ORANGE

OWN = {byte: chr(byte) for byte in range(256)}


def find_boxes(figure):
    """Return the boxes in the order of the bytes."""
    return figure.axes[0].patches


@pytest.mark.mpl_image_compare
def test_figure_glyphs():
    return plot_glyphs(bytes_to_glyphs(), marked=[10, 32])


def test_the_description_counts_and_names_what_is_marked():
    assert plot_glyphs(bytes_to_glyphs(), marked=[10, 32]).alt == (
        "The 256 bytes, 16 in a row, each with the character that shows it: 188 by their own "
        "character, 68 by a borrowed one. Marked: 10 as “Ċ”, 32 as “Ġ”."
    )


def test_without_marks_the_description_names_none():
    assert plot_glyphs(OWN).alt.endswith("256 by their own character, 0 by a borrowed one.")


def test_each_byte_has_a_box_sixteen_in_a_row():
    boxes = find_boxes(plot_glyphs(OWN))
    assert len(boxes) == 256
    rows = [round(each.get_y(), 3) for each in boxes]
    assert [rows.count(row) for row in sorted(set(rows))] == [16] * 16
    assert rows == sorted(rows, reverse=True)


def test_only_borrowed_characters_have_the_orange_ground():
    boxes = find_boxes(plot_glyphs(OWN | {65: "Ġ"}))
    paints = {"".join(f"{round(255 * part):02x}" for part in b.get_facecolor()[:3]) for b in boxes}
    assert len(paints) == 2
    assert paint_of(boxes[65].get_facecolor()) == PALE_ORANGE
    assert paint_of(boxes[65].get_edgecolor()) == ORANGE
    assert paint_of(boxes[66].get_facecolor()) != PALE_ORANGE


def paint_of(rgba):
    return "#" + "".join(f"{round(255 * part):02x}" for part in rgba[:3])


def test_a_marked_byte_is_bold_with_a_thick_border():
    figure = plot_glyphs(OWN, marked=[66])
    bold = [text.get_text() for text in figure.axes[0].texts if text.get_weight() == "bold"]
    assert bold == ["B"]
    assert paint_of(find_boxes(figure)[66].get_edgecolor()) == INK
    assert find_boxes(figure)[66].get_linewidth() > 2 * find_boxes(figure)[65].get_linewidth()


def test_the_rows_and_columns_are_numbered():
    texts = [text.get_text() for text in plot_glyphs(dict.fromkeys(range(256), "x")).axes[0].texts]
    assert {"+0", "+15", "0", "16", "240"} <= set(texts)


def test_a_missing_byte_is_refused():
    with pytest.raises(ValueError, match="a glyph for each byte from 0 to 255, but 2 came"):
        plot_glyphs({0: "a", 1: "b"})


def test_a_glyph_of_two_characters_is_refused():
    with pytest.raises(ValueError, match="byte 7 has 'ab'"):
        plot_glyphs(OWN | {7: "ab"})


@pytest.mark.parametrize("byte", [-1, 256, "a"])
def test_a_mark_on_what_is_no_byte_is_refused(byte):
    with pytest.raises(ValueError, match="marked bytes from 0 to 255"):
        plot_glyphs(OWN, marked=[byte])
