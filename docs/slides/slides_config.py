# How `make slides` writes a deck for each notebook; it opens with no network and no server.
import re
import sys
from pathlib import Path

from nbconvert.preprocessors import Preprocessor

c = get_config()  # noqa: F821 - Jupyter defines it

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))
from slide_types import WHAT_HAPPENED  # noqa: E402 - it stands beside this file


class RepeatHeading(Preprocessor):
    """Puts the heading of the section, small, on each slide that has none of its own."""

    enabled = True

    def preprocess(self, notebook, resources):
        """Return the notebook with the headings repeated."""
        heading = ""
        for cell in notebook.cells:
            if cell.cell_type != "markdown":
                continue
            own = re.match(r"#+ (.*)", cell.source)
            if own:
                heading = own[1]
            elif cell.metadata.get("slideshow", {}).get("slide_type") == "slide":
                cell.source = f"###### {heading}\n\n{cell.source}"
        return notebook, resources


class AnswerLater(Preprocessor):
    """Lets the output of a prediction come with the next key, and unfolds what happened."""

    enabled = True

    def preprocess_cell(self, cell, resources, index):
        """Return the cell, marked where its output answers a question."""
        cell.metadata["answers"] = "hide-output" in cell.metadata.get("tags", [])
        folded = WHAT_HAPPENED.match(cell.source)
        if folded:
            cell.source = folded[1].strip()
        if cell.id.startswith("answer-"):
            cell.outputs = []  # "Not answered yet" helps nobody who cannot answer here
        return cell, resources


c.NbConvertApp.export_format = "slides"
folders = (ROOT / "notebooks", ROOT / "notebooks/further")
c.NbConvertApp.notebooks = [str(folder / "*.ipynb") for folder in folders]
c.NbConvertApp.log_level = "WARN"
c.FilesWriter.build_directory = str(HERE / "_build")

# The template `deck` stands beside this file, the style of a slide beside the notebooks.
c.SlidesExporter.template_name = "deck"
c.SlidesExporter.extra_template_basedirs = [str(HERE)]
c.SlidesExporter.extra_template_paths = [str(ROOT / "notebooks")]
c.SlidesExporter.exclude_input_prompt = True
c.SlidesExporter.exclude_output_prompt = True
c.CSSHTMLHeaderPreprocessor.style = "default"

# `make slides` copies reveal.js to a folder of this name beside the decks.
c.SlidesExporter.reveal_url_prefix = "reveal.js"
c.SlidesExporter.reveal_width = "1280"
c.SlidesExporter.reveal_height = "720"
c.SlidesExporter.reveal_number = "c/t"
c.SlidesExporter.reveal_transition = "none"
c.SlidesExporter.preprocessors = [AnswerLater, RepeatHeading]
