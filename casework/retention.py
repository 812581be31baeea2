"""Which class of the schedule a record falls under, and until when it is kept. Pure: no database, no clock."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from partners.retention import RecordClass, Rule, Schedule, Then, add_months


class Verdict(StrEnum):
    """What is to be done with a record today."""

    KEEP = "keep"
    HELD = "held"
    REVIEW = "review"
    ERASE = "erase"


@dataclass(frozen=True)
class Told:
    """What the schedule needs to know of one report. `age_band` is '' where it was not answered."""

    received_on: date
    is_anonymous: bool = False
    is_record_only: bool = False
    is_earlier_record: bool = False
    age_band: str = ""

    @property
    def needs_only_the_count(self) -> bool:
        """Whether the person gave no name and asked for nothing but that it is recorded."""
        return self.is_anonymous and self.is_record_only


@dataclass(frozen=True)
class Record:
    """A case with its reports, or a report without one: they are kept and go together. `closed_on` is None while the
    case is open; `kept_until` is what the rights desk decided at a review."""

    told: Sequence[Told]
    has_case: bool = False
    closed_on: date | None = None
    kept_until: date | None = None
    is_held: bool = False


@dataclass(frozen=True)
class Due:
    """Under which rule a record falls, and from which day on it is no longer kept."""

    rule: Rule
    on: date
    is_held: bool

    def verdict(self, today: date) -> Verdict:
        """What is to be done today; a legal hold is stronger than every rule."""
        if today < self.on:
            return Verdict.KEEP
        if self.is_held:
            return Verdict.HELD
        return Verdict.REVIEW if self.rule.then is Then.REVIEW else Verdict.ERASE


def due(record: Record, schedule: Schedule) -> Due | None:
    """When the record falls due, or None while its case is open: what is worked on is kept."""
    if record.has_case and record.closed_on is None:
        return None
    rule = _ordinary_rule(record, schedule)
    on = _ordinary_end(record, rule)
    child = latest_birthday(record.told, schedule)
    if child and child > on:
        rule, on = schedule.rule(RecordClass.CHILD), child
    return Due(rule, max(on, record.kept_until or on), record.is_held)


def _ordinary_rule(record: Record, schedule: Schedule) -> Rule:
    if all(told.needs_only_the_count for told in record.told):
        return schedule.rule(RecordClass.ANONYMOUS_RECORD_ONLY)
    if record.has_case:
        return schedule.rule(RecordClass.CASE_CLOSED)
    if all(told.is_earlier_record for told in record.told):
        return schedule.rule(RecordClass.EARLIER_RECORD)
    return schedule.rule(RecordClass.NOT_TAKEN_UP)


def _ordinary_end(record: Record, rule: Rule) -> date:
    if rule.code is RecordClass.CASE_CLOSED and record.closed_on:
        return rule.ends(record.closed_on)
    received = max(told.received_on for told in record.told)
    return max(rule.ends(received), record.closed_on or received)


def latest_birthday(told: Sequence[Told], schedule: Schedule) -> date | None:
    """The latest day that can be the birthday of the children's rule for any of them; None where nobody is a child.

    Somebody who is 13 to 15 on the day they tell us has been born 13 years before at the latest. What happened did
    so earlier still, so counting from the day it was received never ends too early.
    """
    years = schedule.rule(RecordClass.CHILD).keeps
    days = [
        add_months(each.received_on, 12 * (years - schedule.youngest[each.age_band]))
        for each in told
        if each.age_band in schedule.youngest
    ]
    return max(days, default=None)
