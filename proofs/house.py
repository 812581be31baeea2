"""The portal's processes on a folder of their own, each of which can be killed like a plug that is pulled."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2

from bench.servers import ROOT, free_port, python
from llr_hate.up import broker, children, postgres
from llr_hate.up.datafolder import DataFolder
from llr_hate.up.portal import PARTNERSHIP, WEB, WORKER, is_healthy
from llr_hate.up.running import new_settings

POSTGRESQL, BROKER, WEB_SERVER, WORKER_PROCESS = "PostgreSQL", "broker", "web server", "worker"
OURS = ("LLR_", "DATABASE_", "CELERY_", "DJANGO_", "PYTEST_")
MODE = "development"


class House:
    """What a proof runs against. Nothing of it outlives the block of `open_house`."""

    def __init__(self, folder: DataFolder) -> None:
        self.folder = folder
        self.port = free_port()
        self.env: dict[str, str] = {}
        self._running: dict[str, ExitStack] = {}

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str) -> None:
        """Starts a process and waits until it can work (nobody waits for the worker)."""
        stack = ExitStack()
        self._running[name] = stack
        found = stack.enter_context(self._process(name))
        self.env |= found or {}
        if name == WEB_SERVER:
            children.wait_for(lambda: is_healthy(self.address), self._child(name), seconds=60)

    def kill(self, name: str) -> None:
        """KILL, at once, to the process and all its children; returns when none of them is left."""
        pids = family_of(self._child(name).process.pid)
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.stop(name)
        deadline = time.monotonic() + 20
        while any(children.birth(pid) for pid in pids) and time.monotonic() < deadline:
            time.sleep(0.02)

    def stop(self, name: str) -> None:
        """Ends a process in the ordinary way, if it still runs."""
        self._running.pop(name).close()

    def stop_all(self) -> None:
        for name in reversed(list(self._running)):
            self.stop(name)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        """What the database says to its superuser, whom no policy holds."""
        admin = urlsplit(self.env[postgres.ADMIN_KEY])._replace(path=f"/{postgres.DATABASE}").geturl()
        with contextlib.closing(psycopg2.connect(admin)) as connection, connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall()

    def python(self, *command: str, given: str = "") -> str:
        """Runs Python with the portal's environment; what it printed."""
        return python(self.env, *command, given=given)

    def _child(self, name: str) -> children.Child:
        return next(each for each in children.RUNNING if each.name == name)

    def _process(self, name: str) -> AbstractContextManager[dict[str, str] | None]:
        makers: dict[str, Callable[[], AbstractContextManager[dict[str, str] | None]]] = {
            POSTGRESQL: lambda: postgres.running(self.folder),
            BROKER: lambda: broker.running(self.folder),
            WEB_SERVER: lambda: self._started(WEB_SERVER, [*GRANIAN, "--port", str(self.port), APPLICATION]),
            WORKER_PROCESS: lambda: self._started(WORKER_PROCESS, CELERY),
        }
        return makers[name]()

    @contextlib.contextmanager
    def _started(self, name: str, command: list[str]) -> Iterator[None]:
        log = self.folder.logs / f"{name.replace(' ', '-')}.log"
        with children.started(name, command, log=log, env=self.env, cwd=ROOT):
            yield


APPLICATION = "llr_hate.wsgi:application"
GRANIAN = [sys.executable, "-m", "llr_hate.serving", *WEB, "--host", "127.0.0.1"]
CELERY = [sys.executable, "-m", "celery", "-A", "llr_hate", "worker", *WORKER]


@contextlib.contextmanager
def open_house(place: Path, **also: str) -> Iterator[House]:
    """A portal with its database, keys, partnership and web server; the worker is started by who needs it. Its
    processes are also given what `also` says."""
    folder = DataFolder.prepare(place)
    house = House(folder)
    with folder.locked():
        folder.remember({**new_settings(folder, MODE), **folder.settings()})
        house.env = {
            **{key: value for key, value in os.environ.items() if not key.startswith(OURS)},
            **folder.settings(),
            "PYTHONPATH": str(ROOT),
            "PYTHONUNBUFFERED": "1",
            "LLR_BASE_URL": house.address,
            **also,
        }
        try:
            for service in (POSTGRESQL, BROKER):
                house.start(service)
            house.python("manage.py", "prepare", "--partnership", str(PARTNERSHIP))
            house.start(WEB_SERVER)
            yield house
        finally:
            house.stop_all()


def family_of(pid: int) -> list[int]:
    """A process and all its descendants, the oldest first."""
    listed = subprocess.run(
        ["ps", "-A", "-o", "pid=,ppid="], capture_output=True, text=True, check=True
    ).stdout
    parents = [tuple(map(int, line.split())) for line in listed.splitlines()]
    family = [pid]
    for member in family:
        family += [child for child, parent in parents if parent == member]
    return family
