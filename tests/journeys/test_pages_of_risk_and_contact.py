"""Every page of risk, of contact, and of a message to begin with can be used by everybody."""

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import CASE, Visit, links, mistakes, says

pytestmark = pytest.mark.timeout(120, func_only=True)
MEDIUM = {
    "R1": "two_or_three",
    "R2": "maybe",
    "R3": "minor_injury",
    "R4": "daily",
    **{f"R{number}": "not_known" for number in range(5, 11)},
}


def test_the_pages_of_risk_and_contact(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    zainab.go("/staff/cases/?list=all&state=in_progress")
    reference = links(zainab, CASE)[0]
    looks_at_risk(zainab, eyes, f"/staff/cases/{reference}")
    looks_at_contact(zainab, eyes, f"/staff/cases/{reference}")
    begins_a_message(zainab, eyes, f"/staff/cases/{reference}")
    eyes.verdict()


def looks_at_risk(officer: Visitor, eyes: Eyes, case: str) -> None:
    """Nothing answered, answered wrongly, answered and judged, read again, and looked at again."""
    eyes.look_at(f"{case}/risk/")
    officer.go(f"{case}/risk/assess/")
    eyes.look("case-risk-questions")
    says(officer.page, {**MEDIUM, "judged": "high", "reason": ""})
    officer.onwards("Keep these answers")
    eyes.look("case-risk-questions-wrong")
    says(officer.page, {"reason": "He has a key to the house."})
    officer.onwards("Keep these answers")
    eyes.look("case-risk-high")
    officer.page.get_by_role("link", name="read the answers").first.click()
    eyes.look("case-risk-answers")
    officer.go(f"{case}/risk/again/")
    mistakes(officer, eyes, "case-risk-again", "Write it down")


def looks_at_contact(officer: Visitor, eyes: Eyes, case: str) -> None:
    """No attempt, a wrong one, one that the plan does not allow, and three of them."""
    eyes.look_at(f"{case}/contacts/")
    officer.go(f"{case}/contacts/log/")
    says(officer.page, {"way": "letter", "outcome": "no_answer"})
    mistakes(officer, eyes, "case-contact", "Write it down")
    for attempt in range(3):
        officer.go(f"{case}/contacts/log/")
        says(officer.page, {"way": "in_person", "outcome": "no_answer", "words": "Nobody was there."})
        officer.onwards("Write it down")
        if not attempt:
            eyes.look("case-contact-asked-back")
        says(officer.page, {"happened_so": "on"})
        officer.onwards("Write it down")
    eyes.look("case-contact-not-reached")


def begins_a_message(officer: Visitor, eyes: Eyes, case: str) -> None:
    """A message with its blanks, and what is said while one is left."""
    officer.go(f"{case}/tell/")
    says(officer.page, {"template": "tried_to_ring"})
    officer.onwards("Put it in the box")
    mistakes(officer, eyes, "case-tell-begun", "Send to their page")
