"""How `make site` builds the static site: Sphinx reads the project's own files, runs nothing.

The source folder is the root of the project, so every link between a notebook, README and
CONTRIBUTING that works in JupyterLab works on the site too.
"""

import json
import re
import shutil
import sys
from pathlib import Path

from docutils import nodes
from ipython_pygments_lexers import IPython3Lexer

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent.parent
sys.path.insert(0, str(HERE))
import home  # noqa: E402 - it stands beside this file

project = "From text to GPT-2's input"
html_title = project
html_show_copyright = False
language = "en"
root_doc = "README"

# A page with this in front has no sidebar with its own headings.
NO_HEADINGS = "---\nhtml_theme.sidebar_secondary.remove: true\n---\n"

# The site's first page takes the place of the README, for those who read and do not clone: the
# template home.html draws it.
HOME_PAGE = f"{NO_HEADINGS}# {project}\n"

# A page has no kernel: these would show nothing, or ask for what nobody can do there.
NEEDS_A_KERNEL = re.compile(r"(about-)?live-.*|(about|show)-progress")

# What becomes a page. Sphinx walks through the whole project: it stays out of the rest.
include_patterns = [
    "README.md",
    "*/*.md",
    "notebooks/**.ipynb",
    "docs/site/*.md",
    "docs/site/api/*.rst",
]
exclude_patterns = [".*", "**/.*", "docs/node_modules", "docs/*/_build", "wheels"]

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
]

# Notebooks: the stored outputs are shown; nothing is executed and no widget script is fetched.
nb_execution_mode = "off"
nb_ipywidgets_js = {}
nb_merge_streams = True
nb_code_prompt_show = "Your guess first, then open"  # a prediction: the tag hide-output
nb_code_prompt_hide = "What it printed"
nb_render_error_lexer = "text"  # an error is shown as its message alone, not as a traceback
myst_heading_anchors = 3

# The reference: a page for each module that docs/site/helpers.md names.
templates_path = [str(ROOT / "docs/site/_templates")]
autodoc_default_options = {"members": True, "member-order": "bysource"}
autodoc_typehints = "description"
autodoc_preserve_defaults = True  # STORY, and not a path on the machine that builds
add_module_names = False
toc_object_entries_show_parents = "hide"
default_role = "py:obj"  # `name` in a docstring becomes a link where there is such a name
napoleon_google_docstring = True
napoleon_numpy_docstring = False

html_theme = "sphinx_book_theme"
html_theme_options = {
    "navbar_persistent": [],  # the search stands in the sidebar
    "search_bar_text": "Search",
    "footer_content_items": ["extra-footer.html"],
    "extra_footer": "All is under the MIT licence, but for the data, which name theirs.",
    "use_download_button": False,  # each notebook has a link that says what it downloads
    "use_fullscreen_button": False,
}
html_sidebars = {"**": ["sidebar.html"]}
html_context = {"default_mode": "auto"}  # light or dark, as the reader's system has it
html_favicon = "_static/favicon.svg"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_use_index = False  # the search finds names faster
html_domain_indices = False


def prepare_source(app, docname: str, source: list[str]) -> None:
    """Add to a page what only the site needs; the file itself stays as it is."""
    if docname == root_doc:
        source[0] = HOME_PAGE + table_of_contents()
    elif docname == "docs/sheet":
        source[0] = NO_HEADINGS + source[0]
    elif docname.startswith("notebooks/"):
        notebook = json.loads(source[0])
        cells = notebook["cells"]
        notebook["cells"] = [each for each in cells if not NEEDS_A_KERNEL.fullmatch(each["id"])]
        add_download_link(notebook["cells"][0], f"{Path(docname).name}.ipynb")
        for cell in notebook["cells"]:
            pass_on_alt_text(cell)
            if cell["id"].startswith("answer-"):
                cell["outputs"] = []  # "Not answered yet" helps nobody who cannot answer here
        source[0] = json.dumps(notebook)


def table_of_contents() -> str:
    """Return the navigation: the notebooks in order, the further ones, all beside them."""
    notebooks = sorted(ROOT.glob("notebooks/*.ipynb"))
    further = sorted(ROOT.glob("notebooks/further/*.ipynb"))
    guides = [*sorted(ROOT.glob("[!.]*/*.md")), *sorted(ROOT.glob("docs/site/*.md"))]
    parts = {"The notebooks": notebooks, "Further": further, "Beside them": guides}
    return "".join(_toctree(caption, paths) for caption, paths in parts.items() if paths)


def _toctree(caption: str, paths: list[Path]) -> str:
    pages = [path.relative_to(ROOT).with_suffix("").as_posix() for path in paths]
    return "\n".join(["", "```{toctree}", ":hidden:", f":caption: {caption}", *pages, "```", ""])


def add_download_link(title: dict, name: str) -> None:
    """Put a link to the notebook's file under the minutes that the notebook takes."""
    link = f"- **Download:** {{download}}`{name}`; it runs inside the project."
    text = "".join(title["source"])
    title["source"] = re.sub(r"^- \*\*Minutes:.*$", rf"\g<0>\n{link}", text, flags=re.MULTILINE)


def pass_on_alt_text(cell: dict) -> None:
    """Hand an image's alt text to myst-nb, which reads it from the cell, not from the output."""
    for output in cell.get("outputs", []):
        alt = output.get("metadata", {}).get("image/png", {}).get("alt")
        if alt:
            cell["metadata"]["mystnb"] = {"image": {"alt": alt}}


def keep_leading_spaces(app, doctree: nodes.document) -> None:
    """Mark the tokens that begin with a space: no line may break behind it."""
    for literal in doctree.findall(nodes.literal):
        if literal.astext().startswith(" "):
            literal["classes"].append("token")


def skip_field_numbers(app, what, name: str, obj: object, skip: bool, options) -> bool | None:
    """Leave out the fields of a named tuple, which its parameters have described already."""
    return str(obj.__doc__).startswith("Alias for field number") or None


def name_prediction_as_seen(app, page: str, template: str, context: dict, doctree) -> None:
    """Leave a folded output the words that are seen: myst-nb gives screen readers other ones."""
    label = ' aria-label="Toggle hidden content"'
    context["body"] = context.get("body", "").replace(label, "")


def draw_home_page(app, page: str, template: str, context: dict, doctree) -> str | None:
    """Name the template of the first page and give it what it shows."""
    if page != root_doc:
        return None
    images = app.outdir / "_images"
    context.update(home.gather(images))
    shutil.copyfile(ROOT / "tests/golden/map.png", images / "map.png")
    return "home.html"


def copy_home_page(app, exception: Exception | None) -> None:
    """Give the home page the name that a web server looks for."""
    if exception is None and app.builder.format == "html":
        shutil.copyfile(app.outdir / "README.html", app.outdir / "index.html")


def setup(app) -> None:
    """Register the steps above with Sphinx, and a Python that knows `%xmode` and `!git` too."""
    app.add_lexer("python", IPython3Lexer)
    app.connect("source-read", prepare_source)
    app.connect("doctree-read", keep_leading_spaces)
    app.connect("autodoc-skip-member", skip_field_numbers)
    app.connect("html-page-context", name_prediction_as_seen)
    app.connect("html-page-context", draw_home_page)
    app.connect("build-finished", copy_home_page)
