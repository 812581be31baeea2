"""When first contact is due, and how that is said."""

from datetime import UTC, date, datetime

import pytest

from casework.clock import due_after, due_words, how_long
from partners.working_days import add_working_days, bank_holidays, is_working_day, working_days_between

FRIDAY = datetime(2026, 3, 6, 16, 0, tzinfo=UTC)


def at(day: int, month: int = 3, hour: int = 12, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=UTC)


def test_three_working_days_after_friday_is_wednesday() -> None:
    assert add_working_days(date(2026, 3, 6), 3) == date(2026, 3, 11)


def test_nobody_works_over_easter() -> None:
    assert add_working_days(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert not is_working_day(date(2026, 4, 3))


def test_christmas_on_a_saturday_is_given_back_on_monday_and_tuesday() -> None:
    assert add_working_days(date(2027, 12, 24), 1) == date(2027, 12, 29)


def test_every_listed_year_has_its_holidays_on_weekdays() -> None:
    years = {day.year for day in bank_holidays()}
    assert years == set(range(2021, 2029))
    assert all(day.weekday() < 5 for day in bank_holidays())
    assert {year: sum(day.year == year for day in bank_holidays()) for year in years} == {
        year: {2022: 10, 2023: 9}.get(year, 8) for year in years
    }


def test_the_same_day_means_the_same_day_also_on_a_sunday() -> None:
    assert due_after(at(8), 0) == at(8, hour=23).replace(minute=59)


def test_in_summer_the_day_ends_at_midnight_in_leicester_and_not_in_greenwich() -> None:
    assert due_after(datetime(2026, 6, 1, 22, 30, tzinfo=UTC), 0) == datetime(2026, 6, 1, 22, 59, tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (at(11), "due today"),
        (at(10), "due tomorrow"),
        (at(6), "due in 3 working days"),
        (at(12), "1 working day late"),
        (at(17), "4 working days late"),
        (at(25, month=4), "45 days late"),
    ],
)
def test_the_clock_in_words(now: datetime, words: str) -> None:
    assert due_words(due_after(FRIDAY, 3), now=now) == words


def test_on_saturday_what_was_due_on_friday_is_late() -> None:
    assert due_words(due_after(FRIDAY, 0), now=at(7)) == "late since Friday"


def test_waiting_is_said_in_the_largest_unit_that_fits() -> None:
    assert how_long(at(6), now=at(6, hour=15)) == "3 hours"
    assert how_long(at(6), now=at(7)) == "1 day"
    assert how_long(at(6), now=at(6)) == "under a minute"


def test_working_days_between_a_day_and_an_earlier_one_are_none() -> None:
    assert working_days_between(date(2026, 3, 10), date(2026, 3, 9)) == 0
