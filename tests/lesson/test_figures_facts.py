"""What the pictures say: their descriptions, their places, and their errors."""

from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import Rectangle

from helpers.bpe import bytes_to_glyphs
from lesson.figures.n01_tokenize import plot_ranks, plot_split
from lesson.figures.n02_simple_tokenizer import plot_vocabulary_lookup
from lesson.figures.n03_byte_pair_encoding import plot_compression, plot_glyphs, plot_training
from lesson.figures.n04_data_sampling import plot_contexts, plot_target_counts, plot_windows
from lesson.figures.n05_token_embedding import (
    plot_gradient,
    plot_lookup,
    plot_losses,
    plot_planes,
)
from lesson.figures.n06_position_embedding import (
    plot_position_tables,
    plot_similarities,
    plot_turns,
    plot_word_order,
)
from lesson.figures.n07_input_embedding import plot_broadcast

VOCAB = {",": 0, "cat": 1, "dog": 2, "mouse": 3, "the": 4, "<unk>": 5}
TABLE = [[0.3374, -0.1778], [0.3486, 0.6603], [0.7671, -1.1925]]

# The examples in the docstrings hold the plain cases: here are the others.
DESCRIPTIONS = {
    "two spaces are dropped": (
        lambda: plot_split("a  b", ["a", "b"]),
        "The text “a··b” cut into 2 tokens: “a”, “b”. Dropped: 2 white spaces.",
    ),
    "ranks": (
        lambda: plot_ranks({"a": 1, "the": 4, "cat": 2, "pea": 1}, []),
        "How often each of 4 tokens occurs, by rank, on logarithmic axes. The points fall from "
        "“the”, 4 times, to “pea”, 1; 2 tokens occur only once. "
        "A dashed straight line shows Zipf's law.",
    ),
    "known and unknown tokens": (
        lambda: plot_vocabulary_lookup(["an", "cat", "ran"], VOCAB),
        "Tokens and ids, joined through a table of 6 rows. Both ways: “cat” 1. "
        "One way only, to the row “<unk>” 5: “an”, “ran”.",
    ),
    "unknown tokens alone": (
        lambda: plot_vocabulary_lookup(["an"], VOCAB),
        "Tokens and ids, joined through a table of 6 rows. "
        "One way only, to the row “<unk>” 5: “an”.",
    ),
    "merges with their counts": (
        lambda: plot_training([" he", " the", " he"], [("h", "e"), (" ", "he")]),
        "Pieces row by row, of “·he” (2 times), “·the” (1 time). start: ·|h|e ·|t|h|e; "
        "merge 0, 3 times: ·|he ·|t|he; merge 1, 2 times: ·he ·|t|he.",
    ),
    "sizes in any order": (
        lambda: plot_compression({"a": {1000: 2, 256: 1}, "b": {256: 1.5}}, {"c": 3, "d": 4}),
        "Bytes a token by vocabulary size. a: 256 1.00, 1,000 2.00; b: 256 1.50. "
        "Dashed: c 3.00, d 4.00.",
    ),
    "bytes": (
        lambda: plot_glyphs(bytes_to_glyphs(), marked=[10, 32]),
        "The 256 bytes, 16 in a row, each with the character that shows it: 188 by their own "
        "character, 68 by a borrowed one. Marked: 10 as “Ċ”, 32 as “Ġ”.",
    ),
    "two windows": (
        lambda: plot_windows(["Once", " upon", " a", " time", " there"], 2, 1, 2, range(5)),
        "Windows of 2 over the tokens “Once”, “·upon”, “·a”, “·time”, “·there”. "
        "Row 0: input at positions 0 to 1, target at positions 1 to 2. "
        "Row 1: input at positions 1 to 2, target at positions 2 to 3.",
    ),
    "two planes": (
        lambda: plot_planes({"a": {"cat": (1, -0.001)}, "b": {"cat": (2, 3)}}, "in", "out"),
        "Named points; across: in, upwards: out. a: cat at (1, 0.00); b: cat at (2, 3).",
    ),
    "rows of ids": (
        lambda: plot_lookup([[-1.1925, -0.001], [7, -3]], [1, 0, 1]),
        "A table of 2 rows with 2 numbers each. Looked up, in this order: "
        "id 1: 7, −3; id 0: −1.19, 0.00; id 1: 7, −3.",
    ),
    "rows of positions": (
        lambda: plot_lookup(TABLE, [1], kind="position"),
        "A table of 3 rows with 2 numbers each. Looked up, in this order: position 1: 0.35, 0.66.",
    ),
    "gradients": (
        lambda: plot_gradient(TABLE, [[1, 1], [0, 0], [3, 3]], [2, 0, 2, 2]),
        "A table of 3 rows and its gradient. Row 0, looked up once: 1, 1. "
        "Row 2, looked up 3 times: 3, 3. Zero in row 1.",
    ),
    "a gradient in each row": (
        lambda: plot_gradient([[1]], [[2]], [0, 0]),
        "A table of 1 rows and its gradient. Row 0, looked up twice: 2.",
    ),
    "losses": (
        lambda: plot_losses({"a": [3, 2, 1], "b": [4, 3, 3.5]}, {"blind": 2.5}),
        "The loss over 3 steps. a: from 3.00 to 1.00; b: from 4.00 to 3.50. "
        "Lines to compare with: blind, 2.50.",
    ),
    "word order": (
        lambda: plot_word_order(["you", "eat", "fish"], ["fish", "eat", "you"]),
        "Two sentences of the same words: “you eat fish” and “fish eat you”, the position vectors "
        "P0, P1 and so on added in the order of the places. A different vector: “you”, “fish”. "
        "The same vector: “eat”.",
    ),
    "positions that are alike": (
        lambda: plot_similarities({"a": [[1, 0.5, 0], [0.5, 1, -0.8], [0, -0.8, 1]]}),
        "How alike positions are. a: 3 × 3; two that are next door, −0.15 on average.",
    ),
    "tables of positions": (
        lambda: plot_position_tables({"a": [[1, -2.5], [0, 3]], "b": [[-0.001, 1]]}),
        "Position vectors as shades. a: 2 × 2, numbers from −2.50 to 3.00; "
        "b: 1 × 2, numbers from 0.00 to 1.00.",
    ),
    "turns": (
        lambda: plot_turns({"fast": [(1, 0), (-0.5, -0.001)]}),
        "Hands that turn with the position. fast: 0 at (1.00, 0.00), 1 at (−0.50, 0.00).",
    ),
    "a batch": (
        lambda: plot_broadcast([[[10]], [[20]]], [[1]], [[[11]], [[21]]]),
        "One table of position vectors, added to each input of a batch of 2. The table: 1. "
        "Input 0: 10 plus the same table is 11. Input 1: 20 plus the same table is 21.",
    ),
}


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_figure_is_described_by_its_data(name):
    draw, expected = DESCRIPTIONS[name]
    assert draw().alt == expected


sizes = {"context_size": st.integers(1, 8), "stride": st.integers(1, 8), "n": st.integers(1, 3)}


@settings(max_examples=12)
@given(**sizes)
@example(context_size=5, stride=6, n=3)
@example(context_size=8, stride=8, n=3)
def test_figure_of_windows_is_whole_for_every_setting_of_the_sliders(context_size, stride, n):
    n_pieces = (n - 1) * stride + context_size + 1
    token_ids = range(10_000, 10_000 + n_pieces)
    figure = plot_windows([" Rabbit"] * n_pieces, context_size, stride, n, token_ids)
    check_places(figure)
    columns, rows = read_rows(figure), []
    assert [text for _, text in columns[1]] == [str(token_id) for token_id in token_ids]
    for start in range(0, n * stride, stride):
        rows.append(columns[1][start : start + context_size])
        rows.append(columns[1][start + 1 : start + context_size + 1])
    assert columns[2:] == rows  # each id stands under itself


@pytest.mark.parametrize("size", range(1, 8))
def test_figure_of_contexts_is_whole_for_every_size(size):
    figure = plot_contexts([" everything"] * 8, size)
    check_places(figure)
    assert [len(row) for row in read_rows(figure)[1:]] == [n + 1 for n in range(1, size + 1)]


@pytest.mark.parametrize(("n_pieces", "count"), [(1, 0), (18, 5), (30, 99)])
def test_figure_of_target_counts_is_whole_for_every_number(n_pieces, count):
    figure = plot_target_counts([" a"] * n_pieces, {1: [count] * n_pieces, 999: [0] * n_pieces})
    check_places(figure)
    rows = [[text for _, text in row] for row in read_rows(figure)]
    assert rows == [["·a"] * n_pieces, [str(count)] * n_pieces, ["0"] * n_pieces]


def read_rows(figure) -> list[list[tuple[float, str]]]:
    """Return the left edge and the text of the boxes, row by row from the top."""
    texts = {text.get_position(): text.get_text() for text in figure.axes[0].texts}
    rows = {}
    for each in figure.axes[0].patches:
        if isinstance(each, Rectangle):
            middle = each.get_x() + each.get_width() / 2, each.get_y() + each.get_height() / 2
            edge = round(each.get_x(), 6)
            rows.setdefault(round(each.get_y(), 6), []).append((edge, texts[middle]))
    return [sorted(rows[height]) for height in sorted(rows, reverse=True)]


def check_places(figure):
    """Every text stands on the page, away from others, and in its box or outside all of them."""
    axes, renderer = figure.axes[0], FigureCanvasAgg(figure).get_renderer()
    boxes = [each.get_window_extent() for each in axes.patches if isinstance(each, Rectangle)]
    places = [text.get_window_extent(renderer) for text in axes.texts if text.get_text()]
    for place in places:
        assert holds(figure.bbox, place)
        middle = (place.x0 + place.x1) / 2, (place.y0 + place.y1) / 2
        assert all(holds(each, place) for each in boxes if each.contains(*middle))
    for above, below in pairwise(sorted(places, key=lambda place: (place.y0, place.x0))):
        assert above.y0 != below.y0 or above.x1 <= below.x0


def holds(outer, inner) -> bool:
    wide = outer.x0 <= inner.x0 and inner.x1 <= outer.x1
    return wide and outer.y0 <= inner.y0 and inner.y1 <= outer.y1


@pytest.mark.parametrize(
    ("draw", "message"),
    [
        (lambda: plot_split("a" * 50, []), "holds 49 characters, but 50 came"),
        (lambda: plot_vocabulary_lookup(["owl"], {"cat": 0}), "'owl' is not in the vocabulary, "),
        (lambda: plot_contexts(["a"] * 5, 5), "a context_size from 1 to 4, but 5 came"),
        (lambda: plot_contexts(["a"] * 99, 8), "a context_size from 1 to 7, but 8 came"),
        (lambda: plot_windows(["a"] * 9, 5, 2, 3, [1] * 9), "need 10 pieces, .* but 9 came"),
        (lambda: plot_windows(["a"] * 31, 5, 2, 3, [1] * 31), "and 30 fit .* but 31 came"),
        (lambda: plot_lookup([[1] * 5], [0]), "at most 4 numbers a row, but 5 came"),
        (lambda: plot_word_order(["a", "b", "a"], ["b", "a", "a"]), "at most 3 different words"),
        (lambda: plot_word_order(list("abcd"), list("abcd")), "at most 3 different words"),
        (lambda: plot_word_order(["a", "b"], ["a", "c"]), "and the same words again, but"),
    ],
)
def test_figure_refuses_what_would_be_drawn_wrong(draw, message):
    with pytest.raises(ValueError, match=message):
        draw()
