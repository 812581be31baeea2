"""The audit trail can't be bent: what an insider with all rights in the database does to a long one is found."""

import contextlib
import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import psycopg2

from llr_hate.up import postgres
from proofs.house import House
from proofs.result import ROOT, Result

NAME = "audit"
PROMISE = (
    "an edit, a removal, another order, a cut-off end and an insertion in a trail of a million events are all found"
    " within a minute; the serving role may not change or remove a row; sealing does not slow the writers down."
)
HOW = (
    "The trail is filled by the portal's own code as the serving role, sealed, and its head exported. Then the"
    " database's superuser, with all triggers off, does one thing after another, each undone before the next, and"
    " `manage.py audit_verify` is run as an auditor runs it: its time is that of the whole command. Writers are"
    " processes of their own, each transaction one row of business and one stamped event; rounds with and without"
    " sealing (each second, sixty times as often as the worker does) take turns, and the medians are compared."
)
FULL = {"events": 1_000_000, "rounds": 7, "seconds": 6.0, "is_started_anew": True}
# The command is started anew for the untouched trail alone: to start takes longer than to look at so few.
SMALL = {"events": 6_000, "rounds": 1, "seconds": 0.5, "is_started_anew": False}
SECONDS = 60
WRITERS = 8
MOST_LOST = 10
REFUSED = ("UPDATE {} SET {} = {}", "DELETE FROM {}", "TRUNCATE {}")
TABLES = {"audit_auditevent": "act", "audit_seal": "number", "audit_trailcheck": "seal"}


@dataclass(frozen=True)
class Tampering:
    """Something an insider does; `expected` is what the check must say, `undo` brings back what was."""

    name: str
    does: str
    undo: str
    expected: str


def prove(house: House, *, events: int, rounds: int, seconds: float, is_started_anew: bool) -> Result:
    """Fills, checks, tampers and checks again, then writes against time."""
    result = Result(NAME, PROMISE, HOW)
    told = json.loads(house.python("-m", "proofs.trail_work", "fill", str(events)))
    result.must_not_be_less("events sealed", told["sealed"], than=events)
    result.note("sealing them took", f"{told['seconds']:.1f} s")
    _untouched(house, result)
    _refusals(house, result)
    with _superuser(house) as insider, _verifying(house, is_started_anew) as look:
        middle = _middle(insider)
        for each in tamperings(middle):
            _tamper(look, insider, each, result)
    _writers(house, result, rounds=rounds, seconds=seconds)
    return result


def _untouched(house: House, result: Result) -> None:
    code, said, seconds = verify(house)
    result.must("untouched trail: audit_verify ends with", code, be=0)
    result.must(f"untouched trail: found within {SECONDS} s", _within(seconds), be=True)
    result.note("looking at the whole trail took", f"{seconds:.1f} s: {said.splitlines()[0]}")


def _within(seconds: float) -> bool:
    return seconds < SECONDS


Verify = Callable[[], tuple[int, str, float]]


def verify(house: House) -> tuple[int, str, float]:
    """How audit_verify ended, what it said, and how long it took from start to end."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "manage.py", "audit_verify"],
        cwd=ROOT,
        env=house.env,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, time.monotonic() - begun


def _verifying(house: House, is_started_anew: bool) -> AbstractContextManager[Verify]:
    """How the trail is looked at: by the command as an auditor gives it, or by one process again and again."""
    return nullcontext(partial(verify, house)) if is_started_anew else _one_process(house)


@contextlib.contextmanager
def _one_process(house: House) -> Iterator[Verify]:
    command = [sys.executable, "-m", "proofs.trail_work", "verify"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    with subprocess.Popen(command, cwd=ROOT, env=house.env, **pipes) as process:  # type: ignore[call-overload]

        def look() -> tuple[int, str, float]:
            begun = time.monotonic()
            process.stdin.write("look\n")
            process.stdin.flush()
            code, said = json.loads(process.stdout.readline())
            return code, said, time.monotonic() - begun

        yield look
        process.stdin.close()


def _refusals(house: House, result: Result) -> None:
    refused = 0
    with contextlib.closing(psycopg2.connect(house.env[postgres.APP_KEY])) as connection:
        connection.autocommit = True
        for table, column in TABLES.items():
            for statement in REFUSED:
                with connection.cursor() as cursor:
                    try:
                        cursor.execute(statement.format(table, column, column))
                    except psycopg2.errors.InsufficientPrivilege:
                        refused += 1
    result.must("changes, removals and emptyings refused to the serving role", refused, be=len(TABLES) * 3)


def tamperings(middle: int) -> list[Tampering]:
    """Each at the event with the number `middle`, whose seal holds several."""
    one = f"(SELECT event_ids[{middle} - last_event + cardinality(event_ids)] FROM ({_seal(middle)}) seal)"
    return [
        Tampering(
            "one event edited",
            f"UPDATE audit_auditevent SET actor_id = 7 WHERE id = {one}",
            f"UPDATE audit_auditevent SET actor_id = NULL WHERE id = {one}",
            rf"^Event {middle:,} \(.*\) was changed",
        ),
        Tampering(
            "one event deleted",
            f"CREATE TABLE kept AS SELECT * FROM audit_auditevent WHERE id = {one};"
            f" DELETE FROM audit_auditevent WHERE id = {one}",
            "INSERT INTO audit_auditevent SELECT * FROM kept; DROP TABLE kept",
            rf"^Event {middle:,} is gone",
        ),
        Tampering(
            "two events reordered",
            f"CREATE TABLE kept AS SELECT * FROM ({_seal(middle)}) seal;"
            f" UPDATE audit_seal seal SET event_ids = {_swapped(middle)} FROM kept WHERE seal.number = kept.number",
            "UPDATE audit_seal SET event_ids = kept.event_ids FROM kept WHERE audit_seal.number = kept.number;"
            " DROP TABLE kept",
            rf"^Events {middle:,} and {middle + 1:,} do not stand in the order",
        ),
        Tampering(
            "end of the trail cut off, seals included",
            "CREATE TABLE kept AS SELECT * FROM audit_seal ORDER BY number DESC LIMIT 2;"
            " CREATE TABLE kept_events AS SELECT * FROM audit_auditevent"
            " WHERE id IN (SELECT unnest(event_ids) FROM kept);"
            " DELETE FROM audit_auditevent WHERE id IN (SELECT id FROM kept_events);"
            " DELETE FROM audit_seal WHERE number IN (SELECT number FROM kept)",
            "INSERT INTO audit_auditevent SELECT * FROM kept_events; INSERT INTO audit_seal SELECT * FROM kept;"
            " DROP TABLE kept, kept_events",
            r"^The trail ends with event [\d,]+, but on .* its end was cut off",
        ),
        Tampering(
            "the whole trail emptied, seals included",
            "".join(
                f"ALTER TABLE {table} RENAME TO kept_{table};"
                f"CREATE TABLE {table} (LIKE kept_{table} INCLUDING DEFAULTS);"
                f"GRANT SELECT ON {table} TO {postgres.APP};"
                for table in ("audit_auditevent", "audit_seal")
            ),
            "".join(
                f"DROP TABLE {table}; ALTER TABLE kept_{table} RENAME TO {table};"
                for table in ("audit_auditevent", "audit_seal")
            ),
            r"^The trail ends with event 0, but on .* its end was cut off",
        ),
        Tampering(
            "one event inserted among sealed ones",
            "INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp, xid)"
            " SELECT '00000000-0000-4000-8000-000000000001', at, act, actor_kind, subject_type, 'x', facts, stamp, xid"
            f" FROM audit_auditevent WHERE id = {one}",
            "DELETE FROM audit_auditevent WHERE id = '00000000-0000-4000-8000-000000000001'",
            r"^An event \(.*\) was put in among sealed ones",
        ),
        Tampering(
            "one event inserted at the end, as if just written",
            "INSERT INTO audit_auditevent (id, at, act, actor_kind, subject_type, subject_id, facts, stamp)"
            " SELECT '00000000-0000-4000-8000-000000000001', now(), act, actor_kind, subject_type, 'x', facts, stamp"
            f" FROM audit_auditevent WHERE id = {one}",
            "DELETE FROM audit_auditevent WHERE id = '00000000-0000-4000-8000-000000000001'",
            r"^An event \(.*\) was changed, or not written by the portal",
        ),
    ]


def _seal(middle: int) -> str:
    return f"SELECT * FROM audit_seal WHERE last_event >= {middle} ORDER BY last_event LIMIT 1"


def _swapped(middle: int) -> str:
    place = f"({middle} - kept.last_event + cardinality(kept.event_ids))"
    ids = "kept.event_ids"
    return f"{ids}[:{place} - 1] || {ids}[{place} + 1:{place} + 1] || {ids}[{place}:{place}] || {ids}[{place} + 2:]"


def _middle(insider: "psycopg2.extensions.connection") -> int:
    """An event half-way, with others before and after it in the same seal."""
    with insider.cursor() as cursor:
        cursor.execute(
            "SELECT last_event - cardinality(event_ids) / 2 FROM audit_seal WHERE cardinality(event_ids) > 4"
            " ORDER BY abs(last_event - (SELECT max(last_event) FROM audit_seal) / 2) LIMIT 1"
        )
        return int(cursor.fetchone()[0])


def _tamper(look: Verify, insider: "psycopg2.extensions.connection", each: Tampering, result: Result) -> None:
    with insider.cursor() as cursor:
        cursor.execute(each.does)
    try:
        code, said, seconds = look()
    finally:
        with insider.cursor() as cursor:
            cursor.execute(each.undo)
    first = said.splitlines()[0] if said else ""
    is_found = code == 1 and bool(re.search(each.expected, first)) and _within(seconds)
    result.must(f"{each.name}: found and named within {SECONDS} s", is_found, be=True)
    result.note(f"{each.name}: {seconds:.1f} s", first)


@contextlib.contextmanager
def _superuser(house: House) -> Iterator["psycopg2.extensions.connection"]:
    """The database's superuser, with all triggers off."""
    address = urlsplit(house.env[postgres.ADMIN_KEY])._replace(path=f"/{postgres.DATABASE}").geturl()
    with contextlib.closing(psycopg2.connect(address)) as connection:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
        yield connection


def _writers(house: House, result: Result, *, rounds: int, seconds: float) -> None:
    without, sealing, sealed = [], [], 0
    for _ in range(rounds):
        for verb, told in (("no", without), ("sealing", sealing)):
            said = house.python("-m", "proofs.trail_work", "write", str(WRITERS), str(seconds), verb)
            round_ = json.loads(said)
            told.append(round_["written"] / seconds)
            sealed += round_["sealed"]
    house.python("-m", "proofs.trail_work", "clear")
    plain, slowed = statistics.median(without), statistics.median(sealing)
    lost = (1 - slowed / plain) * 100
    result.note(f"{WRITERS} writers, none sealing, transactions a second", _list(without))
    result.note(f"{WRITERS} writers, one sealing, transactions a second", _list(sealing))
    result.must_not_be_less("events sealed meanwhile", sealed, than=1)
    if rounds > 1:
        result.must(f"lost by sealing: {lost:.1f}%, at most {MOST_LOST}%", lost <= MOST_LOST, be=True)


def _list(rates: list[float]) -> str:
    return f"median {statistics.median(rates):,.0f} of " + ", ".join(f"{rate:,.0f}" for rate in rates)
