"""The worker and its clock. Schedules are code: what runs when is read here, not in a table."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")

app = Celery("llr_hate")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

app.conf.beat_schedule = {
    "deliver what is waiting in the outbox": {"task": "outbox.sweep", "schedule": 60.0},
    "erase drafts that nobody came back to": {"task": "reporting.erase_expired_drafts", "schedule": 3600.0},
}
