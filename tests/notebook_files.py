"""The notebooks as data, for the tests that read them without running them."""

import ast
import json
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "notebooks"
NAMES = [
    "01_tokenize",
    "02_simple_tokenizer",
    "03_byte_pair_encoding",
    "04_data_sampling",
    "05_token_embedding",
    "06_position_embedding",
    "07_input_embedding",
]
FURTHER = [f"further/{path.stem}" for path in sorted(FOLDER.glob("further/*.ipynb"))]


def road_of(name: str) -> str:
    """The notebook of the road that a further one belongs to; one of the road is its own."""
    return next(road for road in NAMES if road[:2] == name.removeprefix("further/")[:2])


def read_notebook(name: str) -> dict:
    return json.loads((FOLDER / f"{name}.ipynb").read_text(encoding="utf-8"))


def source(cell: dict) -> str:
    return "".join(cell["source"])


def code_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]


def prose_cells(notebook: dict) -> list[dict]:
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "markdown"]


def output_text(output: dict) -> str:
    """What an output says in words: printed text, a result as text, or an error."""
    if output["output_type"] == "stream":
        return "".join(output["text"])
    if output["output_type"] == "error":
        return f"{output['ename']}: {output['evalue']}"
    return "".join(output["data"].get("text/plain", ""))


def all_output(notebook: dict) -> str:
    cells = code_cells(notebook)
    return "\n".join(output_text(output) for cell in cells for output in cell["outputs"])


def run_definitions(name: str) -> tuple[dict, list[str]]:
    """Run the imports and definitions of a notebook, and nothing else; name what it defines."""
    wanted = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.ClassDef)
    cells = code_cells(read_notebook(name))
    python = [source(cell) for cell in cells if not source(cell).startswith("%")]
    nodes = [node for text in python for node in ast.parse(text).body]
    body = [node for node in nodes if isinstance(node, wanted)]
    namespace = {}
    exec(compile(ast.Module(body, []), name, "exec"), namespace)
    defined = [node.name for node in body if isinstance(node, (ast.FunctionDef, ast.ClassDef))]
    return namespace, defined
