"""Walks the public's journey as a browser does: one page after the other, every form read before it is sent."""

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

from bench.http import Answer, Asks, Form, Values

START, BEFORE, BACK = "/", "/safety/", "/back/"
LONGEST_WALK = 40
QUESTION = re.compile(r"^[A-Z][0-9]{2}")
INTO_THE_JOURNEY = re.compile(r'href="(/p/[^"]+)"')
REFERENCE = re.compile(r"LLR-[A-Z0-9]{4}-[A-Z0-9]{4}")
SHOWN_ONCE = re.compile(r"receipt__value[^>]*>\s*([^<]+?)\s*<")
SIX_WORDS = re.compile(r"(?:[a-z]+[ -]){5}[a-z]+")

# What a page is called in tables, by the first of its questions.
NAMES = {
    "Q01": "danger",
    "Q02": "who",
    "W02": "agreement",
    "Q03": "agreement",
    "Q06": "what",
    "Q08": "why",
    "Q11": "when",
    "Q14": "where",
    "Q16": "safety",
    "Q25": "name",
    "Q26_name": "contact",
    "Q23": "wishes",
    "Q24_bar": "wishes",
    "R1": "risk",
    "C04": "done",
}

# Somebody to whom it happened, and who stays anonymous. Invented.
ANONYMOUS: Mapping[str, str | list[str]] = {
    "Q01": "no",
    "Q02": "victim",
    "Q06": ["name_calling", "threats"],
    "Q07": "Two people at the bus stop shouted at me about where I come from, and followed me to my street.",
    "Q08": ["race", "religion"],
    "Q08b": "muslim",
    "Q11": "about",
    "Q11_about": "week",
    "Q12": "two_or_three",
    "Q14": "leicester",
    "Q13": "street",
    "Q16": ["frightened"],
    "Q19": "maybe",
    "Q28": "25_44",
    "Q25": "no",
    "Q23": ["support"],
    "Q24_bar": "no",
    "Q24": ["council"],
}


class Stuck(Exception):
    """The journey did not go on; says where and what the page complained about."""


@dataclass(frozen=True)
class Step:
    """One request of the journey."""

    page: str
    method: str
    answer: Answer


@dataclass(frozen=True)
class Sending:
    """The last press of a button: where the check page posts to, and what."""

    path: str
    values: Values


@dataclass(frozen=True)
class Sent:
    """What the person is left with: reference and receipt code."""

    reference: str
    code: str


@dataclass
class Walk:
    """One person's way through the journey."""

    browser: Asks
    steps: list[Step] = field(default_factory=list)

    def whole(self, answers: Values = ANONYMOUS) -> Sent:
        """From the start page to the receipt."""
        return self.send(self.to_check(answers))

    def to_check(self, answers: Values = ANONYMOUS) -> Sending:
        """As far as the page on which everything is checked, not sent yet."""
        self._get("start", START)
        link = INTO_THE_JOURNEY.search(self._get("staying safe", BEFORE).text)
        if not link:
            raise Stuck(f"{BEFORE} has no way into the journey.")
        path, page = self._follow(link[1])
        for _turn in range(LONGEST_WALK):
            form = Form(page.text)
            asked = {name for name in form.names if QUESTION.match(name)}
            if not asked:
                return Sending(urljoin(path, form.action), form.values)
            given = {name: value for name, value in answers.items() if name in asked}
            path, page = self._post_page(name_of(asked), urljoin(path, form.action), form.values | given)
        raise Stuck(f"Still asked after {LONGEST_WALK} pages, at {path}.")

    def send(self, sending: Sending) -> Sent:
        """The last press of the button, and what it answers."""
        answer = self.browser.post(sending.path, sending.values)
        self.steps.append(Step("send", "POST", answer))
        if answer.status != 302:
            raise Stuck(f"Sending answered {answer.status}: {complaints(answer.text)}")
        return receipt(self._get("sent", answer.location))

    def coming_back(self, sent: Sent) -> Values:
        """What is typed on the page for coming back."""
        form = Form(self._get("back", BACK).text)
        return form.values | {"reference": sent.reference, "code": sent.code}

    def _post_page(self, name: str, path: str, values: Values) -> tuple[str, Answer]:
        answer = self.browser.post(path, values)
        self.steps.append(Step(name, "POST", answer))
        if answer.status != 302:
            raise Stuck(f"Page {name} ({path}) answered {answer.status}: {complaints(answer.text)}")
        return self._follow(urljoin(path, answer.location))

    def _follow(self, path: str) -> tuple[str, Answer]:
        """Opens a page of the journey, through further redirects."""
        for _hop in range(5):
            answer = self.browser.get(path)
            if answer.status == 200:
                asked = {name for name in Form(answer.text).names if QUESTION.match(name)}
                self.steps.append(Step(name_of(asked), "GET", answer))
                return path, answer
            if answer.status not in (301, 302, 303):
                raise Stuck(f"{path} answered {answer.status}.")
            path = urljoin(path, answer.location)
        raise Stuck(f"{path} redirects in a circle.")

    def _get(self, page: str, path: str) -> Answer:
        answer = self.browser.get(path)
        self.steps.append(Step(page, "GET", answer))
        if answer.status != 200:
            raise Stuck(f"{path} answered {answer.status}.")
        return answer


def name_of(asked: set[str]) -> str:
    """The name of the page with these questions; 'check' where nothing is asked."""
    return next((name for first, name in NAMES.items() if first in asked), "unknown" if asked else "check")


def receipt(page: Answer) -> Sent:
    """Reference and code from the page that shows them once; raises Stuck where they are not both there."""
    reference = REFERENCE.search(page.text)
    shown = [html.unescape(each) for each in SHOWN_ONCE.findall(page.text)]
    code = next((each for each in shown if SIX_WORDS.fullmatch(each)), "")
    if not reference or not code:
        raise Stuck("The last page shows no reference or no code.")
    return Sent(reference[0], code)


def complaints(page: str) -> str:
    """What the error summary says, in one line."""
    summary = re.search(r"govuk-error-summary__body(.*?)</div>", page, re.DOTALL)
    text = re.sub(r"<[^>]+>", " ", summary[1] if summary else page[:300])
    return " ".join(html.unescape(text).split()).lstrip('"> ')


def page_of(location: str) -> str:
    """A location without its query."""
    return urlsplit(location).path
