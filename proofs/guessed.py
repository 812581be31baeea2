"""What the proof of guessing needs inside the portal's own process: people to guess at, and one who goes on working.

Run with the portal's environment: `python -m proofs.guessed < {}`; prints who they are.
"""

import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "llr_hate.settings")
django.setup()

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes  # noqa: E402
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret  # noqa: E402
from django.conf import settings  # noqa: E402
from django.utils import timezone  # noqa: E402

from partners.models import PrintedCode  # noqa: E402
from tests.people import PASSWORD, administrator, asha, client_for, farah, gwen, ngozi  # noqa: E402


def prepare() -> dict[str, object]:
    """Gwen with an app and recovery codes, Asha with printed codes, and Ngozi at work."""
    now = timezone.now()
    officer, volunteer, at_work = gwen(now=now), asha(now=now), ngozi(now=now)
    if not officer.authenticator_set.exists():
        TOTP.activate(officer, generate_totp_secret())
    recovery = RecoveryCodes.activate(officer).get_unused_codes()
    PrintedCode.print_sheet(volunteer, by=administrator(now=now), now=now)
    return {
        "emails": [each.email for each in (officer, volunteer, farah(now=now), administrator(now=now))],
        "app": officer.email,
        "printed": volunteer.email,
        "password": PASSWORD,
        "recovery": recovery[0],
        "cookie": settings.SESSION_COOKIE_NAME,
        "session": client_for(at_work).cookies[settings.SESSION_COOKIE_NAME].value,
    }


if __name__ == "__main__":
    print(json.dumps(prepare()))
