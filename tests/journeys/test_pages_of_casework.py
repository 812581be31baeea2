"""Every page of those who record, read and keep reports can be used by everybody."""

import pytest

from casework.case_pages import CASE_PAGES
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import ACT, CASE, RECORD, WAITING, Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
# Pages of a case that ask nothing have their own walks.
NO_ACTS = {"contact"} | {page.view.partition(":")[2] for page in CASE_PAGES}
# The case itself last: from there its acts are gone through.
PAGES_OF_A_CASE = ("contact/", "who-did-it/", "outcomes/", "")


def test_an_officers_pages(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    eyes.look_at("/staff/", "/staff/cases/find/", "/staff/queue/")
    waiting = links(zainab, WAITING)
    eyes.look_at("/staff/queue/?strand=transgender&district=rutland", "/staff/cases/?list=overdue")
    eyes.look_at(f"/staff/queue/{waiting[0]}/contact/")
    zainab.go(f"/staff/queue/{waiting[0]}/")
    mistakes(zainab, eyes, "waiting-report", "Open and triage")
    seen: set[str] = set()
    for state in ("in_progress", "waiting", "closed", "open"):
        eyes.look_at(f"/staff/cases/?list=all&state={state}")
        for reference in links(zainab, CASE)[:1]:
            eyes.look_at(*(f"/staff/cases/{reference}/{page}" for page in PAGES_OF_A_CASE))
            for act in {"triage", *links(zainab, ACT)} - seen - NO_ACTS:
                looks_at_an_act(zainab, eyes, reference, act)
                seen.add(act)
    assert seen >= {"triage", "assign", "tell", "note", "share", "hold", "resume", "close", "reopen"}, seen
    zainab.go("/staff/cases/?list=all&state=in_progress")
    looks_at_an_act(zainab, eyes, links(zainab, CASE)[0], "support")
    zainab.go("/staff/cases/?list=all&state=in_progress")
    looks_at_two_of_one_person(zainab, eyes, links(zainab, CASE)[:2])
    eyes.look_at("/staff/cases/LLR-2222-2222/")
    eyes.verdict()


def looks_at_two_of_one_person(officer: Visitor, eyes: Eyes, references: list[str]) -> None:
    """The same person written down on two cases, and the page that asks whether they are one."""
    for reference in references:
        officer.go(f"/staff/cases/{reference}/person/")
        for name, typed in {"given": "Amina", "family": "Hussain", "postcode": "LE1 1AB"}.items():
            officer.page.locator(f"input[name={name}]").fill(typed)
        officer.press(officer.page.get_by_role("button", name="Save"))
    eyes.look("case-known-again")
    officer.press(officer.page.get_by_role("link", name=references[0]))
    eyes.look("case-compare")
    officer.press(officer.page.get_by_role("button", name="Write it on both cases"))
    eyes.look("case-compare-wrong")


def looks_at_an_act(officer: Visitor, eyes: Eyes, reference: str, act: str) -> None:
    """The form of one act on a case, and what it says when it is sent empty."""
    officer.go(f"/staff/cases/{reference}/{act}/")
    eyes.look(f"case-{act}")
    for box in officer.page.locator("main form textarea").all():
        box.fill("")
    officer.press(officer.page.locator("main form button[type=submit]").first)
    eyes.look(f"case-{act}-wrong")


def test_the_rights_desks_pages(visit: Visit) -> None:
    delphine = visit(1280)
    delphine.becomes("rights-desk")
    eyes = Eyes(delphine.page)
    eyes.look_at("/staff/", "/staff/records/schedule/", "/staff/records/reviews/", "/staff/records/holds/")
    held = links(delphine, RECORD)[0]
    eyes.look_at(f"/staff/records/{held}/", f"/staff/records/{held}/erase/", "/staff/records/?reference=LLR")
    eyes.look_at("/staff/records/")
    over = links(delphine, RECORD)[-1]
    for act, button in (("hold", "Put the hold on"), ("keep", "Keep it"), ("erase", "Erase it")):
        delphine.go(f"/staff/records/{over}/{act}/")
        mistakes(delphine, eyes, f"record-{act}", button)
    delphine.choose("It was never a report, such as a test")
    delphine.write("Type the reference to erase it", over)
    delphine.onwards("Erase it")
    assert f"{over} is erased" in delphine.page.locator("main").inner_text()
    eyes.look("record-erased")
    eyes.look_at("/staff/records/erased/")
    eyes.verdict()


def test_the_auditors_pages(visit: Visit) -> None:
    osric = visit()
    osric.becomes("auditor")
    eyes = Eyes(osric.page)
    eyes.look_at(
        "/staff/", "/staff/audit/", "/staff/audit/?kind=permission", "/staff/audit/?act=report.erased"
    )
    eyes.look_at("/staff/audit/?since=soon", "/staff/audit/access/")
    osric.go("/staff/audit/export/?kind=permission")
    eyes.look("audit-export")
    osric.onwards("Make the file")
    osric.page.locator(".govuk-error-summary").wait_for()
    eyes.look("audit-export-wrong")
    eyes.verdict()
