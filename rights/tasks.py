"""What this room does by the clock."""

import logging

from celery import shared_task
from django.utils import timezone

from partners.retention import schedule
from rights.keeping import erase_old_requests

log = logging.getLogger("llr.rights")


@shared_task(name="rights.erase_old_requests")
def erase_old() -> int:
    """Erases what was asked of the desk and is kept no longer; returns how many requests there were."""
    now = timezone.now()
    erased = erase_old_requests(today=timezone.localdate(now), now=now, schedule=schedule())
    if erased:
        log.info("requests of the rights desk erased", extra={"erased": erased})
    return erased
