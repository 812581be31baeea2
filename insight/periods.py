"""The spans of days that figures are about: years and quarters from April, months, weeks from Monday.

All days are days in Europe/London; a span's moments run from its first midnight there up to, but not including, the
midnight after its last day, so a day on which clocks change has 23 or 25 hours and still belongs to one span only.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
_YEAR_STARTS = 4


class PeriodKind(StrEnum):
    """What kind of span it is; PART is any other run of days."""

    YEAR = "year"
    QUARTER = "quarter"
    MONTH = "month"
    WEEK = "week"
    PART = "part"


@dataclass(frozen=True, order=True)
class ReportingPeriod:
    """A run of whole days in London, `first` and `last` included."""

    first: date
    last: date
    kind: PeriodKind = PeriodKind.PART

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"a period can't end on {self.last} before it starts on {self.first}")

    @classmethod
    def year_containing(cls, day: date) -> ReportingPeriod:
        """The reporting year, 1 April to 31 March, that a day belongs to."""
        first = date(day.year if day.month >= _YEAR_STARTS else day.year - 1, _YEAR_STARTS, 1)
        return cls(first, _add_months(first, 12) - _DAY, PeriodKind.YEAR)

    @classmethod
    def quarter_containing(cls, day: date) -> ReportingPeriod:
        """The quarter that a day belongs to; quarter 1 is April to June."""
        first = date(day.year, day.month - (day.month - 1) % 3, 1)
        return cls(first, _add_months(first, 3) - _DAY, PeriodKind.QUARTER)

    @classmethod
    def month_containing(cls, day: date) -> ReportingPeriod:
        """The calendar month that a day belongs to."""
        first = day.replace(day=1)
        return cls(first, _add_months(first, 1) - _DAY, PeriodKind.MONTH)

    @classmethod
    def week_containing(cls, day: date) -> ReportingPeriod:
        """The week, Monday to Sunday, that a day belongs to."""
        first = day - timedelta(day.weekday())
        return cls(first, first + timedelta(6), PeriodKind.WEEK)

    def previous(self) -> ReportingPeriod:
        """The period of the same kind that ends the day before; a part is followed back by as many days."""
        eve = self.first - _DAY
        if self.kind is PeriodKind.PART:
            return ReportingPeriod(self.first - (self.last - self.first) - _DAY, eve)
        return _CONTAINING[self.kind](eve)

    def a_year_before(self) -> ReportingPeriod:
        """The same days a year earlier (29 February becomes 28 February); for a week, 52 weeks earlier."""
        if self.kind is PeriodKind.WEEK:
            return ReportingPeriod.week_containing(self.first - timedelta(weeks=52))
        if self.kind is not PeriodKind.PART:
            return _CONTAINING[self.kind](_add_months(self.first, -12))
        return ReportingPeriod(_add_months(self.first, -12), _add_months(self.last, -12))

    def so_far(self, today: date) -> ReportingPeriod:
        """The part of it up to and with `today`; itself when it is over."""
        return self if today >= self.last else ReportingPeriod(self.first, max(self.first, today))

    def months(self) -> list[date]:
        """The first day of every month that it touches."""
        first, count = self.first.replace(day=1), 0
        found = [first]
        while (following := _add_months(first, (count := count + 1))) <= self.last:
            found.append(following)
        return found

    @property
    def starts_at(self) -> datetime:
        """The first moment that belongs to it."""
        return _midnight(self.first)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to it."""
        return _midnight(self.last + _DAY)

    def __contains__(self, moment: datetime | date) -> bool:
        if isinstance(moment, datetime):
            return self.starts_at <= moment < self.ends_at
        return self.first <= moment <= self.last

    @property
    def label(self) -> str:
        """Its name, such as “Quarter 2 of 2026/27”."""
        year = (
            ReportingPeriod.year_containing(self.first).first.year if self.kind is PeriodKind.QUARTER else 0
        )
        match self.kind:
            case PeriodKind.YEAR:
                return _reporting_year(self.first.year)
            case PeriodKind.QUARTER:
                return f"Quarter {(self.first.month - _YEAR_STARTS) % 12 // 3 + 1} of {_reporting_year(year)}"
            case PeriodKind.MONTH:
                return f"{self.first:%B %Y}"
            case PeriodKind.WEEK:
                return f"Week of {in_words(self.first)}"
        return self.dates

    @property
    def dates(self) -> str:
        """Its days in words: “1 July to 30 September 2026”."""
        if self.first == self.last:
            return in_words(self.first)
        first = (
            f"{self.first.day} {self.first:%B}" if self.first.year == self.last.year else in_words(self.first)
        )
        if self.first.replace(day=1) == self.last.replace(day=1):
            first = str(self.first.day)
        return f"{first} to {in_words(self.last)}"


_DAY = timedelta(1)
_CONTAINING = {
    PeriodKind.YEAR: ReportingPeriod.year_containing,
    PeriodKind.QUARTER: ReportingPeriod.quarter_containing,
    PeriodKind.MONTH: ReportingPeriod.month_containing,
    PeriodKind.WEEK: ReportingPeriod.week_containing,
}


def london_day(moment: datetime) -> date:
    """The day in London on which a moment falls."""
    return moment.astimezone(LONDON).date()


def in_words(day: date) -> str:
    """“14 October 2026”."""
    return f"{day.day} {day:%B %Y}"


def _reporting_year(starts: int) -> str:
    return f"{starts}/{(starts + 1) % 100:02d}"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)


def _add_months(day: date, months: int) -> date:
    """The same day of the month some months on; the month's last day where it has none such."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    first = date(year, month + 1, 1)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return first + timedelta(min(day.day, (following - first).days) - 1)
