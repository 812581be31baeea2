"""Working days, when something is due, and how that is said. Pure: days and times in, days, times and words out.

Working days are Monday to Friday without bank holidays in England. All days are days in the partnership's time zone;
what is due on a day is due by its end.
"""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from functools import cache

from django.utils import timezone

from partners.data import installed

END_OF_DAY = time(23, 59)


@cache
def bank_holidays() -> frozenset[date]:
    """The days that the partnership's data lists."""
    years = installed("bank_holidays.toml")["holidays"].values()
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


def due_after(start: datetime, working_days: int) -> datetime:
    """The end of the day that is so many working days after `start`."""
    day = add_working_days(timezone.localtime(start).date(), working_days)
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


def how_long(since: datetime, *, now: datetime) -> str:
    """'3 hours': time gone by, in its largest sensible unit."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    for size, unit in ((60 * 24, "day"), (60, "hour")):
        if minutes >= size:
            return _counted(minutes // size, unit)
    return _counted(minutes, "minute")


def due_words(due_at: datetime, *, now: datetime) -> str:
    """'due today', 'due tomorrow', 'due in 2 working days', '3 working days late', 'late since Friday'."""
    due, today = timezone.localtime(due_at).date(), timezone.localtime(now).date()
    if now > due_at:
        late = working_days_between(due, today)
        return f"{_counted(late, 'working day')} late" if late else "late since " + due.strftime("%A")
    if due == today:
        return "due today"
    if due == today + timedelta(days=1):
        return "due tomorrow"
    left = working_days_between(today, due)
    return f"due in {_counted(left, 'working day')}"


def _counted(number: int, unit: str) -> str:
    return f"{number} {unit}{'' if number == 1 else 's'}"
