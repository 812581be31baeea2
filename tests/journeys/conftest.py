"""A real portal, started as a newcomer starts it, and a real browser in front of it."""

import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from llr_hate.up.datafolder import read_env
from tests import browsers
from tests.journeys.people import Visitor
from tests.scanner import clamd

ROOT = Path(__file__).resolve().parents[2]
LAUNCH = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]
LAUNCH += ["--disable-component-update", "--disable-sync"]
# A page is looked at once: what is compiled beside it, for long use, comes too late for any and keeps a core busy.
LAUNCH += ["--js-flags=--no-opt --no-maglev"]
READY_WITHIN_SECONDS = 400
# What the portal must find out for itself: the test run's own services are none of its business.
OURS = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "CELERY_BROKER_URL",
    "DJANGO_SETTINGS_MODULE",
    "DJANGO_SECRET_KEY",
)


@pytest.fixture(scope="package")
def data_folder() -> Iterator[Path]:
    """The portal's data folder; LLR_JOURNEY_DATA names that of one that runs."""
    if os.environ.get("LLR_JOURNEY_PORTAL"):
        yield Path(os.environ.get("LLR_JOURNEY_DATA", "nowhere"))
        return
    with tempfile.TemporaryDirectory(prefix="llr-journeys-", dir="/tmp") as folder:
        yield Path(folder)


@pytest.fixture(scope="package")
def portal(data_folder: Path) -> Iterator[str]:
    """`./scripts/run --demo` on a small invented world: its address. LLR_JOURNEY_PORTAL names one that runs."""
    if os.environ.get("LLR_JOURNEY_PORTAL"):
        yield os.environ["LLR_JOURNEY_PORTAL"]
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with clamd() as scanner:
        yield from _running(port, data_folder, {"LLR_CLAMD": scanner})


def _running(port: int, data_folder: Path, settings: dict[str, str]) -> Iterator[str]:
    env = _own() | {"LLR_DEMO_SCALE": os.environ.get("LLR_DEMO_SCALE", "0.04")} | settings
    command = [sys.executable, "-m", "llr_hate.up", "run", "--demo", "--port", str(port)]
    running = subprocess.Popen(
        [*command, "--data", str(data_folder)],
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_ready(running)
        yield f"http://127.0.0.1:{port}"
    finally:
        running.terminate()
        running.wait(60)


@pytest.fixture(scope="package")
def manage(portal: str, data_folder: Path) -> Callable[..., None]:
    """A command given to the portal by those who run it: `manage("set_up_sign_in", "lcc", said="its secret")`."""
    settings = read_env(data_folder / "env")
    if not settings:
        pytest.skip("the folder of this portal is not known: LLR_JOURNEY_DATA")

    def run(*command: str, said: str = "") -> None:
        line = [sys.executable, "manage.py", *command]
        subprocess.run(
            line, cwd=ROOT, env=_own() | settings, input=said, text=True, check=True, capture_output=True
        )

    return run


def _own() -> dict[str, str]:
    """An environment without the test run's services."""
    kept = {
        name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("LLR_")
    }
    return kept | {"PYTHONPATH": str(ROOT)}


def _wait_until_ready(running: "subprocess.Popen[str]") -> None:
    too_late = threading.Timer(READY_WITHIN_SECONDS, running.kill)
    too_late.start()
    said = []
    assert running.stdout
    for line in running.stdout:
        said.append(line)
        if line.startswith("People to sign in as"):
            too_late.cancel()
            return
    pytest.fail("The portal did not start:\n" + "".join(said))


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium, as light as there is one. Gone after the journeys: its loop forbids the database."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=browsers.light(), args=LAUNCH)
        yield opened
        opened.close()


@pytest.fixture
def visit(browser: Browser, portal: str) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser for one person: `visit(width=360, scripts=True)`."""
    with ExitStack() as stack:

        def open_browser(width: int = 360, *, scripts: bool = True) -> Visitor:
            context = browser.new_context(
                viewport={"width": width, "height": 780}, java_script_enabled=scripts, base_url=portal
            )
            stack.callback(context.close)
            page: Page = context.new_page()
            page.set_default_timeout(20_000)
            return Visitor(page)

        yield open_browser
