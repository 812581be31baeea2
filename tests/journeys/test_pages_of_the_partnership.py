"""Every page on which the partnership's own data is kept can be used by everybody."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)


def test_the_pages_of_the_partnership(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    home = "/staff/partnership/"
    eyes.look_at(home, f"{home}organisations/", f"{home}areas/", f"{home}agreements/", f"{home}standards/")
    for adding in ("organisations", "csps", "agreements"):
        idris.go(f"{home}{adding}/add/")
        mistakes(idris, eyes, f"{adding}-add", "Add it")
    idris.go(f"{home}csps/melton/merge/")
    mistakes(idris, eyes, "csp-merge", "Merge")
    idris.go(f"{home}agreements/")
    agreement = links(idris, re.compile(r"/agreements/(\d+)/$"))[0]
    for record in (
        "organisations/lpt",
        "organisations/lcc",
        "areas/blaby",
        "csps/melton",
        f"agreements/{agreement}",
    ):
        eyes.look_at(f"{home}{record}/")
    idris.go(f"{home}areas/blaby/")
    idris.write("Name", "")
    mistakes(idris, eyes, "area", "Save")
    eyes.look_at(f"{home}bank-holidays/?year=2022", f"{home}bank-holidays/?year=2031")
    mistakes(idris, eyes, "bank-holiday", "Add the day")
    idris.go(f"{home}standards/update/")
    idris.write("How many working days", "12")
    mistakes(idris, eyes, "standard", "See what it changes")
    eyes.verdict()


def test_the_words_in_another_language_are_checked(visit: Visit) -> None:
    marisol = visit(1280)
    marisol.becomes("translator")
    eyes = Eyes(marisol.page)
    home = "/staff/translations/"
    eyes.look_at(home, f"{home}ar/")
    marisol.page.locator("summary").first.click()
    marisol.press(marisol.page.get_by_role("button", name="Send better words").first)
    eyes.look("phrases-wrong")
    marisol.press(marisol.page.get_by_role("button", name="These words are right").first)
    marisol.page.get_by_text("You said that these words are right.").first.wait_for()
    eyes.verdict()


def test_words_are_reworded_previewed_and_published(visit: Visit) -> None:
    idris = visit(1280)
    idris.becomes("administrator")
    eyes = Eyes(idris.page)
    home = "/staff/partnership/wording/"
    eyes.look_at(home, f"{home}status/history/")
    for code, field in (
        ("sharing", "intro"),
        ("contacts", "contacts__999__how"),
        ("messages", "email__heading"),
        ("status", "page__private"),
    ):
        idris.go(f"{home}{code}/")
        idris.page.locator(f"[name={field}]").fill("")
        mistakes(idris, eyes, f"wording-{code}", "See it as the public will")
    idris.page.locator("[name=page__private]").fill("Close this page when you leave the computer.")
    idris.onwards("See it as the public will")
    frame = idris.page.frame_locator("iframe").first
    frame.get_by_text("Close this page when you leave the computer.").wait_for()
    mistakes(idris, eyes, "wording-preview", "Publish it")
    idris.write("Why is it changed?", "Shorter")
    idris.onwards("Publish it")
    idris.page.get_by_text("The public reads it within 15 seconds").wait_for()
    eyes.look("wording-history")
    idris.onwards("Bring back version 1")
    idris.page.get_by_text("The words of version 1 count again").wait_for()
    eyes.verdict()
