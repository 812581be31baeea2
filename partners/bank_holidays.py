"""Bank holidays in England: what the standing rules give for a year, and which days the partnership lists.

What administrators set here is read from the database, so that the page shows it at once; every clock reads it
through `partners.working_days`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction

from partners.data import in_folder
from partners.edited import HOLIDAYS
from partners.models import ReferenceKind, ReferenceVersion, User

MONDAY = 0
FIRST_YEAR, LAST_YEAR = 2021, 2100


class AlreadyListed(Exception):
    """The day is a bank holiday already."""


class NotListed(Exception):
    """The day is no bank holiday, or not any more."""


@dataclass(frozen=True)
class Holiday:
    """One listed day; `by_rule` when the standing rules give it under this name, else somebody set it by hand."""

    day: date
    name: str
    by_rule: bool


def rule_days(year: int) -> dict[date, str]:
    """What the Banking and Financial Dealings Act 1971 and the yearly proclamations give in an ordinary year."""
    easter = easter_sunday(year)
    christmas = date(year, 12, 25)
    days = {
        _weekday_from(date(year, 1, 1)): "New Year’s Day",
        easter - timedelta(days=2): "Good Friday",
        easter + timedelta(days=1): "Easter Monday",
        _monday_from(date(year, 5, 1)): "Early May bank holiday",
        _monday_from(date(year, 5, 25)): "Spring bank holiday",
        _monday_from(date(year, 8, 25)): "Summer bank holiday",
    }
    # A holiday on a weekend is given on the next weekday that is none yet: Christmas first, then Boxing Day.
    if christmas.weekday() == 6:  # Boxing Day keeps its Monday, Christmas comes after it
        days |= {date(year, 12, 26): "Boxing Day", date(year, 12, 27): "Christmas Day"}
    else:
        first = _weekday_from(christmas)
        days |= {first: "Christmas Day", _weekday_from(first + timedelta(days=1)): "Boxing Day"}
    return dict(sorted(days.items()))


def easter_sunday(year: int) -> date:
    """Easter Sunday of the Gregorian calendar, by the moon's cycle of nineteen years."""
    golden = year % 19
    century = year // 100
    skipped = century - century // 4
    moon = (skipped - (8 * century + 13) // 25 + 19 * golden + 15) % 30
    moon -= 1 if moon == 29 or (moon == 28 and golden > 10) else 0
    weekday = (year + year // 4 + moon + 2 - skipped) % 7
    days_after_21_march = moon - weekday + 7
    return date(year, 3, 21) + timedelta(days=days_after_21_march)


def _weekday_from(day: date) -> date:
    while day.weekday() > 4:
        day += timedelta(days=1)
    return day


def _monday_from(day: date) -> date:
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def listed() -> dict[date, str]:
    """Every bank holiday of the partnership, as the folder and its administrators say."""
    said: Mapping[str, Mapping[str, str]] = in_folder(HOLIDAYS)["holidays"]
    days = {date.fromisoformat(day): name for year in said.values() for day, name in year.items()}
    for code, version in ReferenceVersion.objects.newest_of(ReferenceKind.BANK_HOLIDAY).items():
        days.pop(date.fromisoformat(code), None)
        if version.data["is_holiday"]:
            days[date.fromisoformat(code)] = version.data["name"]
    return dict(sorted(days.items()))


def years() -> list[int]:
    """The years that have days, oldest first."""
    return sorted({day.year for day in listed()})


def days_of(year: int) -> list[Holiday]:
    """The listed days of a year."""
    by_rule = rule_days(year)
    return [Holiday(day, name, day in by_rule) for day, name in listed().items() if day.year == year]


def left_out(year: int) -> list[Holiday]:
    """What the standing rules give and the partnership does not list: moved for that year, or forgotten."""
    there = listed()
    return [Holiday(day, name, True) for day, name in rule_days(year).items() if day not in there]


@transaction.atomic
def add_day(day: date, name: str, *, by: User, now: datetime) -> None:
    """Makes `day` a bank holiday. Raises AlreadyListed."""
    if day in listed():
        raise AlreadyListed
    _publish(day, name, True, before=None, by=by, now=now)


@transaction.atomic
def remove_day(day: date, *, by: User, now: datetime) -> str:
    """Makes `day` a day like others; the name that it had. Raises NotListed."""
    name = listed().get(day)
    if name is None:
        raise NotListed
    _publish(day, name, False, before={"name": name, "is_holiday": True}, by=by, now=now)
    return name


@transaction.atomic
def add_by_rule(year: int, *, by: User, now: datetime) -> int:
    """Lists what the standing rules give for a year and is not listed; how many days."""
    missing = left_out(year)
    for each in missing:
        add_day(each.day, each.name, by=by, now=now)
    return len(missing)


def _publish(
    day: date, name: str, is_holiday: bool, *, before: dict[str, object] | None, by: User, now: datetime
) -> None:
    data = {"name": name, "is_holiday": is_holiday}
    ReferenceVersion.publish(
        ReferenceKind.BANK_HOLIDAY, day.isoformat(), data, before=before, seen=None, by=by, now=now
    )
