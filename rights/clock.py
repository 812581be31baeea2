"""By when the desk answers: one calendar month from the day on which it is known who asks. Pure.

The day of the same number in the next month, or the last day of a shorter one; where that is no working day, the next
one that is. Longer, by two months more, only for what is complex, and the person is told why within the first month.
"""

from calendar import monthrange
from datetime import date, timedelta

from partners.working_days import add_working_days
from rights.models.request import AskedBy

MONTHS, LONGEST_MONTHS = 1, 3
FREEDOM_OF_INFORMATION_DAYS = 20


def begins_on(received_on: date, checked_on: date) -> date:
    """Proof of who asks may have been there from the first day; it never brings the clock back."""
    return max(received_on, checked_on)


def due_on(begins: date, asked_by: str) -> date:
    """The day by which it is answered."""
    if asked_by == AskedBy.FOI:
        return add_working_days(begins, FREEDOM_OF_INFORMATION_DAYS)
    return working_day_from(months_after(begins, MONTHS))


def longest_due_on(begins: date) -> date:
    """The day by which it is answered at the latest, when it is made longer."""
    return working_day_from(months_after(begins, LONGEST_MONTHS))


def months_after(day: date, months: int) -> date:
    """The day of the same number, or the last of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def working_day_from(day: date) -> date:
    """The day itself if it is a working day, else the next one that is."""
    return add_working_days(day - timedelta(days=1), 1)
