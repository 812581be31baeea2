"""Whom we asked to help the person, and how that stands: what their own page says of it. Written from above."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from partners.models import Organisation
from reporting.models.report import Report


class HelpStands(models.TextChoices):
    """How a request to another organisation stands."""

    ASKED = "asked", "asked"
    ACCEPTED = "accepted", "accepted"
    DECLINED = "declined", "declined"
    DONE = "done", "done"
    WITHDRAWN = "withdrawn", "withdrawn"


class HelpAskedQuerySet(models.QuerySet["HelpAsked"]):
    """Questions about requests to help."""

    def stand(self, key: UUID, reports: list[Report], **how: Any) -> None:
        """Keeps how the request of this key stands, on each of the reports that it is about."""
        for report in reports:
            self.update_or_create(report=report, key=key, defaults=how)


class HelpAsked(models.Model):
    """One organisation was asked to help. `key` is the request's in the room above; days, never times or words."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="help_asked")
    key = models.UUIDField()
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    stands = models.CharField(max_length=10, choices=HelpStands.choices, default=HelpStands.ASKED)
    asked_on = models.DateField()
    changed_on = models.DateField()

    objects = HelpAskedQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "help asked"
        constraints = [models.UniqueConstraint(fields=["report", "key"], name="one_request_a_report")]

    def __str__(self) -> str:
        return f"{self.organisation} asked to help with {self.report_id}"


def ask_for_help(reports: list[Report], key: UUID, organisation: Organisation, *, now: datetime) -> None:
    """The person's page says from now on that this organisation was asked to help."""
    today = timezone.localdate(now)
    how = {"organisation": organisation, "asked_on": today, "changed_on": today}
    HelpAsked.objects.stand(key, reports, **how)


def help_stands(key: UUID, stands: HelpStands, *, now: datetime) -> None:
    """The person's page says how it stands now."""
    HelpAsked.objects.filter(key=key).update(stands=stands, changed_on=timezone.localdate(now))
