# How `make lab` starts JupyterLab.
from pathlib import Path

from jupyter_server.services.contents.largefilemanager import AsyncLargeFileManager

c = get_config()  # noqa: F821 - Jupyter defines it

# This machine only, with the token that Jupyter draws at each start.
c.ServerApp.ip = "127.0.0.1"
# In a container the user is root, which Jupyter otherwise refuses.
c.ServerApp.allow_root = True

# The whole project is served, so that links from a notebook to a README work.
HERE = Path(__file__).resolve().parent
c.ServerApp.root_dir = str(HERE.parent.parent)
c.LabApp.default_url = "/lab/tree/notebooks/01_tokenize.ipynb"

# Nothing is asked of the network: no news, no updates, no list of extensions.
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"
c.LanguageServerManager.autodetect = False

# No warnings about the links between browser, server and kernel, which stay on this machine:
# those to the kernel are encrypted, and a link that cannot break needs no ping.
c.KernelManager.transport_encryption = "auto"
WITHOUT_PING = {"ws_ping_interval": 0}

# No question about news at the first start, room for the names of the notebooks, and slides that
# look as those of `make slides`.
c.LabApp.app_settings_dir = str(HERE / "settings")

# The style of a hidden prediction: custom.css beside this file, whatever the user's own is.
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [str(HERE)], **WITHOUT_PING}

# *Save and Export Notebook As > HTML*: with the descriptions of the figures, from the template
# `export` beside this file.
c.HTMLExporter.template_name = "export"
c.HTMLExporter.extra_template_basedirs = [str(HERE)]


class NotebookSaver(AsyncLargeFileManager):
    """Saves a notebook without what depends on who opened it, and when.

    So a notebook that was only opened stays as it was, and a live picture, which needs the
    kernel that made it, does not come back as an error.
    """

    async def save(self, model, path=""):
        """Save a file; a notebook as `make refresh` stores it."""
        if model.get("type") == "notebook" and "cells" in model.get("content", {}):
            tidy(model["content"])  # an old or broken notebook gets Jupyter's own answer
        return await super().save(model, path)


def tidy(notebook):
    """Leave out of a notebook what Lab and the kernel add by themselves."""
    metadata = notebook.get("metadata", {})
    if metadata.get("kernelspec", {}).get("name") == "python3":
        metadata["kernelspec"]["display_name"] = "Python 3"
    for name in ("codemirror_mode", "pygments_lexer", "version"):
        metadata.get("language_info", {}).pop(name, None)
    for cell in notebook["cells"]:
        cell["metadata"].pop("collapsed", None)  # it says outputs_hidden once more
        if "live" in cell["metadata"].get("tags", []):
            cell["outputs"] = []


c.ServerApp.contents_manager_class = NotebookSaver
