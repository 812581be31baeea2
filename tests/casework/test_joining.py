"""The same thing told twice: suggested by signs, joined to a case and taken out again."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from casework.duplicates import MayBelong, leave_signs, may_belong_with
from casework.joining import CannotJoin, CannotTakeOut, join, take_out
from casework.models import Case, CaseReport, ReportSigns
from casework.models.case import ActNotAllowed
from casework.sharing import BarredFromReport
from partners.models import User
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, anonymously, opened, told, triaged
from tests.people import NOW, client_for, gwen, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)
OTHER_PHONE = {"Q26_name": "Bilal", "Q26_phone": "01632 960 099"}
NUMBER = {"Q22": "yes_number", "Q22_number": "26*123 456"}
WHY = "The same evening, the same window."


def found_by(report: Report, who: Callable[[], User] = ngozi) -> list[MayBelong]:
    with staff_scope(who().organisation_id or 0):
        return may_belong_with(Report.objects.select_related("data_key").get(pk=report.pk), asked_by=who())


def test_the_same_number_or_police_reference_is_suggested_where_it_may_be_seen() -> None:
    first = told()
    opened(first, by=ngozi())
    numbered = told(**OTHER_PHONE, **NUMBER)
    elsewhere = told(Q14="leicester", Q24=["no_one"])
    for report, who in ((first, ngozi), (numbered, ngozi), (elsewhere, gwen)):
        found_by(report, who)
    again = told(Q26_name="Zaynab Karim", Q26_phone="+44 1632 960014")
    assert found_by(again) == [
        MayBelong(first.reference, first.reference, "the same telephone number and first name", is_sure=True)
    ]
    assert found_by(told(**anonymously(), Q22="yes_number", Q22_number="26 123456")) == [
        MayBelong(numbered.reference, "", "the same police reference", is_sure=True)
    ]
    assert found_by(told(**OTHER_PHONE | {"Q26_name": "Carl"})) == []


def test_only_digests_are_kept_and_what_leaves_none_leaves_no_row() -> None:
    report = told()
    with staff_scope(ngozi().organisation_id or 0):
        leave_signs(report)
        leave_signs(report)
        assert ReportSigns.objects.count() == 0  # nobody lists them
    with worker_scope():
        row = ReportSigns.objects.get()
        assert all(len(digest) == 64 for digest in row.digests)


def test_a_report_joins_a_case_counts_as_its_own_and_is_taken_out_again() -> None:
    officer = ngozi()
    case, report = triaged(told(), by=officer), told(**OTHER_PHONE)
    with staff_scope(officer.organisation_id or 0):
        join(case, report, note=WHY, by=officer, now=LATER)
        case = Case.objects.get()
        assert [each.reference for each in case.reports] == [case.reference, report.reference]
        assert list(Report.objects.visible_to(officer).waiting()) == []
        assert case.events.last().unseal("note") == WHY
        with pytest.raises(CannotJoin, match="already opened"):
            join(case, report, note=WHY, by=officer, now=LATER)
        with pytest.raises(CannotTakeOut, match="began with"):
            take_out(case, case.reports[0], note=WHY, by=officer, now=LATER)
        take_out(case, report, note="Another window.", by=officer, now=LATER)
        assert list(Report.objects.visible_to(officer).waiting()) == [report]
        assert [event.act for event in case.events.all()][-2:] == ["join", "take_out"]


def test_who_sees_one_of_the_reports_sees_the_case_and_not_the_other_report() -> None:
    officer, police = ngozi(), tomasz()
    case, report = triaged(told(Q24=["council"]), by=officer), told(**OTHER_PHONE)
    with staff_scope(police.organisation_id or 0):
        assert not Case.objects.exists()
    with staff_scope(officer.organisation_id or 0):
        join(case, report, note=WHY, by=officer, now=LATER)
    with staff_scope(police.organisation_id or 0):
        case = Case.objects.get()
        assert [each.reference for each in case.reports] == [report.reference]
        # What officers say on the case is for everybody who sees the case, whichever of its reports they see.
        assert [event.unseal("note") for event in case.events.all()][-1] == WHY
        case.note("We know the window.", by=police, now=LATER)
    with staff_scope(officer.organisation_id or 0):
        assert Case.objects.get().events.last().unseal("note") == "We know the window."
        take_out(Case.objects.get(), report, note=WHY, by=officer, now=LATER)
    with staff_scope(police.organisation_id or 0):
        assert not Case.objects.exists()
        assert list(Report.objects.visible_to(police).waiting()) == [report]


def test_who_leads_sees_what_joins_and_no_longer_once_it_is_taken_out() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer, lead=organisation("police"))
    report = told(**OTHER_PHONE, Q24=["council"])
    with staff_scope(officer.organisation_id or 0):
        join(case, report, note=WHY, by=officer, now=LATER)
    with staff_scope(tomasz().organisation_id or 0):
        assert Report.objects.visible_to(tomasz()).filter(pk=report.pk).exists()
    with staff_scope(officer.organisation_id or 0):
        take_out(Case.objects.get(), report, note=WHY, by=officer, now=LATER)
    with staff_scope(tomasz().organisation_id or 0):
        assert not Report.objects.filter(pk=report.pk).exists()


def test_a_report_that_bars_who_leads_the_case_does_not_join_it() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer, lead=organisation("police"))
    report = told(**BARS_THE_POLICE)
    with staff_scope(officer.organisation_id or 0):
        with pytest.raises(BarredFromReport, match="Open a case of its own"):
            join(case, report, note=WHY, by=officer, now=LATER)
        assert CaseReport.objects.count() == 1


def test_nobody_joins_what_they_do_not_see_and_nothing_joins_a_closed_case() -> None:
    officer = ngozi()
    case, foreign = triaged(told(), by=officer), told(Q14="leicester", Q24=["no_one"])
    with staff_scope(officer.organisation_id or 0):
        with pytest.raises(Report.DoesNotExist):
            join(case, foreign, note=WHY, by=officer, now=LATER)
        Case.objects.update(state="closed", closed_at=LATER)
        with pytest.raises(ActNotAllowed):
            join(case, told(), note=WHY, by=officer, now=LATER)


def test_the_pages_say_who_will_see_what_before_it_is_done() -> None:
    officer = ngozi()
    case, report = triaged(told(Q24=["council"]), by=officer), told(**OTHER_PHONE)
    browser, page = client_for(officer), f"/staff/queue/{report.reference}/join/"
    shown = browser.get(f"{page}?case={case.reference}").content.decode()
    assert "Leicestershire Police will see case" in shown
    answer = browser.post(page, {"case": "LLR-2222-2222", "note": WHY})
    assert "There is no open case with this reference" in answer.content.decode()
    sent = {"case": case.reference.lower(), "note": WHY}
    assert "press the button again" in browser.post(page, sent).content.decode()
    assert browser.post(page, sent | {"shown": case.reference}).status_code == 302
    reports = f"/staff/cases/{case.reference}/reports/"
    assert report.reference in browser.get(reports).content.decode()
    away = f"{reports}{report.reference}/take-out/"
    assert browser.get(f"{reports}{case.reference}/take-out/").status_code == 404
    assert browser.post(away, {"text": "Another window."}).status_code == 302
    assert report.reference in browser.get("/staff/queue/").content.decode()
