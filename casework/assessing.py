"""The acts about risk: answering the questions, doing what a level asks for, and looking at it again.

Whoever works on a case may answer. Their judgement may raise the level that the answers give, or lower it, with a
written reason; but where one answer alone makes it high, it stays high
(`docs/adr/0029-an-officers-judgement-of-risk.md`).
"""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from casework import clocks
from casework.models import Case, CaseEvent
from casework.sharing import ReasonNeeded
from partners.models import User
from partners.roles import Permission
from reporting import risk
from reporting.alerts import alert_of_case
from reporting.models import Report, RiskAssessment, RiskLevel


class CannotBeLower(Exception):
    """One answer alone makes it the highest level, and judgement does not change that."""


class NothingToDo(Exception):
    """The level of the case does not ask for it, somebody has done it already, or another act does it."""


class NeedsSomebodyElse(Exception):
    """Who answered the questions, or works on the case, is not the one who checks it."""


# Answering the questions --------------------------------------------------------------------------------------


@transaction.atomic
def assess_risk(
    case: Case,
    answers: Mapping[str, Any],
    *,
    judged: str = "",
    reason: str = "",
    by: User,
    now: datetime,
    seen: int | None = None,
) -> RiskAssessment:
    """Ten answers, and the level that an officer judged where it is another than they give. The case takes the level
    and its clocks; a high one is told at once. Raises risk.NotAllAnswered, ReasonNeeded or CannotBeLower."""
    case.begin("assess_risk", seen)
    assessed = risk.assess(answers)
    level = judged or assessed.level.code
    _refuse_judgement(assessed, level, reason)
    row = _kept(_report_of(case), answers, assessed, level=level, reason=reason, by=by, now=now)
    _take_level(case, level, now=now)
    judgement = {"by_answers": row.by_answers} if row.by_answers else {}
    case.end("assess_risk", by=by, now=now, level=level, total=row.total, **judgement)
    if level == RiskLevel.HIGH:
        alert_of_case(row.report, lead=case.lead_organisation, now=now)
    return row


def _refuse_judgement(assessed: risk.Assessed, level: str, reason: str) -> None:
    if level == assessed.level.code:
        return
    if assessed.is_highest_alone:
        raise CannotBeLower(
            f"This is always {assessed.level.name.lower()} risk: {'. '.join(assessed.why())}."
        )
    if not reason.strip():
        name = assessed.level.name.lower()
        raise ReasonNeeded(f"The answers give {name} risk. Say why you judge it otherwise.")


def _report_of(case: Case) -> Report:
    return next(report for report in case.reports if report.erased_at is None)


def _kept(
    report: Report,
    answers: Mapping[str, Any],
    assessed: risk.Assessed,
    *,
    level: str,
    reason: str,
    by: User,
    now: datetime,
) -> RiskAssessment:
    assert by.organisation_id, "a permission comes with a workplace"
    is_judged = level != assessed.level.code
    row = RiskAssessment(
        report=report,
        level=level,
        total=assessed.total,
        by_answers=assessed.level.code if is_judged else "",
        tool_version=risk.tool().version,
        made_at=now,
        made_by=by,
        organisation_id=by.organisation_id,
    )
    row.seal("answers", json.dumps({name: answers[name] for name in risk.IDS}))
    row.seal("reason", reason if is_judged else "")
    row.save(force_insert=True)
    return row


def _take_level(case: Case, level: str, *, now: datetime) -> None:
    """A level that rises brings forward whatever is due; one that stays puts off nothing."""
    rises, stays = risk.is_above(level, case.urgency), level == case.urgency
    case.urgency = level
    if rises and case.first_contact_at is None:
        contact = clocks.contact_due(case.reports[0].received_at, level, now=now)
        case.contact_due_at = min(contact, case.contact_due_at or contact)
    review = clocks.review_due(level, now)
    if case.review_due_at is None or not (stays or rises):
        case.review_due_at = review
    elif rises and review:
        case.review_due_at = min(review, case.review_due_at)


# Doing what a level asks for ----------------------------------------------------------------------------------


@transaction.atomic
def do_risk_action(
    case: Case, code: str, *, by: User, now: datetime, note: str = "", seen: int | None = None
) -> None:
    """Something that the case's level asks for is done; raises NothingToDo."""
    case.begin("do_risk_action", seen)
    ticked = {each.code: each for each in risk.tool().level(case.urgency).actions if not each.done_by}
    if code not in ticked:
        raise NothingToDo(f"This case’s level of risk, {case.get_urgency_display()}, does not ask for that.")
    if code in done_actions(case):
        raise NothingToDo(f"“{ticked[code].words}” is done already.")
    case.end("do_risk_action", by=by, now=now, note=note, action=code, level=case.urgency)


def done_actions(case: Case) -> dict[str, CaseEvent]:
    """What was ticked and still counts, by its code: what was done at a lower level is asked for anew."""
    events = case.events.filter(act="do_risk_action").select_related("by")
    return {
        event.facts["action"]: event
        for event in events
        if not risk.is_above(case.urgency, event.facts["level"])
    }


# Looking at it again ------------------------------------------------------------------------------------------


@transaction.atomic
def review_risk(
    case: Case, words: str, *, anew: bool, by: User, now: datetime, seen: int | None = None
) -> None:
    """Somebody looked at the risk again: a supervisor at a medium one, a case conference at a high one. The clock
    begins again. `anew` says that the questions will be answered anew. Raises NeedsSomebodyElse."""
    case.begin("review_risk", seen)
    if case.urgency == RiskLevel.MEDIUM and not may_check(by, case):
        raise NeedsSomebodyElse(
            "You work on this case or answered its risk questions. Ask a team manager, or another officer, to check it."
        )
    case.review_due_at = clocks.review_due(case.urgency, now)
    case.end("review_risk", by=by, now=now, note=words, level=case.urgency, anew=anew)


def may_check(user: User, case: Case) -> bool:
    """Whether this person's look counts as the supervisor's: nobody checks what they did themselves, but a team
    manager may."""
    if user.may(Permission.MANAGE_TEAM):
        return True
    newest = newest_of(case)
    return user.pk not in (case.assigned_to_id, newest.made_by_id if newest else None)


def newest_of(case: Case) -> RiskAssessment | None:
    """The newest answers about any report of the case."""
    found = RiskAssessment.objects.filter(report__case_report__case=case, report__erased_at=None)
    return found.select_related("report__data_key", "made_by", "organisation").newest_first().first()
