"""ASB Case Reviews: somebody believes that no effective action was taken, and asks that others look at it."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models

from casework.models import Case
from partners.models import Organisation, User
from vault.models import SealedField, SealedModel, Sealer


class AskedBy(models.TextChoices):
    """Who asks for it."""

    PERSON = "person", "The person it happened to"
    ON_BEHALF = "on_behalf", "Somebody on their behalf, who has their agreement"


class Step(models.TextChoices):
    """Where a request stands."""

    ASKED = "asked", "asked for"
    MET = "met", "accepted"
    NOT_MET = "not_met", "not accepted"
    DONE = "done", "finished"


# Somebody still has something to do.
UNDER_WAY = (Step.ASKED, Step.MET)


class CaseReviewQuerySet(models.QuerySet["CaseReviewRequest"]):
    """Questions about requests."""

    def under_way(self) -> "CaseReviewQuerySet":
        return self.filter(step__in=UNDER_WAY)

    def accepted(self) -> "CaseReviewQuerySet":
        """Those that are being reviewed."""
        return self.filter(step=Step.MET)


class CaseReviewRequest(SealedModel):
    """One request, from the day it is made to the answer to an appeal. Words are sealed under the case's key."""

    way_to_data_key: ClassVar[str] = "case__case_reports__report__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="case_reviews")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=10, choices=AskedBy.choices)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    # Why they believe that no effective action was taken.
    why = SealedField()
    step = models.CharField(max_length=10, choices=Step.choices, default=Step.ASKED)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    # Nobody decides alone whether what they did themselves was enough.
    agreed_with = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    decision = SealedField()
    due_on = models.DateField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=30, blank=True)
    recommendations = SealedField()
    appealed_on = models.DateField(null=True)
    appeal = SealedField()
    answered_on = models.DateField(null=True)
    answer = SealedField()

    objects = CaseReviewQuerySet.as_manager()

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(step__in=["asked", "met"]),
                name="one_case_review_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(step=Step.ASKED, decided_at=None)
                | (~models.Q(step=Step.ASKED) & models.Q(decided_at__isnull=False)),
                name="case_review_decided_has_its_time",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | models.Q(appealed_on__isnull=False),
                name="only_an_appeal_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return f"case review of {self.case_id}"

    def sealing_key(self) -> Sealer:
        return self.case.sealing_key()

    def is_late(self, *, today: date) -> bool:
        """Whether the review takes longer than it may."""
        return self.step == Step.MET and self.due_on is not None and self.due_on < today
