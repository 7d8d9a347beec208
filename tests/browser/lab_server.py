"""A JupyterLab of its own for the tests: it serves a copy, and no setting of the user counts."""

import contextlib
import http.client
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parent.parent.parent
# What a reader's copy does not hold, or the tests do not need.
LEFT_OUT = (".*", "__pycache__", "_build", "node_modules", "wheels", "failures")
COMMAND = ["jupyter", "lab", "--config=docs/lab/jupyter_lab_config.py"]  # as `make lab` starts it
FOR_TESTS = ["--no-browser", "--expose-app-in-browser"]
FOLDERS = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "settings",
    "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    "IPYTHONDIR": "ipython",
}
# Lab usually leaves cells out of the page while they are not in sight: here it keeps them all.
ALL_CELLS = {"@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"}}
SECONDS_TO_START = 120
SECONDS_TO_STOP = 30


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab.

    Attributes:
        project: the copy of the project that it serves.
        port: where it listens, on 127.0.0.1.
        token: what a request must bring to be answered.
    """

    project: Path
    port: int
    token: str

    def address(self, path: str, view: str = "lab/tree") -> str:
        """Where a browser finds a file of the project, with no tab open but this one."""
        return f"http://127.0.0.1:{self.port}/{view}/{quote(path)}?reset&token={self.token}"

    def ask(self, path: str, token: str, method: str = "GET") -> tuple[int, str]:
        """Send one request to the server; returns the status and what it answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        with contextlib.closing(connection):
            connection.request(method, f"/{path}", headers={"Authorization": f"token {token}"})
            answer = connection.getresponse()
            return answer.status, answer.read().decode()

    def end_kernels(self) -> None:
        """End every kernel, so that the next notebook has the machine for itself."""
        _, sessions = self.ask("api/sessions", self.token)
        for session in json.loads(sessions):
            self.ask(f"api/sessions/{session['id']}", self.token, method="DELETE")


@contextlib.contextmanager
def run_lab(folder: Path) -> Iterator[Lab]:
    """Copy the project into a folder and run JupyterLab there, as `make lab` does.

    Args:
        folder: an empty folder, for the copy, the settings and the log of the server.

    Yields:
        The running server. It ends with the block, and its kernels with it.
    """
    project = folder / "project"
    shutil.copytree(ROOT, project, ignore=shutil.ignore_patterns(*LEFT_OUT))
    environment = _make_environment(folder, project)
    with (folder / "lab.log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *COMMAND, *FOR_TESTS],
            cwd=project,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield _wait_until_ready(process, folder, project)
    finally:
        _stop(process)


def _make_environment(folder: Path, project: Path) -> dict[str, str]:
    """The environment of the server: folders of its own, and the helpers of the copy."""
    foreign = ("JUPYTER", "JPY_", "IPYTHON", "MPL")
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(foreign)
    }
    for variable, name in FOLDERS.items():
        environment[variable] = str(folder / name)
        (folder / name).mkdir()
    for name, settings in ALL_CELLS.items():
        path = folder / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(settings))
    return {**environment, "PYTHONPATH": str(project)}


def _wait_until_ready(process: subprocess.Popen, folder: Path, project: Path) -> Lab:
    """Wait for the file in which a server says where it is, and for its first answer."""
    end = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < end:
        with contextlib.suppress(StopIteration, ValueError, OSError):
            said = json.loads(next((folder / "runtime").glob("jpserver-*.json")).read_text())
            lab = Lab(project, said["port"], said["token"])
            if lab.ask("api/status", lab.token)[0] == 200:
                return lab
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.2)
            break
    log = (folder / "lab.log").read_text(encoding="utf-8", errors="replace")
    raise RuntimeError(f"JupyterLab did not start; the end of its log:\n{log[-3000:]}")


def _stop(process: subprocess.Popen) -> None:
    """End the server; it ends its kernels, and a kernel whose server is gone ends by itself."""
    process.terminate()
    try:
        process.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
