"""Every page of the plans and of the Senior Officer Group can be used by everybody."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.walking import Visit, links, mistakes

pytestmark = pytest.mark.timeout(180)


def test_the_pages_of_the_plans(visit: Visit) -> None:
    niamh = visit(1280)
    niamh.becomes("district-officer")
    eyes = Eyes(niamh.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/plans/strategy/")
    niamh.go("/staff/plans/")
    plans = sorted(
        set(links(niamh, re.compile(r"/staff/plans/([a-z]+-?[a-z]*)/$"))) - {"strategy", "updates"}
    )
    assert len(plans) >= 4
    for plan in plans:
        eyes.look_at(f"/staff/plans/{plan}/")
        eyes.look_at(
            f"/staff/plans/{plan}/{links(niamh, re.compile(f'/staff/plans/{plan}/([A-Z0-9]+)/$'))[0]}/"
        )
    niamh.go("/staff/plans/updates/")
    mistakes(niamh, eyes, "updates", "Send updates")
    niamh.page.get_by_label("How much is done").first.fill("640")
    niamh.onwards("Send updates")
    eyes.look("updates-wrong-number")
    eyes.look_at("/staff/plans/nothing-here/")
    eyes.verdict()


def test_the_pages_of_the_senior_officer_group(visit: Visit) -> None:
    eudora = visit(1280)
    eudora.becomes("sog-chair")
    eyes = Eyes(eudora.page)
    eyes.look_at("/staff/", "/staff/plans/", "/staff/sog/", "/staff/sog/report/", "/staff/queue/")
    eyes.verdict()


@pytest.mark.parametrize("persona", ["police-officer", "delivery-chair"])
def test_the_first_pages_of_the_others(visit: Visit, persona: str) -> None:
    somebody = visit(1280)
    somebody.becomes(persona)
    eyes = Eyes(somebody.page)
    eyes.look(f"first-of-{persona}")
    somebody.go("/staff/")
    eyes.look(f"today-of-{persona}")
    eyes.verdict()
