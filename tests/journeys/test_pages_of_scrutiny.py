"""Every page of the scrutiny of closed cases, and of asking somebody how we did, can be used by everybody."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
SAMPLE = re.compile(r"(/staff/scrutiny/\d+/)$")
SAMPLED = re.compile(r"(/staff/scrutiny/\d+/\d+/)$")
RETELL = re.compile(r"(/staff/scrutiny/retell/LLR-[A-Z0-9]{4}-[A-Z0-9]{4}/)$")
TO_ASK = re.compile(r"(/staff/(?:our-centre/)?how-we-did/LLR-[A-Z0-9]{4}-[A-Z0-9]{4}/)$")
OFFICERS = ("council-officer", "district-officer", "police-officer")
# Nobody waits for weeks: one case of the city’s, and one person who hears through the café, may be asked by now.
MAY_BE_ASKED = """
from datetime import timedelta
from django.utils import timezone
from casework.models import Case
from reporting.models import CentreRecord, Report, SurveyInvitation
from scope.context import worker_scope
with worker_scope():
    case = Case.objects.filter(
        lead_organisation__code="leicester-city", case_reports__report__is_anonymous=False,
        case_reports__report__erased_at=None,
    ).exclude(case_reports__report__channel="historic").exclude(assigned_to__name="Zainab Fairbrother").first()
    told = CentreRecord.objects.filter(report__centre__code="copperbell-cafe", report__erased_at=None).first()
    CentreRecord.objects.filter(pk=told.pk).update(feedback="centre")
    Report.objects.filter(pk=told.report_id).update(is_anonymous=False)
    for report in (case.reports[0], told.report):
        SurveyInvitation.objects.update_or_create(
            report=report, kind="closed",
            defaults={"due_on": timezone.localdate() - timedelta(days=8), "answered_on": None},
        )
"""


def first(visitor: Visitor, pattern: re.Pattern[str]) -> str:
    return next(iter(links(visitor, pattern)), "")


def test_the_pages_of_scrutiny(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at("/staff/scrutiny/")
    morwenna.go("/staff/scrutiny/draw/")
    mistakes(morwenna, eyes, "scrutiny-draw", "Draw")
    for part, text in (("day", "1"), ("month", "1"), ("year", "2020")):
        morwenna.page.locator(f"[name=closed_from-{part}]").fill(text)
    morwenna.onwards("Draw")
    assert "The cases are drawn." in morwenna.page.locator("main").inner_text()
    eyes.look("scrutiny-drawn")
    eyes.verdict()

    officer = visit(1280)
    seen = Eyes(officer.page)
    for persona in OFFICERS:
        officer.becomes(persona)
        seen.look_at("/staff/scrutiny/retell/")
        if address := first(officer, RETELL):
            officer.go(address)
            mistakes(officer, seen, "scrutiny-retell", "Give it to the panel")
            break
    else:
        raise AssertionError("no officer of the demonstration led a case that was drawn")
    seen.verdict()

    xanthe = visit(1280)
    xanthe.becomes("panel-member")
    eyes = Eyes(xanthe.page)
    xanthe.go("/staff/scrutiny/")
    for sample in links(xanthe, SAMPLE):
        eyes.look_at(sample)
        if address := first(xanthe, SAMPLED):
            xanthe.go(address)
            xanthe.page.locator("textarea[name=done_well]").fill("")
            eyes.look("scrutiny-case")
    assert address, "nothing was retold in the demonstration"
    eyes.verdict()


def test_the_pages_of_asking_how_we_did(visit: Visit, manage: Callable[..., None]) -> None:
    manage("shell", "-c", MAY_BE_ASKED)
    asking = visit(1280)
    eyes = Eyes(asking.page)
    for persona, page in (
        ("council-officer", "/staff/how-we-did/"),
        ("volunteer", "/staff/our-centre/how-we-did/"),
    ):
        asking.becomes(persona)
        eyes.look_at(page)
        address = first(asking, TO_ASK)
        assert address, page
        asking.go(address)
        mistakes(asking, eyes, f"how-we-did-{persona}", "Save what they said")
        asking.onwards("They would rather not say")
        eyes.look(f"how-we-did-nobody-{persona}")
    eyes.verdict()
