"""Days in the ways that people write them, day first."""

import re
from calendar import monthrange
from datetime import date
from enum import StrEnum

from documents.grids.cells import Value, plain, tidy

EARLIEST, LATEST = 2000, 2100
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_YEAR = r"(?P<year>\d{4}|\d{2})"
_BEFORE = r"(?:(?:by|from|until|to|due|end of|end|the)\s+)*"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAYS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})(?:[t ]\d{1,2}:\d{2}(?::\d{2})?)?"),
    re.compile(r"(?P<day>\d{1,2})\s*[/.\-]\s*(?P<month>\d{1,2})\s*[/.\-]\s*" + _YEAR),
    re.compile(
        _WEEKDAY + r"(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s\-]+" + _MONTH + r"[\s,\-]+" + _YEAR
    ),
    re.compile(_WEEKDAY + _MONTH + r"\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+" + r"(?P<year>\d{4})"),
)
_WHOLE_MONTHS = (
    re.compile(_MONTH + r"[\s,\-/]+'?" + _YEAR),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})"),
)
_QUARTER = re.compile(r"q(?:uarter)?\s*(?P<quarter>[1-4])\s+(?P<year>\d{4})\s*[/\-–]\s*(?:\d{2}|\d{4})")
# A day or month at the end of a sentence, such as "Text agreed 30 Nov 2018"; a range such as Jul-Sep 2018 is none.
_AT_THE_END = re.compile(
    r"(?P<words>.*?)[\s,:]+(?:(?:by|on|in|due|-|–)\s+)?"
    r"(?P<when>(?:\d{1,2}(?:st|nd|rd|th)?\s+)?"
    + _MONTH
    + r"\s+\d{4}|\d{1,2}/\d{1,2}/\d{4}|\d{4}-\d{2}-\d{2})",
    re.IGNORECASE | re.DOTALL,
)


class Means(StrEnum):
    """Which day a month alone stands for."""

    FIRST = "first"
    LAST = "last"


class NotADate(ValueError):
    """Words that name no day; the message says so."""

    def __init__(self, words: str) -> None:
        super().__init__(f"“{words}” is not a date")


def day_from(value: Value, means: Means) -> date:
    """The day that a cell names; of a month or quarter alone its first or last day. Raises NotADate."""
    if isinstance(value, date):
        return _within(value, plain(value))
    words = plain(value)
    said = re.sub(rf"^{_BEFORE}", "", " ".join(tidy(words).casefold().split()))
    for form in _DAYS:
        if found := form.fullmatch(said):
            return _day(_year(found), _month(found), int(found["day"]), words)
    for form in _WHOLE_MONTHS:
        if found := form.fullmatch(said):
            return _end_of(_year(found), _month(found), means, words)
    if found := _QUARTER.fullmatch(said):
        return _of_quarter(int(found["year"]), int(found["quarter"]), means, words)
    raise NotADate(words)


def split_at_day(words: str) -> tuple[str, str]:
    """A sentence and the day or month with which it ends, "" where it ends with none."""
    found = _AT_THE_END.fullmatch(words)
    return (found["words"].rstrip(" ,:–-"), found["when"]) if found else (words, "")


def written(day: date) -> str:
    """A day as exports write it in words."""
    return f"{day.day} {day:%B %Y}"


def _year(found: re.Match[str]) -> int:
    return int(found["year"]) if len(found["year"]) == 4 else 2000 + int(found["year"])


def _month(found: re.Match[str]) -> int:
    said = found["month"]
    return int(said) if said.isdigit() else _MONTHS.index(said[:3]) + 1


def _day(year: int, month: int, day: int, words: str) -> date:
    try:
        return _within(date(year, month, day), words)
    except ValueError:
        raise NotADate(words) from None


def _end_of(year: int, month: int, means: Means, words: str) -> date:
    if not 1 <= month <= 12 or not EARLIEST <= year <= LATEST:
        raise NotADate(words)
    return _day(year, month, 1 if means is Means.FIRST else monthrange(year, month)[1], words)


def _of_quarter(year: int, quarter: int, means: Means, words: str) -> date:
    """Quarters of the reporting year, which begins in April."""
    first = 3 * quarter + 1
    month = first if means is Means.FIRST else first + 2
    return _end_of(year + (month > 12), (month - 1) % 12 + 1, means, words)


def _within(day: date, words: str) -> date:
    if not EARLIEST <= day.year <= LATEST:
        raise NotADate(words)
    return day
