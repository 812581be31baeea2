"""Every page of the public, its mistakes included, can be used by everybody."""

import pytest

from tests.journeys import focus
from tests.journeys.pages import Eyes
from tests.journeys.people import WORDS
from tests.journeys.walking import Visit, errs, goes_on, mistakes, says, sees_it, two_windows, when_it_breaks

pytestmark = pytest.mark.timeout(180, func_only=True)


def test_the_public_pages_round_the_questions(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    eyes.look_at("/", "/safety/", "/p/b8/", "/p/k9/", "/p/w2/", "/back/", "/nothing-here/", "/centres/")
    amina.onwards("Show places")
    eyes.look("places")
    amina.write("Postcode, if you know it", "ZZ99 9ZZ")
    amina.onwards("Show places")
    eyes.look("a-postcode-that-nobody-knows")
    amina.go("/back/")
    mistakes(amina, eyes, "back", "Show me")
    amina.write("Reference", "LLR-2222-3333")
    amina.write("Code", "ABCD-EFGH-JKLM")
    amina.onwards("Show me")
    eyes.look("back-not-found")
    when_it_breaks(amina, "en-gb", eyes.look)
    amina.go("/l/en-easy/")
    eyes.look("start-easy-read")
    amina.go("/p/a3/")
    amina.onwards()
    eyes.look("danger-easy-read-mistake")
    eyes.verdict()


def test_the_questions_to_the_person_it_happened_to(visit: Visit) -> None:
    amina = visit()
    eyes = Eyes(amina.page)
    look, glance = eyes.look, eyes.glance
    amina.go("/p/a3/")
    errs(amina, "a3", look, glance)
    goes_on(amina, {"Q01": "no"})
    errs(amina, "f6", look, glance)
    goes_on(amina, {"Q02": "victim"})
    errs(amina, "k9", look, glance)
    says(amina.page, {"Q06": ["name_calling", "online"], "Q07": WORDS})
    eyes.look("q-what-online")
    amina.onwards()
    errs(amina, "m4", look, glance)
    says(amina.page, {"Q08": ["religion", "other"]})
    eyes.look("q-why-more")
    amina.onwards()
    errs(amina, "p7", look, glance)
    says(amina.page, {"Q11": "going_on"})
    eyes.look("q-when-going-on")
    amina.onwards()
    errs(amina, "r5", look, glance)
    goes_on(amina, {"Q14_postcode": "", "Q14": "leicester", "Q13": "street"})
    eyes.look("q-safety")
    goes_on(amina, {"Q16": "self_harm", "Q28": "under_13"})
    eyes.look("q-help")
    amina.go("/p/k9/")
    goes_on(amina, {"Q07_person": "yes"})
    amina.go("/p/v3/")
    errs(amina, "v3", look, glance)
    goes_on(amina, {"Q25": "yes"})
    errs(amina, "y9", look, glance)
    amina.go("/p/v3/")
    goes_on(amina, {"Q25": "contact_only"})
    goes_on(amina, {"Q26_how": "phone", "Q26_phone": "01632 960 014"})
    errs(amina, "x6", look, glance)
    goes_on(amina, {"Q24_bar": "no", "Q23": "record_only", "Q24": "council"})
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
        errs(ewa, "h2", eyes.look, eyes.glance)
    ewa.page.locator("input[name=Q03][value=no]").check()
    ewa.onwards()
    eyes.look("q-what-" + teller.split()[1])
    if teller == "I saw or heard it":
        sees_it(ewa)
        eyes.look("q-must-not-see-witness")
        goes_on(ewa, {})
        eyes.look("check-witness")
        eyes.look_at("/p/j6/")
        two_windows(ewa, "v3", {"Q25": "yes"}, {"Q25": "contact_only"})
        eyes.look("two-windows")
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
