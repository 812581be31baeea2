"""Background work: the schedule of keeping is applied each night."""

from celery import shared_task
from django.utils import timezone

from casework.apply_retention import apply
from partners.retention import schedule


@shared_task(name="casework.apply_retention")
def apply_retention() -> int:
    """Erases what is over and lists what falls due; returns how many records were erased."""
    now = timezone.now()
    return sum(apply(today=timezone.localdate(now), now=now, schedule=schedule()).erased.values())
