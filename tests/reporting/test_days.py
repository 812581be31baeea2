"""Days that a reporter reads are days of London, and working days leave out bank holidays."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from reporting.models import Report
from reporting.views.sent import next_steps
from scope.context import worker_scope
from tests.people import ngozi
from tests.reporting.walking import send

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def test_read_half_an_hour_after_midnight_in_summer_is_read_on_the_new_day(client: Client) -> None:
    send(client)
    with worker_scope():
        report = Report.objects.get()
        report.note_read(ngozi(), now=datetime(2026, 7, 31, 23, 30, tzinfo=UTC))
        assert [read.day for read in report.accesses.all()] == [date(2026, 8, 1)]


def test_what_is_told_before_easter_is_promised_for_the_working_days_after_it() -> None:
    thursday = Report(received_at=datetime(2027, 3, 25, 12, 0, tzinfo=UTC), is_anonymous=True)
    first_read = next_steps(thursday)[0]["by"]
    # Good Friday, the weekend and Easter Monday are between.
    assert first_read == date(2027, 3, 30)
