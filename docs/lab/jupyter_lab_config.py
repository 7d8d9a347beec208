# How `make lab` starts JupyterLab.
from pathlib import Path

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

# No question about news at the first start, and slides that look as those of `make slides`.
c.LabApp.app_settings_dir = str(HERE / "settings")

# The style of a hidden prediction: custom.css beside this file, whatever the user's own is.
c.LabApp.custom_css = True
c.ServerApp.tornado_settings = {"static_custom_path": [str(HERE)]}
