"""The illustrative plans as they stand today, for the tests of this room."""

import re
from datetime import date, datetime, timedelta

from django.utils import timezone

from actionplans.loading import load_plans
from tests.kept_rows import begin_with
from tests.people import NOW, PARTNERSHIP, make_partnership

# The day as of which the plans were written.
STAND_AT = date(2019, 1, 31)


def plans_as_of(now: datetime = NOW) -> None:
    """The partnership with its plans, moved so that 31 January 2019 is today."""
    plans_moved(timezone.localdate(now) - STAND_AT, now)


def plans_as_of_today() -> None:
    """The same by the clock of the machine, for what asks what time it is; they were loaded in the night."""
    plans_as_of(timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0))


def plans_moved(shift: timedelta, now: datetime) -> None:
    make_partnership()
    begin_with(("plans", shift, now), lambda: load_plans(PARTNERSHIP, shift, now), upon="partnership")


def tight(text: str) -> str:
    """A page without the space between its tags and words, which nobody sees."""
    return re.sub(r">\s+|\s+<", lambda match: match[0].strip(), text)
