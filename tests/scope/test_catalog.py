"""PostgreSQL's own catalog: each table was thought about, each policy is whole, the serving role owns nothing."""

import pytest
from django.apps import apps
from django.db import connection, connections

from tests.scope.tables import OPEN, PROTECTED, PROTECTED_FROM_CHANGE, RUN_AS_OWNER
from vault.models import SealedField

pytestmark = pytest.mark.django_db
HELD = (*PROTECTED, *PROTECTED_FROM_CHANGE)
OURS = "FROM pg_class WHERE relnamespace = 'public'::regnamespace"


def asked(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def names(sql: str, *values: object) -> list[str]:
    return sorted(row[0] for row in asked(sql, *values))


def test_every_table_is_protected_or_open_for_a_reason() -> None:
    known = [*HELD, *OPEN]
    assert names(f"SELECT relname {OURS} AND relkind IN ('r', 'p', 'f', 'm')") == sorted(known)
    assert [table for table, reason in OPEN.items() if not reason.endswith(".")] == []


def test_no_open_table_hangs_on_a_report_or_a_case() -> None:
    anchors = {"reporting.report", "casework.case"}
    hanging = {
        model._meta.db_table
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model and field.related_model._meta.label_lower in anchors
    }
    assert hanging & set(OPEN) == set()
    assert hanging <= set(PROTECTED)


def test_what_is_sealed_in_an_open_table_was_thought_about() -> None:
    sealed = {
        model._meta.db_table
        for model in apps.get_models()
        if any(isinstance(field, SealedField) for field in model._meta.get_fields())
    }
    by_design = {"reporting_draft", "partners_keptform", "partners_signinprovider", "centres_heardthere"}
    assert sealed & set(OPEN) == by_design


@pytest.mark.parametrize("table", HELD)
def test_policies_hold_the_owner_too(table: str) -> None:
    flags = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s"
    assert asked(flags, table) == [(True, True)]


@pytest.mark.parametrize("table", HELD)
def test_there_is_one_policy_for_each_act_and_none_is_for_all_acts(table: str) -> None:
    acts = "SELECT cmd, permissive FROM pg_policies WHERE tablename = %s ORDER BY cmd"
    assert asked(acts, table) == [(act, "PERMISSIVE") for act in ("DELETE", "INSERT", "SELECT", "UPDATE")]


@pytest.mark.parametrize("table", HELD)
def test_only_the_worker_removes(table: str) -> None:
    ((condition,),) = asked(
        "SELECT qual FROM pg_policies WHERE tablename = %s AND cmd = 'DELETE'",
        table,
    )
    assert "'worker'" in condition
    assert not any(f"'{kind}'" in condition for kind in ("staff", "public", "counting"))


@pytest.mark.parametrize("table", PROTECTED)
def test_nothing_is_let_through_unconditionally(table: str) -> None:
    for qual, check in asked("SELECT qual, with_check FROM pg_policies WHERE tablename = %s", table):
        assert "true" not in {qual, check}


def test_only_these_tables_have_policies() -> None:
    assert names("SELECT DISTINCT tablename FROM pg_policies WHERE schemaname = 'public'") == sorted(HELD)


def test_the_serving_role_has_no_way_round() -> None:
    flags = "rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication"
    assert asked(f"SELECT {flags} FROM pg_roles WHERE rolname = current_user") == [(False,) * 5]
    # A member of another role could become it.
    member_of = "SELECT roleid::regrole::text FROM pg_auth_members WHERE member = current_user::regrole"
    assert asked(member_of) == []


def test_the_serving_role_owns_nothing_and_makes_nothing() -> None:
    for catalog, owner in (("pg_class", "relowner"), ("pg_proc", "proowner"), ("pg_namespace", "nspowner")):
        assert asked(f"SELECT count(*) FROM {catalog} WHERE {owner} = current_user::regrole") == [(0,)]
    assert asked("SELECT has_schema_privilege(current_user, 'public', 'CREATE')") == [(False,)]
    rights = "SELECT has_database_privilege(current_user, current_database(), %s)"
    assert asked(rights, "CREATE") == [(False,)]


def test_the_serving_role_empties_no_table_and_adds_no_trigger_or_reference() -> None:
    rights = "has_table_privilege(current_user, oid, 'TRUNCATE, REFERENCES, TRIGGER, MAINTAIN')"
    assert names(f"SELECT relname {OURS} AND relkind IN ('r', 'p', 'v', 'm') AND {rights}") == []


def test_the_trail_is_only_added_to() -> None:
    rights = "has_any_column_privilege(current_user, oid, 'UPDATE') OR has_table_privilege(oid, 'DELETE')"
    assert names(f"SELECT relname {OURS} AND relname LIKE 'audit_%%' AND relkind = 'r' AND ({rights})") == []


def test_views_ask_with_the_rights_of_who_asks() -> None:
    assert names(f"SELECT relname {OURS} AND relkind = 'm'") == [], (
        "a materialised view keeps rows of everybody"
    )
    invoker = "coalesce(array_to_string(reloptions, ','), '') LIKE '%%security_invoker=true%%'"
    assert names(f"SELECT relname {OURS} AND relkind = 'v' AND NOT {invoker}") == []


def test_no_function_runs_as_its_owner() -> None:
    ours = "FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
    assert names(f"SELECT proname {ours} AND prosecdef") == sorted(RUN_AS_OWNER)
    # Somebody else's function, such as one that a superuser left behind, could pass every policy.
    owner = connections["owner"].settings_dict["USER"]
    assert asked(f"SELECT DISTINCT proowner::regrole::text {ours}") == [(owner,)]
    assert asked("SELECT rolsuper, rolbypassrls FROM pg_roles WHERE rolname = %s", owner) == [(False, False)]


def test_there_is_no_other_schema_that_the_serving_role_can_use() -> None:
    usable = "has_schema_privilege(current_user, oid, 'USAGE') AND nspname NOT LIKE 'pg\\_%%'"
    found = names(f"SELECT nspname FROM pg_namespace WHERE {usable}")
    assert found == ["information_schema", "public"]
