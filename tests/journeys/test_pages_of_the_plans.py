"""Every page of the plans and of the Senior Officer Group can be used by everybody."""

import re

import pytest
from django.urls import resolve

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)


def test_the_pages_of_the_plans(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/plans/strategy/")
    niamh.go("/staff/plans/")
    found = set(links(niamh, re.compile(r"/staff/plans/([a-z]+-?[a-z]*)/$")))
    plans = sorted(code for code in found if resolve(f"/staff/plans/{code}/").url_name == "plan")
    assert len(plans) >= 4
    for plan in plans:
        eyes.look_at(f"/staff/plans/{plan}/")
        eyes.look_at(
            f"/staff/plans/{plan}/{links(niamh, re.compile(f'/staff/plans/{plan}/([A-Z0-9]+)/$'))[0]}/"
        )
    niamh.go("/staff/plans/updates/")
    mistakes(niamh, eyes, "updates", "Send updates")
    niamh.page.get_by_label("How much is done").first.fill("640")
    niamh.onwards("Send updates")
    eyes.look("updates-wrong-number")
    eyes.look_at("/staff/plans/nothing-here/")
    eyes.verdict()


def test_the_pages_of_the_senior_officer_group(visit: Visit) -> None:
    eudora = visit(1280)
    eudora.becomes("sog-chair")
    eyes = Eyes(eudora.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/sog/", "/staff/sog/report/", "/staff/queue/")
    eyes.verdict()


@pytest.mark.parametrize("persona", ["police-officer", "delivery-chair"])
def test_the_first_pages_of_the_others(visit: Visit, persona: str) -> None:
    somebody = visit(1280)
    somebody.arrives_as(persona)
    eyes = Eyes(somebody.page)
    eyes.look(f"first-of-{persona}")
    somebody.go("/staff/")
    eyes.look(f"today-of-{persona}")
    eyes.verdict()


def test_the_pages_of_one_action_of_whoever_owns_its_plan(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at(
        "/staff/plans/?behind=1",
        "/staff/plans/?lead=police&rag=green",
        "/staff/plans/appendix-c/?slipped=1",
        "/staff/plans/appendix-c/?rag=not_started",
        "/staff/plans/appendix-c/C3/",
        "/staff/plans/appendix-c/C9/",
        "/staff/plans/appendix-c/C9/history/",
        "/staff/plans/appendix-c/C9/history/?on=2001-01-01",
        "/staff/plans/appendix-c/C9/history/?on=never",
        "/staff/plans/cohesion/F4/",
        "/staff/plans/appendix-e/E10/",
        "/staff/plans/appendix-c/C3/rating/",
        "/staff/plans/appendix-c/C1/rating/",
    )
    morwenna.go("/staff/plans/appendix-c/C6/rating/")
    mistakes(morwenna, eyes, "rating", "Put it beside the rule's")
    eyes.verdict()
