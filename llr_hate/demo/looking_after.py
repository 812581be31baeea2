"""How the risk of a case was looked at and the person called, in the demonstration's year: by the real acts."""

from datetime import datetime, timedelta

from casework.assessing import assess_risk
from casework.contact_plan import against
from casework.contacting import Tried, log_contact, plan_of
from casework.models import Case, ContactWay
from llr_hate.demo.telling import RISKS
from partners.models import User
from reporting.models import Report
from reporting.risk import IDS
from reporting.safe_hours import understood

# Of what came in so lately, nobody has answered the risk questions yet.
NOT_YET = timedelta(days=1)


def looked_after(
    case: Case, report: Report, risk: str, officer: User, *, opened: datetime, told: datetime, now: datetime
) -> None:
    """The officer answers the risk questions, where no centre did, and rings in vain before they write."""
    if report.is_anonymous:
        return
    if report.centre_id is None and opened + NOT_YET <= now:
        answers = dict(zip(IDS, RISKS[risk].split(), strict=True))
        assess_risk(case, answers, by=officer, now=opened + timedelta(minutes=14))
    rings_in_vain(case, report, officer, after=opened + timedelta(minutes=18), before=min(told, now))


def rings_in_vain(case: Case, report: Report, officer: User, *, after: datetime, before: datetime) -> None:
    """One call at an hour that the plan allows; no call where it asks for another way."""
    plan = plan_of(report)
    hours = understood(str(plan.answers.get("Q26_times") or ""))
    at = hours.next_time(after) if hours else after
    allowed = not against(plan, way=ContactWay.PHONE, left_message=False, at=at)
    if allowed and at < before:
        words = "It rang for a minute. I left no message and will try again."
        tried = Tried(ContactWay.PHONE, "no_answer", at, words)
        log_contact(case, report, tried, by=officer, now=at)
