"""One report travels the whole house, from a phone to the Senior Officer Group."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.people import WORDS, Visitor

Visit = Callable[..., Visitor]
PLAN_OF = {"C": "appendix-c", "D": "appendix-d", "E": "appendix-e", "F": "cohesion"}
TOLD_BACK = "Thank you for telling us. I have read it, and I will ring the school about the car."


def reports_this_quarter(chair: Visitor) -> int:
    """The number on the dashboard's first tile."""
    chair.go("/staff/sog/")
    return int(chair.page.locator(".documents-key-figure__value").first.inner_text().replace(",", ""))


def triages(officer: Visitor) -> None:
    officer.page.locator("input[name=urgency][value=medium]").check()
    officer.page.locator("input[name=recorded_as][value=asb]").check()
    officer.write("Why", "Looks like the same car as last week. Ask the school about its camera.")
    officer.onwards("Open and triage")


def tells_back(officer: Visitor, reference: str) -> None:
    officer.go(f"/staff/cases/{reference}/tell/")
    officer.page.locator("input[name=status][value=being_looked_at]").check()
    officer.write("Your message", TOLD_BACK)
    officer.onwards("See what they will see")
    assert TOLD_BACK in officer.page.locator("main").inner_text()
    officer.onwards("Send to their page")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_a_report_is_told_triaged_told_back_and_counted(visit: Visit, scripts: bool) -> None:
    chair = visit(1280)
    chair.becomes("sog-chair")
    before = reports_this_quarter(chair)

    amina = visit(360, scripts=scripts)
    reference, code = amina.tells_anonymously()

    officer = visit(1280, scripts=scripts)
    officer.becomes("council-officer")
    officer.go("/staff/queue/")
    officer.press(officer.page.get_by_role("link", name=reference))
    assert WORDS in officer.page.locator("main").inner_text()
    triages(officer)
    assert reference in officer.page.locator("main").inner_text()
    tells_back(officer, reference)

    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    shown = amina.page.locator("main").inner_text()
    assert TOLD_BACK in shown
    assert "Leicester City" in shown

    assert reports_this_quarter(chair) == before + 1


@pytest.mark.timeout(120)
def test_an_update_of_an_officer_moves_the_report_of_the_group(visit: Visit) -> None:
    officer = visit(360)
    officer.arrives_as("district-officer")
    changed = "The last two depots have had the briefing and every screen shows the number."
    owed = re.findall(r"\b[A-F]\d{1,2}\b", officer.page.locator("main").inner_text())
    ref = owed[0]
    officer.page.get_by_label("What changed").first.fill(changed)
    officer.page.get_by_label("How much is done").first.fill("64")
    officer.onwards("Send updates")
    owed = re.findall(r"\b[A-F]\d{1,2}\b", officer.page.locator("main").inner_text())
    ref = owed[0]

    chair = visit(1280)
    chair.becomes("sog-chair")
    chair.go(f"/staff/plans/{PLAN_OF[ref[0]]}/{ref}/")
    assert changed in chair.page.locator("main").inner_text()
    chair.go("/staff/sog/report/")
    assert "64%" in chair.page.locator("main").inner_text()
