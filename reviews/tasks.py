"""Background work: whatever the repeat rule asks for stands on the lists of the Joint Action Groups."""

from celery import shared_task
from django.utils import timezone

from reviews.listing import bring_up_to_date


@shared_task(name="reviews.keep_lists")
def keep_lists() -> int:
    """Lists what is new and adds to what is listed; returns how many items are new."""
    return bring_up_to_date(now=timezone.now())
