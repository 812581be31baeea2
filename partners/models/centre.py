"""Third-party reporting centres."""

from datetime import date, timedelta

from django.db import models

from partners.models.area import District
from partners.models.organisation import Organisation

VERIFIED_FOR = timedelta(days=90)


class ReportingCentre(models.Model):
    """A place where somebody trusted helps a person to report. It is an organisation of its own, so that its
    people see its reports and nobody else's."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="centre")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="centres")
    address = models.CharField(max_length=200)
    opening_hours = models.CharField(max_length=200)
    languages = models.CharField(max_length=200, blank=True)
    is_step_free = models.BooleanField(default=False)
    verified_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["district__order", "organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name

    def is_verified(self, *, today: date) -> bool:
        """Whether somebody has checked the listing in the last 90 days."""
        return self.verified_on is not None and today - self.verified_on <= VERIFIED_FOR
