"""Working days of the partnership: Monday to Friday without bank holidays in England. Pure, except for the list."""

from collections.abc import Collection
from datetime import date, timedelta

from partners.data import installed
from partners.edited import until_edited

FILE = "bank_holidays.toml"


@until_edited
def bank_holidays() -> frozenset[date]:
    """The days that the partnership's data lists."""
    years = installed(FILE)["holidays"].values()
    return frozenset(date.fromisoformat(day) for year in years for day in year)


def is_working_day(day: date, holidays: Collection[date] | None = None) -> bool:
    """Whether people are at work on `day`."""
    return day.weekday() < 5 and day not in (bank_holidays() if holidays is None else holidays)


def add_working_days(day: date, amount: int, holidays: Collection[date] | None = None) -> date:
    """The day that is `amount` working days after `day`; the same day for 0, whatever day it is."""
    while amount > 0:
        day += timedelta(days=1)
        amount -= is_working_day(day, holidays)
    return day


def working_days_between(start: date, end: date, holidays: Collection[date] | None = None) -> int:
    """Working days after `start` up to and with `end`; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n), holidays) for n in range(1, days + 1))
