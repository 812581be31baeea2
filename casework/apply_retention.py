"""Applying the schedule: what is over is erased, each record in its own transaction; what must be looked at waits."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.contrib.sessions.models import Session
from django.db import models

from audit import trail
from casework.erasing import CannotErase, erase, locked
from casework.falling_due import Looked, due_of, look, note
from casework.models import Keeping
from casework.retention import Due, Verdict
from outbox.models import OutboxEntry
from partners.retention import RecordClass, Schedule, Then
from reporting.models import Draft, Report
from scope.context import worker_scope
from vault.keys import MissingKey
from vault.sealing import CannotOpen

log = logging.getLogger("llr.retention")

Say = Callable[[str], None]
SAID_EVERY = 100
RETENTION = "retention"


@dataclass
class Applied:
    """What one run did: records erased by class, and those that it left alone."""

    looked: Looked
    erased: dict[str, int] = field(default_factory=dict)
    held: int = 0
    to_review: int = 0
    refused: int = 0

    def count(self, code: str, number: int = 1) -> None:
        if number:
            self.erased[code] = self.erased.get(code, 0) + number


def apply(*, today: date, now: datetime, schedule: Schedule, say: Say = lambda line: None) -> Applied:
    """Looks, then erases what is over. Stopped at any point, it loses nothing and goes on when it is called again."""
    applied = Applied(look(today=today, schedule=schedule))
    say(f"Looked at {applied.looked.records} reports.")
    with worker_scope():
        over = list(
            Keeping.objects.filter(due_on__lte=today, then=Then.ERASE).values_list("report_id", flat=True)
        )
    for number, report_id in enumerate(over, start=1):
        _apply_to(Report(pk=report_id), applied, today=today, now=now, schedule=schedule)
        if number % SAID_EVERY == 0 or number == len(over):
            say(f"{number} of {len(over)} that are over.")
    with worker_scope():
        applied.to_review = Keeping.objects.to_review(today=today).count()
        applied.held = Keeping.objects.over_and_held(today=today).count()
    for code, over_by_now in LEFTOVERS.items():
        applied.count(code.value, over_by_now(today, now, schedule).delete()[0])
    _leave_word(applied, now=now, schedule=schedule)
    return applied


def _apply_to(report: Report, applied: Applied, *, today: date, now: datetime, schedule: Schedule) -> None:
    """Asks again before erasing: since the look a hold may have been put on it, its case been reopened, or somebody
    have decided to keep it longer. Locked first: whoever decides now waits, and is told that it was erased."""
    with worker_scope():
        report, _ = locked(report)
        if report.erased_at:  # by a person, while the look wrote it down
            Keeping.objects.filter(report=report).delete()
            return
        try:
            found = due_of(report, schedule)
        except (CannotOpen, MissingKey):
            applied.looked.unreadable += 1
            return
        verdict = found.verdict(today) if found else Verdict.KEEP
        if found is None or verdict is not Verdict.ERASE:
            note(report, found, today=today)
            return
        _erase(report, found, applied, now=now, schedule=schedule)


def _erase(report: Report, found: Due, applied: Applied, *, now: datetime, schedule: Schedule) -> None:
    why = found.rule.code.value
    try:
        erase(report, why=why, by=None, now=now, schedule=schedule.version, due_on=found.on.isoformat())
    except CannotErase:
        applied.refused += 1
    else:
        applied.count(why)


def _leave_word(applied: Applied, *, now: datetime, schedule: Schedule) -> None:
    facts = {
        "schedule": schedule.version,
        "opened": applied.looked.records,
        "unreadable": applied.looked.unreadable,
        "held": applied.held,
        "to_review": applied.to_review,
    } | {f"erased_{code}": number for code, number in applied.erased.items()}
    trail.record("retention.applied", RETENTION, by=None, now=now, **facts)
    log.info("retention applied", extra={"erased": sum(applied.erased.values()), "held": applied.held})


Over = Callable[[date, datetime, Schedule], models.QuerySet[Any]]


def _drafts(today: date, now: datetime, schedule: Schedule) -> models.QuerySet[Any]:
    return Draft.objects.filter(expires_on__lt=today)


def _notices(today: date, now: datetime, schedule: Schedule) -> models.QuerySet[Any]:
    kept = today - schedule.rule(RecordClass.SENT_MESSAGE).latest_start(today)
    return OutboxEntry.objects.filter(delivered_at__lt=now - kept)


def _sessions(today: date, now: datetime, schedule: Schedule) -> models.QuerySet[Any]:
    kept = today - schedule.rule(RecordClass.SESSION).latest_start(today)
    return Session.objects.filter(expire_date__lt=now - kept)


# What is not about one report: it goes without being looked at.
LEFTOVERS: dict[RecordClass, Over] = {
    RecordClass.DRAFT: _drafts,
    RecordClass.SENT_MESSAGE: _notices,
    RecordClass.SESSION: _sessions,
}
