"""Officers write down to whom it happened, and see where it may have happened before."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from audit.models import AuditEvent
from casework.erasing import erase
from casework.knowing_again import alike_on
from casework.matching import Details, Tier
from casework.models import Case, NobodyWrittenDown, Person, PersonSign, SamePerson
from casework.states import ActNotAllowed
from llr_hate.keys.places import Signs
from partners.models import User
from reporting.models import ReportAccess
from scope.context import staff_scope, worker_scope
from tests.casework.test_matching import AMINA
from tests.casework.world import anonymously, close_case, shared_anyway, told, triaged
from tests.people import NOW, client_for, farah, gwen, ngozi, organisation
from vault.keys import Key

pytestmark = pytest.mark.django_db
SPELLED_OTHERWISE = Details("Ameena", "Hussein", date(1988, 4, 9))
BARS_CHARNWOOD = {"Q24": ["council"], "Q24_bar": "yes", "Q24_bar_org": ["charnwood-bc"]}


def a_case(details: Details = AMINA, *, by: User | None = None, **changes: object) -> Case:
    officer = by or ngozi()
    case = triaged(told(**changes), by=officer)
    with staff_scope(officer.organisation_id or 0):
        case.write_down(details, by=officer, now=NOW)
    return case


def seen_by(somebody: User, case: Case) -> list[tuple[str, str, Tier]]:
    with staff_scope(somebody.organisation_id or 0):
        return [(each.reference, each.lead, each.tier) for each in alike_on(case, asked_by=somebody)]


def test_the_case_says_with_whom_it_may_have_happened_before_and_why() -> None:
    first, second, third = a_case(), a_case(), a_case(SPELLED_OTHERWISE)
    at = str(ngozi().organisation)
    assert seen_by(ngozi(), first) == [
        (second.reference, at, Tier.SAME),
        (third.reference, at, Tier.POSSIBLE),
    ]
    page = client_for(ngozi()).get(f"/staff/cases/{first.reference}/").content.decode()
    assert "very likely the same person, because of the same name and date of birth" in page
    assert "please check, because of a name that sounds alike and the same date of birth" in page
    for known in ("Hussain", "1988", "900123", "amina@"):
        assert known not in page


def test_of_another_organisations_case_only_who_leads_it_is_said() -> None:
    ours, theirs = a_case(), a_case(by=gwen(), Q14="leicester", Q24=["no_one"])
    a_case(SPELLED_OTHERWISE, by=gwen(), Q14="leicester", Q24=["no_one"])  # possible: not said at all
    assert seen_by(ngozi(), ours) == [("", "Leicester City", Tier.SAME)]
    page = client_for(ngozi()).get(f"/staff/cases/{ours.reference}/").content.decode()
    assert "Leicester City works with somebody who is very likely the same person" in page
    assert theirs.reference not in page
    away = client_for(ngozi()).get(f"/staff/cases/{ours.reference}/person/{theirs.reference}/")
    assert away.status_code == 404


def test_who_is_barred_from_a_report_does_not_even_hear_that_there_is_one() -> None:
    ours = a_case()
    a_case(by=gwen(), **BARS_CHARNWOOD, Q14="leicester")
    assert seen_by(ngozi(), ours) == []


def test_a_person_says_whether_they_are_the_same_and_both_cases_say_so() -> None:
    first, second = a_case(), a_case()
    address = f"/staff/cases/{first.reference}/person/{second.reference}/"
    browser = client_for(ngozi())
    assert "Amina Hussain" in browser.get(address).content.decode()
    assert "Choose whether they are the same person" in browser.post(address, {}).content.decode()
    browser.post(address, {"is_same": "yes"})
    page = browser.get(f"/staff/cases/{second.reference}/").content.decode()
    assert f"The same person as in {first.reference}" in page
    browser.post(address, {"is_same": "no"})
    with worker_scope():
        assert list(SamePerson.objects.values_list("is_same", flat=True)) == [False]
    assert (
        f"{second.reference}</a>: not the same person"
        in browser.get(f"/staff/cases/{first.reference}/").content.decode()
    )


def test_whoever_sees_one_of_the_two_cases_alone_does_not_hear_which_the_other_is() -> None:
    first, second = a_case(), a_case()
    with staff_scope(ngozi().organisation_id or 0):
        first.compare(second, is_same=True, by=ngozi(), now=NOW)
        shared_anyway(first, organisation("lcc"), by=ngozi())
    page = client_for(farah()).get(f"/staff/cases/{first.reference}/").content.decode()
    assert "The same person as in another case" in page
    assert second.reference not in page


def test_whoever_is_compared_finds_on_their_page_who_has_read() -> None:
    first, second = a_case(), a_case()
    client_for(ngozi()).get(f"/staff/cases/{first.reference}/person/{second.reference}/")
    with worker_scope():
        assert [ReportAccess.objects.filter(report=case.reports[0]).count() for case in (first, second)] == [
            1,
            1,
        ]


def test_what_they_told_us_need_not_be_typed_again_and_mistakes_are_said() -> None:
    case = triaged(told(), by=ngozi())
    browser, address = client_for(ngozi()), f"/staff/cases/{case.reference}/person/"
    page = browser.get(address).content.decode()
    assert 'value="Zaynab"' in page
    assert 'value="01632 960 014"' in page
    told_wrong = browser.post(address, {"given": "Zaynab", "postcode": "LE1", "phone": "12"}).content.decode()
    assert "Enter a whole UK postcode" in told_wrong
    assert "Enter a telephone number with its area code" in told_wrong
    assert "at least one thing" in browser.post(address, {}).content.decode()
    done = {
        "given": "Zaynab",
        "born-day": "9",
        "born-month": "4",
        "born-year": "1988",
        "postcode": "LE11 1AB",
    }
    assert browser.post(address, done, follow=True).redirect_chain
    with staff_scope(ngozi().organisation_id or 0):
        assert case.person.read().born == date(1988, 4, 9)


def test_neither_the_trail_nor_the_timeline_nor_the_row_holds_who_it_is() -> None:
    case = a_case()
    with worker_scope():
        facts = str(list(AuditEvent.objects.values_list("act", "facts")))
        events = str(list(case.events.values_list("act", "facts")))
        rows = str(list(Person.objects.values())) + str(list(PersonSign.objects.values()))
    for known in ("Amina", "Hussain", "1988", "LE1", "900123"):
        assert known not in facts + events + rows


def test_a_closed_case_is_written_down_on_no_more_and_nothing_happens() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, outcome="support_given", text="", by=ngozi(), now=NOW)
        acts = case.acts_done()
        with pytest.raises(ActNotAllowed):
            case.write_down(SPELLED_OTHERWISE, by=ngozi(), now=NOW)
        assert case.acts_done() == acts
        assert case.person.read() == AMINA


def test_erasing_a_report_erases_who_it_was_and_every_sign() -> None:
    case = a_case()
    with staff_scope(ngozi().organisation_id or 0):
        close_case(case, outcome="support_given", text="", by=ngozi(), now=NOW)
    with worker_scope():
        erase(case.reports[0], why="person_asked", by=None, now=NOW + timedelta(1))
        assert (Person.objects.count(), PersonSign.objects.count()) == (0, 0)


def test_a_person_without_anything_written_down_is_said_so() -> None:
    case = triaged(told(**anonymously()), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0), pytest.raises(NobodyWrittenDown):
        _ = case.person
    assert seen_by(ngozi(), case) == []


def test_with_a_newer_key_people_are_still_known_again() -> None:
    first, second = a_case(), a_case()
    key = Key("match-newer", "match", bytes(32))
    with worker_scope():
        place = Signs()
        before = place.key_ids()
        place.reseal_some(key, after=None, at_most=10)
        assert place.key_ids() == {key.id} != before
    assert [each[0] for each in seen_by(ngozi(), first)] == [second.reference]


def test_the_look_up_is_one_question_however_many_are_alike() -> None:
    case = a_case()
    a_case()

    def asked() -> int:
        with staff_scope(ngozi().organisation_id or 0), CaptureQueriesContext(connection) as found:
            alike_on(case, asked_by=ngozi())
        return len(found)

    with_one = asked()
    for _ in range(3):
        a_case()
    assert asked() == with_one
