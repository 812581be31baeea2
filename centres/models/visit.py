"""Mystery shopping: somebody walks in or rings, and says kindly what they noticed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partners.models import ReportingCentre, User


class VisitKind(models.TextChoices):
    """How the visitor came."""

    CALL = "call", "by telephone"
    VISIT = "visit", "in person"


class MysteryVisit(models.Model):
    """One visit: the codes of what the visitor found as it should be, and the share of what they looked for, in per
    cent. No made-up report is ever entered."""

    centre = models.ForeignKey(ReportingCentre, on_delete=models.CASCADE, related_name="mystery_visits")
    visited_on = models.DateField()
    kind = models.CharField(max_length=10, choices=VisitKind.choices)
    noticed = ArrayField(models.CharField(max_length=40))
    score = models.PositiveSmallIntegerField()
    # What the centre is told, in the visitor's words.
    said = models.CharField(max_length=1000, blank=True)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["-visited_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(score__lte=100), name="a_visit_scores_at_most_a_hundred"
            )
        ]

    def __str__(self) -> str:
        return f"{self.centre_id} on {self.visited_on}: {self.score}"
