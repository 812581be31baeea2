"""Third-party reporting centres."""

from datetime import date, datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from audit import trail
from partners.models.area import District
from partners.models.organisation import Organisation
from partners.models.person import User

VERIFIED_FOR = timedelta(days=90)


class CentreQuerySet(models.QuerySet["ReportingCentre"]):
    """Questions about centres."""

    def to_be_checked(self, *, today: date) -> "CentreQuerySet":
        """Those whose listing nobody has checked in the last 90 days; the public is not shown them."""
        long_ago = models.Q(verified_on__lt=today - VERIFIED_FOR) | models.Q(verified_on=None)
        return self.filter(long_ago).select_related("organisation", "district")


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

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["district__order", "organisation__name"]

    def __str__(self) -> str:
        return self.organisation.name

    def is_verified(self, *, today: date) -> bool:
        """Whether somebody has checked the listing in the last 90 days."""
        return self.verified_on is not None and today - self.verified_on <= VERIFIED_FOR

    @transaction.atomic
    def confirm_listing(self, *, by: User, now: datetime) -> None:
        """Somebody has asked the centre and found address, hours and people as listed."""
        self.verified_on = timezone.localdate(now)
        self.save(update_fields=["verified_on"])
        trail.record("centre.listing_confirmed", self, by=by, now=now, centre=self.organisation.code)
