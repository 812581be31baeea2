"""Background work: old drafts are erased, and triage officers hear that something waits."""

import logging

from celery import shared_task
from django.utils import timezone

from reporting import evidence
from reporting.models import Draft, Visit
from reporting.news import tell_officers  # noqa: F401 - registers the outbox's handlers
from reporting.words_out import send_word  # noqa: F401 - registers the outbox's handlers

log = logging.getLogger("llr.reporting")


@shared_task(name="reporting.erase_expired_drafts")
def erase_expired_drafts() -> int:
    """Deletes the answers of people who did not come back in time, and visits long over; returns how many drafts
    there were."""
    Visit.erase_ended(now=timezone.now())
    erased = Draft.erase_expired(today=timezone.localdate())
    if erased:
        log.info("drafts erased", extra={"drafts": erased})
    return erased


@shared_task(name="reporting.look_after_evidence")
def look_after_evidence() -> None:
    """Has files looked at that were held while the scanner was away, and erases those that nobody sent."""
    now = timezone.now()
    evidence.erase_left(now=now)
    evidence.look_at_held(now=now)
