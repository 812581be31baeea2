"""What the rights desk sees and does about records whose words it may not read: reference, class, days and codes.

The desk's own organisation may see none of these reports, so the database shows it none. Each function here asks as
the worker, for one purpose, and gives away only what its dataclass holds: no view asks as the worker itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from audit import trail
from casework.erasing import Contents, contents, erase, locked, refusal, why_in_words
from casework.falling_due import due_of, note
from casework.models import Case, Keeping, LegalHold
from casework.models.keeping import KeepLonger
from casework.models.legal_hold import HoldReason
from casework.retention import Due
from govuk.paging import page_of
from partners.models import User
from partners.retention import RecordClass, Then, add_months, schedule
from reporting.models import Report, ReporterRequest
from reporting.models.report import ReportErased
from reporting.strands import Channel
from scope.context import worker_scope
from vault.keys import MissingKey
from vault.sealing import CannotOpen


class NoSuchRecord(Exception):
    """No report has this reference."""


@dataclass(frozen=True)
class Falling:
    """One line of what falls due."""

    reference: str
    what: str
    due_on: date
    then: str
    is_held: bool
    is_over: bool


@dataclass(frozen=True)
class Hold:
    """A legal hold, with the desk's own note on the page of one record only."""

    id: UUID
    reference: str
    reason: str
    placed_on: date
    placed_by: str
    note: str = ""


@dataclass(frozen=True)
class Erasure:
    """One line of what was erased."""

    reference: str
    erased_on: date
    why: str


@dataclass(frozen=True)
class RecordFacts:
    """Everything the desk is told of one record."""

    reference: str
    received_on: date
    came: str
    case: str
    due: Due | None
    is_readable: bool
    kept_until: date | None
    kept_why: str
    erased_on: date | None
    backup_expires: date | None
    why: str
    holds: list[Hold]
    refusal: str
    contents: Contents

    @property
    def is_erased(self) -> bool:
        return self.erased_on is not None


# Lists --------------------------------------------------------------------------------------------------------


def falling_due(request: HttpRequest, code: str, *, today: date) -> Page:
    """What falls due within ninety days, a page of it, of one class or of all ('')."""
    rows = Keeping.objects.falling_due()
    return _page(rows.filter(class_code=code) if code else rows, request, lambda each: _falling(each, today))


def to_review(request: HttpRequest, *, today: date) -> Page:
    """What the desk has to decide about, a page of it."""
    return _page(Keeping.objects.to_review(today=today), request, lambda each: _falling(each, today))


def agreed_to_erase() -> list[str]:
    """The references that an officer agreed with the person to erase, and that still stand; the first hundred."""
    with worker_scope():
        agreed = Report.objects.filter(
            erased_at=None,
            reporterrequests__kind=ReporterRequest.Kind.ERASE,
            reporterrequests__outcome=ReporterRequest.Outcome.AGREED,
        )
        return list(agreed.order_by("reference").values_list("reference", flat=True).distinct()[:100])


def reviews_waiting(*, today: date) -> int:
    """How many records wait for the desk's decision."""
    with worker_scope():
        return Keeping.objects.to_review(today=today).count()


def by_class() -> list[tuple[str, str, int]]:
    """(code, name, how many fall due within ninety days), in the order of the schedule, without the empty ones."""
    with worker_scope():
        rows = Keeping.objects.filter(due_on__isnull=False).values_list("class_code").annotate(Count("pk"))
        found = dict(rows)
    return [
        (code.value, rule.name, found[code]) for code, rule in schedule().rules.items() if found.get(code)
    ]


def holds(request: HttpRequest) -> Page:
    """Holds in force, the oldest first, a page of them; without their notes."""
    rows = LegalHold.objects.in_force().select_related("report", "placed_by").defer("note", "report__words")
    return _page(rows, request, _hold)


def erased(request: HttpRequest) -> Page:
    """What was erased, the latest first, a page of it."""
    rows = Report.objects.filter(erased_at__isnull=False).order_by("-erased_at", "-id")
    return _page(rows.only("reference", "erased_at", "erased_why"), request, _erasure)


def _page(rows: QuerySet[Any], request: HttpRequest, line: Any) -> Page:
    with worker_scope():
        page = page_of(rows, request)
        page.object_list = [line(each) for each in page.object_list]
    return page


def _falling(keeping: Keeping, today: date) -> Falling:
    assert keeping.due_on
    return Falling(
        reference=keeping.reference,
        what=schedule().rule(RecordClass(keeping.class_code)).name,
        due_on=keeping.due_on,
        then="Decide" if keeping.then == Then.REVIEW else "Erased by itself",
        is_held=keeping.is_held,
        is_over=keeping.due_on <= today,
    )


def _hold(hold: LegalHold, note: str = "") -> Hold:
    return Hold(
        id=hold.pk,
        reference=hold.report.reference,
        reason=str(HoldReason(hold.reason).label),
        placed_on=timezone.localdate(hold.placed_at),
        placed_by=hold.placed_by.name,
        note=note,
    )


def _erasure(report: Report) -> Erasure:
    assert report.erased_at
    return Erasure(report.reference, timezone.localdate(report.erased_at), why_in_words(report.erased_why))


# One record ---------------------------------------------------------------------------------------------------


def exists(reference: str) -> bool:
    """Whether a report has this reference."""
    with worker_scope():
        return Report.objects.filter(reference=reference).exists()


def record_facts(reference: str, *, by: User, now: datetime) -> RecordFacts:
    """The desk's page of one record; looking it up leaves an entry in the trail. Raises NoSuchRecord."""
    with worker_scope():
        report = _report(reference)
        trail.record("record.looked_up", report, by=by, now=now)
        due, is_readable = _due(report)
        keeping = Keeping.objects.filter(report=report).first()
        refused = refusal(report)
        erased_on = timezone.localdate(report.erased_at) if report.erased_at else None
        return RecordFacts(
            reference=report.reference,
            received_on=timezone.localdate(report.received_at),
            came=str(Channel(report.channel).label),
            case=_case_in_words(Case.objects.filter(case_reports__report=report).first()),
            due=due,
            is_readable=is_readable,
            kept_until=keeping.kept_until if keeping else None,
            kept_why=str(KeepLonger(keeping.kept_why).label) if keeping and keeping.kept_why else "",
            erased_on=erased_on,
            backup_expires=schedule().last_backup_expires(erased_on) if erased_on else None,
            why=why_in_words(report.erased_why) if report.erased_at else "",
            holds=[_hold(each, each.unseal("note")) for each in _holds_of(report)],
            refusal=str(refused) if refused else "",
            contents=contents(report),
        )


def why_not_erased(reference: str) -> str:
    """Why a record can't be erased now, in a sentence; '' where it can. For a request that somebody made."""
    with worker_scope():
        refused = refusal(_report(reference))
    return str(refused) if refused else ""


def _due(report: Report) -> tuple[Due | None, bool]:
    """When it falls due; and whether its answers could be opened at all."""
    if report.erased_at:
        return None, True
    try:
        return due_of(report, schedule()), True
    except (CannotOpen, MissingKey):
        return None, False


def _holds_of(report: Report) -> QuerySet[LegalHold]:
    return report.legal_holds.in_force().select_related("report__data_key", "placed_by")


def _case_in_words(case: Case | None) -> str:
    if case is None:
        return "No case was opened"
    if case.closed_at is None:
        return "Its case is open"
    return f"Its case was closed on {timezone.localdate(case.closed_at):%-d %B %Y}"


def _report(reference: str) -> Report:
    report = Report.objects.select_related("data_key").filter(reference=reference).first()
    if report is None:
        raise NoSuchRecord(reference)
    return report


# What the desk does -------------------------------------------------------------------------------------------


def put_hold_on(reference: str, *, reason: str, note: str, by: User, now: datetime) -> None:
    """Keeps a record whatever the schedule says; raises NoSuchRecord, HeldAlready or ReportErased."""
    with worker_scope():
        report = _report(reference)
        LegalHold.put_on(report, reason=reason, note=note, by=by, now=now)
        _note_again(report, now)


def lift_hold(reference: str, hold_id: UUID, *, by: User, now: datetime) -> None:
    """Ends a hold; raises NoSuchRecord or LiftedAlready."""
    with worker_scope():
        hold = (
            LegalHold.objects.filter(pk=hold_id, report__reference=reference).select_related("report").first()
        )
        if hold is None:
            raise NoSuchRecord(reference)
        hold.lift(by=by, now=now)
        _note_again(hold.report, now)


def keep_longer(reference: str, *, years: int, why: str, by: User, now: datetime) -> date:
    """Keeps a record some years more, counted from today; gives the new day. Raises NoSuchRecord or ReportErased."""
    with worker_scope():
        report, _ = locked(_report(reference))
        if report.erased_at:
            raise ReportErased(reference)
        until = add_months(timezone.localdate(now), 12 * years)
        keeping, _ = Keeping.objects.get_or_create(
            report=report, defaults={"reference": reference, "look_again_on": timezone.localdate(now)}
        )
        keeping.kept_until, keeping.kept_why = until, why
        keeping.save(update_fields=["kept_until", "kept_why"])
        trail.record("record.kept_longer", report, by=by, now=now, why=why, years=years)
        _note_again(report, now)
        return until


def erase_record(reference: str, *, why: str, by: User, now: datetime) -> date:
    """Erases a report; gives the day on which the last backup that holds it expires. Raises NoSuchRecord or
    CannotErase."""
    with worker_scope():
        report = _report(reference)
    erase(report, why=why, by=by, now=now, schedule=schedule().version)
    return schedule().last_backup_expires(timezone.localdate(now))


def _note_again(report: Report, now: datetime) -> None:
    """Brings the list of what falls due in line with what was just decided."""
    found, is_readable = _due(report)
    if is_readable and Keeping.objects.filter(report=report).exists():
        note(report, found, today=timezone.localdate(now))
