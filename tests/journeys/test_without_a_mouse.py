"""Whole acts by Tab, Space, Enter and the arrows alone."""

import pytest

from tests.journeys.keyboard import Keyboard
from tests.journeys.walking import RECORD, Visit, links

pytestmark = pytest.mark.timeout(180)


def test_a_report_is_told_without_a_mouse(visit: Visit) -> None:
    amina = visit()
    keys = Keyboard(amina.page)
    amina.go("/")
    for way in ("Start", "Continue"):
        keys.follow(way)
    for first, wanted in (("Yes, someone is in danger", "No, not now"), ("It happened to me", "")):
        keys.pick(first, wanted)
        keys.follow("Continue")
    keys.tick("Name-calling or insults")
    keys.write("in your own words", "They shouted.")
    keys.follow("Continue")
    keys.tick("Race", "Religion or belief")
    keys.follow("Continue")
    keys.pick("Yes, I know the date", "Not sure")
    keys.follow("Continue")
    keys.pick("Leicester", "Melton")
    keys.write("What kind of place", "Str")
    keys.follow("Continue")
    keys.follow("Continue")
    keys.pick("Yes", "No, stay anonymous")
    keys.follow("Continue")
    keys.tick("Just record it")
    keys.tick("No one with my name on it")
    keys.follow("Continue")
    keys.follow("Send my report")
    assert amina.reference_and_code()


def test_an_update_is_told_without_a_mouse(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    keys = Keyboard(niamh.page)
    keys.follow("My updates") if "/updates/" not in niamh.page.url else None
    keys.tick("No change")
    keys.to("Send updates")
    niamh.page.keyboard.press("Enter")
    niamh.page.get_by_role("heading", name="Recorded: 1 update").wait_for()


def test_a_record_is_kept_longer_without_a_mouse(visit: Visit) -> None:
    delphine = visit(1280)
    delphine.becomes("rights-desk")
    delphine.go("/staff/records/reviews/")
    delphine.go(f"/staff/records/{links(delphine, RECORD)[0]}/")
    keys = Keyboard(delphine.page)
    keys.follow("Keep it longer")
    keys.write("Keep it for how many more years", "3")
    keys.pick("Work with the person or the family goes on")
    keys.to("Keep it")
    delphine.page.keyboard.press("Enter")
    delphine.page.get_by_text("It comes up again then").wait_for()


def test_a_hold_is_lifted_without_a_mouse_and_without_scripts(visit: Visit) -> None:
    delphine = visit(360, scripts=False)
    delphine.becomes("rights-desk")
    delphine.go("/staff/records/holds/")
    held = links(delphine, RECORD)[0]
    delphine.go(f"/staff/records/{held}/")
    keys = Keyboard(delphine.page)
    assert not delphine.page.get_by_role("button", name="Lift the hold").is_visible()
    keys.to("Lift this hold")
    delphine.page.keyboard.press("Enter")
    keys.to("Lift the hold")
    delphine.page.keyboard.press("Enter")
    delphine.page.get_by_role("button", name="Put a legal hold on it").wait_for()
    assert "Legal hold:" not in delphine.page.locator("main").inner_text()
