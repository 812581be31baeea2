"""The second step of signing in: when it is asked for, and which codes count."""

import contextlib
import logging
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest
from django.utils import timezone

from partners.models import PrintedCode
from partners.second_factors import SECRETS
from partners.tries import SECOND_STEP, Tries
from vault.keys import MissingKey
from vault.sealing import CannotOpen

log = logging.getLogger("llr.sign_in")


class SecondStepStage(AuthenticateStage):
    """allauth's, which is left out where an organisation's own sign-in has seen a second factor just now."""

    def handle(self) -> tuple[Any, bool]:
        # What the organisation's sign-in said, its token included, must not wait in the session for the code.
        self.login.signal_kwargs = None
        return super().handle()

    def _should_handle(self, request: HttpRequest) -> bool:
        return super()._should_handle(request) and not _was_seen_by_the_organisation(request, self.login.user)


def _was_seen_by_the_organisation(request: HttpRequest, user: Any) -> bool:
    proofs = get_authentication_records(request, user)
    return bool(proofs) and proofs[-1].get("type") == "organisation"


class AnyCode:
    """A code of an app, a recovery code or a printed one, with the tries counted for the person and the network."""

    is_proved_again = False
    user: Any
    authenticator: Authenticator
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        code: str = self.cleaned_data["code"]
        tries = Tries.of(SECOND_STEP, str(self.user.pk), context.request)
        if not tries.take():
            raise get_adapter().validation_error("too_many_tries")
        self.is_printed = PrintedCode.use(self.user, code, now=timezone.now())
        if not self.is_printed:
            self._match(code)
        tries.give_back()
        return code

    def _match(self, code: str) -> None:
        """A secret that does not open, because it was moved here, matches no code; the person's others still do."""
        try:
            super().clean_code()  # type: ignore[misc]
        except (CannotOpen, MissingKey):
            log.error("the secret of a second step does not open for the person whose row it is in")
            self.authenticator = self._one_that_opens(code)

    def _one_that_opens(self, code: str) -> Authenticator:
        steps = Authenticator.objects.filter(user=self.user, type__in=SECRETS).order_by("pk")
        for step in steps:
            with contextlib.suppress(CannotOpen, MissingKey):
                if step.wrap().validate_code(code):
                    return step
        for step in steps[:1]:
            self._emit_authentication_failed(step)  # type: ignore[attr-defined]
        raise get_adapter().validation_error("incorrect_code")

    def save(self) -> None:
        if not self.is_printed:
            super().save()  # type: ignore[misc]
            return
        again = self.is_proved_again or None
        record_authentication(context.request, self.user, "mfa", type="printed", reauthenticated=again)
