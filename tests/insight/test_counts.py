"""Counts: every report once, in its place and time, one statement each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from insight import counts
from insight.periods import ReportingPeriod
from partners.models import District
from reporting.models import Report
from reporting.strands import Channel, Strand, Whereabouts
from scope.context import counting_scope
from tests.insight.reports import case, received, told
from tests.people import NOW, make_partnership

QUARTER = ReportingPeriod.quarter_containing(date(2026, 2, 1))
BEFORE = QUARTER.a_year_before()
THEN = datetime(2026, 2, 3, 12, tzinfo=UTC)
LAST_YEAR = datetime(2025, 2, 3, 12, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def by_key(rows):
    return {row.key: (row.now, row.before) for row in rows if row.now or row.before}


def test_a_report_that_names_two_strands_is_two_mentions():
    received(THEN, Strand.RACE, Strand.RELIGION, count=2)
    received(THEN, Strand.DISABILITY)
    received(LAST_YEAR, Strand.RACE)
    with counting_scope():
        rows = counts.mentions_by_strand(QUARTER, BEFORE)
    assert by_key(rows) == {"race": (2, 1), "religion": (2, 0), "disability": (1, 0)}
    assert [row.key for row in rows] == [strand.value for strand in Strand]


def test_every_report_is_in_one_area_and_the_order_never_changes():
    received(THEN, area="rutland")
    received(THEN, area="leicester", count=3)
    received(LAST_YEAR, area="melton")
    for place in (Whereabouts.ONLINE, Whereabouts.OUTSIDE, Whereabouts.NOT_SURE):
        received(THEN, area=None, whereabouts=place)
    with counting_scope():
        rows = counts.reports_by_area(QUARTER, BEFORE)
    assert sum(row.now for row in rows) == 7
    assert by_key(rows) == {
        "leicester": (3, 0), "rutland": (1, 0), "melton": (0, 1),
        "online": (1, 0), "outside": (1, 0), "not_sure": (1, 0),
    }  # fmt: skip
    assert [row.key for row in rows[:9]] == list(District.objects.values_list("code", flat=True))
    assert [row.label for row in rows[9:]] == ["Online", "Outside the area", "Not sure where"]


def test_a_report_at_midnight_in_london_belongs_to_the_day_that_begins():
    received(datetime(2025, 3, 31, 22, 59, tzinfo=UTC))
    received(datetime(2025, 3, 31, 23, 0, tzinfo=UTC), count=2)
    year = ReportingPeriod.year_containing(date(2025, 4, 1))
    with counting_scope():
        rows = counts.reports_by_area(year, year.a_year_before())
    assert by_key(rows) == {"leicester": (2, 1)}


def test_months_without_a_report_are_zero_and_summer_time_is_heeded():
    received(datetime(2025, 6, 30, 23, 30, tzinfo=UTC))
    received(datetime(2025, 9, 1, 12, tzinfo=UTC), count=3)
    with counting_scope():
        months = counts.reports_by_month(ReportingPeriod(date(2025, 6, 1), date(2025, 9, 30)))
    assert months == {date(2025, 6, 1): 0, date(2025, 7, 1): 1, date(2025, 8, 1): 0, date(2025, 9, 1): 3}


def test_reports_by_the_way_they_came():
    received(THEN, count=2)
    received(THEN, channel=Channel.CENTRE)
    with counting_scope():
        rows = counts.reports_by_channel(QUARTER, BEFORE)
    assert by_key(rows) == {"online": (2, 0), "centre": (1, 0)}


def test_a_reporter_told_twice_is_told_once():
    first, *_ = received(THEN, count=4)
    told(first, THEN + timedelta(days=1))
    told(first, THEN + timedelta(days=2))
    with counting_scope():
        assert counts.told_back(QUARTER) == counts.ToldBack(received=4, told=1)


def test_first_contacts_are_counted_when_they_come_due():
    day = timedelta(days=1)
    case(THEN, due=THEN + day, contacted=THEN + day / 2)
    case(THEN, due=THEN + day, contacted=THEN + 2 * day)
    case(THEN, due=THEN + day)
    case(THEN, due=NOW + day)
    case(THEN, due=THEN + day, state="closed", closed_at=NOW)
    case(LAST_YEAR, due=LAST_YEAR + day)
    with counting_scope():
        assert counts.first_contacts(QUARTER, now=NOW) == counts.FirstContacts(
            due=4, in_time=1, overdue_now=2
        )


def test_without_a_scope_there_is_nothing_to_count():
    received(THEN)
    assert sum(row.now for row in counts.reports_by_area(QUARTER, BEFORE)) == 0


@pytest.mark.parametrize("reports", [1, 50])
def test_a_count_is_one_statement_however_many_reports_there_are(reports, django_assert_num_queries):
    make_partnership()
    received(THEN, count=reports)
    with counting_scope():
        for statements, ask in (
            (2, lambda: counts.reports_by_area(QUARTER, BEFORE)),
            (1, lambda: counts.mentions_by_strand(QUARTER, BEFORE)),
            (1, lambda: counts.reports_by_channel(QUARTER, BEFORE)),
            (1, lambda: counts.reports_by_month(QUARTER)),
            (1, lambda: counts.told_back(QUARTER)),
            (1, lambda: counts.first_contacts(QUARTER, now=NOW)),
        ):
            with django_assert_num_queries(statements):
                ask()


def test_spans_are_half_open_so_that_the_index_on_received_at_serves():
    with counting_scope():
        plan = Report.objects.filter(counts._received_in(QUARTER)).explain()
    assert "received_at >=" in plan
    assert "received_at <" in plan
