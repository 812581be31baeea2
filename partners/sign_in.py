"""How staff come in: invited only, and never with a password alone."""

from collections.abc import Iterable
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest
from django.utils import timezone

from partners.models import User
from partners.models.printed_code import has_printed_codes
from partners.networks import network_of
from partners.presence import begin, leave
from partners.second_factors import NotSealedYet, open_secret
from partners.tries import PASSWORD, Tries

SECOND_FACTORS = {Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN}


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

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        """Signs in, and lists the session among the person's own."""
        super().login(request, user)
        assert isinstance(user, User)
        begin(request, user, now=timezone.now())

    def logout(self, request: HttpRequest) -> None:
        """Signs out, and takes the session off the person's list."""
        leave(request)

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuses a try of too many before a password is looked at, which is what costs."""
        self._tries = Tries.of(PASSWORD, str(credentials.get("email", "")).lower(), request)
        if not self._tries.take():
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        self._tries.give_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        Tries.of(PASSWORD, str(credentials.get("email", "")).lower(), request).forget()

    def get_login_stages(self) -> list[str]:
        """allauth's, with our own second step for its."""
        own = {"allauth.mfa.stages.AuthenticateStage": "partners.second_step.SecondStepStage"}
        return [own.get(each, each) for each in super().get_login_stages()]

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The pages say themselves what happened; allauth's messages would repeat it."""


class SecondFactorAdapter(DefaultMFAAdapter):
    """Second factors whose secrets are sealed, and of which one always stays."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Wait for the next one and type that.",
        "too_many_tries": "Too many tries. Wait five minutes, then try again.",
        "cannot_delete_authenticator": "This is your only second step. Add another one first.",
    }

    def encrypt(self, text: str) -> str:
        """Waits for the row that says whose it is, and is sealed there."""
        return NotSealedYet.of(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Only what came with its row opens; raises CannotOpen where it belongs to somebody else, and MissingKey."""
        return open_secret(encrypted_text)

    def is_mfa_enabled(self, user: AbstractBaseUser, types: Iterable[str] | None = None) -> bool:
        """Whether there is a second step; a sheet of printed codes is one wherever an app would be."""
        asked = list(types) if types is not None else [Authenticator.Type.TOTP]
        if super().is_mfa_enabled(user, types=types):
            return True
        return Authenticator.Type.TOTP in asked and isinstance(user, User) and has_printed_codes(user)

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=SECOND_FACTORS)
        return others.exclude(pk=authenticator.pk).exists()


def has_second_factor(request: HttpRequest) -> bool:
    """Whether this session was opened with more than a password (or by a persona of the demonstration)."""
    if not isinstance(request.user, User):
        return False
    methods = {record.get("method") for record in get_authentication_records(request, request.user)}
    return "mfa" in methods or (settings.IS_DEMO and "demo" in methods)


def has_set_up_second_factor(user: AbstractBaseUser) -> bool:
    """Whether the person has an authenticator app, a passkey or a sheet of printed codes."""
    if Authenticator.objects.filter(user_id=user.pk, type__in=SECOND_FACTORS).exists():
        return True
    return isinstance(user, User) and has_printed_codes(user)
