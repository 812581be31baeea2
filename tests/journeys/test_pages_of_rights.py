"""Every page of conflicts, of who is said to have done it, and of the rights desk can be used by everybody."""

import re

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.walking import CASE, RECORD, WAITING, Visit, links, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)
ENTRY = re.compile(r"(/staff/rights/register/[0-9a-f-]{36}/)$")
LIFT = re.compile(r"(/staff/cases/LLR-[A-Z0-9]{4}-[A-Z0-9]{4}/conflicts/[0-9a-f-]{36}/lift/)$")
PASSAGE = re.compile(r"/staff/rights/[0-9a-f-]+/pack/[0-9a-f-]+/(\d+)/$")


def test_pages_of_conflicts_and_of_who_did_it(visit: Visit) -> None:
    zainab = visit(1280)
    zainab.becomes("council-officer")
    eyes = Eyes(zainab.page)
    zainab.go("/staff/queue/")
    waiting = links(zainab, WAITING)[0]
    zainab.go(f"/staff/queue/{waiting}/conflict/")
    mistakes(zainab, eyes, "report-conflict", "Keep them out")
    zainab.go("/staff/cases/?list=all&state=in_progress")
    references = links(zainab, CASE)
    case = f"/staff/cases/{references[0]}/"
    eyes.look_at(f"{case}conflicts/")
    zainab.go(f"{case}conflicts/new/")
    mistakes(zainab, eyes, "conflict-new", "Keep them out")
    zainab.page.locator("input[name=who][value=person]").check()
    zainab.page.locator("select[name=person]").select_option(index=1)
    zainab.page.locator("textarea[name=reason]").fill("They are cousins.")
    zainab.onwards("Keep them out")
    eyes.look("conflicts")
    looks_at_who_did_it(zainab, eyes, f"{case}who-did-it/")
    looks_at_two_records(zainab, eyes, *references[:2])
    eyes.verdict()


def test_what_one_kept_out_another_lets_in(visit: Visit) -> None:
    niamh, leofric = visit(1280), visit(1280)
    niamh.becomes("district-officer")
    niamh.go("/staff/cases/?list=ours&state=in_progress")
    case = f"/staff/cases/{links(niamh, CASE)[0]}/conflicts/"
    niamh.go(f"{case}new/")
    niamh.page.locator("input[name=who][value=organisation]").check()
    niamh.page.locator("select[name=organisation]").select_option(label="Rutland County Council")
    niamh.page.locator("textarea[name=reason]").fill("It is about one of theirs.")
    niamh.onwards("Keep them out")
    leofric.becomes("team-manager")
    leofric.go(case)
    eyes = Eyes(leofric.page)
    leofric.go(links(leofric, LIFT)[0])
    mistakes(leofric, eyes, "conflict-lift", "Let them see it again")
    eyes.verdict()


def looks_at_who_did_it(zainab: Visitor, eyes: Eyes, address: str) -> None:
    zainab.go(f"{address}new/")
    mistakes(zainab, eyes, "suspect-new", "Write it down")
    writes_ray_down(zainab)
    zainab.go(address)
    if zainab.page.get_by_role("button", name="Open it").count():
        mistakes(zainab, eyes, "suspect-why", "Open it")
        zainab.page.locator("input[value=safeguarding]").check()
        zainab.onwards("Open it")
    eyes.look("suspect")
    keep = zainab.page.get_by_role("link", name="Say why it stays").first.get_attribute("href") or ""
    zainab.go(keep)
    mistakes(zainab, eyes, "suspect-keep", "Keep it")
    eyes.look_at(keep.replace("/keep/", "/erase/"))


def looks_at_two_records(zainab: Visitor, eyes: Eyes, known: str, case: str) -> None:
    """The same person written down on another case, and the page that asks whether they are one."""
    address = f"/staff/cases/{case}/who-did-it/"
    zainab.go(f"{address}new/")
    writes_ray_down(zainab)
    zainab.go(address)
    if zainab.page.get_by_role("button", name="Open it").count():
        zainab.page.locator("input[value=safeguarding]").check()
        zainab.onwards("Open it")
    eyes.look("suspect-known-again")
    zainab.press(zainab.page.get_by_role("link", name=known))
    mistakes(zainab, eyes, "suspect-compare", "Write it down")


def writes_ray_down(zainab: Visitor) -> None:
    for name in ("name", "relation", "address"):
        zainab.page.locator(f"input[name={name}]").fill("Ray Nettle")
    zainab.page.locator("input[name=phone]").fill("0116 496 0142")
    zainab.page.locator("textarea[name=source]").fill("The person saw him.")
    for choice in ("said", "risk"):
        zainab.page.locator(f"input[value={choice}]").check()
    zainab.onwards("Write it down")


def test_the_rights_desks_own_pages(visit: Visit) -> None:
    delphine = visit(1280)
    delphine.becomes("rights-desk")
    eyes = Eyes(delphine.page)
    delphine.go("/staff/records/")
    record = links(delphine, RECORD)[0]
    eyes.look_at("/staff/rights/", "/staff/rights/?list=answered", "/staff/rights/register/")
    eyes.look_at(links(delphine, ENTRY)[0])
    delphine.go("/staff/rights/register/new/")
    mistakes(delphine, eyes, "register-new", "Enter it")
    delphine.go("/staff/rights/new/")
    mistakes(delphine, eyes, "rights-new", "Write it down")
    for choice in ("access", "person"):
        delphine.page.locator(f"input[value={choice}]").check()
    for words in ("who", "words"):
        delphine.page.locator(f"textarea[name={words}]").fill("A copy of all of it.")
    delphine.onwards("Write it down")
    request = delphine.page.url
    eyes.look("rights-request")
    for act, button in (("about", "Name it"), ("longer", "Take two months more"), ("answer", "Answer it")):
        delphine.go(f"{request}{act}/")
        mistakes(delphine, eyes, f"rights-{act}", button)
    eyes.look_at(f"{request}disclose/")
    delphine.go(f"{request}check/")
    mistakes(delphine, eyes, "rights-check", "Start the clock")
    delphine.page.locator("input[value=code]").check()
    delphine.onwards("Start the clock")
    delphine.go(f"{request}about/")
    delphine.page.locator("input[name=reference]").fill(record)
    delphine.onwards("Name it")
    eyes.look("rights-request-known")
    delphine.press(delphine.page.get_by_role("link", name="Prepare the pack"))
    eyes.look("rights-pack")
    eyes.look_at(f"{delphine.page.url}{links(delphine, PASSAGE)[0]}/")
    eyes.verdict()
