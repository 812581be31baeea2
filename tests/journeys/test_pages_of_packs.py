"""Every page of packs and of the police can be used by everybody: made, read by the other side, and answered."""

import pytest

from casework.police_data import ANSWER
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import CASE, Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
WRONG = b'{"schema": "%s", "answers": [{"reference": "LLR-2222-2222", "outcome": "15"}]}' % ANSWER.encode()


def test_the_pages_of_packs_and_of_the_police(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    reference = that_the_police_see(zainab)
    hands_it_over(zainab, eyes, reference)
    pack = makes_a_pack(zainab, eyes, reference)
    zainab.becomes("police-officer")
    eyes.look_at(f"{pack}page/", pack)
    answers_for_many(zainab, eyes)
    zainab.becomes("council-officer")
    withdraws(zainab, eyes, pack)
    eyes.verdict()


def that_the_police_see(officer: Visitor) -> str:
    """A case of the officer's organisation that can be handed to the police."""
    officer.go("/staff/cases/?list=ours&state=in_progress")
    for reference in links(officer, CASE):
        officer.go(f"/staff/cases/{reference}/police/hand-over/")
        if officer.page.get_by_role("button", name="Hand it over").count():
            return reference
    raise AssertionError("the demonstration has no case that the police see")


def hands_it_over(officer: Visitor, eyes: Eyes, reference: str) -> None:
    eyes.look_at(f"/staff/cases/{reference}/police/")
    officer.go(f"/staff/cases/{reference}/police/hand-over/")
    eyes.look("police-hand-over")
    officer.onwards("Hand it over")
    eyes.look("police-handed-over")
    officer.go(f"/staff/cases/{reference}/police/answer/")
    mistakes(officer, eyes, "police-answer", "Save")
    officer.page.get_by_label("Kind of number").select_option("crime")
    officer.page.locator("input[name=number]").fill("26*114")
    officer.onwards("Save")
    eyes.look("police-answered")


def makes_a_pack(officer: Visitor, eyes: Eyes, reference: str) -> str:
    """For the police; gives its address."""
    eyes.look_at(f"/staff/cases/{reference}/packs/")
    officer.go(f"/staff/cases/{reference}/packs/make/")
    mistakes(officer, eyes, "pack-make", "Make the pack")
    officer.page.get_by_label("Police", exact=False).first.check()
    officer.choose("acting on what happened")
    officer.onwards("Make the pack")
    eyes.look("packs-made")
    officer.press(officer.page.get_by_role("link", name=f"{reference}-P").first)
    eyes.look("pack")
    return officer.page.evaluate("location.pathname")


def answers_for_many(officer: Visitor, eyes: Eyes) -> None:
    officer.go("/staff/police-answers/")
    mistakes(officer, eyes, "police-answers", "Take the answers")
    file = {"name": "answers.json", "mimeType": "application/json", "buffer": WRONG}
    officer.page.locator("input[type=file]").set_input_files(files=[file])  # type: ignore[list-item]
    officer.onwards("Take the answers")
    eyes.look("police-answers-refused")


def withdraws(officer: Visitor, eyes: Eyes, pack: str) -> None:
    officer.go(f"{pack}withdraw/")
    eyes.look("pack-withdraw")
    officer.onwards("Withdraw it")
    eyes.look_at(pack, f"{pack}page/")
