"""When it is safe, in a person's own words, read only when they can mean one thing.

“weekdays from 10 to 2” is understood; “not when my brother is in” is not, and neither is “after 9”, which may be
morning or night. What is not understood is None, and a person has to read it.
"""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import product

from django.utils import timezone

EVERY_DAY = frozenset(range(7))
WEEKDAYS, WEEKEND = frozenset(range(5)), frozenset({5, 6})
DAY_BEGINS, DAY_ENDS = time(9), time(18)
LATEST = time(20)
# Between these a bare number of an hour is looked for: nobody means four in the morning.
WAKING = (time(7), time(21))

NAMES = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_ONE_DAY = (
    r"(?:mon(?:day)?s?|tues?(?:day)?s?|wed(?:nesday)?s?|thu(?:rs?)?(?:day)?s?|fri(?:day)?s?"
    r"|sat(?:urday)?s?|sun(?:day)?s?)"
)
_DAYS = rf"(?:week ?days?|week ?ends?|every ?day|any ?day|{_ONE_DAY}(?: ?(?:to|-|–|,|and|or|&) ?{_ONE_DAY})*)"
_HOUR = r"(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)?|noon|midday)"
_PARTS = {
    "morning": (time(9), time(12)),
    "afternoon": (time(12), time(17)),
    "evening": (time(17), LATEST),
    "daytime": (time(9), time(17)),
    "office hours": (time(9), time(17)),
    "working hours": (time(9), time(17)),
    "any time": (DAY_BEGINS, DAY_ENDS),
    "anytime": (DAY_BEGINS, DAY_ENDS),
}
_PART = r"(?:in the |during the |during |at )?(?P<part>" + "|".join(_PARTS) + r")s?"
_RANGE = rf"(?:from |between )?(?P<first>{_HOUR}) ?(?:to|and|until|till|-|–) ?(?P<second>{_HOUR})"
_ONE_SIDE = rf"(?P<side>after|from|before|until|till) (?P<hour>{_HOUR})"
_WORDS = re.compile(
    rf"(?:only )?(?:on )?(?P<days>{_DAYS})?(?: ?, ?| )?(?:{_RANGE}|{_ONE_SIDE}|{_PART})?"
    rf"(?: ?, ?| )?(?:only )?(?:on )?(?P<days_after>{_DAYS})?"
)


@dataclass(frozen=True)
class SafeHours:
    """Days of the week (Monday is 0) and the hours of each, in the partnership's time zone."""

    days: frozenset[int]
    begins: time
    ends: time

    def next_time(self, now: datetime) -> datetime:
        """`now` if it is one of these hours, else the moment when they next begin."""
        local = timezone.localtime(now)
        if local.weekday() in self.days and self.begins <= local.time() < self.ends:
            return now
        days = (local.date() + timedelta(days=ahead) for ahead in range(8))
        zone = timezone.get_default_timezone()
        begins = (datetime.combine(day, self.begins, zone) for day in days if day.weekday() in self.days)
        return next(moment for moment in begins if moment > now)


# Where nothing is said: in the day, when a message wakes nobody.
IN_THE_DAY = SafeHours(EVERY_DAY, DAY_BEGINS, DAY_ENDS)


def understood(words: str) -> SafeHours | None:
    """The hours that these words mean, or None where they could mean anything else or more."""
    said = " ".join(words.casefold().strip(" .").split())
    found = _WORDS.fullmatch(said) if said else None
    if found is None or (found["days"] and found["days_after"]):
        return None
    hours = _hours(found)
    if hours is None:
        return None
    return SafeHours(_days(found["days"] or found["days_after"] or ""), *hours)


def _hours(found: re.Match[str]) -> tuple[time, time] | None:
    if found["part"]:
        return _PARTS[found["part"]]
    if found["first"]:
        pairs = product(_readings(found["first"]), _readings(found["second"]))
        return _only([(begins, ends) for begins, ends in pairs if begins < ends])
    if not found["hour"]:
        return DAY_BEGINS, DAY_ENDS
    hours = _readings(found["hour"])
    if found["side"] in ("after", "from"):
        return _only([(hour, LATEST) for hour in hours if hour < LATEST] if len(hours) == 1 else [])
    return _only([(DAY_BEGINS, hour) for hour in hours if hour > DAY_BEGINS] if len(hours) == 1 else [])


def _only(pairs: list[tuple[time, time]]) -> tuple[time, time] | None:
    return pairs[0] if len(pairs) == 1 else None


def _readings(hour: str) -> list[time]:
    """The times of day, waking ones, that an hour may mean."""
    if hour in ("noon", "midday"):
        return [time(12)]
    digits, half = re.sub(r"[ apm]", "", hour), hour[-2:]
    number, _, minutes = digits.replace(".", ":").partition(":")
    clock, minute = int(number), int(minutes or 0)
    if clock > 23 or minute > 59:
        return []
    if half in ("am", "pm"):
        if not 1 <= clock <= 12:
            return []
        possible = [clock % 12 + (12 if half == "pm" else 0)]
    else:
        possible = [clock, clock + 12] if 1 <= clock <= 11 else [clock]
    times = [time(one, minute) for one in possible]
    return [one for one in times if WAKING[0] <= one <= WAKING[1]]


def _days(said: str) -> frozenset[int]:
    plain = said.replace(" ", "")
    if not said or plain.startswith(("every", "any")):
        return EVERY_DAY
    if plain.startswith("weekday"):
        return WEEKDAYS
    if plain.startswith("weekend"):
        return WEEKEND
    named = [NAMES.index(each[:3]) for each in re.findall(_ONE_DAY, said)]
    if len(named) == 2 and re.search(r"\bto\b|-|–", said):
        first, last = named
        return frozenset((first + ahead) % 7 for ahead in range((last - first) % 7 + 1))
    # “Monday to Wednesday and Friday” could be read in two ways; only the days that were named are safe.
    return frozenset(named)
