"""What officers write down of who is said to have done it: opened on record, kept on a ground, erased without one.

The law on non-crime incidents lets the person's data be kept only where there is a real risk of harm; so each record
names its ground, comes up again after a while, and goes by itself when nobody says why it should stay.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from audit import trail
from casework.models import Case, LegalHold
from casework.models.suspect import Known, SuspectRecord
from partners.models import User
from partners.retention import add_months
from partners.standards import standard
from reporting.models import Report, Suspect
from reporting.models.apart import opened
from scope.context import worker_scope


class WhyOpened(models.TextChoices):
    """Why somebody opens it who does not work on the case."""

    STANDING_IN = "standing_in", "I stand in for whoever works on it"
    BEFORE_A_VISIT = "before_a_visit", "Before a visit or a call, so that nobody is put at risk"
    SAFEGUARDING = "safeguarding", "For safeguarding"
    POLICE = "police", "To tell the police, or to answer them"
    TEAM = "team", "I answer for the work of my team"


# Nobody is asked why where two records stand side by side: that is why.
TO_COMPARE = "compare"


class SuspectGone(Exception):
    """What was written down has been erased meanwhile."""


@dataclass(frozen=True)
class Opened:
    """What is known of who did it, of one report: what the person said, and what officers wrote down."""

    report: Report
    said: list[Suspect]
    written: list[SuspectRecord]


@dataclass(frozen=True)
class Due:
    """A record whose ground has to be looked at, as the rights desk reads it: no word of anybody."""

    reference: str
    lead: str
    review_on: date
    gone_on: date


def is_own(case: Case, user: User) -> bool:
    """Whether the case was given to this person, so that nobody asks them why."""
    return case.assigned_to_id == user.pk


@transaction.atomic
def open_on(case: Case, *, why: str, by: User, now: datetime) -> list[Opened]:
    """What is known on a case, opened by somebody: in the trail with the code of why, and seen by the reporter."""
    facts = {"why": why} if why else {}
    found = []
    for report in (each for each in case.reports if each.erased_at is None):
        said = Suspect.opened_for(report, by=by, now=now, **facts)
        found.append(Opened(report, said, _records(report)))
    return found


@transaction.atomic
def write_suspect(
    case: Case,
    known: Known,
    *,
    how_sure: str,
    why_kept: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> SuspectRecord:
    """Writes somebody down, on a ground. The timeline says that it was done, and nothing of whom."""
    case.begin("write_suspect", seen)
    assert by.organisation_id, "a permission comes with a workplace"
    report = next(report for report in case.reports if report.erased_at is None)
    made = SuspectRecord(
        report=report,
        how_sure=how_sure,
        why_kept=why_kept,
        organisation_id=by.organisation_id,
        written_by=by,
        written_at=now,
        review_on=review_day(timezone.localdate(now)),
    )
    with opened(report):
        made.keep(known)
    case.end("write_suspect", by=by, now=now, how_sure=how_sure, why_kept=why_kept)
    return made


@transaction.atomic
def keep_suspect(
    case: Case, record: UUID, *, why_kept: str, note: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Somebody looked, and says why it stays; raises SuspectGone."""
    case.begin("keep_suspect", seen)
    report = report_of(case, record)
    with opened(report):
        review_on = review_day(timezone.localdate(now))
        SuspectRecord.objects.filter(pk=record).update(why_kept=why_kept, review_on=review_on)
    case.end("keep_suspect", by=by, now=now, note=note, why_kept=why_kept)


@transaction.atomic
def drop_suspect(case: Case, record: UUID, *, by: User, now: datetime, seen: int | None = None) -> None:
    """Erases what was written down of somebody; raises SuspectGone."""
    case.begin("drop_suspect", seen)
    report_of(case, record)
    with worker_scope():
        SuspectRecord.objects.filter(pk=record).delete()
    case.end("drop_suspect", by=by, now=now)


def report_of(case: Case, record: UUID) -> Report:
    """The report of a case that a record is about; raises SuspectGone."""
    for report in case.reports:
        with opened(report):
            if SuspectRecord.objects.filter(pk=record, report=report).exists():
                return report
    raise SuspectGone("This has been erased meanwhile.")


def review_day(today: date) -> date:
    """When a ground that holds today has to be looked at again."""
    return add_months(today, standard("suspect_review").amount)


def due_for_review(*, today: date) -> list[Due]:
    """What somebody of the organisation that leads has to decide about, the oldest first; for the rights desk, which
    reads none of it."""
    with worker_scope():
        rows = _due(today).values_list(
            "report__reference", "report__case_report__case__lead_organisation__short_name", "review_on"
        )
        grace = _grace()
        return [Due(reference, lead or "", day, day + grace) for reference, lead, day in rows[:100]]


def let_go(*, today: date, now: datetime) -> int:
    """Erases what nobody has said a ground for in time, unless it is under a legal hold; returns how many. Run each
    night."""
    with worker_scope():
        held = LegalHold.objects.in_force().filter(
            report__case_report__case=models.OuterRef("report__case_report__case")
        )
        over = _due(today - _grace()).exclude(models.Exists(held)).select_related("report")
        gone = list(over)
        for each in gone:
            trail.record("report.suspect_let_go", each.report, by=None, now=now)
        SuspectRecord.objects.filter(pk__in=[each.pk for each in gone]).delete()
    return len(gone)


def _records(report: Report) -> list[SuspectRecord]:
    with opened(report):
        rows = SuspectRecord.objects.filter(report=report)
        return list(rows.select_related("report__data_key", "organisation", "written_by"))


def _due(today: date) -> models.QuerySet[SuspectRecord]:
    return SuspectRecord.objects.filter(review_on__lte=today).order_by("review_on", "id")


def _grace() -> timedelta:
    return timedelta(days=standard("suspect_grace").amount)
