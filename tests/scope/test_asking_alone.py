"""One question in a scope of its own: it is asked in that scope, in one trip, and the scope is gone with it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import ProgrammingError, connection, connections
from django.test.utils import CaptureQueriesContext

from scope.context import SETTINGS, Asking, ask_alone, public, staff_scope

WHO = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in SETTINGS)
NOBODY = ("",) * len(SETTINGS)
RECEIPT = public(receipt=b"\x01\x02")


@pytest.fixture
def no_transaction(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database as a page for the public finds it: nothing is under way. Nothing is written in these tests."""
    with django_db_blocker.unblock():
        try:
            yield
        finally:
            connections["default"].close()


def who_asks() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute(WHO)
        return tuple(cursor.fetchone())


@pytest.mark.usefixtures("no_transaction")
def test_the_question_is_asked_in_its_scope_in_one_trip_and_nothing_of_it_stays() -> None:
    with CaptureQueriesContext(connection) as asked:
        assert ask_alone(RECEIPT, WHO, []) == ("public", "", "", "0102", "")
    assert len(asked.captured_queries) == 1
    assert who_asks() == NOBODY


@pytest.mark.usefixtures("no_transaction")
def test_nothing_of_a_scope_stays_after_a_question_that_fails() -> None:
    with pytest.raises(ProgrammingError):
        ask_alone(RECEIPT, "SELECT nothing_like_it", [])
    assert who_asks() == NOBODY


@pytest.mark.usefixtures("no_transaction")
def test_what_is_given_is_a_value_and_never_a_part_of_the_question() -> None:
    hostile = "'; SET SESSION llr.scope = 'worker'; --"
    assert ask_alone(Asking(hostile), "SELECT current_setting('llr.scope'), %s", [hostile]) == (
        hostile,
        hostile,
    )
    assert who_asks() == NOBODY


@pytest.mark.django_db
def test_inside_a_transaction_whoever_asked_before_asks_again_afterwards() -> None:
    with staff_scope(7, 3):
        assert ask_alone(RECEIPT, WHO, []) == ("public", "", "", "0102", "")
        assert who_asks() == ("staff", "7", "", "", "3")


@pytest.mark.django_db
def test_no_row_is_no_answer() -> None:
    assert ask_alone(RECEIPT, "SELECT 1 WHERE false", []) is None
