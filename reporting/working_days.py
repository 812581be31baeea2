"""Dates that are said to a reporter, counted in working days: Monday to Friday."""

from datetime import date, timedelta

SATURDAY = 5


def working_days_after(day: date, amount: int) -> date:
    """The day that comes `amount` working days after `day`.

    Bank holidays are not known here, so what is said may be a day early; the clock of the case is the one that counts.
    """
    reached = day
    for _step in range(amount):
        reached += timedelta(days=1)
        while reached.weekday() >= SATURDAY:
            reached += timedelta(days=1)
    return reached
