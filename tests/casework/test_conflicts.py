"""Ewa is a cousin of the person: she is kept out by name, finds nothing any more, and nobody is told why."""

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from audit.models import AuditEvent
from casework.conflicts import ConflictRefused, bar, bar_from_report, conflicts_on, lift
from casework.finding import by_person, by_reference
from casework.giving_sight import Terms, share
from casework.handing_over import Then, hand_over
from casework.joining import join
from casework.knowing_again import alike_on
from casework.models import Case
from casework.models.case import CannotBeAssigned
from casework.sharing import BarredFromReport, refuse_barred
from partners.models import User
from reporting.models import GrantBasis, Report
from scope.context import staff_scope, worker_scope
from tests.casework.test_matching import AMINA
from tests.casework.world import BARS_THE_POLICE, opened, shared_anyway, told, triaged
from tests.people import NOW, client_for, farah, gwen, member, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
WHY = "Ewa is the person’s cousin."


def ewa() -> User:
    return member("Ewa Lis", organisation("charnwood-bc"), "officer")


def noor() -> User:
    return member("Noor Fell", organisation("charnwood-bc"), "officer")


@pytest.fixture
def case() -> Iterator[Case]:
    """Charnwood's, and Ewa works on it until Ngozi says what she knows; asked as Ngozi."""
    people = ngozi(), ewa(), noor()
    made = triaged(told(), by=people[0])
    with staff_scope(people[0].organisation_id or 0, people[0].pk):
        made.assign(to=people[1], by=people[0], now=NOW)
        bar(made, people[1], reason=WHY, by=people[0], now=NOW)
        yield Case.objects.get(pk=made.pk)


def asked(of: Case, *, by: User) -> dict[str, int]:
    """What every address of the case answers."""
    browser: Client = client_for(by)
    addresses = [
        "",
        "contact/",
        "note/",
        "assign/",
        "tell/",
        "share/",
        "who-did-it/",
        "outcomes/",
        "conflicts/",
    ]
    return {each: browser.get(f"/staff/cases/{of.reference}/{each}").status_code for each in addresses}


def test_the_case_is_taken_from_ewa_and_she_finds_it_nowhere(case: Case) -> None:
    assert case.assigned_to is None
    assert set(asked(case, by=ewa()).values()) == {404}
    browser = client_for(ewa())
    for page in ("/staff/", "/staff/cases/?list=all", "/staff/queue/"):
        assert case.reference not in browser.get(page, follow=True).content.decode()
    with staff_scope(ewa().organisation_id or 0, ewa().pk):
        assert by_reference(case.reference, by=ewa(), now=NOW) == []
        assert not Case.objects.exists()


def test_noor_works_on_as_before_and_reads_why(case: Case) -> None:
    answers = asked(case, by=noor())
    assert answers.pop("who-did-it/") in (200, 302)
    assert set(answers.values()) == {200}
    page = client_for(noor()).get(f"/staff/cases/{case.reference}/conflicts/").content.decode()
    assert WHY in page
    assert "Ewa Lis" in page


def test_neither_timeline_nor_trail_says_why_and_whoever_does_not_lead_sees_no_name(case: Case) -> None:
    with staff_scope(ngozi().organisation_id or 0):
        shared_anyway(case, organisation("leicester-city"), by=ngozi())
    browser = client_for(gwen())
    page = browser.get(f"/staff/cases/{case.reference}/").content.decode()
    assert "Ewa" not in page.replace("Given to Ewa Lis", "")
    assert "cousin" not in page
    assert "/conflicts/" not in page
    assert browser.get(f"/staff/cases/{case.reference}/conflicts/").status_code == 404
    assert not [each for each in AuditEvent.objects.all() if "cousin" in str(each.facts)]


def test_it_cannot_be_given_to_her_not_even_by_somebody_who_types_her_number(case: Case) -> None:
    with pytest.raises(CannotBeAssigned, match="Ewa Lis is kept from this case"):
        case.assign(to=ewa(), by=ngozi(), now=NOW)
    page = client_for(ngozi()).get(f"/staff/cases/{case.reference}/assign/").content.decode()
    assert "Noor Fell" in page
    assert "Ewa Lis" not in page


def test_work_that_is_handed_over_does_not_come_to_her(case: Case) -> None:
    case.assign(to=noor(), by=ngozi(), now=NOW)
    with worker_scope():
        hand_over(noor(), to=[ewa()], then=Then.STAYS, by=ngozi(), now=NOW)
        assert Case.objects.get(pk=case.pk).assigned_to is None


def test_whoever_wrote_it_down_does_not_lift_it_and_another_does(case: Case) -> None:
    conflict = conflicts_on(case)[0].id
    with pytest.raises(ConflictRefused, match="somebody else"):
        lift(case, conflict, reason="Not a cousin.", by=ngozi(), now=NOW)
    lift(case, conflict, reason="Another Ewa.", by=noor(), now=NOW)
    assert conflicts_on(case) == []
    assert asked(case, by=ewa())[""] == 200
    with pytest.raises(ConflictRefused, match="has been lifted"):
        lift(case, conflict, reason="Again.", by=noor(), now=NOW)


def test_a_report_that_joins_the_case_is_kept_from_her_too(case: Case) -> None:
    again = told()
    with worker_scope():
        case.case_reports.create(report=again, added_at=NOW)
        assert Report.objects.get(pk=again.pk).barred_people == [ewa().pk]


def test_who_is_alike_is_not_told_of_a_case_that_she_must_not_see(case: Case) -> None:
    case.write_down(AMINA, by=ngozi(), now=NOW)
    mine = opened(told(), by=ewa())
    with staff_scope(ewa().organisation_id or 0, ewa().pk):
        mine.write_down(AMINA, by=ewa(), now=NOW)
        assert alike_on(mine, asked_by=ewa()) == []
        assert [each.report for each in by_person(AMINA, by=ewa(), now=NOW)] == mine.reports
    with staff_scope(noor().organisation_id or 0, noor().pk):
        assert [each.reference for each in alike_on(mine, asked_by=noor())] == [case.reference]


def test_an_organisation_is_kept_out_whatever_it_was_granted_and_let_in_again(case: Case) -> None:
    police = organisation("police")
    assert police.pk in case.visible_to
    bar(case, police, reason="It is about one of theirs.", by=ngozi(), now=NOW)
    with worker_scope():
        for found in (Case.objects.get(pk=case.pk), *case.reports):
            found.refresh_from_db()
            assert police.pk not in found.visible_to
    with pytest.raises(BarredFromReport, match="because of a conflict"):
        share(case, police, Terms.of(["what"], "public_task"), by=ngozi(), now=NOW)
    conflict = next(each.id for each in conflicts_on(case) if each.name == police.name)
    lift(case, conflict, reason="He has left.", by=noor(), now=NOW)
    with worker_scope():
        assert police.pk in Case.objects.get(pk=case.pk).visible_to


def test_what_the_person_said_themselves_is_not_lifted_with_it() -> None:
    ngozi(), noor()
    case = triaged(told(**BARS_THE_POLICE), by=ngozi())
    police = organisation("police")
    with staff_scope(ngozi().organisation_id or 0, ngozi().pk):
        bar(case, police, reason="Also for us.", by=ngozi(), now=NOW)
        lift(case, conflicts_on(case)[0].id, reason="Not for us.", by=noor(), now=NOW)
        case.reports[0].grant_to(police, basis=GrantBasis.CASE, by=None, now=NOW)
    with worker_scope():
        assert police.pk not in Case.objects.get(pk=case.pk).visible_to
        with pytest.raises(BarredFromReport, match="The person said"):
            refuse_barred(police, case.reports)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        (lambda: organisation("charnwood-bc"), "leads this"),
        (lambda: ewa(), "is kept from this already"),
    ],
)
def test_what_is_refused_and_why(case: Case, who: Any, words: str) -> None:
    with pytest.raises(ConflictRefused, match=words):
        bar(case, who(), reason=WHY, by=ngozi(), now=NOW)


def test_somebody_is_always_left_who_can_work_on_it() -> None:
    case = triaged(told(), by=ngozi())
    with (
        staff_scope(ngozi().organisation_id or 0, ngozi().pk),
        pytest.raises(ConflictRefused, match="nobody at Charnwood"),
    ):
        bar(case, ngozi(), reason="I know them.", by=ngozi(), now=NOW)


def test_ngozi_names_herself_and_is_led_to_her_other_cases(case: Case) -> None:
    asking = {"who": "person", "person": ngozi().pk, "reason": "I know them.", "seen": case.acts_done()}
    answer = client_for(ngozi()).post(f"/staff/cases/{case.reference}/conflicts/new/", asking)
    assert (answer.status_code, answer["Location"]) == (302, "/staff/cases/")
    assert set(asked(case, by=ngozi()).values()) == {404}


def test_the_words_of_the_person_become_a_named_officer_before_anybody_opens_it() -> None:
    report, _, by = told(**BARS_THE_POLICE), noor(), ngozi()
    address = f"/staff/queue/{report.reference}/"
    her = ewa()
    page = client_for(by).get(address + "conflict/").content.decode()
    assert "My cousin Rafi" in page
    asking = {"who": "person", "person": her.pk, "reason": "Rafi is her brother."}
    assert client_for(by).post(address + "conflict/", asking)["Location"] == address
    assert client_for(her).get(address).status_code == 404
    assert report.reference not in client_for(her).get("/staff/queue/").content.decode()
    case = opened(report, by=by)
    with staff_scope(her.organisation_id or 0, her.pk):
        assert not Case.objects.exists()
    with staff_scope(by.organisation_id or 0, by.pk):
        assert [each.name for each in conflicts_on(case)] == ["Ewa Lis"]
        with pytest.raises(ConflictRefused, match="opened a case"):
            bar_from_report(report, tomasz(), reason="Late.", by=by, now=NOW)


def test_a_conflict_of_another_case_is_not_lifted_from_here(case: Case) -> None:
    ngozis = client_for(ngozi())
    assert ngozis.get(f"/staff/cases/{case.reference}/conflicts/{uuid4()}/lift/").status_code == 404
    assert client_for(farah()).get(f"/staff/cases/{case.reference}/conflicts/new/").status_code == 404


def test_a_report_that_somebody_is_kept_from_does_not_join_what_they_work_on() -> None:
    mine, other, by, her = triaged(told(), by=ngozi()), told(), ngozi(), ewa()
    with staff_scope(by.organisation_id or 0, by.pk):
        mine.assign(to=her, by=by, now=NOW)
        bar_from_report(other, her, reason="Her neighbour.", by=by, now=NOW)
        with pytest.raises(BarredFromReport, match="Ewa Lis works on"):
            join(mine, Report.objects.get(pk=other.pk), note="The same street.", by=by, now=NOW)
