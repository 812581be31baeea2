"""Counts the SQL statements of each page, inside the process, on the database that the environment names.

Run with the portal's environment and the world's facts as input: `python -m bench.statements`. BEGIN and COMMIT are
not counted, savepoints and the lines that set the scope are.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from bench.http import Answer, Values  # noqa: E402
from bench.targets import Portal, Timed  # noqa: E402

FRAMES = ("BEGIN", "COMMIT")
STATEMENTS = "X-Statements"


class Inside:
    """A browser inside the process; each answer says how many statements it took."""

    def __init__(self, session: tuple[str, str] | None = None) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
        if session:
            self.client.cookies[session[0]] = session[1]

    def get(self, path: str) -> Answer:
        with CaptureQueriesContext(connection) as captured:
            response = self.client.get(path)
        return _answer(response, captured)

    def post(self, path: str, data: Values) -> Answer:
        with CaptureQueriesContext(connection) as captured:
            response = self.client.post(path, data)
        return _answer(response, captured)


def _answer(response: Any, captured: CaptureQueriesContext) -> Answer:
    asked = [each["sql"] for each in captured.captured_queries if each["sql"] not in FRAMES]
    headers = {STATEMENTS: str(len(asked))}
    return Answer(response.status_code, response.headers.get("Location", ""), response.content, 0, headers)


def main() -> None:
    facts = json.loads(sys.stdin.read())
    officer, member = (Inside((facts["cookie"], facts[person])) for person in ("officer", "member"))
    # The first time fills what a process keeps; the second is what a page costs.
    for _turn in range(2):
        portal = Portal(Inside(), officer, member, facts)
        counted = {name: int(answer.headers[STATEMENTS]) for name, answer in everything(portal)}
    print(json.dumps(counted))


def everything(portal: Portal) -> Iterator[Timed]:
    yield from portal.journey()
    yield from portal.lists()
    yield from portal.plans()
    yield from portal.pdf()


if __name__ == "__main__":
    main()
