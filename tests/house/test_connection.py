"""A kept connection to PostgreSQL: found ended before it is used, and asked nothing where it stands."""

from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.postgresql.base import DatabaseWrapper as PostgreSQL
from psycopg2.extensions import connection as Connection

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept() -> Iterator[BaseDatabaseWrapper]:
    """A connection of its own, as a server's thread keeps it from one request to the next."""
    kept = connections.create_connection("default")
    kept.ensure_connection()
    yield kept
    kept.close()


@pytest.fixture
def another() -> Iterator[Connection]:
    """Somebody else's connection, in the same role."""
    given = connections["default"].get_connection_params()
    names = ("dbname", "user", "password", "host", "port")
    another = psycopg2.connect(**{name: given[name] for name in names})
    another.autocommit = True
    yield another
    another.close()


def number_of(kept: BaseDatabaseWrapper) -> int:
    with kept.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def begin_request(kept: BaseDatabaseWrapper) -> None:
    """What Django does with each connection when a request begins."""
    kept.close_if_unusable_or_obsolete()


def test_a_connection_that_the_server_ended_is_made_anew_before_the_next_request_uses_it(
    kept: BaseDatabaseWrapper, another: Connection
) -> None:
    before = number_of(kept)
    with another.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 10000)", [before])
    begin_request(kept)
    assert number_of(kept) != before


def test_a_connection_that_was_closed_in_the_process_is_made_anew(kept: BaseDatabaseWrapper) -> None:
    before = number_of(kept)
    kept.connection.close()
    begin_request(kept)
    assert number_of(kept) != before


def test_a_connection_that_stands_is_kept_and_asked_nothing(
    kept: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ask_aloud(_kept: BaseDatabaseWrapper) -> bool:
        raise AssertionError("Nobody has to wait for an answer to nothing.")

    before = number_of(kept)
    monkeypatch.setattr(PostgreSQL, "is_usable", ask_aloud)
    begin_request(kept)
    assert number_of(kept) == before


def test_a_connection_on_which_something_was_said_is_asked_aloud_and_kept(
    kept: BaseDatabaseWrapper, another: Connection
) -> None:
    before = number_of(kept)
    with kept.cursor() as cursor:
        cursor.execute("LISTEN said")
    with another.cursor() as cursor:
        cursor.execute("NOTIFY said")
    begin_request(kept)
    assert number_of(kept) == before
