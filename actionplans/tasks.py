"""What this room does by the clock and after commit."""

import logging
from datetime import datetime
from typing import Any

from celery import shared_task
from django.utils import timezone

from actionplans import telling_of_decisions
from actionplans.evidence import drop_if_unused
from actionplans.keeping_counts import count_again
from actionplans.reminders import KIND, put_reminders, remind_of
from actionplans.standings import forget_connections_that_ended, keep_all
from outbox.models import handler

log = logging.getLogger("llr.actionplans")


@shared_task(name="actionplans.keep_round")
def keep_round() -> int:
    """Opens the month's round of updates and reminds whoever has not told; returns for how many people it asked."""
    asked = put_reminders(now=timezone.now())
    if asked:
        log.info("reminders of updates", extra={"people": asked})
    return asked


@shared_task(name="actionplans.count_again")
def count_what_the_portal_knows() -> int:
    """Counts again what changes by itself: reports, cases, and what a new day brings; returns how many measures."""
    return count_again(now=timezone.now())


@shared_task(name="actionplans.keep_ratings")
def keep_ratings() -> int:
    """Rates what a new day, or a change that nobody has looked at yet, left unrated; returns how many actions."""
    forget_connections_that_ended()
    return keep_all(timezone.localdate())


@handler(KIND)
def send_reminder(payload: dict[str, Any], now: datetime) -> None:
    """Reminds one person, unless there is nothing left to be reminded of."""
    remind_of(payload, now)


@handler(telling_of_decisions.KIND)
def tell_of_decision(payload: dict[str, Any], now: datetime) -> None:
    """Writes to whoever asked for a change that was decided."""
    telling_of_decisions.tell_of(payload)


@handler("actionplans.drop_file")
def drop_file(payload: dict[str, Any], now: datetime) -> None:
    """Erases a file that was taken back before it was sent."""
    drop_if_unused(payload["file"])
