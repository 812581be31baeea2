"""Sending a report, as an honest browser does it: again, with the same draft, when there was no answer."""

import http.client
import threading
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from bench.http import Browser, Values
from bench.journey import ANONYMOUS, Sending, Sent, Stuck, Walk

NO_ANSWER = (OSError, http.client.HTTPException)
PAUSE_SECONDS = 0.1
NO_ANSWER_AFTER_SECONDS = 20.0
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True)
class Ready:
    """A draft that is complete and not sent: the person's cookies, and the last press of the button."""

    cookies: dict[str, str]
    sending: Sending


@dataclass
class Outcome:
    """How it went: acknowledged once the server said so, whatever was lost on the way before."""

    ready: Ready
    sent: Sent | None = None
    tries: int = 0
    troubles: list[str] = field(default_factory=list)


def get_ready(port: int, answers: Values = ANONYMOUS) -> Ready:
    """Walks the journey as far as the check page."""
    browser = Browser(port)
    sending = Walk(browser).to_check(answers)
    browser.close()
    return Ready(dict(browser.cookies), sending)


def send_once(port: int, ready: Ready, *, when: Callable[[], object] = lambda: None) -> Sent:
    """One press of the button, in a browser of its own, as soon as `when` returns."""
    browser = Browser(port, dict(ready.cookies), timeout_seconds=NO_ANSWER_AFTER_SECONDS)
    when()
    try:
        return Walk(browser).send(ready.sending)
    finally:
        browser.close()


def send_honestly(port: int, ready: Ready, *, patience_seconds: float) -> Outcome:
    """Presses again, with the same draft, until there is a receipt or patience ends."""
    outcome = Outcome(ready)
    deadline = time.monotonic() + patience_seconds
    while outcome.sent is None and time.monotonic() < deadline:
        outcome.tries += 1
        try:
            outcome.sent = send_once(port, ready)
        except (*NO_ANSWER, Stuck) as trouble:
            outcome.troubles.append(f"{type(trouble).__name__}: {str(trouble)[:120]}")
            time.sleep(PAUSE_SECONDS)
    return outcome


def press_together(port: int, ready: Ready, *, presses: int) -> list[Sent | None]:
    """So many presses of one person's button at the same moment; None where there was no receipt."""
    together = threading.Barrier(presses)

    def press(_turn: int) -> Sent | None:
        try:
            return send_once(port, ready, when=lambda: together.wait(30))
        except (*NO_ANSWER, Stuck):
            return None

    return in_parallel(press, range(presses), at_once=presses)


def opens(port: int, sent: Sent) -> bool:
    """Whether reference and code lead to the report's own page."""
    browser = Browser(port)
    values = Walk(browser).coming_back(sent)
    answer = browser.post("/back/", values)
    page = browser.get(answer.location) if answer.status == 302 else answer
    browser.close()
    return page.status == 200 and sent.reference in page.text and "error-summary" not in page.text


def in_parallel(act: Callable[[T], R], over: Iterable[T], *, at_once: int) -> list[R]:
    with ThreadPoolExecutor(max_workers=at_once) as pool:
        return list(pool.map(act, over))


def distinct(found: Sequence[Sent | None]) -> int:
    """How many different receipts there are; a press without one counts as different."""
    return len(set(found))
