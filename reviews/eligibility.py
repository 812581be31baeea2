"""Whether an ASB Case Review may be asked for: offered from the first hate incident, by the councils' policy. Pure.

It takes an incident that was reported within the month, and the belief that no effective action was taken; the second
only the person can say.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from partners.retention import add_months

# What “about when” says at the least favourable: in how many months before telling it was.
ABOUT = {"week": 0, "month": 1, "half_year": 6, "year": 12}


@dataclass(frozen=True)
class InTime:
    """Whether one incident was reported in time; `is_met` is None where nobody knows."""

    is_met: bool | None
    line: str


@dataclass(frozen=True)
class Eligible:
    """Whether a review may be asked for, and why or why not, a line each."""

    is_met: bool | None
    lines: tuple[str, ...]


def in_time(told: Mapping[str, Any], *, received_on: date, months: int) -> InTime:
    """Whether what is told happened at most so many months before it was received."""
    within = f"within {months} month{'' if months == 1 else 's'}"
    when = told.get("Q11")
    if when == "exact" and told.get("Q11_date"):
        happened = date.fromisoformat(str(told["Q11_date"]))
        met = received_on <= add_months(happened, months)
        words = f"It happened on {happened:%-d %B %Y} and was reported on {received_on:%-d %B %Y}"
        return InTime(met, f"{words}: {within if met else 'later than ' + within}.")
    if when == "going_on":
        return InTime(True, f"It was going on when it was reported, so it was reported {within}.")
    if when == "about" and told.get("Q11_about") in ABOUT:
        met = ABOUT[told["Q11_about"]] <= months
        return InTime(
            met or None, f"They said about when it happened: {within if met else 'perhaps not ' + within}."
        )
    if when == "about":
        return InTime(False, f"They said that it was longer ago: not reported {within}.")
    return InTime(None, f"It is not known when it happened. Ask whether it was reported {within}.")


def eligible(reports: list[InTime], *, is_hate: bool) -> Eligible:
    """Of one case: a hate incident that was reported in time qualifies, without any other."""
    if not is_hate:
        return Eligible(False, ("This was not a hate incident after review.",))
    found = [each.is_met for each in reports]
    first = "One hate incident is enough."
    met = True if True in found else (None if None in found or not found else False)
    return Eligible(met, (first, *(each.line for each in reports)))
