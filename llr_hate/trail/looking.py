"""Asking the trail, the newest first, a page at a time; an event after a known one is found by an index."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.core.signing import BadSignature, Signer
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


@dataclass(frozen=True)
class Search:
    """What one auditor asked. The marks of its pages are signed for it: a page that does not go on from one that was
    shown is a search of its own."""

    by: User
    wanted: dict[str, Any]

    def mark(self, event: AuditEvent) -> str:
        """What leads to the events after this one."""
        return self._signer.sign(f"{event.at.isoformat()}_{event.pk}")

    def place(self, mark: str) -> tuple[datetime, UUID] | None:
        """Where a mark of this search leads to; None where it is none."""
        try:
            at, _, id_ = self._signer.unsign(mark).partition("_")
        except BadSignature:
            return None
        return datetime.fromisoformat(at), UUID(id_)

    @property
    def _signer(self) -> Signer:
        return Signer(salt=f"trail.page {self.by.pk} {sorted(self.wanted.items())}")


def page_of(events: QuerySet[AuditEvent], search: Search, mark: str) -> Page:
    """The events after the mark; from the newest on where it is no mark of this search."""
    place = search.place(mark)
    if place:
        at, id_ = place
        events = events.filter(Q(at__lt=at) | Q(at=at, id__lt=id_))
    found = list(events[: EVENTS_A_PAGE + 1])
    shown = found[:EVENTS_A_PAGE]
    return Page(shown, search.mark(shown[-1]) if len(found) > EVENTS_A_PAGE else "")


def as_facts(wanted: dict[str, Any]) -> list[str]:
    """What the trail keeps of a search: by what was asked, never the words."""
    return sorted(wanted)
