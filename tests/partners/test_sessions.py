"""My sessions: listed without saying from where, ended at once."""

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from partners.models import StaffSession, User
from tests import people
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db
PAGE = "/staff/sessions/"


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> None:
    cache.clear()


def signed_in(user: User, secret: str, *, recovery_code: int | None = None) -> Client:
    """With the app's code, which works once in half a minute, or with one of the recovery codes."""
    browser = Client(headers={"user-agent": "Firefox/999 canary-browser"}, REMOTE_ADDR="192.0.2.77")
    browser.post(reverse("account_login"), {"login": user.email, "password": people.PASSWORD})
    codes = RecoveryCodes.activate(user).generate_codes()
    code = code_shown(secret) if recovery_code is None else codes[recovery_code]
    assert browser.post(reverse("mfa_authenticate"), {"code": code}).status_code == 302
    return browser


@pytest.fixture
def gwen() -> User:
    return people.gwen()


@pytest.fixture
def secret(gwen: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(gwen, secret)
    return secret


def test_gwen_sees_when_and_how_she_signed_in_and_which_is_this_one(gwen: User, secret: str) -> None:
    signed_in(gwen, secret)
    here = signed_in(gwen, secret, recovery_code=5)
    text = here.get(PAGE).content.decode()
    assert "Authenticator app" in text
    assert "Recovery code" in text
    assert text.count("This one") == 1


def test_no_address_and_no_browser_is_stored(gwen: User, secret: str) -> None:
    signed_in(gwen, secret)
    with connection.cursor() as cursor:
        for table in ("partners_staffsession", "django_session", "audit_auditevent"):
            cursor.execute(f"SELECT string_agg({table}::text, ' ') FROM {table}")
            rows = cursor.fetchone()[0]
            assert "192.0.2.77" not in rows
            assert "canary-browser" not in rows
    fields = {field.name for field in StaffSession._meta.get_fields()}
    assert fields == {"id", "user", "signed_in_with", "started_at", "seen_at"}


def test_a_session_that_is_ended_is_over_on_its_next_request(gwen: User, secret: str) -> None:
    there, here = signed_in(gwen, secret), signed_in(gwen, secret, recovery_code=5)
    other = gwen.staff_sessions.order_by("started_at").first()
    assert there.get("/staff/").status_code == 200
    assert here.post(f"{PAGE}{other.pk}/end/").headers["Location"] == PAGE
    assert there.get("/staff/").headers["Location"].startswith(reverse("account_login"))
    assert here.get("/staff/").status_code == 200
    assert AuditEvent.objects.get(act="person.sessions_ended").facts == {"sessions": 1}


def test_all_but_this_one_are_ended_together(gwen: User, secret: str) -> None:
    others = [signed_in(gwen, secret, recovery_code=number) for number in (0, 1)]
    here = signed_in(gwen, secret, recovery_code=5)
    here.post(f"{PAGE}others/end/")
    assert [browser.get("/staff/").status_code for browser in (*others, here)] == [302, 302, 200]
    assert gwen.staff_sessions.count() == 1


def test_ending_this_one_is_signing_out(gwen: User, secret: str) -> None:
    here = signed_in(gwen, secret)
    answer = here.post(f"{PAGE}{gwen.staff_sessions.get().pk}/end/")
    assert answer.headers["Location"] == reverse("account_login")
    assert not gwen.staff_sessions.exists()


def test_nobody_ends_somebody_elses(gwen: User, secret: str) -> None:
    there = signed_in(gwen, secret)
    assert (
        people.client_for(people.ngozi()).post(f"{PAGE}{gwen.staff_sessions.get().pk}/end/").status_code
        == 404
    )
    assert there.get("/staff/").status_code == 200


def test_signing_out_takes_the_session_off_the_list(gwen: User, secret: str) -> None:
    signed_in(gwen, secret).post(reverse("account_logout"))
    assert not gwen.staff_sessions.exists()


def test_a_new_password_leaves_this_session_endable(gwen: User, secret: str) -> None:
    here = signed_in(gwen, secret)
    new = "four slow red barges"
    answer = here.post(
        reverse("account_change_password"),
        {"oldpassword": people.PASSWORD, "password1": new, "password2": new},
    )
    assert answer.status_code == 302, answer.content
    assert here.get("/staff/").status_code == 200
    StaffSession.end_all(gwen, by=gwen, now=timezone.now())
    assert here.get("/staff/").status_code == 302


def test_suspending_somebody_ends_their_sessions_for_good(gwen: User, secret: str) -> None:
    there = signed_in(gwen, secret)
    maud = people.administrator()
    gwen.suspend(by=maud, now=people.NOW)
    assert there.get("/staff/").status_code == 302
    assert not gwen.staff_sessions.exists()
    gwen.restore(by=maud, now=people.NOW)
    assert there.get("/staff/").status_code == 302


def test_signing_in_is_in_the_trail_with_how_and_without_where(gwen: User, secret: str) -> None:
    signed_in(gwen, secret)
    event = AuditEvent.objects.get(act="person.signed_in")
    assert event.actor_id == gwen.pk
    assert event.facts == {"signed_in_with": "app"}
