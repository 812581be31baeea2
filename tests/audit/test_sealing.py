"""What is written is sealed once, in the order of transactions, and never before its neighbours are finished."""

from collections.abc import Callable
from datetime import timedelta
from unittest import mock
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, connections, transaction

from audit import sealing, trail
from audit.models import AuditEvent, Seal
from audit.sealing import last_seal, seal_all, seal_some, sealed_among, waiting
from tests.audit.chain import NOW, in_order, of_any_transaction, sealed_in_runs, write

pytestmark = pytest.mark.usefixtures("committed")


def test_what_was_written_is_sealed_once_and_in_order() -> None:
    sealed_in_runs(3, 2)
    assert in_order() == ["r1", "r2", "r3", "r4", "r5"]
    assert [seal.last_event for seal in Seal.objects.order_by("number")] == [3, 5]
    assert seal_all(now=NOW) == 0


def test_many_are_sealed_in_several_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "EVENTS_A_SEAL", 4)
    write(10)
    assert seal_all(now=NOW) == 10
    assert [len(seal.event_ids) for seal in Seal.objects.order_by("number")] == [4, 4, 2]


def test_events_of_one_transaction_may_end_up_in_two_seals_and_none_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "EVENTS_A_SEAL", 4)
    with transaction.atomic():
        write(10)
    assert seal_all(now=NOW) == 10
    assert sorted(in_order()) == sorted(f"r{n}" for n in range(1, 11))


def test_the_next_events_are_found_by_an_index_and_not_sorted() -> None:
    write(1)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off; SET LOCAL enable_sort = off")
        cursor.execute(f"EXPLAIN {sealing._NEXT.format(also='')}", ["0", UUID(int=0), 2000])
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "audit_event_in_order" in plan
    assert "Sort" not in plan


def test_which_events_are_sealed_can_be_asked() -> None:
    events = sealed_in_runs(3, 2) + write(1, after=5)
    ids = [event.pk for event in events]
    assert sealed_among(ids) == set(ids[:5])
    assert sealed_among(ids[2:3]) == {ids[2]}
    assert sealed_among([]) == set()


def test_nothing_is_sealed_while_an_older_transaction_still_runs() -> None:
    other = connections.create_connection("default")
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_current_xact_id()")
        write(2)
        assert seal_all(now=NOW) == 0
        other.commit()
    finally:
        other.close()
    assert seal_all(now=NOW) == 2


def test_one_who_wrote_first_and_finished_last_is_sealed_first() -> None:
    other = connections.create_connection("default")
    slow = trail.prepare("report.read", "slow", now=NOW)
    columns = list(AuditEvent._meta.concrete_fields)
    try:
        other.set_autocommit(False)
        with other.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO audit_auditevent ({', '.join(field.column for field in columns)})"
                f" VALUES ({', '.join(['%s'] * len(columns))})",
                [field.get_db_prep_save(getattr(slow, field.attname), other) for field in columns],
            )
        write(1)
        assert seal_all(now=NOW) == 0
        other.commit()
    finally:
        other.close()
    assert seal_all(now=NOW) == 2
    assert in_order() == ["slow", "r1"]


def test_two_sealers_do_not_seal_the_same() -> None:
    write(2)
    other = connections.create_connection("default")
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [sealing._ONE_SEALER])
            assert seal_some(now=NOW) == 0
            cursor.execute("SELECT pg_advisory_unlock(%s)", [sealing._ONE_SEALER])
    finally:
        other.close()
    assert seal_some(now=NOW) == 2


def sealed_elsewhere(tamper: Callable[..., None]) -> None:
    """Two events sealed and one not, in a cluster that counted its transactions much further."""
    write(3)
    tamper(f"UPDATE audit_auditevent SET xid = (xid::text::bigint + {10**12})::text::xid8")
    with (
        mock.patch.object(sealing, "_NEXT", of_any_transaction()),
        mock.patch.object(sealing, "EVENTS_A_SEAL", 2),
    ):
        assert seal_some(now=NOW) == 2


def test_after_a_restore_what_no_seal_holds_is_sealed_and_nothing_twice(tamper: Callable[..., None]) -> None:
    sealed_elsewhere(tamper)
    write(1, after=3)
    assert waiting(now=NOW).events == 1  # the restored one; the new one has a lower number
    assert seal_all(now=NOW) == 2
    anew = last_seal()
    assert anew is not None
    assert anew.is_restart
    assert anew.up_to_xid < 10**12 < anew.ceiling
    write(2, after=4)
    assert waiting(now=NOW).events == 2
    assert seal_all(now=NOW) == 2
    assert in_order() == ["r1", "r2", "r3", "r4", "r5", "r6"]
    assert waiting(now=NOW).events == 0
    assert sealed_among(AuditEvent.objects.values_list("pk", flat=True)) == set(
        AuditEvent.objects.values_list("pk", flat=True)
    )


def test_numbers_that_an_earlier_cluster_gave_out_are_not_sealed_a_second_time(
    tamper: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_elsewhere(tamper)
    seal_all(now=NOW)
    write(1, after=3)
    monkeypatch.setattr(sealing, "_NEXT", of_any_transaction())
    assert seal_all(now=NOW) == 1
    assert in_order() == ["r1", "r2", "r3", "r4"]


def test_what_waits_is_counted_and_late_after_five_minutes() -> None:
    assert waiting(now=NOW).events == 0
    write(3)
    assert waiting(now=NOW + timedelta(minutes=5)) == sealing.Waiting(3, is_late=False)
    assert waiting(now=NOW + timedelta(minutes=5, seconds=2)) == sealing.Waiting(3, is_late=True)
    seal_all(now=NOW)
    assert waiting(now=NOW + timedelta(days=1)) == sealing.Waiting(0, is_late=False)


def test_old_events_that_came_in_just_now_are_not_late() -> None:
    sealed_in_runs(1)
    trail.record("report.read", "long ago", by=None, now=NOW - timedelta(days=400))
    assert not waiting(now=NOW + timedelta(minutes=4)).is_late
    assert waiting(now=NOW + timedelta(minutes=6)).is_late


@pytest.mark.parametrize("table", ["audit_seal", "audit_trailcheck"])
@pytest.mark.parametrize("statement", ["UPDATE {} SET hash = ''", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_serving_role_may_not_change_or_remove_a_seal_or_a_check(table: str, statement: str) -> None:
    sealed_in_runs(1)
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


@pytest.mark.parametrize("statement", ["UPDATE audit_seal SET hash = ''", "DELETE FROM audit_seal"])
def test_the_owner_is_refused_too(statement: str) -> None:
    sealed_in_runs(1)
    with pytest.raises(DatabaseError, match="only be added to"), connections["owner"].cursor() as cursor:
        cursor.execute(statement)


def test_the_serving_role_cannot_say_which_transaction_wrote_a_row() -> None:
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp, xid)"
            " VALUES (gen_random_uuid(), now(), 'a', 'system', 'x', '1', '{}', '', '1')"
        )
