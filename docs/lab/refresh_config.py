# How `make refresh` re-executes a notebook in place, so that twice gives the same bytes.
import sys
from pathlib import Path

from nbconvert.preprocessors import Preprocessor

c = get_config()  # noqa: F821 - Jupyter defines it
sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "slides"))


class RemoveLiveOutputs(Preprocessor):
    """Leaves out what the cells with the tag `live` show."""

    enabled = True

    def preprocess_cell(self, cell, resources, index):
        """Return the cell, without outputs where it is live."""
        if "live" in cell.metadata.get("tags", []):
            cell.outputs = []
        return cell, resources


class HidePredictions(Preprocessor):
    """Hides the outputs of the cells with the tag `hide-output`, which Lab shows after a run."""

    enabled = True

    def preprocess_cell(self, cell, resources, index):
        """Return the cell, with its output hidden where it answers a question."""
        if "hide-output" in cell.metadata.get("tags", []):
            cell.metadata["jupyter"] = {"outputs_hidden": True}
        return cell, resources


c.NbConvertApp.export_format = "notebook"
c.NbConvertApp.use_output_suffix = False
c.FilesWriter.build_directory = ""  # in place
c.NbConvertApp.log_level = "WARN"

c.ExecutePreprocessor.enabled = True
c.ExecutePreprocessor.record_timing = False  # a time would differ at each run
c.ExecutePreprocessor.store_widget_state = False  # so would a widget's number
c.ExecutePreprocessor.timeout = 300

# A live picture needs a kernel: stored, it would be an error message in the reader's page.
c.NotebookExporter.preprocessors = [
    # A busy machine may pass on in two pieces what a cell prints: they become one again.
    "nbconvert.preprocessors.CoalesceStreamsPreprocessor",
    RemoveLiveOutputs,
    HidePredictions,
    "slide_types.SlideTypes",
]
c.CoalesceStreamsPreprocessor.enabled = True

# What is kept of the metadata; everything else is written by the steps above, or depends on who
# ran the notebook, and where.
c.ClearMetadataPreprocessor.enabled = True
c.ClearMetadataPreprocessor.preserve_cell_metadata_mask = {"tags"}
# A tuple names what is kept inside of its first part.
c.ClearMetadataPreprocessor.preserve_nb_metadata_mask = {
    "kernelspec",
    ("language_info", "file_extension", "mimetype", "name", "nbconvert_exporter"),
}
