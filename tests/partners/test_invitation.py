"""The only way in is an invitation, and its link works once."""

from datetime import timedelta

import pytest
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.conf import LazySettings
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from outbox.models import OutboxEntry
from outbox.tasks import sweep
from partners import tasks  # noqa: F401 - registers the outbox's handlers
from partners.models import AlreadyHasAccount, Invitation, InvitationNotValid, Membership, User
from partners.models.invitation import WasSuspended
from tests import people

pytestmark = pytest.mark.django_db
NEW_PASSWORD = "seven patient brown owls"


def invite_bryn(**changes) -> Invitation:
    """Bryn is invited to be an officer of Charnwood."""
    asked = {
        "email": "bryn.ashdown@charnwood-bc.example",
        "name": "Bryn Ashdown",
        "organisation": people.organisation("charnwood-bc"),
        "role_codes": ["officer"],
        "by": people.administrator(),
        "now": timezone.now(),
    }
    return Invitation.invite(**(asked | changes))


def address_of(invitation: Invitation) -> str:
    return reverse("invitation", args=[invitation.token])


def test_bryn_follows_the_link_in_the_mail_and_sets_up_a_second_step(
    client: Client, settings: LazySettings
) -> None:
    invite_bryn()
    sweep()
    letter = mail.outbox[-1]
    assert letter.to == ["bryn.ashdown@charnwood-bc.example"]
    assert "Maud Tarn invites you" in letter.body
    link = next(line for line in letter.body.splitlines() if line.startswith(settings.BASE_URL))
    page = client.get(link.removeprefix(settings.BASE_URL))
    assert b"Charnwood Borough Council" in page.content
    answer = client.post(link.removeprefix(settings.BASE_URL), {"password": NEW_PASSWORD})
    assert answer.headers["Location"] == reverse("mfa_index")
    bryn = User.objects.get(email="bryn.ashdown@charnwood-bc.example")
    assert [role.code for role in bryn.roles] == ["officer"]
    assert client.get(reverse("mfa_activate_totp")).status_code == 200  # no password asked twice


def test_a_link_that_was_used_says_so_and_makes_no_second_account(client: Client) -> None:
    invitation = invite_bryn()
    client.post(address_of(invitation), {"password": NEW_PASSWORD})
    for answer in (
        Client().get(address_of(invitation)),
        Client().post(address_of(invitation), {"password": "x" * 20}),
    ):
        assert answer.status_code == 410
        assert b"It was used already" in answer.content
    assert User.objects.filter(email=invitation.email).count() == 1


def test_accepting_twice_at_once_makes_one_account() -> None:
    invitation = invite_bryn()
    other_window = Invitation.by_token(invitation.token, now=timezone.now())
    invitation.accept(password=NEW_PASSWORD, now=timezone.now())
    with pytest.raises(InvitationNotValid):
        other_window.accept(password="another long password", now=timezone.now())


def test_a_link_stops_working_after_seven_days(client: Client) -> None:
    old = invite_bryn(now=timezone.now() - timedelta(days=7))
    assert client.get(address_of(old)).status_code == 410


def test_a_link_that_was_changed_on_the_way_opens_nothing(client: Client) -> None:
    assert client.get(address_of(invite_bryn()) + "x/").status_code == 404
    assert (
        client.get(reverse("invitation", args=["11111111-1111-1111-1111-111111111111:abc"])).status_code
        == 410
    )
    assert client.get(reverse("invitation", args=["nonsense"])).status_code == 410


def test_a_weak_password_is_refused_and_the_link_still_works(client: Client) -> None:
    invitation = invite_bryn()
    answer = client.post(address_of(invitation), {"password": "short"})
    assert b"govuk-error-summary" in answer.content
    assert client.post(address_of(invitation), {"password": ""}).status_code == 200
    assert Invitation.by_token(invitation.token, now=timezone.now()) == invitation


def test_an_address_with_an_account_is_not_invited_again() -> None:
    people.gwen()
    with pytest.raises(AlreadyHasAccount):
        invite_bryn(email="Gwen.Morrow@leicester-city.example")


def test_two_invitations_to_one_address_make_one_account(client: Client) -> None:
    first, second = invite_bryn(), invite_bryn()
    client.post(address_of(first), {"password": NEW_PASSWORD})
    answer = Client().get(address_of(second))
    assert Client().post(address_of(second), {"password": NEW_PASSWORD}).status_code == 409
    assert answer.status_code == 200


def test_somebody_else_signed_in_on_this_computer_is_signed_out(client: Client) -> None:
    gwens = people.client_for(people.gwen())
    gwens.post(address_of(invite_bryn()), {"password": NEW_PASSWORD})
    assert int(gwens.session["_auth_user_id"]) == User.objects.get(name="Bryn Ashdown").pk
    assert gwens.get("/staff/").headers["Location"] == reverse("mfa_index")


def test_the_link_stands_neither_in_the_outbox_nor_in_the_trail() -> None:
    invitation = invite_bryn()
    secret = invitation.token.rpartition(":")[2]
    kept = [str(entry.payload) for entry in OutboxEntry.objects.all()]
    kept += [str(event.facts) for event in AuditEvent.objects.all()]
    assert kept
    assert not any(secret in text or invitation.email in text for text in kept)


def test_inviting_and_accepting_are_in_the_trail(client: Client) -> None:
    invitation = invite_bryn()
    client.post(address_of(invitation), {"password": NEW_PASSWORD})
    acts = AuditEvent.objects.filter(subject_id=str(invitation.pk)).values_list("act", flat=True)
    assert set(acts) == {"person.invited", "invitation.accepted"}


def test_an_invitation_that_was_taken_up_meanwhile_is_not_sent() -> None:
    invite_bryn().accept(password=NEW_PASSWORD, now=timezone.now())
    mail.outbox.clear()
    sweep()
    assert mail.outbox == []


# The people page -------------------------------------------------------------------------------------------------


def as_administrator() -> Client:
    return people.client_for(people.administrator())


def asked(**changes) -> dict:
    return {
        "name": "Bryn Ashdown",
        "email": "bryn.ashdown@charnwood-bc.example",
        "organisation": "charnwood-bc",
        "roles": ["officer"],
    } | changes


def test_maud_invites_bryn_on_the_people_page() -> None:
    people.make_partnership()
    maud = as_administrator()
    answer = maud.post(reverse("partners:invite"), asked())
    assert answer.headers["Location"] == reverse("partners:people")
    page = maud.get(reverse("partners:people"))
    assert b"bryn.ashdown@charnwood-bc.example" in page.content
    assert Invitation.objects.get(name="Bryn Ashdown").invited_by == people.administrator()


def test_a_name_is_one_line_and_writes_nothing_into_the_letter() -> None:
    as_administrator().post(reverse("partners:invite"), asked(name="Bryn\r\nYour password is wanted at"))
    invited = Invitation.objects.get(email=asked()["email"])
    assert invited.name == "Bryn Your password is wanted at"


def test_everybody_is_listed_with_their_roles_in_words() -> None:
    people.gwen(), people.asha()
    page = as_administrator().get(reverse("partners:people")).content.decode()
    assert "Gwen Morrow" in page
    assert "Centre volunteer" in page
    assert "not yet" in page


def test_an_invitation_that_has_run_out_is_marked() -> None:
    invite_bryn(now=timezone.now() - timedelta(days=9))
    assert b"Too old" in as_administrator().get(reverse("partners:people")).content


def test_a_role_is_granted_with_its_description_in_view() -> None:
    people.make_partnership()
    page = as_administrator().get(reverse("partners:invite")).content.decode()
    assert "reads no person&#39;s report" in page


def test_a_mistake_in_the_form_loses_nothing_that_was_typed() -> None:
    people.gwen()
    answer = as_administrator().post(
        reverse("partners:invite"), asked(email="gwen.morrow@leicester-city.example")
    )
    assert b"Somebody signs in with this address already" in answer.content
    assert b'value="Bryn Ashdown"' in answer.content


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"email": "no address"}, b"Enter an email address like"),
        ({"roles": []}, b"Choose what they may do"),
        ({"organisation": ""}, b"Choose where they work"),
        ({"organisation": "nowhere"}, b"Choose one of the answers"),
        ({"roles": ["centre_volunteer"]}, b"Only people at a reporting centre"),
        ({"organisation": "quillfeather", "roles": ["officer"]}, b"centre managers and nothing else"),
    ],
)
def test_what_is_wrong_is_said(changes: dict, words: bytes) -> None:
    people.centre()
    assert words in as_administrator().post(reverse("partners:invite"), asked(**changes)).content
    assert not Invitation.objects.filter(name="Bryn Ashdown").exists()


def test_maud_ends_gwens_access_and_opens_it_again() -> None:
    gwen, maud = people.gwen(), as_administrator()
    maud.post(reverse("partners:suspend", args=[gwen.pk]))
    gwen.refresh_from_db()
    assert not gwen.is_active
    maud.post(reverse("partners:restore", args=[gwen.pk]))
    gwen.refresh_from_db()
    assert gwen.is_active
    acts = AuditEvent.objects.filter(subject_id=str(gwen.pk)).values_list("act", flat=True)
    assert list(acts.order_by("at")) == ["person.suspended", "person.restored"]


def test_maud_cannot_end_her_own_access() -> None:
    maud = people.administrator()
    assert people.client_for(maud).post(reverse("partners:suspend", args=[maud.pk])).status_code == 404


def test_an_invitation_that_ran_out_is_sent_again_and_works(client: Client) -> None:
    old = invite_bryn(now=timezone.now() - timedelta(days=9))
    sweep()
    as_administrator().post(reverse("partners:invite_again", args=[old.pk]))
    sweep()
    assert [letter.to for letter in mail.outbox] == [[old.email]]
    assert client.get(address_of(old)).status_code == 200


def test_an_invitation_that_was_taken_up_is_not_sent_again() -> None:
    used = invite_bryn()
    used.accept(password=NEW_PASSWORD, now=timezone.now())
    assert as_administrator().post(reverse("partners:invite_again", args=[used.pk])).status_code == 404
    with pytest.raises(InvitationNotValid):
        Invitation.objects.get(pk=used.pk).send_again(by=people.administrator(), now=timezone.now())


def test_ending_access_is_never_a_link() -> None:
    assert as_administrator().get(reverse("partners:suspend", args=[people.gwen().pk])).status_code == 405


@pytest.mark.parametrize("who", [people.asha, people.gwen, people.tomasz, people.sog_member, people.farah])
def test_the_people_page_is_missing_for_everybody_else(who) -> None:
    client = people.client_for(who())
    for path in (reverse("partners:people"), reverse("partners:invite")):
        assert client.get(path).status_code == 404
    assert client.post(reverse("partners:invite"), asked()).status_code == 404


def test_an_invitation_is_taken_back_and_its_link_opens_nothing(client: Client) -> None:
    invitation = invite_bryn()
    maud = as_administrator()
    maud.post(reverse("partners:take_back", args=[invitation.pk]))
    assert client.get(address_of(invitation)).status_code == 410
    assert client.post(address_of(invitation), {"password": NEW_PASSWORD}).status_code == 410
    assert not User.objects.filter(email=invitation.email).exists()
    assert invitation.email not in maud.get(reverse("partners:people")).content.decode()
    assert maud.post(reverse("partners:invite_again", args=[invitation.pk])).status_code == 404
    mail.outbox.clear()
    sweep()
    assert mail.outbox == []


def test_an_invitation_that_was_taken_up_cannot_be_taken_back() -> None:
    invitation = invite_bryn()
    invitation.accept(password=NEW_PASSWORD, now=timezone.now())
    with pytest.raises(InvitationNotValid):
        invitation.take_back(by=people.administrator(), now=timezone.now())
    assert as_administrator().post(reverse("partners:take_back", args=[invitation.pk])).status_code == 404


def test_invitations_of_somebody_suspended_work_again_once_another_administrator_sends_them(
    client: Client,
) -> None:
    maud = people.administrator()
    orla = people.member("Orla Finch", people.organisation("opcc"), "administrator")
    invitation = invite_bryn(by=maud)
    open_page = Invitation.by_token(invitation.token, now=timezone.now())
    maud.suspend(by=orla, now=timezone.now())
    assert client.get(address_of(invitation)).status_code == 410
    with pytest.raises(InvitationNotValid):
        open_page.accept(password=NEW_PASSWORD, now=timezone.now())
    people.client_for(orla).post(reverse("partners:invite_again", args=[invitation.pk]))
    assert client.get(address_of(invitation)).status_code == 200


def test_an_invitation_ends_with_the_role_of_who_stands_behind_it(client: Client) -> None:
    maud = people.administrator()
    people.member("Orla Finch", people.organisation("opcc"), "administrator")
    invitation = invite_bryn(by=maud)
    maud.membership.change_roles(["officer"], by=None, now=timezone.now())
    assert client.get(address_of(invitation)).status_code == 410


def test_somebody_who_left_is_invited_again_with_the_same_address_and_keeps_their_second_step(
    client: Client,
) -> None:
    gwen, maud = people.gwen(), people.administrator()
    TOTP.activate(gwen, generate_totp_secret())
    before = people.client_for(gwen)
    gwen.membership.end(by=maud, now=timezone.now())
    invitation = invite_bryn(email=gwen.email, name="Gwen Morrow")
    client.post(address_of(invitation), {"password": NEW_PASSWORD})
    gwen = User.objects.get(pk=gwen.pk)
    assert gwen.organisation == people.organisation("charnwood-bc")
    assert gwen.check_password(NEW_PASSWORD)
    assert gwen.memberships.count() == 2
    # The link alone is not enough: the second step is asked for, and older sessions are over.
    assert client.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))
    assert before.get(reverse("home:today")).status_code == 302


def test_somebody_suspended_comes_back_by_an_administrator_and_not_by_a_manager() -> None:
    gwen, maud = people.gwen(), people.administrator()
    manager = people.member("Tess Vane", people.organisation("charnwood-bc"), "team_manager")
    gwen.suspend(by=maud, now=timezone.now())
    gwen.membership.end(by=maud, now=timezone.now())
    with pytest.raises(WasSuspended):
        invite_bryn(email=gwen.email, by=manager)
    invite_bryn(email=gwen.email, by=maud).accept(password=NEW_PASSWORD, now=timezone.now())
    assert User.objects.get(pk=gwen.pk).is_active
    assert AuditEvent.objects.filter(act="person.restored", subject_id=str(gwen.pk)).exists()


# The first administrator -----------------------------------------------------------------------------------------


def test_the_first_administrator_comes_in_by_a_link_in_the_terminal(
    client: Client, capsys: pytest.CaptureFixture[str], settings: LazySettings
) -> None:
    people.make_partnership()
    call_command("invite_first_administrator", "maud.tarn@lcc.example")
    link = capsys.readouterr().out.strip().splitlines()[-1]
    assert client.post(link.removeprefix(settings.BASE_URL), {"password": NEW_PASSWORD}).status_code == 302
    maud = Membership.objects.get(user__email="maud.tarn@lcc.example")
    assert (maud.organisation.code, maud.role_codes) == ("lcc", ["administrator"])


def test_the_first_link_works_for_an_hour(client: Client) -> None:
    people.make_partnership()
    call_command("invite_first_administrator", "maud.tarn@lcc.example")
    invitation = Invitation.objects.get()
    assert invitation.expires_at - invitation.invited_at == timedelta(hours=1)


def test_of_two_first_links_only_the_last_one_works(client: Client) -> None:
    people.make_partnership()
    call_command("invite_first_administrator", "maud.tarn@lcc.example")
    call_command("invite_first_administrator", "orla.finch@lcc.example")
    first, last = Invitation.objects.order_by("invited_at")
    assert client.post(address_of(first), {"password": NEW_PASSWORD}).status_code == 410
    assert client.post(address_of(last), {"password": NEW_PASSWORD}).status_code == 302
    assert [each.user.email for each in Membership.objects.administrators()] == ["orla.finch@lcc.example"]


def test_there_is_no_first_link_once_there_is_an_administrator() -> None:
    people.administrator()
    with pytest.raises(CommandError, match="There is an administrator already"):
        call_command("invite_first_administrator", "second@lcc.example")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "nonsense is not an email address"),
        (["a@lcc.example", "--organisation", "nowhere"], "There is no organisation nowhere"),
    ],
)
def test_a_mistake_in_the_command_is_one_sentence(arguments: list[str], sentence: str) -> None:
    people.make_partnership()
    with pytest.raises(CommandError, match=sentence):
        call_command("invite_first_administrator", *arguments)
