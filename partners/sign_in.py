"""How staff come in: invited only, and never with a password alone."""

from base64 import b64decode, b64encode
from datetime import date, datetime
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core.internal.httpkit import get_client_ip
from allauth.core.internal.ratelimit import truncate_ip
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from partners.models import User
from vault.keys import keyring
from vault.sealing import digest, place_of

SECOND_FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}
_SECRETS = place_of("mfa_authenticator", "data", "secret")


class InvitedOnlyAdapter(DefaultAccountAdapter):
    """Nobody makes an account for themselves; no network address is kept."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "The email address or the password is not right.",
        "incorrect_password": "The password is not right.",
        "enter_current_password": "The password you use now is not right.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again.",
        "rate_limited": "Too many tries. Wait five minutes, then try again.",
        "password_min_length": "Use at least {0} characters.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """A bucket for counting tries: which network it is cannot be read from it, and it changes every day."""
        return network_of(request)

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened; allauth's messages would repeat it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed, and of which one always stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Wait for the next one and type that.",
        "cannot_delete_authenticator": "This is your only second step. Add another one first.",
    }

    def encrypt(self, text: str) -> str:
        key = keyring().newest("wrap")
        return f"{key.id}:{b64encode(key.seal(_SECRETS, text.encode())).decode()}"

    def decrypt(self, encrypted_text: str) -> str:
        key_id, _, sealed = encrypted_text.partition(":")
        return keyring().by_id(key_id).unseal(_SECRETS, b64decode(sealed)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with more than a password (or by a persona of the demonstration)."""
    if not isinstance(request.user, User):
        return False
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or (settings.IS_DEMO and "demo" in methods)


def has_lasted_too_long(request: HttpRequest, *, now: datetime) -> bool:
    """Whether somebody signed in so long ago that they have to do it again, however busy they were since."""
    if not isinstance(request.user, User):
        return False
    began = min((record["at"] for record in get_authentication_records(request, request.user)), default=None)
    return began is not None and now.timestamp() - began > settings.SESSION_COOKIE_AGE


def has_set_up_second_factor(user: AbstractBaseUser) -> bool:
    """Whether the person has an authenticator app or a passkey."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists()


def network_of(request: HttpRequest) -> str:
    """The bucket of whoever asks; all who come without an address are one."""
    return bucket_of(get_client_ip(request) or "", today=timezone.now().date())


def bucket_of(address: str, *, today: date) -> str:
    """The bucket that tries from a network are counted in on one day.

    One line to the internet has 2^64 addresses of the newer kind (IPv6): they are one network.
    """
    return digest("link", f"network {today.isoformat()} {truncate_ip(address)}").hex()
