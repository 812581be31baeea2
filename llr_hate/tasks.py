"""What the worker does for the house as a whole."""

from celery import shared_task
from django.utils import timezone

from audit.checking import last_check
from audit.tasks import check_all, check_new
from llr_hate.trail.telling import tell_auditors


@shared_task(name="trail.look_each_hour")
def look_each_hour() -> None:
    """Looks at what was sealed since the last look; auditors hear of it when it does not hold."""
    if not check_new():
        _tell()


@shared_task(name="trail.look_each_night")
def look_each_night() -> None:
    """Looks at the whole trail, and tells auditors."""
    check_all()
    _tell()


def _tell() -> None:
    check = last_check()
    assert check is not None
    tell_auditors(check, now=timezone.now())
