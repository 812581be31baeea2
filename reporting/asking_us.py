"""What the person may ask for after sending, and its answer: by a day, with reasons, in plain words.

To erase it or to stop goes to whoever works on it. Another look, and a complaint, go to other eyes: the manager of
the team that leads, or, when it is about an organisation, another organisation.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from audit import trail
from outbox.models import OutboxEntry
from partners.directory import directory
from partners.models import Organisation, User
from partners.standards import standard
from partners.working_days import add_working_days
from reporting.models import GrantBasis, Report, ReporterRequest, SurveyLink
from reporting.models.report import WORD
from reporting.receiving import choose_readers
from reporting.saying_more import heard

Kind = ReporterRequest.Kind
STANDARDS = {
    Kind.ERASE: "answer_erasing",
    Kind.STOP: "answer_stopping",
    Kind.LOOK_AGAIN: "answer_look_again",
    Kind.COMPLAINT: "answer_look_again",
}


class AskedAlready(Exception):
    """The same was asked and is not answered yet; `request` is what was asked."""

    def __init__(self, request: ReporterRequest) -> None:
        super().__init__("You have asked for this already.")
        self.request = request


class AnsweredAlready(Exception):
    """Somebody else was quicker."""


def due(kind: str, *, on: date) -> date:
    """The day by which it is answered."""
    return add_working_days(on, standard(STANDARDS[Kind(kind)]).amount)


@transaction.atomic
def ask(
    report: Report, kind: str, words: str, *, key: UUID, now: datetime, about: Organisation | None = None
) -> ReporterRequest:
    """Asks once for each kind until it is answered; raises AskedAlready. With `about`, it goes to another organisation,
    which may then read the report."""
    Report.objects.select_for_update(no_key=True).only("pk").get(pk=report.pk)
    waiting = report.reporterrequests.filter(kind=kind, answered_at=None).first()
    if waiting is not None:
        if waiting.key == key:
            return waiting
        raise AskedAlready(waiting)
    asked = ReporterRequest(
        report=report,
        kind=kind,
        key=key,
        said_at=now,
        about=about,
        to_organisation=_other_eyes(report, about, now=now) if about else None,
        due_on=due(kind, on=timezone.localdate(now)),
    )
    asked.seal("words", words)
    asked.save(force_insert=True)
    if kind in (Kind.ERASE, Kind.STOP):
        SurveyLink.take_back(invitation__report=report)
    heard(report, now=now)
    trail.record_public("report.asked", report, now=now, kind=kind, about=about.code if about else "")
    return asked


def _other_eyes(report: Report, about: Organisation, *, now: datetime) -> Organisation:
    """Who looks at a complaint about an organisation: who would read the report if that one must not."""
    barred = {*report.barred_organisations(), about.pk}
    codes = [code for code, each in directory().organisations.items() if each.pk in barred]
    other = choose_readers({"Q24_bar": "yes", "Q24_bar_org": codes}, district=None).triage
    report.grants.get_or_create(
        organisation=other,
        basis=GrantBasis.COMPLAINT,
        withdrawn_at=None,
        defaults={"granted_at": now},
    )
    report.recompute_visibility()
    return other


@transaction.atomic
def answer(asked: ReporterRequest, *, outcome: str, text: str, by: User, now: datetime) -> None:
    """Answers with reasons in plain words, which the person reads on their page; raises AnsweredAlready."""
    locked = ReporterRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=asked.pk)
    if locked.answered_at:
        raise AnsweredAlready
    asked.outcome, asked.answered_at, asked.answered_by = outcome, now, by
    asked.read_at = asked.read_at or now
    asked.seal("answer", text)
    asked.save(update_fields=["outcome", "answered_at", "answered_by", "read_at", "answer"])
    if asked.report.may_get_word:
        OutboxEntry.put(WORD, str(asked.pk), {"answer": str(asked.pk)}, now=now)
    trail.record("report.request_answered", asked.report, by=by, now=now, kind=asked.kind, outcome=outcome)
