"""The map of the series: one sentence on its way through all seven stages, one of them lit."""

from collections.abc import Iterable
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import Circle, Rectangle

from lesson.figures.palette import BIG, BLUE, GREY, INK, PAPER, SMALL
from lesson.figures.shapes import (
    BLUE_BOX,
    GREEN_BOX,
    GREY_BOX,
    ORANGE_BOX,
    PLAIN,
    Look,
    box,
    label,
)
from lesson.figures.style import TeachingFigure, canvas, quote, shorten
from lesson.figures.viewer import make_visible
from lesson.journey import Journey, Pair, show_piece

# What travel() makes of the sentence with the tables of notebook 07: a test compares them.
SENTENCE = Journey(
    text="Once upon a time there were four little Rabbits",
    words=("Once", "upon", "a", "time", "there", "were", "four", "little", "Rabbits"),
    word_ids=(33, 373, 46, 354, 346, 386, 155, 210, 38),
    pieces=(
        *(b"Once", b" upon", b" a", b" time", b" there"),
        *(b" were", b" four", b" little", b" Rabb", b"its"),
    ),
    token_ids=(7454, 2402, 257, 640, 612, 547, 1440, 1310, 22502, 896),
    embed_dim=768,
    token_vectors=(
        *((-0.7633, -1.2613), (-0.2419, 0.4388), (1.2758, -0.2896)),
        *((-0.3856, 1.2656), (2.0351, 0.9694)),
    ),
    position_vectors=(
        *((0.3374, -0.1778), (0.2579, 0.342), (0.7957, 0.535)),
        *((-0.0312, 1.6913), (0.4279, 1.1632)),
    ),
    sums=(
        *((-0.4259, -1.4391), (0.016, 0.7807), (2.0715, 0.2454)),
        *((-0.4168, 2.9569), (2.463, 2.1326)),
    ),
)

# All in inches: stations on their track, titles, columns.
MAIN_TRACK, SIDE_TRACK, TITLES, LEFT, RIGHT = 0.42, 0.8, 1.06, 2.14, 9.9
N_COLUMNS = 10
COLUMN, WIDEST = (RIGHT - LEFT) / N_COLUMNS, 1.5
HIGH, HIGHER = 0.36, 0.54  # a box with one line, and with two
STATION = 0.19
LETTER = 0.602 / 72  # what a monospaced letter takes for each point of its size
LEAST = 9  # points; what does not fit at this size is cut short


class Stage(NamedTuple):
    """A row of the map: what stands at its left, and where its boxes are."""

    title: str
    bottom: float
    height: float
    side: bool = False  # off the main road

    @property
    def middle(self) -> float:
        """Half-way up, where its station is."""
        return self.bottom + self.height / 2


TEXT = Stage("text", 5.32, 0.46)
STAGES = {
    "01_tokenize": Stage("words", 4.73, HIGH, side=True),
    "02_simple_tokenizer": Stage("word ids", 4.21, HIGH, side=True),
    "03_byte_pair_encoding": Stage("subwords\nand ids", 3.16, 2 * HIGH),
    "04_data_sampling": Stage("windows", 2.2, 2 * HIGH),
    "05_token_embedding": Stage("token\nvectors", 1.5, HIGHER),
    "06_position_embedding": Stage("position\nvectors", 0.8, HIGHER, side=True),
    "07_input_embedding": Stage("input\nembeddings", 0.1, HIGHER),
}
HEIGHT = 5.88
END_OF_SIDE_ROAD = 4.02


def plot_map(stage: str, journey: Journey = SENTENCE) -> TeachingFigure:
    """Draw the way from text to input embeddings with the stage of one notebook lit.

    The first ten pieces of the text have a column each.

    Example:
        >>> plot_map("04_data_sampling").alt[-28:]
        ' Lit: windows (notebook 04).'
    """
    lit = STAGES[stage]
    figure, axes = canvas(10, HEIGHT, _describe(journey, stage))
    _light(axes, lit)
    _draw_tracks(axes)
    for name, each in STAGES.items():
        _draw_station(axes, each, name[:2], lit=each is lit)
    _draw_rows(axes, journey)
    return figure


def _light(axes: Axes, lit: Stage) -> None:
    """Put a thick frame round the row of the notebook, and a pointer before it."""
    margin = 0.07
    place = (0.06, lit.bottom - margin), 9.92, lit.height + 2 * margin
    axes.add_patch(Rectangle(*place, facecolor=PAPER, edgecolor=BLUE, lw=3.5))


def _draw_tracks(axes: Axes) -> None:
    """Draw the main road, the side road that leaves it and ends, and the one that joins it."""
    words, ids, _, _, _, positions, last = STAGES.values()
    main = {"color": BLUE, "lw": 5, "solid_capstyle": "round"}
    side = {"color": GREY, "lw": 2.5, "ls": (0, (2, 1))}
    axes.plot([MAIN_TRACK] * 2, [TEXT.middle, last.middle], **main)
    axes.plot([MAIN_TRACK, SIDE_TRACK], [TEXT.bottom, words.middle], **side)
    axes.plot([SIDE_TRACK] * 2, [words.middle, END_OF_SIDE_ROAD], **side)
    axes.plot([SIDE_TRACK - 0.15, SIDE_TRACK + 0.15], [END_OF_SIDE_ROAD] * 2, color=GREY, lw=4)
    axes.plot([SIDE_TRACK, MAIN_TRACK], [positions.middle, last.middle], **main)


def _draw_station(axes: Axes, stage: Stage, number: str, lit: bool) -> None:
    x = SIDE_TRACK if stage.side else MAIN_TRACK
    style = {"facecolor": BLUE if lit else PAPER, "edgecolor": BLUE, "lw": 2, "zorder": 3}
    axes.add_patch(Circle((x, stage.middle), STATION, **style))
    ink = PAPER if lit else INK
    axes.text(
        x,
        stage.middle,
        number,
        ha="center",
        va="center",
        color=ink,
        fontsize=SMALL,
        fontweight="bold",
        zorder=4,
    )
    label(axes, TITLES, stage.middle, stage.title, align="left", size=SMALL, bold=lit)


def _draw_rows(axes: Axes, journey: Journey) -> None:
    words, ids, pieces, windows, tokens, positions, last = STAGES.values()
    text = " ".join(make_visible(part) for part in journey.text.split(" "))
    _draw_box(axes, LEFT, TEXT.bottom, RIGHT - LEFT, TEXT.height, text, GREY_BOX, size=BIG)
    _draw_words(axes, journey)
    width = max(COLUMN, min(WIDEST, (RIGHT - LEFT) / 2 / len(journey.token_ids)))
    shown = [make_visible(show_piece(piece)) for piece in journey.pieces[:N_COLUMNS]]
    _draw_cells(axes, pieces.bottom + HIGH, width, shown, BLUE_BOX)
    _draw_cells(axes, pieces.bottom, width, journey.token_ids[:N_COLUMNS], PLAIN)
    _draw_cells(axes, windows.bottom + HIGH, width, journey.window_input, BLUE_BOX)
    _draw_cells(axes, windows.bottom, width, journey.window_target, ORANGE_BOX, start=1)
    for stage, vectors, look in (
        (tokens, journey.token_vectors, BLUE_BOX),
        (positions, journey.position_vectors, ORANGE_BOX),
        (last, journey.sums, GREEN_BOX),
    ):
        written = ["\n".join(map(_write, vector)) for vector in vectors]
        _draw_cells(axes, stage.bottom, width, written, look, height=HIGHER)


def _draw_words(axes: Axes, journey: Journey) -> None:
    width = COLUMN
    for (start, end), word, word_id in zip(
        _find_columns(journey), journey.words, journey.word_ids, strict=False
    ):
        place = LEFT + start * width, (end - start) * width
        for stage, text in zip(list(STAGES.values())[:2], (word, str(word_id)), strict=True):
            _draw_box(axes, place[0], stage.bottom, place[1], HIGH, text, GREY_BOX)


def _find_columns(journey: Journey) -> list[tuple[float, float]]:
    """Return from where to where each word reaches, counted in columns of pieces."""
    borders = [0, *accumulate(map(len, journey.pieces[:N_COLUMNS]))]
    end, ends = 0, [0.0]
    for word in journey.words:
        end = journey.text.index(word, end) + len(word)
        n_bytes = len(journey.text[:end].encode())
        ends.append(float(np.interp(n_bytes, borders, range(len(borders)))))
    return list(zip(ends, ends[1:]))


def _draw_cells(axes, bottom, width, texts, look, *, start=0, height=HIGH) -> None:
    for column, text in enumerate(texts, start):
        _draw_box(axes, LEFT + column * width, bottom, width, height, str(text), look)


def _draw_box(axes, left, bottom, width, height, text, look, size=SMALL) -> None:
    text, size = _fit(text, width, size)
    box(axes, left, bottom, width, height, text, look, size=size, mono=True)


def _fit(text: str, width: float, size: float) -> tuple[str, float]:
    """Return the text and the size that fill at most the width."""
    font = get_font(findfont("DejaVu Sans Mono"))
    lines = [
        "".join(sign if font.get_char_index(ord(sign)) else f"U+{ord(sign):04X}" for sign in line)
        for line in text.split("\n")
    ]
    room = (width - 0.06) / LETTER
    size = max(LEAST, min(size, room / max(map(len, lines))))
    return "\n".join(shorten(line, max(1, int(room / size))) for line in lines), size


def _write(number: float) -> str:
    return f"{number:z.4f}".replace("-", "−")


def _describe(journey: Journey, stage: str) -> str:
    title = STAGES[stage].title.replace("\n", " ")
    pieces = quote(make_visible(show_piece(piece)) for piece in journey.pieces[:N_COLUMNS])
    hidden = len(journey.token_ids) - N_COLUMNS
    rest = f", and {hidden:,} more" if hidden > 0 else ""
    return (
        f"The map of the series: the way of the text {quote([journey.text])} through seven stages. "
        f"A side road that ends: 01, words: {quote(journey.words)}; "
        f"02, word ids: {_list(journey.word_ids)}. "
        f"The main road: 03, subwords: {pieces}{rest}, "
        f"with the ids {_list(journey.token_ids[:N_COLUMNS])}; "
        f"04, a window: the input {_list(journey.window_input)} "
        f"and its target {_list(journey.window_target)}. "
        f"For the input, the first two of {journey.embed_dim} numbers: "
        f"05, token vectors: {_list_vectors(journey.token_vectors)}; "
        f"06, position vectors: {_list_vectors(journey.position_vectors)}; "
        f"07, input embeddings, their sums: {_list_vectors(journey.sums)}. "
        f"Lit: {title} (notebook {stage[:2]})."
    )


def _list(values: Iterable) -> str:
    return ", ".join(map(str, values))


def _list_vectors(vectors: Iterable[Pair]) -> str:
    return ", ".join(f"({_list(map(_write, vector))})" for vector in vectors)
