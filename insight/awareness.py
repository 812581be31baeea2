"""National Hate Crime Awareness Weeks: announced in the partnership's folder, edited by its people, else by the rule.

The rule: from the second to the third Saturday of October. The week of 2018 ended a day later than the rule gives,
which is why every year's days can be edited.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from insight.periods import ReportingPeriod
from partners.data import entries, field, installed
from partners.edited import AWARENESS_WEEKS as FILE
from partners.models import ReferenceKind, ReferenceVersion, User

NAME = "National Hate Crime Awareness Week"
SATURDAY, OCTOBER = 5, 10
LONGEST = timedelta(days=31)


class NotAWeek(Exception):
    """These days can't be the year's week; the message says why, for who typed them."""


@dataclass(frozen=True)
class AwarenessWeek:
    """One year's week; `by_rule` while nobody has announced or entered its days."""

    year: int
    days: ReportingPeriod
    by_rule: bool = False
    note: str = ""

    @property
    def differs(self) -> bool:
        """Whether its days are other than the rule gives."""
        return self.days != by_rule(self.year)


def by_rule(year: int) -> ReportingPeriod:
    """From the second to the third Saturday of October, both included."""
    first = date(year, OCTOBER, 1)
    second_saturday = first + timedelta(days=(SATURDAY - first.weekday()) % 7 + 7)
    return ReportingPeriod(second_saturday, second_saturday + timedelta(days=7))


def week_of(year: int) -> AwarenessWeek:
    """The week of a year: as it was announced or entered, else by the rule."""
    return _announced().get(year) or AwarenessWeek(year, by_rule(year), by_rule=True)


def awareness_weeks(period: ReportingPeriod) -> list[ReportingPeriod]:
    """The weeks that touch a period, oldest first."""
    known = {year: week.days for year, week in _announced().items()}
    years = {*known, *range(period.first.year, period.last.year + 1)}
    weeks = [known.get(year) or by_rule(year) for year in years]
    return sorted(week for week in weeks if week.first <= period.last and week.last >= period.first)


def set_week(year: int, first: date, last: date, *, seen: int | None, by: User, now: datetime) -> bool:
    """From now on a year's week has these days, everywhere; whether that is new. Raises NotAWeek, ChangedMeanwhile."""
    if last < first:
        raise NotAWeek("The last day comes before the first")
    if first.year != year or last.year != year:
        raise NotAWeek(f"Both days must be in {year}")
    if last - first > LONGEST:
        raise NotAWeek("That is more than a month")
    stands = week_of(year)
    if stands.days == ReportingPeriod(first, last) and not stands.by_rule:
        return False
    ReferenceVersion.publish(
        ReferenceKind.AWARENESS_WEEK,
        str(year),
        _data(first, last),
        before=_data(stands.days.first, stands.days.last),
        seen=seen,
        by=by,
        now=now,
    )
    return True


def _data(first: date, last: date) -> Mapping[str, Any]:
    return {"starts": first.isoformat(), "ends": last.isoformat()}


def _announced() -> dict[int, AwarenessWeek]:
    listed = entries(installed(FILE), "weeks", file=FILE)
    return {entry["year"]: _as_week(entry) for entry in listed}


def _as_week(entry: Mapping[str, Any]) -> AwarenessWeek:
    days = ReportingPeriod(field(entry, "starts", file=FILE), field(entry, "ends", file=FILE))
    return AwarenessWeek(entry["year"], days, note=entry.get("note", ""))
