"""What the trail keeps of signing in beside the sessions themselves: leaving, being refused, and second steps.

The house has no signals of its own. These are allauth's and Django's: they are the only place where the library says
that a second step was added or a password was wrong, and so they are heard in this one module. No network address is
kept, and not what was typed: a refusal of an unknown address says only that there was one.
"""

from collections.abc import Callable
from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from allauth.mfa.models import Authenticator
from django.contrib.auth import signals as auth
from django.http import HttpRequest
from django.utils import timezone

from audit import trail
from partners.counting import count
from partners.models import User

SIGN_IN = "sign-in"
# Refusals are counted for an hour and written down at these counts only: a guesser must not fill the trail.
WRITTEN_AT = {1, 10, 100, 1_000, 10_000}
COUNTED_SECONDS = 3600


def listen() -> None:
    """Begins to listen; called once, when the room is ready."""
    heard: dict[Any, Callable[..., None]] = {
        auth.user_logged_out: signed_out,
        auth.user_login_failed: refused,
        account.password_changed: password_changed,
        account.password_reset: password_changed,
        mfa.authenticator_added: second_step_added,
        mfa.authenticator_removed: second_step_removed,
        mfa.authenticator_reset: recovery_codes_made,
        mfa.authentication_failed: second_step_refused,
    }
    for signal, receiver in heard.items():
        signal.connect(receiver, dispatch_uid=f"trail.{receiver.__name__}")


def signed_out(sender: Any, request: HttpRequest, user: Any, **_more: Any) -> None:
    """Somebody left, or was shown out."""
    _note("person.signed_out", user)


def refused(sender: Any, credentials: dict[str, Any], **_more: Any) -> None:
    """A password was wrong, or nobody has that address."""
    user = User.objects.filter(email__iexact=str(credentials.get("email") or "")).first()
    _count("person.sign_in_failed", user)


def password_changed(sender: Any, user: Any, **_more: Any) -> None:
    """Somebody chose a new password."""
    _note("person.password_changed", user)


def second_step_added(sender: Any, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """An app or passkey was added, or recovery codes were made for the first time."""
    if authenticator.type == Authenticator.Type.RECOVERY_CODES:
        _note("person.recovery_codes_made", user)
    else:
        _note("person.second_step_added", user, step=str(authenticator.type))


def second_step_removed(sender: Any, user: Any, authenticator: Authenticator, **_more: Any) -> None:
    """An app, a passkey or the recovery codes are gone."""
    _note("person.second_step_removed", user, step=str(authenticator.type))


def recovery_codes_made(sender: Any, user: Any, **_more: Any) -> None:
    """New recovery codes took the place of the old ones."""
    _note("person.recovery_codes_made", user)


def second_step_refused(sender: Any, user: Any, **_more: Any) -> None:
    """A code or passkey was wrong."""
    _count("person.second_step_failed", user)


def _note(act: str, user: Any, **facts: Any) -> None:
    if isinstance(user, User):
        trail.record(act, user, by=user, now=timezone.now(), **facts)


def _count(act: str, user: User | None) -> None:
    """Whoever is refused is not known to be the person, so nobody is named as having done it."""
    bucket = f"{act}:{user.pk if user else 'nobody'}"
    tries = count(bucket, seconds=COUNTED_SECONDS)
    if tries in WRITTEN_AT:
        trail.record(act, user or SIGN_IN, by=None, now=timezone.now(), tries=tries)
