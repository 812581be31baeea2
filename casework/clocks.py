"""The clocks of a case: which of them run, when each runs out, and which does so first.

How long they run is the partnership's service standards, in working days of its calendar. The clocks of a case are:

    contact   until the person hears from us for the first time
    update    from triage, and anew from each time that the person is told something, until the case is closed
    review    until somebody looks at the risk again: for medium and high risk alone

Putting a case on hold stops none of them: whatever we wait for, the person still waits for us. The acts below change
a case that an act has begun on; the act keeps it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Least
from django.utils import timezone

from casework.clock import due_after, due_words, end_of
from partners.standards import Standard, standard
from partners.working_days import is_working_day

if TYPE_CHECKING:
    from casework.models.case import Case


class Clock(models.TextChoices):
    """What is to be done before the clock runs out."""

    CONTACT = "contact", "contact"
    UPDATE = "update", "update"
    REVIEW = "review", "risk review"


COLUMNS = {Clock.CONTACT: "contact_due_at", Clock.UPDATE: "update_due_at", Clock.REVIEW: "review_due_at"}
# How soon the risk of a case is looked at again, by its level; for the others no clock runs.
REVIEWED = {"medium": "supervisor_check_medium", "high": "case_conference_high"}
# Of the units that are no working days, so many days are one. Nobody promises months to the day.
DAYS = {"days": 1, "months": 30, "years": 365}


# When each is due ---------------------------------------------------------------------------------------------


def due_by(within: Standard, since: datetime) -> datetime:
    """The moment until which a standard is kept. In days that are no working days it is the end of the last working
    day among them: nobody would be there on the others."""
    if within.unit == "hours":
        return since + timedelta(hours=within.amount)
    if within.unit == "working_days":
        return due_after(since, within.amount)
    return end_of(_at_work(since + timedelta(days=within.amount * DAYS[within.unit]), since))


def _at_work(moment: datetime, since: datetime) -> datetime:
    while moment > since and not is_working_day(_day(moment)):
        moment -= timedelta(days=1)
    return moment


def contact_due(received_at: datetime, urgency: str, *, now: datetime) -> datetime:
    """What the person was promised on the day they told us; urgency can only bring it forward."""
    promised = due_by(standard("first_contact_standard"), received_at)
    return min(promised, due_by(standard(f"first_contact_{urgency}"), now))


def update_due(since: datetime) -> datetime:
    """When the person is to hear from us again, who was told something at `since`."""
    return due_by(standard("update"), since)


def review_due(level: str, since: datetime) -> datetime | None:
    """When somebody has to look again at a risk of this level that was looked at at `since`: for medium risk a
    supervisor, for high risk the case conference; None for any other."""
    return due_by(standard(REVIEWED[level]), since) if level in REVIEWED else None


def soon(now: datetime) -> datetime:
    """What is due by then needs somebody today: the end of the next working day."""
    return due_after(now, 1)


def _day(moment: datetime) -> date:
    return timezone.localtime(moment).date()


# The acts' side -----------------------------------------------------------------------------------------------


def start(case: "Case", *, now: datetime) -> None:
    """Triage said how urgent it is. A review that somebody has already asked for is not put off."""
    case.contact_due_at = contact_due(case.reports[0].received_at, case.urgency, now=now)
    _start_update(case, now)
    reviews = (case.review_due_at, review_due(case.urgency, now))
    case.review_due_at = min((each for each in reviews if each), default=None)


def was_told(case: "Case", *, now: datetime) -> None:
    """The person heard from us: first contact is made, and the next update is counted from today."""
    case.first_contact_at = case.first_contact_at or now
    _start_update(case, now)


def stop(case: "Case") -> None:
    """The work is over, and nothing is owed any more."""
    case.update_due_at = case.review_due_at = None


def start_again(case: "Case", *, now: datetime) -> None:
    """Work begins again, and so does what the person may expect."""
    _start_update(case, now)
    case.review_due_at = review_due(case.urgency, now)


def _start_update(case: "Case", now: datetime) -> None:
    case.update_due_at = update_due(now) if can_be_told(case) else None


def can_be_told(case: "Case") -> bool:
    """Whether the person has a page of their own, or said how to reach them."""
    return any(report.receipt_code_digest or report.contact for report in case.reports)


# Which of them run --------------------------------------------------------------------------------------------


@dataclass(frozen=True, order=True)
class Running:
    """A clock that runs; of two, the one that runs out first comes first."""

    due_at: datetime
    clock: Clock

    def words(self, *, now: datetime) -> str:
        """'update due tomorrow', 'contact 2 working days late'."""
        return f"{self.clock.label} {due_words(self.due_at, now=now)}"

    def is_late(self, *, now: datetime) -> bool:
        return self.due_at < now


def running(case: "Case") -> list[Running]:
    """The clocks that run on a case, the first to run out first; none on a closed one."""
    if case.closed_at:
        return []
    due = {clock: getattr(case, column) for clock, column in COLUMNS.items()}
    if case.first_contact_at:
        due[Clock.CONTACT] = None
    return sorted(Running(due_at, clock) for clock, due_at in due.items() if due_at)


def nearest(case: "Case") -> Running | None:
    """The clock that runs out first."""
    return next(iter(running(case)), None)


# The same as an expression of the database, for lists: what an open case is due next, NULL where no clock runs.
CONTACT_DUE = models.Case(models.When(first_contact_at=None, then="contact_due_at"))
NEXT_DUE = Least(CONTACT_DUE, "update_due_at", "review_due_at")
NOT_CLOSED = ~models.Q(state="closed")

# Only open cases have clocks, and of a million there are few: each index is as small as the work.
INDEXES = [
    models.Index(
        NEXT_DUE.asc(),
        models.F("opened_at").desc(),
        models.F("id").desc(),
        name="case_next_due",
        condition=NOT_CLOSED,
    ),
    models.Index("lead_organisation", NEXT_DUE, name="case_lead_next_due", condition=NOT_CLOSED),
    models.Index(
        fields=["lead_organisation"],
        name="case_is_nobodys",
        condition=NOT_CLOSED & models.Q(assigned_to=None),
    ),
]
