"""PostgreSQL and the broker start from their wheels, with no more rights than they need."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
import pytest

from llr_hate.up import broker, children, postgres
from llr_hate.up.datafolder import DataFolder
from llr_hate.up.portal import ROOT
from llr_hate.up.problem import StartProblem
from llr_hate.up.running import Environment, already_running, running_services, throwaway_services

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("services")]


@pytest.fixture(scope="module")
def services() -> Iterator[Environment]:
    with throwaway_services(given={}) as environment:
        yield environment


@pytest.fixture
def live(services: Environment) -> Path:
    return Path(services["LLR_DATA_DIR"])


def ask(url: str, question: str) -> list[tuple[object, ...]]:
    with postgres.connected(url) as connection, connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall() if cursor.description else []


@pytest.mark.parametrize("key", ["DATABASE_URL", "DATABASE_OWNER_URL"])
def test_neither_role_is_superuser_nor_passes_row_level_security(services: Environment, key: str) -> None:
    question = "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"

    assert ask(services[key], question) == [(False, False, False)]


def test_passwords_are_wanted_and_pages_have_checksums(services: Environment) -> None:
    assert ask(services["DATABASE_URL"], "SHOW data_checksums") == [("on",)]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        ask(services["DATABASE_URL"].replace(":", ":x", 2).replace("postgresql:x", "postgresql:"), "SELECT 1")


def test_what_the_owner_makes_the_portal_may_use_and_not_change(services: Environment) -> None:
    ask(services["DATABASE_OWNER_URL"], "CREATE TABLE kept (word text)")

    ask(services["DATABASE_URL"], "INSERT INTO kept VALUES ('kept')")
    assert ask(services["DATABASE_URL"], "SELECT word FROM kept") == [("kept",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(services["DATABASE_URL"], "DROP TABLE kept")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(services["DATABASE_URL"], "CREATE TABLE mine (word text)")


def test_starting_over_leaves_an_empty_database_with_the_same_roles(services: Environment) -> None:
    ask(services["DATABASE_OWNER_URL"], "CREATE TABLE half_built ()")

    postgres.start_over(services)

    assert ask(services["DATABASE_URL"], "SELECT to_regclass('half_built')") == [(None,)]
    ask(services["DATABASE_OWNER_URL"], "CREATE TABLE built ()")
    assert ask(services["DATABASE_URL"], "SELECT count(*) FROM built") == [(0,)]


def test_the_server_answers_on_this_machine_only(services: Environment) -> None:
    assert ask(services["DATABASE_URL"], "SHOW listen_addresses") == [("127.0.0.1",)]
    assert services["CELERY_BROKER_URL"].startswith("redis+socket:///")


def test_the_servers_log_never_says_what_was_in_a_refused_statement(
    services: Environment, live: Path
) -> None:
    with pytest.raises(psycopg2.Error):
        ask(services["DATABASE_URL"], "SELECT * FROM nowhere WHERE told = 'kicked my bicycle'")
    log = (live / "log" / "postgres.log").read_text()
    assert "nowhere" in log
    assert "bicycle" not in log


def test_files_with_secrets_are_readable_by_their_owner_alone(live: Path) -> None:
    assert {
        name: (live / name).stat().st_mode & 0o077 for name in ("env", "admin.env", "log", "postgres", "run")
    } == {
        "env": 0,
        "admin.env": 0,
        "log": 0,
        "postgres": 0,
        "run": 0,
    }


def test_a_second_start_in_the_same_folder_is_turned_away(live: Path) -> None:
    assert already_running(live)
    with pytest.raises(StartProblem, match="already in use"), running_services(live, mode="test", given={}):
        pass


def test_a_given_database_gets_a_serving_role_of_its_own(services: Environment, tmp_path: Path) -> None:
    admin, queue = services["DATABASE_ADMIN_URL"], services["CELERY_BROKER_URL"]
    ask(admin, "CREATE DATABASE elsewhere")
    given = {"DATABASE_URL": admin.replace("/postgres", "/elsewhere"), "CELERY_BROKER_URL": queue}
    kept = ask(admin, "SELECT rolpassword FROM pg_authid WHERE rolname = 'llr_app'")[0][0]

    with running_services(tmp_path / "one", given=given) as found:
        assert found["DATABASE_OWNER_URL"] == given["DATABASE_URL"]
        assert ask(found["DATABASE_URL"], "SELECT current_user, current_database()") == [
            ("llr_app", "elsewhere")
        ]
        assert not (tmp_path / "one" / "postgres").exists()

    ask(admin, f"ALTER ROLE llr_app PASSWORD '{kept}'")


def test_a_given_role_that_may_make_no_other_is_asked_for_both(services: Environment, tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": services["DATABASE_OWNER_URL"],
        "CELERY_BROKER_URL": services["CELERY_BROKER_URL"],
    }

    with (
        pytest.raises(
            StartProblem, match="may not create roles: give DATABASE_URL .* and DATABASE_OWNER_URL"
        ),
        running_services(tmp_path / "data", given=given),
    ):
        pass


def test_a_given_database_that_does_not_answer_is_named(tmp_path: Path) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        given = {"DATABASE_URL": f"postgresql://a:b@127.0.0.1:{unused.getsockname()[1]}/llr"}
        with (
            pytest.raises(StartProblem, match=r"^The database at 127\.0\.0\.1 can't be reached"),
            running_services(tmp_path / "data", given=given),
        ):
            pass


def test_a_given_broker_is_used_and_none_started(services: Environment, tmp_path: Path) -> None:
    given = {key: services[key] for key in ("DATABASE_URL", "DATABASE_OWNER_URL")}
    given["CELERY_BROKER_URL"] = "redis://broker.example:6379/0"

    with running_services(tmp_path / "data", given=given) as found:
        assert found["CELERY_BROKER_URL"] == "redis://broker.example:6379/0"
        assert not list((tmp_path / "data" / "run").iterdir())


def test_a_deep_folder_still_gets_a_socket_that_fits(tmp_path: Path) -> None:
    folder = DataFolder.prepare(tmp_path / ("deep" * 20) / ("deeper" * 20))

    with broker.running(folder) as found:
        path = Path(urlsplit(found["CELERY_BROKER_URL"]).path)
        assert len(str(path)) <= broker.LONGEST_SOCKET_PATH
        assert path.is_socket()
    assert not path.parent.exists()


@pytest.fixture
def stopped(live: Path, place: Path) -> DataFolder:
    """A data folder that nothing runs in: the live one's files, without the note that a server has them."""
    folder = DataFolder.prepare(place)
    for name in ("env", "admin.env"):
        shutil.copy(live / name, folder.path / name)
    cluster = folder.path / "postgres"
    shutil.copytree(live / "postgres", cluster, ignore=shutil.ignore_patterns("postmaster.pid"))
    for path in [cluster, *cluster.rglob("*")]:
        os.chown(path, (live / "postgres").stat().st_uid, -1)
    return folder


def test_a_damaged_database_is_told_in_one_sentence(stopped: DataFolder) -> None:
    (stopped.path / "postgres" / "global" / "pg_control").write_bytes(b"\x00" * 8192)

    with (
        pytest.raises(StartProblem, match="PostgreSQL stopped while starting: .*") as told,
        running_services(stopped.path, mode="test", given={}),
    ):
        pass
    assert "\n" not in str(told.value)
    assert not stopped.in_use()


def test_a_database_folder_that_is_none_is_damaged(stopped: DataFolder) -> None:
    (stopped.path / "postgres" / "PG_VERSION").unlink()

    with (
        pytest.raises(StartProblem, match="is damaged"),
        running_services(stopped.path, mode="test", given={}),
    ):
        pass


def test_lost_passwords_are_a_damaged_folder(stopped: DataFolder) -> None:
    stopped.admin_file.unlink()

    with (
        pytest.raises(StartProblem, match="its settings have no DATABASE_ADMIN_URL"),
        running_services(stopped.path, mode="test", given={}),
    ):
        pass


@pytest.mark.slow
def test_what_a_killed_launcher_left_is_stopped_by_the_next_start(place: Path) -> None:
    command = [sys.executable, "-m", "llr_hate.up", "services", "--throwaway", "--data", str(place)]
    bare = {key: value for key, value in os.environ.items() if not key.startswith(("DATABASE_", "CELERY_"))}
    first = subprocess.Popen(command, cwd=ROOT, env=bare, stdout=subprocess.PIPE, text=True)
    assert first.stdout is not None
    assert first.stdout.readline() == "Services ready\n"
    left = {note.stem: int(note.read_text().split()[0]) for note in (place / "run").glob("*.pid")}
    first.kill()
    first.wait()
    assert all(children.birth(pid) for pid in left.values())

    with running_services(place, durable=False, given={}):
        assert set(left) == {"PostgreSQL", "broker"}
        assert not any(children.birth(pid) for pid in left.values())


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the database another user")
def test_a_folder_closed_to_other_users_keeps_its_database_where_one_can_reach_it(
    tmp_path: Path, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_place = DataFolder.prepare(place).path
    open_place.chmod(0o755)
    monkeypatch.setattr(postgres, "shared_place", lambda: open_place)
    tmp_path.chmod(0o700)

    for _ in ("made", "found again"):
        with running_services(tmp_path / "data", durable=False, given={}) as found:
            assert ask(found["DATABASE_URL"], "SELECT 1") == [(1,)]
    assert (tmp_path / "data" / "postgres").resolve().parent == open_place


@pytest.mark.skipif(os.geteuid() != 0, reason="only root lends the database another user")
def test_programs_closed_to_other_users_are_copied_where_one_can_reach_them(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_place = DataFolder.prepare(place).path
    open_place.chmod(0o755)
    monkeypatch.setattr(postgres, "shared_place", lambda: open_place)
    monkeypatch.setattr(postgres, "can_reach", lambda user, folder: False)
    user = postgres.unprivileged_user()

    binaries = postgres.binaries_for(user)

    assert binaries.is_relative_to(open_place)
    assert postgres.run_as(user, [binaries / "postgres", "--version"]).stdout.startswith(
        "postgres (PostgreSQL)"
    )
    assert postgres.binaries_for(user) == binaries


def test_a_number_that_another_process_has_by_now_is_left_alone(tmp_path: Path) -> None:
    bystander = subprocess.Popen(["sleep", "30"])
    try:
        (tmp_path / "broker.pid").write_text(f"{bystander.pid} Mon Jan 1 00:00:00 2018\n")
        children.stop_leftovers(tmp_path)
        assert bystander.poll() is None
        assert not (tmp_path / "broker.pid").exists()
    finally:
        bystander.kill()
        bystander.wait()


def test_a_child_that_does_not_listen_is_killed(tmp_path: Path) -> None:
    folder = DataFolder.prepare(tmp_path)
    deafly = ["sh", "-c", "trap '' TERM; echo deaf; while :; do sleep 1; done"]
    log = folder.logs / "deaf.log"

    with children.started("deaf", deafly, log=log, env={}, cwd=tmp_path, patience_seconds=0.5) as deaf:
        children.wait_for(lambda: log.read_text() == "deaf\n", deaf, seconds=5)
        begun = time.monotonic()

    assert deaf.process.returncode == -signal.SIGKILL
    assert time.monotonic() - begun < 5
