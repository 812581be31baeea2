"""How soon the Quillfeather Rooms send what they were told."""

from datetime import date, datetime, timedelta

import pytest

from centres.timeliness import by_quarter, days_taken, in_last_year, last_quarters, of_days
from partners.models import ReportingCentre
from reporting.models import CentreRecord
from reporting.strands import Channel
from scope.context import counting_scope, worker_scope
from tests.centres.looked_after import TODAY
from tests.insight.reports import received
from tests.people import NOW, centre

FRIDAY = date(2026, 3, 6)


@pytest.mark.parametrize(
    ("sent_on", "days"),
    [
        (FRIDAY, 0),
        (FRIDAY + timedelta(days=2), 0),
        (FRIDAY + timedelta(days=3), 1),
        (FRIDAY + timedelta(days=4), 2),
        (FRIDAY + timedelta(days=5), 3),
        (FRIDAY - timedelta(days=1), 0),
    ],
)
def test_only_working_days_count_from_being_told(sent_on: date, days: int) -> None:
    assert days_taken(FRIDAY, sent_on) == days


def test_two_working_days_are_in_time_and_three_are_not() -> None:
    found = of_days([0, 2, 3])
    assert (found.sent, found.in_time, found.median_days) == (3, 2, 2)


def test_nothing_sent_has_no_median() -> None:
    assert of_days([]).median_days is None


@pytest.mark.parametrize(("reports", "per_cent"), [(19, None), (20, 50)])
def test_a_share_rests_on_at_least_twenty_reports(reports: int, per_cent: int | None) -> None:
    half = reports // 2
    assert of_days([0] * half + [5] * (reports - half)).per_cent == per_cent


def test_the_last_quarters_begin_with_todays() -> None:
    assert [each.first for each in last_quarters(TODAY)] == [
        date(2026, 1, 1),
        date(2025, 10, 1),
        date(2025, 7, 1),
        date(2025, 4, 1),
    ]


def recorded(at: ReportingCentre, told_on: date, *, sent: datetime) -> None:
    (report,) = received(sent, channel=Channel.CENTRE, centre=at.organisation)
    with worker_scope():
        CentreRecord.objects.create(
            report=report, told_on=told_on, told_how="face_to_face", agreed="spoken", feedback="direct"
        )


@pytest.mark.django_db
def test_a_centre_counts_its_own_reports_by_the_quarter_of_receiving() -> None:
    rooms, other = centre(), centre("harvest", area="blaby")
    recorded(rooms, TODAY, sent=NOW)
    recorded(rooms, TODAY - timedelta(days=20), sent=NOW)
    recorded(rooms, TODAY - timedelta(days=101), sent=NOW - timedelta(days=100))
    recorded(other, TODAY, sent=NOW)
    with counting_scope():
        newest, before, *_ = by_quarter(rooms, today=TODAY)
        year = in_last_year(rooms, today=TODAY)
    assert (newest.reports, newest.timeliness.in_time, newest.is_over) == (2, 1, False)
    assert (before.reports, before.timeliness.in_time, before.is_over) == (1, 1, True)
    assert (year.sent, year.in_time) == (3, 2)


@pytest.mark.django_db
def test_a_report_without_a_day_told_counts_but_says_nothing_of_time() -> None:
    received(NOW, channel=Channel.CENTRE, centre=centre().organisation)
    with counting_scope():
        newest = by_quarter(centre(), today=TODAY)[0]
    assert (newest.reports, newest.timeliness.sent) == (1, 0)
