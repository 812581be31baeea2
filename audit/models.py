"""The audit trail: rows without foreign keys, so that they outlive what they speak of, and insert-only."""

from typing import Any
from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models

from audit.stamp import stamp_of


class Actor(models.TextChoices):
    """What kind of somebody did it."""

    PUBLIC = "public", "somebody without an account"
    STAFF = "staff", "a member of staff"
    SYSTEM = "system", "the portal itself"


class AuditEvent(models.Model):
    """One act or one read. Never a person's words or details: `facts` holds codes, ids and whole numbers.

    The table has one column more, `xid`: the transaction that wrote the row, which the database fills in and the
    serving role may not. Sealing goes by it (`audit/sealing.py`).
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    act = models.CharField(max_length=60)
    actor_kind = models.CharField(max_length=10, choices=Actor.choices)
    actor_id = models.BigIntegerField(null=True)
    organisation_id = models.BigIntegerField(null=True)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)
    stamp = models.BinaryField()

    class Meta:
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "at"]),
            models.Index(fields=["actor_id", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.act} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row, stamped; the database refuses to change one."""
        if not self.stamp:
            self.stamped()
        super().save(*args, **{**kwargs, "force_insert": True})

    def stamped(self) -> "AuditEvent":
        """The same event with its stamp; nothing of it may change afterwards."""
        self.stamp = stamp_of(self)
        return self


class Seal(models.Model):
    """A run of events sealed together: which, in which order, and a keyed digest of them and of the seal before.

    Sealed are all events up to the place (`up_to_xid`, `up_to_id`) in the order of transactions. After a restore the
    count of transactions may begin anew: then a seal `is_restart`, and takes in whatever no seal holds. Until the new
    count is over `ceiling`, the highest of the old one, a number may stand for two transactions.
    """

    number = models.BigIntegerField(primary_key=True)
    last_event = models.BigIntegerField()
    event_ids = ArrayField(models.UUIDField())
    up_to_xid = models.BigIntegerField()
    up_to_id = models.UUIDField()
    is_restart = models.BooleanField(default=False)
    ceiling = models.BigIntegerField(default=0)
    sealed_at = models.DateTimeField()
    hash = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["up_to_xid", "up_to_id"], name="audit_seal_place")]

    def __str__(self) -> str:
        return f"seal {self.number} of events {self.first_event:,} to {self.last_event:,}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; the database refuses to change one."""
        super().save(*args, **{**kwargs, "force_insert": True})

    @property
    def first_event(self) -> int:
        return self.last_event - len(self.event_ids) + 1


class TrailCheck(models.Model):
    """One look at the whole trail, or at what was sealed since the last one: how far it reached and what it found."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    at = models.DateTimeField(db_index=True)
    is_whole = models.BooleanField()
    is_good = models.BooleanField()
    events = models.BigIntegerField()
    seal = models.BigIntegerField()
    hash = models.BinaryField()
    findings = models.JSONField(default=list)
    seconds = models.FloatField()

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'in order' if self.is_good else 'NOT in order'}, {self.events:,} events"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Adds the row; the database refuses to change one."""
        super().save(*args, **{**kwargs, "force_insert": True})
