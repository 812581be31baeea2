"""Prevent and training: sessions that were delivered, whom they reached, and what people said of them."""

from django.db import models

from actionplans.models.action import Action
from partners.models import District, Organisation, User


class SessionKind(models.TextChoices):
    """What was delivered. The 2017 paper names the last three."""

    E_LEARNING = "e-learning", "E-learning"
    BRIEFING = "briefing", "Briefing or training day"
    WRAP = "wrap", "Workshop to raise awareness of Prevent (WRAP)"
    WORKSHOP = "workshop", "School workshop"
    THEATRE = "theatre", "Theatre performance in a school"


# They happen in a school, which `venue` names.
IN_SCHOOLS = (SessionKind.WORKSHOP, SessionKind.THEATRE)


class TrainingSessionQuerySet(models.QuerySet["TrainingSession"]):
    """Questions about sessions."""

    def that_count(self) -> "TrainingSessionQuerySet":
        """Those that nobody took back."""
        return self.filter(taken_back_at=None)


class TrainingSession(models.Model):
    """One session, or one month's completions of an e-learning course."""

    kind = models.CharField(max_length=20, choices=SessionKind.choices)
    title = models.CharField(max_length=160)
    held_on = models.DateField()
    delivered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    # Whose people came; None where they came from many.
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    # A school or other place, where it was for one.
    venue = models.CharField(max_length=160, blank=True)
    people_reached = models.PositiveIntegerField()
    answers = models.PositiveIntegerField(default=0)
    answers_better = models.PositiveIntegerField(default=0)
    what_people_said = models.TextField(blank=True)
    action = models.ForeignKey(Action, null=True, on_delete=models.SET_NULL, related_name="sessions")
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    taken_back_why = models.CharField(max_length=200, blank=True)

    objects = TrainingSessionQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["kind", "held_on"], name="sessions_by_kind")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answers_better__lte=models.F("answers")),
                name="no_more_better_than_answered",
            )
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.held_on}"
