"""./scripts/bench: the portal beside the bare floor, in one run on one PostgreSQL, ending by itself."""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import servers, showing
from bench.http import Browser
from bench.multiplying import BASE, multiply
from bench.rounds import Effort, Measured, measure
from bench.targets import WHOLE, Floor, Portal
from bench.verdicts import Row, rows
from llr_hate.up.problem import StartProblem, Stopped
from llr_hate.up.stopping import STOP

ROOT = servers.ROOT
BEGUN = time.monotonic()
RESULTS = ROOT / "bench" / "results"
PAGE = ROOT / "docs" / "SPEED.md"
FLOOR_ROWS = 20_000
_FIELDS = ", ".join(f"field_{n}" for n in range(1, 15))
_ANSWERS = ", ".join("'as long as an answer ' || n" for _ in range(14))
SEED_FLOOR = f"""
INSERT INTO rows_row (organisation, received, {_FIELDS})
SELECT 1 + n % 5, now() - n * interval '1 minute', {_ANSWERS} FROM generate_series(1, {FLOOR_ROWS}) n;
INSERT INTO rows_organisation (id, name) SELECT n, 'An organisation ' || n FROM generate_series(1, 5) n;
INSERT INTO rows_author (id, name) SELECT n, 'Somebody ' || n FROM generate_series(1, 50) n;
INSERT INTO rows_record (id, reference, opened, state, words, organisation_id, author_id, {_FIELDS})
SELECT n, 'R-' || n, now() - n * interval '1 minute', 'open', repeat('What was told, word for word. ', 4),
  1 + n % 5, 1 + n % 50, {_ANSWERS}
FROM generate_series(1, {FLOOR_ROWS}) n;
INSERT INTO rows_history (record_id, at, title, body, author_id, organisation_id)
SELECT 1 + n / 12, now() - n * interval '1 minute', 'A note', 'Rang, and will ring again.', 1 + n % 50, 1 + n % 5
FROM generate_series(0, {12 * FLOOR_ROWS - 1}) n
"""


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    few: int
    many: int
    effort: Effort


FULL = Size(few=30, many=20_000, effort=Effort(rounds=100, plans_every=4, documents=8, seconds=120))
QUICK = Size(few=30, many=2_000, effort=Effort(rounds=15, plans_every=5, documents=2, seconds=15))


def main() -> int:
    parser = argparse.ArgumentParser(prog="./scripts/bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer reports and rounds, under a minute")
    parser.add_argument("--strict", action="store_true", help="end with 1 when an aim is missed")
    parser.add_argument(
        "--reports", type=int, help=f"as many reports instead of {FULL.many:,}, up to a million"
    )
    parser.add_argument("--rounds", type=int, help="as many rounds; the page in docs is left as it is")
    chosen = parser.parse_args()
    STOP.listen()
    size = _chosen(QUICK if chosen.quick else FULL, reports=chosen.reports, rounds=chosen.rounds)
    try:
        result = bench(size, is_quick=chosen.quick or bool(chosen.rounds))
    except StartProblem as problem:
        print(problem, file=sys.stderr)
        return 1
    except Stopped:
        return 130
    return int(chosen.strict and any(row.missed for row in result))


def _chosen(size: Size, *, reports: int | None, rounds: int | None) -> Size:
    effort = replace(size.effort, rounds=rounds, documents=min(rounds, 2)) if rounds else size.effort
    return replace(size, many=reports or size.many, effort=effort)


def bench(size: Size, *, is_quick: bool) -> list[Row]:
    """Measures, prints the table, writes the results."""
    load_before = os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="llr-bench-", dir="/tmp") as place:
        measured, statements, version = run(Path(place), size)
    result = rows(measured, statements)
    facts = facts_of(measured, size, load_before, version)
    print(showing.table(result, few=size.few, many=size.many))
    missed = [row.name for row in result if row.missed]
    seconds = time.monotonic() - BEGUN
    print(f"\n{len(result)} requests, {len(missed)} over their aim; load {load_before:.1f}; {seconds:.0f} s")
    keep(facts, result, is_quick=is_quick)
    return result


def run(place: Path, size: Size) -> tuple[Measured, dict[str, int], str]:
    """Everything between an empty folder and the times."""
    with servers.services(place / "data") as env:
        say("Making the floor and the portal")
        floor = make_floor(env)
        few = servers.new_database(env, "portal_few")
        servers.prepare_portal(few)
        many = servers.new_database(env, "portal_many", like="portal_few")
        worlds = [fill(few, size.few), fill(many, size.many)]
        say("Measuring")
        with serving_all(place, floor, few, many) as (floor_port, few_port, many_port):
            measured = measure(
                Floor(Browser(floor_port)),
                Portal.on(few_port, worlds[0]),
                Portal.on(many_port, worlds[1]),
                size.effort,
            )
        say("Counting statements")
        counted = json.loads(servers.python(many, "-m", "bench.statements", given=json.dumps(worlds[1])))
        version = str(servers.run_sql(many, "SHOW server_version")[0][0])
    return measured, counted, version


def make_floor(env: Mapping[str, str]) -> dict[str, str]:
    """The floor's environment, on its own database, with rows in it."""
    there = servers.new_database(env, "floor")
    floor = servers.floor_environment(there)
    servers.manage(floor, "migrate", folder=ROOT / "bench" / "floor")
    servers.run_sql(there, SEED_FLOOR)
    servers.run_sql(there, "VACUUM ANALYZE")
    return floor


def fill(env: Mapping[str, str], reports: int) -> dict[str, Any]:
    """A world of so many reports; how to get in."""
    say(f"Writing {reports:,} invented reports")
    facts: dict[str, Any] = json.loads(servers.python(env, "-m", "bench.world", str(min(reports, BASE))))
    multiply(env, to=reports)
    servers.run_sql(env, "VACUUM ANALYZE")
    # Whoever did nothing for a quarter of an hour has to sign in again.
    return facts | dict(json.loads(servers.python(env, "-m", "bench.world", "0", "--sessions")))


@contextmanager
def serving_all(
    place: Path, floor: Mapping[str, str], few: Mapping[str, str], many: Mapping[str, str]
) -> Iterator[list[int]]:
    with ExitStack() as stack:
        yield [
            stack.enter_context(
                servers.serving(env, application, servers.free_port(), probe, place / f"{name}.log")
            )
            for name, env, application, probe in (
                ("floor", floor, "floor.wsgi:application", "/form/"),
                ("few", few, "llr_hate.wsgi:application", "/health/"),
                ("many", many, "llr_hate.wsgi:application", "/health/"),
            )
        ]


def facts_of(measured: Measured, size: Size, load_before: float, version: str) -> dict[str, Any]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "commit": commit(),
        "few": size.few,
        "many": size.many,
        "rounds": len(measured.many.of[WHOLE]),
        "machine": {
            "system": f"{platform.system()} {platform.machine()}",
            "cores": os.cpu_count(),
            "python": platform.python_version(),
            "postgresql": version,
            "load_before": round(load_before, 1),
            "load_after": round(os.getloadavg()[0], 1),
        },
        "floor": {name: round(measured.floor.median(name), 3) for name in measured.floor.of},
    }


def keep(facts: Mapping[str, Any], result: list[Row], *, is_quick: bool) -> None:
    """Each run has its own file, a whole run of each size its page in docs; that of the usual size is the latest."""
    is_usual = facts["many"] == FULL.many
    size = "" if is_usual or is_quick else f"-{facts['many']}"
    name = f"{facts['date']}-{facts['commit']}{'-quick' if is_quick else size}.json"
    showing.write_json(RESULTS / name, facts, result)
    print(f"Written: bench/results/{name}")
    if is_quick:
        return
    if is_usual:
        showing.write_json(RESULTS / "latest.json", facts, result)
    page = PAGE.with_stem(f"{PAGE.stem}{size}")
    page.write_text(showing.page(facts, result))
    print(f"Written: {page.relative_to(ROOT)}")


def commit() -> str:
    asked = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def say(sentence: str) -> None:
    print(f"{time.monotonic() - BEGUN:5.0f} s  {sentence} …", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
