"""Writing to the trail: always in the transaction of the act itself, so that neither exists without the other."""

from datetime import datetime
from typing import Any, Protocol

from django.db import models

from audit.models import Actor, AuditEvent

PORTAL = "portal"


class StaffActor(Protocol):
    """What the trail needs to know of a member of staff."""

    pk: Any

    @property
    def organisation_id(self) -> int | None: ...


def record(
    act: str, subject: models.Model | str, *, by: StaffActor | None, now: datetime, **facts: Any
) -> AuditEvent:
    """Records that a member of staff (`by`), or without one the portal itself, did `act` to `subject`: a record, or a
    part of the portal such as "sign-in".

    `act` is 'noun.verb', such as 'case.triaged', and has its sentence in `audit/acts.py`. `facts` are codes, ids and
    counts, never words of a person.
    """
    return _saved(prepare(act, subject, by=by, now=now, **facts))


def record_public(act: str, subject: models.Model, *, now: datetime, **facts: Any) -> AuditEvent:
    """Records what somebody without an account did."""
    return _saved(prepare(act, subject, otherwise=Actor.PUBLIC, now=now, **facts))


def prepare(
    act: str,
    subject: models.Model | str,
    *,
    now: datetime,
    by: StaffActor | None = None,
    otherwise: Actor = Actor.SYSTEM,
    **facts: Any,
) -> AuditEvent:
    """An event for an act that adds many rows at once to add with them; without `by` it was `otherwise`."""
    subject_type, subject_id = _named(subject)
    return AuditEvent(
        at=now,
        act=act,
        actor_kind=Actor.STAFF if by else otherwise,
        actor_id=by.pk if by else None,
        organisation_id=by.organisation_id if by else None,
        subject_type=subject_type,
        subject_id=subject_id,
        facts=facts,
    ).stamped()


def _named(subject: models.Model | str) -> tuple[str, str]:
    if isinstance(subject, str):
        return PORTAL, subject
    return subject._meta.label_lower, str(subject.pk)


def _saved(event: AuditEvent) -> AuditEvent:
    event.save()
    return event
