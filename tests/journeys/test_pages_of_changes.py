"""Every page on which plans are changed, written and published can be used by everybody; so can the public's."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(300)
PLAN = "/staff/plans/appendix-c"
REQUEST = re.compile(r"/staff/plans/requests/(\d+)/$")
WAITING = re.compile(r"/staff/plans/requests/(\d+)/decide/$")
STEP = re.compile(r"/milestones/(\d+)/$")


def test_what_the_public_sees_of_plans(visit: Visit) -> None:
    somebody = visit(1280)
    eyes = Eyes(somebody.page)
    eyes.look_at("/plans/", "/plans/appendix-c/", "/plans/appendix-e/")
    somebody.go("/safety/")
    somebody.press(somebody.page.get_by_role("link", name="Our plans"))
    assert somebody.heading() == "What we promised, and how it goes"
    eyes.verdict()


def test_the_pages_of_changes(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at("/staff/plans/requests/")
    waiting, decided = links(morwenna, WAITING)[0], links(morwenna, REQUEST)[0]
    eyes.look_at(f"/staff/plans/requests/{decided}/")
    morwenna.go(f"/staff/plans/requests/{waiting}/decide/")
    mistakes(morwenna, eyes, "decide", "Decide")
    for act, button in (
        ("ask", "Change it"),
        ("close", "Close it"),
        ("milestones/add", "Save"),
    ):
        morwenna.go(f"{PLAN}/C4/{act}/")
        mistakes(morwenna, eyes, f"action-{act.replace('/', '-')}", button)
    morwenna.go(f"{PLAN}/C3/")
    eyes.look_at(f"{PLAN}/C3/edit/", f"{PLAN}/C3/measure/", f"{PLAN}/C3/roll/", f"{PLAN}/C3/reopen/")
    morwenna.go(f"{PLAN}/C3/")
    eyes.look_at(f"{PLAN}/C3/milestones/{links(morwenna, STEP)[0]}/")
    eyes.verdict()


def test_the_pages_of_writing_a_plan_and_of_publishing_it(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    morwenna.go("/staff/plans/new/")
    mistakes(morwenna, eyes, "plan-new", "Begin the draft")
    morwenna.go(f"{PLAN}/next/")
    mistakes(morwenna, eyes, "plan-next", "Build the draft")
    eyes.look_at(f"{PLAN}/owner/", f"{PLAN}/publish/")
    morwenna.onwards("Look at it first")
    eyes.look("plan-publish-preview")
    draft = "/staff/plans/communication-next"
    eyes.look_at(f"{draft}/", f"{draft}/start/")
    for act, button in (("priorities", "Add it"), ("add", "Go on to its measure")):
        morwenna.go(f"{draft}/{act}/")
        mistakes(morwenna, eyes, f"plan-{act}", button)
    eyes.verdict()


def test_whoever_asked_takes_it_back(visit: Visit) -> None:
    callum = visit(1280)
    callum.becomes("police-officer")
    eyes = Eyes(callum.page)
    eyes.look_at("/staff/plans/requests/")
    asked = links(callum, REQUEST)[0]
    eyes.look_at(f"/staff/plans/requests/{asked}/", f"/staff/plans/requests/{asked}/take-back/")
    eyes.verdict()
