"""Every page of a Joint Action Group, and those of a case about looking again, can be used by everybody."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import CASE, Visit, links, mistakes

pytestmark = pytest.mark.timeout(240, func_only=True)
HOME = "/staff/jag/"
ITEM = re.compile(r"/staff/jag/(JAG-[A-Z]{3}-\d{4}-\d{3})/$")
MEETING = re.compile(r"/staff/jag/meetings/(\d+)/$")
DONE = re.compile(r"/staff/jag/JAG-[A-Z]{3}-\d{4}-\d{3}/action/([0-9a-f-]{36})/$")


def test_the_pages_of_a_chair(visit: Visit) -> None:
    odalys = visit(1280)
    odalys.becomes("jag-chair")
    eyes = Eyes(odalys.page)
    eyes.look_at("/staff/", f"{HOME}?show=late&district=rutland", f"{HOME}meetings/")
    odalys.go(f"{HOME}meetings/")
    eyes.look_at(*(f"{HOME}meetings/{meeting}/" for meeting in sorted({*links(odalys, MEETING)})))
    odalys.go(f"{HOME}meetings/plan/")
    mistakes(odalys, eyes, "jag-plan", "Plan it")
    eyes.look_at(f"{HOME}?show=all", HOME)
    item = links(odalys, ITEM)[0]
    odalys.go(f"{HOME}{item}/action/")
    mistakes(odalys, eyes, "jag-action", "Add it")
    give_something_to_do(odalys, eyes, item)
    odalys.go(f"{HOME}{item}/decide/")
    mistakes(odalys, eyes, "jag-decide", "Decide")
    odalys.choose("Agree a support plan with the person")
    odalys.write("Why", "Somebody rings every week.")
    odalys.onwards("Decide")
    eyes.look("jag-decided")
    eyes.verdict()


def give_something_to_do(odalys: Visitor, eyes: Eyes, item: str) -> None:
    """Charnwood is to do something about an item, and it is done."""
    odalys.go(f"{HOME}{item}/action/")
    odalys.write("What is to be done?", "Ring once a week.")
    odalys.page.get_by_label("Which organisation does it?").select_option(label="Charnwood Borough Council")
    for part, typed in (("day", "1"), ("month", "6"), ("year", "2099")):
        odalys.page.locator(f"input[name=due_on-{part}]").fill(typed)
    odalys.onwards("Add it")
    eyes.look("jag-item")
    odalys.go(f"{HOME}{item}/action/{links(odalys, DONE)[-1]}/")
    mistakes(odalys, eyes, "jag-done", "It is done")


def test_what_an_officer_sees_of_it(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    niamh.go(f"{HOME}meetings/")
    eyes.look_at(*(f"{HOME}meetings/{meeting}/names/" for meeting in sorted({*links(niamh, MEETING)})))
    niamh.go(f"{HOME}?show=all")
    eyes.look_at(f"{HOME}{links(niamh, ITEM)[-1]}/")
    niamh.go("/staff/cases/?list=all")
    case = f"/staff/cases/{links(niamh, CASE)[-1]}/"
    eyes.look_at(f"{case}case-review/")
    for act in ("ask", "accept", "finish", "appeal", "answer"):
        niamh.go(f"{case}case-review/{act}/")
        mistakes(niamh, eyes, f"case-review-{act}", "Write it down")
    niamh.go(f"{case}same-place/")
    mistakes(niamh, eyes, "same-place", "Write it on both cases")
    eyes.verdict()
