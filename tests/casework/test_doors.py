"""A case or a report opens by permission, by organisation and by who leads; all else is missing."""

from datetime import timedelta

import pytest
from django.http import Http404

from casework.doors import case_for_act_or_404, case_or_404, report_or_404
from casework.models import Case
from casework.permissions import (
    ACTS_OF_EVERYBODY,
    ACTS_OF_THE_LEAD,
    ACTS_WITH_THE_POLICE,
    acts_now,
    leads,
    may,
)
from casework.sharing import BarredFromReport, choice_for, chosen_by_all, refuse_barred, was_chosen
from casework.states import is_allowed
from partners.models import User
from partners.roles import Permission
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, told, triaged
from tests.people import NOW, centre, gwen, member, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
FOR_ALL = {"triage", "note"}


@pytest.fixture
def case(db: None) -> Case:
    """Charnwood leads it; the police see it too, because Zaynab chose them."""
    return triaged(told(), by=ngozi())


def is_missing(door: object, *asked: object) -> bool:
    with worker_scope():
        try:
            door(*asked)
        except Http404:
            return True
    return False


def test_the_query_alone_keeps_strangers_out_where_the_database_hides_nothing(case: Case) -> None:
    for permission in (Permission.SEE_QUEUE, Permission.WORK_CASES):
        assert not is_missing(case_or_404, ngozi(), case.reference, permission)
        assert not is_missing(case_or_404, tomasz(), case.reference, permission)
        assert is_missing(case_or_404, gwen(), case.reference, permission)
        assert is_missing(case_or_404, ngozi(), "LLR-0000-0000", permission)


def test_the_permission_alone_keeps_colleagues_out(case: Case) -> None:
    colleague = member("Colin Ware", organisation("charnwood-bc"), "plan_owner")
    assert is_missing(case_or_404, colleague, case.reference, Permission.SEE_QUEUE)
    assert not is_missing(case_or_404, colleague, case.reference, Permission.SEE_PLANS)
    assert is_missing(case_for_act_or_404, colleague, case.reference, "note")
    assert not may(colleague, "note", case)


def test_the_door_gives_the_very_case_with_what_its_page_needs(
    case: Case, django_assert_num_queries: object
) -> None:
    triaged(told(), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        case.assign(to=ngozi(), by=ngozi(), now=NOW)
        found = case_or_404(ngozi(), case.reference, Permission.SEE_QUEUE)
        assert found == case
        with django_assert_num_queries(0):
            assert (found.lead_organisation.code, found.assigned_to.name) == ("charnwood-bc", "Ngozi Bell")
        assert case_for_act_or_404(ngozi(), case.reference, "tell_reporter") == case


def test_acts_of_the_lead_are_missing_to_others(case: Case) -> None:
    assert {"assign", "tell_reporter", "share", "wait", "resume", "close", "reopen"} <= ACTS_OF_THE_LEAD
    assert not ACTS_OF_THE_LEAD & ACTS_OF_EVERYBODY
    for act in ACTS_OF_THE_LEAD | FOR_ALL:
        assert not is_missing(case_for_act_or_404, ngozi(), case.reference, act)
        assert is_missing(case_for_act_or_404, tomasz(), case.reference, act) == (act in ACTS_OF_THE_LEAD)
        assert is_missing(case_for_act_or_404, gwen(), case.reference, act)


def test_who_was_given_the_case_leads_it_wherever_they_work(case: Case) -> None:
    assert (leads(ngozi(), case), leads(tomasz(), case)) == (True, False)
    with worker_scope():
        case.assign(to=tomasz(), by=ngozi(), now=NOW)
        assert leads(tomasz(), case)
        assert may(tomasz(), "close", case)


def test_who_gave_it_on_leads_it_no_longer(case: Case) -> None:
    with worker_scope():
        case.assign(to=tomasz(), by=ngozi(), now=NOW)
        case.assign(to=ngozi(), by=tomasz(), now=NOW)
        assert not leads(tomasz(), case)


@pytest.mark.parametrize("otherwise", [{"act": "note"}, {"facts": {"to": 0}}])
def test_only_an_act_of_giving_it_to_them_makes_them_lead(case: Case, otherwise: dict[str, object]) -> None:
    with worker_scope():
        case.assign(to=tomasz(), by=ngozi(), now=NOW)
        assert leads(tomasz(), case)
        case.events.filter(act="assign").update(**otherwise)
        assert not leads(tomasz(), case)


def test_only_acts_that_fit_the_state_are_offered(case: Case) -> None:
    def offered(to: User) -> set[str]:
        return acts_now(to, case)

    everybodys = {act for act in ACTS_OF_EVERYBODY if is_allowed(act, case.state)}
    of_the_lead = {act for act in ACTS_OF_THE_LEAD if is_allowed(act, case.state)}
    of_the_police = {act for act in ACTS_WITH_THE_POLICE if is_allowed(act, case.state)}
    assert {"triage"} == ACTS_OF_EVERYBODY - everybodys
    assert offered(ngozi()) == of_the_lead | everybodys | of_the_police
    assert offered(tomasz()) == everybodys | of_the_police
    with worker_scope():
        case.wait("Waiting for the council.", by=ngozi(), now=NOW)
    assert "resume" in offered(ngozi())
    assert "wait" not in offered(ngozi())


def test_a_report_opens_to_who_reads_the_queue_in_an_organisation_that_sees_it() -> None:
    report, other = told(**BARS_THE_POLICE), told(**BARS_THE_POLICE)
    assert report != other
    with staff_scope(ngozi().organisation_id or 0):
        assert report_or_404(ngozi(), report.reference) == report
    colleague = member("Colin Ware", organisation("charnwood-bc"), "plan_owner")
    assert is_missing(report_or_404, colleague, report.reference)
    assert is_missing(report_or_404, tomasz(), report.reference)
    assert is_missing(report_or_404, gwen(), report.reference)
    assert is_missing(report_or_404, ngozi(), "LLR-0000-0000")


def test_the_report_comes_with_its_key_its_area_and_its_centre(django_assert_num_queries: object) -> None:
    report, house = told(), centre().organisation
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(centre=house)
    with staff_scope(ngozi().organisation_id or 0):
        found = report_or_404(ngozi(), report.reference)
        with django_assert_num_queries(0):
            assert found.unseal("words")
            assert (found.district.code, found.centre.code) == ("charnwood", house.code)


def test_what_is_barred_is_shared_on_no_ground() -> None:
    barring, open_to_all = told(**BARS_THE_POLICE), told()
    with worker_scope():
        refuse_barred(organisation("police"), [open_to_all])
        refuse_barred(organisation("lcc"), [open_to_all, barring])
        with pytest.raises(
            BarredFromReport, match="^The person said that .* must not see this. It cannot be"
        ):
            refuse_barred(organisation("police"), [open_to_all, barring])


def test_an_organisation_was_chosen_when_each_report_chose_it_and_none_took_it_back() -> None:
    with_police, without = told(), told(Q24=["no_one"])
    police = organisation("police")
    with worker_scope():
        assert was_chosen(police, [with_police])
        assert not was_chosen(police, [with_police, without])
        assert not was_chosen(organisation("lcc"), [with_police])
        with_police.preferences.update(withdrawn_at=NOW)
        assert not was_chosen(police, [with_police])


def test_my_council_is_the_one_of_the_area_and_each_choice_covers_its_own() -> None:
    report = told(Q24=["council", "victim_first"])
    with worker_scope():
        covered = {code: choice_for(organisation(code), report) for code in COVERED}
        everybody = chosen_by_all([report])
    assert covered == COVERED
    assert everybody == {organisation(code).pk for code, choice in COVERED.items() if choice}


COVERED = {
    "charnwood-bc": "council",
    "victim-first": "victim_first",
    "leicester-city": "",
    "lcc": "",
    "police": "",
}


def test_whoever_moves_on_does_not_speak_for_the_place_they_left(case: Case) -> None:
    one, later = ngozi(), NOW + timedelta(hours=1)
    with staff_scope(one.organisation_id or 0):
        case.assign(to=one, by=one, now=NOW)
    one.membership.move_to(organisation("police"), ["officer"], by=None, now=later)  # type: ignore[union-attr]
    moved = User.objects.get(pk=one.pk)
    with staff_scope(moved.organisation_id or 0):
        assert acts_now(moved, case) == acts_now(tomasz(), case)
        case.assign(to=moved, by=moved, now=later)
        assert "close" in acts_now(moved, case)
