"""A short trail for the tests: some events, sealed in runs."""

from datetime import UTC, datetime, timedelta

import pytest

from audit import sealing, trail
from audit.models import AuditEvent, Seal
from audit.sealing import seal_all

NOW = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def write(count: int, *, after: int = 0) -> list[AuditEvent]:
    """Events about reports 'r1', 'r2' …, each in a transaction of its own."""
    return [
        trail.record("report.read", f"r{n}", by=None, now=NOW + timedelta(seconds=n), place=n)
        for n in range(after + 1, after + count + 1)
    ]


def sealed_in_runs(*sizes: int) -> list[AuditEvent]:
    """As many seals as sizes, with so many events each."""
    events: list[AuditEvent] = []
    for number, size in enumerate(sizes):
        events += write(size, after=len(events))
        assert seal_all(now=NOW + timedelta(minutes=number)) == size
    return events


def in_order() -> list[str]:
    """What the sealed events are about, in the order of their seals."""
    subjects = dict(AuditEvent.objects.values_list("id", "subject_id"))
    return [subjects[id_] for seal in Seal.objects.order_by("number") for id_ in seal.event_ids]


EVERYWHERE = "pg_snapshot_xmin(pg_current_snapshot())"
# Other tests run in databases of the same cluster, and their transactions hold back no trail of this one; nor does
# the server's own cleaning up.
HERE = """(
    SELECT coalesce(min(lock.transactionid::text::bigint), pg_snapshot_xmax(pg_current_snapshot())::text::bigint)
    FROM pg_locks lock JOIN pg_stat_activity session USING (pid)
    WHERE lock.locktype = 'transactionid' AND lock.mode = 'ExclusiveLock' AND session.datname = current_database()
        AND session.backend_type = 'client backend'
)::text::xid8"""


def look_only_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets the sealer wait for the transactions of this database alone."""
    for statement in ("_NEXT", "_OLDEST_RUNNING"):
        assert EVERYWHERE in getattr(sealing, statement)
        monkeypatch.setattr(sealing, statement, getattr(sealing, statement).replace(EVERYWHERE, HERE))


def of_any_transaction() -> str:
    """The statement that finds the next events, whether their transactions are finished or not."""
    assert HERE in sealing._NEXT
    return sealing._NEXT.replace(f"xid < {HERE}", "true")
