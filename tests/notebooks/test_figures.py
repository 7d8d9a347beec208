"""Every kind of picture against its golden image: `make figures` renews them."""

from itertools import accumulate
from math import cos, sin

import pytest

from helpers.bpe import bytes_to_glyphs
from helpers.tokenizer import tokenize
from lesson.figures.n01_tokenize import plot_cuts, plot_ranks, plot_split
from lesson.figures.n02_simple_tokenizer import plot_growth, plot_vocabulary_lookup
from lesson.figures.n03_byte_pair_encoding import (
    plot_compression,
    plot_glyphs,
    plot_trace,
    plot_training,
)
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
from lesson.figures.n07_input_embedding import (
    plot_arrows,
    plot_broadcast,
    plot_sum,
)
from lesson.figures.road import plot_map

# One other digit in a large picture counts 1.5: the usual tolerance of 2 would not see it.
golden = pytest.mark.mpl_image_compare(tolerance=0.5)

PIECES = ["Once", " upon", " a", " time", " there", " were", " four", " little", " Rabb", "its"]
TOKEN_IDS = [7454, 2402, 257, 640, 612, 547, 1440, 1310, 22502, 896]
VOCAB = {",": 0, "cat": 1, "dog": 2, "mouse": 3, "saw": 4, "the": 5, "<unk>": 6}
TABLE = [
    [0.3374, -0.1778, -0.3035, -0.588],
    [0.3486, 0.6603, -0.2196, -0.3792],
    [0.7671, -1.1925, 0.6984, -1.4097],
    [0.1794, 1.8951, 0.4954, 0.2692],
]


@golden
def test_figure_split():
    text = "Peter sneezed--'Kertyschoo!'\tMr."
    return plot_split(text, tokenize(text))


@golden
def test_figure_ranks():
    counts = {f"word {rank}": 90 // rank + 1 for rank in range(1, 300)}
    return plot_ranks(counts | {",": 120}, [",", "word 7", "word 40"])


@golden
def test_figure_cuts():
    return plot_cuts({"characters": (54, 5582), "words + white space": (407, 2215)})


@golden
def test_figure_vocabulary_lookup():
    return plot_vocabulary_lookup(tokenize("the mouse, the cat"), VOCAB)


@golden
def test_figure_vocabulary_lookup_of_unknown_tokens():
    return plot_vocabulary_lookup(tokenize("the owl saw the unbelievable-cat"), VOCAB, follow=1)


@golden
def test_figure_growth():
    return plot_growth(list(accumulate(int(i % 4 == 0 or i < 20) for i in range(1200))))


@golden
def test_figure_training():
    words = [" the", " he", " the", " to"]
    return plot_training(words, [(" ", "t"), ("h", "e"), (" t", "he")])


@golden
def test_figure_trace():
    steps = (b" |\xc3|\xa9|t|\xc3|\xa9", b" |\xc3\xa9|t|\xc3\xa9", b" \xc3\xa9|t|\xc3\xa9")
    ranks = (None, 102, 41025)
    return plot_trace([(rank, step.split(b"|")) for rank, step in zip(ranks, steps, strict=True)])


@golden
def test_figure_compression():
    curves = {
        "learned from": {256: 1.0, 300: 1.49, 500: 2.49, 700: 3.11, 894: 3.93},
        "held out": {256: 1.0, 300: 1.47, 500: 2.08, 700: 2.26, 894: 2.39},
    }
    return plot_compression(curves, {"GPT-2, held out": 3.69})


@golden
def test_figure_glyphs():
    return plot_glyphs(bytes_to_glyphs(), marked=[10, 32])


@golden
def test_figure_contexts():
    return plot_contexts(PIECES, context_size=5)


@golden
def test_figure_contexts_of_seven_with_a_token_cut_short():
    return plot_contexts(PIECES, context_size=7)


@golden
def test_figure_windows():
    return plot_windows(PIECES, 5, 2, 3, TOKEN_IDS)


@golden
def test_figure_windows_with_a_gap_and_upright_ids():
    return plot_windows((PIECES * 2)[:18], 5, 6, 3, (TOKEN_IDS * 2)[:18])


@golden
def test_figure_windows_on_the_narrowest_columns():
    return plot_windows(PIECES * 3, 4, 12, 3, TOKEN_IDS * 3)


@golden
def test_figure_target_counts():
    counts = {1: [0, 1, 2, 3, 3, 3, 2, 1, 0, 0], 3: [0] + [1] * 9}
    return plot_target_counts(PIECES, counts)


@golden
def test_figure_planes():
    points = {"cat": (0.3, 0.14), "rabbit": (0.33, 0.15), "bread": (0, 0.33)}
    others = {"cat": (-0.02, 0), "rabbit": (0.1, 0.1), "bread": (0.05, -0.1)}
    return plot_planes({"trained": points, "random": others}, "animal", "food")


@golden
def test_figure_lookup():
    return plot_lookup(TABLE, [2, 0, 2])


@golden
def test_figure_lookup_position():
    return plot_lookup(TABLE, [0, 1, 2], kind="position", names=["id 2", "id 3", "radishes"])


@golden
def test_figure_gradient():
    gradient = [[0.0] * 4, [1.0] * 4, [0.0] * 4, [2.0] * 4]
    return plot_gradient(TABLE, gradient, [3, 1, 3])


@golden
def test_figure_losses():
    small = [6 / (1 + step / 20) + 1 for step in range(100)]
    large = [6 / (1 + step / 5) + 0.2 for step in range(100)]
    levels = {"guessing": 6.0, "the best": 0.5}
    return plot_losses({"small": small, "large": large}, levels)


@golden
def test_figure_word_order():
    return plot_word_order(["you", "eat", "rabbit"], ["rabbit", "eat", "you"])


@golden
def test_figure_similarities():
    waves = [[cos(row - column) for column in range(9)] for row in range(9)]
    alone = [[float(row == column) for column in range(9)] for row in range(9)]
    return plot_similarities({"waves": waves, "alone": alone})


@golden
def test_figure_position_tables():
    wide = [[3 * sin(7 * row * row + column) for column in range(8)] for row in range(12)]
    waves = [[cos(row / (1 + column)) for column in range(8)] for row in range(12)]
    return plot_position_tables({"wide": wide, "waves": waves})


@golden
def test_figure_turns():
    fast = [(cos(position), sin(position)) for position in range(6)]
    slow = [(cos(position / 10), sin(position / 10)) for position in range(6)]
    return plot_turns({"fast": fast, "slow": slow})


@golden
def test_figure_sum():
    left, right = [[0.7671, -1.1925], [1, 2]], [[0.3374, -0.1778], [10, 20]]
    total = [[1.1045, -1.3703], [11, 22]]
    return plot_sum(left, right, total, names=["you", "rabbit"], marked=(1, 0))


@golden
def test_figure_broadcast():
    batch = [[[10, 20], [30, 40]], [[50, 60], [70, 80]], [[90, 100], [110, 120]]]
    totals = [[[11, 22], [33, 44]], [[51, 62], [73, 84]], [[91, 102], [113, 124]]]
    return plot_broadcast(batch, [[1, 2], [3, 4]], totals)


@golden
def test_figure_arrows():
    return plot_arrows({"random": ([3, 0, 4], [0, 5, 0]), "trained": ([12, 5], [0.5, 4])})


@pytest.mark.mpl_image_compare(tolerance=0.5, filename="map.png", savefig_kwargs={"dpi": 150})
def test_figure_map_with_no_stage_lit():
    """The cover of the series: README and the site's first page show this file."""
    return plot_map()


@golden
def test_figure_map():
    return plot_map("04_data_sampling")
