"""Which days opening hours in words are about."""

import pytest

from centres.opening import in_words, open_days

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)
ALL = frozenset(range(7))


@pytest.mark.parametrize(
    ("hours", "days"),
    [
        ("Monday to Friday 9am to 5pm", {MON, TUE, WED, THU, FRI}),
        ("Monday to Friday 9am to 6pm, Saturday 10am to 1pm", {MON, TUE, WED, THU, FRI, SAT}),
        ("Monday, Wednesday and Friday 10am to 5pm", {MON, WED, FRI}),
        ("Tuesday and Thursday 9.30am to 3.30pm", {TUE, THU}),
        ("Wednesday 10am to 2pm", {WED}),
        ("Mon-Thu 9-5; Fri 9–12", {MON, TUE, WED, THU, FRI}),
        ("Mons and Weds", {MON, WED}),
        ("Friday to Monday", {FRI, SAT, SUN, MON}),
        ("Every day 8am to 8pm", ALL),
        ("Weekdays 9 to 5", {MON, TUE, WED, THU, FRI}),
        ("Weekends", {SAT, SUN}),
    ],
)
def test_days_that_are_plainly_said(hours: str, days: set[int]) -> None:
    assert open_days(hours) == days


@pytest.mark.parametrize(
    "hours",
    [
        "",
        "9am to 5pm",
        "Closed on Mondays",
        "Every day except Sunday",
        "First Tuesday of the month",
        "By appointment",
        "Sunshine hours",
    ],
)
def test_what_is_not_plain_is_left_open(hours: str) -> None:
    assert open_days(hours) is None


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (set(), ""),
        ({WED}, "Wednesday"),
        ({SAT, SUN}, "Saturday and Sunday"),
        ({MON, WED, FRI}, "Monday, Wednesday and Friday"),
        ({MON, TUE, WED, THU, FRI}, "Monday to Friday"),
        (set(ALL), "every day"),
    ],
)
def test_days_in_words(days: set[int], words: str) -> None:
    assert in_words(days) == words
