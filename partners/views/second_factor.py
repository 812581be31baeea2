"""The second step of signing in: setting it up and answering with a passkey, over allauth's own views."""

import json
from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.base.views import AuthenticateView, IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, ReauthenticateWebAuthnView
from csp.constants import SELF
from csp.decorators import csp_update
from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.views.generic.edit import FormView

from partners.presence import note_how
from vault.keys import MissingKey
from vault.sealing import CannotOpen


class PasskeyOptions:
    """Hands the browser's question about a passkey to the page as text: scripts inside pages are not allowed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)  # type: ignore[misc]
        if "js_data" in context:
            options = next(iter(context["js_data"].values()))
            context["passkey_options"] = json.dumps(options, cls=DjangoJSONEncoder)
        return context


class CountsAsSecondStep:
    """Who has just proven a new second step need not prove it again to go on."""

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)  # type: ignore[misc]
        request = self.request  # type: ignore[attr-defined]
        kind = self.kind  # type: ignore[attr-defined]
        record_authentication(request, request.user, "mfa", type=kind, reauthenticated=True)
        note_how(request)
        return response


class SecondStep(PasskeyOptions, AuthenticateView):
    """A code or a passkey, after the password."""


# The picture of the code is part of the page, not a file.
@method_decorator(csp_update({"img-src": [SELF, "data:"]}), name="dispatch")
class SetUpApp(CountsAsSecondStep, ActivateTOTPView):
    """An authenticator app, by the picture or by typing its key."""

    kind = Authenticator.Type.TOTP


class AddPasskey(CountsAsSecondStep, PasskeyOptions, AddWebAuthnView):
    """A passkey of this device or of a key on a key ring."""

    kind = Authenticator.Type.WEBAUTHN


class PasskeyAgain(PasskeyOptions, ReauthenticateWebAuthnView):
    """A passkey, before something important is changed."""


class HowISignIn(IndexView):
    """Which second steps the person has. Recovery codes that do not open are none."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        codes = context["authenticators"].get(Authenticator.Type.RECOVERY_CODES)
        try:
            left = len(codes.get_unused_codes()) if codes else 0
        except (CannotOpen, MissingKey):
            left = 0
        return {**context, "recovery_codes_left": left}


class MakeRecoveryCodes(GenerateRecoveryCodesView):
    """New recovery codes, also in place of such as do not open."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            return super().get_context_data(**kwargs)
        except (CannotOpen, MissingKey):
            return {**FormView.get_context_data(self, **kwargs), "unused_code_count": 0}


class SeeRecoveryCodes(ViewRecoveryCodesView):
    """The recovery codes, once; who has such as do not open is led to making new ones."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().get(request, *args, **kwargs)
        except (CannotOpen, MissingKey):
            return redirect("mfa_generate_recovery_codes")
