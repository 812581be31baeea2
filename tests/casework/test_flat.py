"""Lists stay quick however many reports there are: every arm of the row policies can be looked up in an index."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.db.models import QuerySet

from casework.models import Case
from casework.queue import waiting_for
from casework.tasklist import tasks_for
from casework.worklist import cases_for
from reporting.models import Report
from scope.context import staff_scope
from tests.people import NOW, ngozi

pytestmark = pytest.mark.django_db

LISTS: list[Callable[[], QuerySet]] = [
    lambda: waiting_for(ngozi()),
    lambda: Report.objects.visible_to(ngozi()),
    lambda: Case.objects.visible_to(ngozi()).not_closed(),
    lambda: cases_for(ngozi(), "all", now=NOW),
    lambda: cases_for(ngozi(), "due", now=NOW),
    lambda: cases_for(ngozi(), "unread", now=NOW),
    lambda: cases_for(ngozi(), "unassigned", now=NOW),
    lambda: cases_for(ngozi(), "ours", now=NOW, clock="late"),
    lambda: tasks_for(ngozi(), "ours", today=NOW.date(), due="late"),
]


def plan(rows: QuerySet) -> str:
    """The plan of a database that reads a whole table only where it has no other way."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain()


@pytest.mark.parametrize("rows", LISTS)
def test_a_list_of_an_organisation_never_reads_the_whole_table(rows: Callable[[], QuerySet]) -> None:
    with staff_scope(ngozi().organisation_id or 0):
        found = plan(rows())
    assert "Index" in found
    assert "Seq Scan" not in found


def test_a_list_by_clock_is_read_in_the_order_of_its_index() -> None:
    """Of a million the first page is the first entries of the index; nothing is sorted."""
    with staff_scope(ngozi().organisation_id or 0), connection.cursor() as cursor:
        for switch in ("seqscan", "bitmapscan", "sort"):
            cursor.execute(f"SET LOCAL enable_{switch} = off")
        found = cases_for(ngozi(), "all", now=NOW)[:25].explain()
    assert "Index Scan using case_next_due" in found, found
    assert "Sort" not in found
