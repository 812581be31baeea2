"""A member of staff who is barred from a report finds neither it nor its case, by whatever way of asking; others do."""

import pytest
from django.db import connection
from django.db.utils import DatabaseError

from casework.models import Case
from partners.models import User
from reporting.models import Report
from scope.context import counting_scope, staff_scope, worker_scope
from tests import people
from tests.scope.conftest import Filled

pytestmark = pytest.mark.django_db

OF_IT = (
    "reporting_report WHERE id = %(report)s",
    "casework_case WHERE id = %(case)s",
    "casework_caseevent WHERE case_id = %(case)s",
    "casework_casereport WHERE report_id = %(report)s",
    "casework_person WHERE report_id = %(report)s",
    "reporting_conflictbar WHERE report_id = %(report)s",
    "reporting_reportermessage WHERE report_id = %(report)s",
)


def ewa_of_charnwood() -> User:
    """The one whom Ngozi barred."""
    return people.member("Ewa Lis", people.organisation("charnwood-bc"), "officer")


def count(filled: Filled, rows: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {rows}", {"report": filled.report.pk, "case": filled.case})
        return cursor.fetchone()[0]


def test_raw_sql_finds_nothing_of_it_for_ewa_and_all_of_it_for_ngozi(filled: Filled) -> None:
    ewa, ngozi = ewa_of_charnwood(), filled.own
    assert ewa.organisation_id == ngozi.organisation_id
    with staff_scope(ewa.organisation_id, ewa.pk):
        assert [count(filled, rows) for rows in OF_IT] == [0] * len(OF_IT)
    with staff_scope(ngozi.organisation_id, ngozi.pk):
        assert all(count(filled, rows) for rows in OF_IT)
    with worker_scope():
        assert all(count(filled, rows) for rows in OF_IT)


def test_ewa_changes_nothing_of_it(filled: Filled) -> None:
    ewa = ewa_of_charnwood()
    with staff_scope(ewa.organisation_id, ewa.pk):
        assert Report.objects.filter(pk=filled.report.pk).update(barred_people=None) == 0
        assert Case.objects.filter(pk=filled.case).update(barred_people=None) == 0
    with pytest.raises(DatabaseError), staff_scope(ewa.organisation_id, ewa.pk):
        Case.objects.create(
            reference="LLR-0000-0000",
            opened_at=people.NOW,
            lead_organisation_id=ewa.organisation_id,
            visible_to=[ewa.organisation_id],
            barred_people=[ewa.pk],
        )


def test_a_scope_inside_hers_is_not_hers(filled: Filled) -> None:
    """Figures count what one officer may not see, and her scope comes back afterwards."""
    ewa = ewa_of_charnwood()
    with staff_scope(ewa.organisation_id, ewa.pk):
        with counting_scope():
            assert count(filled, OF_IT[0]) == 1
        assert count(filled, OF_IT[0]) == 0


def test_the_queries_keep_her_out_where_no_policy_would(filled: Filled) -> None:
    ewa, ngozi = ewa_of_charnwood(), filled.own
    with worker_scope():
        for found in (
            Report.objects.visible_to(ewa).filter(pk=filled.report.pk),
            Case.objects.visible_to(ewa).filter(pk=filled.case),
        ):
            assert not found.exists()
        assert Report.objects.visible_to(ngozi).filter(pk=filled.report.pk).exists()
        assert Case.objects.visible_to(ngozi).filter(pk=filled.case).exists()


def test_the_case_opens_again_once_the_bar_is_lifted(filled: Filled) -> None:
    ewa = ewa_of_charnwood()
    with worker_scope():
        filled.report.conflict_bars.update(lifted_at=people.NOW, lifted_by=people.gwen())
        assert Report.objects.get(pk=filled.report.pk).barred_people is None
    with staff_scope(ewa.organisation_id, ewa.pk):
        assert count(filled, OF_IT[0]) == count(filled, OF_IT[1]) == 1


def test_whoever_barred_does_not_lift(filled: Filled) -> None:
    with pytest.raises(DatabaseError), worker_scope():
        filled.report.conflict_bars.update(lifted_at=people.NOW, lifted_by=filled.own)
