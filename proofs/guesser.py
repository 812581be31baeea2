"""Somebody who guesses passwords and codes from many networks: a process of its own, so that it can be held still.

Run as `python -m proofs.guesser < {...}`; prints how many tries it made and how many were hits.
"""

import http.client
import json
import random
import re
import secrets
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bench.http import Answer, Browser

TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
LOGIN, SECOND_STEP, BACK = "/accounts/login/", "/accounts/2fa/authenticate/", "/back/"


@dataclass
class Guesser:
    """One browser on one network."""

    port: int
    network: str
    known: dict[str, Any]
    rng: random.Random
    found: Counter[str] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        # Who is between the two steps is led on to the second: passwords are tried in a browser of their own.
        self.outside, self.token_outside = self._browser()
        self.between, self.token_between = self._browser()
        self.is_past_the_password = False

    def _browser(self) -> tuple[Browser, str]:
        browser = Browser(self.port, also={"X-Forwarded-For": self.network})
        token = TOKEN.search(browser.get(LOGIN).text)
        assert token, "the sign-in page has a form"
        return browser, token.group(1)

    def password(self) -> None:
        """A wrong password for one of the accounts."""
        answer = self.try_outside(
            LOGIN, login=self.rng.choice(self.known["emails"]), password=secrets.token_hex(8)
        )
        self._note("password", answer, is_hit=answer.status == 302)

    def code(self, kind: str) -> None:
        """A wrong code behind a stolen password."""
        if not self.is_past_the_password and not self._come_past_the_password(kind):
            return
        answer = self.go_on(SECOND_STEP, code=_code(kind, self.rng))
        self._note(kind, answer, is_hit=answer.status == 302 and "/staff" in answer.location)
        if answer.status != 200:
            self.is_past_the_password = False

    def receipt(self) -> None:
        """A wrong receipt code for a report that exists."""
        digits = " ".join(f"{self.rng.randrange(7776):04}" for _ in range(6))
        answer = self.try_outside(BACK, reference=self.known["reference"], code=digits)
        is_hit = answer.status == 302 or (answer.status == 200 and 'name="code"' not in answer.text)
        self._note("receipt code", answer, is_hit=is_hit)

    def _come_past_the_password(self, kind: str) -> bool:
        whose = self.known["printed" if kind == "printed code" else "app"]
        answer = self.go_on(LOGIN, login=whose, password=self.known["password"])
        self.is_past_the_password = answer.status == 302 and SECOND_STEP in answer.location
        if not self.is_past_the_password:
            self._note(kind, answer, is_hit=False)
        return self.is_past_the_password

    def try_outside(self, path: str, **values: str) -> Answer:
        """One form, sent by somebody who is not in."""
        return _sent(self.outside, path, {"csrfmiddlewaretoken": self.token_outside, **values})

    def go_on(self, path: str, **values: str) -> Answer:
        """One form of the way in, step after step."""
        return _sent(self.between, path, {"csrfmiddlewaretoken": self.token_between, **values})

    def _note(self, kind: str, answer: Answer, *, is_hit: bool) -> None:
        self.found[kind] += 1
        self.found["hits"] += is_hit
        self.found[f"{kind}: answered {answer.status}"] += 1
        self.found["looked at"] += _was_looked_at(answer)


def _sent(browser: Browser, path: str, values: dict[str, str]) -> Answer:
    """Held still for a while, a guesser finds its connection closed: it opens another."""
    try:
        return browser.post(path, values)
    except (OSError, http.client.HTTPException):
        return browser.post(path, values)


def _was_looked_at(answer: Answer) -> bool:
    """Whether the guess itself was compared, and not the guesser sent away to wait."""
    return answer.status != 429 and "Too many tries" not in answer.text


def _code(kind: str, rng: random.Random) -> str:
    if kind == "printed code":
        return "".join(rng.choice(LETTERS) for _ in range(8))
    return f"{rng.randrange(10 ** (6 if kind == 'app code' else 8)):0{6 if kind == 'app code' else 8}}"


def guess(told: dict[str, Any]) -> dict[str, int]:
    """All tries, spread over the networks, so many a second."""
    rng = random.Random(told["seed"])
    guessers = [
        Guesser(told["port"], f"198.51.{number // 250}.{number % 250 + 1}", told["known"], rng)
        for number in range(told["networks"])
    ]
    acts: list[Callable[[Guesser], None]] = [
        Guesser.password,
        lambda one: one.code("app code"),
        Guesser.receipt,
        lambda one: one.code("recovery code"),
        Guesser.password,
        lambda one: one.code("printed code"),
    ]
    pause = 1 / told["a_second"]
    tries, due = 0, time.monotonic()
    while tries < told["tries"]:
        one = guessers[tries % len(guessers)]
        before = one.found.total()
        acts[(tries // len(guessers)) % len(acts)](one)
        tries += one.found.total() > before
        due += pause
        time.sleep(max(0.0, due - time.monotonic()))
        due = max(due, time.monotonic() - 1)  # held still for a while, it does not catch up in a burst
    return dict(sum((one.found for one in guessers), Counter()))


if __name__ == "__main__":
    print(json.dumps(guess(json.loads(sys.stdin.read()))))
