"""Signing in for real: an app's code, a recovery code, a passkey; every page on the way is usable by everybody."""

import base64
import hashlib
import hmac
import re
import struct
import time
from collections.abc import Callable

import pytest

from tests.journeys.pages import assert_everybody_can_use
from tests.journeys.people import Visitor

pytestmark = [pytest.mark.journey, pytest.mark.timeout(180, func_only=True)]
# Said on the demonstration's first page, for the way with two steps.
PASSWORD = "three calm grey herons"
TOBIAS = "tobias.okonjo@leicestershire.example"
PARVEEN = "parveen.lakhwara@leicestershire.example"
VIRTUAL_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_shown(secret: str) -> str:
    """What an authenticator app shows now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    seal = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    at = seal[-1] & 15
    return f"{(struct.unpack('>I', seal[at : at + 4])[0] & 0x7FFFFFFF) % 10**6:06d}"


def give_password(visitor: Visitor, email: str, at: str) -> None:
    visitor.go(f"{at}/accounts/login/")
    visitor.write("Email address", email)
    visitor.page.locator("input[name=password]").fill(PASSWORD)
    visitor.onwards()
    visitor.page.wait_for_load_state()


def test_tobias_sets_up_an_app_keeps_his_codes_and_comes_back(
    visit: Callable[..., Visitor], portal: str
) -> None:
    tobias = visit()
    give_password(tobias, TOBIAS, portal)
    assert tobias.heading() == "Set up your second step"
    assert_everybody_can_use(tobias.page)
    tobias.onwards("Use an app")
    tobias.page.locator("input[name=password]").fill(PASSWORD)
    tobias.onwards()
    picture = tobias.page.locator("img.qr")
    assert picture.evaluate("image => image.complete && image.naturalWidth > 0")
    assert_everybody_can_use(tobias.page)
    secret = tobias.page.locator(".qr-key").inner_text().strip()
    tobias.write("Code", code_shown(secret))
    tobias.onwards()
    codes = tobias.page.locator(".recovery-codes__code").all_inner_texts()
    assert len(codes) == 10
    assert_everybody_can_use(tobias.page)
    tobias.onwards("I have kept them. Go on")
    assert tobias.heading() == "Today"
    for path in ("", "recovery-codes/", "recovery-codes/generate/", "passkeys/", "app/deactivate/"):
        tobias.go(f"{portal}/accounts/2fa/{path}")
        assert_everybody_can_use(tobias.page)
    comes_back_without_scripts(visit(scripts=False), codes[0], portal)


def comes_back_without_scripts(tobias: Visitor, recovery_code: str, portal: str) -> None:
    give_password(tobias, TOBIAS, portal)
    assert tobias.heading() == "The second step"
    tobias.write("Code", recovery_code)
    tobias.onwards("Sign in")
    assert tobias.heading() == "Today"
    tobias.onwards("Sign out")
    tobias.go(f"{portal}/staff/")
    assert tobias.heading() == "Sign in"


def test_parveen_signs_in_with_a_passkey(visit: Callable[..., Visitor], portal: str) -> None:
    # Passkeys belong to a name, so the address must not be a number.
    at = portal.replace("127.0.0.1", "localhost")
    parveen = visit(width=1280)
    session = parveen.page.context.new_cdp_session(parveen.page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": VIRTUAL_KEY})
    give_password(parveen, PARVEEN, at)
    parveen.onwards("Use a passkey")
    parveen.page.locator("input[name=password]").fill(PASSWORD)
    parveen.onwards()
    assert_everybody_can_use(parveen.page)
    parveen.write("A name for it", "work laptop")
    parveen.onwards("Add this passkey")
    parveen.page.wait_for_url("**/recovery-codes/")
    parveen.onwards("I have kept them. Go on")
    parveen.go(f"{at}/accounts/2fa/passkeys/")
    assert_everybody_can_use(parveen.page)
    ways = parveen.page.eval_on_selector_all("main a", "links => links.map(link => link.href)")
    for way in [each for each in ways if re.search(r"/(edit|remove)/$", each)]:
        parveen.go(way)
        assert_everybody_can_use(parveen.page)
    parveen.press(parveen.page.locator(".user-menu__out"))
    give_password(parveen, PARVEEN, at)
    assert_everybody_can_use(parveen.page)
    parveen.onwards("Use a passkey")
    parveen.page.wait_for_url("**/staff/")
    assert parveen.heading() == "Today"
