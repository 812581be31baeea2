"""When something is due, and how that is said. Pure: times in, times and words out.

What is due on a day is due by its end, in the partnership's time zone.
"""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from partners.working_days import add_working_days, working_days_between

END_OF_DAY = time(23, 59)
LONG_AGO_DAYS = 30  # from then on nobody counts working days


def due_after(start: datetime, working_days: int) -> datetime:
    """The end of the day that is so many working days after `start`."""
    return end_of_day(add_working_days(timezone.localtime(start).date(), working_days))


def end_of(moment: datetime) -> datetime:
    """The end of the day of a moment."""
    return end_of_day(timezone.localtime(moment).date())


def end_of_day(day: date) -> datetime:
    """The last minute of a day, in the partnership's time zone."""
    return timezone.make_aware(datetime.combine(day, END_OF_DAY))


def how_long(since: datetime, *, now: datetime) -> str:
    """'3 hours': time gone by, in its largest sensible unit."""
    minutes = max(0, int((now - since).total_seconds()) // 60)
    for size, unit in ((60 * 24, "day"), (60, "hour")):
        if minutes >= size:
            return _counted(minutes // size, unit)
    return _counted(minutes, "minute") if minutes else "under a minute"


def due_words(due_at: datetime, *, now: datetime) -> str:
    """'due today', 'due tomorrow', 'due in 2 working days', '3 working days late', 'late since Friday'."""
    due, today = timezone.localtime(due_at).date(), timezone.localtime(now).date()
    if now > due_at:
        if (today - due).days > LONG_AGO_DAYS:
            return f"{(today - due).days} days late"
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
