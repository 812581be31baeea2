"""A row that a written-out question finds is the row that the models find."""

import pytest
from django.db import connection, models
from django.utils import timezone

from reporting.models import Draft, Report
from reporting.one_row import columns_of, found, made
from reporting.receiving import received_before
from scope.context import worker_scope
from tests.casework.world import told

pytestmark = pytest.mark.django_db


def everything(row: models.Model) -> dict[str, object]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return {name: bytes(value) if isinstance(value, memoryview) else value for name, value in values.items()}


def test_a_draft_is_found_whole_and_as_itself_alone() -> None:
    today = timezone.localdate()
    Draft.begin({"Q02": "witness"}, today=today)
    draft = Draft.begin({"Q02": "victim"}, today=today)
    again = Draft.belonging_to(None, draft_id=draft.pk)
    assert again is not None
    assert everything(again) == everything(Draft.objects.get(pk=draft.pk))
    assert again.read() == {"Q02": "victim"}


def test_a_draft_that_was_found_can_be_saved() -> None:
    draft = Draft.begin({}, today=timezone.localdate())
    again = Draft.belonging_to(None, draft_id=draft.pk)
    assert again is not None
    again.write({"Q02": "victim"})
    assert Draft.objects.get(pk=draft.pk).read() == {"Q02": "victim"}


def test_a_report_is_found_whole_by_its_code() -> None:
    report = told()
    again = received_before(report.idempotency_key).report
    with worker_scope():
        assert everything(again) == everything(Report.objects.get(pk=report.pk))
    assert again == report
    assert not again._state.adding


def test_nothing_is_made_of_no_row() -> None:
    assert made(Draft, None) is None
    assert found(Draft, "SELECT {columns} FROM reporting_draft WHERE false", []) is None


def test_columns_stand_in_the_order_of_the_model_whatever_order_the_table_has() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns_of(Report)} FROM reporting_report")
        assert [each.name for each in cursor.description] == [
            field.column for field in Report._meta.concrete_fields
        ]
