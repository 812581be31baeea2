"""Whether somebody has looked that a centre is open, correct and willing, and who was warned that nobody had."""

from django.db import models

from partners.models import ReportingCentre, User


class How(models.TextChoices):
    """How the listing was found to be true."""

    BY_CENTRE = "by_centre", "the centre confirmed it"
    CALL = "call", "a call"
    VISIT = "visit", "a visit"


class WarningStage(models.TextChoices):
    """How near the day is on which the public is not shown the centre any more."""

    SOON = "soon", "two weeks before"
    LAST = "last", "the day before"
    HIDDEN = "hidden", "hidden from the public"


class Verification(models.Model):
    """Somebody found address, hours and people as listed, on one day."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="verifications")
    verified_on = models.DateField()
    how = models.CharField(max_length=10, choices=How.choices)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-verified_on", "-id"]

    def __str__(self) -> str:
        return f"{self.centre_id} on {self.verified_on}"


class ListingWarning(models.Model):
    """That one stage was told, once, of the time since a listing was last found true."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="warnings")
    stage = models.CharField(max_length=10, choices=WarningStage.choices)
    # The day from which the ninety are counted.
    since = models.DateField()
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["centre", "stage", "since"], name="one_warning_a_stage")
        ]

    def __str__(self) -> str:
        return f"{self.stage} of {self.centre_id}"
