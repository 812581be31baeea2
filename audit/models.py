"""The audit trail: rows without foreign keys, so that they outlive what they speak of, and insert-only."""

from typing import Any
from uuid import uuid4

from django.db import models


class Actor(models.TextChoices):
    """What kind of somebody did it."""

    PUBLIC = "public", "somebody without an account"
    STAFF = "staff", "a member of staff"
    SYSTEM = "system", "the portal itself"


class AuditEvent(models.Model):
    """One act or one read. Never a person's words or details: `facts` holds codes, ids and counts."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10, choices=Actor.choices)
    actor_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; the database refuses to change one."""
        super().save(*args, **{**kwargs, "force_insert": True})
