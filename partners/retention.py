"""How long records are kept: the partnership's schedule, one rule a class, read from its folder and checked."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from partners.data import Entry, PartnershipDataError, entries, field, known, read_toml, refuse_twice

FILE = "retention.toml"
CODES = "codes.toml"


class RecordClass(StrEnum):
    """What a rule is about. The portal knows how to find each; how long it is kept is the partnership's to say."""

    DRAFT = "draft"
    ANONYMOUS_RECORD_ONLY = "anonymous_record_only"
    NOT_TAKEN_UP = "not_taken_up"
    EARLIER_RECORD = "earlier_record"
    CASE_CLOSED = "case_closed"
    CHILD = "child"
    SENT_MESSAGE = "sent_message"
    SESSION = "session"
    HEARD_THERE = "heard_there"
    RIGHTS_REQUEST = "rights_request"


class Unit(StrEnum):
    """What a length of time is counted in."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Then(StrEnum):
    """What happens when the time is over."""

    ERASE = "erase"
    REVIEW = "review"


# What is not about one report has nothing that a person could decide on.
ONLY_ERASED = frozenset(
    {
        RecordClass.DRAFT,
        RecordClass.SENT_MESSAGE,
        RecordClass.SESSION,
        RecordClass.HEARD_THERE,
        RecordClass.RIGHTS_REQUEST,
    }
)


@dataclass(frozen=True)
class Rule:
    """One line of the schedule; `counted_from` is in words, for the reader."""

    code: RecordClass
    name: str
    covers: str
    keeps: int
    unit: Unit
    counted_from: str
    then: Then
    source: str

    @property
    def in_words(self) -> str:
        """'6 years from the day the case was closed'."""
        unit = self.unit.value if self.keeps != 1 else self.unit.value.removesuffix("s")
        return f"{self.keeps} {unit} from {self.counted_from}"

    def ends(self, start: date) -> date:
        """The first day on which what began on `start` is no longer kept."""
        if self.unit is Unit.DAYS:
            return start + timedelta(days=self.keeps)
        return add_months(start, self._months)

    def latest_start(self, day: date) -> date:
        """What began later than this is still kept on `day`; what began earlier may not be."""
        if self.unit is Unit.DAYS:
            return day - timedelta(days=self.keeps)
        return add_months(day, -self._months)

    @property
    def _months(self) -> int:
        return self.keeps * (12 if self.unit is Unit.YEARS else 1)


@dataclass(frozen=True)
class Schedule:
    """All rules of one version, how long backups are kept, and which answers stand for a child."""

    version: str
    rules: Mapping[RecordClass, Rule]
    backup_days: int
    youngest: Mapping[str, int]

    def rule(self, code: RecordClass) -> Rule:
        """The rule of a class."""
        return self.rules[code]

    def last_backup_expires(self, erased_on: date) -> date:
        """The day on which the last backup made before an erasure has expired."""
        return erased_on + timedelta(days=self.backup_days)


def add_months(day: date, months: int) -> date:
    """The same day of a later month. Where that month is too short, the next day: nothing ends too early."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    if day.day <= monthrange(year, month)[1]:
        return date(year, month, day.day)
    return date(year, month, monthrange(year, month)[1]) + timedelta(days=1)


def schedule() -> Schedule:
    """The schedule of this installation, read once a process; raises PartnershipDataError."""
    return _read_once(Path(settings.PARTNERSHIP_DIR))


@cache
def _read_once(folder: Path) -> Schedule:
    return schedule_in(folder)


def schedule_in(folder: Path) -> Schedule:
    """The schedule that a partnership's folder holds; raises PartnershipDataError."""
    bands = entries(read_toml(folder, CODES), "age_bands", file=CODES)
    return read_schedule(read_toml(folder, FILE), {field(band, "code", file=CODES): band for band in bands})


def read_schedule(data: Mapping[str, Any], age_bands: Mapping[str, Any]) -> Schedule:
    """The schedule that `data` describes; raises PartnershipDataError with one sentence for who edits it."""
    version = data.get("version")
    if not version or not isinstance(version, str):
        raise PartnershipDataError(f"{FILE}: version is missing.")
    listed = entries(data, "classes", file=FILE)
    refuse_twice([field(entry, "code", file=FILE) for entry in listed], file=FILE, what="class")
    rules = {rule.code: rule for rule in map(_rule, listed)}
    missing = [code.value for code in RecordClass if code not in rules]
    if missing:
        raise PartnershipDataError(f"{FILE} does not say how long these are kept: {', '.join(missing)}.")
    backups = data.get("backups")
    backup_entry = {"name": "backups", **(backups if isinstance(backups, dict) else {})}
    return Schedule(version, rules, _whole(backup_entry, "keeps_days"), _youngest(data, age_bands))


def _rule(entry: Entry) -> Rule:
    code = known(
        {each.value: each for each in RecordClass}, entry["code"], file=FILE, entry=entry, role="class"
    )
    units = {each.value: each for each in Unit}
    ends = {each.value: each for each in Then}
    then = known(
        ends, field(entry, "then", file=FILE), file=FILE, entry=entry, role="word for what happens then"
    )
    if code in ONLY_ERASED and then is not Then.ERASE:
        raise PartnershipDataError(f"{FILE}, entry {code.value!r}: this class can only be erased.")
    unit = known(units, field(entry, "unit", file=FILE), file=FILE, entry=entry, role="unit")
    if code is RecordClass.CHILD and unit is not Unit.YEARS:
        raise PartnershipDataError(f"{FILE}, entry {code.value!r}: a birthday is counted in years.")
    return Rule(
        code=code,
        name=field(entry, "name", file=FILE),
        covers=field(entry, "covers", file=FILE),
        keeps=_whole(entry, "keeps"),
        unit=unit,
        counted_from=field(entry, "from", file=FILE),
        then=then,
        source=field(entry, "source", file=FILE),
    )


def _youngest(data: Mapping[str, Any], age_bands: Mapping[str, Any]) -> dict[str, int]:
    listed = entries(data, "age_bands", file=FILE)
    refuse_twice([field(entry, "code", file=FILE) for entry in listed], file=FILE, what="age band")
    for entry in listed:
        known(age_bands, entry["code"], file=FILE, entry=entry, role="age band")
    return {entry["code"]: _whole(entry, "youngest") for entry in listed}


def _whole(entry: Entry, name: str) -> int:
    value = field(entry, name, file=FILE)
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        called = entry.get("code") or entry.get("name")
        raise PartnershipDataError(f"{FILE}, entry {called!r}: {name} is not a whole number from 0.")
    return value
