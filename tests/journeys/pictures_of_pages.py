"""The pictures in docs/pictures, taken from the demonstration as people use it, by `scripts/pictures`."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.people import WORDS, Visitor
from tests.journeys.recording import Typist

FOLDER = os.environ.get("LLR_PICTURES", "")
pytestmark = pytest.mark.timeout(300)
PHONE, DESK, TALL = (360, 740), (1280, 900), (1280, 1600)
HEAVIEST = 200 * 1024
Opener = Callable[..., Visitor]


@pytest.fixture
def sees(browser: Browser, portal: str) -> Iterator[Opener]:
    """Opens a browser for one picture-taker: `sees((360, 740))`; a phone's pictures have two dots a pixel."""
    contexts = []

    def open_browser(size: tuple[int, int]) -> Visitor:
        viewport = {"width": size[0], "height": size[1]}
        scale = {PHONE: 2, TALL: 0.75}.get(size, 1)
        contexts.append(
            browser.new_context(viewport=viewport, device_scale_factor=scale, base_url=portal)  # type: ignore[arg-type]
        )
        return Visitor(contexts[-1].new_page())

    yield open_browser
    for context in contexts:
        context.close()


def picture(visitor: Visitor, name: str) -> None:
    path = Path(FOLDER) / f"{name}.png"
    visitor.page.screenshot(path=path, animations="disabled")
    assert path.stat().st_size < HEAVIEST, f"{name} is {path.stat().st_size:,} bytes"


def test_the_report_on_a_phone(sees: Opener) -> None:
    amina = sees(PHONE)
    amina.go("/")
    picture(amina, "phone-start")
    amina.answers_until_check()
    amina.go("/p/m4/")
    picture(amina, "phone-question")
    amina.go("/p/z4/")
    amina.onwards("Send my report")
    amina.reference_and_code()
    picture(amina, "phone-sent")


def test_the_people_to_be(sees: Opener) -> None:
    anybody = sees(DESK)
    anybody.go("/demo/")
    picture(anybody, "personas")


def test_a_centre_records(sees: Opener) -> None:
    asha = sees(DESK)
    asha.becomes("volunteer")
    asha.go("/staff/record/")
    Typist(asha.page).records(1, 2)
    asha.choose("Name-calling or insults", "Threats or intimidation")
    asha.page.locator("textarea[name=Q07]").fill(WORDS)
    asha.page.evaluate("scrollTo(0, 0)")
    picture(asha, "centre-recording")


def test_an_officers_work(sees: Opener) -> None:
    zainab = sees(DESK)
    zainab.becomes("council-officer")
    zainab.go("/staff/queue/")
    picture(zainab, "queue")
    zainab.go("/staff/cases/?list=all&state=in_progress")
    zainab.press(zainab.page.locator("main tbody a").last)
    zainab.page.get_by_role("heading", name="What has happened").wait_for()
    picture(zainab, "case")


def test_the_plans_and_their_updates(sees: Opener) -> None:
    niamh = sees(DESK)
    niamh.becomes("district-officer")
    for name, path in {"my-updates": "updates/", "plan": "appendix-c/", "strategy": "strategy/"}.items():
        niamh.go(f"/staff/plans/{path}")
        picture(niamh, name)


def test_the_senior_officer_groups_dashboard_and_report(sees: Opener, tmp_path: Path) -> None:
    eudora = sees(TALL)
    eudora.becomes("sog-chair")
    eudora.go("/staff/sog/")
    picture(eudora, "dashboard")
    if not shutil.which("pdftoppm"):
        pytest.skip("the picture of the PDF needs pdftoppm")
    report = tmp_path / "report.pdf"
    report.write_bytes(eudora.page.request.get("/staff/sog/report.pdf?quarter=last").body())
    drawn = Path(FOLDER) / "report-first-page"
    subprocess.run(
        ["pdftoppm", "-png", "-r", "80", "-f", "1", "-l", "1", "-singlefile", report, drawn], check=True
    )
    assert drawn.with_suffix(".png").stat().st_size < HEAVIEST
