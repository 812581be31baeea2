"""The worker and its clock. Schedules are code: what runs when is read here, not in a table."""

import logging
import os
from importlib import import_module
from logging.config import dictConfig
from types import TracebackType
from typing import Any

from celery import Celery, Task
from celery.schedules import crontab
from celery.signals import setup_logging, task_failure, task_prerun
from django.conf import settings

log = logging.getLogger("llr.worker")

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")

app = Celery("llr_hate")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "ask organisations each quarter who still belongs": {
        "task": "partners.keep_access_reviews",
        "schedule": 3600.0,
    },
    "deliver what is waiting in the outbox": {"task": "outbox.sweep", "schedule": 60.0},
    "seal what was written to the audit trail": {"task": "audit.seal", "schedule": 60.0},
    "write the head of the audit trail down off this machine": {
        "task": "audit.export_head",
        "schedule": 900.0,
    },
    "look at what was sealed since the last look": {"task": "trail.look_each_hour", "schedule": 3600.0},
    "look at the whole audit trail, and tell auditors": {
        "task": "trail.look_each_night",
        "schedule": crontab(hour=3, minute=40),
    },
    "count again what the portal counts for the plans": {
        "task": "actionplans.count_again",
        "schedule": 3600.0,
    },
    "rate the actions of the plans for a new day": {
        "task": "actionplans.keep_ratings",
        "schedule": crontab(minute="*/10"),
    },
    "open the month's round of updates, and remind whoever has not told": {
        "task": "actionplans.keep_round",
        "schedule": 3600.0,
    },
    "erase drafts that nobody came back to": {"task": "reporting.erase_expired_drafts", "schedule": 3600.0},
    "look at files that were held, and erase those that nobody sent": {
        "task": "reporting.look_after_evidence",
        "schedule": 600.0,
    },
    "drop sessions that are over, and what was typed in them": {
        "task": "partners.erase_lapsed_sessions",
        "schedule": 900.0,
    },
    "ask those who agreed how we did": {
        "task": "casework.invite_to_survey",
        "schedule": crontab(hour=6, minute=40),
    },
    "end what was shared until a day that is over": {"task": "casework.end_shares", "schedule": 60.0},
    "tell administrators where nobody may look again": {
        "task": "casework.tell_where_nobody_looks",
        "schedule": 3600.0,
    },
    "warn of centres whose listing nobody has confirmed": {
        "task": "centres.warn_of_stale_listings",
        "schedule": 900.0,
    },
    "erase words of schools and landlords that are kept no longer": {
        "task": "centres.erase_old_words",
        "schedule": crontab(hour=2, minute=50),
    },
    "list for Joint Action Groups what the repeat rule asks for": {
        "task": "reviews.keep_lists",
        "schedule": 300.0,
    },
    "erase what was asked of the rights desk and is kept no longer": {
        "task": "rights.erase_old_requests",
        "schedule": crontab(hour=2, minute=40),
    },
    "apply the schedule of keeping": {
        "task": "casework.apply_retention",
        "schedule": crontab(hour=2, minute=20),
    },
}


@setup_logging.connect
def log_as_the_web_server_does(**_more: Any) -> None:
    """Celery's own format quotes an exception's text and a task's arguments; the portal's does not."""
    dictConfig(settings.LOGGING)


@task_failure.connect
def log_failure(
    sender: Task, exception: BaseException, traceback: TracebackType | None = None, **_more: Any
) -> None:
    """Where a task failed, without the words of the exception."""
    log.error("task failed", extra={"task": sender.name}, exc_info=(type(exception), exception, traceback))


@task_prerun.connect
def follow_reference_data(**_more: Any) -> None:
    """A task works by today's standards and wording."""
    # Models can only be imported once Django is set up, which is after this module.
    following = import_module("partners.following")
    following.look_if_long_ago()
