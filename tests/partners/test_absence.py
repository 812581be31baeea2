"""Somebody is away: their deputy is named on their cases, and has the work on their own day."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from audit.models import AuditEvent
from partners.models import Absence, NotYoursToChange, User
from partners.models.absence import AwayAlready, CannotStandIn
from scope.context import staff_scope
from tests import people
from tests.casework.world import told, triaged

pytestmark = pytest.mark.django_db
NOW = people.NOW


def ewa() -> User:
    """Ngozi's colleague."""
    return people.member("Ewa Sand", people.organisation("charnwood-bc"), "officer")


def tess() -> User:
    """Their team manager."""
    return people.member("Tess Vane", people.organisation("charnwood-bc"), "team_manager")


def away(user: User, deputy: User, *, days: int = 7, by: User | None = None) -> Absence:
    """From today on."""
    today = timezone.localdate()
    return Absence.note(
        user, starts_on=today, ends_on=today + timedelta(days=days), deputy=deputy, by=by or user, now=NOW
    )


def days(starts_on: date, ends_on: date, deputy: User | None) -> dict[str, str]:
    """What the page sends."""
    parts = {"deputy": str(deputy.pk) if deputy else ""}
    for name, day in (("starts_on", starts_on), ("ends_on", ends_on)):
        parts |= {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}
    return parts


def test_ngozi_says_that_she_is_away_and_ewa_finds_her_cases_on_her_day() -> None:
    ngozi, deputy = people.ngozi(), ewa()
    case = triaged(told(), by=ngozi)
    with staff_scope(ngozi.organisation_id or 0):
        case.assign(to=ngozi, by=ngozi, now=NOW)
    today = timezone.localdate()
    browser = people.client_for(ngozi)
    assert b"I am away" in browser.get(reverse("home:today")).content
    browser.post(reverse("partners:away"), days(today, today + timedelta(days=3), deputy))
    assert b"Ewa Sand stands in" in browser.get(reverse("partners:away")).content
    ewas = people.client_for(deputy)
    assert b"open case of a colleague you stand in for" in ewas.get(reverse("home:today")).content
    listed = ewas.get(reverse("casework:cases") + "?list=standing_in").content.decode()
    assert case.reference in listed
    assert "I stand in for" in listed
    assert "Ewa Sand stands in" in ewas.get(reverse("casework:case", args=[case.reference])).content.decode()
    assign = ewas.get(reverse("casework:assign", args=[case.reference])).content.decode()
    assert f"Ngozi Bell, {ngozi.organisation}, away until" in assign
    assert b"you stand in for" not in people.client_for(tess()).get(reverse("home:today")).content


def test_before_and_after_the_days_nobody_stands_in() -> None:
    ngozi, deputy = people.ngozi(), ewa()
    absence = away(ngozi, deputy)
    covered = Absence.objects.covered_by(deputy)
    assert not covered.on(absence.starts_on - timedelta(days=1)).exists()
    assert covered.on(absence.starts_on).exists()
    assert covered.on(absence.ends_on).exists()
    assert not covered.on(absence.ends_on + timedelta(days=1)).exists()


def test_a_deputy_who_moved_on_stands_in_no_more() -> None:
    ngozi, deputy = people.ngozi(), ewa()
    away(ngozi, deputy)
    deputy.membership.move_to(people.organisation("lcc"), ["officer"], by=None, now=NOW)
    assert not Absence.objects.covered_by(User.objects.get(pk=deputy.pk)).exists()


def test_only_a_colleague_at_work_on_cases_stands_in() -> None:
    ngozi = people.ngozi()
    contributor = people.member("Cal Reed", ngozi.organisation, "plan_contributor")
    suspended = ewa()
    suspended.suspend(by=None, now=NOW)
    for nobody in (people.gwen(), contributor, suspended, ngozi):
        with pytest.raises(CannotStandIn):
            away(ngozi, nobody)


def test_a_deputy_who_is_away_too_is_refused_in_words() -> None:
    ngozi, deputy, today = people.ngozi(), ewa(), timezone.localdate()
    away(deputy, ngozi)
    page = people.client_for(ngozi).post(
        reverse("partners:away"), days(today + timedelta(days=7), today + timedelta(days=9), deputy)
    )
    assert "Ewa Sand is away on some of these days too" in page.content.decode()
    with pytest.raises(AwayAlready):
        away(deputy, tess())


@pytest.mark.parametrize(
    ("starts", "ends", "words"),
    [(3, 1, b"must not come before the first"), (-9, -8, b"must be today or later")],
)
def test_days_that_cannot_be_are_said(starts: int, ends: int, words: bytes) -> None:
    today, deputy = timezone.localdate(), ewa()
    sent = days(today + timedelta(days=starts), today + timedelta(days=ends), deputy)
    assert words in people.client_for(people.ngozi()).post(reverse("partners:away"), sent).content
    assert not Absence.objects.exists()


def test_an_empty_form_says_what_is_missing() -> None:
    ewa()
    page = people.client_for(people.ngozi()).post(reverse("partners:away"), {}).content
    for words in (b"Enter the first day away", b"Enter the last day away", b"Choose who stands in"):
        assert words in page


def test_alone_in_an_organisation_there_is_nobody_to_choose() -> None:
    assert b"Nobody could stand in" in people.client_for(people.ngozi()).get(reverse("partners:away")).content


def test_a_team_manager_notes_and_takes_back_days_of_their_people() -> None:
    ngozi, manager, deputy = people.ngozi(), tess(), ewa()
    browser, today = people.client_for(manager), timezone.localdate()
    path = reverse("partners:person_away", args=[ngozi.pk])
    browser.post(path, days(today, today, deputy))
    absence = Absence.objects.get()
    assert (absence.user, absence.deputy) == (ngozi, deputy)
    assert AuditEvent.objects.get(act="absence.noted").actor_id == manager.pk
    browser.post(reverse("partners:back_from_absence", args=[absence.pk]))
    assert not Absence.objects.exists()
    assert browser.get(reverse("partners:person_away", args=[people.gwen().pk])).status_code == 404


def test_a_colleague_notes_nobody_elses_days() -> None:
    ngozi, colleague = people.ngozi(), ewa()
    absence = away(ngozi, tess())
    browser = people.client_for(colleague)
    assert browser.get(reverse("partners:person_away", args=[ngozi.pk])).status_code == 404
    assert browser.post(reverse("partners:back_from_absence", args=[absence.pk])).status_code == 404
    with pytest.raises(NotYoursToChange):
        away(ngozi, colleague, by=colleague)
