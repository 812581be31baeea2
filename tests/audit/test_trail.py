"""The trail can be added to and nothing else."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, connections, transaction

from audit import trail
from audit.models import AuditEvent
from vault.models import DataKey

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


@pytest.mark.django_db
def test_what_the_portal_does_is_recorded_without_an_actor() -> None:
    event = trail.record("key.made", DataKey.create(), by=None, now=NOW, count=1)
    assert (event.actor_kind, event.actor_id, event.facts) == ("system", None, {"count": 1})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditevent SET act = 'nothing'",
        "DELETE FROM audit_auditevent",
        "TRUNCATE audit_auditevent",
    ],
)
def test_the_serving_role_may_not_change_or_remove_a_row(statement: str) -> None:
    trail.record("key.made", DataKey.create(), by=None, now=NOW)
    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert AuditEvent.objects.count() == 1


@pytest.mark.django_db(databases=["default", "owner"])
@pytest.mark.parametrize(
    "statement", ["UPDATE audit_auditevent SET act = 'nothing'", "DELETE FROM audit_auditevent"]
)
def test_the_owner_is_refused_too(statement: str) -> None:
    AuditEvent.objects.using("owner").create(
        at=NOW, act="a", actor_kind="system", subject_type="x", subject_id="1"
    )
    with (
        pytest.raises(DatabaseError, match="only be added to"),
        transaction.atomic("owner"),
        connections["owner"].cursor() as cursor,
    ):
        cursor.execute(statement)
