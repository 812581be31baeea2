"""Hours in people's own words are kept when they can mean one thing only; otherwise a person reads them."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from reporting.safe_hours import EVERY_DAY, IN_THE_DAY, WEEKDAYS, WEEKEND, SafeHours, understood

LONDON = ZoneInfo("Europe/London")


def hours(begins: str, ends: str, days: frozenset[int] = EVERY_DAY) -> SafeHours:
    return SafeHours(days, time.fromisoformat(begins), time.fromisoformat(ends))


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("weekdays from 10 to 2", hours("10:00", "14:00", WEEKDAYS)),
        ("Weekdays after 4", hours("16:00", "20:00", WEEKDAYS)),
        ("9 to 5", hours("09:00", "17:00")),
        ("8-6", hours("08:00", "18:00")),
        ("between 1 and 3", hours("13:00", "15:00")),
        ("from 10am to 2pm on weekdays", hours("10:00", "14:00", WEEKDAYS)),
        ("9.30am - 12 noon".replace("12 noon", "noon"), hours("09:30", "12:00")),
        ("Before 3pm.", hours("09:00", "15:00")),
        ("after 17:30", hours("17:30", "20:00")),
        ("only Mondays", hours("09:00", "18:00", frozenset({0}))),
        ("Monday to Thursday, 10 to 12", hours("10:00", "12:00", frozenset(range(4)))),
        ("Tuesdays and Thursdays in the morning", hours("09:00", "12:00", frozenset({1, 3}))),
        ("mornings", hours("09:00", "12:00")),
        ("weekends", hours("09:00", "18:00", WEEKEND)),
        ("any time", hours("09:00", "18:00")),
        ("evenings on weekdays", hours("17:00", "20:00", WEEKDAYS)),
    ],
)
def test_words_that_mean_one_thing_are_understood(words: str, meant: SafeHours) -> None:
    assert understood(words) == meant


@pytest.mark.parametrize(
    "words",
    [
        "not when my brother is in",
        "never in the evening",
        "weekdays except Friday",
        "not 9 to 5",
        "after 9",  # morning or night
        "7 to 9",
        "after 11pm",
        "before 8",
        "5 to 9 to 10",
        "25 to 30",
        "when he is at work",
        "bitte nur vormittags",
        "صباحا",
        "mornings but ring twice",
        "weekdays 10 to 2 weekends",
        "2pm to 10am",
        "",
        " ",
    ],
)
def test_words_that_could_mean_more_are_left_to_a_person(words: str) -> None:
    assert understood(words) is None


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ("2026-11-23 11:00", "2026-11-23 11:00"),  # a Monday, within
        ("2026-11-23 09:59", "2026-11-23 10:00"),
        ("2026-11-23 14:00", "2026-11-24 10:00"),
        ("2026-11-27 15:00", "2026-11-30 10:00"),  # Friday to Monday
        ("2026-03-27 15:00", "2026-03-30 10:00"),  # the clocks go forward in between
    ],
)
def test_the_next_safe_moment_is_in_the_persons_own_hours(now: str, then: str) -> None:
    found = hours("10:00", "14:00", WEEKDAYS).next_time(datetime.fromisoformat(now).replace(tzinfo=LONDON))
    assert found == datetime.fromisoformat(then).replace(tzinfo=LONDON)


def test_where_nothing_is_said_nobody_is_woken() -> None:
    night = datetime(2026, 11, 22, 23, 15, tzinfo=LONDON)
    assert IN_THE_DAY.next_time(night) == datetime(2026, 11, 23, 9, tzinfo=LONDON)
