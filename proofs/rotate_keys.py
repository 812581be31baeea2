"""Keys rotate under load: killed twice on the way, the old keys taken out, and nothing is unreadable."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from bench.http import Browser
from bench.journey import ANONYMOUS, Sent, Stuck, Walk
from proofs.house import House
from proofs.result import ROOT, Result
from proofs.sending import NO_ANSWER, Ready, get_ready, opens, send_once

NAME = "rotate_keys"
PROMISE = (
    "keys rotate while the portal serves: rotation may be killed at any moment and given again, the old keys are taken"
    " out, and no value is unreadable."
)
HOW = (
    "Reports, drafts and second factors are sealed by the portal's own acts. `manage.py rotate_keys --new --data-keys`"
    " adds keys, wraps every data key, draft and second factor anew, and encrypts every report anew under a fresh data"
    " key. It is killed with -9 once while it wraps and once while it encrypts, and given again each time. All the"
    " while, people without an account tell whole reports and open earlier ones with their codes, and an officer reads"
    " one, against a web server that is never restarted. Then the old keys are retired, and every value in the database"
    " is opened in a new process and compared with what was sealed."
)
FULL = {"reports": 5_000, "drafts": 84_500, "people": 500, "settles_seconds": 30, "notice_seconds": 10}
# For a house whose processes look at the key file more often.
SMALL = {"reports": 150, "drafts": 60, "people": 5, "settles_seconds": 4, "notice_seconds": 3}
EARLIER = 6
LOOK_EVERY_SECONDS = 0.3
REST_SECONDS = 0.3


@dataclass
class Meanwhile:
    """What people did while keys were rotated, and what did not work."""

    told: list[Sent] = field(default_factory=list)
    opened: int = 0
    read: int = 0
    troubles: list[str] = field(default_factory=list)
    slowest_ms: float = 0.0


def prove(
    house: House, *, reports: int, drafts: int, people: int, settles_seconds: int, notice_seconds: int
) -> Result:
    """Seals, rotates under fire, retires the old keys, opens everything."""
    result = Result(NAME, PROMISE, HOW)
    filled = json.loads(
        house.python("-m", "proofs.sealed_work", "fill", str(reports), str(drafts), str(people))
    )
    result.must_not_be_less("values sealed", filled["values"], than=3 * reports + drafts + people)
    earlier = [Walk(Browser(house.port)).whole() for _ in range(EARLIER)]
    begun = [get_ready(house.port) for _ in range(EARLIER)]
    before = keys_of(house)
    officer = Officer(house.port, {filled["cookie"]: filled["session"]}, earlier[0].reference)
    # Codes, drafts and replays must outlive a new key for codes too.
    house.python("manage.py", "add_key", "receipt", "--seals-in", str(notice_seconds))
    with people_at_work(house, earlier, officer) as meanwhile:
        kills = rotate_under_fire(house, settles_seconds, notice_seconds)
        retire(house, before, settles_seconds)
    result.must("times rotation was killed with -9", kills, be=2)
    _note_meanwhile(result, meanwhile)
    _afterwards(house, result, begun, [*earlier, *meanwhile.told], officer)
    still = sorted(set(keys_of(house)) & {key for key in before if key.startswith(("wrap", "draft"))})
    result.must("old keys of reports and drafts left in the key file", ", ".join(still) or "none", be="none")
    found = json.loads(house.python("-m", "proofs.sealed_work", "open"))
    result.must_not_be_less("values opened afterwards", found["opened"], than=filled["values"])
    result.must("values unreadable", found["unreadable"], be=0)
    result.must("values that say something else than was sealed", found["different"], be=0)
    return result


def _note_meanwhile(result: Result, meanwhile: Meanwhile) -> None:
    result.must("requests that failed meanwhile", "; ".join(meanwhile.troubles[:3]) or "none", be="none")
    result.must_not_be_less("whole reports told meanwhile", len(meanwhile.told), than=3)
    result.must_not_be_less("reports opened with their codes meanwhile", meanwhile.opened, than=3)
    result.must_not_be_less("times an officer read a report meanwhile", meanwhile.read, than=3)
    result.note("the slowest report told meanwhile, whole journey", f"{meanwhile.slowest_ms / 1000:.1f} s")


def _afterwards(
    house: House, result: Result, begun: list[Ready], told: list[Sent], officer: "Officer"
) -> None:
    """With the old keys gone and the same web server: what was begun before, and what was told meanwhile."""
    sent = [send_once(house.port, each) for each in begun]
    again = [send_once(house.port, each) for each in begun]
    result.must("drafts begun before and sent afterwards", len(sent), be=len(begun))
    result.must(
        "the same, sent once more, with another answer",
        sum(a != b for a, b in zip(sent, again, strict=True)),
        be=0,
    )
    closed = [each for each in [*told, *sent] if not opens(house.port, each)]
    result.must("receipts that do not open their report", len(closed), be=0)
    result.must("an officer reads a report with the old keys gone", officer.reads(), be=True)


@dataclass(frozen=True)
class Officer:
    """Somebody signed in, and the report they read."""

    port: int
    cookies: dict[str, str]
    reference: str

    def reads(self) -> bool:
        browser = Browser(self.port, dict(self.cookies))
        page = browser.get(f"/staff/queue/{self.reference}/")
        browser.close()
        return page.status == 200 and str(ANONYMOUS["Q07"]) in page.text


@contextlib.contextmanager
def people_at_work(house: House, earlier: list[Sent], officer: Officer) -> Iterator[Meanwhile]:
    """Three people at a time for the block, each doing their own thing again and again."""
    meanwhile, ended = Meanwhile(), threading.Event()

    def tell() -> None:
        begun = time.perf_counter()
        meanwhile.told.append(Walk(Browser(house.port)).whole())
        meanwhile.slowest_ms = max(meanwhile.slowest_ms, (time.perf_counter() - begun) * 1000)

    def come_back() -> None:
        if not opens(house.port, earlier[meanwhile.opened % len(earlier)]):
            raise Stuck("a code did not open its report")
        meanwhile.opened += 1

    def read() -> None:
        if not officer.reads():
            raise Stuck("the officer could not read the report")
        meanwhile.read += 1

    at_work = [
        threading.Thread(target=_again, args=(act, ended, meanwhile)) for act in (tell, come_back, read)
    ]
    for each in at_work:
        each.start()
    try:
        yield meanwhile
    finally:
        ended.set()
        for each in at_work:
            each.join()


def _again(act: Callable[[], None], ended: threading.Event, meanwhile: Meanwhile) -> None:
    while not ended.is_set():
        try:
            act()
        except (*NO_ANSWER, Stuck) as trouble:
            meanwhile.troubles.append(f"{act.__name__}: {str(trouble)[:200]}")
        ended.wait(REST_SECONDS)


def rotate_under_fire(house: House, settles_seconds: int, notice_seconds: int) -> int:
    """Rotates, killed twice; gives how often it was. The third time it ends by itself."""
    settles = ("--settles-after", str(settles_seconds))
    with rotating(house, *settles, "--new", "--seals-in", str(notice_seconds)) as process:
        kills = _kill_when(process, lambda: _wrapped_anew(house) > 0.3)
    with rotating(house, *settles) as process:
        kills += _kill_when(process, lambda: _encrypted_anew(house) > 0.3)
    with rotating(house, *settles) as process:
        said = process.communicate()[0]
    if process.returncode:
        raise RuntimeError(f"rotate_keys ended with {process.returncode}:\n{said[-2000:]}")
    return kills


@contextlib.contextmanager
def rotating(house: House, *options: str) -> Iterator[subprocess.Popen[str]]:
    """The command, as an administrator gives it."""
    command = [sys.executable, "manage.py", "rotate_keys", "--data-keys", *options]
    with subprocess.Popen(
        command, cwd=ROOT, env=house.env, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                process.kill()


def _kill_when(process: subprocess.Popen[str], is_in_the_middle: Callable[[], bool]) -> int:
    """Kills it there; a run that ended before that says why."""
    said: list[str] = []
    listening = threading.Thread(target=lambda: said.append(process.communicate()[0]), daemon=True)
    listening.start()
    while listening.is_alive():
        if is_in_the_middle():
            os.kill(process.pid, signal.SIGKILL)
            listening.join()
            return 1
        listening.join(LOOK_EVERY_SECONDS)
    raise RuntimeError(f"rotate_keys ended before it could be killed:\n{said[0][-2000:]}")


def _wrapped_anew(house: House) -> float:
    """Which part of the older data keys is wrapped under the newest key."""
    return _part(house, "wrapped_by = '{newest}'", of="made_under <> '{newest}'")


def _encrypted_anew(house: House) -> float:
    """Which part of the reports that were sealed with older secrets is encrypted anew."""
    return _part(house, "previous IS NOT NULL", of="made_under <> '{newest}' OR previous IS NOT NULL")


def _part(house: House, condition: str, *, of: str) -> float:
    """The part of some data keys for which something holds; `{newest}` is the last wrapping key of the file."""
    newest = next(key for key in reversed(keys_of(house)) if key.startswith("wrap"))
    asked = f"SELECT avg(({condition})::int) FROM vault_datakey WHERE {of}".format(newest=newest)
    [(part,)] = house.ask(asked)
    return float(str(part or 0))


def retire(house: House, keys: list[str], settles_seconds: int) -> None:
    """Takes out the old keys of reports and drafts, as soon as that is allowed."""
    time.sleep(1)
    for key in keys:
        if key.startswith(("wrap", "draft")):
            house.python("manage.py", "retire_key", key, "--settled-after", str(settles_seconds))


def keys_of(house: House) -> list[str]:
    """The ids of the keys in the key file, in its order."""
    entries = json.loads(Path(house.env["LLR_KEYS_FILE"]).read_text())["keys"]
    return [entry["id"] for entry in entries]
