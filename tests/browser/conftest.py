"""A browser and a web server for the tests that look at pages as a reader does."""

import functools
import http.server
import shutil
import threading
from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

HERE = Path(__file__).resolve().parent
FAILURES = HERE / "failures"
SITE = HERE.parent.parent / "docs/site/_build/html"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
# No sandbox, because in a container the user is root; no request that no page asked for.
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files without a word to the terminal."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope="session")
def browser():
    """The Chromium of this machine, without a window."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        pytest.fail(
            f"no browser found, looked for {', '.join(BROWSERS)}: install one "
            "(Debian: sudo apt-get install chromium)"
        )
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def serve():
    """A function that serves a folder on 127.0.0.1 and returns its address."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(QuietHandler, directory=folder)
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
        servers.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{server.server_port}"

    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture(scope="session")
def site(serve):
    if not (SITE / "index.html").exists():
        pytest.fail("there is no site yet: run `make site` first")
    return serve(SITE)


@pytest.fixture
def open_page(browser, request):
    """A function that opens an empty page; if the test fails, what it shows is kept."""
    pages = []

    def start(width: int = 1280, height: int = 900, scheme: str = "light"):
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size, color_scheme=scheme).new_page()
        page.set_default_timeout(10_000)  # milliseconds
        pages.append(page)
        return page

    yield start
    for number, page in enumerate(pages):
        if getattr(request.node, "failed", False):
            name = "".join(c if c.isalnum() else "-" for c in request.node.name)
            page.screenshot(path=FAILURES / f"{name}-{number}.png")
        page.context.close()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Let a fixture know whether its test failed."""
    report = yield
    if report.when == "call":
        item.failed = report.failed
    return report
