"""The illustrative plans as they stand today, for the tests of this room."""

from datetime import date, datetime

from actionplans.loading import load_plans
from tests.people import NOW, PARTNERSHIP, make_partnership


def plans_as_of(now: datetime = NOW) -> None:
    """The partnership with its plans, moved so that 31 January 2019 is today."""
    make_partnership()
    load_plans(PARTNERSHIP, now.date() - date(2019, 1, 31), now)
