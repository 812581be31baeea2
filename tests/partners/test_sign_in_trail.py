"""Signing in, being refused, second steps and leaving are in the trail; never an address, never what was typed."""

from collections.abc import Iterator

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from audit.models import AuditEvent
from partners import sign_in_trail
from partners.models import User
from tests import people
from tests.partners.authenticator import code_shown

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nobody_tried_before() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def gwen() -> User:
    return people.gwen()


@pytest.fixture
def secret(gwen: User) -> str:
    secret = generate_totp_secret()
    TOTP.activate(gwen, secret)
    return secret


def try_password(client: Client, email: str, password: str) -> None:
    client.post(reverse("account_login"), {"login": email, "password": password})


def acts(user: User) -> list[str]:
    of_user = AuditEvent.objects.filter(subject_type="partners.user", subject_id=str(user.pk))
    return [act for act in of_user.order_by("at").values_list("act", flat=True) if act.startswith("person.")]


def test_gwen_comes_in_and_leaves(client: Client, gwen: User, secret: str) -> None:
    try_password(client, gwen.email, people.PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    client.post(reverse("account_logout"))
    assert acts(gwen) == ["person.signed_in", "person.signed_out"]
    came = AuditEvent.objects.get(act="person.signed_in")
    assert (came.actor_id, came.facts) == (gwen.pk, {"signed_in_with": "app"})


def test_a_wrong_password_is_written_down_without_saying_that_it_was_gwen(client: Client, gwen: User) -> None:
    try_password(client, gwen.email, "not her password")
    event = AuditEvent.objects.get(act="person.sign_in_failed")
    assert (event.subject_id, event.actor_kind, event.actor_id) == (str(gwen.pk), "system", None)
    assert event.facts == {"tries": 1}


def test_an_unknown_address_is_not_kept(client: Client) -> None:
    try_password(client, "nobody@nowhere.example", "something")
    event = AuditEvent.objects.get(act="person.sign_in_failed")
    assert (event.subject_type, event.subject_id, event.facts) == ("portal", "sign-in", {"tries": 1})


def test_a_guesser_does_not_fill_the_trail(gwen: User) -> None:
    for _ in range(120):
        sign_in_trail.refused(None, {"email": gwen.email.upper()})
    tries = AuditEvent.objects.filter(act="person.sign_in_failed").order_by("at")
    assert [event.facts["tries"] for event in tries] == [1, 10, 100]


def test_a_wrong_code_is_written_down(client: Client, gwen: User, secret: str) -> None:
    try_password(client, gwen.email, people.PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "person.second_step_failed" in acts(gwen)


def test_second_steps_and_recovery_codes(gwen: User) -> None:
    step = Authenticator(user=gwen, type=Authenticator.Type.TOTP)
    codes = Authenticator(user=gwen, type=Authenticator.Type.RECOVERY_CODES)
    sign_in_trail.second_step_added(None, user=gwen, authenticator=step)
    sign_in_trail.second_step_added(None, user=gwen, authenticator=codes)
    sign_in_trail.recovery_codes_made(None, user=gwen)
    sign_in_trail.second_step_removed(None, user=gwen, authenticator=step)
    assert acts(gwen) == [
        "person.second_step_added",
        "person.recovery_codes_made",
        "person.recovery_codes_made",
        "person.second_step_removed",
    ]
    assert AuditEvent.objects.filter(act="person.second_step_removed").get().facts == {"step": "totp"}


def test_a_new_password_is_written_down(gwen: User, secret: str) -> None:
    browser = people.client_for(gwen)
    new = "a quite different one 41"
    browser.post(
        reverse("account_change_password"),
        {"oldpassword": people.PASSWORD, "password1": new, "password2": new},
    )
    gwen.refresh_from_db()
    assert gwen.check_password(new)
    assert "person.password_changed" in acts(gwen)
