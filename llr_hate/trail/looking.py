"""Asking the trail, the newest first, a page at a time; an event after a known one is found by an index."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from audit.acts import codes_of
from audit.models import AuditEvent
from casework.models import CaseReport
from partners.models import User
from reporting.models import Report
from reporting.reference import as_written
from scope.context import worker_scope

EVENTS_A_PAGE = 25


def events_for(
    *,
    since: date | None = None,
    until: date | None = None,
    kind: str = "",
    act: str = "",
    who: str = "",
    organisation: str = "",
    about: str = "",
) -> QuerySet[AuditEvent]:
    """The events that fit all that is asked, the newest first."""
    events = AuditEvent.objects.order_by("-at", "-id")
    if since:
        events = events.filter(at__gte=_midnight(since))
    if until:
        events = events.filter(at__lt=_midnight(until + timedelta(days=1)))
    if kind:
        events = events.filter(act__in=codes_of(kind))
    if act:
        events = events.filter(act=act)
    if who:
        events = events.filter(actor_id__in=people_called(who))
    if organisation:
        events = events.filter(organisation_id=int(organisation))
    if about:
        events = events.filter(_about(about))
    return events


def people_called(text: str) -> list[int]:
    """Everybody with this work address, or with this in their name."""
    found = User.objects.filter(Q(email__iexact=text) | Q(name__icontains=text))
    return list(found.values_list("pk", flat=True)[:200])


def _about(text: str) -> Q:
    """A report with its cases where the text is a reference, else people. The reference alone is looked up, as the
    worker: an auditor's own organisation may see no report at all."""
    with worker_scope():
        report = Report.objects.filter(reference=as_written(text)).values_list("pk", flat=True).first()
        cases = (
            list(CaseReport.objects.filter(report_id=report).values_list("case_id", flat=True))
            if report
            else []
        )
    if report:
        return Q(subject_type="reporting.report", subject_id=str(report)) | Q(
            subject_type="casework.case", subject_id__in=[str(case) for case in cases]
        )
    people = people_called(text)
    of_them = Q(subject_type="partners.user", subject_id__in=[str(pk) for pk in people])
    return of_them | Q(facts__person__in=people)


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class Page:
    """Some events, and the mark of the next ones; '' at the end."""

    events: list[AuditEvent]
    next_mark: str


def page_of(events: QuerySet[AuditEvent], mark: str) -> Page:
    """The events after the mark; from the newest on where it says nothing."""
    place = _place(mark)
    if place:
        at, id_ = place
        events = events.filter(Q(at__lt=at) | Q(at=at, id__lt=id_))
    found = list(events[: EVENTS_A_PAGE + 1])
    shown = found[:EVENTS_A_PAGE]
    return Page(shown, _mark(shown[-1]) if len(found) > EVENTS_A_PAGE else "")


def _mark(event: AuditEvent) -> str:
    return f"{event.at.isoformat()}_{event.pk}"


def _place(mark: str) -> tuple[datetime, UUID] | None:
    at, _, id_ = mark.partition("_")
    try:
        when = datetime.fromisoformat(at)
        return (when, UUID(id_)) if when.tzinfo else None
    except ValueError:
        return None


def as_facts(wanted: dict[str, Any]) -> list[str]:
    """What the trail keeps of a search: by what was asked, never the words."""
    return sorted(wanted)
