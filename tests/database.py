"""The tests' database: the owner's role makes and migrates it, the serving role is held by its policies.

In a run of several processes one of them migrates a database, while the others still read the tests; each of those
takes a copy.
"""

import fcntl
import gc
import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from threading import Thread
from typing import IO, Any, TypeVar

import psycopg2
from django.core.management import call_command
from django.db import connections, transaction

from llr_hate.up.postgres import ADMIN_KEY
from llr_hate.up.provision import provision
from partners import directory
from reporting import news

MADE = "made"
DELETE_ALL = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE name text; BEGIN
  FOR name IN SELECT quote_ident(tablename) FROM pg_tables
    WHERE schemaname = 'public' AND tablename <> 'django_migrations'
  LOOP EXECUTE 'DELETE FROM ' || name; END LOOP;
END $$
"""
Made = TypeVar("Made")


@contextmanager
def make_test_database(name: str) -> Iterator[None]:
    """A migrated database called `name` behind both aliases for the block, dropped afterwards."""
    home = connections["owner"].settings_dict["NAME"]
    try:
        if _is_one_to_copy():
            _copy(name)
        else:
            make_database(name)
        yield
    finally:
        point_at(home)
        _drop(name)


def make_database(name: str) -> None:
    """Makes and migrates it, and leaves both aliases there."""
    owner, served = connections["owner"], connections["default"]
    with owner.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    point_at(name)
    provision(owner, served.settings_dict["USER"])
    gc.disable()  # a quarter of the time, looking at models that all stay
    try:
        call_command("migrate", database="owner", verbosity=0)
    finally:
        gc.enable()


def make_one_to_copy() -> Thread:
    """Begins to make the database that the processes of this run copy, and comes back at once."""
    note = _note().open("w")
    fcntl.flock(note, fcntl.LOCK_EX)
    making = Thread(target=_make_one_to_copy, args=[note], daemon=True)
    making.start()
    return making


def drop_what_was_copied(making: Thread) -> None:
    making.join()
    _drop(_to_copy())
    _note().unlink()


def point_at(name: str) -> None:
    for connection in (connections["owner"], connections["default"]):
        connection.close()
        connection.settings_dict["NAME"] = name


def empty_all_tables() -> None:
    """Deletes every row: after a test that had to commit."""
    address = os.environ.get(ADMIN_KEY)
    if address:
        _delete_all_rows(address)
    else:
        _truncate_all_tables()


def _delete_all_rows(address: str) -> None:
    """As somebody whom no policy and no trigger holds: a table costs next to nothing where there is nothing in it."""
    name = connections["owner"].settings_dict["NAME"]
    admin = psycopg2.connect(address, dbname=name)
    try:
        with admin, admin.cursor() as cursor:
            cursor.execute(DELETE_ALL)
    finally:
        admin.close()


def _truncate_all_tables() -> None:
    """With the owner's role, where nobody else is known: every file of every table is made anew."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables"
            " WHERE schemaname = 'public' AND tablename <> 'django_migrations'"
        )
        cursor.execute(f"TRUNCATE {cursor.fetchone()[0]} CASCADE")


def clear_away_what_was_undone() -> None:
    """Every table is as new: each test leaves its rows behind as dead ones, through which the next must look.

    The server does not do it by itself here: it would count rows while there are none, and then plan for none.
    While something stands for a module's tests, their tables are held, and nobody waits for them.
    """
    if connections["default"].in_atomic_block:
        return
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(quote_ident(tablename), ', ') FROM pg_tables WHERE schemaname = 'public'"
        )
        cursor.execute(f"VACUUM {cursor.fetchone()[0]}")


@contextmanager
def standing(blocker: Any, make: Callable[[], Made]) -> Iterator[Made]:
    """What `make` makes stands for all tests of the block, a fixture's of a module; each undoes only what it did."""
    whole = transaction.atomic()
    whole._from_testcase = True  # to what is under test it is not there
    with ExitStack() as undone:
        with blocker.unblock():
            whole.__enter__()
            undone.callback(_undo, whole, blocker)
            # What an earlier test made is not there any more.
            directory.forget()
            news.forget()
            made = make()
        yield made


def _undo(whole: transaction.Atomic, blocker: Any) -> None:
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)


def _to_copy() -> str:
    return f"llr_test_{os.environ['LLR_TEST_RUN']}_to_copy"


def _note() -> Path:
    """Locked while the database is being made; says afterwards that it was."""
    return Path(tempfile.gettempdir(), f"{_to_copy()}.lock")


def _make_one_to_copy(note: IO[str]) -> None:
    home = connections["owner"].settings_dict["NAME"]
    with note:
        try:
            make_database(_to_copy())
        finally:
            point_at(home)
        note.write(MADE)


def _is_one_to_copy() -> bool:
    """Waits for it. Where none was begun or it could not be made, each process makes its own, and says why not."""
    if not _note().exists():
        return False
    with _note().open() as note:
        fcntl.flock(note, fcntl.LOCK_SH)
        return note.read() == MADE


def _copy(name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_to_copy()}"')
    point_at(name)


def _drop(name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    connections["owner"].close()
