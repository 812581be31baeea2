"""The first page says what needs doing first, and with nothing to do what it would say."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from audit import trail
from audit.models import TrailCheck
from partners.models import Invitation
from reporting.models import Draft, Report, ReporterWord
from reporting.models.word import WordState
from reporting.receiving import receive
from reporting.safe_contact import Way
from scope.context import worker_scope
from tests import people
from tests.actionplans.world import plans_as_of_today
from tests.at_a_centre import at_a_centre
from tests.casework.world import ZAYNAB, anonymously

pytestmark = pytest.mark.django_db


def day_of(user) -> str:
    return people.client_for(user).get(reverse("home:today")).content.decode()


def test_an_invitation_that_ran_out_stands_before_one_that_waits() -> None:
    now = timezone.now()
    for number, age in enumerate((1, 9)):
        Invitation.invite(
            email=f"bryn{number}@example.org",
            name="Bryn Ashdown",
            organisation=people.organisation("lcc"),
            role_codes=["officer"],
            by=None,
            now=now - timedelta(days=age),
        )
    page = day_of(people.administrator())
    assert page.index("invitation has run out unused") < page.index("invitation has not been taken up")


def test_actions_that_wait_for_an_update_are_counted(partnership: None) -> None:
    plans_as_of_today()
    page = day_of(people.ngozi())
    assert "wait for your organisation&#x27;s update" in page
    assert "off track" not in page
    assert "off track" in day_of(people.sog_member())


def test_a_volunteer_is_told_of_news_to_pass_on_and_of_what_they_began() -> None:
    volunteer, now = people.asha(), timezone.now()
    told = {name: said for name, said in at_a_centre(ZAYNAB | anonymously()).items() if said is not None}
    receive(told, key=(key := uuid4()), now=now, centre=volunteer.organisation, recorded_by=volunteer)
    assert "waits to hear through your centre" not in day_of(volunteer)
    with worker_scope():
        ReporterWord.note(
            uuid4(), Report.objects.get(idempotency_key=key), Way.CENTRE, WordState.WAITS, now=now
        )
    Draft.begin({}, today=timezone.localdate(), centre=volunteer.organisation, recorded_by=volunteer)
    page = day_of(volunteer)
    assert "person waits to hear through your centre that there is something new" in page
    assert "report that you began and have not sent" in page
    assert "/staff/our-centre/#to-pass-on" in page


def test_a_centre_nobody_checked_is_work_for_the_administrator() -> None:
    people.centre(now=timezone.now() - timedelta(days=100))
    page = day_of(people.administrator())
    assert "reporting centre has not been checked for 90 days" in page


def test_who_leads_centres_is_told_of_those_that_the_house_looks_after() -> None:
    rooms, lcc = people.centre(), people.organisation("lcc")
    rooms.looked_after_by = lcc
    rooms.save()
    people.centre("harvest", area="blaby")
    today = timezone.localdate()
    review = {"met": (), "score": 13, "outcome": "improve", "at": timezone.now()}
    rooms.fitness_reviews.create(
        reviewed_on=today - timedelta(days=91), improve_by=today - timedelta(days=1), **review
    )
    page = day_of(people.member("Orla Fenwick", lcc, "centre_lead"))
    assert "?to_do=overdue&amp;by=lcc" in page
    assert "reporting centre has not improved in its 90 days" in page
    assert "agreement with a reporting centre is missing" in page


def test_a_volunteer_without_reports_reads_what_would_be_here() -> None:
    page = day_of(people.asha())
    assert "Nothing waits for you" in page
    assert "reports that you record for people at your centre" in page


def test_an_officer_is_not_told_about_invitations() -> None:
    assert "invitation" not in day_of(people.gwen())


def test_the_day_is_behind_the_door(client: Client) -> None:
    assert client.get(reverse("home:today")).headers["Location"].startswith(reverse("account_login"))


def test_a_trail_that_does_not_hold_stands_first_for_the_auditor_and_for_administrators() -> None:
    people.make_partnership()
    ursula = people.member("Ursula Quade", people.organisation("opcc"), "auditor")
    told = {"events": 9, "seal": 1, "hash": b"x", "seconds": 1.0, "is_whole": True, "at": timezone.now()}
    TrailCheck(is_good=True, **told).save()
    assert "wrong in the audit trail<" not in day_of(ursula)
    TrailCheck(is_good=False, findings=["a", "b"], **(told | {"at": timezone.now()})).save()
    assert "things are wrong in the audit trail" in day_of(ursula)
    assert "find who is auditor, and tell them" in day_of(people.administrator())
    assert "audit trail" not in day_of(people.gwen())


def test_sealing_that_is_late_is_said_to_the_auditor() -> None:
    people.make_partnership()
    came_just_now = timezone.now() + timedelta(days=30)  # an invitation is made thirty days before
    ursula = people.member("Ursula Quade", people.organisation("opcc"), "auditor", now=came_just_now)
    assert "waited too long" not in day_of(ursula)
    trail.record("figures.read", ursula, by=ursula, now=timezone.now() - timedelta(minutes=6))
    assert "waited too long for" in day_of(ursula)
