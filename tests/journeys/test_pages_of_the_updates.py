"""Every face of “My updates” can be used by everybody: half typed, saved, refused, and what waits for others."""

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit

pytestmark = pytest.mark.timeout(180, func_only=True)
UPDATES = "/staff/plans/updates/"


def test_the_faces_of_my_updates(visit: Visit) -> None:
    tamsin = visit(1280)
    tamsin.becomes("police-officer")
    eyes = Eyes(tamsin.page)
    tamsin.go(UPDATES)
    tamsin.page.get_by_label("What changed").first.fill("The sergeants have had the briefing.")
    tamsin.page.locator("[data-kept]").first.wait_for()
    eyes.look("updates-half-typed")
    if not tamsin.page.get_by_label("Link to something that shows it").first.is_visible():
        tamsin.page.locator("summary", has_text="Next step").first.click()
    tamsin.page.get_by_label("Link to something that shows it").first.fill("nothing")
    tamsin.page.locator("input[type=file]").first.set_input_files(
        {"name": "briefing.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 a briefing"}
    )
    tamsin.page.get_by_text("briefing.pdf is kept").first.wait_for()
    eyes.look("updates-with-a-file")
    tamsin.onwards("Save for later")
    eyes.look("updates-saved")
    tamsin.press(tamsin.page.locator("button", has_text="Send updates").last)
    assert "the link must be a whole web address" in tamsin.page.locator("main").inner_text()
    eyes.look("updates-wrong-link")
    tamsin.press(tamsin.page.locator("button", has_text="Throw it away").locator("visible=true").first)
    assert tamsin.page.locator("[data-kept]:visible").count() == 0
    eyes.verdict()


def test_what_waits_for_others(visit: Visit) -> None:
    morwenna = visit(1280)
    morwenna.becomes("delivery-chair")
    eyes = Eyes(morwenna.page)
    eyes.look_at(f"{UPDATES}waiting/")
    eyes.verdict()
