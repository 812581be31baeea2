"""Which days of the week opening hours in words are about. Pure.

Hours are written by people, so what is not plainly a list or a run of days is left open: nothing is guessed.
"""

import re

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EVERY_DAY = frozenset(range(7))
WEEKDAYS = frozenset(range(5))
_PLACE = {name[:3].lower(): number for number, name in enumerate(DAYS)}
_DAY = r"\b(mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday|s|rs|r|nes|ur)?s?\b\.?"
_RUN = re.compile(rf"{_DAY}\s*(?:to|until|till|through|-|–|—)\s*{_DAY}", re.IGNORECASE)
_ONE = re.compile(_DAY, re.IGNORECASE)
_IN_ONE_WORD = (
    (re.compile(r"every ?day|daily|7 days|seven days", re.IGNORECASE), EVERY_DAY),
    (re.compile(r"\bweekdays?\b", re.IGNORECASE), WEEKDAYS),
    (re.compile(r"\bweekends?\b", re.IGNORECASE), EVERY_DAY - WEEKDAYS),
)
# "Closed on Mondays", "every day except Sunday", "first Tuesday of the month", "by appointment".
_NOT_PLAIN = re.compile(
    r"closed|except|but not|not on|appointment|month|fortnight|alternate|first|second|third|last",
    re.IGNORECASE,
)


def open_days(hours: str) -> frozenset[int] | None:
    """The days from Monday 0 to Sunday 6; None where the words do not plainly say."""
    if _NOT_PLAIN.search(hours):
        return None
    found = {day for words, days in _IN_ONE_WORD if words.search(hours) for day in days}
    for first, last in _RUN.findall(hours):
        found |= _run(_PLACE[first.lower()], _PLACE[last.lower()])
    found |= {_PLACE[day.lower()] for day in _ONE.findall(_RUN.sub(" ", hours))}
    return frozenset(found) or None


def in_words(days: frozenset[int] | set[int]) -> str:
    """'Monday to Friday', 'Monday, Wednesday and Friday'; '' for no day."""
    if not days:
        return ""
    if days == EVERY_DAY:
        return "every day"
    ordered = sorted(days)
    if len(ordered) > 2 and ordered[-1] - ordered[0] == len(ordered) - 1:
        return f"{DAYS[ordered[0]]} to {DAYS[ordered[-1]]}"
    names = [DAYS[day] for day in ordered]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _run(first: int, last: int) -> set[int]:
    """From one day to another, over the end of the week where need be."""
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
