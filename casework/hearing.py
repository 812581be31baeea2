"""What the person said after sending, as those who work on it hear it: in order, dated, beside the first words.

It opens what is sealed, so it is for the page of one report and never for a list; lists know of it by
`Report.has_unread_word` alone.
"""

from datetime import date, datetime
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce

from casework.models import Case
from casework.models.case import CaseQuerySet
from casework.timeline import when
from partners.models import User
from partners.models.person import holders_of
from partners.roles import Permission
from reporting.journey import route
from reporting.journey.question import Answers
from reporting.journey.summary import told
from reporting.models import Addition, GrantBasis, MessageFromReporter, Report, ReporterRequest
from reporting.one_question import gathered, leave_with

Entry = dict[str, Any]
Kind = ReporterRequest.Kind
# What is answered by those who work on it; the others go to other eyes.
FOR_OFFICERS = (Kind.ERASE, Kind.STOP)
FOR_OTHER_EYES = (Kind.LOOK_AGAIN, Kind.COMPLAINT)
# What is new until somebody has it before them, by its related name on a report.
SAID: dict[str, type[Model]] = {
    "messagefromreporters": MessageFromReporter,
    "additions": Addition,
    "reporterrequests": ReporterRequest,
}
ADDED = {
    Addition.Kind.MORE: "The person answered more questions",
    Addition.Kind.CORRECTION: "The person put something right",
    Addition.Kind.WORDS: "The person added to what they told us",
    Addition.Kind.CONTACT: "The person changed how to reach them",
}


def with_unread_words(cases: CaseQuerySet) -> CaseQuerySet:
    """The same cases, each knowing whether one of its reports has something new from the person."""
    unread = Report.objects.filter(case_report__case=OuterRef("pk"), has_unread_word=True)
    return cases.annotate(has_unread_word=Exists(unread))


def said_later(report: Report) -> list[Addition]:
    """What the person added, oldest first; not asked for where they said nothing more."""
    return [] if _is_silent(report) else _here(report, "additions")


def _is_silent(report: Report) -> bool:
    return report.heard_at is None or report.erased_at is not None


def with_what_was_said_later(answers: Answers, additions: list[Addition]) -> dict[str, Any]:
    """The answers, and those that were given since."""
    so_far = dict(answers)
    for each in additions:
        so_far |= each.said() if each.kind == Addition.Kind.MORE else {}
    return so_far


def conversation(report: Report, answers: Answers, additions: list[Addition]) -> list[Entry]:
    """What was said both ways since the report, oldest first; empty, and not asked for, where the person said nothing
    more."""
    if _is_silent(report):
        return []
    said = [
        *_ours(report),
        *(
            _entry(each.said_at, "The person wrote", each.unseal("text"), each.read_at)
            for each in _here(report, "messagefromreporters")
        ),
        *_additions(additions, with_what_was_said_later(answers, additions)),
        *_requests(report),
    ]
    return sorted(said, key=lambda entry: entry["at"])


def hear(*reports: Report, now: datetime) -> None:
    """Somebody who works on them has before them what was shown of the person's words: that is read now. Lists say
    nothing new any more, unless more was said meanwhile."""
    unread = [report for report in reports if report.has_unread_word]
    if not unread:
        return
    ids = [report.pk for report in unread]
    # Whatever is being said at this moment waits, and is new afterwards.
    list(Report.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))
    for name, model in SAID.items():
        shown = [each.pk for report in unread for each in gathered(report, name) if _is_new(each)]
        if shown:
            model._default_manager.filter(pk__in=shown, read_at=None).update(read_at=now)
    Report.objects.filter(pk__in=ids).update(has_unread_word=_says_something_new())


def _here(report: Report, name: str, *along: str) -> list[Any]:
    """What was said, as it is shown; `hear` marks as read what was shown and no more."""
    rows = gathered(report, name, *along)
    if report.has_unread_word:
        leave_with(report, name, rows)
    return rows


def _is_new(said: MessageFromReporter | Addition | ReporterRequest) -> bool:
    is_for_others = isinstance(said, ReporterRequest) and said.kind not in FOR_OFFICERS
    return said.read_at is None and not is_for_others


def _says_something_new() -> "ExpressionWrapper[Q]":
    """Whether a report has words that nobody has had before them."""
    new = Q()
    for model in SAID.values():
        rows = model._default_manager.filter(report=OuterRef("pk"), read_at=None)
        new |= Q(Exists(rows.filter(kind__in=FOR_OFFICERS) if model is ReporterRequest else rows))
    return ExpressionWrapper(new, output_field=BooleanField())


def _entry(at: datetime, title: str, body: str, read_at: datetime | None = None, **more: Any) -> Entry:
    return {"at": at, "when": when(at), "title": title, "body": body, "is_new": read_at is None, **more}


def _ours(report: Report) -> list[Entry]:
    said = gathered(report, "messages", "author", "organisation")
    return [
        _entry(each.said_at, f"{each.author}, {each.organisation}", each.unseal("text"), each.said_at)
        for each in said
    ]


def _additions(additions: list[Addition], so_far: Answers) -> list[Entry]:
    found = []
    for each in additions:
        said = each.said()
        body = said.get("words", "") or _in_words({**so_far, **said}, said)
        about = _topic(said.get("page", ""))
        found.append(_entry(each.said_at, f"{ADDED[Addition.Kind(each.kind)]}{about}", body, each.read_at))
    return found


def _in_words(so_far: Answers, said: Answers) -> str:
    return "\n".join(f"{each.asked} {each.answer}" for each in told(so_far) if each.question.id in said)


def _topic(name: str) -> str:
    page = next((page for page in route.ALL if page.name == name), None)
    return f": {page.topic}" if page else ""


def _requests(report: Report) -> list[Entry]:
    asked = _here(report, "reporterrequests", "answered_by")
    return [
        _entry(
            each.said_at,
            f"The person {Kind(each.kind).label}",
            each.unseal("words"),
            each.read_at,
            answer=_answer(each),
            id=each.pk,
            is_open=each.answered_at is None,
        )
        for each in asked
        if each.kind in FOR_OFFICERS
    ]


def _answer(asked: ReporterRequest) -> str:
    if asked.answered_at is None:
        return f"To be answered by {asked.due_on:%-d %B %Y}."
    outcome = ReporterRequest.Outcome(asked.outcome).label
    return (
        f"Answered by {asked.answered_by} on {when(asked.answered_at)}: {outcome}. {asked.unseal('answer')}"
    )


def for_other_eyes(user: User) -> QuerySet[ReporterRequest]:
    """What this manager is asked to look at again: sent to their organisation, or about work that it leads and that
    is not their own. An officer is asked where no manager may: nothing waits unseen. Row-level security shows nobody
    what was sent elsewhere."""
    here = user.organisation_id
    leads = Q(report__case_report__case__lead_organisation=here)
    waits = Q(
        report__case_report=None,
        report__grants__organisation=here,
        report__grants__basis=GrantBasis.TRIAGE,
        report__grants__withdrawn_at=None,
    )
    asked = ReporterRequest.objects.filter(kind__in=FOR_OTHER_EYES)
    asked = asked.filter(Q(to_organisation=here) | (Q(to_organisation=None) & (leads | waits)))
    own = Case.objects.filter(assigned_to=user, case_reports__report=OuterRef("report"))
    if not user.may(Permission.MANAGE_TEAM):
        asked = asked.exclude(Exists(_managers_who_may(here)))
    return asked.exclude(Exists(own)).select_related("report__data_key", "about").distinct()


def _managers_who_may(organisation: int | None) -> QuerySet[User]:
    """Those of an organisation who do not work on the request's report themselves."""
    managers = holders_of(Permission.MANAGE_TEAM).filter(
        memberships__left_at=None, memberships__organisation=organisation
    )
    works_on_it = Coalesce(OuterRef("report__case_report__case__assigned_to"), 0)
    return managers.exclude(pk=works_on_it)


def is_late(asked: ReporterRequest, *, today: date) -> bool:
    return asked.answered_at is None and asked.due_on < today
