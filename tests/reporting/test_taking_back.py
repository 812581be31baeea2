"""Taking a permission back ends what it gave, and leaves those who read new reports for the area at their work."""

from uuid import uuid4

import pytest

from reporting.models import Report
from reporting.receiving import receive
from reporting.withdrawing import take_back
from scope.context import worker_scope
from tests.people import NOW, ngozi, tomasz
from tests.reporting.test_receiving import TOLD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def told_with(*recipients: str) -> Report:
    """What happened in Charnwood, shared with those whom the person chose."""
    chosen = {**TOLD, "Q14": "charnwood", "Q24": list(recipients)}
    return receive(chosen, key=uuid4(), now=NOW).report


def test_the_council_that_reads_for_the_area_still_reads_when_it_is_no_longer_chosen() -> None:
    report = told_with("council", "police")
    with worker_scope():
        take_back(report, "council", now=NOW)
        assert report.visible_to == sorted([ngozi().organisation_id, tomasz().organisation_id])
        take_back(report, "police", now=NOW)
        assert report.visible_to == [ngozi().organisation_id]
