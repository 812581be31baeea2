"""Who did it and who the person is stand apart: the case does not show them, the database does not give them."""

from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from audit.models import AuditEvent
from casework.erasing import WhyErased, erase
from casework.models import Case
from reporting.apart import keep_apart
from reporting.models import EqualityAnswers, Report, ReportAccess, Suspect
from scope.context import counting_scope, public_scope, staff_scope, worker_scope
from tests.casework.world import STANDS_APART, told, triaged
from tests.people import NOW, client_for, gwen, ngozi, sog_member

pytestmark = pytest.mark.django_db
NAME = "Ray Nettle"


@pytest.fixture
def report(db: None) -> Report:
    return told(**STANDS_APART)


@pytest.fixture
def case(report: Report) -> Case:
    return triaged(report, by=ngozi())


def place() -> int:
    return ngozi().organisation_id or 0


def test_the_case_shows_neither_and_leads_to_the_one(case: Case) -> None:
    page = client_for(ngozi()).get(f"/staff/cases/{case.reference}/").content.decode()
    assert NAME not in page
    assert "Pakistani" not in page
    assert f'href="/staff/cases/{case.reference}/who-did-it/"' in page
    assert "I know their name" in page


def test_a_case_in_which_nobody_is_named_leads_nowhere() -> None:
    case = triaged(told(Q18="stranger", Q18b="Two of them"), by=ngozi())
    page = client_for(ngozi()).get(f"/staff/cases/{case.reference}/").content.decode()
    assert "Show who is said to have done it" not in page
    assert "Two of them" in page


def test_the_name_is_opened_on_its_own_page_and_that_is_on_record(case: Case, report: Report) -> None:
    address, browser = f"/staff/cases/{case.reference}/who-did-it/", client_for(ngozi())
    assert NAME not in browser.get(address).content.decode()
    page = browser.post(address, {"why": "team"}).content.decode()
    assert NAME in page
    assert "Neighbour" in page
    assert "Pakistani" not in page
    event = AuditEvent.objects.get(act="report.suspect_read")
    assert event.actor_id == ngozi().pk
    assert event.facts == {"why": "team"}
    with worker_scope():
        assert ReportAccess.objects.filter(report=report, user=ngozi()).exists()


@pytest.mark.parametrize("somebody", [gwen, sog_member])
def test_for_everybody_else_the_page_is_not_there(case: Case, somebody: object) -> None:
    client = client_for(somebody())  # type: ignore[operator]
    assert client.get(f"/staff/cases/{case.reference}/who-did-it/").status_code == 404
    assert not AuditEvent.objects.filter(act="report.suspect_read").exists()


def test_the_database_gives_an_officer_no_name_before_it_is_opened_and_none_afterwards(
    report: Report,
) -> None:
    with staff_scope(place()):
        assert not Suspect.objects.exists()
        found = Suspect.opened_for(Report.objects.get(pk=report.pk), by=ngozi(), now=NOW)
        assert [each.told()["Q18a_name"] for each in found] == [NAME]
        assert not Suspect.objects.exists()


def test_opening_one_report_opens_no_other(report: Report) -> None:
    other = told(**{**STANDS_APART, "Q18a_name": "Ida Holt"})
    with staff_scope(place()):
        found = Suspect.opened_for(Report.objects.get(pk=other.pk), by=ngozi(), now=NOW)
        assert [each.told()["Q18a_name"] for each in found] == ["Ida Holt"]


def test_an_organisation_that_does_not_see_the_report_opens_nothing(report: Report) -> None:
    with staff_scope(gwen().organisation_id or 0), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('llr.opened', %s, true)", [str(report.pk)])
        assert not Suspect.objects.exists()


def test_no_officer_reaches_equality_and_figures_may_count_it(report: Report) -> None:
    with staff_scope(place()):
        assert not EqualityAnswers.objects.exists()
    with counting_scope():
        assert EqualityAnswers.objects.count() == 1
        assert EqualityAnswers.objects.update(answers=None) == 0


def test_no_officer_writes_either(report: Report) -> None:
    for row in (EqualityAnswers(report=report), Suspect(report=report, said_at=NOW)):
        with (
            pytest.raises(DatabaseError, match="row-level security"),
            transaction.atomic(),
            staff_scope(place()),
        ):
            row.save(force_insert=True)


def test_what_is_told_later_is_kept_apart_too(report: Report) -> None:
    with public_scope(receipt=bytes(report.receipt_code_digest or b"")):
        mine = Report.objects.select_related("data_key").get()
        later = {"Q18a_name": "Ida Holt", "Q30_sex": "prefer_not", "Q22": "no"}
        keep_apart(mine, later, now=NOW)
    with worker_scope():
        assert {each.told()["Q18a_name"] for each in Suspect.objects.all()} == {NAME, "Ida Holt"}
        assert EqualityAnswers.objects.get().told() == {"Q30_sex": "prefer_not"}


def test_both_are_erased_with_the_report(report: Report) -> None:
    erase(report, why=WhyErased.PERSON_ASKED, by=None, now=NOW)
    with worker_scope():
        assert not Suspect.objects.exists()
        assert not EqualityAnswers.objects.exists()


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"Q28": "13_15"}, "children’s social care"),
        ({"Q29": "yes"}, "adult safeguarding"),
        ({"Q13": "transport"}, "British Transport Police"),
        ({"Q16": ["self_harm"]}, "contact today"),
        ({"Q18_staff": "yes"}, "who must not deal with this case"),
    ],
)
def test_an_officer_is_told_what_to_think_of_first(answers: dict[str, Any], says: str) -> None:
    report = told(**answers)
    page = client_for(ngozi()).get(f"/staff/queue/{report.reference}/").content.decode()
    assert "Danger and risk first" in page
    assert says in page


def test_where_there_is_nothing_to_think_of_nothing_is_said() -> None:
    page = client_for(ngozi()).get(f"/staff/queue/{told().reference}/").content.decode()
    assert "Danger and risk first" not in page
