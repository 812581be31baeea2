"""Looking whether the trail is as it was written: nothing changed, removed, put in, put elsewhere or cut off.

Each event's stamp says whether it is as it was written; each seal says which events stood where, and which seal was
before it; exported heads say how far the trail reached. Only the keys and the heads are trusted, never the database.
"""

import json
import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from itertools import groupby, pairwise
from time import monotonic
from typing import Any, NamedTuple

from django.db import connection, transaction
from django.db.models import Func, IntegerField
from django.utils import timezone

from audit.heads import Head
from audit.models import Seal, TrailCheck
from audit.sealing import BEGINNING, IN_NO_SEAL, Item, fits, last_seal, place_of
from audit.stamp import BETWEEN, WRITTEN_IN_SQL, facts_text, from_microseconds, stamp_checker, written

log = logging.getLogger("llr.audit")

EVENTS_AT_ONCE = 4_000
FINDINGS_KEPT = 50

_EVENTS = f"""
SELECT seal.number, sealed.id::text, event.* FROM audit_seal seal
CROSS JOIN LATERAL unnest(seal.event_ids) WITH ORDINALITY AS sealed (id, place)
LEFT JOIN LATERAL (
    SELECT xid::text::bigint, {WRITTEN_IN_SQL} AS head, facts::text, stamp
    FROM audit_auditevent WHERE id = sealed.id
) event ON true
WHERE seal.number BETWEEN %s AND %s
ORDER BY seal.number, sealed.place
"""
_UNSEALED = f"""
SELECT (xid, id) <= (%s::text::xid8, %s), {WRITTEN_IN_SQL} AS head, facts::text, stamp
FROM audit_auditevent event WHERE {IN_NO_SEAL} ORDER BY at
"""


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `event` is the place in the trail, counted from 1; None where it has none."""

    event: int | None
    says: str


class Row(NamedTuple):
    """One event of a seal as it stands in the database; all but the first two are None where it is gone."""

    seal: int
    id: str
    xid: int
    head: str
    facts: str
    stamp: bytes


@dataclass
class Found:
    """What a look at the trail found. `events` and `seal`: how far the sealed trail reaches."""

    events: int = 0
    seal: int = 0
    hash: bytes = BEGINNING
    holds: Callable[[bytes, bytes], bool] = field(default_factory=stamp_checker)
    waiting: int = 0
    findings: list[Finding] = field(default_factory=list)
    wrong: int = 0
    seconds: float = 0

    @property
    def is_good(self) -> bool:
        return not self.wrong

    def is_as_written(self, head: str, facts: str, stamp: bytes) -> bool:
        """Whether a stamp is that of an event which PostgreSQL spells so.

        It spells most facts as we do but for spaces, and taking spaces out is twenty times as quick as reading and
        writing them anew. A stamp can't hold by mistake, so the quick spelling is tried first.
        """
        quick = facts.replace('": ', '":').replace(', "', ',"')
        return self.holds(stamp, written(head, quick)) or self.holds(
            stamp, written(head, _one_spelling(facts))
        )

    def note(self, event: int | None, says: str) -> None:
        """Keeps the first fifty in words and counts them all."""
        self.wrong += 1
        if len(self.findings) < FINDINGS_KEPT:
            self.findings.append(Finding(event, says))


def check(*, heads: dict[int, Head], since: TrailCheck | None = None) -> Found:
    """Looks at the whole trail, or at what was sealed since an earlier good check."""
    begun, found = monotonic(), Found()
    with transaction.atomic():
        if since is not None:
            _go_on_from(found, since)
        for seals in _runs(found.seal):
            _check_run(found, seals, heads)
        _check_end(found, heads)
        if since is None:
            _check_unsealed(found)
    found.findings.sort(key=lambda each: (each.event is None, each.event or 0))
    found.seconds = monotonic() - begun
    return found


def _go_on_from(found: Found, since: TrailCheck) -> None:
    found.events, found.seal, found.hash = since.events, since.seal, bytes(since.hash)
    start = Seal.objects.filter(number=since.seal).first()
    if since.seal and (start is None or bytes(start.hash) != found.hash):
        found.note(since.events, f"The trail up to event {since.events:,} is another than at the last check.")


def _runs(after: int) -> Iterator[list[Any]]:
    """Seals, some thousand events at a time: a quiet minute's seal holds few."""
    size = Func("event_ids", function="cardinality", output_field=IntegerField())
    seals = Seal.objects.filter(number__gt=after).annotate(size=size).defer("event_ids").order_by("number")
    run: list[Any] = []
    events = 0
    for seal in seals.iterator(chunk_size=500):
        run.append(seal)
        events += seal.size
        if events >= EVENTS_AT_ONCE:
            yield run
            run, events = [], 0
    if run:
        yield run


def _check_run(found: Found, seals: Sequence[Any], heads: dict[int, Head]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [seals[0].number, seals[-1].number])
        rows = {
            number: list(of_one) for number, of_one in groupby(map(Row._make, cursor.fetchall()), _seal_of)
        }
    for seal in seals:
        _check_seal(found, seal, rows.get(seal.number, []))
        head = heads.get(seal.number)
        if head and head.hash != bytes(seal.hash).hex():
            found.note(
                seal.last_event,
                f"Up to event {seal.last_event:,} the trail is another than it was on {_day(head.at)}:"
                " it was sealed anew.",
            )
        found.seal, found.events, found.hash = seal.number, seal.last_event, bytes(seal.hash)


def _seal_of(row: Row) -> int:
    return row.seal


def _check_seal(found: Found, seal: Any, rows: Sequence[Row]) -> None:
    first = seal.last_event - seal.size + 1
    follows = seal.number == found.seal + 1
    if not follows:
        gone = f"{found.seal + 1:,}" + (f" to {seal.number - 1:,}" if seal.number - found.seal > 2 else "")
        found.note(
            found.events + 1, f"Seal {gone} is gone, with events {found.events + 1:,} to {first - 1:,}."
        )
    before = found.wrong
    for number, row in enumerate(rows, first):
        if row.xid is None:
            found.note(number, f"Event {number:,} is gone. It was sealed on {_when(seal.sealed_at)}.")
        elif not found.is_as_written(row.head, row.facts, bytes(row.stamp)):
            found.note(number, f"Event {number:,} ({_named(row.head)}) was changed.")
    if follows and found.wrong == before:
        items = [Item(row.id, row.xid, bytes(row.stamp)) for row in rows]
        if not fits(seal, items, found.hash):
            found.note(*_what_does_not_fit(seal, first, items))


def _what_does_not_fit(seal: Any, first: int, items: Sequence[Item]) -> tuple[int, str]:
    for number, (one, other) in enumerate(pairwise(items), first):
        if not seal.is_restart and (one.xid, one.id) > (other.xid, other.id):
            return (
                number,
                f"Events {number:,} and {number + 1:,} do not stand in the order they were sealed in.",
            )
    return first, f"The seal of events {first:,} to {seal.last_event:,}, or their order, was changed."


def _check_end(found: Found, heads: dict[int, Head]) -> None:
    farthest = heads[max(heads)] if heads else None
    if farthest and farthest.seal > found.seal:
        found.note(
            found.events + 1,
            f"The trail ends with event {found.events:,}, but on {_day(farthest.at)} it reached event"
            f" {farthest.events:,}: its end was cut off.",
        )


def _check_unsealed(found: Found) -> None:
    xid, id_ = place_of(last_seal())
    with connection.chunked_cursor() as cursor:
        cursor.execute(_UNSEALED, [str(xid), id_])
        for is_among_sealed, head, facts, stamp in cursor:
            if is_among_sealed:
                found.note(None, f"An event ({_named(head)}) was put in among sealed ones.")
            elif not found.is_as_written(head, facts, bytes(stamp)):
                found.note(None, f"An event ({_named(head)}) was changed, or not written by the portal.")
            else:
                found.waiting += 1


@lru_cache(maxsize=4096)
def _one_spelling(facts: str) -> str:
    return facts_text(json.loads(facts))


def _named(head: str) -> str:
    """Which act an event says that it was, and when."""
    _, at, act, *_ = head.split(BETWEEN)
    return f"{act}, {_when(from_microseconds(int(at)))}"


def _when(at: datetime) -> str:
    return f"{timezone.localtime(at):%-d %B %Y, %H:%M}"


def _day(at: str) -> str:
    return _when(datetime.fromisoformat(at))


def keep(found: Found, *, is_whole: bool, now: datetime) -> TrailCheck:
    """Writes down what a check found, and says it loudly in the log when the trail does not hold."""
    kept = TrailCheck(
        at=now,
        is_whole=is_whole,
        is_good=found.is_good,
        events=found.events,
        seal=found.seal,
        hash=found.hash,
        findings=[each.says for each in found.findings],
        seconds=round(found.seconds, 3),
    )
    kept.save()
    if not found.is_good:
        log.error("the audit trail does not hold", extra={"wrong": found.wrong, "events": found.events})
    return kept


def last_good_check() -> TrailCheck | None:
    """From where the next check may go on; None when the last one found something: then all is looked at again."""
    last = last_check()
    return last if last and last.is_good else None


def last_check() -> TrailCheck | None:
    """The newest look at the trail."""
    return TrailCheck.objects.order_by("-at").first()
