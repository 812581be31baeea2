"""Bringing in a list of centres, and what a school tells by its link, looked at as everybody must be able to use it."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FilePayload

from documents.grids.packed import PaperKind
from tests.centres.lists import TALLOW, WILLOWMERE, as_xlsx, rows_of
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor

pytestmark = pytest.mark.timeout(180, func_only=True)
Visit = Callable[..., Visitor]
# Both days of the files are past whenever this runs.
NEW = {**WILLOWMERE, "standing": "proposed"}


def test_a_list_is_brought_in_after_a_look(visit: Visit) -> None:
    temperance = visit(1280)
    temperance.becomes("centre-lead")
    eyes = Eyes(temperance.page)
    eyes.look_at("/staff/centres/export/", "/staff/centres/import/")
    temperance.onwards("Look at it")
    eyes.look("centres-import-empty")
    choose(temperance, {**NEW, "name": "Nowhere Rooms", "area": "Narnia"}, {**TALLOW, "phone": "at the desk"})
    temperance.onwards("Look at it")
    assert temperance.page.locator("[aria-labelledby=wrong] tbody th").all_inner_texts() == [
        "D2",
        "G3",
    ]
    eyes.look("centres-import-mistakes")
    choose(temperance, NEW, TALLOW, sparrowgate("01632 960190"))
    temperance.onwards("Look at it")
    eyes.look("centres-import-preview")
    temperance.onwards("Bring the list in")
    assert "The list was brought in" in temperance.page.locator("main").inner_text()
    eyes.look("centres-import-done")
    choose(temperance, NEW, TALLOW)
    temperance.onwards("Look at it")
    assert temperance.heading() == "Nothing to change"
    eyes.look("centres-import-nothing")
    # As it was, for whoever looks next.
    temperance.go("/staff/centres/import/")
    choose(temperance, sparrowgate("01632 960101"))
    temperance.onwards("Look at it")
    temperance.onwards("Bring the list in")
    eyes.verdict()


def sparrowgate(phone: str) -> dict[str, object]:
    return {
        "code": "sparrowgate-rooms",
        "name": "Sparrowgate Neighbourhood Rooms",
        "area": "Leicester",
        "phone": phone,
    }


def choose(visitor: Visitor, *centres: dict[str, object]) -> None:
    kind = PaperKind.XLSX
    paper = FilePayload(name="centres.xlsx", mimeType=kind.media_type, buffer=as_xlsx(rows_of(*centres)))
    visitor.page.locator("input[type=file]").set_input_files(paper)


def test_a_school_tells_by_its_link_and_is_read(visit: Visit) -> None:
    temperance, office = visit(1280), visit(360)
    temperance.becomes("centre-lead")
    eyes, others = Eyes(temperance.page), Eyes(office.page)
    eyes.look_at("/staff/centres/links/")
    temperance.onwards("Make the link")
    eyes.look("links-empty")
    temperance.write("School, college or landlord", "Bramblecote School")
    temperance.choose("School")
    temperance.page.get_by_label("Area").select_option("Melton")
    temperance.onwards("Make the link")
    eyes.look("links-one")
    its_page = temperance.page.url
    tells(office, others, temperance.page.locator("#link").inner_text().strip())
    eyes.look_at("/staff/centres/heard/", "/staff/centres/heard/?area=rutland&kind=damage")
    temperance.go("/staff/centres/heard/")
    temperance.press(temperance.page.locator("table tbody th a").first)
    assert "Stickers on the gate" in temperance.page.locator("main").inner_text()
    eyes.look("heard-one")
    ends_the_link(temperance, eyes, its_page)
    eyes.verdict()


def tells(office: Visitor, eyes: Eyes, link: str) -> None:
    office.go(link)
    eyes.look("tell")
    office.onwards("Send")
    eyes.look("tell-mistakes")
    office.page.get_by_label("When was it?").select_option(index=1)
    office.choose("Leaflets, stickers or symbols", "Race", "Yes", "One of us saw or heard it")
    office.choose("Worried: it could get worse")
    office.write("A few words, if they help (optional)", "Stickers on the gate, Odo Ash saw them")
    office.onwards("Send")
    eyes.look("tell-names")
    office.write("A few words, if they help (optional)", "Stickers on the gate")
    office.onwards("Send")
    assert office.heading() == "Thank you. It has arrived."
    eyes.look("tell-thanks")
    eyes.look_at("/tell/not-a-link/")
    eyes.verdict()


def ends_the_link(temperance: Visitor, eyes: Eyes, its_page: str) -> None:
    eyes.look_at("/staff/centres/links/")
    temperance.go(its_page)
    temperance.onwards("End this link")
    assert "does not work any more" in temperance.page.locator("main").inner_text()
    eyes.look("links-ended")
