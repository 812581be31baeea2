"""The bare floor and the portal, each on its own database of one PostgreSQL, each under the same server settings."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from psycopg2 import sql

from llr_hate.up.postgres import APP_KEY, OWNER_KEY, connected
from llr_hate.up.provision import provision
from llr_hate.up.running import running_services

ROOT = Path(__file__).resolve().parent.parent
PARTNERSHIP = ROOT / "partnership" / "llr"
PATIENCE_SECONDS = 90.0
# One process with four threads: the client needs the other core.
SERVER = [
    "--interface",
    "wsgi",
    "--workers",
    "1",
    "--blocking-threads",
    "4",
    "--blocking-threads-idle-timeout",
    "600",
]


@contextmanager
def services(folder: Path) -> Iterator[dict[str, str]]:
    """PostgreSQL and broker on a folder of their own, whatever the environment names."""
    with running_services(folder, given={}) as found:
        yield {
            **os.environ,
            **found,
            "PYTHONPATH": str(ROOT),
            "LLR_HASHED_STATIC": "0",
            "LLR_LOG_LEVEL": "INFO",
        }


def new_database(env: Mapping[str, str], name: str, *, like: str = "") -> dict[str, str]:
    """The environment with both addresses pointing at a new, provisioned database; a copy of `like` where given."""
    making = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(like or "template1")
    )
    with connected(env[OWNER_KEY]) as owner, owner.cursor() as cursor:
        cursor.execute(making)
    moved = {key: urlsplit(env[key])._replace(path=f"/{name}").geturl() for key in (APP_KEY, OWNER_KEY)}
    with connected(moved[OWNER_KEY]) as there:
        provision(there, urlsplit(moved[APP_KEY]).username or "llr_app")
    return {**env, **moved}


def run_sql(env: Mapping[str, str], statement: str) -> list[tuple[object, ...]]:
    """Runs a statement as the owner; its rows, if it has any."""
    with connected(env[OWNER_KEY]) as owner, owner.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else []


def floor_environment(env: Mapping[str, str]) -> dict[str, str]:
    """What the floor's settings read."""
    there = urlsplit(env[OWNER_KEY])
    return {
        **env,
        "PYTHONPATH": str(ROOT / "bench" / "floor"),
        "DJANGO_SETTINGS_MODULE": "floor.settings",
        "FLOOR_DB": there.path.lstrip("/"),
        "FLOOR_USER": there.username or "",
        "FLOOR_PASSWORD": there.password or "",
        "FLOOR_HOST": there.hostname or "",
        "FLOOR_PORT": str(there.port or 5432),
    }


def manage(env: Mapping[str, str], *command: str, folder: Path = ROOT) -> str:
    """Runs a management command; what it printed, or its last words as an error."""
    return python(env, "manage.py", *command, folder=folder)


def python(env: Mapping[str, str], *command: str, folder: Path = ROOT, given: str = "") -> str:
    """Runs Python to its end with `given` as its input; what it printed, or its last words as an error."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=dict(env),
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"{' '.join(command[:3])} failed:\n{done.stderr[-3000:]}")
    return done.stdout


def prepare_portal(env: Mapping[str, str]) -> None:
    """Keys, tables and the partnership, with the plans' dates moved so that they run today."""
    manage(env, "prepare")
    manage(env, "load_partnership", str(PARTNERSHIP), "--shift-to", date.today().isoformat())


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(env: Mapping[str, str], application: str, port: int, probe: str, log: Path) -> Iterator[int]:
    """granian on `port` for the block."""
    with ExitStack() as stack:
        output = stack.enter_context(log.open("wb"))
        command = [
            sys.executable,
            "-m",
            "granian",
            *SERVER,
            "--host",
            "127.0.0.1",
            "--port",
            str(port),
            application,
        ]
        process = subprocess.Popen(command, cwd=ROOT, env=dict(env), stdout=output, stderr=output)
        try:
            _wait(f"http://127.0.0.1:{port}{probe}", process, log)
            yield port
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answered at {address}:\n{log.read_text(errors='replace')[-2000:]}")
