"""The map of the series: one sentence on its way through all seven stages, one of them lit."""

from collections.abc import Iterable, Sequence
from itertools import accumulate, pairwise
from textwrap import fill
from typing import NamedTuple

import numpy as np
from matplotlib.axes import Axes
from matplotlib.font_manager import findfont, get_font
from matplotlib.patches import Circle, Polygon, Rectangle

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
from lesson.journey import Journey, Pair

# What travel() makes of the sentence with the tables of notebook 07: a test compares them.
SENTENCE = Journey(
    text="Once upon a time there were four little Rabbits",
    words=("Once", "upon", "a", "time", "there", "were", "four", "little", "Rabbits"),
    word_ids=(33, 373, 46, 354, 346, 386, 155, 210, 38),
    pieces=tuple(b"Once| upon| a| time| there| were| four| little| Rabb|its".split(b"|")),
    token_ids=(7454, 2402, 257, 640, 612, 547, 1440, 1310, 22502, 896),
    embed_dim=768,
    token_vectors=(
        (-0.7633, -1.2613),
        (-0.2419, 0.4388),
        (1.2758, -0.2896),
        (-0.3856, 1.2656),
        (2.0351, 0.9694),
    ),
    position_vectors=(
        (0.3374, -0.1778),
        (0.2579, 0.342),
        (0.7957, 0.535),
        (-0.0312, 1.6913),
        (0.4279, 1.1632),
    ),
    sums=(
        (-0.4259, -1.4391),
        (0.016, 0.7807),
        (2.0715, 0.2454),
        (-0.4168, 2.9569),
        (2.463, 2.1326),
    ),
)

# All in inches: stations on their tracks, titles, columns of pieces, notes on the last rows.
MAIN_TRACK, SIDE_TRACK, TITLES, LEFT, RIGHT = 0.5, 0.85, 1.08, 2.33, 9.87
N_COLUMNS = 10
COLUMN, WIDEST = (RIGHT - LEFT) / N_COLUMNS, 1.5
SIGNS, NOTES = LEFT + 5.5 * COLUMN, LEFT + 6.15 * COLUMN
HIGH, HIGHER = 0.37, 0.54  # a box with one line, and with two
MARGIN = 0.07  # between a lit row and its frame
FRAME = 0.26  # its left edge
STATION = 0.18
LETTER = 0.602 / 72  # what a monospaced letter takes for each point of its size
LINE = 1.2 / 72  # the height of a line for each point
LEAST = 9  # points; what does not fit at this size is cut short


class Stage(NamedTuple):
    """A row of the map."""

    title: str
    bottom: float
    height: float
    track: float = MAIN_TRACK

    @property
    def middle(self) -> float:
        """Half-way up, where its station is."""
        return self.bottom + self.height / 2


TEXT = Stage("text", 5.37, 0.48)
WORDS = Stage("words", 4.79, HIGH, SIDE_TRACK)
WORD_IDS = Stage("word ids", 4.27, HIGH, SIDE_TRACK)
SUBWORDS = Stage("subwords\nand ids", 3.13, 2 * HIGH)
WINDOWS = Stage("windows", 2.21, 2 * HIGH)
TOKENS = Stage("token\nvectors", 1.51, HIGHER)
POSITIONS = Stage("position\nvectors", 0.82, HIGHER, SIDE_TRACK)
SUMS = Stage("input\nembeddings", 0.13, HIGHER)
STAGES = {
    "01_tokenize": WORDS,
    "02_simple_tokenizer": WORD_IDS,
    "03_byte_pair_encoding": SUBWORDS,
    "04_data_sampling": WINDOWS,
    "05_token_embedding": TOKENS,
    "06_position_embedding": POSITIONS,
    "07_input_embedding": SUMS,
}
HEIGHT = 5.95
END_OF_SIDE_ROAD = 4.07


def plot_map(stage: str | None = None, journey: Journey = SENTENCE) -> TeachingFigure:
    """Draw the way from text to input embeddings, the stage of one notebook lit or none.

    The first ten pieces of the text have a column each; the first five go on as a window.

    Example:
        >>> plot_map("04_data_sampling").alt[-28:]
        ' Lit: windows (notebook 04).'
    """
    figure, axes = canvas(10, HEIGHT, _describe(journey, stage))
    if stage:
        _draw_frame(axes, STAGES[stage])
    _draw_tracks(axes)
    for name, each in STAGES.items():
        _draw_station(axes, each, name[:2], lit=name == stage)
    grid = Grid(axes, _find_width(len(journey.token_ids)))
    _draw_text(grid, journey)
    _draw_words(grid, journey)
    _draw_ids(grid, journey)
    _draw_vectors(grid, journey)
    _draw_notes(axes, journey)
    return figure


def _draw_frame(axes: Axes, lit: Stage) -> None:
    """Put a thick frame round the row of the notebook, its title on a dark ground, a pointer."""
    bottom, height = lit.bottom - MARGIN, lit.height + 2 * MARGIN
    axes.add_patch(Rectangle((FRAME, bottom), LEFT - MARGIN - FRAME, height, color=BLUE))
    style = {"facecolor": "none", "edgecolor": BLUE, "lw": 3.5}
    axes.add_patch(Rectangle((FRAME, bottom), RIGHT + MARGIN - FRAME, height, **style))
    tip = (FRAME - 0.05, lit.middle)
    axes.add_patch(Polygon([tip, (0.03, tip[1] + 0.15), (0.03, tip[1] - 0.15)], color=INK))


def _draw_tracks(axes: Axes) -> None:
    """Draw the main road, the side road that leaves it and ends, and the one that joins it."""
    main = {"color": BLUE, "lw": 5, "solid_capstyle": "round"}
    side = {"color": GREY, "lw": 2.5, "ls": (0, (2, 1))}
    axes.plot([MAIN_TRACK, MAIN_TRACK], [TEXT.middle, SUMS.middle], **main)
    axes.add_patch(Circle((MAIN_TRACK, TEXT.middle), STATION / 2, color=BLUE))
    axes.plot([SIDE_TRACK, MAIN_TRACK], [POSITIONS.middle, SUMS.middle], **main)
    heights = TEXT.bottom, WORDS.middle, END_OF_SIDE_ROAD
    axes.plot([MAIN_TRACK, SIDE_TRACK, SIDE_TRACK], heights, **side)
    axes.plot([SIDE_TRACK - 0.14, SIDE_TRACK + 0.14], [END_OF_SIDE_ROAD] * 2, color=GREY, lw=4)


def _draw_station(axes: Axes, stage: Stage, number: str, lit: bool) -> None:
    edge = GREY if stage in (WORDS, WORD_IDS) else BLUE
    style = {"facecolor": PAPER, "edgecolor": edge, "lw": 2, "zorder": 3}
    axes.add_patch(Circle((stage.track, stage.middle), STATION, **style))
    label(axes, stage.track, stage.middle, number, size=SMALL, bold=True)
    font = {"ink": PAPER if lit else INK, "bold": lit, "size": SMALL}
    label(axes, TITLES, stage.middle, stage.title, align="left", **font)


class Grid(NamedTuple):
    """Axes with a column for each piece of the text."""

    axes: Axes
    width: float

    def draw(self, bottom: float, texts: Sequence, look: Look, *, start=0, height=HIGH) -> None:
        """Draw a row of boxes, one a column, and a border round them all."""
        cell = look._replace(edge=GREY, line_width=0.6)
        for column, text in enumerate(texts, start):
            self.draw_box(column, column + 1, bottom, str(text), cell, height=height)
        place = (LEFT + start * self.width, bottom), len(texts) * self.width, height
        self.axes.add_patch(Rectangle(*place, fill=False, edgecolor=look.edge, lw=1.6))

    def draw_box(
        self, start: float, end: float, bottom: float, text: str, look: Look, *, height=HIGH
    ) -> None:
        """Draw a box from one border of columns to another."""
        left, width = LEFT + start * self.width, (end - start) * self.width
        text, size = _fit(text, width, height, SMALL, LEAST)
        box(self.axes, left, bottom, width, height, text, look, size=size, mono=True)


def _find_width(n_ids: int) -> float:
    """Return the width of a column: wider where there are few, but away from the notes."""
    room = 6 * COLUMN
    return max(COLUMN, min(WIDEST, room / (n_ids + 1)))


def _draw_text(grid: Grid, journey: Journey) -> None:
    text = " ".join(map(make_visible, journey.text.split(" ")))
    place = LEFT, TEXT.bottom, RIGHT - LEFT, TEXT.height
    text, size = _fit(text, *place[2:], BIG, SMALL)
    box(grid.axes, *place, text, PLAIN, size=size, mono=True)
    label(grid.axes, TITLES, TEXT.middle, TEXT.title, align="left", size=SMALL)


def _draw_words(grid: Grid, journey: Journey) -> None:
    for (start, end), word, word_id in zip(
        pairwise(_find_ends(journey)), journey.words, journey.word_ids, strict=True
    ):
        if start < end:
            grid.draw_box(start, end, WORDS.bottom, word, GREY_BOX)
            grid.draw_box(start, end, WORD_IDS.bottom, str(word_id), GREY_BOX)


def _find_ends(journey: Journey) -> list[float]:
    """Return 0, then where each word ends, counted in columns; a word may end inside a piece."""
    borders = [0, *accumulate(map(len, journey.pieces[:N_COLUMNS]))]
    end, ends = 0, [0.0]
    for word in journey.words:
        end = journey.text.index(word, end) + len(word)
        n_bytes = len(journey.text[:end].encode())
        ends.append(float(np.interp(n_bytes, borders, range(len(borders)))))
    return ends


def _draw_ids(grid: Grid, journey: Journey) -> None:
    shown = [show_piece(piece) for piece in journey.pieces[:N_COLUMNS]]
    grid.draw(SUBWORDS.bottom + HIGH, shown, BLUE_BOX)
    grid.draw(SUBWORDS.bottom, journey.token_ids[:N_COLUMNS], PLAIN)
    grid.draw(WINDOWS.bottom + HIGH, journey.window_input, BLUE_BOX)
    grid.draw(WINDOWS.bottom, journey.window_target, ORANGE_BOX, start=1)


def _draw_vectors(grid: Grid, journey: Journey) -> None:
    for stage, vectors, look in (
        (TOKENS, journey.token_vectors, BLUE_BOX),
        (POSITIONS, journey.position_vectors, ORANGE_BOX),
        (SUMS, journey.sums, GREEN_BOX),
    ):
        texts = ["\n".join(f"{_write(number):>7}" for number in vector) for vector in vectors]
        grid.draw(stage.bottom, texts, look, height=HIGHER)


def _draw_notes(axes: Axes, journey: Journey) -> None:
    size, n_ids = len(journey.window_input), len(journey.token_ids)
    target = "the text ends at ?" if "?" in journey.window_target else "each next id"
    for y, text in (
        (WINDOWS.bottom + 1.5 * HIGH, f"the input: context_size {size}"),
        (WINDOWS.bottom + 0.5 * HIGH, f"the target: {target}"),
        (TOKENS.middle, f"each id picks a row:\n{journey.embed_dim:,} numbers, 2 are shown"),
        (POSITIONS.middle, f"each position picks a row:\n{_list(range(size))}"),
        (SUMS.middle, "the sum: what GPT-2's\nfirst block reads"),
    ):
        label(axes, NOTES, y, text, align="left", size=SMALL)
    label(axes, SIGNS, POSITIONS.middle, "+", bold=True, size=BIG)
    label(axes, SIGNS, SUMS.middle, "=", bold=True, size=BIG)
    note = {"size": SMALL, "ink": GREY}
    text = "the side road ends: new words have no id"
    label(axes, TITLES, END_OF_SIDE_ROAD, text, align="left", **note)
    if n_ids > N_COLUMNS:
        text = f"the first {N_COLUMNS} of {n_ids:,} subwords"
        label(axes, RIGHT, END_OF_SIDE_ROAD, text, align="right", **note)


def show_piece(piece: bytes) -> str:
    """Return a piece as text, or its bytes, two a line, where it ends or begins in a character.

    Example:
        >>> show_piece(b" Rabb"), show_piece(bytes([0xE5, 0x85]))
        ('·Rabb', '<E5 85>')
    """
    try:
        return make_visible(piece.decode("utf-8"))
    except UnicodeDecodeError:
        return fill(f"<{piece.hex(' ').upper()}>", width=7)


def _fit(text: str, width: float, height: float, size: float, least: float) -> tuple[str, float]:
    """Make the letters smaller until the box holds them; cut the text if that is not enough.

    A letter that the font lacks is written as its code point.
    """
    font = get_font(findfont("DejaVu Sans Mono"))
    lines = [
        "".join(sign if font.get_char_index(ord(sign)) else f"U+{ord(sign):04X}" for sign in line)
        for line in text.split("\n")
    ]
    room = 0.95 * width / LETTER  # letters are drawn on whole pixels, some a little wider
    highest = (height - 0.04) / len(lines) / LINE
    size = max(least, min(size, highest, room / max(map(len, lines))))
    return "\n".join(shorten(line, max(1, int(room / size))) for line in lines), size


def _write(number: float) -> str:
    return f"{number:z.4f}".replace("-", "−")


def _describe(journey: Journey, stage: str | None) -> str:
    shown = [show_piece(piece).replace("\n", " ") for piece in journey.pieces[:N_COLUMNS]]
    words, word_ids = journey.words[:N_COLUMNS], journey.word_ids[:N_COLUMNS]
    return (
        f"The map of the series: {quote([shorten(journey.text, 100)])} on its way through seven "
        f"stages. A side road that ends: 01, words: {quote(words) or 'none'}"
        f"{_count_rest(journey.words)}; 02, word ids: {_list(word_ids) or 'none'}. "
        f"The main road: 03, subwords: {quote(shown)}{_count_rest(journey.pieces)}, "
        f"with the ids {_list(journey.token_ids[:N_COLUMNS])}; "
        f"04, a window: the input {_list(journey.window_input)} "
        f"and its target {_list(journey.window_target)}. "
        f"For the input, the first two of {journey.embed_dim} numbers: "
        f"05, token vectors: {_list_vectors(journey.token_vectors)}; "
        f"06, position vectors: {_list_vectors(journey.position_vectors)}; "
        f"07, input embeddings, their sums: {_list_vectors(journey.sums)}."
        f"{_name_lit(stage)}"
    )


def _name_lit(stage: str | None) -> str:
    if stage is None:
        return ""
    title = STAGES[stage].title.replace("\n", " ")
    return f" Lit: {title} (notebook {stage[:2]})."


def _count_rest(values: Sequence) -> str:
    rest = len(values) - N_COLUMNS
    return f", and {rest:,} more" if rest > 0 else ""


def _list(values: Iterable) -> str:
    return ", ".join(map(str, values))


def _list_vectors(vectors: Iterable[Pair]) -> str:
    return ", ".join(f"({_list(map(_write, vector))})" for vector in vectors)
