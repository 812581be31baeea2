"""What the proof of plans has done inside the portal: people who come in, and what each page asks the database.

    python -m proofs.plans_work people | asked PAGES EXPLAIN

Run with the portal's environment. `people` prints each person's session; `asked` prints, of each page, how many
statements it sends, and with EXPLAIN=1 which tables they read from end to end.
"""

import json
import os
import sys
from collections.abc import Iterator
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.utils import timezone  # noqa: E402

from actionplans import kept  # noqa: E402
from actionplans.history import keep_versions  # noqa: E402
from actionplans.models import Action  # noqa: E402
from actionplans.sog import figures  # noqa: E402
from bench.statements import FRAMES  # noqa: E402
from bench.world import session_of  # noqa: E402
from partners.models import Organisation  # noqa: E402
from tests.people import farah, gwen, member, sog_member  # noqa: E402

READS = ("SELECT", "WITH", "(SELECT", "EXECUTE")


def people() -> dict[str, str]:
    """Somebody who tells for each partner, and those who look at the pages; their sessions."""
    now = timezone.now()
    for house in Organisation.objects.filter(is_one_of_eleven=True):
        member("Tilda Rowe", house, "plan_contributor", now=now)
    # One version as the portal writes it, for the world to have more like it.
    keep_versions(Action.objects.all()[:1], "loaded", by=None, now=now)
    those = {"partner": gwen(now=now), "group": farah(now=now), "sog": sog_member(now=now)}
    return {"cookie": settings.SESSION_COOKIE_NAME, **{name: session_of(who) for name, who in those.items()}}


def asked(pages: list[list[str]], sessions: dict[str, str], *, explain: bool) -> dict[str, Any]:
    """Of each page (name, whose, address): its statements, and the tables that they read from end to end."""
    found = {}
    for name, who, address in pages:
        client = Client(SERVER_NAME="127.0.0.1")
        client.cookies[sessions["cookie"]] = sessions[who]
        # The first time fills what a process keeps; the second is what a page costs.
        client.get(address)
        # As it is made after something was changed: a page that is kept asks three or four things.
        kept.forget()
        figures.forget()
        with CaptureQueriesContext(connection) as captured:
            answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {answer.status_code}")
        statements = [each["sql"] for each in captured.captured_queries if each["sql"] not in FRAMES]
        if os.environ.get("LLR_PROOF_SHOW"):
            for each in captured.captured_queries:
                print(name, each["time"], each["sql"], file=sys.stderr)
        whole = sorted({table for each in statements if explain for table in _read_whole(each)})
        found[name] = {"statements": len(statements), "whole": whole}
    return found


def _read_whole(statement: str) -> Iterator[str]:
    """Tables that the database reads from end to end for this statement."""
    # What a connection plans for the first time is asked in the same breath.
    statement = statement.rpartition("; ")[2] if statement.startswith("PREPARE") else statement
    statement = statement.strip()
    if not statement.startswith(READS):
        return
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}")
        yield from _scanned(cursor.fetchone()[0][0]["Plan"])


def _scanned(node: dict[str, Any]) -> Iterator[str]:
    if node["Node Type"] == "Seq Scan":
        yield node["Relation Name"]
    for child in node.get("Plans", ()):
        yield from _scanned(child)


def main() -> None:
    what, *more = sys.argv[1:]
    if what == "people":
        print(json.dumps(people()))
    else:
        given = json.loads(sys.stdin.read())
        print(json.dumps(asked(given["pages"], given["sessions"], explain=more == ["1"])))


if __name__ == "__main__":
    main()
