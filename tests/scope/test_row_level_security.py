"""The database itself refuses: as the serving role, raw SQL reads and changes nothing outside its scope."""

import json
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, nullcontext
from uuid import uuid4

import psycopg2
import pytest
from django.db import DatabaseError, connection, connections, transaction

from scope.context import counting_scope, public_scope, staff_scope, worker_scope
from tests import people
from tests.casework.world import told
from tests.scope.conftest import Filled
from tests.scope.tables import PROTECTED, PROTECTED_FROM_CHANGE

SITUATIONS = (
    "no scope",
    "an organisation that has nothing to do with it",
    "the organisation that is barred",
    "nobody's organisation",
    "the public, without a report",
    "the public, with another report",
    "the public, with another receipt",
)
# Every way to ask a table that is not a plain count.
WAYS = (
    "SELECT count(*) FROM {table}",
    "SELECT count(*) FROM ONLY {table}",
    "SELECT count(*) FROM (TABLE {table}) every",
    "WITH every AS MATERIALIZED (SELECT * FROM {table}) SELECT count(*) FROM every",
    "SELECT count(*) FROM {table} a FULL JOIN {table} b USING (id)",
    "SELECT count(*) FROM {table} WHERE id IN (SELECT id FROM {table}) OR id IS NOT NULL",
    "SELECT count(*) FROM {table} TABLESAMPLE SYSTEM (100)",
    "SELECT count(*) FROM LATERAL (SELECT to_jsonb(t) FROM {table} t) every",
)

each_situation = pytest.mark.parametrize("situation", SITUATIONS)


def scope_of(situation: str, filled: Filled) -> AbstractContextManager[None]:
    """The scope in which none of the filled rows may exist."""
    other = told(Q14="leicester", Q24=["no_one"]) if "another" in situation else None
    gwen, tomasz = filled.strangers
    scopes = {
        "no scope": lambda: nullcontext(),
        "an organisation that has nothing to do with it": lambda: staff_scope(gwen.organisation_id or 0),
        "the organisation that is barred": lambda: staff_scope(tomasz.organisation_id or 0),
        "nobody's organisation": lambda: staff_scope(0),
        "the public, without a report": lambda: public_scope(),
        "the public, with another report": lambda: public_scope(report=other and other.pk),
        "the public, with another receipt": lambda: public_scope(
            receipt=bytes(other.receipt_code_digest) if other else None
        ),
    }
    return scopes[situation]()


def ids_of(table: str) -> list[str]:
    """The ids of the rows that there are, asked as background work."""
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute(f"SELECT id::text FROM {table}")
        return [row[0] for row in cursor.fetchall()]


def number(sql: str, *values: object) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return int(cursor.fetchone()[0])


def foreign_rows(table: str, ids: list[str]) -> int:
    return number(f"SELECT count(*) FROM {table} WHERE id::text = ANY(%s)", ids)


@each_situation
def test_foreign_rows_are_neither_read_nor_changed_nor_removed(situation: str, filled: Filled) -> None:
    there = {table: ids_of(table) for table in PROTECTED}
    assert all(there.values()), "without rows the test would prove nothing"
    with scope_of(situation, filled), connection.cursor() as cursor:
        for table, ids in there.items():
            assert foreign_rows(table, ids) == 0, table
            column = "media_type" if table == "files_sealedfile" else "id"
            cursor.execute(f"UPDATE {table} SET {column} = {column} WHERE id::text = ANY(%s)", [ids])
            assert cursor.rowcount == 0, table
            cursor.execute(f"DELETE FROM {table} WHERE id::text = ANY(%s)", [ids])
            assert cursor.rowcount == 0, table
    assert [table for table, ids in there.items() if not set(ids) <= set(ids_of(table))] == []


@each_situation
def test_nobody_adds_a_row_to_what_is_foreign(situation: str, filled: Filled) -> None:
    """The very row that is there, once more: with the parents and the visibility of the foreign one."""
    for table in PROTECTED:
        with worker_scope(), connection.cursor() as cursor:
            cursor.execute(f"SELECT to_jsonb(t) FROM {table} t LIMIT 1")
            row = json.loads(cursor.fetchone()[0])
        copy = f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s)"
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            scope_of(situation, filled),
            connection.cursor() as cursor,
        ):
            cursor.execute(copy, [json.dumps({**row, "id": str(uuid4())})])


def test_no_way_of_asking_goes_round_it(filled: Filled) -> None:
    asks = [way.format(table=table) for way in WAYS for table in PROTECTED]
    with worker_scope():
        assert [ask for ask in asks if number(ask) == 0] == []
    for asking in (nullcontext(), staff_scope(filled.strangers[0].organisation_id or 0)):
        with asking:
            assert [ask for ask in asks if number(ask) != 0] == []


def test_nothing_can_be_copied_out(filled: Filled) -> None:
    with worker_scope():
        assert [table for table in PROTECTED if not copied_out(table)] == []
    with staff_scope(filled.strangers[0].organisation_id or 0):
        assert [table for table in PROTECTED if copied_out(table)] == []


def copied_out(table: str) -> int:
    """How many bytes COPY gives."""

    class Counted:
        size = 0

        def write(self, data: str) -> None:
            self.size += len(data)

    out = Counted()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} TO STDOUT", out)
    return out.size


@pytest.fixture
def view_and_function() -> Iterator[None]:
    """As a migration might make them, badly: they run with the owner's rights, whom the policies hold as well."""
    settings = connections["owner"].settings_dict
    keys = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    address = {ours: settings[theirs] for ours, theirs in keys.items()}
    with closing(psycopg2.connect(**address)) as owner:
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute(
                "CREATE VIEW every_report AS SELECT * FROM reporting_report;"
                "CREATE FUNCTION how_many_reports() RETURNS bigint LANGUAGE sql SECURITY DEFINER"
                " AS 'SELECT count(*) FROM reporting_report';"
                "CREATE FUNCTION reports_of_all() RETURNS SETOF reporting_report LANGUAGE sql SECURITY DEFINER"
                " AS 'SELECT * FROM reporting_report'"
            )
            yield
            cursor.execute(
                "DROP VIEW every_report; DROP FUNCTION how_many_reports(); DROP FUNCTION reports_of_all()"
            )


@pytest.mark.usefixtures("view_and_function")
@pytest.mark.parametrize(
    "asks",
    [
        "SELECT count(*) FROM every_report",
        "SELECT how_many_reports()",
        "SELECT count(*) FROM reports_of_all()",
    ],
)
def test_views_and_functions_of_the_owner_show_no_more(asks: str, filled: Filled) -> None:
    with worker_scope():
        assert number(asks) == 2
    with staff_scope(filled.own.organisation_id or 0):
        assert number(asks) == 2
    for situation in ("no scope", SITUATIONS[1], SITUATIONS[2]):
        with scope_of(situation, filled):
            assert number(asks) == 0


def test_the_public_sees_the_one_report_whose_id_or_receipt_they_have(filled: Filled) -> None:
    other = told()
    reports = "SELECT count(*) FROM reporting_report"
    for report in (filled.report, other):
        for asking in (
            public_scope(report=report.pk),
            public_scope(receipt=bytes(report.receipt_code_digest)),
            public_scope(report=report.pk, receipt=bytes(report.receipt_code_digest)),
        ):
            with asking:
                assert number(reports) == number(f"{reports} WHERE id = %s", report.pk) == 1
                assert number("SELECT count(*) FROM casework_case") == 0


def test_counting_sees_all_that_is_counted(filled: Filled) -> None:
    """Of what an organisation may see; files, links and what falls due are the worker's alone, and nobody counts
    suspects."""
    with counting_scope():
        there = {table for table in PROTECTED if number(f"SELECT count(*) FROM {table}")}
    assert there == set(PROTECTED) - {
        "casework_keeping",
        "casework_samesuspect",
        "casework_suspectrecord",
        "casework_suspectsign",
        "files_picture",
        "files_sealedfile",
        "files_sealedpart",
        "reporting_suspect",
        "reporting_surveylink",
    }


def test_counting_changes_nothing(filled: Filled) -> None:
    for table in PROTECTED:
        column = "media_type" if table == "files_sealedfile" else "id"
        with counting_scope(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = {column}")
            assert cursor.rowcount == 0, table
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0, table


@pytest.mark.parametrize("table", PROTECTED_FROM_CHANGE)
def test_a_data_key_is_changed_and_removed_by_nobody_but_the_worker(table: str, filled: Filled) -> None:
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET id = id")
        assert cursor.rowcount > 0
    for asking in (nullcontext(), staff_scope(filled.own.organisation_id or 0), counting_scope()):
        with asking, connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET id = id")
            assert cursor.rowcount == 0
            cursor.execute(f"DELETE FROM {table}")
            assert cursor.rowcount == 0


def test_a_scope_ends_with_its_block_and_gives_the_outer_one_back(filled: Filled) -> None:
    cases = "SELECT count(*) FROM casework_case"
    with staff_scope(filled.own.organisation_id or 0):
        with staff_scope(filled.strangers[0].organisation_id or 0):
            assert number(cases) == 0
        assert number(cases) == 2
        with pytest.raises(DatabaseError), counting_scope(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert number(cases) == 2
    assert number(cases) == 0


def test_nobody_opens_a_foreign_case_by_linking_a_report_of_their_own_to_it(filled: Filled) -> None:
    gwen, own = people.gwen(), told(Q14="leicester", Q24=["no_one"])
    assert gwen.organisation_id in own.visible_to
    add = (
        "INSERT INTO casework_casereport (id, case_id, report_id, added_at)"
        " VALUES (gen_random_uuid(), %s, %s, now())"
    )
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        staff_scope(gwen.organisation_id or 0),
        connection.cursor() as cursor,
    ):
        cursor.execute(add, [filled.case, own.pk])
    with staff_scope(gwen.organisation_id or 0):
        assert number("SELECT count(*) FROM casework_case") == 0


def test_nobody_lets_themselves_see_a_foreign_report(filled: Filled) -> None:
    """Neither by a grant, nor by an array, nor by taking away a bar."""
    tomasz = filled.strangers[1]
    mine = [tomasz.organisation_id]
    for change in (
        "UPDATE reporting_report SET visible_to = visible_to || %s",
        "UPDATE casework_case SET visible_to = visible_to || %s",
        "DELETE FROM reporting_reportbar WHERE organisation_id = ANY(%s)",
    ):
        with staff_scope(tomasz.organisation_id or 0), connection.cursor() as cursor:
            cursor.execute(change, [mine])
            assert cursor.rowcount == 0, change
