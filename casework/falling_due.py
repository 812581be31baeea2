"""Looking through the records for those whose time is over, or will be within ninety days.

Whether somebody only asked for a record, and how old they are, is sealed. So the database is first asked for those
that could fall due by what stands in clear, and only of these are the two answers opened, by the portal itself. What
was looked at is not opened again before the day that `Keeping` names.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from casework.models import Case, CaseReport, Keeping, LegalHold
from casework.retention import Due, Record, Told, due
from casework.states import CaseState
from partners.retention import RecordClass, Schedule
from reporting.journey.question import chosen
from reporting.models import Report
from reporting.models.report import ReportQuerySet
from reporting.strands import Channel
from scope.context import worker_scope
from vault.keys import MissingKey
from vault.sealing import CannotOpen

AHEAD = timedelta(days=90)
AT_MOST = timedelta(days=365)
REPORTS_A_BATCH = 200
WISHES, RECORD_ONLY, AGE = "Q23", "record_only", "Q28"
FIRST_ID = UUID(int=0)
LOOKED = ("reference", "look_again_on", "class_code", "then", "due_on", "is_held")
WITHOUT_A_CASE = (RecordClass.ANONYMOUS_RECORD_ONLY, RecordClass.NOT_TAKEN_UP, RecordClass.EARLIER_RECORD)


@dataclass
class Looked:
    """How many were looked at, and how many of them nobody could open."""

    records: int = 0
    unreadable: int = 0


def look(*, today: date, schedule: Schedule) -> Looked:
    """Notes what falls due within ninety days, a batch a transaction; stopped at any point, it goes on from there."""
    looked, last = Looked(), FIRST_ID
    while True:
        with worker_scope():
            batch = list(_to_look_at(today, schedule).filter(pk__gt=last).order_by("pk")[:REPORTS_A_BATCH])
            rows = [row for report in batch if (row := _looked_at(report, today, schedule))]
            _write_down(rows)
        looked.records += len(batch)
        looked.unreadable += len(batch) - len(rows)
        if not batch:
            return looked
        last = batch[-1].pk


def rehearse(*, today: date, schedule: Schedule) -> Iterator[tuple[Report, Due]]:
    """Every report whose time is over today, with its rule; writes nothing. Run it in the worker's scope."""
    last = FIRST_ID
    while batch := list(_may_be_due(today, schedule).filter(pk__gt=last).order_by("pk")[:REPORTS_A_BATCH]):
        for report in batch:
            found = _due_or_nothing(report, schedule)
            if found and found.on <= today:
                yield report, found
        last = batch[-1].pk


def due_of(report: Report, schedule: Schedule) -> Due | None:
    """When a report falls due together with its case; opens two answers of each report of the case. In the worker's
    scope; raises CannotOpen or MissingKey."""
    return due(record_of(report), schedule)


def record_of(report: Report) -> Record:
    """What the schedule needs to know of a report, its case, and what was decided about them."""
    case = Case.objects.filter(case_reports__report=report).first()
    together = Report.objects.filter(case_report__case=case) if case else Report.objects.filter(pk=report.pk)
    kept_until = [keeping.kept_until for keeping in Keeping.objects.filter(report__in=together)]
    return Record(
        told=[_told(each) for each in together.filter(erased_at=None).select_related("data_key")],
        has_case=case is not None,
        closed_on=timezone.localdate(case.closed_at) if case and case.closed_at else None,
        kept_until=max((day for day in kept_until if day), default=None),
        is_held=LegalHold.objects.in_force().filter(report__in=together).exists(),
    )


def _told(report: Report) -> Told:
    answers = report.told()
    return Told(
        received_on=timezone.localdate(report.received_at),
        is_anonymous=report.is_anonymous,
        is_record_only=chosen(answers, WISHES) == [RECORD_ONLY],
        is_earlier_record=report.channel == Channel.HISTORIC,
        age_band=str(answers.get(AGE, "")),
    )


def _looked_at(report: Report, today: date, schedule: Schedule) -> Keeping | None:
    try:
        return _keeping(report, due_of(report, schedule), today)
    except (CannotOpen, MissingKey):
        return None


def note(report: Report, found: Due | None, *, today: date) -> None:
    """Writes down when the report falls due, or when to look again."""
    _write_down([_keeping(report, found, today)])


def _keeping(report: Report, found: Due | None, today: date) -> Keeping:
    keeping = Keeping(report=report, reference=report.reference, look_again_on=today + AT_MOST)
    if found and found.on - AHEAD > today:
        keeping.look_again_on = min(found.on - AHEAD, today + AT_MOST)
    elif found:
        keeping.look_again_on = today + timedelta(days=1)
        keeping.class_code, keeping.then = found.rule.code.value, found.rule.then.value
        keeping.due_on, keeping.is_held = found.on, found.is_held
    return keeping


def _write_down(rows: list[Keeping]) -> None:
    """In one statement; what the rights desk decided about a record before stays."""
    Keeping.objects.bulk_create(rows, update_conflicts=True, unique_fields=["report"], update_fields=LOOKED)


def _due_or_nothing(report: Report, schedule: Schedule) -> Due | None:
    try:
        return due_of(report, schedule)
    except (CannotOpen, MissingKey):
        return None


def _to_look_at(today: date, schedule: Schedule) -> ReportQuerySet:
    """Those that could fall due, and those that were said to: a case may have been reopened since."""
    looked_at = Keeping.objects.filter(report=OuterRef("pk"), look_again_on__gt=today)
    listed = Keeping.objects.filter(report=OuterRef("pk"), due_on__isnull=False)
    could = _by_what_is_in_clear(today + AHEAD, schedule)
    return Report.objects.filter(could | Exists(listed), ~Exists(looked_at), erased_at=None)


def _may_be_due(today: date, schedule: Schedule) -> ReportQuerySet:
    return Report.objects.filter(_by_what_is_in_clear(today, schedule), erased_at=None)


def _by_what_is_in_clear(day: date, schedule: Schedule) -> Q:
    """Reports whose time may be over on `day`, by their times and whether they are anonymous: never too few."""
    shortest = max(_latest_start(code, day, schedule) for code in WITHOUT_A_CASE)
    cases = CaseReport.objects.filter(report=OuterRef("pk"))
    closed = cases.filter(case__state=CaseState.CLOSED)
    long_closed = closed.filter(case__closed_at__lt=_latest_start(RecordClass.CASE_CLOSED, day, schedule))
    anonymous = _latest_start(RecordClass.ANONYMOUS_RECORD_ONLY, day, schedule)
    return (
        Q(~Exists(cases), received_at__lt=shortest)
        | Q(Exists(long_closed))
        | Q(Exists(closed), is_anonymous=True, received_at__lt=anonymous)
    )


def _latest_start(code: RecordClass, day: date, schedule: Schedule) -> datetime:
    """Nothing of this class that began at this moment or later is over on `day`."""
    rule = schedule.rule(code)
    return timezone.make_aware(datetime.combine(rule.latest_start(day) + timedelta(days=1), time.min))
