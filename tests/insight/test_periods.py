"""Periods: quarters from April, whole days in London, no moment in two of them and none in between."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from insight.periods import PeriodKind, ReportingPeriod, london_day

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
KINDS = (
    ReportingPeriod.year_containing,
    ReportingPeriod.quarter_containing,
    ReportingPeriod.month_containing,
    ReportingPeriod.week_containing,
)


@pytest.mark.parametrize(
    ("day", "label", "dates"),
    [
        (date(2026, 4, 1), "Quarter 1 of 2026/27", "1 April to 30 June 2026"),
        (date(2026, 9, 30), "Quarter 2 of 2026/27", "1 July to 30 September 2026"),
        (date(2026, 11, 22), "Quarter 3 of 2026/27", "1 October to 31 December 2026"),
        (date(2027, 3, 31), "Quarter 4 of 2026/27", "1 January to 31 March 2027"),
        (date(2000, 2, 29), "Quarter 4 of 1999/00", "1 January to 31 March 2000"),
    ],
)
def test_a_quarter_counts_from_april(day, label, dates):
    quarter = ReportingPeriod.quarter_containing(day)
    assert (quarter.label, quarter.dates) == (label, dates)


def test_a_year_runs_from_april_to_march():
    year = ReportingPeriod.year_containing(date(2027, 3, 31))
    assert (year.label, year.dates) == ("2026/27", "1 April 2026 to 31 March 2027")


def test_a_week_runs_from_monday_to_sunday():
    week = ReportingPeriod.week_containing(date(2026, 11, 22))
    assert (week.first, week.last) == (date(2026, 11, 16), date(2026, 11, 22))
    assert (week.label, week.dates) == ("Week of 16 November 2026", "16 to 22 November 2026")


def test_the_day_on_which_clocks_go_forward_has_23_hours():
    day = ReportingPeriod(date(2026, 3, 29), date(2026, 3, 29))
    assert day.starts_at == datetime(2026, 3, 29, 0, 0, tzinfo=UTC)
    assert day.ends_at == datetime(2026, 3, 29, 23, 0, tzinfo=UTC)


def test_the_day_on_which_clocks_go_back_has_25_hours():
    day = ReportingPeriod(date(2026, 10, 25), date(2026, 10, 25))
    assert day.starts_at == datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    assert day.ends_at == datetime(2026, 10, 26, 0, 0, tzinfo=UTC)


def test_a_report_just_after_midnight_in_summer_belongs_to_the_new_quarter():
    moment = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    assert london_day(moment) == date(2026, 7, 1)
    assert moment in ReportingPeriod.quarter_containing(date(2026, 7, 1))
    assert moment not in ReportingPeriod.quarter_containing(date(2026, 6, 30))


@given(DAYS)
def test_every_day_is_in_its_period_and_the_one_before_ends_the_day_before(day):
    for containing in KINDS:
        period = containing(day)
        assert day in period
        assert period.previous().last == period.first - timedelta(1)
        assert period.previous().ends_at == period.starts_at
        assert period.previous().kind is period.kind
        assert containing(period.first) == period == containing(period.last)


@given(DAYS)
def test_the_same_period_a_year_before_is_of_the_same_kind_and_does_not_overlap(day):
    for containing in KINDS:
        period = containing(day)
        before = period.a_year_before()
        assert before.kind is period.kind
        assert before.last < period.first
        assert 358 <= (period.first - before.first).days <= 366


@given(DAYS)
def test_a_quarter_so_far_is_compared_with_as_many_days_a_year_before(day):
    so_far = ReportingPeriod.quarter_containing(day).so_far(day)
    assert so_far.last == day
    assert abs(len_of(so_far) - len_of(so_far.a_year_before())) <= 1


def len_of(period):
    return (period.last - period.first).days + 1


def test_a_quarter_that_is_over_is_whole():
    quarter = ReportingPeriod.quarter_containing(date(2026, 9, 30))
    assert quarter.so_far(date(2026, 11, 22)) == quarter


def test_the_29th_of_february_meets_the_28th():
    leap = ReportingPeriod(date(2028, 2, 1), date(2028, 2, 29))
    assert leap.a_year_before() == ReportingPeriod(date(2027, 2, 1), date(2027, 2, 28))


def test_a_part_goes_back_by_its_own_length():
    part = ReportingPeriod(date(2026, 10, 1), date(2026, 10, 10))
    assert part.previous() == ReportingPeriod(date(2026, 9, 21), date(2026, 9, 30))


def test_months_of_a_period_over_new_year():
    part = ReportingPeriod(date(2026, 11, 15), date(2027, 1, 2))
    assert part.months() == [date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)]


def test_one_day_reads_as_one_day():
    day = ReportingPeriod(date(2026, 10, 14), date(2026, 10, 14))
    assert (day.label, day.kind) == ("14 October 2026", PeriodKind.PART)


def test_a_period_that_ends_before_it_starts_is_refused():
    with pytest.raises(ValueError, match="can't end on"):
        ReportingPeriod(date(2026, 10, 2), date(2026, 10, 1))
