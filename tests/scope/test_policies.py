"""What `protect` makes, on a table of its own: who sees, adds, changes and removes which row.

Asked as the owner, whom the policies hold too; the table is gone with the transaction.
"""

from collections.abc import Iterator
from contextlib import closing
from typing import Any
from uuid import UUID, uuid4

import psycopg2
import pytest
from django.db import connections

from scope.policies import (
    BY_COUNTING,
    BY_ORGANISATION,
    BY_WORKER,
    REPORT,
    ask_once,
    may_write,
    only_in,
    protect,
    through,
)

pytestmark = pytest.mark.django_db
OURS, THEIRS = UUID(int=1), UUID(int=2)
ROWS = f"{BY_ORGANISATION} OR {BY_WORKER} OR {BY_COUNTING} OR id = {only_in('public', REPORT)}"
PARTS = ("part", "other_part")
Cursor = Any


@pytest.fixture
def cursor() -> Iterator[Cursor]:
    settings = connections["owner"].settings_dict
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    with closing(psycopg2.connect(**{ours: settings[theirs] for ours, theirs in keys.items()})) as owner:
        with owner.cursor() as cursor:
            make(cursor)
            yield cursor
        owner.rollback()


def make(cursor: Cursor) -> None:
    """A row of organisation 7 and one of organisation 8, each with a part."""
    cursor.execute("CREATE TABLE thing (id uuid PRIMARY KEY, visible_to integer[] NOT NULL)")
    cursor.execute("CREATE TABLE part (id uuid PRIMARY KEY, thing_id uuid NOT NULL)")
    cursor.execute("INSERT INTO thing VALUES (%s, '{7}'), (%s, '{8}')", [str(OURS), str(THEIRS)])
    cursor.execute("CREATE TABLE other_part (LIKE part)")
    cursor.execute("INSERT INTO part SELECT gen_random_uuid(), id FROM thing")
    of_a_thing = through("thing", "thing_id")
    cursor.execute(protect("thing", read=ROWS, write=may_write(ROWS)).sql)
    for table in PARTS:
        cursor.execute(protect(table, read=of_a_thing, write=may_write(of_a_thing)).sql)


def asks_as(cursor: Cursor, kind: str, organisation: object = "", report: object = "") -> None:
    for name, value in (("llr.scope", kind), ("llr.org", organisation), ("llr.report", report)):
        cursor.execute("SELECT set_config(%s, %s, true)", [name, str(value)])


def count(cursor: Cursor, sql: str, *values: object) -> int:
    """How many rows a statement touched or gave."""
    cursor.execute(sql, values)
    return int(cursor.rowcount)


def is_refused(cursor: Cursor, sql: str, *values: object) -> bool:
    cursor.execute("SAVEPOINT before")
    try:
        cursor.execute(sql, values)
    except psycopg2.errors.InsufficientPrivilege:
        return True
    finally:
        cursor.execute("ROLLBACK TO before")
    return False


ADD = "INSERT INTO thing VALUES (gen_random_uuid(), %s)"
ADD_PART = "INSERT INTO part VALUES (gen_random_uuid(), %s)"


@pytest.mark.parametrize(
    ("asking", "seen"),
    [
        (("",), 0),
        (("nonsense", 7), 0),
        (("staff", 7), 1),
        (("staff", 9), 0),
        (("staff",), 0),
        (("public",), 0),
        (("public", 7), 0),
        (("public", "", OURS), 1),
        (("public", "", uuid4()), 0),
        (("worker",), 2),
        (("counting",), 2),
    ],
)
def test_who_sees_how_many(cursor: Cursor, asking: tuple[object, ...], seen: int) -> None:
    asks_as(cursor, *asking)  # type: ignore[arg-type]
    assert count(cursor, "SELECT * FROM thing") == seen
    assert count(cursor, "SELECT * FROM part") == seen


def test_a_transaction_that_has_said_nothing_sees_nothing(cursor: Cursor) -> None:
    assert count(cursor, "SELECT * FROM thing") == count(cursor, "SELECT * FROM part") == 0


def test_an_organisation_changes_its_own_and_removes_nothing(cursor: Cursor) -> None:
    asks_as(cursor, "staff", 7)
    assert count(cursor, "UPDATE thing SET visible_to = visible_to || 9") == 1
    assert count(cursor, "UPDATE part SET thing_id = thing_id") == 1
    assert count(cursor, "DELETE FROM part") == count(cursor, "DELETE FROM thing") == 0


def test_the_worker_changes_and_removes_all(cursor: Cursor) -> None:
    asks_as(cursor, "worker")
    assert count(cursor, "UPDATE thing SET id = id") == 2
    assert count(cursor, "DELETE FROM part") == count(cursor, "DELETE FROM thing") == 2


def test_counting_neither_adds_nor_changes_nor_removes(cursor: Cursor) -> None:
    asks_as(cursor, "counting", 7)
    assert count(cursor, "UPDATE thing SET id = id") == count(cursor, "DELETE FROM thing") == 0
    assert count(cursor, "UPDATE part SET id = id") == count(cursor, "DELETE FROM part") == 0
    assert is_refused(cursor, ADD, [7])
    assert is_refused(cursor, ADD_PART, str(OURS))


def test_one_adds_only_what_one_may_then_see(cursor: Cursor) -> None:
    asks_as(cursor, "staff", 7)
    assert not is_refused(cursor, ADD, [7])
    assert is_refused(cursor, ADD, [8])
    assert is_refused(cursor, "UPDATE thing SET visible_to = '{8}'")
    assert not is_refused(cursor, ADD_PART, str(OURS))
    assert is_refused(cursor, ADD_PART, str(THEIRS))
    assert is_refused(cursor, "UPDATE part SET thing_id = %s", str(THEIRS))


def test_without_a_rule_for_writing_the_one_for_reading_holds(cursor: Cursor) -> None:
    cursor.execute("CREATE TABLE note (id uuid PRIMARY KEY)")
    cursor.execute(protect("note", read=BY_WORKER).sql)
    asks_as(cursor, "staff", 7)
    assert is_refused(cursor, "INSERT INTO note VALUES (gen_random_uuid())")
    asks_as(cursor, "worker")
    assert not is_refused(cursor, "INSERT INTO note VALUES (gen_random_uuid())")
    assert count(cursor, "INSERT INTO note VALUES (gen_random_uuid())") == 1
    asks_as(cursor, "counting")
    assert count(cursor, "SELECT * FROM note") == 0


def test_a_check_that_is_planned_once_decides_the_same(cursor: Cursor) -> None:
    cursor.execute(ask_once("thing", PARTS, "thing_id").sql)
    test_one_adds_only_what_one_may_then_see(cursor)
    asks_as(cursor, "counting")
    assert is_refused(cursor, ADD_PART, str(OURS))
    cursor.execute("SELECT count(*) FROM pg_policies WHERE with_check LIKE '%thing_is_there(thing_id)%'")
    assert cursor.fetchone() == (len(PARTS),)


@pytest.mark.parametrize("asks", ["ask_once", "protect"])
def test_all_of_it_can_be_taken_back(cursor: Cursor, asks: str) -> None:
    once = ask_once("thing", PARTS, "thing_id")
    if asks == "ask_once":
        cursor.execute(once.sql)
        cursor.execute(once.reverse_sql)
        cursor.execute("SELECT count(*) FROM pg_proc WHERE proname = 'thing_is_there'")
        assert cursor.fetchone() == (0,)
        test_one_adds_only_what_one_may_then_see(cursor)
        return
    cursor.execute(protect("thing", read=ROWS).reverse_sql)
    assert count(cursor, "SELECT * FROM thing") == 2
    cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'thing'")
    assert cursor.fetchone() == (False, False)
    cursor.execute("SELECT count(*) FROM pg_policies WHERE tablename = 'thing'")
    assert cursor.fetchone() == (0,)


def test_an_arm_of_another_scope_compares_with_nothing() -> None:
    assert only_in("staff", "7") == "(CASE WHEN current_setting('llr.scope', true) = 'staff' THEN 7 END)"
