"""What the proof of a centre's year has done inside the portal: its world, the acts, the clock, workers that may die.

    python -m proofs.centres_work DAY DAYS CENTRES EVERY KILL_CHANCE

The clock is this process's own. What it found is its last line, as JSON.
"""

import html
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.db import connections  # noqa: E402
from django.test import Client  # noqa: E402

from centres import standing, tasks  # noqa: E402, F401 (how letters are delivered)
from centres.closing import close  # noqa: E402
from centres.models import ListingWarning  # noqa: E402
from centres.verifying import verify  # noqa: E402
from centres.warning import KIND, warn_of_stale_listings  # noqa: E402
from outbox.mail_folder import MailFolder  # noqa: E402
from outbox.models import OutboxEntry  # noqa: E402
from partners.models import District, Membership, Organisation, ReportingCentre, User  # noqa: E402

LONDON, MINUTE = ZoneInfo("Europe/London"), timedelta(minutes=1)
SEED = 20260101
NAME = re.compile(r"Year (\d+) Rooms")
HOST = "127.0.0.1"
Moment = tuple[datetime, int, str]


@dataclass
class Diary:
    """What happened to one centre, and what follows, in plain dates: the rule once more, written apart."""

    has_manager: bool
    is_listed: bool = True
    checked: date | None = None
    due: set[tuple[str, str]] = field(default_factory=set)

    def age(self, now: datetime) -> int:
        """Days since somebody found it true, in London."""
        return (now.astimezone(LONDON).date() - self.checked).days if self.checked else 10_000

    def is_shown(self, now: datetime) -> bool:
        return self.is_listed and self.age(now) <= 90

    def is_warned(self, now: datetime) -> None:
        """A worker that works at this moment owes the stage of today."""
        age = self.age(now)
        if self.is_listed and self.checked and age >= 77:
            stage = "soon" if age < 90 else "last" if age == 90 else "hidden"
            self.due.add((stage, self.checked.isoformat()))


@dataclass
class Lived:
    """What came of it."""

    acts: int = 0
    asked: int = 0
    compared: int = 0
    changes: int = 0
    wrong: int = 0
    killed: int = 0
    twins: int = 0


class Year:
    """Some centres, their diaries and their clock."""

    def __init__(self, start: date, days: int, centres: int, kill_chance: float) -> None:
        self.start = datetime(start.year, start.month, start.day, 0, 30, tzinfo=LONDON).astimezone(UTC)
        self.days, self.kill_chance = days, kill_chance
        self.lots, self.lived, self.deaths = random.Random(SEED), Lived(), 0
        self.lead = User.objects.create(email="lead@year.example", name="Lead", date_joined=self.start)
        council = Organisation.objects.get(is_fallback_triage=True)
        self._works(self.lead, council, "centre_lead")
        self.centres: dict[int, ReportingCentre] = {}
        self.diaries: dict[int, Diary] = {}
        for number in range(centres):
            self._add(number, council)
        self.seen = {number: diary.is_shown(self.start) for number, diary in self.diaries.items()}
        self.page = Client(HTTP_HOST=HOST)

    def _works(self, user: User, at: Organisation, role: str) -> None:
        Membership.objects.create(user=user, organisation=at, role_codes=[role], joined_at=self.start)

    def _add(self, number: int, council: Organisation) -> None:
        """A listed centre that somebody checked some days ago, so that each stage is near for some; three in four have
        a manager."""
        ago = [0, 76, 89, 90, 88, 60, 75, 30][number % 8]
        checked = self.start - timedelta(days=ago)
        centre = standing.propose(
            f"Year {number} Rooms",
            code=f"year-{number}",
            district=District.objects.all()[number % 9],
            looked_after_by=council,
            by=self.lead,
            now=checked,
            address="1 Year Street",
            opening_hours="always",
        )
        verify(centre, how="visit", by=self.lead, now=checked)
        standing.list_(centre, by=self.lead, now=checked)
        has_manager = number % 4 != 3
        if has_manager:
            manager = User.objects.create(
                email=f"m{number}@year.example", name=f"Manager {number}", date_joined=self.start
            )
            self._works(manager, centre.organisation, "centre_manager")
        self.centres[number] = centre
        self.diaries[number] = Diary(has_manager, checked=checked.astimezone(LONDON).date())

    # What happens ---------------------------------------------------------------------------------------------

    def acts(self) -> list[Moment]:
        """What will be done when: each centre has a way of its own."""
        moments = [moment for number in self.centres for moment in self._ways(number)]
        return sorted(each for each in moments if each[0] < self.start + timedelta(days=self.days))

    def _ways(self, number: int) -> Iterator[Moment]:
        """Early, on the last day, late or never; and now and then suspended and lifted, or closed for good."""
        lots, now = random.Random(f"{SEED} {number}"), self.start
        waits = [(5, 85), (88, 92), (92, 140), None][number % 4]
        while waits and now < self.start + timedelta(days=self.days):
            now += timedelta(days=lots.randint(*waits), minutes=lots.randint(0, 1439))
            yield now, number, "verify"
        if number % 3 == 0:
            at = self.start + timedelta(days=lots.uniform(1, max(2, self.days / 2)))
            yield at, number, "suspend"
            yield at + timedelta(days=lots.uniform(0.5, 60)), number, "lift"
        if number % 7 == 5:
            yield self.start + timedelta(days=lots.uniform(self.days / 3, self.days)), number, "close"

    def do(self, moment: Moment) -> None:
        """One act, in the portal and in the diary."""
        now, number, act = moment
        centre, diary = ReportingCentre.objects.get(pk=self.centres[number].pk), self.diaries[number]
        try:
            if act == "verify":
                verify(centre, how="by_centre", by=self.lead, now=now)
                diary.checked = now.astimezone(LONDON).date()
            elif act == "suspend":
                standing.suspend(centre, reason="concern", by=self.lead, now=now)
                diary.is_listed = False
            elif act == "lift":
                standing.lift(centre, by=self.lead, now=now)
                diary.is_listed = True
            else:
                close(centre, reason="gone", by=self.lead, now=now)
                diary.is_listed = False
        except standing.NotInThisStanding:
            return
        self.lived.acts += 1

    # What is looked at ----------------------------------------------------------------------------------------

    def look(self, now: datetime) -> None:
        """Asks the public's page at this moment, and compares each centre."""
        with mock.patch("django.utils.timezone.now", return_value=now):
            page = html.unescape(self.page.post("/centres/").content.decode())
        shown = {int(number) for number in NAME.findall(page)}
        self.lived.asked += 1
        for number, diary in self.diaries.items():
            self.lived.compared += 1
            self.lived.wrong += diary.is_shown(now) != (number in shown)
            self.lived.changes += (number in shown) != self.seen[number]
            self.seen[number] = number in shown

    def work(self, now: datetime) -> None:
        """Warns and sends: some workers die, some are two, and another one finishes what they left."""
        dies = self.lots.random() < self.kill_chance
        two = self.lots.random() < 0.5
        if dies or two:
            self.deaths += dies
            pulls = dies and self.deaths % 2 == 0
            workers = [_child(now, pulls=pulls) for _ in range(1 + two)]
            if dies and not pulls:
                time.sleep(self.lots.uniform(0.0, 0.02))
                # Not asked for yet, so that its number is nobody else's, even if it has ended.
                os.kill(workers[0], signal.SIGKILL)
            ends = [os.waitpid(each, 0)[1] for each in workers]
            self.lived.killed += not pulls and os.WIFSIGNALED(ends[0])
            self.lived.twins += two
        warn_and_send(now)
        for diary in self.diaries.values():
            diary.is_warned(now)

    def has_something_to_warn_of(self, now: datetime) -> bool:
        """Whether a stage is due that nobody was owed before."""
        before = {number: set(diary.due) for number, diary in self.diaries.items()}
        for diary in self.diaries.values():
            diary.is_warned(now)
        is_new = any(diary.due != before[number] for number, diary in self.diaries.items())
        for number, diary in self.diaries.items():
            diary.due = before[number]
        return is_new


def warn_and_send(now: datetime) -> None:
    """What the clock and the worker do."""
    warn_of_stale_listings(now=now)
    for entry in OutboxEntry.objects.due(now=now).filter(kind=KIND):
        OutboxEntry.deliver_one(entry.pk, now=now)


def _child(now: datetime, *, pulls: bool) -> int:
    """A worker of its own, which may pull its plug right after a letter is written."""
    connections.close_all()
    pid = os.fork()
    if pid:
        return pid
    if pulls:
        put = MailFolder._put

        def written(self: MailFolder, message: Any) -> None:
            put(self, message)
            with open(os.environ["LLR_PROOF_PULLED"], "a") as file:
                file.write(".")
            os.kill(os.getpid(), signal.SIGKILL)

        MailFolder._put = written  # type: ignore[method-assign]
    try:
        warn_and_send(now)
    finally:
        os._exit(0)


def moments(start: datetime, days: int, every: int) -> Iterator[datetime]:
    """Every so many hours, and the minutes round each midnight in London."""
    found = {start + timedelta(hours=number) for number in range(0, days * 24, every)}
    for number in range(1, days):
        day = (start.astimezone(LONDON) + timedelta(days=number)).date()
        midnight = datetime(day.year, day.month, day.day, tzinfo=LONDON).astimezone(UTC)
        found |= {midnight - MINUTE, midnight, midnight + MINUTE}
    yield from sorted(found)


def live(start: date, days: int, centres: int, every: int, kill_chance: float) -> dict[str, Any]:
    """All of it; what was found."""
    year = Year(start, days, centres, kill_chance)
    acts = year.acts()
    # In some weeks nobody works: not in the first, nor in a short life.
    rests = {week for week in range(2, days // 7) if year.lots.random() < 0.1}
    for now in moments(year.start, days, every):
        while acts and acts[0][0] <= now:
            act = acts.pop(0)
            year.look(act[0] - MINUTE / 60)
            year.do(act)
            year.look(act[0])
            year.look(act[0] + MINUTE)
        year.look(now)
        is_resting = (now - year.start).days // 7 in rests
        if is_resting:
            continue
        if year.has_something_to_warn_of(now):
            year.work(now)
        else:
            warn_and_send(now)
    return vars(year.lived) | _found(year)


def _found(year: Year) -> dict[str, Any]:
    """Warnings that were written and that were due, and the letters that follow from each."""
    numbers = {centre.pk: number for number, centre in year.centres.items()}
    rows = [each for each in ListingWarning.objects.all() if each.centre_id in numbers]
    letters = []
    for each in rows:
        has_manager = year.diaries[numbers[each.centre_id]].has_manager
        if has_manager:
            letters.append(f"{each.pk}-centre")
        if each.stage != "soon" or not has_manager:
            letters.append(f"{each.pk}-leads")
    pulled = os.environ["LLR_PROOF_PULLED"]
    return {
        "told": [(f"{numbers[each.centre_id]}", each.stage, each.since.isoformat()) for each in rows],
        "due": [(f"{number}", *one) for number, diary in year.diaries.items() for one in sorted(diary.due)],
        "letters": letters,
        "waiting": OutboxEntry.objects.filter(kind=KIND, delivered_at=None).count(),
        "pulled": os.path.getsize(pulled) if os.path.exists(pulled) else 0,
    }


if __name__ == "__main__":
    day, days, centres, every, chance = sys.argv[1:]
    with tempfile.TemporaryDirectory(prefix="llr-pulled-") as place:
        os.environ["LLR_PROOF_PULLED"] = f"{place}/pulled"
        found = live(date.fromisoformat(day), int(days), int(centres), int(every), float(chance))
    print(json.dumps(found))
