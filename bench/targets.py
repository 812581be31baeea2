"""What is measured: the bare floor's requests, and every page of the portal that has an aim."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bench.http import Answer, Asks, Browser, Form
from bench.journey import Walk

Timed = tuple[str, Answer]
LISTS = {"triage queue": "/staff/queue/", "case page": "/staff/cases/{case}/"}
UPDATES = {"my updates": "/staff/plans/updates/"}
GROUP = {
    "SOG dashboard": "/staff/sog/",
    "performance report, HTML": "/staff/sog/report/",
}
PDF = {"performance report, PDF": "/staff/sog/report.pdf"}
WHOLE = "whole journey"


class WrongAnswer(Exception):
    """A measured page did not answer as it should: its time would say nothing."""


@dataclass
class Floor:
    """The frozen floor."""

    browser: Browser

    def requests(self) -> Iterator[Timed]:
        """GET, POST, a POST that writes as much as sending a report does, list, and one record, once each."""
        page = good(self.browser.get("/form/"), 200)
        yield "bare GET", page
        values = Form(page.text).values
        typed = {name: values[name] or "as long as an answer" for name in values}
        yield "bare POST", good(self.browser.post("/form/", typed), 302)
        yield "bare writing", good(self.browser.post("/writing/", typed), 302)
        yield "bare list", good(self.browser.get("/list/"), 200)
        yield "bare record", good(self.browser.get("/record/R-77/"), 200)


@dataclass
class Portal:
    """One portal with its world (see bench.world)."""

    public: Asks
    officer: Asks
    member: Asks
    facts: Mapping[str, Any]
    sent: list[str] = field(default_factory=list)

    @classmethod
    def on(cls, port: int, facts: Mapping[str, Any]) -> "Portal":
        """Three people's browsers on the portal's server."""
        officer, member = (
            Browser(port, {facts["cookie"]: facts[person]}) for person in ("officer", "member")
        )
        return cls(Browser(port), officer, member, facts)

    def journey(self) -> Iterator[Timed]:
        """One report, from the start page to the receipt, by a person who was never here before."""
        if isinstance(self.public, Browser):
            self.public.forget()
        walk = Walk(self.public)
        self.sent.append(walk.whole().reference)
        for step in walk.steps:
            yield f"{step.method} {step.page}", step.answer

    def lists(self) -> Iterator[Timed]:
        """What an officer opens all day."""
        yield from self._pages(self.officer, LISTS)

    def plans(self) -> Iterator[Timed]:
        """What is opened now and then, and gathers a lot: by an officer, and by the Senior Officer Group."""
        yield from self._pages(self.officer, UPDATES)
        yield from self._pages(self.member, GROUP)

    def pdf(self) -> Iterator[Timed]:
        yield from self._pages(self.member, PDF)

    def _pages(self, browser: Asks, pages: Mapping[str, str]) -> Iterator[Timed]:
        for name, path in pages.items():
            yield f"GET {name}", good(browser.get(path.format(**self.facts)), 200)


def good(answer: Answer, status: int) -> Answer:
    if answer.status != status:
        raise WrongAnswer(f"{answer.status} instead of {status}, to {answer.location}: {answer.text[:300]}")
    return answer
