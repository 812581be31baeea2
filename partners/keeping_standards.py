"""Keeping service standards: what another number would change, and publishing it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from partners.edited import WORDING_FILES, flat
from partners.models import ReferenceKind, ReferenceVersion, User
from partners.models.reference import as_it_stands
from partners.standards import NoSuchStandard, Standard, all_standards
from partners.words import words_now
from partners.working_days import add_working_days, bank_holidays, is_working_day

# unit: (one, more, the least, the most)
UNITS = {
    "hours": ("hour", "hours", 1, 168),
    "working_days": ("working day", "working days", 0, 60),
    "days": ("day", "days", 1, 366),
    "months": ("month", "months", 1, 60),
    "years": ("year", "years", 1, 30),
}


@dataclass(frozen=True)
class Effect:
    """When something of one day would be due, today and with the other number."""

    started: date
    due_now: date
    due_then: date


def standards_now() -> list[Standard]:
    """Every standard as it stands in the database at this moment."""
    with as_it_stands():
        return all_standards()


def standard_now(code: str) -> Standard:
    """One of them; raises NoSuchStandard."""
    for each in standards_now():
        if each.code == code:
            return each
    raise NoSuchStandard(code)


def in_words(amount: int, unit: str) -> str:
    """'3 working days', 'the same working day'."""
    if unit == "working_days" and amount == 0:
        return "the same working day"
    one, more, _, _ = UNITS[unit]
    return f"{amount} {one if amount == 1 else more}"


def effects(standard: Standard, amount: int, *, today: date) -> list[Effect]:
    """What another amount would change for things that begin today, on a Friday, and before the next bank holiday;
    for clocks of working days alone."""
    if standard.unit != "working_days":
        return []
    with as_it_stands():
        friday = today + timedelta(days=(4 - today.weekday()) % 7)
        holiday = min((day for day in bank_holidays() if day > today), default=today)
        before = holiday - timedelta(days=1)
        while not is_working_day(before):
            before -= timedelta(days=1)
        return [
            Effect(day, add_working_days(day, standard.amount), add_working_days(day, amount))
            for day in sorted({today, friday, before})
        ]


def still_said(standard: Standard) -> list[str]:
    """Sentences of the public's wording that name the standard's time, such as 'within 3 working days': whoever
    changes the number rewords them too."""
    time = in_words(standard.amount, standard.unit)
    return [
        value
        for code in WORDING_FILES
        for _, value in flat(words_now(code))
        if isinstance(value, str) and time in value
    ]


def publish_standard(
    standard: Standard,
    values: Mapping[str, Any],
    *,
    seen: int,
    note: str,
    by: User,
    now: datetime,
) -> ReferenceVersion:
    """Publishes another amount and sentence. Raises ChangedMeanwhile."""
    changed = replace(standard, **values)
    return ReferenceVersion.publish(
        ReferenceKind.STANDARD,
        standard.code,
        data_of(changed),
        before=data_of(standard),
        seen=seen,
        by=by,
        now=now,
        note=note,
    )


def data_of(standard: Standard) -> dict[str, Any]:
    """What a version keeps of a standard."""
    return {"amount": standard.amount, "unit": standard.unit, "public": standard.public}
