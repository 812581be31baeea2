"""Walking through pages: where the links lead, and what is said to somebody who sends nothing."""

import re
from collections.abc import Callable, Mapping

from django.template.loader import render_to_string
from django.utils.translation import override
from playwright.sync_api import Page

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor

Visit = Callable[..., Visitor]
Look = Callable[[str], None]
# Answers by the names of their fields, as they are typed and chosen.
Said = Mapping[str, str | list[str]]
# For choices: all that there are.
ALL_OF_THEM = "*"
# What is wrong with each page's answers, one after the other, on the same page.
WRONG: Mapping[str, list[Said]] = {
    "a3": [{}],
    "f6": [{}],
    "h2": [{}],
    "k9": [{}],
    "m4": [{}],
    "p7": [
        {},
        {"Q11": "about"},
        {"Q11": "exact"},
        {"Q11_date-day": "31", "Q11_date-month": "2", "Q11_date-year": "2020"},
        {"Q11_date-day": "1", "Q11_date-year": "20"},
        {"Q11_date-year": "2999"},
        {"Q11_date-year": "1701"},
    ],
    "r5": [{}, {"Q14_postcode": "ZZ1 1ZZ"}],
    "v3": [{}, {"Q25": "no"}],
    "y9": [
        {},
        {"Q26_how": "phone"},
        {"Q26_phone": "12"},
        {"Q26_how": "text"},
        {"Q26_mobile": "12"},
        {"Q26_how": "email"},
        {"Q26_email": "x"},
        {"Q26_how": "letter"},
    ],
    "x6": [{}, {"Q24_bar": "yes"}, {"Q24_bar_org": ALL_OF_THEM}],
    "g9": [{"Q18_staff": "yes", "Q18_org_bar": "yes"}, {"Q18_org": ALL_OF_THEM}],
}
A_WITNESS: list[Said] = [
    {"Q06": "threats", "Q07": "He stood over her."},
    {"Q08": "not_sure"},
    {"Q11": "not_sure"},
    {"Q14": "rutland", "Q13": "park"},
    {"Q25": "no"},
]
# What is wrong on each page of the way back that asks something: most are sent empty.
WAY_BACK_FORMS: Mapping[str, Said] = {
    "n8": {},
    "m7": {},
    "d8/w5": {},
    "c9": {},
    "r6": {"Q26_how": "email", "Q26_email": "x"},
    "k4": {},
}
# Pages that no walk comes to while all is well.
WHEN_IT_BREAKS: Mapping[str, Mapping[str, bool]] = {
    "400.html": {},
    "403_csrf.html": {},
    "429.html": {},
    "500.html": {"saved": False},
}
CASE = re.compile(r"/staff/cases/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")
WAITING = re.compile(r"/staff/queue/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")
ACT = re.compile(r"/staff/cases/LLR-[A-Z0-9]{4}-[A-Z0-9]{4}/([a-z]+)/$")
PERSON = re.compile(r"/staff/people/(\d+)/$")
RESET = re.compile(r"/staff/people/resets/(\d+)/$")
REVIEW = re.compile(r"/staff/people/reviews/(\d+)/$")
RECORD = re.compile(r"/staff/records/(LLR-[A-Z0-9]{4}-[A-Z0-9]{4})/$")


def links(visitor: Visitor, pattern: re.Pattern[str]) -> list[str]:
    """What the links of the open page lead to, where they match."""
    found = visitor.page.eval_on_selector_all("main a", "links => links.map(link => link.pathname)")
    return [match.group(1) for path in found if (match := pattern.search(path))]


def mistakes(visitor: Visitor, eyes: Eyes, name: str, button: str = "Continue") -> None:
    """Sends an empty page, and looks at what is said about it."""
    eyes.look(name)
    visitor.onwards(button)
    assert visitor.page.locator(".govuk-error-summary").count(), f"{name} sent empty makes no error"
    eyes.look(f"{name}-wrong")


def sends(visitor: Visitor) -> None:
    """The button of the page's own form."""
    buttons = visitor.page.locator("form#asked button.govuk-button:not(.govuk-button--secondary)")
    visitor.press(buttons.or_(visitor.page.locator("main form button.govuk-button")).first)


def says(page: Page, said: Said) -> None:
    """Answers by the names of the fields, in this order."""
    for name, value in said.items():
        for each in value if isinstance(value, list) else [value]:
            _say(page, name, each)


def _say(page: Page, name: str, value: str) -> None:
    choices = page.locator(f"input[name={name}]:is([type=radio], [type=checkbox])")
    if value == ALL_OF_THEM:
        for choice in choices.all():
            choice.check()
    elif choices.count() == 1:
        choices.check()
    elif choices.count():
        page.locator(f'input[name={name}][value="{value}"]').check()
    elif page.locator(f"main select[name={name}]").count():
        page.locator(f"main select[name={name}]").select_option(value)
    else:
        page.locator(f"main [name={name}]").fill(value)


def goes_on(visitor: Visitor, said: Said) -> None:
    """Answers a page, and sends it."""
    says(visitor.page, said)
    sends(visitor)


def sees_it(visitor: Visitor) -> None:
    """A witness, from what happened to the last page before the check."""
    for said in A_WITNESS:
        goes_on(visitor, said)


def two_windows(visitor: Visitor, code: str, here: Said, there: Said) -> None:
    """The same page is answered in two windows, and differently."""
    other = Visitor(visitor.page.context.new_page())
    for window in (other, visitor):
        window.go(f"/p/{code}/")
    goes_on(other, there)
    other.page.close()
    goes_on(visitor, here)


def errs(visitor: Visitor, code: str, look: Look, glance: Look) -> None:
    """Looks at the open page of the journey, makes every mistake that can be made on it, and looks at what is said."""
    look(f"q-{code}")
    for number, said in enumerate(WRONG[code]):
        says(visitor.page, said)
        sends(visitor)
        assert visitor.page.locator(".govuk-error-summary").count(), f"{code} takes {said}"
        (glance if number else look)(f"q-{code}-wrong-{number}")


def errs_on_the_way_back(visitor: Visitor, look: Look) -> None:
    """Each page of the way back that asks something, and what is said when it is answered wrongly."""
    for code, said in WAY_BACK_FORMS.items():
        visitor.go(f"/back/{code}/")
        look(f"way-back-{code[-2:]}")
        says(visitor.page, said)
        sends(visitor)
        assert visitor.page.locator(".govuk-error-summary").count(), f"{code} takes {said}"
        look(f"way-back-{code[-2:]}-wrong")
    visitor.go("/back/d8/g9/")
    errs(visitor, "g9", look, look)
    visitor.go("/back/n8/")
    says(visitor.page, {"organisations": ALL_OF_THEM})
    sends(visitor)
    look("way-back-n8-nobody-left")
    for code in ("e2", "t6"):
        visitor.go(f"/back/{code}/")
        look(f"way-back-{code}")
        sends(visitor)
        visitor.go(f"/back/{code}/")
        sends(visitor)
        look(f"way-back-{code}-again")


def when_it_breaks(visitor: Visitor, language: str, look: Look) -> None:
    """The pages of a portal in trouble, made here and shown in this browser as the portal would."""
    for name, context in WHEN_IT_BREAKS.items():
        with override(language):
            shown(visitor, "/broken/", render_to_string(name, context))
        look(name.partition(".")[0])


def shown(visitor: Visitor, path: str, html: str) -> None:
    """A page that this portal does not give just now, in its own look."""
    visitor.page.route(f"**{path}", lambda route: route.fulfill(body=html, content_type="text/html"))
    visitor.go(path)
    visitor.page.unroute(f"**{path}")
