"""The repeat rule at its edges: what is a repeat, what is listed and why, told in tables."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from partners.standards import standard
from reviews.groups import groups_of
from reviews.repeat import Rule, Told, Why, is_repeat, level_of, rule_of_today, why_listed

RULE = Rule(repeat=2, repeat_months=12, many=3, many_months=6)
LONDON = ZoneInfo("Europe/London")
TODAY = date(2026, 3, 10)


def case(number: int) -> UUID:
    return UUID(int=number)


def told(*days: str, level: str = "standard", is_open: bool = True) -> list[Told]:
    """One case a day."""
    return [
        Told(case(number), datetime.fromisoformat(day).replace(tzinfo=LONDON), level, is_open)
        for number, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        (["2026-03-01"], TODAY, False),
        (["2026-03-01", "2026-03-01"], TODAY, True),  # twice on one day
        (["2025-03-10", "2026-03-10"], TODAY, True),  # twelve months to the day
        (["2025-03-09", "2026-03-10"], TODAY, False),  # and a day more
        (["2024-02-29", "2025-03-01"], date(2025, 3, 1), True),  # a year that ends on no 29 February
        (["2024-02-29", "2025-03-02"], date(2025, 3, 2), False),
        (["2024-05-01", "2024-06-01"], TODAY, False),  # a repeat, but long ago
        (["2025-02-10", "2025-03-10"], TODAY, True),  # the last day on which it counts
        (["2025-02-10", "2025-03-09"], TODAY, False),
        # Half past midnight in London is still the day before in universal time, in summer.
        (["2025-07-01T00:30", "2026-07-01T23:30"], date(2026, 7, 1), True),
        (["2025-06-30T23:30", "2026-07-01T00:30"], date(2026, 7, 1), False),
    ],
)
def test_it_is_a_repeat_within_twelve_months(days: Sequence[str], today: date, expected: bool) -> None:
    assert is_repeat(told(*days), rule=RULE, today=today) is expected


@pytest.mark.parametrize(
    ("days", "today", "expected"),
    [
        (["2025-09-10", "2025-12-01", "2026-03-10"], TODAY, True),  # six months to the day
        (["2025-09-09", "2025-12-01", "2026-03-10"], TODAY, False),
        (["2025-08-31", "2025-12-01", "2026-03-01"], TODAY, True),  # August 31 and six months: March 1
        (["2025-08-31", "2025-12-01", "2026-03-02"], TODAY, False),
        (["2026-03-10", "2026-03-10", "2026-03-10"], TODAY, True),  # three times in a day
        (["2026-03-09", "2026-03-10"], TODAY, False),
        # The clocks went forward in between.
        (["2025-10-01", "2026-01-01", "2026-04-01T00:10"], date(2026, 4, 1), True),
        # An old one beside three new ones, and three old ones beside a new one.
        (["2024-01-01", "2026-01-01", "2026-02-01", "2026-03-01"], TODAY, True),
        (["2025-01-01", "2025-02-01", "2025-03-01", "2026-03-01"], TODAY, False),
    ],
)
def test_three_in_six_months_are_listed_whatever_the_risk(
    days: Sequence[str], today: date, expected: bool
) -> None:
    assert (Why.MANY in why_listed(told(*days), rule=RULE, today=today)) is expected


@pytest.mark.parametrize(
    ("levels", "expected"),
    [
        (("standard", "standard"), []),
        (("standard", "medium"), [Why.REPEAT_AT_RISK]),
        (("medium", "standard"), [Why.REPEAT_AT_RISK]),
        (("standard", "high"), [Why.HIGH, Why.REPEAT_AT_RISK]),
        (("medium",), []),
        (("high",), [Why.HIGH]),
    ],
)
def test_two_are_listed_where_one_is_at_risk_and_one_where_it_is_high(
    levels: Sequence[str], expected: Sequence[Why]
) -> None:
    found = [
        Told(case(n), datetime(2026, 3, 1 + n, 9, tzinfo=LONDON), level) for n, level in enumerate(levels)
    ]
    assert why_listed(found, rule=RULE, today=TODAY) == expected


def test_what_was_told_several_times_in_one_case_is_one_incident_on_its_first_day() -> None:
    days = ("2025-03-05", "2026-03-01", "2026-03-02")
    of_one_case = [Told(case(1), each.at, "medium") for each in told(*days)]
    assert not is_repeat(of_one_case, rule=RULE, today=TODAY)
    # The first day is what counts: more than a year before the other case.
    assert not is_repeat([*of_one_case, told("2026-03-06")[0]], rule=RULE, today=TODAY)


def test_a_high_risk_that_is_dealt_with_lists_nothing_by_itself() -> None:
    assert why_listed(told("2026-03-01", level="high", is_open=False), rule=RULE, today=TODAY) == []


def test_an_accepted_case_review_is_listed_and_stands_first() -> None:
    one = told("2026-03-01", level="high")[0]
    reviewed = Told(one.case, one.at, one.level, has_review=True)
    assert why_listed([reviewed], rule=RULE, today=TODAY) == [Why.CASE_REVIEW, Why.HIGH]


def test_the_risk_of_a_group_is_the_highest_in_it() -> None:
    assert level_of([]) == "standard"
    assert level_of([*told("2026-03-01"), *told("2026-03-02", level="medium")]) == "medium"


def test_the_rule_is_the_partnerships_and_says_itself_in_words() -> None:
    assert rule_of_today() == RULE
    assert (standard("repeat_window").unit, standard("jag_window").unit) == ("months", "months")
    assert set(RULE.in_words) == {"repeat", *Why}


@pytest.mark.parametrize(
    ("pairs", "alone", "expected"),
    [
        ([], [], []),
        ([(1, 2), (2, 3)], [], [{1, 2, 3}]),  # whoever is the same as the same
        ([(1, 2), (3, 4), (4, 1)], [], [{1, 2, 3, 4}]),  # two groups that become one
        ([(1, 2), (3, 4)], [3, 5], [{1, 2}, {3, 4}, {5}]),
        ([(1, 1)], [], [{1}]),
    ],
)
def test_cases_are_grouped_by_what_links_them(
    pairs: Sequence[tuple[int, int]], alone: Sequence[int], expected: Sequence[set[int]]
) -> None:
    found = groups_of([(case(one), case(other)) for one, other in pairs], [case(each) for each in alone])
    assert sorted(sorted(each.int for each in group) for group in found) == sorted(map(sorted, expected))
