"""One command starts the portal, and stopping it leaves no process."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from llr_hate.up import children, portal
from llr_hate.up.problem import StartProblem

ROOT = portal.ROOT
BARE = {
    key: value
    for key, value in os.environ.items()
    if not key.startswith(("DATABASE_", "CELERY_", "LLR_", "DJANGO_", "PYTEST_"))
}


@pytest.fixture
def busy_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


Run = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def run_portal() -> Iterator[Run]:
    """./scripts/run with arguments; stopped at the end of the test, however it ends."""
    with contextlib.ExitStack() as stack:

        def start(*arguments: str | Path) -> subprocess.Popen[str]:
            command = [ROOT / "scripts" / "run", *map(str, arguments)]
            pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
            running = subprocess.Popen(command, env=BARE, text=True, **pipes)
            stack.callback(running.wait, timeout=40)
            stack.callback(running.terminate)
            return running

        yield start


def lines_until_ready(running: subprocess.Popen[str]) -> list[str]:
    assert running.stdout is not None
    lines = []
    for line in running.stdout:
        lines.append(line.rstrip("\n"))
        if line.startswith("Ready:"):
            return lines
    pytest.fail(f"It ended before it was ready: {lines} {running.stderr.read() if running.stderr else ''}")


def processes_of(place: Path) -> dict[str, int]:
    return {note.stem: int(note.read_text().split()[0]) for note in (place / "run").glob("*.pid")}


def process_groups() -> set[int]:
    listed = subprocess.run(["ps", "-eo", "pgid=,stat="], capture_output=True, text=True, check=True).stdout
    return {int(line.split()[0]) for line in listed.splitlines() if not line.split()[1].startswith("Z")}


def test_a_busy_port_is_one_sentence_and_a_failure(run_portal: Run, busy_port: int, tmp_path: Path) -> None:
    running = run_portal("--port", str(busy_port), "--data", tmp_path / "data")
    output, complaint = running.communicate(timeout=30)

    assert running.returncode == 1
    assert "Starting" not in output
    assert complaint == (
        f"Port {busy_port} on 127.0.0.1 can't be used (Address already in use): stop what uses it,"
        " or give another with --port.\n"
    )
    assert not (tmp_path / "data").exists()


def test_a_folder_that_can_not_be_written_is_one_sentence_and_a_failure(
    run_portal: Run, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    running = run_portal("--port", str(free_port()), "--data", tmp_path / "file" / "data")
    _, complaint = running.communicate(timeout=30)

    assert running.returncode == 1
    assert re.fullmatch(r"The data folder .*/file/data can't be written: .*\.\n", complaint)


def test_a_port_that_is_no_port_is_refused() -> None:
    with pytest.raises(StartProblem, match="Port 70000"):
        portal.require_free_port(70000)


def test_files_that_changed_are_noticed(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("code,name\n")
    before = portal.fingerprint([tmp_path])

    assert portal.fingerprint([tmp_path]) == before
    assert portal.fingerprint([tmp_path], "another database") != before
    (tmp_path / "areas.csv").write_text("code,name,district\n")
    assert portal.fingerprint([tmp_path]) != before


@pytest.mark.slow
@pytest.mark.timeout(120)
@pytest.mark.xdist_group("portal")
def test_the_portal_starts_stops_starts_again_and_leaves_no_process(run_portal: Run, place: Path) -> None:
    port = free_port()

    first = run_portal("--port", str(port), "--data", place)
    assert lines_until_ready(first)[-1] == f"Ready: http://127.0.0.1:{port}/"
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
        assert page.status == 200
    started = processes_of(place)
    assert set(started) == {"PostgreSQL", "broker", "web server", "worker", "clock"}
    intruder = run_portal("--port", str(free_port()), "--data", place)
    assert "is already in use" in intruder.communicate(timeout=30)[1]
    assert intruder.returncode == 1
    first.send_signal(signal.SIGINT)
    assert first.wait(timeout=40) == 0
    assert not process_groups() & set(started.values())
    assert processes_of(place) == {}

    begun = time.monotonic()
    second = run_portal("--port", str(port), "--data", place)
    said = lines_until_ready(second)
    assert said[-1] == f"Ready: http://127.0.0.1:{port}/"
    assert "Preparing the database …" not in said
    # On a machine that is busy with other work the clock says nothing about the portal.
    if os.getloadavg()[0] < 2 * (os.cpu_count() or 1):
        assert time.monotonic() - begun < 10
    left = processes_of(place)
    second.kill()
    second.wait()
    assert process_groups() >= set(left.values())

    third = run_portal("--port", str(port), "--data", place)
    assert lines_until_ready(third)[-1] == f"Ready: http://127.0.0.1:{port}/"
    assert not process_groups() & set(left.values())
    started = processes_of(place)
    os.killpg(started["worker"], signal.SIGKILL)
    _, complaint = third.communicate(timeout=40)
    assert third.returncode == 1
    assert complaint.startswith("The worker stopped by itself, so everything was stopped: ")
    assert not process_groups() & set(started.values())
    assert not any(children.birth(pid) for pid in started.values())

    demo = run_portal("--demo", "--port", str(port), "--data", place)
    assert "holds a development world: start it without --demo" in demo.communicate(timeout=30)[1]
    assert demo.returncode == 1
