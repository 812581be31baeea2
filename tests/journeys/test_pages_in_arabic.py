"""Somebody who reads Arabic, on a phone, from right to left: every page and every mistake, then the whole way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from django.test import Client, override_settings

from reporting.journey import route
from tests.journeys.pages import AXE, AXE_RUN, HEIGHT, UPSTREAM, note_state
from tests.journeys.people import Visitor
from tests.journeys.walking import (
    WAY_BACK_FORMS,
    Said,
    Visit,
    errs,
    errs_on_the_way_back,
    goes_on,
    says,
    sees_it,
    sends,
    shown,
    two_windows,
    when_it_breaks,
)

pytestmark = pytest.mark.timeout(240, func_only=True)

AFTER_WHAT: list[Said] = [
    {},
    {"Q08": "race"},
    {"Q11": "not_sure"},
    {"Q14": "leicester", "Q13": "street"},
    {},
    {"Q25": "no"},
    {"Q23": "record_only", "Q24": "council"},
]
# Pages that nobody has to open, by their addresses.
MORE = {page.code for page in route.MORE}
TOLD = "صرخوا علينا من سيارة ورموا زجاجة."
FRAME = """() => {
  const page = document.documentElement;
  const main = document.querySelector("main").cloneNode(true);
  const names = "[lang^=en], bdi, option, label[for^=Q24_bar_org], label[for^=Q18_org], label[for^=organisations], "
    + ".govuk-visually-hidden";
  main.querySelectorAll(names).forEach((part) => part.remove());
  return {lang: page.lang, dir: page.dir, wide: page.scrollWidth, text: main.textContent,
          h1: document.querySelectorAll("h1").length};
}"""
# Names stay as they are written in England; a sentence of English was forgotten.
ENGLISH = re.compile(r"\b[A-Za-z]{2,}(?:[ ,’'-]+[A-Za-z]{2,}){2,}")
NAMES = re.compile(
    r"LLR-\w{4}-\w{4}|adult social care|Stop Hate UK|Victim First|Relay UK|name example org|Leicester\w*|Rutland"
)


@dataclass
class Reader:
    """Looks at Arabic pages on a phone and on a desk, and keeps every fault until the end."""

    visitor: Visitor
    faults: list[str] = field(default_factory=list)

    def look(self, name: str) -> None:
        page = self.visitor.page
        page.set_viewport_size({"width": 1280, "height": HEIGHT})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > 1280:
            self.faults.append(f"{name} scrolls sideways at 1280: {wide}")
        page.set_viewport_size({"width": 360, "height": HEIGHT})
        self.glance(name)

    def glance(self, name: str) -> None:
        """At a page whose parts were seen in the same places, on a phone."""
        page = self.visitor.page
        found = page.evaluate(FRAME)
        if found["wide"] > 360:
            self.faults.append(f"{name} scrolls sideways at 360: {found['wide']}")
        if (found["lang"], found["dir"], found["h1"]) != ("ar", "rtl", 1):
            self.faults.append(f"{name} is {found['lang']} {found['dir']} with {found['h1']} first headings")
        forgotten = ENGLISH.findall(NAMES.sub("", found["text"]))
        self.faults += [f"{name} says in English: {words}" for words in forgotten]
        # Contrast is that of the English pages: colours do not depend on the language, and measuring takes longest.
        self.faults += [f"{name}: {fault}" for fault in page.evaluate(AXE_RUN, [UPSTREAM, False])]
        note_state(page)

    def look_at(self, *paths: str) -> None:
        for path in paths:
            self.visitor.go(path)
            self.look(path)

    def mistakes(self, name: str) -> None:
        self.look(name)
        sends(self.visitor)
        if not self.visitor.page.locator(".govuk-error-summary").count():
            self.faults.append(f"{name} sent empty makes no error")
        self.look(f"{name} with mistakes")

    def errs(self, code: str) -> None:
        errs(self.visitor, code, self.look, self.glance)

    def verdict(self) -> None:
        assert self.faults == [], "\n" + "\n".join(self.faults)


def links_of(visitor: Visitor, start: str) -> list[str]:
    """The pages that this one leads to, under an address."""
    found = visitor.page.eval_on_selector_all("main a[href]", "links => links.map(link => link.pathname)")
    return sorted({path for path in found if path.startswith(start)})


@pytest.fixture
def reem(visit: Visit) -> Iterator[Reader]:
    visitor = visit(360)
    visitor.page.add_init_script(AXE)
    visitor.go("/l/ar/")
    reader = Reader(visitor)
    yield reader
    reader.verdict()


def test_the_pages_round_the_questions_in_arabic(reem: Reader) -> None:
    visitor = reem.visitor
    reem.look_at(
        "/", "/safety/", "/p/b8/", "/plans/", "/back/g5/", "/back/?over", "/not/there/", "/p/k9/", "/p/w2/"
    )
    visitor.go("/centres/")
    reem.look("/centres/")
    goes_on(visitor, {"postcode": "ZZ99 9ZZ"})
    reem.look("a postcode that nobody knows")
    goes_on(visitor, {"postcode": "", "area": "leicester"})
    reem.look("places")
    for path in ("/back/", "/back/m3/"):
        visitor.go(path)
        reem.mistakes(path)
    goes_on(visitor, {"code": "1234 1234 1234 1234 1234 1234"})
    reem.look("a wrong code of saved answers")
    visitor.go("/back/")
    goes_on(visitor, {"reference": "LLR-7KQ4-M2XD", "code": "1234 1234 1234 1234 1234 1234"})
    reem.look("a wrong code")
    when_it_breaks(visitor, "ar", reem.look)
    not_offered_yet(visitor)
    reem.look("a language that is not offered yet")


def not_offered_yet(visitor: Visitor) -> None:
    """What a portal shows that does not offer drafts."""
    with override_settings(IS_DEMO=False):
        shown(visitor, "/l/ar/", Client().get("/l/ar/").content.decode())


def test_every_question_and_every_mistake_in_arabic(reem: Reader) -> None:
    visitor = reem.visitor
    visitor.go("/p/a3/")
    reem.errs("a3")
    visitor.go("/p/f6/")
    reem.errs("f6")
    goes_on(visitor, {"Q02": "on_behalf"})
    reem.errs("h2")
    visitor.go("/p/f6/")
    goes_on(visitor, {"Q02": "victim"})
    reem.errs("k9")
    says(visitor.page, {"Q06": "online", "Q07": TOLD})
    reem.look("what, online")
    sends(visitor)
    reem.errs("m4")
    goes_on(visitor, {"Q08": "religion"})
    reem.errs("p7")
    goes_on(visitor, {"Q11": "not_sure", "Q12": "four_or_more"})
    reem.errs("r5")
    goes_on(visitor, {"Q14_postcode": "", "Q14": "leicester", "Q13": "street"})
    reem.look("safety")
    goes_on(visitor, {"Q16": "self_harm", "Q28": "under_13"})
    reem.look("help")
    would_rather_tell(visitor)
    reem.errs("v3")
    goes_on(visitor, {"Q25": "yes"})
    reem.errs("y9")
    visitor.go("/p/v3/")
    goes_on(visitor, {"Q25": "contact_only"})
    goes_on(visitor, {"Q26_how": "phone", "Q26_phone": "01632 960 014"})
    reem.errs("x6")
    goes_on(visitor, {"Q24_bar": "no", "Q23": "record_only", "Q24": "council"})
    reem.look("check")
    reem.look_at(*(path for path in links_of(visitor, "/p/") if path[3:5] in MORE))
    visitor.go("/p/g9/")
    reem.errs("g9")
    visitor.go("/p/w7/")
    reem.mistakes("files")
    visitor.go("/p/z4/")
    sends(visitor)
    reem.look("sent")
    comes_back(visitor)
    reem.look("home")
    rest = [path for path in links_of(visitor, "/back/") if path[6:8] not in WAY_BACK_FORMS]
    visitor.go("/back/w7/")
    reem.mistakes("files on the way back")
    errs_on_the_way_back(visitor, reem.look)
    reem.look_at("/back/h3/", *(path for path in rest if path != "/back/w7/"))
    says_it_too_late(visitor)
    reem.look("said too late")
    visitor.go("/demo/")
    reference, code = (visitor.page.locator(f"#demo-{name}").inner_text() for name in ("reference", "code"))
    visitor.go("/back/")
    goes_on(visitor, {"reference": reference, "code": code})
    visitor.go("/back/q5/")
    reem.mistakes("survey")
    visitor.go("/demo/")
    visitor.press(visitor.page.locator("#demo-survey"))
    reem.mistakes("survey by a link")
    reem.look_at("/q/not-a-link/", "/back/y4/")


def test_what_only_a_witness_sees_in_arabic_and_saving_it(reem: Reader) -> None:
    visitor = reem.visitor
    visitor.go("/p/f6/")
    goes_on(visitor, {"Q02": "witness"})
    says(visitor.page, {"W02": "yes"})
    reem.look("agreement of whom a witness knows")
    says(visitor.page, {"Q03": "no"})
    sends(visitor)
    reem.look("what a witness saw")
    sees_it(visitor)
    reem.look("who must not see it, for a witness")
    goes_on(visitor, {})
    reem.look("check for a witness")
    reem.look_at("/p/j6/")
    two_windows(visitor, "v3", {"Q25": "yes"}, {"Q25": "contact_only"})
    reem.look("two windows")
    visitor.press(visitor.page.locator("button[name=later]"))
    reem.look("saved")
    visitor.press(visitor.page.locator("button[name=erase]"))
    reem.look("erased")
    visitor.go("/p/z4/")
    reem.look("gone")


def would_rather_tell(visitor: Visitor) -> None:
    """Then a way to reach them is needed."""
    visitor.go("/p/k9/")
    goes_on(visitor, {"Q07_person": "yes"})
    visitor.go("/p/v3/")


def says_it_too_late(visitor: Visitor) -> None:
    """The visit was over before the words were sent."""
    visitor.go("/back/m7/")
    visitor.page.context.clear_cookies(name=re.compile("visit"))
    goes_on(visitor, {"words": TOLD})


def comes_back(visitor: Visitor) -> None:
    reference, digits = (visitor.page.locator(f"#{name}").inner_text() for name in ("reference", "digits"))
    visitor.go("/back/")
    goes_on(visitor, {"reference": reference, "code": digits})


def answers_until_check(visitor: Visitor) -> None:
    visitor.go("/p/f6/")
    goes_on(visitor, {"Q02": "victim"})
    says(visitor.page, {"Q07": TOLD, "Q06": "threats"})
    answers_after_what(visitor)


def answers_after_what(visitor: Visitor) -> None:
    for said in AFTER_WHAT:
        goes_on(visitor, said)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_somebody_tells_in_arabic_from_the_first_page_to_the_last(visit: Visit, scripts: bool) -> None:
    reem = visit(360, scripts=scripts)
    reem.go("/p/a3/")
    reem.press(reem.page.locator(".languages__choose[value=ar]"))
    assert reem.page.locator("html").get_attribute("dir") == "rtl"
    goes_on(reem, {"Q01": "no"})
    goes_on(reem, {"Q02": "victim"})
    says(reem.page, {"Q07": TOLD, "Q06": "threats"})
    for language, side in (("en-gb", "ltr"), ("ar", "rtl")):
        reem.press(reem.page.locator(f".languages__choose[value={language}]"))
        assert reem.page.locator("html").get_attribute("dir") == side
        assert reem.page.locator("[name=Q07]").input_value() == TOLD
        assert reem.page.locator("input[name=Q06][value=threats]").is_checked()
    answers_after_what(reem)
    assert TOLD in reem.page.locator("main").inner_text()
    sends(reem)
    box = reem.page.locator(".receipt").inner_text()
    assert box.index(reem.page.locator("#digits").inner_text()) < box.index(
        reem.page.locator("#code").inner_text()
    )
    comes_back(reem)
    assert reem.heading() == "ما حدث في بلاغك"


def test_an_officer_sees_in_which_language_they_were_told(visit: Visit) -> None:
    reem, rosa = visit(360), visit(1280)
    reem.go("/l/ar/")
    answers_until_check(reem)
    sends(reem)
    reference = reem.page.locator("#reference").inner_text()
    rosa.becomes("council-officer")
    rosa.go(f"/staff/queue/{reference}/")
    assert rosa.page.locator("html").get_attribute("lang") == "en-gb"
    assert "Told us in Arabic" in rosa.page.locator("main").inner_text()
    assert TOLD in rosa.page.locator("main").inner_text()
