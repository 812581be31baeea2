"""Who is signed in, as each person sees it of themselves: when and how, never from where or with what."""

from datetime import datetime
from importlib import import_module
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import models, transaction

from audit import trail

if TYPE_CHECKING:
    from partners.models.person import User

# Under which name a browser's session carries the id of its line here.
LISTED = "listed"


class SignedInWith(models.TextChoices):
    """What proved, beside the password, that it was this person."""

    APP = "app", "authenticator app"
    PASSKEY = "passkey", "passkey"
    RECOVERY = "recovery", "recovery code"
    PRINTED = "printed", "printed code"
    ORGANISATION = "organisation", "organisation's sign-in"
    PASSWORD = "password", "password alone"
    DEMO = "demo", "demonstration"


class StaffSession(models.Model):
    """One open session of one person. The line is gone when the session is; the trail keeps that there was one.

    It holds no network address, no name of a browser and no key: the session carries this line's id, not the other
    way round.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey("partners.User", on_delete=models.CASCADE, related_name="staff_sessions")
    signed_in_with = models.CharField(max_length=12, choices=SignedInWith.choices)
    started_at = models.DateTimeField()
    # To the minute: when something was last asked for.
    seen_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["user", "-started_at"])]

    def __str__(self) -> str:
        return f"session of {self.user_id} since {self.started_at:%Y-%m-%d %H:%M}"

    @classmethod
    @transaction.atomic
    def begin(cls, user: "User", *, signed_in_with: str, now: datetime) -> "StaffSession":
        """Notes that somebody signed in."""
        session = cls.objects.create(user=user, signed_in_with=signed_in_with, started_at=now, seen_at=now)
        trail.record("person.signed_in", user, by=user, now=now, signed_in_with=signed_in_with)
        return session

    @classmethod
    @transaction.atomic
    def end(cls, ids: "set[UUID]", *, user: "User", by: "User | None", now: datetime) -> int:
        """Ends sessions of one person at once: their browsers' next requests lead to signing in."""
        own = set(cls.objects.filter(user=user, pk__in=ids).values_list("pk", flat=True))
        if own:
            _forget_sessions({str(each) for each in own})
            cls.objects.filter(pk__in=own).delete()
            trail.record("person.sessions_ended", user, by=by, now=now, sessions=len(own))
        return len(own)

    @classmethod
    def end_all(cls, user: "User", *, by: "User | None", now: datetime) -> int:
        """Ends every session of one person."""
        return cls.end(set(user.staff_sessions.values_list("pk", flat=True)), user=user, by=by, now=now)

    @classmethod
    def erase_lapsed(cls, *, now: datetime, started_before: datetime) -> int:
        """Drops the lines, and the sessions that the browsers have long forgotten; returns how many lines."""
        Session.objects.filter(expire_date__lt=now).delete()
        return cls.objects.filter(started_at__lt=started_before).delete()[0]


def _forget_sessions(listed: set[str]) -> None:
    # Ending one is rare and there are few: reading them all is cheaper than one more question on every request.
    kept: Any = import_module(settings.SESSION_ENGINE).SessionStore
    gone = [
        one.session_key
        for one in Session.objects.iterator()
        if kept().decode(one.session_data).get(LISTED) in listed
    ]
    Session.objects.filter(session_key__in=gone).delete()
