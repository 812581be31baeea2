"""What somebody tells an officer, on the phone or at the counter: the public's questions, and none of a centre's."""

from typing import Any

import pytest
from django.test import Client

from casework.models import Case
from reporting.journey import route, sheets
from reporting.journey.question import TOLD_AT_A_CENTRE
from reporting.models import CentreRecord, Draft, Report, RiskAssessment
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, WORDS, ZAYNAB
from tests.people import client_for, gwen, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
PHONE = "/staff/told/phone/"


def shown(browser: Client, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def typed(sheet: sheets.Sheet, told: dict[str, Any]) -> dict[str, Any]:
    ids = {question.id for page in sheet.pages for question in page.questions}
    return {name: value for name, value in told.items() if name in ids}


def rings_up(browser: Client, told: dict[str, Any], at: str = PHONE) -> str:
    """All sheets, read back and sent; the page with reference and code."""
    assert browser.post(at, {"Q01": "no"})["Location"] == f"{at}2/"
    for sheet in sheets.ASKED:
        answer = browser.post(f"{at}{sheet.number}/", typed(sheet, told))
        assert answer.status_code == 302, (sheet.number, answer.content.decode()[:2000])
    assert WORDS in shown(browser, f"{at}z4/")
    assert browser.post(f"{at}z4/")["Location"] == f"{at}w2/"
    return shown(browser, f"{at}w2/")


def test_an_officer_asks_in_the_publics_words_and_nothing_that_is_a_centres() -> None:
    answers = {**ZAYNAB, TOLD_AT_A_CENTRE: "phone"}
    asked = [question for page in route.pages_for(answers) for question in page.asked(answers)]
    assert not [question.id for question in asked if question.id[0] in "CR"]
    assert not [sheet.number for sheet in sheets.ASKED if not sheet.shown(answers)]


def test_zaynab_rings_up_and_her_report_waits_with_a_code_that_is_shown_once() -> None:
    officer = ngozi()
    browser = client_for(officer)
    assert "They are on the phone" in shown(browser, "/staff/told/")
    assert "reporting centre or a partner" not in shown(browser, f"{PHONE}2/")
    page = rings_up(browser, ZAYNAB)
    assert "Read the reference and the code to them" in page
    with worker_scope():
        report = Report.objects.get()
        assert (report.channel, report.centre, report.recorded_by) == ("phone", None, officer)
        assert (report.reporter_role, Draft.objects.count()) == ("victim", 0)
        assert CentreRecord.objects.count() == RiskAssessment.objects.count() == 0
        assert report.unseal("words") == WORDS
    assert report.reference in page
    assert f'/staff/queue/{report.reference}/"' in page
    assert "By phone" in shown(browser, f"/staff/queue/{report.reference}/")
    with staff_scope(officer.organisation_id or 0):
        assert list(Report.objects.visible_to(officer).waiting()) == [report]
        Case.open_for(report, by=officer, now=report.received_at)


def test_gwen_sees_what_she_wrote_down_though_another_council_reads_it_first() -> None:
    rings_up(client_for(gwen()), ZAYNAB, at="/staff/told/counter/")
    with worker_scope():
        report = Report.objects.get()
    assert report.channel == "counter"
    seen_by = {organisation(code).pk for code in ("charnwood-bc", "leicester-city", "police")}
    assert set(report.visible_to) == seen_by


def test_whom_the_person_bars_does_not_see_it_even_where_they_wrote_it_down() -> None:
    browser = client_for(tomasz())
    page = rings_up(browser, ZAYNAB | BARS_THE_POLICE)
    with worker_scope():
        report = Report.objects.get()
    assert report.reference in page
    assert organisation("police").pk not in report.visible_to
    assert browser.get(f"/staff/queue/{report.reference}/").status_code == 404


def test_what_one_officer_began_no_other_goes_on_with() -> None:
    browser, other = client_for(ngozi()), client_for(gwen())
    browser.post(PHONE, {"Q01": "no"})
    browser.post(f"{PHONE}2/", {"Q02": "victim"})
    other.cookies["llr_told"] = browser.cookies["llr_told"].value
    assert other.get(f"{PHONE}3/").status_code == 410
    assert browser.get("/staff/told/letter/").status_code == 404
