"""Every page on which reporting centres are seen and looked after can be used by everybody."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
HOME = "/staff/centres/"


def test_the_pages_of_those_who_look_after_centres(visit: Visit) -> None:
    temperance = visit(1280)
    temperance.becomes("centre-lead")
    eyes = Eyes(temperance.page)
    eyes.look_at(HOME, f"{HOME}?standing=closed", f"{HOME}reach/", f"{HOME}harrowmere-advice/")
    rooms = f"{HOME}copperbell-cafe/"
    temperance.go(f"{rooms}fitness/")
    mistakes(temperance, eyes, "centre-checklist", "Record it")
    temperance.go(f"{rooms}agreement/")
    temperance.page.locator("[name=partner]").select_option("")
    mistakes(temperance, eyes, "centre-agreement", "Record the agreement")
    temperance.go(f"{rooms}champions/")
    mistakes(temperance, eyes, "centre-champions", "Make them a champion")
    temperance.go(f"{rooms}visits/")
    mistakes(temperance, eyes, "centre-visits", "Record the visit")
    temperance.go(f"{rooms}champions/training/")
    mistakes(temperance, eyes, "centre-training", "Record the course")
    eyes.look_at(f"{HOME}training/")
    hall = f"{HOME}two-orchards/"
    temperance.go(hall)
    untold = links(temperance, re.compile(r"/visits/(\d+)/$"))[0]
    temperance.go(f"{hall}visits/{untold}/")
    mistakes(temperance, eyes, "centre-visit", "Tell the centre")
    eyes.verdict()


def test_the_pages_of_how_a_centre_stands_and_what_is_listed_of_it(visit: Visit) -> None:
    temperance = visit(1280)
    temperance.becomes("centre-lead")
    eyes = Eyes(temperance.page)
    temperance.go(f"{HOME}add/")
    mistakes(temperance, eyes, "centre-add", "Propose it")
    rooms = f"{HOME}copperbell-cafe/"
    eyes.look_at(f"{rooms}edit/")
    temperance.go(f"{rooms}verify/")
    mistakes(temperance, eyes, "centre-check", "All of this is true")
    temperance.go(f"{rooms}suspend/")
    mistakes(temperance, eyes, "centre-suspend", "Suspend it")
    temperance.go(f"{rooms}close/")
    mistakes(temperance, eyes, "centre-close", "Close it for good")
    eyes.verdict()


def test_the_pages_on_which_a_centre_keeps_its_listing_true(visit: Visit) -> None:
    ysella = visit(360)
    ysella.becomes("centre-manager")
    eyes = Eyes(ysella.page)
    eyes.look_at("/staff/our-centre/confirm/")
    ysella.go("/staff/our-centre/listing/")
    ysella.write("Opening hours", "")
    mistakes(ysella, eyes, "centre-own-listing", "Save")
    eyes.verdict()
