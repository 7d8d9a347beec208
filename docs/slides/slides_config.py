# How `make slides` writes a deck for each notebook; it opens with no network and no server.
import re
from itertools import pairwise
from pathlib import Path

from nbconvert.preprocessors import Preprocessor

c = get_config()  # noqa: F821 - Jupyter defines it

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
STARTS = ("slide", "subslide")


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
            elif cell.metadata.get("slideshow", {}).get("slide_type") in STARTS:
                cell.source = f"###### {heading}\n\n{cell.source}"
        return notebook, resources


class AnswerLater(Preprocessor):
    """Marks the cells whose result answers a question: it appears with the next key."""

    enabled = True

    def preprocess(self, notebook, resources):
        """Return the notebook with those cells marked."""
        for before, cell in pairwise(notebook.cells):
            cell.metadata["answers"] = cell.cell_type == "code" and "**Predict:**" in before.source
        return notebook, resources


c.NbConvertApp.export_format = "slides"
c.NbConvertApp.notebooks = [str(ROOT / "notebooks/*.ipynb")]
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
c.SlidesExporter.preprocessors = [RepeatHeading, AnswerLater]
