"""How soon a centre sends what it was told, and how many reports it records: counts of its own work, never a person.

A day is a working day of the partnership: who was told on a Friday and sends on Monday took one. Each report counts in
the quarter in which it was received. Ask inside `scope.context.counting_scope()`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median

from django.db.models import Count, Q

from insight.periods import ReportingPeriod, london_day
from partners.models import ReportingCentre
from partners.working_days import bank_holidays, working_days_between
from reporting.models import CentreRecord, Report

# The checklist asks for it.
IN_TIME = 2
# A share of fewer says more about chance than about the centre.
SMALLEST_SHARE_OF = 20
QUARTERS_SHOWN = 4


@dataclass(frozen=True)
class Timeliness:
    """Of so many reports, how many were sent in time; the median in working days, None where there is none."""

    sent: int
    in_time: int
    median_days: float | None

    @property
    def per_cent(self) -> int | None:
        """The share in time; None where it would rest on fewer than twenty reports."""
        return round(100 * self.in_time / self.sent) if self.sent >= SMALLEST_SHARE_OF else None


@dataclass(frozen=True)
class Quarter:
    """What a centre recorded in one quarter; `is_over` says whether it is whole."""

    period: ReportingPeriod
    reports: int
    timeliness: Timeliness
    is_over: bool


def of_days(days: Sequence[int]) -> Timeliness:
    """What so many reports, each sent after so many working days, come to."""
    in_time = sum(each <= IN_TIME for each in days)
    return Timeliness(len(days), in_time, median(days) if days else None)


def days_taken(told_on: date, sent_on: date) -> int:
    """Working days from being told to sending; 0 on the same day, or where the day told is wrongly later."""
    return working_days_between(told_on, sent_on, bank_holidays())


def last_quarters(today: date, many: int = QUARTERS_SHOWN) -> list[ReportingPeriod]:
    """The quarter of today and those before it, the newest first."""
    found = [ReportingPeriod.quarter_containing(today)]
    while len(found) < many:
        found.append(found[-1].previous())
    return found


def by_quarter(centre: ReportingCentre, *, today: date) -> list[Quarter]:
    """The last four quarters of one centre, the newest first, in two statements."""
    periods = last_quarters(today)
    reports = _recorded(centre, periods)
    days = _days_by_period(centre, periods)
    return [
        Quarter(period, reports[period], of_days(days[period]), period.last < today) for period in periods
    ]


def in_last_year(centre: ReportingCentre, *, today: date) -> Timeliness:
    """Of what the centre sent in the quarter of today and the three before."""
    periods = last_quarters(today)
    return of_days([each for days in _days_by_period(centre, periods).values() for each in days])


def received_in(period: ReportingPeriod, prefix: str = "") -> Q:
    """Reports received in a period; `prefix` leads from another table to them."""
    return Q(**{f"{prefix}received_at__gte": period.starts_at, f"{prefix}received_at__lt": period.ends_at})


def _recorded(centre: ReportingCentre, periods: list[ReportingPeriod]) -> dict[ReportingPeriod, int]:
    counts = {f"q{n}": Count("pk", filter=received_in(each)) for n, each in enumerate(periods)}
    found = Report.objects.filter(centre=centre.organisation_id).aggregate(**counts)
    return {each: found[f"q{n}"] for n, each in enumerate(periods)}


def _days_by_period(
    centre: ReportingCentre, periods: list[ReportingPeriod]
) -> dict[ReportingPeriod, list[int]]:
    since = min(each.starts_at for each in periods)
    rows: Iterable[tuple[date, datetime]] = CentreRecord.objects.filter(
        report__centre=centre.organisation_id, report__received_at__gte=since
    ).values_list("told_on", "report__received_at")
    found: dict[ReportingPeriod, list[int]] = {each: [] for each in periods}
    for told_on, received_at in rows:
        period = next((each for each in periods if received_at in each), None)
        if period:
            found[period].append(days_taken(told_on, london_day(received_at)))
    return found
