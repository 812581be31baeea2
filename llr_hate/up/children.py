"""Processes that the launcher starts, watches and stops, each in a process group of its own."""

import contextlib
import os
import pwd
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from llr_hate.up.problem import StartProblem
from llr_hate.up.stopping import STOP

LARGEST_LOG_BYTES = 5_000_000


@dataclass(frozen=True)
class Child:
    """A running process with the name that a person knows it by, and its log."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path
    stop_signal: signal.Signals
    patience_seconds: float

    def has_died(self) -> bool:
        return self.process.poll() is not None

    def stop(self) -> None:
        """Ask, wait `patience_seconds`, then kill; nothing of the process group is left afterwards."""
        if not self.has_died():
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience_seconds)
        kill_group(self.process.pid)
        self.process.wait()

    def why(self) -> str:
        """The last line of the log, for the sentence that says what happened."""
        return last_line(self.log)


RUNNING: list[Child] = []


@contextlib.contextmanager
def started(
    name: str,
    command: Sequence[str | Path],
    *,
    log: Path,
    env: Mapping[str, str],
    cwd: Path,
    user: int | None = None,
    stop_signal: signal.Signals = signal.SIGTERM,
    patience_seconds: float = 8,
    shown: bool = False,
) -> Iterator[Child]:
    """The process for as long as the block runs, in its own session, as `user` where given, outputs in `log`.

    `shown` lets what it prints reach our own output; what it complains about still goes to the log.
    """
    child = None
    try:
        with STOP.held():
            with open_log(log) as output:
                process = subprocess.Popen(
                    [str(part) for part in command],
                    stdin=subprocess.DEVNULL,
                    stdout=None if shown else output,
                    stderr=output,
                    env=dict(env),
                    cwd=cwd,
                    start_new_session=True,
                    **as_user(user),
                )
            child = Child(name, process, log, stop_signal, patience_seconds)
            RUNNING.append(child)
            note_of(child).write_text(f"{process.pid} {birth(process.pid)}\n")
        yield child
    finally:
        if child:
            with STOP.held():
                RUNNING.remove(child)
                child.stop()
                note_of(child).unlink(missing_ok=True)


def open_log(log: Path) -> BinaryIO:
    """The log to add to; one that has grown large is set aside first."""
    if log.exists() and log.stat().st_size > LARGEST_LOG_BYTES:
        log.replace(log.with_suffix(".log.old"))
    return log.open("ab")


def note_of(child: Child) -> Path:
    """Where the process id is noted, so that a later start can find what a killed launcher left."""
    return child.log.parent.parent / "run" / f"{child.name}.pid"


def as_user(user: int | None) -> dict[str, Any]:
    """Arguments for subprocess that leave root's rights behind; none where we keep our own."""
    return {} if user is None else {"user": user, "group": group_of(user), "extra_groups": []}


def group_of(user: int) -> int:
    return pwd.getpwuid(user).pw_gid


def kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def wait_for(ready: Callable[[], bool], child: Child, *, seconds: float) -> None:
    """Wait until `ready()` is true; a child that dies or takes longer is a StartProblem with its last words."""
    deadline = time.monotonic() + seconds
    while not ready():
        if child.has_died():
            raise StartProblem(f"{child.name} stopped while starting: {child.why()} (log: {child.log}).")
        if time.monotonic() > deadline:
            raise StartProblem(f"{child.name} was not ready after {seconds:.0f} seconds (log: {child.log}).")
        time.sleep(0.05)


def last_line(log: Path) -> str:
    try:
        lines = log.read_text(errors="replace").strip().splitlines()
    except OSError:
        return "no log"
    telling = [line for line in lines if re.search(r"FATAL|PANIC|Error|error:", line)]
    return (telling or lines or ["it wrote nothing"])[-1].strip().rstrip(".")


def stop_leftovers(run_folder: Path) -> None:
    """Stop what a killed launcher left behind; a process id that belongs to another process by now is left alone."""
    for note in sorted(run_folder.glob("*.pid")):
        number, _, born = note.read_text().strip().partition(" ")
        if number.isdigit() and born and birth(int(number)) == born:
            stop_stranger(int(number), signal.SIGINT if note.stem == "PostgreSQL" else signal.SIGTERM)
        note.unlink(missing_ok=True)


def stop_stranger(pid: int, asking: signal.Signals, *, patience_seconds: float = 10) -> None:
    """Stop a process that is not our child: ask, wait, kill its group."""
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, asking)
    deadline = time.monotonic() + patience_seconds
    while birth(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    kill_group(pid)


def birth(pid: int) -> str:
    """When a live process started, as `ps` says it; empty for none and for a zombie."""
    command = ["ps", "-o", "stat=,lstart=", "-p", str(pid)]
    state, _, born = (
        subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip().partition(" ")
    )
    return "" if state.startswith("Z") else " ".join(born.split())
