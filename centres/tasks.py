"""What this room does by the clock and after commit."""

import logging

from celery import shared_task
from django.utils import timezone

from centres import warning
from centres.editing import tell_of_change  # noqa: F401 - registers the outbox's handlers

log = logging.getLogger("llr.centres")


@shared_task(name="centres.warn_of_stale_listings")
def warn_of_stale_listings() -> int:
    """Warns of listings that nobody has found true for long; returns how many warnings there were."""
    warned = warning.warn_of_stale_listings(now=timezone.now())
    if warned:
        log.info("warnings of listings", extra={"warnings": warned})
    return warned
