"""What volunteers practised: which invented story, when, and which of its points they found. No person's report."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db import models

from partners.models import Organisation, User

POINT = 60


class PracticeRunQuerySet(models.QuerySet["PracticeRun"]):
    """Questions about practice."""

    def of(self, volunteer: User) -> "PracticeRunQuerySet":
        """A volunteer's own, the newest first."""
        return self.filter(volunteer=volunteer).order_by("-finished_at", "-id")

    def last_of(self, volunteer: User) -> "PracticeRunQuerySet":
        """A volunteer's last with each story."""
        return self.filter(volunteer=volunteer).order_by("story", "-finished_at", "-id").distinct("story")

    def of_centre(self, centre: Organisation) -> "PracticeRunQuerySet":
        """What was practised at a centre, the newest first."""
        return self.filter(centre=centre).order_by("-finished_at", "-id")


class PracticeRun(models.Model):
    """One story that somebody practised to its end.

    Its id is that of the practice draft, which is gone: finished twice, it is one. A point is a question and a choice,
    such as `Q08:race`: `found` as the story has it, `missed`, or `beyond` what the story says.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    volunteer = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    centre = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    story = models.CharField(max_length=40)
    finished_at = models.DateTimeField()
    found = ArrayField(models.CharField(max_length=POINT), default=list)
    missed = ArrayField(models.CharField(max_length=POINT), default=list)
    beyond = ArrayField(models.CharField(max_length=POINT), default=list)

    objects = PracticeRunQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["centre", "-finished_at"], name="practice_by_centre")]

    def __str__(self) -> str:
        return f"{self.volunteer} practised {self.story}"

    @classmethod
    def note(
        cls,
        practice_id: UUID,
        story: str,
        *,
        volunteer: User,
        found: Sequence[str],
        missed: Sequence[str],
        beyond: Sequence[str],
        now: datetime,
    ) -> tuple["PracticeRun", bool]:
        """The run of a practice, and whether it is new."""
        assert volunteer.organisation, "a permission comes with a workplace"
        return cls.objects.get_or_create(
            id=practice_id,
            defaults={
                "volunteer": volunteer,
                "centre": volunteer.organisation,
                "story": story,
                "finished_at": now,
                "found": list(found),
                "missed": list(missed),
                "beyond": list(beyond),
            },
        )

    @property
    def points(self) -> int:
        """How many points the story has."""
        return len(self.found) + len(self.missed)
