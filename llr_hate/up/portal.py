"""The whole portal on one machine: prepared, started, watched, stopped."""

import argparse
import contextlib
import hashlib
import os
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from llr_hate.up import children, postgres
from llr_hate.up.datafolder import DataFolder
from llr_hate.up.postgres import OWNER_KEY
from llr_hate.up.problem import StartProblem
from llr_hate.up.running import Environment, running_services

ROOT = Path(__file__).resolve().parents[2]
DEMO_KEY = "LLR_DEMO"
PARTNERSHIP = ROOT / "partnership" / "llr"
WEB = [
    "--interface",
    "wsgi",
    "--workers",
    "2",
    "--blocking-threads",
    "4",
    "--blocking-threads-idle-timeout",
    "600",
]
WORKER = ["--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle"]


@dataclass(frozen=True)
class Portal:
    """What was asked for on the command line."""

    data: Path
    port: int
    demo: bool

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def mode(self) -> str:
        return "demo" if self.demo else "development"


def run(chosen: argparse.Namespace) -> int:
    """Run the portal until somebody stops it; a child that dies is a StartProblem."""
    portal = Portal(chosen.data, chosen.port, chosen.demo)
    with running_portal(portal):
        print(f"Ready: {portal.address}/", flush=True)
        if portal.demo:
            print(f"People to sign in as: {portal.address}/demo/", flush=True)
        watch()
    return 0


@contextlib.contextmanager
def running_portal(portal: Portal) -> Iterator[Environment]:
    """Services, database and processes for the block; ready when it begins, gone when it ends."""
    clear_leftovers(DataFolder(portal.data.expanduser().resolve()))
    require_free_port(portal.port)
    say("Starting PostgreSQL and the broker")
    with contextlib.ExitStack() as stack:
        found = stack.enter_context(running_services(portal.data, mode=portal.mode))
        # The superuser's address stays here: nothing that serves may know it.
        admin = found.pop(postgres.ADMIN_KEY, None)
        env = {**os.environ, **found, "LLR_BASE_URL": portal.address}
        env |= {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "LLR_HASHED_STATIC": "1"}
        folder = DataFolder(Path(found["LLR_DATA_DIR"]))
        if admin and found.get(DEMO_KEY) == "begun":
            say("Throwing away a demonstration world that was left half built")
            postgres.start_over({**found, postgres.ADMIN_KEY: admin})
        prepare(folder, env, demo=portal.demo)
        say("Starting the web server, the worker and the clock")
        start_all(stack, folder, env, portal)
        yield env


def clear_leftovers(folder: DataFolder) -> None:
    """Stop what a killed launcher left in this folder: it may hold the port that we are about to ask for."""
    if folder.run.is_dir():
        with folder.locked():
            children.stop_leftovers(folder.run)


def require_free_port(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            reason = getattr(error, "strerror", None) or "ports are numbers up to 65535"
            raise StartProblem(
                f"Port {port} on 127.0.0.1 can't be used ({reason}): stop what uses it, or give another"
                " with --port."
            ) from error


def prepare(folder: DataFolder, env: Mapping[str, str], *, demo: bool) -> None:
    """Keys, tables, the partnership's data and static files; only what has changed since the last start."""
    known = folder.settings()
    done = {
        "LLR_PACKAGES_SEEN": fingerprint([ROOT / "requirements.txt"]),
        "LLR_STATIC_COLLECTED": fingerprint([ROOT / "static", ROOT / "requirements.txt"]),
    }
    if not demo:  # a demonstration loads the partnership itself, with its dates moved
        here = env[OWNER_KEY].rpartition("/")[2]
        done["LLR_PARTNERSHIP_LOADED"] = fingerprint([PARTNERSHIP], here)
    stale = {key for key, value in done.items() if known.get(key) != value}
    if stale or has_unknown_migrations(env[OWNER_KEY]) or not Path(env["LLR_KEYS_FILE"]).exists():
        say("Preparing the database")
        steps = ["--partnership", str(PARTNERSHIP)] if "LLR_PARTNERSHIP_LOADED" in stale else []
        steps += ["--collect-static"] if "LLR_STATIC_COLLECTED" in stale else []
        manage(folder, env, "prepare", *steps)
        folder.remember({**folder.settings(), **done})
    if demo and known.get(DEMO_KEY) != "finished":
        say("Building the demonstration world (up to two minutes)")
        folder.remember({**folder.settings(), DEMO_KEY: "begun"})
        manage(folder, env, "build_demo", shown=True)
        folder.remember({**folder.settings(), DEMO_KEY: "finished"})


def has_unknown_migrations(url: str) -> bool:
    """Whether the database has not seen one of our migrations; asked without starting Django, which takes seconds."""
    with postgres.connected(url) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('public.django_migrations') IS NOT NULL")
        if cursor.fetchone() != (True,):
            return True
        cursor.execute("SELECT app, name FROM django_migrations")
        seen = set(cursor.fetchall())
    return any((path.parts[-3], path.stem) not in seen for path in ROOT.glob("*/migrations/[0-9]*.py"))


def fingerprint(places: Sequence[Path], *also: str) -> str:
    """Changes when a file below `places` is added, removed, resized or written."""
    known = hashlib.sha256("\n".join(also).encode())
    for place in places:
        for path in sorted([place, *place.rglob("*")]):
            if path.is_file():
                facts = path.stat()
                known.update(f"{path} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return known.hexdigest()[:16]


def manage(folder: DataFolder, env: Mapping[str, str], *command: str, shown: bool = False) -> None:
    """Run a management command to its end; StartProblem with its last words when it fails."""
    log = folder.logs / f"{command[0]}.log"
    log.unlink(missing_ok=True)
    line = [sys.executable, str(ROOT / "manage.py"), *command]
    with children.started(command[0], line, log=log, env=env, cwd=ROOT, shown=shown) as child:
        status = child.process.wait()
    if status:
        raise StartProblem(f"manage.py {command[0]} failed: {child.why()} (log: {log}).")


def start_all(
    stack: contextlib.ExitStack, folder: DataFolder, env: Mapping[str, str], portal: Portal
) -> None:
    """Start the web server and wait until it answers, then the worker and the clock, which nobody waits for."""
    where = ["--host", "127.0.0.1", "--port", str(portal.port)]
    celery = [sys.executable, "-m", "celery", "-A", "llr_hate"]
    commands = {
        "web server": [sys.executable, "-m", "llr_hate.serving", *WEB, *where, "llr_hate.wsgi:application"],
        "worker": [*celery, "worker", *WORKER],
        "clock": [*celery, "beat", "--pidfile=", "--schedule", str(folder.run / "beat-schedule")],
    }
    for name, command in commands.items():
        log = folder.logs / f"{name.replace(' ', '-')}.log"
        child = stack.enter_context(children.started(name, command, log=log, env=env, cwd=ROOT))
        if name == "web server":
            children.wait_for(lambda: is_healthy(portal.address), child, seconds=60)


def is_healthy(address: str) -> bool:
    try:
        with urllib.request.urlopen(f"{address}/health/", timeout=5) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def watch() -> None:
    """Return never; StartProblem as soon as one of our processes has died."""
    while True:
        for child in children.RUNNING:
            if child.has_died():
                raise StartProblem(
                    f"The {child.name} stopped by itself, so everything was stopped: {child.why()} (log: {child.log})."
                )
        time.sleep(0.5)


def say(sentence: str) -> None:
    print(f"{sentence} …", flush=True)
