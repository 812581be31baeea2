"""A busy centre, all behind one address: thirty reports in an hour are thirty reports."""

import pytest
from django.test import Client

from reporting.models import Report
from scope.context import worker_scope
from tests.people import asha, client_for
from tests.reporting.test_centre import AT, TOLD_TO_ASHA
from tests.reporting.walking import CHECK, DANGER, SENT, given, telling, url, walk

pytestmark = [
    pytest.mark.slow,
    pytest.mark.django_db,
    pytest.mark.usefixtures("partnership"),
    pytest.mark.timeout(240),
]
ONE_ADDRESS = "192.0.2.44"
AN_HOURS_REPORTS = 30


def test_thirty_reports_an_hour_recorded_at_one_centre_are_accepted() -> None:
    volunteer = client_for(asha())
    volunteer.defaults["REMOTE_ADDR"] = ONE_ADDRESS
    references = set()
    for _ in range(AN_HOURS_REPORTS):
        assert volunteer.post(url(DANGER, at=AT), {"Q01": "no"}).status_code == 302
        assert walk(volunteer, TOLD_TO_ASHA, at=AT) == url(CHECK, at=AT)
        assert volunteer.post(url(CHECK, at=AT))["Location"] == url(SENT, at=AT)
        references.add(given(volunteer.get(url(SENT, at=AT))).reference)
    assert len(references) == AN_HOURS_REPORTS


def test_thirty_reports_an_hour_of_visitors_to_one_centre_are_accepted() -> None:
    """Thirty people, one after the other, on the centre's own computer and line."""
    for _ in range(AN_HOURS_REPORTS):
        visitor = Client(REMOTE_ADDR=ONE_ADDRESS)
        visitor.post(url(DANGER), {"Q01": "no"})
        assert walk(visitor, telling()) == url(CHECK)
        assert visitor.post(url(CHECK))["Location"] == url(SENT)
    with worker_scope():
        assert Report.objects.count() == AN_HOURS_REPORTS
