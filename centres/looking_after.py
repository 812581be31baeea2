"""What every act of looking after a centre begins with: nothing new is recorded about one that has closed."""

from datetime import date, datetime

from django.utils import timezone

from centres.standing import NotInThisStanding
from partners.models import CentreStanding, ReportingCentre


class NotYet(Exception):
    """The day is still to come."""


def lock_unless_closed(centre: ReportingCentre) -> None:
    """Holds the centre until the act is done; raises NotInThisStanding. Belongs into the transaction of the act."""
    stands = ReportingCentre.objects.select_for_update(of=("self",)).get(pk=centre.pk)
    if stands.standing == CentreStanding.CLOSED:
        raise NotInThisStanding("This centre is closed: nothing more is recorded about it.")


def refuse_days_to_come(day: date, *, now: datetime) -> None:
    """Raises NotYet where the day is after today."""
    if day > timezone.localdate(now):
        raise NotYet("The day is still to come. Enter the day on which it was done.")
