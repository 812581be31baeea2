"""The database itself refuses: as the serving role, raw SQL reads and changes nothing outside its scope."""

import pytest
from django.apps import apps
from django.db import connection

from vault.models import SealedField

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
