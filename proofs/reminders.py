"""Everybody who has not told is reminded exactly once a stage, and nobody of what is done, however workers die."""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from pathlib import Path

from bench.servers import ROOT
from proofs.house import House
from proofs.result import Result

NAME = "reminders"
PROMISE = "each person is reminded exactly once a stage, and nobody of what is done."
HOW = (
    "Days go by, by the clock in a file. Organisations tell of everything, a part or nothing, each on a day of its own."
    " Two worker processes ask for reminders and send them; they are killed with -9 at random moments of the days on"
    " which something is due, and some kill themselves right after a message was written, before the database heard of"
    " it. Who must hear what is worked out apart, action by action, and compared with the messages in the folder."
)
FULL = {"days": 365, "people": 3, "kill_chance": 0.7, "pull_chance": 0.03}
SMALL = {"days": 14, "people": 1, "kill_chance": 1.0, "pull_chance": 0.1}
START = date(2025, 1, 1)
SEED = 20250101
WORKERS = 2
DAY_WITHIN_SECONDS = 120.0
Heard = Counter[tuple[str, str, str]]


@dataclass
class Workers:
    """Two worker processes; whoever dies has a successor at once."""

    clock: Path
    kills: int = 0

    def kill_one(self, lots: random.Random) -> None:
        """KILL, at once."""
        alive: list[int] = json.loads(self.clock.with_name("alive").read_text())
        # It may be gone already, by its own hand.
        with contextlib.suppress(ProcessLookupError):
            os.kill(lots.choice(alive), signal.SIGKILL)
            self.kills += 1

    def finish(self, now: datetime) -> None:
        """Waits until one of them says that nothing of the day is left."""
        deadline = time.monotonic() + DAY_WITHIN_SECONDS
        while time.monotonic() < deadline:
            said = (path.read_text() for path in self.clock.parent.glob("done-*"))
            if now.isoformat() in said:
                return
            time.sleep(0.01)
        raise TimeoutError(f"the workers did not finish {now:%d %B}")


@contextlib.contextmanager
def _workers(house: House, clock: Path, env: dict[str, str]) -> Iterator[Workers]:
    command = [sys.executable, "-m", "proofs.reminder_work", "work", str(clock), str(WORKERS)]
    with (house.folder.logs / "reminder-workers.log").open("ab") as log:
        keeper = subprocess.Popen(command, cwd=ROOT, env=env, stdout=log, stderr=log, start_new_session=True)
    try:
        yield Workers(clock)
    finally:
        # The workers are of the keeper's own group, and of nobody else's.
        os.killpg(keeper.pid, signal.SIGKILL)
        keeper.wait()


def prove(house: House, *, days: int, people: int, kill_chance: float, pull_chance: float) -> Result:
    """So many days, with so many people an organisation, and so often a worker killed on a day that has a stage."""
    house.python("-m", "proofs.reminder_work", "make", str(people), START.isoformat())
    place = house.folder.path / "reminders"
    place.mkdir()
    pulled = place / "pulled"
    env = house.env | {"LLR_PROOF_PULLS": str(pull_chance), "LLR_PROOF_PULLED": str(pulled)}
    expected: Heard = Counter()
    lots = random.Random(SEED)
    _set(place / "clock", START)
    with _teller(house) as ask, _workers(house, place / "clock", env) as workers:
        for day in (START + timedelta(days=number) for number in range(days)):
            must = ask(day)
            expected.update((f"{day:%Y-%m}", stage, address) for stage, address in must)
            _live(day, workers, lots, kill_chance if must else 0.0)
    return _result(house, expected, workers.kills, len(pulled.read_text()) if pulled.exists() else 0, days)


def _live(day: date, workers: Workers, lots: random.Random, kill_chance: float) -> None:
    """One day: the clock is set, workers work and perhaps die, and the day ends when nothing of it is left."""
    now = _set(workers.clock, day)
    if lots.random() < kill_chance:
        time.sleep(lots.uniform(0.0, 0.25))
        workers.kill_one(lots)
    workers.finish(now)


def _set(clock: Path, day: date) -> datetime:
    """The clock at nine in the morning of a day, changed as a whole."""
    now = datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)
    half = clock.with_suffix(".part")
    half.write_text(now.isoformat())
    half.replace(clock)
    return now


@contextlib.contextmanager
def _teller(house: House) -> Iterator[Callable[[date], list[tuple[str, str]]]]:
    """One process in which people tell, and in which it is worked out who must hear: `ask(day)`."""
    command = [sys.executable, "-m", "proofs.reminder_work", "days"]
    process = subprocess.Popen(
        command, cwd=ROOT, env=house.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )

    def ask(day: date) -> list[tuple[str, str]]:
        assert process.stdin
        assert process.stdout
        process.stdin.write(f"{day.isoformat()} {SEED}\n")
        process.stdin.flush()
        return [(stage, address) for stage, address in json.loads(process.stdout.readline())]

    try:
        yield ask
    finally:
        process.kill()
        process.wait()


def _heard(folder: Path) -> Heard:
    """Every message in the folder: (month, stage, address)."""
    found: Heard = Counter()
    for path in folder.glob("*.log"):
        message = message_from_bytes(path.read_bytes())
        identity = message["Message-ID"] or ""
        if identity.startswith("<updates-"):
            year, month, stage = identity.removeprefix("<updates-").rpartition("@")[0].split("-", 2)
            found[f"{year}-{month}", stage.rpartition("-")[0], message["To"]] += 1
    return found


def _result(house: House, expected: Heard, kills: int, pulled: int, days: int) -> Result:
    heard = _heard(house.folder.path / "mail")
    rows = house.ask(
        "SELECT count(*), count(DISTINCT (cycle_id, person_id, stage)) FROM actionplans_reminder"
    )
    waiting = house.ask(
        "SELECT count(*) FROM outbox_outboxentry WHERE kind = 'actionplans.reminder' AND delivered_at IS NULL"
    )
    result = Result(NAME, PROMISE, HOW)
    result.note("days that went by", days)
    result.note("stages of a round, each with its people", len({(month, stage) for month, stage, _ in heard}))
    result.must_not_be_less("workers killed with -9 from outside", kills, than=1)
    result.must_not_be_less("workers gone between a message and the database's word", pulled, than=1)
    result.must_not_be_less("messages", heard.total(), than=1)
    result.must("people who heard of a stage more than once", sum(n > 1 for n in heard.values()), be=0)
    result.must("people who should have heard and did not", len(expected.keys() - heard.keys()), be=0)
    result.must("people who heard though all was told", len(heard.keys() - expected.keys()), be=0)
    result.must("rows of reminders less messages", int(str(rows[0][0])) - heard.total(), be=0)
    result.must("rows twice for one person and stage", int(str(rows[0][0])) - int(str(rows[0][1])), be=0)
    result.must("reminders that still wait", int(str(waiting[0][0])), be=0)
    return result
