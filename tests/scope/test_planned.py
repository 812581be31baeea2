"""A statement is planned once by each connection, and whatever went wrong the first time, it runs the next."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import DataError, connection, connections
from django.test.utils import CaptureQueriesContext

from scope.planned import Statement, run_planned

DOUBLED = "SELECT 2 * %s::int, %s::text"
SHARE = "SELECT 1 / %s::int"

pytestmark = pytest.mark.usefixtures("no_transaction")


@pytest.fixture
def no_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A connection that has planned nothing. Nothing is written in these tests."""
    with django_db_blocker.unblock():
        connections["default"].close()
        yield
        connections["default"].close()


def run(*statements: Statement) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        run_planned(cursor, statements)
        return tuple(cursor.fetchone())


def test_the_second_time_it_is_only_run() -> None:
    assert run((DOUBLED, [4, "50 % of 'all'; --"])) == (8, "50 % of 'all'; --")
    with CaptureQueriesContext(connection) as asked:
        assert run((DOUBLED, [5, "?"])) == (10, "?")
    [trip] = asked.captured_queries
    assert trip["sql"].startswith("EXECUTE planned_")


def test_the_same_twice_in_one_trip_is_planned_once() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert run((DOUBLED, [1, "a"]), (DOUBLED, [2, "b"])) == (4, "b")
    assert asked.captured_queries[0]["sql"].count("PREPARE") == 1


def test_a_percent_sign_is_none_of_the_places() -> None:
    assert run(("SELECT %s LIKE 'a%%sh%%', 'a%%'", ["bush"])) == (False, "a%")
    assert run(("SELECT %s LIKE 'a%%sh%%', 'a%%'", ["a flash"])) == (True, "a%")


def test_a_trip_that_failed_is_no_hindrance_to_the_next() -> None:
    with pytest.raises(DataError):
        run((DOUBLED, [1, "a"]), (SHARE, [0]))
    assert run((DOUBLED, [1, "a"]), (SHARE, [1])) == (1,)


def test_another_connection_plans_for_itself() -> None:
    run((DOUBLED, [1, "a"]))
    connections["default"].close()
    assert run((DOUBLED, [3, "b"])) == (6, "b")
