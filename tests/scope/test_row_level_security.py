"""The database itself refuses: as the serving role, raw SQL reads and changes nothing outside its scope."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import DatabaseError, connection

from casework.models import Keeping, LegalHold
from files.models import SealedFile
from scope.context import counting_scope, public_scope, staff_scope, worker_scope
from tests import people
from tests.casework.world import BARS_THE_POLICE, told, triaged
from vault.models import DataKey, SealedField

# Found only by an unguessable id, all of it ciphertext: it stands outside (docs/SECURITY.md).
OUTSIDE = {"reporting_draft"}


def personal_tables() -> list[str]:
    """Every table with a sealed column, and every one that hangs on a report or a case."""
    anchors = {"reporting.report", "casework.case"}
    found = set()
    for model in apps.get_models():
        is_sealed = any(isinstance(field, SealedField) for field in model._meta.get_fields())
        hangs_on = {
            field.related_model._meta.label_lower
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model
        }
        if is_sealed or hangs_on & anchors or model._meta.label_lower in anchors:
            found.add(model._meta.db_table)
    return sorted(found - OUTSIDE)


def rows_in(table: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {table}")
        return int(cursor.fetchone()[0])


def test_the_list_of_personal_tables_is_the_one_that_was_thought_about() -> None:
    assert personal_tables() == [
        "casework_case",
        "casework_caseevent",
        "casework_casereport",
        "casework_keeping",
        "casework_legalhold",
        "files_sealedfile",
        "reporting_report",
        "reporting_reportaccess",
        "reporting_reportbar",
        "reporting_reportermessage",
        "reporting_reportgrant",
        "reporting_sharingpreference",
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("table", personal_tables())
def test_row_level_security_is_on_and_holds_the_owner_too(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [table])
        assert cursor.fetchone() == (True, True)


@pytest.mark.django_db
def test_the_serving_role_has_no_way_round() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False, False, False)
        cursor.execute(
            "SELECT count(*) FROM pg_tables WHERE schemaname = 'public' AND tableowner = current_user"
        )
        assert cursor.fetchone() == (0,)


@pytest.fixture
def filled(db: None) -> None:
    """At least one row in every personal table, all of Charnwood's, made by the real acts."""
    ngozi = people.ngozi()
    people.gwen()
    report = told(**BARS_THE_POLICE)
    case = triaged(report, by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        report.note_read(ngozi, now=people.NOW)
        case.tell_reporter("I have read it.", status="read", by=ngozi, now=people.NOW)
    with worker_scope():
        SealedFile.keep(b"%PDF-1.7 a letter", data_key=DataKey.create(), now=people.NOW)
        LegalHold.put_on(report, reason="court", note="A trial.", by=ngozi, now=people.NOW)
        Keeping.objects.create(report=report, reference=report.reference, look_again_on=people.NOW.date())


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", personal_tables())
def test_without_a_scope_raw_sql_reads_no_row(table: str) -> None:
    with worker_scope():
        assert rows_in(table) > 0, "the test would prove nothing"
    assert rows_in(table) == 0


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", personal_tables())
def test_in_another_organisations_scope_raw_sql_reads_no_row(table: str) -> None:
    for stranger in (people.gwen(), people.tomasz()):
        with staff_scope(stranger.organisation_id or 0):
            assert rows_in(table) == 0
    with public_scope(report=uuid4()):
        assert rows_in(table) == 0


@pytest.mark.usefixtures("filled")
@pytest.mark.parametrize("table", personal_tables())
def test_counting_changes_nothing(table: str) -> None:
    column = "media_type" if table == "files_sealedfile" else "id"
    with counting_scope(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = {column}")
        assert cursor.rowcount == 0
        cursor.execute(f"DELETE FROM {table}")
        assert cursor.rowcount == 0


@pytest.mark.usefixtures("filled")
def test_nobody_adds_a_row_to_another_organisations_report() -> None:
    with worker_scope(), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM reporting_report")
        report = cursor.fetchone()[0]
    gwen = people.gwen()
    add = (
        "INSERT INTO reporting_reportgrant (id, report_id, organisation_id, basis, granted_at)"
        " VALUES (gen_random_uuid(), %s, %s, 'case', now())"
    )
    with (
        pytest.raises(DatabaseError, match="row-level security"),
        staff_scope(gwen.organisation_id or 0),
        connection.cursor() as cursor,
    ):
        cursor.execute(add, [report, gwen.organisation_id])


@pytest.mark.usefixtures("filled")
def test_a_scope_ends_with_its_block_and_gives_the_outer_one_back() -> None:
    ngozi = people.ngozi()
    with staff_scope(ngozi.organisation_id or 0):
        with staff_scope(people.gwen().organisation_id or 0):
            assert rows_in("casework_case") == 0
        assert rows_in("casework_case") == 1
        with pytest.raises(DatabaseError), counting_scope(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        assert rows_in("casework_case") == 1
    assert rows_in("casework_case") == 0


@pytest.mark.django_db
def test_nobody_opens_a_foreign_case_by_linking_a_report_of_their_own_to_it() -> None:
    gwen, foreign = people.gwen(), triaged(told(**BARS_THE_POLICE), by=people.ngozi())
    own = told(Q14="leicester", Q24=["no_one"])
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
        cursor.execute(add, [foreign.pk, own.pk])
    with staff_scope(gwen.organisation_id or 0):
        assert rows_in("casework_case") == 0
