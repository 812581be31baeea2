"""The worker's part: what has been written is sealed into a chain, in runs, while others go on writing.

Writers never wait for each other or for the sealer. A row whose transaction is older than every transaction that
still runs can have no new neighbour before it, so rows up to there are sealed in the order (transaction, id).
"""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction

from audit.models import Seal
from audit.stamp import PURPOSE, in_one, is_keyed, keyed, microseconds
from vault.keys import keyring

log = logging.getLogger("llr.audit")

EVENTS_A_SEAL = 2_000
LATE_AFTER = timedelta(minutes=5)
BEGINNING = b""
_ONE_SEALER = 0x4C4C_5241  # PostgreSQL's advisory lock for whoever seals
_LAST_ID = UUID(int=2**128 - 1)

_OLDEST_RUNNING = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint"
_HIGHEST = "SELECT coalesce(max(xid)::text::bigint, 0) FROM audit_auditevent"
IN_NO_SEAL = """NOT EXISTS (
    SELECT FROM (SELECT unnest(event_ids) AS id FROM audit_seal) sealed WHERE sealed.id = event.id
)"""
# The columns are named in full: a bare name would mean the text that is told, which no index knows.
_NEXT = """
SELECT id::text, xid::text::bigint, stamp FROM audit_auditevent event
WHERE (xid, id) > (%s::text::xid8, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot()) {also}
ORDER BY event.xid, event.id LIMIT %s
"""
# What this cluster has written and finished, and what another one wrote before: that has numbers not given out here.
_LEFT_OVER = f"""
SELECT id::text, xid::text::bigint, stamp FROM audit_auditevent event
WHERE {IN_NO_SEAL} AND (xid < %s::text::xid8 OR xid >= pg_snapshot_xmax(pg_current_snapshot()))
ORDER BY at, id
"""
_WAITING = (
    "SELECT count(*), min(at) FROM audit_auditevent event WHERE (xid, id) > (%s::text::xid8, %s) {also}"
)
_SEALED_AMONG = """
SELECT event.id::text FROM audit_auditevent event CROSS JOIN LATERAL (
    SELECT event_ids FROM audit_seal WHERE (up_to_xid, up_to_id) >= (event.xid::text::bigint, event.id)
    ORDER BY up_to_xid, up_to_id LIMIT 1
) seal
WHERE event.id = ANY(%s::uuid[]) AND event.id = ANY(seal.event_ids)
"""
_SEALED_ANYWHERE = """
SELECT id::text FROM unnest(%s::uuid[]) AS asked (id)
WHERE EXISTS (SELECT FROM audit_seal WHERE asked.id = ANY(event_ids))
"""


_TOLD = ("number", "last_event", "up_to_xid", "up_to_id", "is_restart", "ceiling", "sealed_at", "hash")
_ADD = f"INSERT INTO audit_seal (event_ids, {', '.join(_TOLD)}) VALUES (%s::uuid[]{', %s' * len(_TOLD)})"


class Item(NamedTuple):
    """One event as it goes into a seal."""

    id: str
    xid: int
    stamp: bytes


def seal_all(*, now: datetime) -> int:
    """Seals all that can be sealed; how many events that were."""
    sealed = 0
    while run := seal_some(now=now):
        sealed += run
    return sealed


@transaction.atomic
def seal_some(*, now: datetime) -> int:
    """Makes one seal; 0 when there is nothing to seal or somebody else is sealing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_ONE_SEALER])
        if not cursor.fetchone()[0]:
            return 0
    last = last_seal()
    oldest_running = _number(_OLDEST_RUNNING)
    if last and oldest_running <= last.up_to_xid:
        return _begin_anew(last, oldest_running, now)
    xid, id_ = place_of(last)
    items = _items(_NEXT.format(also=_also(last)), [str(xid), id_, EVENTS_A_SEAL])
    if items:
        place = (items[-1].xid, UUID(items[-1].id))
        _add(last, items, up_to=place, ceiling=last.ceiling if last else 0, now=now)
    return len(items)


def _begin_anew(last: Seal, oldest_running: int, now: datetime) -> int:
    """After a restore into another cluster transactions are counted from a lower number: whatever no seal holds goes
    into one, and the order begins again from here."""
    items = _items(_LEFT_OVER, [str(oldest_running)])
    ceiling = max(last.up_to_xid, last.ceiling, _number(_HIGHEST))
    _add(last, items, up_to=(oldest_running - 1, _LAST_ID), ceiling=ceiling, now=now, is_restart=True)
    log.warning("transactions are counted anew, as after a restore", extra={"sealed": len(items)})
    return len(items)


def place_of(last: Seal | None) -> tuple[int, UUID]:
    """How far the trail is sealed, in the order of transactions."""
    return (last.up_to_xid, last.up_to_id) if last else (0, UUID(int=0))


def _also(last: Seal | None) -> str:
    """Whatever stands behind the place is not sealed yet, but for numbers that an earlier cluster gave out too."""
    return f"AND {IN_NO_SEAL}" if last and last.up_to_xid <= last.ceiling else ""


def _add(
    last: Seal | None,
    items: Sequence[Item],
    *,
    up_to: tuple[int, UUID],
    ceiling: int,
    now: datetime,
    is_restart: bool = False,
) -> None:
    seal = Seal(
        number=last.number + 1 if last else 1,
        last_event=(last.last_event if last else 0) + len(items),
        up_to_xid=up_to[0],
        up_to_id=up_to[1],
        is_restart=is_restart,
        ceiling=ceiling,
        sealed_at=now,
    )
    before = bytes(last.hash) if last else BEGINNING
    seal.hash = keyed(keyring().newest(PURPOSE), b"seal", *_sealed(seal, items, before))
    # Thousands of ids are told to the database as they came from there: a model would take each apart twice.
    with connection.cursor() as cursor:
        cursor.execute(_ADD, [[item.id for item in items], *(getattr(seal, name) for name in _TOLD)])


def fits(seal: Seal, items: Iterable[Item], before: bytes) -> bool:
    """Whether the seal was made by us of just these events, after the seal whose hash is `before`."""
    return is_keyed(bytes(seal.hash), b"seal", *_sealed(seal, items, before))


def _sealed(seal: Seal, items: Iterable[Item], before: bytes) -> list[bytes]:
    head = (
        f"{seal.number} {seal.last_event} {seal.up_to_xid} {seal.up_to_id} {seal.is_restart:d}"
        f" {seal.ceiling} {microseconds(seal.sealed_at)}"
    )
    # An id has 36 letters and a number ends with the space: no two items read the same.
    pieces = (b"%b %d %b" % (id_.encode(), xid, stamp) for id_, xid, stamp in items)
    return [in_one([head.encode(), before]), in_one(pieces)]


def last_seal() -> Seal | None:
    """The head of the chain; None before anything was sealed."""
    return Seal.objects.defer("event_ids").order_by("-number").first()


def _number(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


def _items(statement: str, given: list[Any]) -> list[Item]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return [Item(id_, xid, bytes(stamp)) for id_, xid, stamp in cursor.fetchall()]


@dataclass(frozen=True)
class Waiting:
    """The end of the trail that is not sealed yet."""

    events: int
    is_late: bool


def waiting(*, now: datetime) -> Waiting:
    """How many events wait to be sealed, and whether they have waited for more than five minutes."""
    last = last_seal()
    xid, id_ = place_of(last)
    with connection.cursor() as cursor:
        cursor.execute(_WAITING.format(also=_also(last)), [str(xid), id_])
        events, oldest = cursor.fetchone()
    since = max(filter(None, (oldest, last and last.sealed_at)), default=now)
    return Waiting(events, bool(events) and now - since > LATE_AFTER)


def sealed_among(ids: Iterable[UUID]) -> set[UUID]:
    """Which of these events a seal holds."""
    asked = {str(id_) for id_ in ids}
    found = _ids(_SEALED_AMONG, asked)
    # Where transactions were once counted anew, an event's number alone does not lead to its seal.
    if found != asked and Seal.objects.filter(is_restart=True).exists():
        found |= _ids(_SEALED_ANYWHERE, asked - found)
    return {UUID(id_) for id_ in found}


def _ids(statement: str, asked: set[str]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [sorted(asked)])
        return {id_ for (id_,) in cursor.fetchall()}
