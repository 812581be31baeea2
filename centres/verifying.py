"""Checking that a centre is open, correct and willing: by a call, a visit, or the centre's own word."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from centres.models import CentreEvent, How, Verification
from centres.standing import locked_for
from partners.models import ReportingCentre, User
from partners.models.centre import VERIFIED_FOR


class DayDoesNotCount(Exception):
    """The day is not past, or so long ago that it says nothing about today."""


@transaction.atomic
def verify(
    centre: ReportingCentre, *, how: str, by: User | None, now: datetime, on: date | None = None
) -> Verification:
    """Somebody has found address, hours and people as listed on a day (today, unless said).

    A day before the newest known check is written down and changes nothing else. Raises DayDoesNotCount or
    NotInThisStanding.
    """
    today = timezone.localdate(now)
    day = on or today
    if day > today:
        raise DayDoesNotCount("The day is still to come. Choose the day of the call or visit.")
    if day < today - VERIFIED_FOR:
        raise DayDoesNotCount("That is more than 90 days ago. Call or visit the centre again.")
    locked_for("verify", centre)
    made = Verification.objects.create(centre=centre, verified_on=day, how=How(how), by=by, at=now)
    if centre.verified_on is None or day > centre.verified_on:
        centre.verified_on = day
        centre.save(update_fields=["verified_on"])
    CentreEvent.note("verified", centre, by=by, now=now, how=made.how, on=day.isoformat())
    return made
