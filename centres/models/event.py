"""What happened to a centre, as its page shows it."""

from datetime import datetime
from typing import Any

from django.db import models

from audit import trail
from partners.models import ReportingCentre, User


class CentreEvent(models.Model):
    """One act about a centre. `facts` are codes, days and counts, never anybody's words."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="events")
    act = models.CharField(max_length=40)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    facts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["centre", "-at", "-id"], name="events_of_a_centre")]

    def __str__(self) -> str:
        return f"{self.act} of {self.centre_id}"

    @classmethod
    def note(
        cls, act: str, centre: ReportingCentre, *, by: User | None, now: datetime, **facts: Any
    ) -> "CentreEvent":
        """Writes the act on the centre's page and into the trail; belongs into the transaction of the act."""
        trail.record(f"centre.{act}", centre, by=by, now=now, centre=centre.organisation.code, **facts)
        return cls.objects.create(centre=centre, act=act, at=now, by=by, facts=facts)
