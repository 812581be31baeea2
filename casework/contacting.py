"""Writing down that somebody tried to reach the person, strictly by their safe-contact plan.

What the plan does not allow is asked back; what happened all the same is kept as it happened, and marked.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework import clocks
from casework.contact_plan import Against, Plan, against
from casework.models import Case, ContactAttempt
from partners.contact_words import ContactOutcome, outcomes
from partners.models import User
from reporting.models import CentreRecord, Report


class CannotHaveHappened(Exception):
    """A time that has not come, or before the person told us, or an end that this way cannot have. `about` is what of
    it cannot be: "at" or "outcome"."""

    def __init__(self, message: str, *, about: str) -> None:
        super().__init__(message)
        self.about = about


class AgainstPlan(Exception):
    """Their plan does not allow it; `found` says what. It is kept once the officer says that it happened so."""

    def __init__(self, found: list[Against]) -> None:
        super().__init__(" ".join(each.asked for each in found))
        self.found = found


@dataclass(frozen=True)
class Tried:
    """One attempt, as the officer tells it."""

    way: str
    outcome: str
    at: datetime
    words: str = ""


@transaction.atomic
def log_contact(
    case: Case,
    report: Report,
    tried: Tried,
    *,
    happened_so: bool = False,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> ContactAttempt:
    """Keeps one attempt to reach the person of one report of the case. Reaching them stops the clock of first contact
    and starts the clock of updates anew, from when it was. Raises CannotHaveHappened, and AgainstPlan unless the
    officer says that it `happened_so`."""
    case.begin("log_contact", seen)
    outcome = could_be(report, tried, now=now)
    found = against(plan_of(report), way=tried.way, left_message=outcome.left_message, at=tried.at)
    if found and not happened_so:
        raise AgainstPlan(found)
    assert by.organisation_id, "a permission comes with a workplace"
    attempt = ContactAttempt(
        case=case,
        report=report,
        way=tried.way,
        outcome=outcome.code,
        reached=outcome.reached,
        at=tried.at,
        against_plan=[each.code for each in found],
        by=by,
        organisation_id=by.organisation_id,
        written_at=now,
    )
    attempt.seal("words", tried.words)
    attempt.save(force_insert=True)
    if outcome.reached:
        _reached(case, tried.at)
    facts: dict[str, Any] = {"way": tried.way, "outcome": outcome.code}
    if found:
        facts["against_plan"] = attempt.against_plan
    case.end("log_contact", by=by, now=now, **facts)
    return attempt


def could_be(report: Report, tried: Tried, *, now: datetime) -> ContactOutcome:
    """How the attempt ended; raises CannotHaveHappened."""
    outcome = outcomes().get(tried.outcome)
    if outcome is None or tried.way not in outcome.ways:
        raise CannotHaveHappened("By this way it can’t have ended so. Choose another end", about="outcome")
    if tried.at > now:
        raise CannotHaveHappened("The time must not be in the future", about="at")
    if timezone.localdate(tried.at) < timezone.localdate(report.received_at):
        raise CannotHaveHappened(
            f"It can’t have been before they told us, on {timezone.localdate(report.received_at):%-d %B %Y}",
            about="at",
        )
    return outcome


def _reached(case: Case, at: datetime) -> None:
    """What was written down late counts from when it was, and never brings an update forward that is due later."""
    update = case.update_due_at
    clocks.was_told(case, now=at)
    case.first_contact_at = min(case.first_contact_at or at, at)
    if case.closed_at:
        case.update_due_at = None
    elif update and case.update_due_at:
        case.update_due_at = max(update, case.update_due_at)


def plan_of(report: Report) -> Plan:
    """What the person of a report said of how they may be reached; opens it."""
    record = CentreRecord.objects.filter(report=report).only("feedback").first() if report.centre_id else None
    return Plan(
        report.contact_details(),
        is_anonymous=report.is_anonymous,
        has_centre=report.centre_id is not None,
        feedback=record.feedback if record else "",
    )
