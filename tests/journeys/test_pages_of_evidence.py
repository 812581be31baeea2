"""Photos and films, from the phone that took them to the officer's screen, with scripts and without."""

import pytest
from playwright.sync_api import FilePayload

from tests import sent_files
from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.recording import Typist
from tests.journeys.walking import Visit, mistakes

pytestmark = pytest.mark.timeout(300, func_only=True)

PHOTO: FilePayload = {"name": "IMG_0012.jpg", "mimeType": "image/jpeg", "buffer": sent_files.jpeg()}
SCREEN: FilePayload = {"name": "screen.png", "mimeType": "image/png", "buffer": sent_files.png()}
FILM: FilePayload = {"name": "film.mp4", "mimeType": "video/mp4", "buffer": sent_files.video(3_000_000)}
PAGE: FilePayload = {"name": "page.svg", "mimeType": "image/svg+xml", "buffer": sent_files.SVG}


def chooses(visitor: Visitor, *files: FilePayload) -> None:
    visitor.page.locator("input[type=file]").set_input_files(list(files))


def says(visitor: Visitor) -> str:
    return visitor.page.locator("main").inner_text()


def opens_when_checked(officer: Visitor, reference: str, title: str) -> None:
    """Follows the link to a file; the worker has it looked at as soon as it can."""
    link = officer.page.get_by_role("link", name=title, exact=True)
    for _ in range(100):
        officer.go(f"/staff/queue/{reference}/")
        if link.count():
            officer.press(link)
            return
        officer.page.wait_for_timeout(300)
    pytest.fail(f"{title} was not checked: {says(officer)}")


def test_photos_go_from_a_phone_without_scripts_to_the_officer(visit: Visit) -> None:
    amina = visit(scripts=False)
    amina.answers_until_check()
    amina.go("/p/l3/")
    amina.page.locator("input[name=Q21][value=yes]").check()
    amina.onwards()
    assert amina.page.url.endswith("/p/w7/")
    amina.onwards("Add these files")
    assert "Choose a file first" in says(amina)
    chooses(amina, PHOTO, PAGE, FILM)
    amina.onwards("Add these files")
    assert "“page.svg” did not go through." in says(amina)
    assert "The other files are added." in says(amina)
    amina.onwards("Remove film.mp4")
    assert "The file is removed." in says(amina)
    assert "film.mp4" not in says(amina)
    amina.onwards("Continue")
    amina.onwards("Send my report")
    reference, code = amina.reference_and_code()
    comes_back_with_a_film(visit, reference, code)
    looks_at_them(visit, reference)


def comes_back_with_a_film(visit: Visit, reference: str, code: str) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    amina.go("/back/w7/")
    assert "IMG_0012.jpg" in says(amina)
    chooses(amina, FILM)
    amina.onwards("Add these files")
    assert "film.mp4" in says(amina)
    eyes.look("back-evidence")
    eyes.verdict()


def looks_at_them(visit: Visit, reference: str) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    opens_when_checked(zainab, reference, "Photo 1")
    shown = zainab.page.locator(".evidence-picture img")
    shown.scroll_into_view_if_needed()
    zainab.page.wait_for_function("document.querySelector('.evidence-picture img').naturalWidth === 640")
    eyes.look("staff-photo")
    zainab.onwards("Open the file as it came")
    mistakes(zainab, eyes, "staff-original", "Save the file")
    zainab.page.get_by_label("The copy does not show enough").check()
    with zainab.page.expect_download() as download:
        zainab.page.get_by_role("button", name="Save the file").click()
    assert download.value.suggested_filename == f"{reference}-photo-1.jpg"
    assert download.value.path().read_bytes() == sent_files.jpeg()
    eyes.look_at(f"/staff/queue/{reference}/")
    eyes.verdict()


def test_a_script_sends_one_file_after_the_other_and_names_what_failed(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.answers_until_check()
    amina.go("/p/w7/")
    mistakes(amina, eyes, "evidence", "Add these files")
    chooses(amina, PHOTO, PAGE, SCREEN)
    amina.page.get_by_role("button", name="Add these files").click()
    said = amina.page.get_by_role("alert").filter(has_text="page.svg")
    said.wait_for()
    eyes.look("evidence-script-failed")
    amina.press(said.get_by_role("link", name="See what you have added"))
    assert "IMG_0012.jpg" in says(amina)
    assert "screen.png" in says(amina)
    eyes.look("evidence-there")
    eyes.verdict()


def test_a_volunteer_adds_what_somebody_brought(visit: Visit) -> None:
    asha = visit(1280)
    asha.becomes("volunteer")
    eyes = Eyes(asha.page)
    asha.go("/staff/record/")
    Typist(asha.page).records(1, 2)
    asha.go("/staff/record/w7/")
    mistakes(asha, eyes, "record-evidence", "Add these files")
    chooses(asha, PHOTO)
    asha.onwards("Add these files")
    assert "IMG_0012.jpg" in says(asha)
    eyes.look("record-evidence-added")
    eyes.verdict()
