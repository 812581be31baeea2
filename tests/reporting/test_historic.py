"""Reports of earlier years come in in bulk, once each."""

from datetime import timedelta
from uuid import uuid4

import pytest

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners.models import Organisation
from reporting.historic import HistoricRow, receive_historic
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.people import NOW, district

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]


def rows(amount: int) -> list[HistoricRow]:
    return [
        HistoricRow(
            received_at=NOW - timedelta(days=400 + number),
            strands=("race",),
            place_kind="street",
            district=district("melton") if number % 2 else None,
            words=f"Told in year one, number {number}.",
            key=uuid4(),
        )
        for number in range(amount)
    ]


def test_each_is_sealed_and_seen_by_those_who_triage_its_area() -> None:
    loaded = receive_historic(rows(4), now=NOW)
    assert len(loaded) == 4
    with staff_scope(Organisation.objects.get(code="melton-bc").pk):
        seen = list(Report.objects.order_by("-received_at"))
        assert [report.unseal("words") for report in seen] == [
            "Told in year one, number 1.",
            "Told in year one, number 3.",
        ]
    with worker_scope():
        assert Report.objects.filter(channel="historic", receipt_code_digest=None).count() == 4
    assert AuditEvent.objects.get(act="reports.loaded").facts == {"reports": 4}
    assert not OutboxEntry.objects.exists()


def test_loading_the_same_rows_again_loads_nothing() -> None:
    same = rows(3)
    assert len(receive_historic(same, now=NOW)) == 3
    assert receive_historic([*same, *rows(1)], now=NOW).__len__() == 1


def test_many_cost_few_statements(django_assert_max_num_queries: object) -> None:
    many = rows(300)
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        receive_historic(many, now=NOW)
