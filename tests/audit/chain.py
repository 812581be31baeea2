"""A short trail for the tests: some events, sealed in runs."""

from datetime import UTC, datetime, timedelta

from audit import trail
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
