"""Somebody leaves: all their open cases change hands at once, and with it their access ends."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from audit.models import AuditEvent
from casework.handing_over import Then, hand_over, held_by, left_behind
from casework.models import Case, CaseEvent
from casework.models.case import CannotBeAssigned
from casework.models.link import CaseReport
from casework.timeline import timeline
from partners.models import LastAdministrator, Team, User
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests import people
from tests.casework.world import BARS_THE_POLICE, close_case, told, triaged

pytestmark = pytest.mark.django_db
NOW = people.NOW


def charnwood(name: str, role: str = "officer") -> User:
    return people.member(name, people.organisation("charnwood-bc"), role)


def given_to(person: User, count: int = 1) -> list[Case]:
    """Cases that a person works on."""
    cases = []
    for _ in range(count):
        case = triaged(told(), by=person)
        with staff_scope(person.organisation_id or 0):
            case.assign(to=person, by=person, now=NOW)
        cases.append(case)
    return cases


def copies_of(case: Case, count: int) -> None:
    """As many more cases as it takes, straight into the tables: what counts here is how many there are."""
    with worker_scope():
        report = Report.objects.get(case_report__case=case)
        reports = [
            Report(
                **{
                    field.attname: getattr(report, field.attname)
                    for field in Report._meta.concrete_fields
                    if field.name not in ("id", "reference", "idempotency_key", "receipt_code_digest")
                },
                reference=f"LLR-9{number // 1000:03}-{number % 1000:04}",
                idempotency_key=uuid4(),
            )
            for number in range(count)
        ]
        Report.objects.bulk_create(reports)
        cases = [
            Case(
                reference=each.reference,
                opened_at=NOW,
                state=case.state,
                lead_organisation_id=case.lead_organisation_id,
                assigned_to_id=case.assigned_to_id,
                visible_to=report.visible_to,
            )
            for each in reports
        ]
        Case.objects.bulk_create(cases)
        CaseReport.objects.bulk_create(
            [
                CaseReport(case=one, report=each, added_at=NOW)
                for one, each in zip(cases, reports, strict=True)
            ]
        )


def test_maud_lets_ngozi_leave_and_ewa_takes_her_cases() -> None:
    ngozi, ewa, maud = people.ngozi(), charnwood("Ewa Sand"), people.administrator()
    case = given_to(ngozi)[0]
    browser, path = people.client_for(maud), reverse("casework:hand_over", args=[ngozi.pk])
    page = browser.get(path).content.decode()
    assert case.reference in page
    assert "shouted" not in page
    answer = browser.post(path, {"to": f"person:{ewa.pk}", "then": "leaves"}, follow=True)
    assert b"1 case is in other hands. Ngozi Bell has left" in answer.content
    assert User.objects.get(pk=ngozi.pk).membership is None
    with staff_scope(ewa.organisation_id or 0):
        case = Case.objects.get(pk=case.pk)
        assert case.assigned_to == ewa
        assert timeline(case)[-1]["title"] == "Given to Ewa Sand, handed over by Ngozi Bell"
    event = AuditEvent.objects.filter(act="case.assigned", subject_id=str(case.pk)).latest("at")
    assert (event.actor_id, event.facts) == (maud.pk, {"held_before": ngozi.pk, "to": ewa.pk})


def test_a_team_shares_the_cases_out() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    north = Team.make(ngozi.organisation, "North", by=maud, now=NOW)
    takers = [charnwood("Ewa Sand"), charnwood("Iain Moss")]
    for taker in takers:
        taker.membership.change_roles(["officer"], team=north, by=maud, now=NOW)
    given_to(ngozi, 4)
    people.client_for(maud).post(
        reverse("casework:hand_over", args=[ngozi.pk]), {"to": f"team:{north.pk}", "then": "stays"}
    )
    with worker_scope():
        assert [held_by(taker).count() for taker in takers] == [2, 2]
        assert not held_by(ngozi).exists()
    assert User.objects.get(pk=ngozi.pk).membership


def test_whose_organisation_may_not_see_a_case_is_not_given_it() -> None:
    tomasz, maud = people.tomasz(), people.administrator()
    ngozi = people.ngozi()
    case = triaged(told(**BARS_THE_POLICE), by=ngozi)
    with worker_scope():
        Case.objects.filter(pk=case.pk).update(assigned_to=ngozi)
    done = hand_over(ngozi, to=[tomasz], then=Then.STAYS, by=maud, now=NOW)
    assert (done.given, done.left_open) == (0, 1)
    with worker_scope():
        case = Case.objects.get(pk=case.pk)
        assert case.assigned_to is None
        assert timeline(case)[-1]["title"] == "Nobody works on it now, handed over by Ngozi Bell"
    assert AuditEvent.objects.filter(act="case.released").count() == 1


def test_closed_cases_stay_as_they_were() -> None:
    ngozi, ewa, maud = people.ngozi(), charnwood("Ewa Sand"), people.administrator()
    case = given_to(ngozi)[0]
    with staff_scope(ngozi.organisation_id or 0):
        close_case(case, outcome="no_further_action", text="", by=ngozi, now=NOW, note="Done.")
    assert hand_over(ngozi, to=[ewa], then=Then.LEAVES, by=maud, now=NOW).given == 0
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == ngozi


def test_a_refusal_leaves_cases_and_person_as_they_were() -> None:
    maud = people.administrator()
    ewa = charnwood("Ewa Sand")
    maud.membership.change_roles(["administrator", "officer"], by=None, now=NOW)
    with worker_scope():
        case = given_to(people.ngozi())[0]
        Case.objects.filter(pk=case.pk).update(assigned_to=maud)
    orla = people.member("Orla Finch", people.organisation("opcc"), "sog_member")
    with pytest.raises(LastAdministrator):
        hand_over(maud, to=[ewa], then=Then.LEAVES, by=orla, now=NOW)
    with pytest.raises(CannotBeAssigned, match="Orla Finch can’t take"):
        hand_over(maud, to=[orla], then=Then.STAYS, by=ewa, now=NOW)
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == maud


@pytest.mark.slow
def test_two_thousand_cases_take_as_few_questions_as_twenty() -> None:
    ngozi, ewa, maud = people.ngozi(), charnwood("Ewa Sand"), people.administrator()
    case = given_to(ngozi)[0]
    copies_of(case, 20)
    with CaptureQueriesContext(connection) as few:
        hand_over(ngozi, to=[ewa], then=Then.STAYS, by=maud, now=NOW)
    with worker_scope():
        Report.objects.exclude(case_report__case=case).delete()
        Case.objects.exclude(pk=case.pk).delete()
    copies_of(_again(case, ngozi), 1_999)
    with CaptureQueriesContext(connection) as many:
        done = hand_over(ngozi, to=[ewa], then=Then.LEAVES, by=maud, now=NOW + timedelta(days=1))
    assert done.given == 2_000
    assert len(many) <= 2 * len(few)
    with worker_scope():
        assert (
            CaseEvent.objects.filter(facts__held_before=ngozi.pk, at=NOW + timedelta(days=1)).count() == 2_000
        )
    assert AuditEvent.objects.filter(act="case.assigned", at=NOW + timedelta(days=1)).count() == 2_000


def _again(case: Case, person: User) -> Case:
    with worker_scope():
        Case.objects.filter(pk=case.pk).update(assigned_to=person)
        return Case.objects.get(pk=case.pk)


# Who may, and what the form says -----------------------------------------------------------------------------------


def test_a_team_manager_hands_over_within_their_own_house() -> None:
    ngozi, tess, gwen = people.ngozi(), charnwood("Tess Vane", "team_manager"), people.gwen()
    case = given_to(ngozi)[0]
    browser = people.client_for(tess)
    path = reverse("casework:hand_over", args=[ngozi.pk])
    assert "Gwen Morrow" not in browser.get(path).content.decode()
    refused = browser.post(path, {"to": f"person:{gwen.pk}", "then": "leaves"})
    assert b"govuk-error-summary" in refused.content
    browser.post(path, {"to": f"person:{tess.pk}", "then": "suspended"})
    assert not User.objects.get(pk=ngozi.pk).is_active
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == tess
    assert browser.get(reverse("casework:hand_over", args=[gwen.pk])).status_code == 404


def test_a_team_manager_takes_work_from_somebody_above_them_but_does_not_end_it() -> None:
    tess = charnwood("Tess Vane", "team_manager")
    ada = people.member("Ada Quill", people.organisation("charnwood-bc"), "officer", "auditor")
    case = given_to(ada)[0]
    browser, path = people.client_for(tess), reverse("casework:hand_over", args=[ada.pk])
    page = browser.get(path).content
    assert b"They leave this organisation" not in page
    assert b"What happens then" not in page
    browser.post(path, {"to": f"person:{tess.pk}", "then": "leaves"})
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == ada
    browser.post(path, {"to": f"person:{tess.pk}", "then": "stays"})
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == tess
    assert User.objects.get(pk=ada.pk).membership


def test_a_team_manager_neither_sees_nor_moves_what_the_person_left_at_their_former_place() -> None:
    gwen, maud = people.gwen(), people.administrator()
    left = triaged(told(Q14="leicester", Q24=["no_one"]), by=gwen)
    with worker_scope():
        Case.objects.filter(pk=left.pk).update(assigned_to=gwen)
    gwen.membership.move_to(people.organisation("charnwood-bc"), ["officer"], by=maud, now=NOW)
    tess = charnwood("Tess Vane", "team_manager")
    browser, path = people.client_for(tess), reverse("casework:hand_over", args=[gwen.pk])
    assert left.reference not in browser.get(path).content.decode()
    browser.post(path, {"to": f"person:{tess.pk}", "then": "leaves"})
    assert User.objects.get(pk=gwen.pk).membership is None
    with worker_scope():
        assert Case.objects.get(pk=left.pk).assigned_to == gwen
    done = hand_over(gwen, to=[tess], then=Then.STAYS, by=tess, now=NOW, only_of=tess.organisation_id)
    assert (done.given, done.left_open) == (0, 0)


def test_a_former_manager_does_not_take_the_cases_of_somebody_who_works_elsewhere_by_now() -> None:
    tess, maud, ngozi = charnwood("Tess Vane", "team_manager"), people.administrator(), people.ngozi()
    ngozi.membership.move_to(people.organisation("police"), ["officer"], by=maud, now=NOW)
    ngozi = User.objects.get(pk=ngozi.pk)
    case = triaged(told(), by=ngozi)  # the police lead it, and Charnwood sees it
    with staff_scope(ngozi.organisation_id or 0):
        case.assign(to=ngozi, by=ngozi, now=NOW)
    browser, path = people.client_for(tess), reverse("casework:hand_over", args=[ngozi.pk])
    assert case.reference not in browser.get(path).content.decode()
    browser.post(path, {"to": "nobody", "then": "stays"})
    done = hand_over(ngozi, to=[tess], then=Then.STAYS, by=tess, now=NOW, only_of=tess.organisation_id)
    assert (done.given, done.left_open) == (0, 0)
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == ngozi


def test_a_volunteer_without_cases_simply_leaves() -> None:
    asha = people.asha()
    mina = people.member("Mina Roe", people.centre().organisation, "centre_manager")
    browser, path = people.client_for(mina), reverse("casework:hand_over", args=[asha.pk])
    assert b"No open case" in browser.get(path).content
    browser.post(path, {"then": "leaves"})
    assert User.objects.get(pk=asha.pk).membership is None


def test_an_empty_form_says_what_is_missing() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    given_to(ngozi)
    page = people.client_for(maud).post(reverse("casework:hand_over", args=[ngozi.pk]), {}).content
    assert b"Choose who takes the open cases over" in page
    assert b"Choose what happens then" in page


def test_a_team_in_which_nobody_works_on_cases_takes_nothing() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    empty = Team.make(ngozi.organisation, "Empty", by=maud, now=NOW)
    given_to(ngozi)
    page = people.client_for(maud).post(
        reverse("casework:hand_over", args=[ngozi.pk]), {"to": f"team:{empty.pk}", "then": "stays"}
    )
    assert b"Nobody in this team works on cases" in page.content


@pytest.mark.parametrize("who", [people.asha, people.gwen, people.sog_member])
def test_the_page_is_missing_for_everybody_else(who) -> None:
    browser = people.client_for(who())
    assert browser.get(reverse("casework:hand_over", args=[people.ngozi().pk])).status_code == 404


# What stays behind -------------------------------------------------------------------------------------------------


def test_cases_of_somebody_who_moved_stand_on_the_team_managers_day() -> None:
    ngozi, tess, maud = people.ngozi(), charnwood("Tess Vane", "team_manager"), people.administrator()
    case = given_to(ngozi)[0]
    browser = people.client_for(tess)
    assert b"belongs to somebody who has left" not in browser.get(reverse("home:today")).content
    ngozi.membership.move_to(people.organisation("leicester-city"), ["officer"], by=maud, now=NOW)
    assert b"open case belongs to somebody who has left" in browser.get(reverse("home:today")).content
    page = browser.get(reverse("casework:cases") + "?list=left_behind").content.decode()
    assert case.reference in page
    # The manager of the old place still hands them over, though the person has gone.
    browser.post(reverse("casework:hand_over", args=[ngozi.pk]), {"to": f"person:{tess.pk}", "then": "stays"})
    with worker_scope():
        assert Case.objects.get(pk=case.pk).assigned_to == tess
        assert not left_behind(tess.organisation_id).exists()


def test_cases_of_somebody_suspended_are_left_behind_too() -> None:
    ngozi, maud = people.ngozi(), people.administrator()
    given_to(ngozi)
    ngozi.suspend(by=maud, now=NOW)
    with worker_scope():
        assert left_behind(ngozi.organisation_id).count() == 1
