"""Coming in by one's organisation in a real browser: there, to a provider on loopback, and back."""

from collections.abc import Callable, Iterator

import pytest
import requests
from oidc_provider_mock import run_server_in_thread

from tests.journeys.pages import assert_everybody_can_use
from tests.journeys.people import Visitor

pytestmark = pytest.mark.timeout(180, func_only=True)
ZAINAB = {"email": "zainab.fairbrother@leicester.example", "email_verified": True, "amr": ["pwd", "mfa"]}
STRANGER = ZAINAB | {"email": "nobody@leicester.example"}
HERS = "/accounts/organisation/leicester-city/"


@pytest.fixture(scope="module")
def issuer(manage: Callable[..., None]) -> Iterator[str]:
    """Leicester City's own sign-in, which the portal is told of as an administrator tells it."""
    with run_server_in_thread() as server:
        address = f"http://localhost:{server.server_port}"
        for name, claims in (("zainab", ZAINAB), ("stranger", STRANGER)):
            assert requests.put(f"{address}/users/{name}", json=claims, timeout=5).ok
        where = ("--issuer", address, "--client-id", "portal", "--domain", "leicester.example")
        manage("set_up_sign_in", "leicester-city", *where, "--accept-its-second-factor", said="secret\n")
        yield address


def says_who(visitor: Visitor, name: str) -> None:
    """On the other side, which is none of ours."""
    visitor.page.locator("input[name=sub]").fill(name)
    visitor.onwards("Authorize")


def test_zainab_comes_in_by_her_organisation(visit: Callable[..., Visitor], issuer: str) -> None:
    zainab = visit()
    zainab.go("/accounts/login/?next=/staff/sessions/")
    for way in ("Sign in at my organisation", "Leicester City Council"):
        assert_everybody_can_use(zainab.page)
        zainab.press(zainab.page.get_by_role("link", name=way))
    assert_everybody_can_use(zainab.page)
    # The page that leads on goes by itself; to look at it, the other side must not answer yet.
    zainab.page.route(f"{issuer}/**", lambda route: route.fulfill(status=204))
    zainab.onwards("Go there")
    assert zainab.heading() == "On to your organisation"
    assert_everybody_can_use(zainab.page)
    zainab.page.unroute(f"{issuer}/**")
    zainab.press(zainab.page.get_by_role("link", name="go to your organisation's sign-in"))
    says_who(zainab, "zainab")
    assert zainab.page.url.endswith("/staff/sessions/")
    assert "Organisation's sign-in" in zainab.page.locator("main").inner_text()


def test_a_stranger_and_somebody_who_turns_back_are_told_what_to_do(
    visit: Callable[..., Visitor], issuer: str
) -> None:
    stranger = visit(1280)
    for who, told in (
        ("stranger", "You could not be signed in"),
        ("", "Your organisation's sign-in did not answer"),
    ):
        stranger.go(HERS)
        stranger.onwards("Go there")
        stranger.page.wait_for_url(f"{issuer}/**")
        says_who(stranger, who) if who else stranger.onwards("Deny")
        assert stranger.heading() == told
        assert_everybody_can_use(stranger.page)
