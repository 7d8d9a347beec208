"""Which build of torch `make` asks pip for: a stub stands in for pip, nothing is installed."""

import http.server
import os
import shutil
import socket
import subprocess
import sys
import threading
import time

import pytest

from notebook_files import ROOT

# Makes a "virtual environment" of itself, writes down what pip is told, and asks as Python does.
PYTHON = f"""#!/bin/sh
case "$1 $2" in
  "-m venv") mkdir -p "$3/bin" && cp "$0" "$3/bin/python" ;;
  "-m pip") shift 2 && echo "$@" >> pip.log ;;
  *) exec {sys.executable} "$@" ;;
esac
"""


@pytest.fixture
def index():
    """An index that answers, its address, and the pages that it was asked for."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *args):
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", asked
        server.shutdown()


@pytest.fixture
def installed(tmp_path):
    """A function that runs `make setup` in an empty project: what pip is told first."""
    for name in ("Makefile", "requirements.txt"):
        shutil.copy(ROOT / name, tmp_path)
    for name, script in (("python", PYTHON), ("uname", "#!/bin/sh\necho ${SYSTEM:-Linux}\n")):
        path = tmp_path / "bin" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(script)
        path.chmod(0o755)

    def run(address: str, **variables: str) -> str:
        environment = {name: value for name, value in os.environ.items() if "PIP_" not in name}
        environment |= {"PATH": f"{tmp_path / 'bin'}:{os.environ['PATH']}", **variables}
        command = ["make", "setup", f"PYTHON={tmp_path / 'bin/python'}", f"TORCH_INDEX={address}"]
        subprocess.run(
            command, cwd=tmp_path, env=environment, check=True, capture_output=True, timeout=30
        )
        return (tmp_path / "pip.log").read_text().splitlines()[0]

    return run


def test_linux_takes_the_cpu_build_where_its_index_answers(index, installed):
    address, asked = index
    assert installed(address) == f"install --extra-index-url {address} -r requirements.txt"
    assert asked == ["/torch/"]


@pytest.mark.parametrize("variables", [{"SYSTEM": "Darwin"}, {"PIP_EXTRA_INDEX_URL": "file:///x"}])
def test_a_mac_asks_nothing_and_an_index_that_the_user_names_stands(index, installed, variables):
    address, asked = index
    assert installed(address, **variables) == "install -r requirements.txt"
    assert asked == []


def test_a_folder_of_wheels_replaces_the_network(index, installed, tmp_path):
    address, asked = index
    (tmp_path / "wheels").mkdir()
    assert installed(address) == "install --no-index --find-links wheels -r requirements.txt"
    assert asked == []


@pytest.mark.parametrize("listens", [True, False], ids=["silent", "closed"])
def test_an_index_that_does_not_answer_is_soon_done_without(installed, listens):
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        if listens:
            silent.listen()
        start = time.monotonic()
        address = f"http://127.0.0.1:{silent.getsockname()[1]}"
        assert installed(address) == "install -r requirements.txt"
        assert time.monotonic() - start < 10
