"""Two cases that happened to one household, or at one place that was meant: said by a person, never by the portal."""

from datetime import datetime
from uuid import uuid4

from django.db import models

from casework.models import Case
from partners.models import User


class PlaceKind(models.TextChoices):
    """What two cases have in common."""

    HOUSEHOLD = "household", "the same household"
    PREMISES = "premises", "the same place, such as a mosque, a shop or a school"


class SamePlace(models.Model):
    """The newest word about two cases."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    # The smaller id first, so that a pair is one row.
    one = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=PlaceKind.choices)
    is_same = models.BooleanField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["one", "other"], name="two_places_are_decided_once"),
            models.CheckConstraint(
                condition=models.Q(one__lt=models.F("other")), name="two_places_have_one_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.one_id} and {self.other_id}"

    @classmethod
    def decide(cls, one: Case, other: Case, *, kind: str, is_same: bool, by: User, now: datetime) -> None:
        """Keeps the newest word about a pair; part of an act on both cases."""
        first, second = sorted((one, other), key=lambda case: case.pk)
        said = {"kind": kind, "is_same": is_same, "decided_by": by, "decided_at": now}
        cls.objects.update_or_create(one=first, other=second, defaults=said)
