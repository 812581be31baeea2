import logging

from celery import shared_task
from django.utils import timezone

from outbox.models import OutboxEntry

log = logging.getLogger("llr.outbox")


@shared_task(name="outbox.sweep")
def sweep() -> int:
    """Delivers all that is due; returns how many were delivered."""
    now = timezone.now()
    waiting = list(OutboxEntry.objects.due(now=now).values_list("pk", flat=True)[:500])
    delivered = sum(OutboxEntry.deliver_one(pk, now=timezone.now()) for pk in waiting)
    if waiting:
        given_up = OutboxEntry.objects.given_up().count()
        log.info("outbox swept", extra={"due": len(waiting), "delivered": delivered, "given_up": given_up})
    return delivered
