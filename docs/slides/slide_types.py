"""Which cells begin a slide: `make refresh` writes it into the notebooks, for RISE and decks."""

import base64
import re
from itertools import chain
from math import ceil
from operator import itemgetter

from nbconvert.preprocessors import Preprocessor

# A live picture cannot be drawn on a slide; the rest is for a reader and not for a room.
SKIPPED = re.compile(
    r"solution-.*|(about-)?live-.*|(about|show)-progress|further-reading|navigation"
)
PRACTICE = re.compile(r"(check|exercise)-")
WHAT_HAPPENED = re.compile(
    r"<details>\s*<summary>What happened</summary>(.*)</details>", re.DOTALL
)
CAPTION = re.compile(r"\*\w")  # such as *Each row is a word.*
RULE = re.compile(r"[|: -]+")  # the line between the head and the body of a table
# In pixels of a slide of 1280 x 720, about as notebooks/rise.css draws it.
ROOM, PROSE_LINE, GAP, CODE_LINE, VIEWER = 670, 32, 7, 23, 110


class SlideTypes(Preprocessor):
    """Writes into each cell whether it begins a slide; what stood there does not count."""

    enabled = True

    def preprocess(self, notebook, resources):
        """Return the notebook with its slides."""
        for cell, slide_type in zip(
            notebook.cells, choose_slide_types(notebook.cells), strict=True
        ):
            cell.metadata.pop("slideshow", None)
            if slide_type:
                cell.metadata["slideshow"] = {"slide_type": slide_type}
        return notebook, resources


def choose_slide_types(cells: list) -> list[str]:
    """Return the slide type of each cell: "" where it stands below the cell before it."""
    types = {cell.id: "skip" if is_skipped(cell) else "" for cell in cells}
    blocks = split_into_blocks([cell for cell in cells if not types[cell.id]])
    for block in blocks:
        types |= {cell.id: "fragment" for cell in block[1:] if WHAT_HAPPENED.match(cell.source)}
    return list((types | {slide[0][0].id: "slide" for slide in fill_slides(blocks)}).values())


def fill_slides(blocks: list[list]) -> list[list]:
    """Return the blocks of each slide, so that as little room as possible is left empty."""
    best = [(0, [])]  # for the blocks before each: how bad their slides are, and the slides
    for end in range(1, len(blocks) + 1):
        options = []
        for start in range(end):
            slide = blocks[start:end]
            empty = ROOM - sum(map(estimate_height, chain(*slide)))
            is_whole = not any(map(must_stand_last, slide[:-1]))
            if len(slide) == 1 or (empty >= 0 and is_whole and slide[-1][-1].id != "exercises"):
                badness, slides = best[start]
                # A section that begins below another one is as bad as a slide mostly empty.
                n_sections = sum(block[0].source.startswith("## ") for block in slide[1:])
                badness += empty**2 + n_sections * ROOM**2 / 2
                options.append((badness, [*slides, slide]))
        best.append(min(options, key=itemgetter(0)))
    return best[-1][1]


def must_stand_last(block: list) -> bool:
    """Tell whether nothing may follow on the slide: it might give an answer away."""
    is_opening, is_check = block[0].id == "title", block[0].id.startswith("check-")
    return is_opening or is_check or any(map(is_prediction, block))


def split_into_blocks(cells: list) -> list[list]:
    """Return what no slide divides: prose, the code after it, and what is said of the result."""
    blocks = []
    for cell, after in zip(cells, [*cells[1:], None], strict=True):
        is_prose = cell.cell_type == "markdown"
        if not blocks or (is_prose and not reads_result(cell, blocks[-1], after)):
            blocks.append([])
        blocks[-1].append(cell)
    return blocks


def reads_result(cell, block: list, after) -> bool:
    """Tell whether a cell is about the output above it, and has room there."""
    if block[-1].cell_type != "code" or is_heading(cell):
        return False
    if CAPTION.match(cell.source):
        return True
    if cell.id.startswith("task-"):  # what is to be done about the code above it
        return sum(map(estimate_height, [*block, cell, after])) <= ROOM
    leads_on = after is not None and after.cell_type == "code"
    if leads_on or PRACTICE.match(block[0].id):
        return False
    return sum(map(estimate_height, [*block, cell])) <= ROOM


def is_skipped(cell) -> bool:
    """Tell whether a cell is left out: by its name, or because it is folded as a whole."""
    is_folded = cell.source.startswith("<details") and not WHAT_HAPPENED.match(cell.source)
    return bool(SKIPPED.fullmatch(cell.id)) or is_folded


def is_heading(cell) -> bool:
    """Tell whether a cell begins with a heading."""
    return cell.cell_type == "markdown" and cell.source.startswith("#")


def is_prediction(cell) -> bool:
    """Tell whether a reader guesses the output before it is shown."""
    return "hide-output" in cell.metadata.get("tags", [])


def estimate_height(cell) -> int:
    """Return about how many pixels a cell takes on a slide."""
    if cell.cell_type == "markdown":
        shown = WHAT_HAPPENED.sub(r"\1", cell.source).strip()
        # Letters in a line: fewer where the columns of a table divide it.
        widths = [(line, 70 if line.startswith("|") else 98) for line in shown.splitlines()]
        lines = [
            ceil(len(line) / width) * PROSE_LINE or GAP
            for line, width in widths
            if not RULE.fullmatch(line)
        ]
        return sum(lines) + 10 + (30 if is_heading(cell) else 0)
    return CODE_LINE * (cell.source.count("\n") + 1) + 10 + sum(map(_output_height, cell.outputs))


def _output_height(output) -> int:
    data = output.get("data", {})
    if "image/png" in data:
        # Shown at two thirds of its size, which is given for 150 pixels an inch and not for 96.
        height = int.from_bytes(base64.b64decode(data["image/png"][:48])[20:24], "big")
        return round(height * 96 / 150 * 2 / 3)
    if "text/html" in data:
        return VIEWER
    text = output.get("text") or data.get("text/plain", "") or output.get("evalue", "")
    return CODE_LINE * sum(ceil(len(line) / 97) for line in text.splitlines()) + 4
