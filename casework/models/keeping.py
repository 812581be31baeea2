"""What the nightly look found out about how long a report is kept."""

from datetime import date
from uuid import uuid4

from django.db import models

from partners.retention import Then
from reporting.models import Report


class KeepLonger(models.TextChoices):
    """Why the rights desk keeps a record beyond its time."""

    STILL_NEEDED = "still_needed", "Work with the person or the family goes on"
    SAME_PEOPLE = "same_people", "It happened again, and the earlier record is part of it"
    LAW = "law", "A law or a contract asks for it"


class KeepingQuerySet(models.QuerySet["Keeping"]):
    """Questions about what falls due."""

    def falling_due(self) -> "KeepingQuerySet":
        """What falls due within the days that the nightly look looks ahead, the soonest first."""
        return self.filter(due_on__isnull=False).order_by("due_on", "reference")

    def to_review(self, *, today: date) -> "KeepingQuerySet":
        """What the rights desk has to decide about; what is held comes up when the hold is lifted."""
        return self.falling_due().filter(then=Then.REVIEW, due_on__lte=today, is_held=False)

    def over_and_held(self, *, today: date) -> "KeepingQuerySet":
        """What only a legal hold keeps."""
        return self.falling_due().filter(due_on__lte=today, is_held=True)


class Keeping(models.Model):
    """One report that was looked at because its time might soon be over. Written by `casework.falling_due`.

    In clear stands only what the rights desk must read: reference, class and day. Whether somebody is a child is said
    only while their record falls due; before, all that is known is when to look again, at most a year ahead.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="keeping")
    reference = models.CharField(max_length=13)
    look_again_on = models.DateField(db_index=True)
    class_code = models.CharField(max_length=30, blank=True)
    then = models.CharField(max_length=10, blank=True)
    due_on = models.DateField(null=True)
    is_held = models.BooleanField(default=False)
    kept_until = models.DateField(null=True)
    kept_why = models.CharField(max_length=20, choices=KeepLonger.choices, blank=True)

    objects = KeepingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["due_on", "reference"], condition=models.Q(due_on__isnull=False), name="falls_due"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on=None, class_code="", then="")
                | (models.Q(due_on__isnull=False) & ~models.Q(class_code="") & ~models.Q(then="")),
                name="what_falls_due_has_its_class",
            ),
            models.CheckConstraint(
                condition=models.Q(kept_until=None, kept_why="")
                | (models.Q(kept_until__isnull=False) & ~models.Q(kept_why="")),
                name="kept_longer_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"keeping of {self.reference}"
