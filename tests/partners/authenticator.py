"""An authenticator app, as a person holds it in their hand."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

PERIOD_SECONDS = 30


def code_shown(secret: str, *, steps_ahead: int = 0) -> str:
    """The 6 numbers that the app shows now, or some half minutes from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD_SECONDS + steps_ahead))
