"""Writing to the trail: always in the transaction of the act itself, so that neither exists without the other."""

from datetime import datetime
from typing import Any, Protocol

from django.db import models

from audit.models import Actor, AuditEvent


class StaffActor(Protocol):
    """What the trail needs to know of a member of staff."""

    pk: Any

    @property
    def organisation_id(self) -> int | None: ...


def record(
    act: str, subject: models.Model, *, by: StaffActor | None, now: datetime, **facts: Any
) -> AuditEvent:
    """Records that a member of staff (`by`), or without one the portal itself, did `act` to `subject`.

    `act` is 'noun.verb', such as 'case.triaged'. `facts` are codes, ids and counts, never words of a person.
    """
    return AuditEvent.objects.create(**_event(act, subject, by, now, facts, Actor.SYSTEM))


def record_public(act: str, subject: models.Model, *, now: datetime, **facts: Any) -> AuditEvent:
    """Records what somebody without an account did."""
    return AuditEvent.objects.create(**_event(act, subject, None, now, facts, Actor.PUBLIC))


def prepare(
    act: str,
    subject: models.Model,
    *,
    now: datetime,
    by: StaffActor | None = None,
    otherwise: Actor = Actor.SYSTEM,
    **facts: Any,
) -> AuditEvent:
    """An event for an act that adds many rows at once to add with them; without `by` it was `otherwise`."""
    return AuditEvent(**_event(act, subject, by, now, facts, otherwise))


def _event(
    act: str, subject: models.Model, by: StaffActor | None, now: datetime, facts: dict[str, Any], other: Actor
) -> dict[str, Any]:
    return {
        "at": now,
        "act": act,
        "actor_kind": Actor.STAFF if by else other,
        "actor_id": by.pk if by else None,
        "organisation_id": by.organisation_id if by else None,
        "subject_type": subject._meta.label_lower,
        "subject_id": str(subject.pk),
        "facts": facts,
    }
