"""Going through the fit-for-purpose checklist with a centre."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from centres.checklist import checklist
from centres.looking_after import lock_unless_closed, refuse_days_to_come
from centres.models import CentreEvent, FitnessReview, Outcome
from centres.standing import WhySuspended, suspend
from partners.models import ReportingCentre, User


class NotSoBad(Exception):
    """The checklist gives no reason to suspend."""


@transaction.atomic
def review(
    centre: ReportingCentre,
    *,
    met: Iterable[str],
    on: date,
    note: str = "",
    suspend_it: bool = False,
    by: User | None,
    now: datetime,
) -> FitnessReview:
    """Writes down which points were met on a day, and what they come to.

    A low score suspends nobody by itself: only with `suspend_it`, which whoever went through the list says. Raises
    NotYet, UnknownPoint, NotSoBad or NotInThisStanding (suspending needs a listed centre), and then nothing is kept.
    """
    refuse_days_to_come(on, now=now)
    lock_unless_closed(centre)
    codes = set(met)
    verdict = checklist().verdict(codes, on=on)
    in_order = [point.code for point in checklist().points if point.code in codes]
    made = FitnessReview.objects.create(
        centre=centre,
        reviewed_on=on,
        met=in_order,
        score=verdict.score,
        outcome=verdict.outcome,
        improve_by=verdict.improve_by,
        note=note,
        by=by,
        at=now,
    )
    facts = {"on": on.isoformat(), "score": made.score, "outcome": verdict.outcome.value}
    CentreEvent.note("fitness_reviewed", centre, by=by, now=now, **facts)
    if suspend_it:
        _suspend(centre, verdict.outcome, by=by, now=now)
    return made


def _suspend(centre: ReportingCentre, outcome: Outcome, *, by: User | None, now: datetime) -> None:
    if outcome != Outcome.SUSPEND:
        raise NotSoBad("So many points are met that the checklist gives no reason to suspend the centre.")
    suspend(centre, reason=WhySuspended.NOT_FIT, by=by, now=now)
