"""The questions of the pages for signing in, in plain words, and of accepting an invitation.

allauth's forms do the work; here they are only asked differently.
"""

from typing import Any
from uuid import uuid4

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.contrib.auth import password_validation
from django.http import HttpRequest
from django.utils import timezone

from outbox.models import OutboxEntry
from partners.models import User
from partners.second_step import AnyCode

# field: (label, hint, what is said when nothing was typed)
WORDS = {
    "login": ("Email address", "", "Enter your email address"),
    "email": ("Email address", "", "Enter your email address"),
    "password": ("Password", "", "Enter your password"),
    "oldpassword": ("The password you use now", "", "Enter the password you use now"),
    "password1": (
        "New password",
        "At least 12 characters. Three or four words that have nothing to do with each other work well.",
        "Enter a new password",
    ),
    "password2": ("The same password again", "", "Enter the new password again"),
    "code": (
        "Code",
        "6 numbers from your app, or one of your recovery codes or printed codes",
        "Enter the code",
    ),
    "name": ("A name for it", "So that you know it again, such as “work laptop”", "Enter a name"),
    "credential": ("Passkey", "", "Use the button to answer with your passkey"),
}


class PlainWords:
    """Gives allauth's fields plain labels and no placeholders."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.widget.attrs.pop("placeholder", None)
            if name in WORDS:
                field.label, field.help_text, field.error_messages["required"] = WORDS[name]


class SignInForm(PlainWords, account.LoginForm):
    """E-mail and password, the first of two steps."""


class ForgottenPasswordForm(PlainWords, account.ResetPasswordForm):
    """Where to send the link. An address that nobody has makes the same work, so that time does not tell who is in."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """The link is made when the worker sends it, so that it never stands in the outbox."""
        found = {"user": self.users[0].pk if self.users else None}
        OutboxEntry.put("partners.password_reset", str(uuid4()), found, now=timezone.now())
        return str(self.cleaned_data["email"])


class NewPasswordForm(PlainWords, account.ResetPasswordKeyForm):
    """A new password after a forgotten one."""


class ChangePasswordForm(PlainWords, account.ChangePasswordForm):
    """A new password for the one in use."""


class PasswordAgainForm(PlainWords, account.ReauthenticateForm):
    """The password, before something important is changed."""


class CodeForm(PlainWords, AnyCode, mfa.AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(PlainWords, AnyCode, mfa.ReauthenticateForm):
    """A code, before something important is changed or shown."""

    is_proved_again = True


class FirstCodeForm(PlainWords, totp.ActivateTOTPForm):
    """The first code of a new authenticator app."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].help_text = "The 6 numbers that your app shows now"


class PasskeyForm(PlainWords, webauthn.AuthenticateWebAuthnForm):
    """A passkey as the second step."""


class PasskeyAgainForm(PlainWords, webauthn.ReauthenticateWebAuthnForm):
    """A passkey, before something important is changed."""


class NewPasskeyForm(PlainWords, webauthn.AddWebAuthnForm):
    """A new passkey and its name."""


class RenamePasskeyForm(PlainWords, webauthn.EditWebAuthnForm):
    """Another name for a passkey."""


class AcceptForm(forms.Form):
    """The password of somebody who was invited."""

    password = forms.CharField(
        label="Choose a password",
        help_text=WORDS["password1"][1],
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Choose a password"},
    )

    def __init__(self, *args: Any, invited: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invited = invited

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        password_validation.validate_password(password, self.invited)
        return password
