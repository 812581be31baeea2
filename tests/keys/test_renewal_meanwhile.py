"""Reports are encrypted anew under fresh data keys while others read and write them, on connections of their own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, connections

from llr_hate.keys.renewal import renew_all
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests import people
from tests.casework.world import WORDS, told, triaged
from tests.database import empty_all_tables
from tests.key_files import add_to
from tests.keys.test_rotation import quiet
from vault.models import DataKey

NOW = people.NOW


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any, key_file: Path) -> Iterator[Report]:
    """A report that others can see too, on connections of their own; all is removed afterwards."""
    with django_db_blocker.unblock():
        try:
            report = told()
            triaged(report, by=people.ngozi())
            add_to(key_file, "wrap")
            yield report
        finally:
            connections["default"].close()
            empty_all_tables()


@pytest.mark.slow
def test_somebody_in_the_middle_of_reading_reads_to_the_end(committed: Report) -> None:
    ngozi = people.ngozi()
    with staff_scope(ngozi.organisation_id or 0):
        reading = Report.objects.select_related("data_key").get(pk=committed.pk)
        assert reading.unseal("words") == WORDS
        with ThreadPoolExecutor(1) as other:
            assert other.submit(_renewed).result() == 1
        assert Report.objects.get(pk=committed.pk).unseal("words") == WORDS
        # Rows of before the renewal and of after it, each with the key of the other time.
        assert reading.unseal("words") == WORDS
        fresh = Report.objects.get(pk=committed.pk)
        fresh.data_key = reading.data_key
        assert fresh.unseal("words") == WORDS
        reading.data_key = DataKey.objects.get(pk=reading.data_key_id)
        assert reading.unseal("words") == WORDS


@pytest.mark.slow
def test_a_report_that_somebody_is_writing_to_waits_for_the_next_run_and_no_other_does(
    committed: Report, key_file: Path
) -> None:
    told()
    new = add_to(key_file, "wrap")
    with worker_scope():
        Report.objects.select_for_update().get(pk=committed.pk)
        with ThreadPoolExecutor(1) as other:
            assert other.submit(_renewed).result() == 1
        assert not DataKey.objects.filter(report=committed, made_under=new.id).exists()
    assert _renewed() == 1
    assert DataKey.objects.filter(made_under=new.id).count() == 2


def _renewed() -> int:
    try:
        return renew_all(now=NOW, say=quiet)
    finally:
        if not connection.in_atomic_block:
            connection.close()
