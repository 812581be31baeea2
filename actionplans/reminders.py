"""Reminding: each person at most once a stage, and nobody of what is done; decided at the moment of sending.

The outbox holds who and when, by ids. Sending looks again: what was told meanwhile is not asked for, and whoever has
nothing left to hear gets nothing. The row of the reminder and the outbox's own mark are one transaction; the message
goes out within it, under an id of its own, so that a worker that dies right after sending sends the same message again
and not another one (see docs/PLANS.md).
"""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplans import mails
from actionplans.models import Reminder, UpdateCycle
from actionplans.owing import who_hears
from actionplans.rounds import rule, stages_on
from outbox.models import OutboxEntry
from partners.models import User

KIND = "actionplans.reminder"


def put_reminders(*, now: datetime) -> int:
    """Opens the month's round, and asks for the reminders whose time has come; how many people they are for.

    However often and by however many workers it runs, each person is put once a stage.
    """
    today = timezone.localdate(now)
    cycle = UpdateCycle.of(today)
    if timezone.localtime(now).hour < rule().reminds_from_hour:
        return 0
    people = [
        (stage.code, person)
        for stage in stages_on(today, cycle.due_on)
        for person in sorted(who_hears(stage.to, today))
    ]
    with transaction.atomic():
        for code, person in people:
            payload = {"cycle": cycle.pk, "stage": code, "person": person}
            OutboxEntry.put(KIND, f"{cycle.pk}:{code}:{person}", payload, now=now)
    return len(people)


@transaction.atomic
def remind(cycle: UpdateCycle, stage: str, person: User, *, now: datetime) -> bool:
    """Sends one person's message of a stage, if there still is something to hear; False if not, or if it was sent."""
    today = timezone.localdate(now)
    digest = who_hears(rule().stage(stage).to, today, person=person.pk).get(person.pk)
    if digest is None or not person.is_active:
        return False
    _, is_new = Reminder.objects.get_or_create(cycle=cycle, person=person, stage=stage, defaults={"at": now})
    if is_new:
        mails.send_reminder(cycle, rule().stage(stage), person, digest)
    return is_new


def remind_of(payload: dict[str, Any], now: datetime) -> bool:
    """What the outbox asks for; a round that is over by now is nobody's any more."""
    cycle = UpdateCycle.objects.get(pk=payload["cycle"])
    if UpdateCycle.of(timezone.localdate(now)) != cycle:
        return False
    return remind(cycle, payload["stage"], User.objects.get(pk=payload["person"]), now=now)
