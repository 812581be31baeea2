"""The repeat rule: when what happened to one person, household or place is a repeat, and why the Joint Action Group
looks at it. Pure: incidents in, reasons out.

An incident is a case, told when its first report was received: whoever else tells of the same thing adds a report and
no incident. Days are those of the partnership's time zone, and a window includes its last day.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from uuid import UUID

from django.utils import timezone

from partners.jag import how_many
from partners.retention import add_months
from partners.standards import standard

# The levels of risk, the lowest first; a case's urgency has the same codes.
LEVELS = ("standard", "medium", "high")
AT_RISK = "medium"
HIGH = "high"


class Why(StrEnum):
    """Why something is listed, in the order in which it is said."""

    CASE_REVIEW = "case_review"
    HIGH = "high"
    MANY = "many"
    REPEAT_AT_RISK = "repeat_at_risk"


@dataclass(frozen=True)
class Told:
    """One report of a case: `level` is the case's risk, `is_open` whether somebody still works on it, and
    `has_review` whether an ASB Case Review of it was accepted."""

    case: UUID
    at: datetime
    level: str = LEVELS[0]
    is_open: bool = True
    has_review: bool = False


@dataclass(frozen=True)
class Rule:
    """How many, within how many months."""

    repeat: int
    repeat_months: int
    many: int
    many_months: int

    @property
    def in_words(self) -> dict[str, str]:
        """One line for each reason, and for a repeat."""
        return {
            "repeat": f"{self.repeat} linked incidents within {self.repeat_months} months",
            Why.CASE_REVIEW: "An ASB Case Review was accepted",
            Why.HIGH: "The risk is high",
            Why.MANY: f"{self.many} linked incidents within {self.many_months} months",
            Why.REPEAT_AT_RISK: f"{self.repeat} linked incidents within {self.repeat_months} months, "
            "with medium or high risk",
        }


def rule_of_today() -> Rule:
    """The rule as the partnership's folder and its service standards say it."""
    return Rule(
        repeat=how_many("repeat"),
        repeat_months=standard("repeat_window").amount,
        many=how_many("many"),
        many_months=standard("jag_window").amount,
    )


@dataclass(frozen=True)
class Incident:
    """One case, on the day on which it was first told."""

    on: date
    level: str
    is_open: bool
    has_review: bool


def incidents(told: Iterable[Told]) -> list[Incident]:
    """The cases among the reports, the earliest first; several reports of a case are one."""
    by_case = sorted(told, key=lambda each: (each.case, each.at))
    return sorted(
        (_incident(list(reports)) for _case, reports in groupby(by_case, key=lambda each: each.case)),
        key=lambda each: each.on,
    )


def is_repeat(told: Iterable[Told], *, rule: Rule, today: date) -> bool:
    """Whether it happened again, and not too long ago."""
    return any(_within(incidents(told), rule.repeat, rule.repeat_months, today))


def why_listed(told: Iterable[Told], *, rule: Rule, today: date) -> list[Why]:
    """Why the Joint Action Group looks at it, the gravest first; empty where it need not."""
    found = incidents(told)
    repeats = _within(found, rule.repeat, rule.repeat_months, today)
    holds = {
        Why.CASE_REVIEW: any(each.has_review for each in found),
        Why.HIGH: any(each.is_open and each.level == HIGH for each in found),
        Why.MANY: any(_within(found, rule.many, rule.many_months, today)),
        Why.REPEAT_AT_RISK: any(_worst(row) >= LEVELS.index(AT_RISK) for row in repeats),
    }
    return [why for why in Why if holds[why]]


def level_of(told: Iterable[Told]) -> str:
    """The highest risk of all."""
    return LEVELS[max((LEVELS.index(each.level) for each in told), default=0)]


def _incident(reports: list[Told]) -> Incident:
    first = reports[0]
    return Incident(timezone.localtime(first.at).date(), first.level, first.is_open, first.has_review)


def _within(found: list[Incident], number: int, months: int, today: date) -> Iterator[list[Incident]]:
    """Each row of so many incidents that lie within the window, the last of them within it from today."""
    for start in range(len(found) - number + 1):
        row = found[start : start + number]
        last = row[-1].on
        if last <= add_months(row[0].on, months) and today <= add_months(last, months):
            yield row


def _worst(row: list[Incident]) -> int:
    return max(LEVELS.index(each.level) for each in row)
