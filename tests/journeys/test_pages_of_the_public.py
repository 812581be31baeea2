"""Every page of the public, its mistakes included, can be used by everybody."""

import pytest

from tests.journeys import focus
from tests.journeys.pages import Eyes
from tests.journeys.people import WORDS
from tests.journeys.walking import Visit, mistakes

pytestmark = pytest.mark.timeout(180, func_only=True)


def test_the_public_pages_round_the_questions(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/", "/safety/", "/p/b8/", "/p/k9/", "/p/w2/", "/back/", "/nothing-here/")
    amina.go("/back/")
    mistakes(amina, eyes, "back", "Show me")
    amina.write("Reference", "LLR-2222-3333")
    amina.write("Code", "ABCD-EFGH-JKLM")
    amina.onwards("Show me")
    eyes.look("back-not-found")
    eyes.verdict()


def test_the_questions_to_the_person_it_happened_to(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.go("/p/a3/")
    mistakes(amina, eyes, "q-danger")
    amina.choose("No, not now")
    amina.onwards()
    mistakes(amina, eyes, "q-who")
    amina.choose("It happened to me")
    amina.onwards()
    mistakes(amina, eyes, "q-what")
    amina.choose("Name-calling or insults")
    amina.page.locator("input[name=Q06][value=online]").check()
    eyes.look("q-what-online")
    amina.write("Tell us what happened, in your own words", WORDS)
    amina.onwards()
    mistakes(amina, eyes, "q-why")
    for value in ("religion", "other"):
        amina.page.locator(f"input[name=Q08][value={value}]").check()
    eyes.look("q-why-more")
    amina.onwards()
    mistakes(amina, eyes, "q-when")
    amina.choose("Yes, I know the date")
    mistakes(amina, eyes, "q-when-date")
    amina.choose("It has been going on for some time")
    eyes.look("q-when-going-on")
    amina.onwards()
    mistakes(amina, eyes, "q-where")
    amina.choose("Leicester")
    amina.page.locator("input[name=Q13][value=street]").check()
    amina.onwards()
    eyes.look("q-safety")
    amina.page.locator("input[name=Q16][value=crisis], input[name=Q16][value=hard_to_cope]").or_(
        amina.page.locator("input[name=Q16]").first
    ).first.check()
    amina.page.locator("input[name=Q28]").first.check()
    amina.onwards()
    eyes.look("q-help")
    amina.go("/p/v3/")
    mistakes(amina, eyes, "q-name")
    amina.page.locator("input[name=Q25][value=yes]").check()
    amina.onwards()
    mistakes(amina, eyes, "q-contact")
    amina.go("/p/v3/")
    amina.choose("No, stay anonymous")
    amina.onwards()
    mistakes(amina, eyes, "q-wishes")
    amina.page.locator("input[name=Q23][value=record_only]").check()
    amina.page.locator("input[name=Q24][value=council]").check()
    amina.onwards()
    eyes.look("check")
    amina.onwards("Send my report")
    reference, code = amina.reference_and_code()
    eyes.look("sent")
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    eyes.look("status-new")
    eyes.verdict()


@pytest.mark.parametrize("teller", ["I saw or heard it", "I am telling you for someone else"])
def test_the_questions_to_a_witness_and_to_somebody_who_tells_for_another(visit: Visit, teller: str) -> None:
    ewa = visit()
    eyes = Eyes(ewa.page)
    ewa.go("/p/f6/")
    ewa.choose(teller)
    ewa.onwards()
    if teller == "I saw or heard it":
        ewa.page.locator("input[name=W02][value=yes]").check()
        eyes.look("q-agreement-witness")
    else:
        mistakes(ewa, eyes, "q-agreement")
    ewa.page.locator("input[name=Q03][value=no]").check()
    ewa.onwards()
    eyes.look("q-what-" + teller.split()[1])
    eyes.verdict()


def test_somebody_saves_and_goes_on_elsewhere(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    amina.go("/p/f6/")
    amina.choose("It happened to me")
    amina.onwards("Save and come back later")
    eyes.look("saved")
    code = amina.page.locator("#code").inner_text()
    there = visit()
    elsewhere = Eyes(there.page)
    there.go("/back/m3/")
    mistakes(there, elsewhere, "come-back", "Open my answers")
    there.write("Code", "no such code")
    there.onwards("Open my answers")
    elsewhere.look("come-back-wrong")
    there.write("Code", code)
    there.onwards("Open my answers")
    assert there.page.url.endswith("/p/k9/")
    amina.onwards("Delete my answers")
    eyes.look("saved-erased")
    eyes.verdict()
    elsewhere.verdict()


def test_somebody_comes_back_and_reads_what_was_written_to_them(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/demo/sent/")
    eyes.look_at("/demo/")
    reference, code = (amina.page.locator(f"#demo-{name}").inner_text() for name in ("reference", "code"))
    amina.go("/back/")
    amina.write("Reference", reference)
    amina.write("Code", code)
    amina.onwards("Show me")
    eyes.look("status")
    eyes.verdict()


def test_a_form_that_has_become_stale(visit: Visit) -> None:
    amina = visit()
    amina.go("/p/a3/")
    amina.page.context.clear_cookies()
    amina.choose("No, not now")
    eyes = Eyes(amina.page)
    amina.onwards()
    eyes.look("stale-form")
    eyes.verdict()


def test_a_planted_fault_is_seen(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/back/")
    eyes.verdict()
    amina.page.evaluate("""() => {
        document.querySelectorAll("label").forEach((label) => label.remove());
        document.querySelector("main").style.width = "1500px";
        console.error("a script that broke");
    }""")
    eyes.look("planted")
    found = "\n".join(eyes.faults)
    assert "label at" in found
    assert "scrolls sideways" in found
    assert "a script that broke" in found


def test_what_would_stop_a_keyboard_is_seen(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus, "WALKED", set())
    amina = visit(1280)
    amina.go("/back/")
    amina.page.evaluate("""() => {
        const [reference, code] = document.querySelectorAll("main input:not([type=hidden])");
        reference.style.cssText = "outline: none; box-shadow: none; border: 1px solid";
        code.style.cssText = "position: fixed; left: -3000px";
        document.querySelector("main button").tabIndex = 1;
    }""")
    found = "\n".join(focus.faults_of_focus(amina.page))
    assert "Reference” looks the same with the focus" in found
    assert "Code” has the focus and cannot be seen" in found
    assert "button “Show me” has the focus out of the reading order" in found


def test_a_trap_for_the_keyboard_is_seen(visit: Visit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(focus, "WALKED", set())
    amina = visit(1280)
    amina.go("/back/")
    amina.page.evaluate("""() => document.querySelector("main button").addEventListener("keydown",
        (event) => event.preventDefault())""")
    assert "“999” is not reached by Tab" in "\n".join(focus.faults_of_focus(amina.page))
