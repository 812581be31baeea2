"""A volunteer with somebody beside them: a whole report in eight pages and four minutes, though the line drops."""

import pytest
from playwright.sync_api import expect

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.recording import FIRST_HALF, NOTES, SHEETS, WORDS, Typist
from tests.journeys.walking import Visit, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)

PAGES_AT_MOST, SECONDS_AT_MOST = 8, 240
KEPT_EVERY_MS = 15_000


def test_a_whole_report_is_recorded_in_eight_pages_and_four_minutes_though_the_line_drops(
    visit: Visit,
) -> None:
    asha = visit(1280)
    asha.becomes("volunteer")
    eyes = Eyes(asha.page)
    typist = Typist(asha.page)
    asha.go("/staff/record/")
    mistakes(asha, eyes, "record-danger")
    typist.records(1)
    eyes.look("record-2")
    typist.records(2)
    mistakes(asha, eyes, "record-3")
    asha.page.clock.install()
    typist.says({name: value for name, value in SHEETS[3].items() if name == "Q06"})
    typist.writes("Q07", FIRST_HALF)
    keeps_it_and_says_so(asha)
    the_line_drops_and_comes_back(asha)
    eyes.verdict()
    asha.page.context.close()

    # Somewhere else, after signing in again.
    again = visit(1280)
    again.becomes("volunteer")
    eyes, typist.page = Eyes(again.page), again.page
    again.go("/staff/centre/")
    eyes.look("our-reports-unfinished")
    again.press(again.page.get_by_role("button", name="Go on").first)
    typist.presses += 2
    expect(again.page.locator("[name=Q07]")).to_have_value(FIRST_HALF)
    expect(again.page.locator("input[name=Q06][value=attacked]")).to_be_checked()
    typist.writes("Q07", WORDS.removeprefix(FIRST_HALF))
    typist.says({name: value for name, value in SHEETS[3].items() if name not in ("Q06", "Q07")})
    typist.presses_on("Continue")
    for number in (4, 5, 6, 7):
        eyes.look(f"record-{number}")
        typist.records(number)
    eyes.look("record-check")
    reads_back_all_of_it(again)
    # Help, and a page that nobody has to answer.
    eyes.look_at("/staff/record/n5/", "/staff/record/e2/")
    again.go("/staff/record/z4/")
    typist.presses_on("Send the report")
    assert typist.seen == {f"Page {number} of 8" for number in range(1, PAGES_AT_MOST + 1)}
    assert typist.seconds <= SECONDS_AT_MOST, typist.seconds
    reference, _code = again.reference_and_code()
    eyes.look("record-sent")
    again.go("/staff/centre/")
    assert reference in again.page.locator("main").inner_text()
    looks_round_the_sheets(again, eyes)
    practises_where_somebody_is_in_danger(again, eyes)
    eyes.verdict()


def keeps_it_and_says_so(asha: Visitor) -> None:
    """After a quarter of a minute, which the page's clock is told has passed."""
    asha.page.clock.fast_forward(KEPT_EVERY_MS + 1000)
    expect(asha.page.locator("[data-kept]")).to_contain_text("Kept ")


def the_line_drops_and_comes_back(asha: Visitor) -> None:
    """Nothing typed leaves the page before it is safe."""
    here = asha.page.url
    asha.page.context.set_offline(True)
    asha.page.locator("input[name=Q06][value=attacked]").dispatch_event("input")
    asha.page.get_by_role("button", name="Continue").click()
    expect(asha.page.locator("[data-kept]")).to_contain_text("The line is down")
    assert asha.page.url == here
    asha.page.context.set_offline(False)
    expect(asha.page.locator("[data-kept]")).to_contain_text("Kept ")


def reads_back_all_of_it(asha: Visitor) -> None:
    """What was typed stands there word for word, and nothing that was asked is open but what may be left out."""
    words = asha.page.locator("blockquote.words")
    assert words.inner_text() == WORDS
    notes = asha.page.get_by_role("region", name="What you did").inner_text()
    assert NOTES in notes
    assert WORDS not in notes
    main = asha.page.locator("main").inner_text()
    assert "Risk: Medium" in main
    for said in ("Amina", "07700 900123", "after 5", "Hit, pushed, spat at or attacked", "Leicester"):
        assert said in main
    open_rows = asha.page.locator(".told .govuk-summary-list__row", has_text="Not answered")
    left_out = {row.locator("dt").inner_text() for row in open_rows.all()}
    may_be = {"Postcode, if you know it", "Is there anything we must be careful about?"}
    assert left_out <= may_be


def looks_round_the_sheets(asha: Visitor, eyes: Eyes) -> None:
    """What is seldom come to: danger, paper, throwing away."""
    eyes.look_at("/staff/record/b8/")
    asha.go("/staff/record/paper/")
    eyes.look("record-paper")
    typist = Typist(asha.page)
    typist.says(SHEETS[2])
    for part, number in zip(("day", "month", "year"), ("9", "1", "2026"), strict=True):
        asha.page.locator(f"[name=C01_on-{part}]").fill(number)
    typist.presses_on("Continue")
    asha.go("/staff/centre/")
    asha.press(asha.page.get_by_role("button", name="Throw away").first)
    eyes.look("throw-away")
    asha.onwards("Throw it away")
    assert "The unfinished report is deleted." in asha.page.locator("main").inner_text()


def practises_where_somebody_is_in_danger(asha: Visitor, eyes: Eyes) -> None:
    """A whole practice: the pages of recording are the same, under another band."""
    eyes.look_at("/staff/practice/", "/staff/practice/at_the_door/story/")
    asha.press(asha.page.get_by_role("button", name="Start the practice"))
    eyes.look("practice-danger")
    asha.choose("Yes, someone is in danger or it is still happening")
    asha.onwards()
    eyes.look("practice-emergency")
    asha.onwards("Finish the practice")
    assert "You found 1 of 1 point" in asha.page.locator("main").inner_text()
    eyes.look("practice-finished")
