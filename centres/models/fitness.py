"""Whether a centre is fit for purpose, by the partnership's checklist."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partners.models import ReportingCentre, User


class Outcome(models.TextChoices):
    """What a score leads to."""

    PASS = "pass", "fit for purpose"
    IMPROVE = "improve", "to improve"
    SUSPEND = "suspend", "to be suspended"


class FitnessReview(models.Model):
    """The checklist gone through on one day: the codes of the points that were met, and what they came to."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="fitness_reviews")
    reviewed_on = models.DateField()
    met = ArrayField(models.CharField(max_length=40))
    score = models.PositiveSmallIntegerField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    # By when what is missing has to be put right.
    improve_by = models.DateField(null=True)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-reviewed_on", "-id"]

    def __str__(self) -> str:
        return f"{self.centre_id} on {self.reviewed_on}: {self.score}"
