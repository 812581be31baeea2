"""What this room does by the clock and after commit."""

import logging

from celery import shared_task
from django.utils import timezone

from centres import heard, warning
from centres.closing import tell_who_takes_over  # noqa: F401 - registers the outbox's handlers
from centres.editing import tell_of_change  # noqa: F401 - registers the outbox's handlers
from centres.links import send_link  # noqa: F401 - the same
from partners.retention import schedule

log = logging.getLogger("llr.centres")


@shared_task(name="centres.warn_of_stale_listings")
def warn_of_stale_listings() -> int:
    """Warns of listings that nobody has found true for long; returns how many warnings there were."""
    warned = warning.warn_of_stale_listings(now=timezone.now())
    if warned:
        log.info("warnings of listings", extra={"warnings": warned})
    return warned


@shared_task(name="centres.erase_old_words")
def erase_old_words() -> int:
    """Erases words of schools and landlords that the schedule keeps no longer; returns how many there were."""
    erased = heard.erase_old_words(now=timezone.now(), schedule=schedule())
    if erased:
        log.info("words of schools and landlords erased", extra={"erased": erased})
    return erased
