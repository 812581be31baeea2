"""That somebody is signed in and still there: the session's beginning, its list, its idle time and its end."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest

from partners.models import KeptForm, StaffSession, User
from partners.models.session import LISTED, SignedInWith

IDLE = timedelta(minutes=15)
# A session is written to at most once a minute: to be idle for fifteen minutes is to the minute.
NOTED_EVERY = timedelta(minutes=1)
SEEN, KEPT, AWAY, ONWARDS = "seen", "kept", "away", "onwards"


def begin(request: HttpRequest, user: User, *, now: datetime) -> None:
    """Lists the session that has just begun; what somebody else was typing in this browser is nobody's any more."""
    kept = request.session.pop(KEPT, "")
    request.session.pop(AWAY, None)
    request.session.pop(ONWARDS, None)
    if kept:
        KeptForm.drop_unless_of(user, kept)
    signed_in_with = how_signed_in(get_authentication_records(request, user))
    session = StaffSession.begin(user, signed_in_with=signed_in_with, now=now)
    request.session[LISTED] = str(session.pk)
    request.session[SEEN] = int(now.timestamp())


def leave(request: HttpRequest) -> None:
    """Signs out, and takes the session off the person's list."""
    listed = request.session.get(LISTED)
    if listed:
        StaffSession.objects.filter(pk=UUID(listed)).delete()
    logout(request)


def note_how(request: HttpRequest) -> None:
    """Notes on the person's list that the session has been proved with more since."""
    listed = request.session.get(LISTED)
    if listed and isinstance(request.user, User):
        proofs = get_authentication_records(request, request.user)
        StaffSession.objects.filter(pk=UUID(listed)).update(signed_in_with=how_signed_in(proofs))


def how_signed_in(records: list[dict[str, Any]]) -> str:
    """The strongest that the person proved themselves with in this session."""
    types = {
        "totp": SignedInWith.APP,
        "webauthn": SignedInWith.PASSKEY,
        "recovery_codes": SignedInWith.RECOVERY,
        "printed": SignedInWith.PRINTED,
        "organisation": SignedInWith.ORGANISATION,
    }
    found = [
        types.get(record.get("type", ""), SignedInWith.APP) for record in records if record["method"] == "mfa"
    ]
    if found:
        return found[-1].value
    methods = {record["method"] for record in records}
    if "demo" in methods:
        return SignedInWith.DEMO.value
    return (SignedInWith.ORGANISATION if "socialaccount" in methods else SignedInWith.PASSWORD).value


def has_been_idle(request: HttpRequest, *, now: datetime) -> bool:
    """Whether nothing was asked for in this session for fifteen minutes."""
    return now - last_seen(request, now=now) >= IDLE


def note_seen(request: HttpRequest, *, now: datetime) -> None:
    """Notes, at most once a minute, that somebody is still there."""
    if now - last_seen(request, now=now) < NOTED_EVERY:
        return
    request.session[SEEN] = int(now.timestamp())
    listed = request.session.get(LISTED)
    if listed:
        StaffSession.objects.filter(pk=UUID(listed)).update(seen_at=now)


def last_seen(request: HttpRequest, *, now: datetime) -> datetime:
    """When something was last asked for; in a session that has not noted it, when it began."""
    seen = request.session.get(SEEN)
    if seen is None and isinstance(request.user, User):
        proofs = get_authentication_records(request, request.user)
        seen = max((record["at"] for record in proofs), default=None)
    return datetime.fromtimestamp(seen, tz=now.tzinfo) if seen is not None else now


def has_lasted_too_long(request: HttpRequest, *, now: datetime) -> bool:
    """Whether somebody signed in so long ago that they have to do it again, however busy they were since."""
    if not isinstance(request.user, User):
        return False
    began = min((record["at"] for record in get_authentication_records(request, request.user)), default=None)
    return began is not None and now.timestamp() - began > settings.SESSION_COOKIE_AGE
