"""What the proof of reminders has done inside the portal: its world, people telling, and workers that may be killed.

    python -m proofs.reminder_work make PEOPLE DAY | days | work CLOCK NUMBER

Days are given: nothing here asks what day it is.
"""

import json
import os
import random
import signal
import sys
import time
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import NoReturn

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from django.conf import settings  # noqa: E402
from django.core.mail import EmailMessage  # noqa: E402

from actionplans import tasks  # noqa: E402, F401 (how reminders are delivered)
from actionplans.models import Action, ProgressUpdate  # noqa: E402
from actionplans.reminders import KIND, put_reminders  # noqa: E402
from actionplans.rounds import Audience, round_of, rule  # noqa: E402
from outbox.mail_folder import MailFolder  # noqa: E402
from outbox.models import OutboxEntry  # noqa: E402
from partners.models import Invitation, Organisation, User  # noqa: E402
from partners.roles import Permission  # noqa: E402

TELLS_EVERYTHING, TELLS_A_PART, TELLS_NOTHING = "everything", "part", "nothing"


def nine(day: date) -> datetime:
    """The day at nine in the morning."""
    return datetime(day.year, day.month, day.day, 9, 0, tzinfo=UTC)


def make(people: int, start: date) -> None:
    """So many people for each organisation, one plan owner among them, and plans that run for more than a year."""
    before = nine(start) - timedelta(days=10)
    for organisation in Organisation.objects.exclude(kind="centre"):
        for number in range(people):
            roles = ["officer", *(["delivery_group"] if number == 0 else [])]
            roles += ["plan_owner"] if organisation.code == "opcc" and number == 0 else []
            Invitation.invite(
                email=f"person{number}@{organisation.code}.example",
                name=f"Person {number} of {organisation.code}",
                organisation=organisation,
                role_codes=roles,
                by=None,
                now=before,
            ).accept(password=f"calm grey herons {number} {organisation.code}", now=before)
    Action.objects.update(percent_now=20, starts=start, due=start + timedelta(days=500), closed_on=None)
    for plan in {action.plan for action in Action.objects.select_related("plan")}:
        plan.period_start, plan.period_end = start, start + timedelta(days=600)
        plan.save()


def tell(day: date, seed: int) -> None:
    """Each organisation tells of everything, of a part or of nothing, on a day of its own each month."""
    for organisation in Organisation.objects.exclude(kind="centre"):
        lots = random.Random(f"{seed} {organisation.code} {day:%Y-%m}")
        how, on = lots.choice([TELLS_EVERYTHING, TELLS_A_PART, TELLS_NOTHING]), lots.randint(1, 27)
        if how == TELLS_NOTHING or day.day != on:
            continue
        teller = User.objects.get(email=f"person0@{organisation.code}.example")
        waiting = list(Action.objects.owed_by(organisation, day))
        for action in waiting if how == TELLS_EVERYTHING else waiting[::2]:
            action.record_update(
                percent_done=20,
                what_changed="",
                is_no_change=True,
                by=teller,
                organisation=organisation,
                now=nine(day) - timedelta(hours=2),
            )


def expect(day: date) -> list[tuple[str, str]]:
    """Who must hear of which stage on this day, as (stage, address): worked out one by one, in another way."""
    due = round_of(day).due_on
    stages = [stage for stage in rule().stages if due + timedelta(days=stage.days) == day]
    if not stages:
        return []
    owing = {each for action in Action.objects.select_related("plan") for each in _who_owes(action, day)}
    users = [user for user in User.objects.filter(is_active=True) if user.organisation_id]
    found = []
    for stage in stages:
        for user in users:
            own = user.organisation_id in owing and user.may(Permission.UPDATE_PLANS)
            steers = bool(owing) and user.may(
                Permission.RUN_MEETINGS if stage.to is Audience.DELIVERY_GROUP else Permission.OWN_PLANS
            )
            if own if stage.to is Audience.CONTRIBUTORS else steers:
                found.append((stage.code, user.email))
    return found


def _who_owes(action: Action, day: date) -> set[int]:
    involved = {action.lead_id, *action.supporting.values_list("pk", flat=True)}
    told = ProgressUpdate.objects.filter(action=action, as_at__gte=day.replace(day=1), as_at__lte=day)
    return involved - set(told.exclude(by=None).values_list("organisation_id", flat=True))


class PullsThePlug(MailFolder):
    """Writes a message; and after the first, and now and then, the machine is gone before the database hears of it."""

    lots = random.Random()

    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        sent = super().send_messages(email_messages)
        pulled = Path(os.environ["LLR_PROOF_PULLED"])
        if not pulled.exists() or self.lots.random() < float(os.environ.get("LLR_PROOF_PULLS", "0")):
            with pulled.open("a") as marks:
                marks.write("x")
            os.kill(os.getpid(), signal.SIGKILL)
        return sent


def keep_workers(clock: Path, number: int) -> None:
    """Keeps so many workers alive: whoever is killed has a successor at once. Their numbers stand beside the clock.

    They are forked, before anything is connected: a process of its own each, without waiting for Python to start.
    """
    alive: set[int] = set()
    while True:
        while len(alive) < number:
            pid = os.fork()
            if pid == 0:
                work(clock)
            alive.add(pid)
        half = clock.with_name("alive.part")
        half.write_text(json.dumps(sorted(alive)))
        half.replace(clock.with_name("alive"))
        alive.discard(os.wait()[0])


def work(clock: Path) -> NoReturn:
    """A worker that lives by the clock in a file: asks for reminders and delivers, until it is killed.

    It writes its own file of what it finished: the day, once nothing of it is left to do.
    """
    settings.EMAIL_BACKEND = "proofs.reminder_work.PullsThePlug"
    random.seed(os.getpid())
    PullsThePlug.lots.seed(os.getpid())
    done, finished = clock.with_name(f"done-{os.getpid()}"), ""
    while True:
        time.sleep(0.02)
        said = clock.read_text()
        if said == finished:
            continue
        now = datetime.fromisoformat(said)
        put_reminders(now=now)
        waiting = list(OutboxEntry.objects.filter(kind=KIND).due(now=now).values_list("pk", flat=True))
        for pk in random.sample(waiting, len(waiting)):
            OutboxEntry.deliver_one(pk, now=now)
        if not OutboxEntry.objects.filter(kind=KIND).due(now=now).exists():
            done.write_text(said)
            finished = said


def main() -> None:
    what, *more = sys.argv[1:]
    if what == "make":
        make(int(more[0]), date.fromisoformat(more[1]))
    elif what == "work":
        keep_workers(Path(more[0]), int(more[1]))
    else:
        # One process for the whole year: a line in, a line out.
        for line in sys.stdin:
            day, seed = date.fromisoformat(line.split()[0]), int(line.split()[1])
            tell(day, seed)
            print(json.dumps(expect(day)), flush=True)


if __name__ == "__main__":
    main()
