"""National Hate Crime Awareness Weeks, as the partnership's folder lists them."""

from __future__ import annotations

from insight.periods import ReportingPeriod
from partners.data import entries, field, installed

FILE = "awareness_weeks.toml"
NAME = "National Hate Crime Awareness Week"


def awareness_weeks(period: ReportingPeriod) -> list[ReportingPeriod]:
    """The weeks that touch a period, oldest first."""
    weeks = [
        ReportingPeriod(field(entry, "starts", file=FILE), field(entry, "ends", file=FILE))
        for entry in entries(installed(FILE), "weeks", file=FILE)
    ]
    return sorted(week for week in weeks if week.first <= period.last and week.last >= period.first)
