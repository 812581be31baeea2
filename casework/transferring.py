"""Passing a case to another police force, because it happened there or those who did it are there."""

from datetime import datetime

from django.db import transaction

from casework.models import Case
from partners.models import User
from reporting.strands import PublicStatus


@transaction.atomic
def transfer(
    case: Case,
    force: str,
    *,
    lawful_basis: str,
    reason: str,
    sent: str,
    text: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """Writes down that a case was passed to a force (a code of forces.toml), what was sent and how they call it, and
    tells the reporter in `text`. The case waits from then on: it is closed only by closing it."""
    case.tell_reporter(text, status=PublicStatus.WITH_PARTNER, by=by, now=now, seen=seen)
    case.begin("transfer", None)
    note = "\n".join(filter(None, (reason, f"Sent: {sent}" if sent else "")))
    case.end("transfer", by=by, now=now, note=note, force=force, lawful_basis=lawful_basis)
