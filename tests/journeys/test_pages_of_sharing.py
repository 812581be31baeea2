"""Every page of sharing can be used by everybody: proposed by one and decided by another, asked, answered, withdrawn
and stopped, and a case as somebody sees it who was given parts of it."""

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import CASE, Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
TO = "Victim First"
WHY = "To keep a child or an adult at risk safe"


def test_the_pages_of_sharing(visit: Visit) -> None:
    niamh = visit(1280)
    eyes = Eyes(niamh.page)
    niamh.becomes("district-officer")
    reference = proposes(niamh, eyes)
    niamh.becomes("team-manager")
    decides(niamh, eyes, reference)
    asks(niamh, eyes, reference)
    niamh.becomes("support-worker")
    answers(niamh, eyes, reference)
    niamh.becomes("team-manager")
    ends_it(niamh, eyes, reference)
    eyes.verdict()


def proposes(officer: Visitor, eyes: Eyes) -> str:
    """Sharing with somebody whom the person did not choose; gives the case."""
    officer.go("/staff/cases/?list=ours&state=in_progress")
    reference = next(each for each in links(officer, CASE) if may_be_proposed(officer, each))
    mistakes(officer, eyes, "case-share-parts", "Share")
    officer.page.get_by_label("Which organisation?").select_option(label=TO)
    officer.choose(WHY)
    officer.write("Why they need to see it", "Somebody should go with her.")
    officer.onwards("Share")
    eyes.look("case-sharing-waits")
    return reference


def may_be_proposed(officer: Visitor, reference: str) -> bool:
    """Whether nobody has shared it with them, and the person did not choose them; stays on the form."""
    officer.go(f"/staff/cases/{reference}/share/")
    offered = officer.page.get_by_label("Which organisation?")
    return offered.count() == 1 and TO in [
        text.strip() for text in offered.locator("option").all_inner_texts()
    ]


def decides(manager: Visitor, eyes: Eyes, reference: str) -> None:
    manager.go(f"/staff/cases/{reference}/sharing/")
    manager.press(manager.page.get_by_role("link", name=f"Decide about sharing with {TO}"))
    mistakes(manager, eyes, "case-share-decide", "Decide")
    manager.choose("Yes, share it now")
    manager.onwards("Decide")
    eyes.look("case-sharing")


def asks(manager: Visitor, eyes: Eyes, reference: str) -> None:
    manager.go(f"/staff/cases/{reference}/refer/")
    mistakes(manager, eyes, "case-refer", "Ask them")
    manager.choose("Support for the person", WHY)
    manager.page.get_by_label("Which organisation?").select_option(label=TO)
    manager.write("What should they do?", "Please ring her and go with her.")
    manager.onwards("Ask them")
    eyes.look("case-sharing-asked")


def answers(worker: Visitor, eyes: Eyes, reference: str) -> None:
    eyes.look_at("/staff/referrals/")
    worker.press(worker.page.locator(f"main a[href*='/staff/cases/{reference}/referrals/']").first)
    mistakes(worker, eyes, "referral-answer", "Send the answer")
    worker.choose("Yes, we do it")
    worker.onwards("Send the answer")
    eyes.look("case-in-parts")


def ends_it(manager: Visitor, eyes: Eyes, reference: str) -> None:
    for link, button in (("Withdraw it", "Withdraw it"), ("Stop sharing", "Stop sharing")):
        manager.go(f"/staff/cases/{reference}/sharing/")
        manager.press(manager.page.get_by_role("link", name=link).first)
        eyes.look(f"case-{link.split()[0].lower()}")
        manager.onwards(button)
    eyes.look("case-sharing-ended")
