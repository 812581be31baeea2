"""Third-party reporting centres."""

from datetime import date, timedelta

from django.db import models

from partners.models.area import District
from partners.models.organisation import Organisation

VERIFIED_FOR = timedelta(days=90)


class CentreStanding(models.TextChoices):
    """How a centre stands with the partnership; `centres.standing` says what leads where."""

    PROPOSED = "proposed", "proposed"
    LISTED = "listed", "listed"
    SUSPENDED = "suspended", "suspended"
    CLOSED = "closed", "closed"


class CentreQuerySet(models.QuerySet["ReportingCentre"]):
    """Questions about centres."""

    def active(self) -> "CentreQuerySet":
        """Those that the partnership lists."""
        return self.filter(standing=CentreStanding.LISTED)

    def verified(self, *, today: date) -> "CentreQuerySet":
        """Those whose listing somebody has checked in the last 90 days."""
        return self.filter(verified_on__gte=today - VERIFIED_FOR)

    def shown_to_the_public(self, *, today: date) -> "CentreQuerySet":
        """Listed and checked: from the moment that either ends, nobody is sent there."""
        return self.active().verified(today=today)


class ReportingCentre(models.Model):
    """A place where somebody trusted helps a person to report. It is an organisation of its own, so that its
    people see its reports and nobody else's."""

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="centre")
    district = models.ForeignKey(District, on_delete=models.PROTECT, related_name="centres")
    kind = models.CharField(max_length=80, blank=True)
    about = models.CharField(max_length=500, blank=True)
    address = models.CharField(max_length=200)
    postcode = models.CharField(max_length=8, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    opening_hours = models.CharField(max_length=200)
    languages = models.CharField(max_length=200, blank=True)
    is_step_free = models.BooleanField(default=False)
    has_private_room = models.BooleanField(default=False)
    # The council whose people look after it, and take over what it leaves open.
    looked_after_by = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="centres_looked_after"
    )
    standing = models.CharField(
        max_length=10, choices=CentreStanding.choices, default=CentreStanding.PROPOSED
    )
    verified_on = models.DateField(null=True, blank=True)
    # When it was first listed, and when it closed for good.
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    objects = CentreQuerySet.as_manager()

    class Meta:
        ordering = ["district__order", "organisation__name"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(standing=CentreStanding.CLOSED, closed_on__isnull=False)
                | (~models.Q(standing=CentreStanding.CLOSED) & models.Q(closed_on=None)),
                name="a_closed_centre_says_since_when",
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name

    def is_verified(self, *, today: date) -> bool:
        """Whether somebody has checked the listing in the last 90 days."""
        return self.verified_on is not None and today - self.verified_on <= VERIFIED_FOR

    def is_shown_to_the_public(self, *, today: date) -> bool:
        """Whether people are sent there."""
        return self.standing == CentreStanding.LISTED and self.is_verified(today=today)
