"""Signing in takes two steps, and a password alone opens nothing."""

from collections.abc import Iterator

import pytest
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from outbox.models import OutboxEntry
from outbox.tasks import sweep
from partners import tasks  # noqa: F401 - registers the outbox's handlers
from partners.models import User
from partners.networks import bucket_of
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
    """What Gwen's authenticator app knows."""
    secret = generate_totp_secret()
    TOTP.activate(gwen, secret)
    return secret


def give_password(client: Client, user: User, password: str = people.PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def test_gwen_signs_in_with_her_password_and_the_code_of_her_app(
    client: Client, gwen: User, secret: str
) -> None:
    answer = give_password(client, gwen)
    assert answer.headers["Location"] == reverse("mfa_authenticate")
    assert client.get("/staff/people/").headers["Location"].startswith(reverse("account_login"))
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    answer = client.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    assert answer.headers["Location"] == reverse("home:today")
    assert client.get(reverse("home:today")).status_code == 200


def test_a_code_works_once(client: Client, gwen: User, secret: str) -> None:
    code = code_shown(secret)
    give_password(client, gwen)
    client.post(reverse("mfa_authenticate"), {"code": code})
    second = Client()
    give_password(second, gwen)
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200
    assert second.get(reverse("home:today")).status_code == 302


def test_a_wrong_code_is_said_in_plain_words(client: Client, gwen: User, secret: str) -> None:
    give_password(client, gwen)
    answer = client.post(reverse("mfa_authenticate"), {"code": "000 nothing"})
    assert b"That code is not right" in answer.content


def test_a_recovery_code_stands_in_for_a_lost_phone_once(client: Client, gwen: User, secret: str) -> None:
    code = RecoveryCodes.activate(gwen).get_unused_codes()[0]
    give_password(client, gwen)
    answer = client.post(reverse("mfa_authenticate"), {"code": code})
    assert answer.headers["Location"] == reverse("home:today")
    second = Client()
    give_password(second, gwen)
    assert second.post(reverse("mfa_authenticate"), {"code": code}).status_code == 200


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client: Client, gwen: User) -> None:
    wrong = give_password(client, gwen, "wrong grey herons").content
    cache.clear()
    unknown = client.post(
        reverse("account_login"), {"login": "nobody@example.org", "password": "wrong"}
    ).content
    assert b"The email address or the password is not right." in wrong
    assert b"The email address or the password is not right." in unknown


def test_an_empty_form_says_what_to_do(client: Client) -> None:
    answer = client.post(reverse("account_login"), {})
    assert b"Enter your email address" in answer.content
    assert b"Enter your password" in answer.content


def test_too_many_wrong_passwords_make_everybody_wait(client: Client, gwen: User, secret: str) -> None:
    for _ in range(5):
        give_password(client, gwen, "wrong grey herons")
    assert b"Too many tries" in give_password(client, gwen).content


def test_far_too_many_tries_from_one_network_are_answered_in_plain_words(client: Client) -> None:
    answers = [client.post(reverse("account_login"), {"login": f"{n}@example.org"}) for n in range(31)]
    assert answers[0].status_code == 200
    assert answers[-1].status_code == 429
    assert b"Wait a few minutes, then try again" in answers[-1].content
    assert b"999" in answers[-1].content


def test_without_a_second_step_gwen_is_led_to_set_one_up(client: Client, gwen: User) -> None:
    give_password(client, gwen)
    for path in ("/staff/", "/staff/people/", reverse("account_change_password")):
        assert client.get(path).headers["Location"] == reverse("mfa_index"), path
    page = client.get(reverse("mfa_index"))
    assert b"Set up your second step" in page.content
    assert b"service-menu" not in page.content


def test_a_session_of_the_demonstration_is_worth_nothing_elsewhere(client: Client, gwen: User) -> None:
    give_password(client, gwen)
    session = client.session
    now = timezone.now().timestamp()
    session[AUTHENTICATION_METHODS_SESSION_KEY] = [{"method": "demo", "at": now}]
    session.save()
    assert client.get("/staff/").headers["Location"] == reverse("mfa_index")


def test_setting_up_an_app_shows_recovery_codes_once_and_then_opens_the_day(
    client: Client, gwen: User
) -> None:
    give_password(client, gwen)
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked.headers["Location"].startswith(reverse("account_reauthenticate"))
    client.post(asked.headers["Location"], {"password": people.PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert "data:" in page.headers["Content-Security-Policy"]
    secret = page.context["form"].secret
    answer = client.post(reverse("mfa_activate_totp"), {"code": code_shown(secret)})
    assert answer.headers["Location"] == reverse("mfa_view_recovery_codes")
    codes = client.get(reverse("mfa_view_recovery_codes"))
    assert len(codes.context["unused_codes"]) == 10
    assert codes.context["unused_codes"][0].encode() in codes.content
    assert b"shown only once" in client.get(reverse("mfa_view_recovery_codes")).content
    assert client.get(reverse("home:today")).status_code == 200


def test_a_wrong_first_code_keeps_the_same_key(client: Client, gwen: User) -> None:
    give_password(client, gwen)
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    again = client.post(reverse("mfa_activate_totp"), {"code": "12"})
    assert again.context["form"].secret == secret
    assert b"govuk-error-summary" in again.content


def test_the_key_of_an_app_does_not_stand_readable_in_the_database(gwen: User, secret: str) -> None:
    stored = Authenticator.objects.get(user=gwen).data["secret"]
    assert secret not in stored
    assert TOTP(Authenticator.objects.get(user=gwen)).validate_code(code_shown(secret))


def test_data_images_are_allowed_on_no_other_page(client: Client) -> None:
    assert "data:" not in client.get(reverse("account_login")).headers["Content-Security-Policy"]


def test_a_session_from_before_the_second_step_is_closed(gwen: User) -> None:
    early = people.client_for(gwen, second_factor=False)
    assert early.get(reverse("mfa_index")).status_code == 200
    TOTP.activate(gwen, generate_totp_secret())
    assert early.get(reverse("mfa_deactivate_totp")).headers["Location"] == reverse("account_login")
    assert "_auth_user_id" not in early.session


def test_the_only_second_step_cannot_be_removed(gwen: User, secret: str) -> None:
    client = people.client_for(gwen)
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    assert b"This is your only second step" in client.get(reverse("mfa_deactivate_totp")).content
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=gwen, type="totp").exists()


def test_a_passkey_is_asked_for_without_a_script_in_the_page(gwen: User) -> None:
    client = people.client_for(gwen)
    client.post(reverse("account_reauthenticate"), {"password": people.PASSWORD})
    page = client.get(reverse("mfa_add_webauthn"))
    assert b'data-passkey="create"' in page.content
    assert b"challenge" in page.content


@pytest.mark.parametrize(
    "path",
    [
        "signup/",
        "email/",
        "confirm-email/",
        "login/code/",
        "2fa/recovery-codes/download/",
        "password/set/",
        "3rdparty/",
    ],
)
def test_what_the_portal_does_not_offer_is_missing(path: str, gwen: User) -> None:
    assert people.client_for(gwen).get(f"/accounts/{path}").status_code == 404


def test_signing_out_is_a_button_not_a_link(gwen: User) -> None:
    client = people.client_for(gwen)
    client.get(reverse("account_logout"))
    assert client.get(reverse("home:today")).status_code == 200
    client.post(reverse("account_logout"))
    assert client.get(reverse("home:today")).status_code == 302


def test_a_suspended_person_is_out_on_their_next_request(gwen: User) -> None:
    client = people.client_for(gwen)
    assert client.get(reverse("home:today")).status_code == 200
    gwen.suspend(by=people.administrator(), now=people.NOW)
    assert client.get(reverse("home:today")).status_code == 302


def test_a_suspended_person_cannot_sign_in(client: Client, gwen: User, secret: str) -> None:
    gwen.suspend(by=people.administrator(), now=people.NOW)
    give_password(client, gwen)
    client.post(reverse("mfa_authenticate"), {"code": code_shown(secret)})
    assert client.get(reverse("home:today")).status_code == 302


def test_somebody_who_has_left_sees_an_empty_day_and_no_menu() -> None:
    maud = people.administrator()
    another = people.member("Perpetua Lodge", people.organisation("lcc"), "administrator")
    client = people.client_for(maud)
    assert client.get(reverse("partners:people")).status_code == 200
    maud.membership.end(by=another, now=people.NOW)
    assert client.get(reverse("partners:people")).status_code == 404
    page = client.get(reverse("home:today"))
    assert b"You do not work for a partner at the moment" in page.content


def reset_link() -> str:
    sweep()
    return next(line for line in mail.outbox[-1].body.splitlines() if "/accounts/" in line)


def test_a_forgotten_password_is_replaced_by_a_link_and_the_second_step_stays(
    client: Client, gwen: User, secret: str, settings: LazySettings
) -> None:
    elsewhere = people.client_for(gwen)
    client.post(reverse("account_reset_password"), {"email": gwen.email})
    link = reset_link()
    assert link.startswith(settings.BASE_URL)
    form = client.get(link.removeprefix(settings.BASE_URL), follow=True)
    new = "four slow red barges"
    done = client.post(form.context["action_url"], {"password1": new, "password2": new}, follow=True)
    assert b"Your new password is saved" in done.content
    assert elsewhere.get(reverse("home:today")).status_code == 302
    assert give_password(client, gwen, new).headers["Location"] == reverse("mfa_authenticate")


def test_a_link_for_a_new_password_works_once(client: Client, gwen: User, settings: LazySettings) -> None:
    client.post(reverse("account_reset_password"), {"email": gwen.email})
    link = reset_link().removeprefix(settings.BASE_URL)
    form = client.get(link, follow=True)
    client.post(
        form.context["action_url"], {"password1": "four slow red barges", "password2": "four slow red barges"}
    )
    assert b"This link does not work" in Client().get(link, follow=True).content


def test_an_unknown_address_gets_the_same_answer_and_no_mail(client: Client) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "nobody@example.org"})
    assert answer.headers["Location"] == reverse("account_reset_password_done")
    # Something waits all the same: without it the answer would come sooner than for somebody who is in.
    assert OutboxEntry.objects.get(kind="partners.password_reset").payload == {"user": None}
    assert sweep() == 1
    assert mail.outbox == []


def test_what_waits_in_the_outbox_names_nobody(client: Client, gwen: User) -> None:
    client.post(reverse("account_reset_password"), {"email": gwen.email})
    assert OutboxEntry.objects.get(kind="partners.password_reset").payload == {"user": gwen.pk}


def test_the_address_of_somebody_invited_counts_as_proven(gwen: User) -> None:
    assert EmailAddress.objects.get(user=gwen).verified


def test_tries_are_counted_in_buckets_that_change_every_day() -> None:
    today = timezone.now().date()
    bucket = bucket_of("192.0.2.7", today=today)
    assert "192.0.2.7" not in bucket
    assert bucket == bucket_of("192.0.2.7", today=today)
    assert bucket != bucket_of("192.0.2.7", today=today.replace(year=2001))


def test_the_addresses_of_one_line_to_the_internet_are_one_network() -> None:
    today = timezone.now().date()
    assert bucket_of("2001:db8:0:1::1", today=today) == bucket_of("2001:db8:0:1:ffff::2", today=today)
    assert bucket_of("2001:db8:0:1::1", today=today) != bucket_of("2001:db8:0:2::1", today=today)


def test_after_eight_hours_gwen_signs_in_again_however_busy_she_was(gwen: User) -> None:
    browser = people.client_for(gwen)
    assert browser.get(reverse("home:today")).status_code == 200
    session = browser.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= 8 * 3600 + 1
    session.save()
    assert browser.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))
    assert browser.get(reverse("home:today")).status_code == 302
