"""What the person says after sending: a message, more of what happened, a correction, another way to reach them.

Each act comes with the key of its form, and is done once however often it is sent. It wakes the officers' lists by
`Report.has_unread_word`; what it says is sealed.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import trail
from reporting.apart import by_place, keep_apart
from reporting.journey.barring import barred_organisations
from reporting.journey.question import Kept
from reporting.models import Addition, MessageFromReporter, Report, SurveyLink
from reporting.models.from_reporter import SaidLater
from reporting.news import ask_for_digests
from reporting.resharing import bar

MOST_A_DAY = 30
# Whether we may ask how we did.
AGREED = "Q32"
ONE_DAY = timedelta(days=1)
# What is told later and never stands on the page of a case.
ELSEWHERE = (Kept.EQUALITY, Kept.SUSPECT, Kept.BAR)


class TooMuchToday(Exception):
    """So much was said within a day that nobody could read it; tomorrow there is room again."""


@transaction.atomic
def write(report: Report, text: str, *, key: UUID, now: datetime) -> None:
    """A message to whoever works on it; raises TooMuchToday."""
    message = MessageFromReporter(report=report, key=key, said_at=now)
    message.seal("text", text)
    if _said_once(message, now=now):
        trail.record_public("report.reporter_wrote", report, now=now)


@transaction.atomic
def add(report: Report, answers: Mapping[str, Any], *, kind: str, key: UUID, now: datetime) -> None:
    """More, or something put right, by question id; the first words stay. Raises TooMuchToday or NobodyLeft.

    Who did it and equality are kept apart as they are on sending, and who must not see it does not from now on.
    """
    parts = by_place(answers)
    shown = {name: each for place in parts if place not in ELSEWHERE for name, each in parts[place].items()}
    addition = Addition(report=report, key=key, kind=kind, said_at=now)
    addition.seal("answers", json.dumps(shown))
    if _said_once(addition, now=now):
        keep_apart(report, answers, now=now)
        bar(report, barred_organisations(answers), "", now=now)
        if AGREED in answers and answers[AGREED] != "yes":
            SurveyLink.take_back(invitation__report=report)
        trail.record_public("report.added_to", report, now=now, kind=kind, questions=sorted(answers))


@transaction.atomic
def change_contact(report: Report, plan: Mapping[str, Any], *, key: UUID, now: datetime) -> None:
    """From now on the person is reached in this way and no other: a plan that is no longer safe is not kept. Officers
    see that it was changed. Raises TooMuchToday."""
    addition = Addition(report=report, key=key, kind=Addition.Kind.CONTACT, said_at=now)
    if _said_once(addition, now=now):
        report.seal("contact", json.dumps(dict(plan)) if plan else "")
        report.is_anonymous = report.is_anonymous and not plan
        report.save(update_fields=["contact", "is_anonymous"])
        # What went out to the way of before may lie where somebody else reads it.
        SurveyLink.take_back(invitation__report=report)
        trail.record_public("report.contact_changed", report, now=now, way=plan.get("Q26_how", ""))


def _said_once(said: SaidLater, *, now: datetime) -> bool:
    """Adds it unless its key was used; whoever sends twice at once waits for the first."""
    report = said.report
    Report.objects.select_for_update(no_key=True).only("pk").get(pk=report.pk)
    same = type(said)._default_manager.filter(report=report, key=said.key)
    if same.exists():
        return False
    lately = {"report": report, "said_at__gt": now - ONE_DAY}
    if sum(kind.objects.filter(**lately).count() for kind in (MessageFromReporter, Addition)) >= MOST_A_DAY:
        raise TooMuchToday
    said.save(force_insert=True)
    heard(report, now=now)
    return True


def heard(report: Report, *, now: datetime) -> None:
    """Lets lists say that there is something new."""
    report.heard_at, report.has_unread_word = now, True
    report.save(update_fields=["heard_at", "has_unread_word"])
    ask_for_digests(report, now=now)
