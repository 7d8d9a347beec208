"""What the site's first page shows: each fact is read where the series has it."""

import base64
import json
import re
from pathlib import Path
from typing import NamedTuple

from lesson.figures.road import HEIGHT, MARGIN, SENTENCE, STAGES, plot_map

ROOT = Path(__file__).resolve().parent.parent.parent

# The figure of each lesson that stands on its card, by the id of its cell.
PICTURES = {
    "01_tokenize": "show-split",
    "02_simple_tokenizer": "show-lookup",
    "03_byte_pair_encoding": "show-merges",
    "04_data_sampling": "show-windows",
    "05_token_embedding": "draw-learned",
    "06_position_embedding": "draw-similarities",
    "07_input_embedding": "draw-sum",
}


class Card(NamedTuple):
    """A notebook as the first page names it; the picture is a file name, or empty."""

    page: str
    title: str
    minutes: str
    picture: str


def gather(images: Path) -> dict:
    """Return what the template of the first page asks for; write the cards' pictures."""
    lessons = [make_card(path, images) for path in sorted(ROOT.glob("notebooks/*.ipynb"))]
    further = [make_card(path, images) for path in sorted(ROOT.glob("notebooks/further/*.ipynb"))]
    return {
        "sentence": SENTENCE.text,
        "map_alt": plot_map().alt,
        "lessons": lessons,
        "further": further,
        "minutes": sum(int(lesson.minutes) for lesson in lessons),
        "stages": [place_stage(*each) for each in zip(STAGES.values(), lessons, strict=True)],
    }


def make_card(path: Path, images: Path) -> Card:
    """Read title and minutes from the first cell of a notebook, and take its picture out."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    opening = "".join(cells[0]["source"])
    title = re.match(r"# (.*)", opening)[1]
    minutes = re.search(r"\*\*Minutes:\*\* (\d+)", opening)[1]
    page = path.relative_to(ROOT).with_suffix("").as_posix()
    return Card(page, title, minutes, take_picture(cells, path.stem, images))


def take_picture(cells: list[dict], name: str, images: Path) -> str:
    """Write the figure of a lesson's card to a file; return its name."""
    if name not in PICTURES:
        return ""
    cell = next(cell for cell in cells if cell["id"] == PICTURES[name])
    png = next(out["data"]["image/png"] for out in cell["outputs"] if "data" in out)
    images.mkdir(exist_ok=True)
    (images / f"card_{name}.png").write_bytes(base64.b64decode(png))
    return f"card_{name}.png"


def place_stage(stage, lesson: Card) -> dict:
    """Return where the row of a lesson is on the map, in hundredths of its height."""
    top = HEIGHT - stage.bottom - stage.height - MARGIN
    height = stage.height + 2 * MARGIN
    return {
        "top": round(100 * top / HEIGHT, 2),
        "height": round(100 * height / HEIGHT, 2),
        "page": lesson.page,
        "title": lesson.title,
    }
