"""Background work: old drafts are erased, and triage officers hear that something waits."""

import logging
from datetime import datetime
from typing import Any

from celery import shared_task
from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone

from outbox.models import handler
from partners.models.person import holders_of
from partners.roles import Permission
from reporting import evidence
from reporting.models import Draft, Report, Visit
from reporting.receiving import RECEIVED
from reporting.words_out import send_word  # noqa: F401 - registers the outbox's handlers
from scope.context import staff_scope

log = logging.getLogger("llr.reporting")

SUBJECT = "Something new to look at"
# What it is about is said only after sign-in.
BODY = (
    "There is something new for your organisation to look at.\n\nSign in: {url}\n\nDo not answer this e-mail."
)


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


@handler(RECEIVED)
def tell_triage_officers(payload: dict[str, Any], now: datetime) -> None:
    """Tells an organisation's officers that something waits, at most once an hour and without saying what.

    What they may see is asked now, in their own scope: what was taken from them meanwhile is not announced.
    """
    with staff_scope(payload["organisation"]):
        if not Report.objects.waiting().exists():
            return
    officers = holders_of(Permission.SEE_QUEUE).filter(
        memberships__organisation_id=payload["organisation"], memberships__left_at=None
    )
    addresses = sorted(officers.values_list("email", flat=True))
    if addresses:
        body = BODY.format(url=f"{settings.BASE_URL.rstrip('/')}/staff/")
        EmailMessage(SUBJECT, body, bcc=addresses, to=[]).send()
