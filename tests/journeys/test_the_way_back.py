"""Coming back: the person asks, the officer answers, she reads it and changes her mind; and every page of it."""

import re
from collections.abc import Callable

import pytest

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor
from tests.journeys.test_through_the_house import triages
from tests.journeys.walking import errs_on_the_way_back

Visit = Callable[..., Visitor]
ASKS = "He was there again this morning. What can I do?"
ANSWERS = "Call 101 if he comes back, and give them your reference. I have spoken to your landlord."
PLEASE_LOOK = "I was told somebody would ring, and nobody did."


def comes_back(person: Visitor, reference: str, code: str) -> None:
    person.go("/back/")
    person.write("Reference", reference)
    person.write("Code", code)
    person.onwards("Show me")


def main_of(person: Visitor) -> str:
    return person.page.locator("main").inner_text()


def link(person: Visitor, words: str) -> None:
    person.press(person.page.get_by_role("link", name=words))


def writes(person: Visitor, words: str, button: str = "Send") -> None:
    person.page.locator("textarea[name=words]").fill(words)
    person.onwards(button)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_amina_asks_the_officer_answers_and_she_takes_her_permission_back(
    visit: Visit, scripts: bool
) -> None:
    amina, officer = visit(360, scripts=scripts), visit(360, scripts=scripts)
    reference, code = amina.tells_anonymously()
    comes_back(amina, reference, code)
    amina.onwards("Write to us")
    writes(amina, ASKS)
    assert ASKS in main_of(amina)

    officer.becomes("council-officer")
    officer.go("/staff/queue/")
    officer.press(officer.page.get_by_role("link", name=reference))
    assert ASKS in main_of(officer)
    triages(officer)
    officer.go(f"/staff/cases/{reference}/tell/")
    officer.page.locator("input[name=status][value=being_looked_at]").check()
    officer.write("Your message", ANSWERS)
    officer.onwards("See what they will see")
    officer.onwards("Send to their page")

    amina.go("/back/h3/")
    assert ANSWERS in main_of(amina)
    assert "read" in main_of(amina)
    assert "Leicester City" in main_of(amina)
    link(amina, "Change who may see it")
    amina.press(amina.page.get_by_role("button", name="Stop sharing").first)
    assert "nothing more will be shared" in main_of(amina)
    amina.go("/back/h3/")
    amina.onwards("Finish")
    assert "You have finished" in main_of(amina)
    amina.go("/back/h3/")
    assert amina.page.url.endswith("/back/")


@pytest.mark.timeout(300)
def test_amina_comes_back_with_the_keyboard_alone(visit: Visit) -> None:
    amina = visit(360)
    reference, code = amina.tells_anonymously()
    amina.go("/back/")
    amina.page.locator("#id_reference, #reference").first.focus()
    for text in (reference, code):
        amina.page.keyboard.type(text)
        amina.page.keyboard.press("Tab")
    with amina.page.expect_navigation():
        amina.page.keyboard.press("Enter")
    amina.page.get_by_role("button", name="Write to us").first.focus()
    with amina.page.expect_navigation():
        amina.page.keyboard.press("Enter")
    amina.page.locator("textarea[name=words]").focus()
    amina.page.keyboard.type(ASKS)
    amina.page.keyboard.press("Tab")
    with amina.page.expect_navigation():
        amina.page.keyboard.press("Enter")
    assert ASKS in main_of(amina)


@pytest.mark.timeout(600)
def test_every_page_of_the_way_back_and_its_mistakes(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    reference, code = amina.tells_anonymously()
    eyes.look_at("/back/g5/", "/back/?over")
    comes_back(amina, reference, code)
    eyes.look("way-back-home")
    eyes.look_at("/back/s4/", "/back/d8/", "/back/v8/", "/back/w7/")
    errs_on_the_way_back(amina, eyes.look)
    amina.go("/back/m7/")
    writes(amina, ASKS)
    eyes.look("way-back-said")
    amina.go("/back/k4/")
    amina.page.locator("input[name=kind][value=look_again]").check()
    writes(amina, PLEASE_LOOK)
    eyes.look("way-back-all-said")
    amina.go("/back/m7/")
    amina.page.context.clear_cookies(name=re.compile("visit"))
    writes(amina, ASKS)
    eyes.look("way-back-said-too-late")
    eyes.verdict()

    officer = visit(1280)
    seen = Eyes(officer.page)
    officer.becomes("council-officer")
    officer.go(f"/staff/queue/{reference}/")
    seen.look("report-with-words-since")
    triages(officer)
    officer.go(f"/staff/cases/{reference}/")
    seen.look("case-with-words-since")
    officer.press(officer.page.get_by_role("link", name="Answer this").first)
    seen.look("wish")
    officer.onwards("Send the answer")
    seen.look("wish-mistake")
    officer.page.locator("input[name=outcome][value=agreed]").check()
    officer.write("Your reasons", "We will erase it this week.")
    officer.onwards("Send the answer")
    seen.look("case-after-the-answer")
    seen.verdict()


def test_the_survey_of_who_agreed_to_be_asked(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.go("/demo/")
    reference, code = (amina.page.locator(f"#demo-{name}").inner_text() for name in ("reference", "code"))
    comes_back(amina, reference, code)
    link(amina, "Tell us in ten short questions")
    eyes.look("way-back-survey")
    amina.onwards("Send")
    eyes.look("way-back-survey-mistake")
    amina.go("/demo/")
    amina.press(amina.page.locator("#demo-survey"))
    assert reference not in amina.page.content()
    eyes.look("survey-by-link")
    amina.onwards("Send")
    eyes.look("survey-by-link-mistake")
    eyes.look_at("/q/not-a-link/", "/back/y4/")
    eyes.verdict()


@pytest.mark.timeout(300)
def test_the_pages_of_a_manager_who_looks_again(visit: Visit) -> None:
    ewa, leofric = visit(), visit(1280)
    seen = Eyes(leofric.page)
    reference, code = ewa.tells_anonymously(area="Charnwood")
    comes_back(ewa, reference, code)
    ewa.go("/back/k4/")
    ewa.page.locator("input[name=kind][value=look_again]").check()
    writes(ewa, PLEASE_LOOK)
    leofric.becomes("team-manager")
    seen.look_at("/staff/another-look/")
    link(leofric, reference)
    assert PLEASE_LOOK in main_of(leofric)
    leofric.onwards("Send the answer")
    seen.look("look-again-mistake")
    leofric.page.locator("input[name=outcome][value=partly]").check()
    leofric.write("Your reasons", "Somebody should have rung. They will tomorrow.")
    leofric.onwards("Send the answer")
    seen.look("looks-again")
    link(leofric, reference)
    seen.look("look-again-answered")
    seen.verdict()
    ewa.go("/back/h3/")
    assert "Somebody should have rung." in main_of(ewa)
