"""Walking through pages: where the links lead, and what is said to somebody who sends nothing."""

import re
from collections.abc import Callable

from tests.journeys.pages import Eyes
from tests.journeys.people import Visitor

Visit = Callable[..., Visitor]
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
