"""Every page of triage can be used by everybody: what is told on the phone, what is doubtful, what is told twice."""

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import REFERENCE, Visitor
from tests.journeys.walking import CASE, Said, Visit, goes_on, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
TOLD_ON_THE_PHONE: list[Said] = [
    {"Q02": "victim"},
    {"Q06": "threats", "Q07": "He stood in the hall and would not let me by.", "Q08": "race"},
    {"Q11": "not_sure", "Q14": "leicester", "Q13": "home"},
    {"Q16": "self_harm", "Q19": "yes", "Q28": "16_17"},
    {"Q25": "yes"},
    {
        "Q26_name": "Idris",
        "Q26_how": "phone",
        "Q26_phone": "01632 960 044",
        "Q23": "support",
        "Q24": "council",
    },
]


def test_the_pages_of_triage(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    reference = somebody_rings_up(zainab, eyes)
    is_set_aside_and_put_back(zainab, eyes, reference)
    zainab.go("/staff/cases/?list=all&state=in_progress")
    case = links(zainab, CASE)[0]
    joins_and_leaves(zainab, eyes, reference, case)
    for act, button in (("recorded-as", "Save"), ("transfer", "Save, and tell the reporter")):
        zainab.go(f"/staff/cases/{case}/{act}/")
        mistakes(zainab, eyes, f"case-{act}", button)
    eyes.verdict()


def somebody_rings_up(officer: Visitor, eyes: Eyes) -> str:
    """Sheet by sheet until the reference and the code are there to be read out."""
    eyes.look_at("/staff/told/", "/staff/told/phone/b8/")
    officer.go("/staff/told/phone/")
    mistakes(officer, eyes, "told-first")
    goes_on(officer, {"Q01": "no"})
    for number, said in enumerate(TOLD_ON_THE_PHONE, start=2):
        eyes.look(f"told-sheet-{number}")
        goes_on(officer, said)
        if "/n5/" in officer.page.url:
            eyes.look("told-help")
            officer.press(officer.page.get_by_role("button", name="Continue"))
    eyes.look("told-check")
    officer.onwards("Send the report")
    officer.page.locator("#code").wait_for()
    eyes.look("told-sent")
    found = REFERENCE.search(officer.page.locator("main").inner_text())
    assert found
    officer.press(officer.page.get_by_role("button", name="Open and triage it now"))
    eyes.look("waiting-with-danger")
    return found.group()


def is_set_aside_and_put_back(officer: Visitor, eyes: Eyes, reference: str) -> None:
    eyes.look_at("/staff/queue/set-aside/")
    officer.go(f"/staff/queue/{reference}/set-aside/")
    mistakes(officer, eyes, "set-aside", "Set it aside")
    officer.write("Why is it doubtful?", "The same words as yesterday.")
    officer.onwards("Set it aside")
    eyes.look_at("/staff/queue/set-aside/", f"/staff/queue/{reference}/")
    officer.go(f"/staff/queue/{reference}/second-look/")
    mistakes(officer, eyes, "second-look", "Save")
    officer.choose("Put it back in the queue")
    officer.onwards("Save")


def joins_and_leaves(officer: Visitor, eyes: Eyes, reference: str, case: str) -> None:
    officer.go(f"/staff/queue/{reference}/join/?case={case}")
    mistakes(officer, eyes, "join", "Put it into the case")
    officer.write("Why they belong together", "The same hall.")
    officer.onwards("Put it into the case")
    eyes.look_at(f"/staff/cases/{case}/", f"/staff/cases/{case}/reports/")
    officer.go(f"/staff/cases/{case}/reports/{reference}/take-out/")
    mistakes(officer, eyes, "take-out", "Take it out")
    officer.write("Why?", "Another hall.")
    officer.onwards("Take it out")
