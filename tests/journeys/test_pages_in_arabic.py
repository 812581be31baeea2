"""Somebody who reads Arabic, on a phone, from right to left: every page and every mistake, then the whole way."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest

from tests.journeys.pages import AXE, AXE_RUN, HEIGHT, UPSTREAM
from tests.journeys.people import Visitor
from tests.journeys.walking import Visit

pytestmark = pytest.mark.timeout(240, func_only=True)

TOLD = "صرخوا علينا من سيارة ورموا زجاجة."
# Contrast is that of the English pages: colours do not depend on the language, and measuring them takes longest.
AXE_AGAIN = AXE_RUN.replace("preload: false", 'preload: false, rules: {"color-contrast": {enabled: false}}')
FRAME = """() => {
  const page = document.documentElement;
  const main = document.querySelector("main").cloneNode(true);
  const names = "[lang^=en], bdi, option, label[for^=Q24_bar_org], label[for^=Q18_org], .govuk-visually-hidden";
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
    seen: set[str] = field(default_factory=set)

    def look(self, name: str) -> None:
        page = self.visitor.page
        for width in (1280, 360):
            page.set_viewport_size({"width": width, "height": HEIGHT})
            found = page.evaluate(FRAME)
            if found["wide"] > width:
                self.faults.append(f"{name} scrolls sideways at {width}: {found['wide']}")
        if (found["lang"], found["dir"], found["h1"]) != ("ar", "rtl", 1):
            self.faults.append(f"{name} is {found['lang']} {found['dir']} with {found['h1']} first headings")
        forgotten = ENGLISH.findall(NAMES.sub("", found["text"]))
        self.faults += [f"{name} says in English: {words}" for words in forgotten]
        self.faults += [f"{name}: {fault}" for fault in page.evaluate(AXE_AGAIN, UPSTREAM)]
        self.seen.add(urlsplit(page.url).path)

    def look_at(self, *paths: str) -> None:
        for path in paths:
            self.visitor.go(path)
            self.look(path)

    def mistakes(self, name: str) -> None:
        self.look(name)
        onwards(self.visitor)
        if not self.visitor.page.locator(".govuk-error-summary").count():
            self.faults.append(f"{name} sent empty makes no error")
        self.look(f"{name} with mistakes")

    def verdict(self) -> None:
        assert self.faults == [], "\n" + "\n".join(self.faults)


def onwards(visitor: Visitor) -> None:
    visitor.press(visitor.page.locator("form#asked button.govuk-button:not(.govuk-button--secondary)").first)


def sends(visitor: Visitor) -> None:
    visitor.press(visitor.page.locator("main form[method=post] button.govuk-button").first)


def ticks(visitor: Visitor, **choices: str) -> None:
    for name, value in choices.items():
        visitor.page.locator(f"input[name={name}][value={value}]").check()


def writes(visitor: Visitor, name: str, text: str) -> None:
    visitor.page.locator(f"[name={name}]").fill(text)


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
    reem.look_at("/", "/safety/", "/p/b8/", "/plans/", "/back/g5/", "/not/there/")
    for path in ("/p/a3/", "/back/", "/back/m3/"):
        reem.visitor.go(path)
        reem.mistakes(path)
    reem.visitor.go("/back/")
    writes(reem.visitor, "reference", "LLR-7KQ4-M2XD")
    writes(reem.visitor, "code", "1234 1234 1234 1234 1234 1234")
    onwards(reem.visitor)
    reem.look("a wrong code")
    reem.look_at("/p/k9/", "/p/w2/")


def test_every_question_and_every_mistake_in_arabic(reem: Reader) -> None:
    visitor = reem.visitor
    visitor.go("/p/f6/")
    reem.mistakes("who")
    ticks(visitor, Q02="on_behalf")
    onwards(visitor)
    reem.mistakes("agreement")
    visitor.go("/p/f6/")
    ticks(visitor, Q02="victim")
    onwards(visitor)
    reem.mistakes("what")
    ticks(visitor, Q06="online")
    writes(visitor, "Q07", TOLD)
    reem.look("what, online")
    onwards(visitor)
    reem.mistakes("why")
    ticks(visitor, Q08="religion")
    onwards(visitor)
    ticks(visitor, Q11="exact")
    reem.mistakes("when")
    writes(visitor, "Q11_date-day", "31")
    writes(visitor, "Q11_date-month", "2")
    writes(visitor, "Q11_date-year", "2020")
    onwards(visitor)
    reem.look("a date that is none")
    ticks(visitor, Q11="not_sure")
    onwards(visitor)
    reem.mistakes("where")
    ticks(visitor, Q14="leicester", Q13="street")
    onwards(visitor)
    reem.look("safety")
    ticks(visitor, Q16="self_harm", Q28="under_13")
    onwards(visitor)
    reem.look("help")
    visitor.go("/p/v3/")
    reem.mistakes("name")
    ticks(visitor, Q25="yes")
    onwards(visitor)
    ticks(visitor, Q26_how="phone")
    reem.mistakes("contact")
    writes(visitor, "Q26_phone", "12")
    onwards(visitor)
    reem.look("a number that is too short")
    visitor.go("/p/v3/")
    ticks(visitor, Q25="no")
    onwards(visitor)
    reem.mistakes("wishes")
    ticks(visitor, Q23="record_only", Q24="council")
    onwards(visitor)
    reem.look("check")
    reem.look_at(*links_of(visitor, "/p/"))
    visitor.go("/p/z4/")
    sends(visitor)
    reem.look("sent")
    comes_back(visitor)
    reem.look("home")
    reem.look_at(*links_of(visitor, "/back/"))


def comes_back(visitor: Visitor) -> None:
    reference, digits = (visitor.page.locator(f"#{name}").inner_text() for name in ("reference", "digits"))
    visitor.go("/back/")
    writes(visitor, "reference", reference)
    writes(visitor, "code", digits)
    onwards(visitor)


def answers_until_check(visitor: Visitor) -> None:
    visitor.go("/p/f6/")
    ticks(visitor, Q02="victim")
    onwards(visitor)
    writes(visitor, "Q07", TOLD)
    ticks(visitor, Q06="threats")
    answers_after_what(visitor)


def answers_after_what(visitor: Visitor) -> None:
    onwards(visitor)
    ticks(visitor, Q08="race")
    onwards(visitor)
    ticks(visitor, Q11="not_sure")
    onwards(visitor)
    ticks(visitor, Q14="leicester", Q13="street")
    onwards(visitor)
    onwards(visitor)
    ticks(visitor, Q25="no")
    onwards(visitor)
    ticks(visitor, Q23="record_only", Q24="council")
    onwards(visitor)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts on", "scripts off"])
def test_somebody_tells_in_arabic_from_the_first_page_to_the_last(visit: Visit, scripts: bool) -> None:
    reem = visit(360, scripts=scripts)
    reem.go("/p/a3/")
    reem.press(reem.page.locator(".languages__choose[value=ar]"))
    assert reem.page.locator("html").get_attribute("dir") == "rtl"
    ticks(reem, Q01="no")
    onwards(reem)
    ticks(reem, Q02="victim")
    onwards(reem)
    writes(reem, "Q07", TOLD)
    ticks(reem, Q06="threats")
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
