"""When each month's round of updates opens, is due and closes, and who is reminded when: as the folder says.

Plain dates. A day belongs to the round that opened last: so each day has one, also between closing and opening again.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from django.conf import settings

from partners.data import Entry, PartnershipDataError, called, entries, field, installed, refuse_twice
from partners.edited import until_edited

FILE = "update_cycle.toml"
# Every month has them.
LAST_DAY = 28
# A portal that was down sends a reminder this late at most; after that the next stage says it.
SENT_WITHIN = timedelta(days=2)


class Audience(StrEnum):
    """Who hears at a stage."""

    CONTRIBUTORS = "contributors"
    PLAN_OWNERS = "plan_owners"
    DELIVERY_GROUP = "delivery_group"


@dataclass(frozen=True)
class Stage:
    """One time of reminding; `days` from the due date."""

    code: str
    days: int
    to: Audience


@dataclass(frozen=True)
class Rule:
    """The days of the month on which rounds open, are due and close, and their stages in order of time."""

    opens: int
    due: int
    closes: int
    reminds_from_hour: int
    stages: tuple[Stage, ...]

    def stage(self, code: str) -> Stage:
        """The stage with this code; raises KeyError."""
        return {stage.code: stage for stage in self.stages}[code]


@dataclass(frozen=True)
class Round:
    """The dates of one month's round."""

    month: date
    opens_on: date
    due_on: date
    closes_on: date


def round_of(day: date) -> Round:
    """The round that a day belongs to."""
    month = day.replace(day=1)
    if day.day < rule().opens:
        month = (month - timedelta(days=1)).replace(day=1)
    dates = (month.replace(day=number) for number in (rule().opens, rule().due, rule().closes))
    return Round(month, *dates)


def opened_on(day: date) -> date:
    """When the round of a day opened: what was told since then counts for it."""
    return round_of(day).opens_on


def stages_on(day: date, due_on: date) -> list[Stage]:
    """Whose time has come by `day`, and is not long gone."""
    return [
        stage
        for stage in rule().stages
        if timedelta() <= day - (due_on + timedelta(days=stage.days)) < SENT_WITHIN
    ]


def rule() -> Rule:
    """What counts here; raises PartnershipDataError."""
    return _rule(str(settings.PARTNERSHIP_DIR))


@until_edited
def _rule(folder: str) -> Rule:
    said = installed(FILE)
    opens, due, closes = days = [_number(said, name, 1, LAST_DAY) for name in ("opens", "due", "closes")]
    if days != sorted(days):
        raise PartnershipDataError(f"{FILE}: a round opens, then is due, then closes.")
    listed = entries(said, "stages", file=FILE)
    refuse_twice((field(entry, "code", file=FILE) for entry in listed), file=FILE, what="stage")
    stages = sorted(map(_stage, listed), key=lambda stage: stage.days)
    if any(not days[0] <= days[1] + stage.days <= LAST_DAY for stage in stages):
        raise PartnershipDataError(
            f"{FILE}: every stage falls into its own month, on day {LAST_DAY} at the latest."
        )
    return Rule(opens, due, closes, _number(said, "reminds_from_hour", 0, 23), tuple(stages))


def _stage(entry: Entry) -> Stage:
    to = field(entry, "to", file=FILE)
    if to not in list(Audience):
        raise PartnershipDataError(f"{FILE}, {called(entry)}: {to!r} is nobody whom we can remind.")
    return Stage(entry["code"], _number(entry, "days", -LAST_DAY, LAST_DAY), Audience(to))


def _number(entry: Entry, name: str, least: int, most: int) -> int:
    number: Any = field(entry, name, file=FILE)
    if not isinstance(number, int) or not least <= number <= most:
        raise PartnershipDataError(f"{FILE}: {name} must be a whole number from {least} to {most}.")
    return number
