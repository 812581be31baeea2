"""Coming in by one's organisation: a real OpenID Connect provider on loopback, and the whole dance over HTTP."""

import html
import io
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from oidc_provider_mock import run_server_in_thread

from audit.models import AuditEvent
from partners.models import SignInProvider, User
from partners.models.second_factor_reset import take_second_factor_away
from tests import people
from tests.casework.world import told
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db
GWENS = {"email": "gwen.morrow@leicester-city.example", "email_verified": True}
SECRET = "canary-client-secret"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def gwen() -> User:
    return people.gwen()


@pytest.fixture
def provider(issuer: str, gwen: User) -> SignInProvider:
    return set_up(issuer, "leicester-city")


def set_up(
    issuer: str, code: str, *, accepts: bool = True, domain: str = "", kind: str = "generic"
) -> SignInProvider:
    return SignInProvider.set_up(
        people.organisation(code),
        kind=kind,
        issuer=issuer,
        client_id="portal",
        client_secret=SECRET,
        email_domains=[domain or f"{code}.example"],
        accepts_its_second_factor=accepts,
        by=None,
        now=timezone.now(),
    )


def known_there(issuer: str, sub: str, **claims: Any) -> None:
    assert requests.put(f"{issuer}/users/{sub}", json=claims, timeout=5).status_code == 204


def dance(browser: Client, code: str, sub: str, *, onwards: str = "") -> Any:
    """There, signing in on the other side, and back: what the portal answers at the end."""
    page = browser.post(f"/accounts/organisation/{code}/", {"next": onwards})
    assert page.status_code == 200, page.headers
    found = re.search(r'http-equiv="refresh" content="0;url=([^"]+)"', page.content.decode())
    assert found, page.content
    address = html.unescape(found.group(1))
    there = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=5)
    assert there.status_code == 302, there.text
    back = urlsplit(there.headers["Location"])
    return browser.get(f"{back.path}?{back.query}")


def is_in(browser: Client) -> bool:
    return browser.get("/staff/").status_code == 200


def test_gwen_comes_in_with_her_organisations_second_factor(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    known_there(issuer, "g-1", **GWENS, amr=["pwd", "mfa"])
    browser = Client()
    answer = dance(browser, "leicester-city", "g-1", onwards="/staff/sessions/")
    assert answer.headers["Location"] == "/staff/sessions/"
    assert "Organisation&#x27;s sign-in" in browser.get("/staff/sessions/").content.decode()
    assert AuditEvent.objects.get(act="person.signed_in").facts == {"signed_in_with": "organisation"}


def test_without_a_second_factor_there_our_own_is_asked_for(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    secret = generate_totp_secret()
    TOTP.activate(gwen, secret)
    known_there(issuer, "g-2", **GWENS, amr=["pwd"])
    browser = Client()
    answer = dance(browser, "leicester-city", "g-2", onwards="/staff/plans/")
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert not is_in(browser)
    assert "token" not in str(dict(browser.session))
    answer = browser.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    assert answer.headers["Location"] == "/staff/plans/"
    assert is_in(browser)


def test_a_second_factor_that_is_not_accepted_does_not_count(gwen: User, issuer: str) -> None:
    set_up(issuer, "leicester-city", accepts=False)
    TOTP.activate(gwen, generate_totp_secret())
    known_there(issuer, "g-3", **GWENS, amr=["mfa"])
    browser = Client()
    assert dance(browser, "leicester-city", "g-3").headers["Location"] == reverse("mfa_authenticate")


@pytest.mark.parametrize(
    "claims",
    [
        {"email": "nobody@leicester-city.example", "email_verified": True},
        {"email": "gwen.morrow@leicester-city.example", "email_verified": False},
        {"email": "gwen.morrow@leicester-city.example"},
        {"email": "ngozi.bell@charnwood-bc.example", "email_verified": True},
        {},
    ],
    ids=["not invited", "not verified", "silent about it", "of another organisation", "no address"],
)
def test_who_was_not_invited_there_stays_out(
    claims: dict[str, Any], gwen: User, issuer: str, provider: SignInProvider
) -> None:
    people.ngozi()
    known_there(issuer, "stranger", **claims, amr=["mfa"])
    browser = Client()
    answer = dance(browser, "leicester-city", "stranger")
    assert answer.status_code == 403
    assert b"nobody with that work address was invited" in answer.content
    assert not is_in(browser)
    assert not SocialAccount.objects.exists()


def test_another_organisations_provider_cannot_vouch_for_gwen(gwen: User, issuer: str) -> None:
    set_up(issuer, "charnwood-bc", domain="leicester-city.example")
    known_there(issuer, "forged", **GWENS, amr=["mfa"])
    browser = Client()
    assert dance(browser, "charnwood-bc", "forged").status_code == 403
    assert not is_in(browser)


def test_after_the_first_time_the_subject_counts_and_not_the_address(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    known_there(issuer, "g-4", **GWENS, amr=["mfa"])
    dance(Client(), "leicester-city", "g-4")
    known_there(issuer, "g-4", email="gwen.married@leicester-city.example", amr=["mfa"])
    browser = Client()
    dance(browser, "leicester-city", "g-4")
    assert is_in(browser)


def test_somebody_else_who_was_given_gwens_old_address_is_not_gwen(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    known_there(issuer, "g-7", **GWENS, amr=["mfa"])
    dance(Client(), "leicester-city", "g-7")
    known_there(issuer, "namesake", **GWENS, amr=["mfa"])
    browser = Client()
    assert dance(browser, "leicester-city", "namesake").status_code == 403
    assert not is_in(browser)
    take_second_factor_away(gwen, key="x", by=None, now=timezone.now())
    dance(browser, "leicester-city", "namesake")
    assert is_in(browser)
    assert dance(Client(), "leicester-city", "g-7").status_code == 403


def test_a_suspended_person_and_one_who_has_left_stay_out(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    known_there(issuer, "g-5", **GWENS, amr=["mfa"])
    dance(Client(), "leicester-city", "g-5")
    maud = people.administrator()
    gwen.suspend(by=maud, now=timezone.now())
    assert dance(Client(), "leicester-city", "g-5").status_code == 403
    gwen.restore(by=maud, now=timezone.now())
    gwen.membership.end(by=maud, now=timezone.now())
    assert dance(Client(), "leicester-city", "g-5").status_code == 403


def test_nothing_the_provider_says_is_stored_and_the_secret_is_sealed(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    known_there(issuer, "g-6", **GWENS, name="canary-name", amr=["mfa"])
    dance(Client(), "leicester-city", "g-6")
    dance(Client(), "leicester-city", "g-6")
    assert SocialAccount.objects.get().extra_data == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(encode(client_secret, 'escape'), '') FROM partners_signinprovider")
        assert SECRET not in cursor.fetchone()[0]
    assert not SocialApp.objects.exists()
    assert not SocialToken.objects.exists()


def test_the_way_there_carries_proof_of_who_began_it(
    gwen: User, issuer: str, provider: SignInProvider
) -> None:
    page = Client().post("/accounts/organisation/leicester-city/", {"next": ""}).content.decode()
    address = html.unescape(re.search(r'content="0;url=([^"]+)"', page).group(1))
    asked = parse_qs(urlsplit(address).query)
    assert asked["code_challenge_method"] == ["S256"]
    assert asked["prompt"] == ["login"]
    assert len(asked["state"][0]) >= 16
    known_there(issuer, "g-7", **GWENS, amr=["mfa"])
    there = requests.post(address, data={"sub": "g-7"}, allow_redirects=False, timeout=5)
    back = urlsplit(there.headers["Location"])
    # Somebody else's browser was not there when it began.
    stranger = Client()
    assert stranger.get(f"{back.path}?{back.query}").status_code == 502
    assert not is_in(stranger)


def test_the_address_cannot_talk_the_library_into_more(gwen: User, provider: SignInProvider) -> None:
    page = Client().post("/accounts/organisation/leicester-city/?auth_params=prompt%3Dnone&process=connect")
    assert b"prompt=login" in page.content
    assert b"prompt=none" not in page.content


def test_a_provider_that_is_away_is_said_in_plain_words(gwen: User) -> None:
    set_up("http://localhost:9", "leicester-city")
    answer = Client().post("/accounts/organisation/leicester-city/")
    assert answer.status_code == 502
    assert b"sign in with your password here" in answer.content


def test_who_gives_up_on_the_other_side_is_told_what_to_do(gwen: User, provider: SignInProvider) -> None:
    answer = Client().get("/accounts/organisation/leicester-city/back/?error=access_denied&state=x")
    assert answer.status_code == 502
    assert b"Nothing was changed" in answer.content


def test_the_sign_in_page_offers_it_where_somebody_has_one(gwen: User, issuer: str) -> None:
    assert b"Sign in at my organisation" not in Client().get("/accounts/login/").content
    set_up(issuer, "leicester-city")
    page = Client().get("/accounts/login/?next=/staff/plans/")
    assert b'href="/accounts/organisation/?next=%2Fstaff%2Fplans%2F"' in page.content
    assert b"Leicester City Council" in Client().get("/accounts/organisation/?next=/staff/plans/").content


def test_another_issuer_means_new_links(gwen: User, issuer: str, provider: SignInProvider) -> None:
    known_there(issuer, "g-8", **GWENS, amr=["mfa"])
    dance(Client(), "leicester-city", "g-8")
    set_up("https://login.example/tenant", "leicester-city")
    assert not SocialAccount.objects.exists()


@pytest.mark.parametrize(
    "address",
    [
        "http://login.example",
        "https://login.microsoftonline.com/common/v2.0",
        "https://login.microsoftonline.com/organizations/v2.0",
    ],
)
def test_an_issuer_that_lets_in_anybody_is_refused(address: str, gwen: User) -> None:
    with pytest.raises(ValidationError):
        set_up(address, "leicester-city")


def test_entra_names_people_by_the_address_that_its_tenant_owns(gwen: User, issuer: str) -> None:
    set_up(issuer, "leicester-city", kind="entra")
    known_there(
        issuer, "e-1", email=GWENS["email"], preferred_username="visitor@elsewhere.example", amr=["mfa"]
    )
    assert dance(Client(), "leicester-city", "e-1").status_code == 403
    known_there(issuer, "e-2", preferred_username=GWENS["email"], amr=["pwd", "mfa"])
    browser = Client()
    dance(browser, "leicester-city", "e-2")
    assert is_in(browser)


def test_it_is_set_up_by_a_command_that_takes_the_secret_from_no_argument(
    gwen: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("from-a-pipe\n"))
    options = {"issuer": "https://login.example/tenant/v2.0", "client_id": "portal", "kind": "entra"}
    call_command(
        "set_up_sign_in", "leicester-city", domain=["leicester.example"], stdout=io.StringIO(), **options
    )
    assert SignInProvider.objects.get().unseal("client_secret") == "from-a-pipe"
    call_command("set_up_sign_in", "leicester-city", take_down=True, stdout=io.StringIO())
    assert not SignInProvider.objects.exists()
    with pytest.raises(CommandError, match="no organisation"):
        call_command("set_up_sign_in", "nowhere")


def test_proof_anew_is_given_where_the_person_came_in(issuer: str) -> None:
    ngozi = people.ngozi()
    set_up(issuer, "charnwood-bc")
    known_there(issuer, "n-1", email=ngozi.email, email_verified=True, amr=["mfa"])
    browser = Client()
    dance(browser, "charnwood-bc", "n-1")
    address = f"/staff/queue/{told(now=timezone.now()).reference}/contact/"
    session = browser.session
    for proof in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        proof["at"] -= 11 * 60
    session.save()
    asked = browser.get(address)
    assert asked.headers["Location"].startswith("/accounts/organisation/charnwood-bc/?next=")
    assert b"Go there" in browser.get(asked.headers["Location"]).content
    assert dance(browser, "charnwood-bc", "n-1", onwards=address).headers["Location"] == address
    assert b"01632 960 014" in browser.get(address).content
    assert ngozi.staff_sessions.count() == 1
