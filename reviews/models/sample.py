"""Closed cases that a panel from outside looks at: drawn by lot, retold without anybody's details, and always asked
about with the same questions."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import uuid4

from django.db import models

from casework.models import Case
from partners.models import Organisation, User
from vault.models import DataKey, SealedField, SealedModel, Sealer


class Sample(models.Model):
    """One drawing: from which days, how many there were, and the number that the lots were drawn with, so that anybody
    can draw the same again."""

    drawn_at = models.DateTimeField()
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    closed_from = models.DateField()
    closed_until = models.DateField()
    found = models.PositiveIntegerField()
    seed = models.BigIntegerField()

    class Meta:
        ordering = ["-drawn_at", "-id"]

    def __str__(self) -> str:
        return f"cases closed from {self.closed_from:%-d %B %Y} to {self.closed_until:%-d %B %Y}"


class SampledCaseQuerySet(models.QuerySet["SampledCase"]):
    """Questions about the cases of a drawing."""

    def ready(self) -> "SampledCaseQuerySet":
        """Those that the panel may read."""
        return self.exclude(ready_at=None).exclude(summary=None)

    def to_retell_by(self, user: User) -> "SampledCaseQuerySet":
        """Those that the person's organisation led, and has not retold yet."""
        return self.filter(ready_at=None, case__erased_at=None, led_by=user.organisation_id)


class SampledCase(SealedModel):
    """A case of a drawing. The panel reads `summary` and `course`: what was done on which day, by nobody in particular.

    Sealed under a key of its own: who sees the case's own words is another question.
    """

    way_to_data_key: ClassVar[str] = "data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    sample = models.ForeignKey(Sample, on_delete=models.CASCADE, related_name="cases")
    number = models.PositiveSmallIntegerField()
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    led_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    data_key = models.ForeignKey(DataKey, on_delete=models.PROTECT, related_name="+")
    summary = SealedField()
    # [(day since it was told, what was done)]: words of the portal, never an officer's.
    course: Any = models.JSONField(default=list)
    ready_at = models.DateTimeField(null=True)
    ready_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    objects = SampledCaseQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["sample", "number"], name="one_case_a_number"),
            models.UniqueConstraint(fields=["sample", "case"], name="a_case_is_drawn_once"),
        ]

    def __str__(self) -> str:
        return f"case {self.number} of {self.sample_id}"

    def sealing_key(self) -> Sealer:
        return self.data_key


class PanelAnswer(SealedModel):
    """What one member of the panel said about one case."""

    way_to_data_key: ClassVar[str] = "of__data_key"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    of = models.ForeignKey(SampledCase, on_delete=models.CASCADE, related_name="answers")
    member = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    marks = models.JSONField(default=dict)
    done_well = SealedField()
    to_change = SealedField()
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["of", "member"], name="a_member_answers_once")]

    def __str__(self) -> str:
        return f"answer about {self.of_id}"

    def sealing_key(self) -> Sealer:
        return self.of.sealing_key()

    @classmethod
    def give(
        cls, of: SampledCase, marks: dict[str, str], words: dict[str, str], *, by: User, now: datetime
    ) -> "PanelAnswer":
        """Keeps the newest of what a member said; part of an act."""
        said = cls.objects.filter(of=of, member=by).first() or cls(of=of, member=by)
        said.of, said.marks, said.answered_at = of, marks, now
        for column, text in words.items():
            said.seal(column, text)
        said.save()
        return said
