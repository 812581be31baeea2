"""The first wall on its own: the queries leave out what an organisation may not see, also where the database hides
nothing."""

import pytest

from casework.models import Case, CaseReport
from reporting.models import Report
from scope.context import worker_scope
from tests.casework.world import BARS_THE_POLICE, told, triaged
from tests.people import NOW, gwen, ngozi, tomasz

pytestmark = pytest.mark.django_db


def test_zaynabs_report_and_case_are_charnwoods_and_nobody_elses() -> None:
    report = told(**BARS_THE_POLICE)
    triaged(report, by=ngozi())
    strangers = [gwen(), tomasz()]
    with worker_scope():
        assert [each.pk for each in Report.objects.visible_to(ngozi())] == [report.pk]
        assert [each.reference for each in Case.objects.visible_to(ngozi())] == [report.reference]
        for stranger in strangers:
            assert not Report.objects.visible_to(stranger).exists()
            assert not Case.objects.visible_to(stranger).exists()


def test_a_case_of_two_reports_is_kept_from_whom_one_of_them_bars() -> None:
    shared_with_the_police = told()
    case = triaged(shared_with_the_police, by=ngozi())
    police = tomasz().organisation_id
    with worker_scope():
        case.refresh_from_db()
        assert police in case.visible_to
        kept_from_the_police = told(**BARS_THE_POLICE)
        CaseReport.objects.create(case=case, report=kept_from_the_police, added_at=NOW)
        case.refresh_from_db()
        assert police not in case.visible_to
        assert ngozi().organisation_id in case.visible_to
