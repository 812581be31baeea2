"""What the proof of the audit trail does inside the portal's own processes: filling the trail, and writing to it.

Run with the portal's environment: `python -m proofs.trail_work fill 1000000`, `write 8 5.0 sealing`
or `write 8 5.0 no`, `verify`, `clear`.
"""

import io
import json
import os
import sys
import time
from datetime import timedelta
from multiprocessing import get_context
from typing import Any
from uuid import UUID, uuid4

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.core.management import CommandError, call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402

from audit import trail  # noqa: E402
from audit.heads import export_head  # noqa: E402
from audit.models import AuditEvent  # noqa: E402
from audit.sealing import seal_all  # noqa: E402
from outbox.models import OutboxEntry  # noqa: E402

ROWS_A_TRANSACTION = 1_000
COLUMNS = [field.column for field in AuditEvent._meta.concrete_fields]
BUSINESS = (
    "INSERT INTO outbox_outboxentry (id, kind, key, payload, created_at, try_at, attempts)"
    " VALUES (%s, 'proof', %s, '{}', %s, %s, 0)"
)
EVENT = f"INSERT INTO audit_auditevent ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"


def fill(count: int) -> None:
    """So many events, as the serving role and as the portal stamps them, in many transactions; then they are sealed
    and the head is exported."""
    begun = timezone.now() - timedelta(seconds=count)
    for first in range(0, count, ROWS_A_TRANSACTION):
        rows = io.StringIO()
        for number in range(first, min(first + ROWS_A_TRANSACTION, count)):
            event = trail.prepare(
                "report.read", f"made-{number}", by=None, now=begun + timedelta(seconds=number), place=number
            )
            rows.write("\t".join(_as_copied(event)) + "\n")
        rows.seek(0)
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.copy_expert(f"COPY audit_auditevent ({', '.join(COLUMNS)}) FROM STDIN", rows)
    begun_sealing = time.monotonic()
    sealed = seal_all(now=timezone.now())
    print(json.dumps({"sealed": sealed, "seconds": time.monotonic() - begun_sealing}))
    export_head(now=timezone.now())


def _as_copied(event: AuditEvent) -> list[str]:
    values = {
        **{name: str(getattr(event, name)) for name in COLUMNS},
        "at": event.at.isoformat(),
        "actor_id": r"\N",
        "organisation_id": r"\N",
        "facts": json.dumps(event.facts),
        "stamp": r"\\x" + event.stamp.hex(),
    }
    return [values[name] for name in COLUMNS]


def write(writers: int, seconds: float, *, sealing: bool) -> None:
    """Prints how many transactions `writers` processes finished, each one row of business and one event, and how many
    events one process more sealed meanwhile, each second: sixty times as often as the worker does."""
    context = get_context("fork")
    connection.close()
    together, done, sealed = context.Barrier(writers + sealing), context.Queue(), context.Queue()
    processes = [context.Process(target=_write, args=(together, seconds, done)) for _ in range(writers)]
    if sealing:
        processes.append(context.Process(target=_seal, args=(together, seconds, sealed)))
    for process in processes:
        process.start()
    told = {"written": sum(done.get() for _ in range(writers)), "sealed": sealed.get() if sealing else 0}
    for process in processes:
        process.join()
    print(json.dumps(told))


def _write(together: Any, seconds: float, results: Any) -> None:
    connection.ensure_connection()
    together.wait()
    done, until = 0, time.monotonic() + seconds
    while time.monotonic() < until:
        _one_transaction(uuid4())
        done += 1
    results.put(done)


def _one_transaction(id_: UUID) -> None:
    now = timezone.now()
    event = trail.prepare("report.read", str(id_), by=None, now=now, place=1)
    event.facts = json.dumps(event.facts)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(BUSINESS, [id_, f"proof:{id_}", now, now])
        cursor.execute(EVENT, [getattr(event, name) for name in COLUMNS])


def _seal(together: Any, seconds: float, results: Any) -> None:
    connection.ensure_connection()
    together.wait()
    sealed, until = 0, time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(1.0, left))
        sealed += seal_all(now=timezone.now())
    results.put(sealed)


def verify() -> None:
    """For each line that comes in, how `audit_verify` ends, and what it says."""
    for _line in sys.stdin:
        said, code = io.StringIO(), 0
        try:
            call_command("audit_verify", stdout=said)
        except CommandError as why:
            code = why.returncode
        # As a command of its own would leave it: between two looks, nobody has anything open.
        connection.close()
        print(json.dumps([code, said.getvalue()]), flush=True)


def clear() -> None:
    """Removes the proof's rows of business."""
    OutboxEntry.objects.filter(kind="proof").delete()


if __name__ == "__main__":
    verb, *given = sys.argv[1:]
    if verb == "fill":
        fill(int(given[0]))
    elif verb == "write":
        write(int(given[0]), float(given[1]), sealing=given[2] == "sealing")
    elif verb == "verify":
        verify()
    else:
        clear()
