"""A lost second step is taken away by two administrators, and never by one."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from outbox.tasks import sweep
from partners import tasks  # noqa: F401 - registers the outbox's handlers
from partners.models import NotYoursToChange, SecondFactorReset, StaffSession, User
from partners.models.second_factor_reset import CannotReset, HowKnown, WhyReset
from tests import people

pytestmark = pytest.mark.django_db
ASKED = {"reason": WhyReset.LOST, "how_known": HowKnown.IN_PERSON}


@pytest.fixture
def gwen() -> User:
    """Gwen has an app and recovery codes, and has lost her phone."""
    gwen = people.gwen()
    TOTP.activate(gwen, generate_totp_secret())
    RecoveryCodes.activate(gwen)
    return gwen


@pytest.fixture
def maud() -> User:
    return people.administrator()


@pytest.fixture
def orla(maud: User) -> User:
    return people.member("Orla Finch", people.organisation("opcc"), "administrator")


def ask(gwen: User, by: User, **changes) -> SecondFactorReset:
    return SecondFactorReset.ask(gwen, **(ASKED | {"by": by, "now": timezone.now()} | changes))


def letters_to(user: User) -> list[str]:
    sweep()
    return [letter.body for letter in mail.outbox if letter.to == [user.email]]


def test_maud_asks_and_orla_agrees_on_their_pages(
    gwen: User, maud: User, orla: User, client: Client, settings: LazySettings
) -> None:
    gwens, mauds, orlas = (people.client_for(each) for each in (gwen, maud, orla))
    assert gwens.get(reverse("home:today")).status_code == 200
    mauds.post(reverse("partners:ask_reset", args=[gwen.pk]), ASKED)
    assert Authenticator.objects.filter(user=gwen).exists()
    reset = SecondFactorReset.objects.get()
    assert reverse("partners:decide_reset", args=[reset.pk]) in letters_to(orla)[0]
    gwens_page = reverse("partners:person", args=[gwen.pk])
    assert b"You have asked to reset" in mauds.get(gwens_page).content
    assert b"Agree or refuse" in orlas.get(gwens_page).content
    assert b"second step waits for your answer" in orlas.get(reverse("home:today")).content
    assert b"Gwen Morrow" in orlas.get(reverse("partners:people")).content
    path = reverse("partners:decide_reset", args=[reset.pk])
    assert b"I spoke with them face to face" in orlas.get(path).content
    answer = orlas.post(path, {"agree": "yes"}, follow=True)
    assert b"has no second step any more" in answer.content
    assert not Authenticator.objects.filter(user=gwen).exists()
    assert not StaffSession.objects.filter(user=gwen).exists()
    assert gwens.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))
    letter = letters_to(gwen)[0]
    assert "Your app, passkeys and codes do not work any more" in letter
    new_password(client, letter, settings)
    client.post(reverse("account_login"), {"login": gwen.email, "password": "seven patient brown owls"})
    assert client.get(reverse("home:today")).headers["Location"] == reverse("mfa_index")


def new_password(client: Client, letter: str, settings: LazySettings) -> None:
    """Follows the link of a letter and chooses a password."""
    link = re.search(re.escape(settings.BASE_URL) + r"(\S+)", letter)
    assert link
    form = client.get(link.group(1), follow=True)
    passwords = {"password1": "seven patient brown owls", "password2": "seven patient brown owls"}
    client.post(form.request["PATH_INFO"], passwords)


def test_the_old_password_opens_nothing_any_more(gwen: User, maud: User, orla: User, client: Client) -> None:
    ask(gwen, maud).approve(by=orla, now=timezone.now())
    client.post(reverse("account_login"), {"login": gwen.email, "password": people.PASSWORD})
    assert client.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))


def test_a_letter_that_is_too_old_is_replaced_by_the_page_for_a_forgotten_password(
    gwen: User, maud: User, orla: User, client: Client, settings: LazySettings
) -> None:
    ask(gwen, maud).approve(by=orla, now=timezone.now())
    letters_to(gwen)
    mail.outbox.clear()
    client.post(reverse("account_reset_password"), {"email": gwen.email})
    new_password(client, letters_to(gwen)[0], settings)
    assert User.objects.get(pk=gwen.pk).check_password("seven patient brown owls")


def test_whoever_asked_cannot_agree(gwen: User, maud: User, orla: User) -> None:
    reset = ask(gwen, maud)
    with pytest.raises(CannotReset, match="another administrator has to agree"):
        reset.approve(by=maud, now=timezone.now())
    browser = people.client_for(maud)
    path = reverse("partners:decide_reset", args=[reset.pk])
    assert b"Agree</button>" not in browser.get(path).content
    assert b"another administrator has to agree" in browser.post(path, {"agree": "yes"}, follow=True).content
    assert Authenticator.objects.filter(user=gwen).exists()


def test_nobody_asks_or_agrees_for_themselves(maud: User, orla: User) -> None:
    with pytest.raises(CannotReset, match="Nobody resets their own"):
        ask(maud, maud)
    third = people.member("Bea Holm", people.organisation("lcc"), "administrator")
    reset = ask(maud, orla)
    with pytest.raises(CannotReset, match="Nobody resets their own"):
        reset.approve(by=maud, now=timezone.now())
    mauds = people.client_for(maud)
    assert mauds.get(reverse("partners:decide_reset", args=[reset.pk])).status_code == 404
    assert mauds.get(reverse("partners:ask_reset", args=[maud.pk])).status_code == 404
    reset.approve(by=third, now=timezone.now())


def test_an_officer_neither_asks_nor_agrees(gwen: User, maud: User, orla: User) -> None:
    with pytest.raises(NotYoursToChange):
        ask(gwen, people.ngozi())
    with pytest.raises(NotYoursToChange):
        ask(gwen, maud).approve(by=people.ngozi(), now=timezone.now())


def test_after_a_day_it_has_to_be_asked_again(gwen: User, maud: User, orla: User) -> None:
    old = ask(gwen, maud, now=timezone.now() - timedelta(hours=24))
    with pytest.raises(CannotReset, match="more than 24 hours old"):
        old.approve(by=orla, now=timezone.now())
    ask(gwen, orla).approve(by=maud, now=timezone.now())


def test_one_wish_a_person_at_a_time(gwen: User, maud: User, orla: User) -> None:
    ask(gwen, maud)
    with pytest.raises(CannotReset, match="Somebody has asked for Gwen Morrow already"):
        ask(gwen, orla)


def test_it_happens_once(gwen: User, maud: User, orla: User) -> None:
    third = people.member("Bea Holm", people.organisation("lcc"), "administrator")
    reset = ask(gwen, maud)
    other_window = SecondFactorReset.objects.get(pk=reset.pk)
    reset.approve(by=orla, now=timezone.now())
    with pytest.raises(CannotReset, match="dealt with already"):
        other_window.approve(by=third, now=timezone.now())
    assert AuditEvent.objects.filter(act="second_factor.reset").count() == 1


def test_what_an_administrator_asked_who_is_none_any_more_is_not_agreed_to(
    gwen: User, maud: User, orla: User
) -> None:
    reset = ask(gwen, orla)
    orla.suspend(by=maud, now=timezone.now())
    with pytest.raises(CannotReset, match="no administrator any more"):
        reset.approve(by=maud, now=timezone.now())


def test_a_refusal_leaves_everything_as_it_was(gwen: User, maud: User, orla: User) -> None:
    reset = ask(gwen, maud)
    people.client_for(orla).post(reverse("partners:decide_reset", args=[reset.pk]), {"agree": "no"})
    assert Authenticator.objects.filter(user=gwen).exists()
    assert AuditEvent.objects.get(act="second_factor.reset_refused").actor_id == orla.pk
    ask(gwen, orla)


def test_an_empty_form_says_what_is_missing(gwen: User, maud: User, orla: User) -> None:
    page = people.client_for(maud).post(reverse("partners:ask_reset", args=[gwen.pk]), {}).content
    assert b"Choose what happened to their second step" in page
    assert b"Choose how you know that it is them" in page


# With a single administrator ---------------------------------------------------------------------------------------


def test_the_only_administrator_reads_what_to_do(gwen: User, maud: User) -> None:
    page = people.client_for(maud).get(reverse("partners:ask_reset", args=[gwen.pk])).content.decode()
    assert "You are the only administrator" in page
    assert f"manage.py reset_second_factor {gwen.email}" in page
    with pytest.raises(CannotReset, match="no second administrator"):
        ask(gwen, maud)


def test_whoever_runs_the_server_does_it_and_every_administrator_is_told(
    gwen: User, maud: User, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("reset_second_factor", gwen.email.upper())
    assert "on its way" in capsys.readouterr().out
    assert not Authenticator.objects.filter(user=gwen).exists()
    assert "second step of Gwen Morrow away" in letters_to(maud)[0]
    assert "link" in letters_to(gwen)[0]
    event = AuditEvent.objects.get(act="second_factor.reset_at_the_machine")
    assert (event.actor_id, event.subject_id, event.facts["even_so"]) == (None, str(gwen.pk), False)


def test_the_command_is_refused_where_two_administrators_can_do_it(
    gwen: User, maud: User, orla: User
) -> None:
    with pytest.raises(CommandError, match="Two administrators can do this"):
        call_command("reset_second_factor", gwen.email)
    assert Authenticator.objects.filter(user=gwen).exists()
    call_command("reset_second_factor", gwen.email, "--no-administrator-can-sign-in")
    assert AuditEvent.objects.get(act="second_factor.reset_at_the_machine").facts["even_so"] is True


@pytest.mark.parametrize("email", ["nobody@lcc.example", ""])
def test_the_command_names_an_address_that_nobody_has(email: str, maud: User) -> None:
    with pytest.raises(CommandError, match="Nobody who may sign in"):
        call_command("reset_second_factor", email)
