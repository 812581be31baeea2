"""What the page of risk shows: how great it is and why, what that asks for, what was found before. It opens answers,
so it is for one case and never for a list."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format

from casework import clocks
from casework.assessing import done_actions
from casework.at_centre import TAG
from casework.clock import due_words
from casework.models import Case, CaseEvent
from casework.timeline import when
from partners.standards import standard
from reporting import risk
from reporting.journey.at_centre import RISK
from reporting.journey.question import TOLD_AT_A_CENTRE
from reporting.journey.summary import told
from reporting.models import RiskAssessment, RiskLevel
from reporting.models.risk import RiskAssessmentQuerySet
from reporting.strands import Channel


@dataclass(frozen=True)
class ToDo:
    """One thing that the level asks for. `done` says when and by whom, '' while it waits; `can_tick` is whether
    somebody ticks it, or another act does it."""

    code: str
    words: str
    due: str
    is_late: bool
    done: str
    can_tick: bool


@dataclass(frozen=True)
class Found:
    """One assessment: who found what, when."""

    id: str
    level: str
    colour: str
    total: str
    made: str
    by: str
    is_judged: bool


def of_case(case: Case) -> RiskAssessmentQuerySet:
    """All answers about the reports of a case that was not erased, the newest first."""
    found = RiskAssessment.objects.filter(report__case_report__case=case, report__erased_at=None)
    return found.select_related("report__data_key", "made_by", "organisation").newest_first()


def in_words(row: RiskAssessment) -> Found:
    """One row of the history."""
    return Found(
        id=str(row.pk),
        level=row.get_level_display(),
        colour=TAG[row.level],
        total=_points(row.total),
        made=when(row.made_at),
        by=f"{row.made_by.name}, {row.organisation}" if row.made_by else str(row.organisation),
        is_judged=bool(row.by_answers),
    )


def answers_of(row: RiskAssessment) -> list[dict[str, str]]:
    """Questions and answers in words."""
    given = row.told() | {"Q02": row.report.told().get("Q02", ""), TOLD_AT_A_CENTRE: Channel.CENTRE.value}
    ids = {question.id for question in RISK.questions}
    return [{"key": str(each.asked), "value": each.answer} for each in told(given) if each.question.id in ids]


# What the level asks for --------------------------------------------------------------------------------------


def to_do(case: Case, newest: RiskAssessment | None, *, now: datetime) -> list[ToDo]:
    """What the level of the case asks for, in the order of the tool."""
    done, since = done_actions(case), _level_since(case, newest)
    reviewed = case.events.filter(act="review_risk").select_related("by").last()
    return [
        _to_do(case, action, done=done, reviewed=reviewed, since=since, now=now)
        for action in risk.tool().level(case.urgency).actions
    ]


def _to_do(
    case: Case,
    action: risk.Action,
    *,
    done: dict[str, CaseEvent],
    reviewed: CaseEvent | None,
    since: datetime,
    now: datetime,
) -> ToDo:
    due_at = _due_at(case, action, since)
    said = _done(case, action, done, reviewed)
    waits = due_at and (not said or action.done_by == risk.BY_REVIEW) and not case.closed_at
    return ToDo(
        code=action.code,
        words=action.words,
        due=due_words(due_at, now=now) if due_at and waits else "",
        is_late=bool(due_at and waits and due_at < now),
        done=said,
        can_tick=not action.done_by,
    )


def _due_at(case: Case, action: risk.Action, since: datetime) -> datetime | None:
    if action.done_by == risk.BY_CONTACT:
        return case.contact_due_at
    if action.done_by == risk.BY_REVIEW:
        return case.review_due_at
    return clocks.due_by(standard(action.standard), since) if action.standard else None


def _done(case: Case, action: risk.Action, done: dict[str, CaseEvent], reviewed: CaseEvent | None) -> str:
    if action.done_by == risk.BY_CONTACT:
        return f"Done on {_day(case.first_contact_at)}" if case.first_contact_at else ""
    event = reviewed if action.done_by == risk.BY_REVIEW else done.get(action.code)
    if event is None or (event is reviewed and event.facts.get("level") != case.urgency):
        return ""
    return f"Done on {_day(event.at)} by {event.by}"


def _level_since(case: Case, newest: RiskAssessment | None) -> datetime:
    """Since when somebody knows that the case has this level: the first of the answers in a row that gave it."""
    if newest is None or newest.level != case.urgency:
        return case.opened_at
    rows = RiskAssessment.objects.filter(report__case_report__case=case)
    other = rows.exclude(level=newest.level).newest_first().values_list("made_at", flat=True).first()
    alike = rows.filter(level=newest.level)
    if other:
        alike = alike.filter(made_at__gt=other)
    return alike.order_by("made_at").values_list("made_at", flat=True).first() or newest.made_at


# What waits ---------------------------------------------------------------------------------------------------


def unanswered(case: Case, newest: RiskAssessment | None, *, now: datetime) -> str:
    """When the risk questions of a case with a name are due, while nobody has answered them; else ''."""
    if newest or case.closed_at or all(report.is_anonymous for report in case.reports):
        return ""
    due_at = clocks.due_by(standard("risk_assessed"), case.opened_at)
    return f"The risk questions have not been answered. That is {due_words(due_at, now=now)}."


def review(case: Case, *, now: datetime) -> dict[str, Any]:
    """When somebody looks at the risk again."""
    if case.closed_at or case.review_due_at is None:
        return {}
    late = case.review_due_at < now
    return {
        "on": _day(case.review_due_at),
        "words": due_words(case.review_due_at, now=now),
        "is_late": late,
        "by": "a supervisor" if case.urgency == RiskLevel.MEDIUM else "the case conference",
    }


def _points(total: int) -> str:
    return f"{total} point{'' if total == 1 else 's'} of {risk.highest_total()}"


def _day(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "j F Y")
