"""Who has not answered by themselves is asked by voice: by a colleague of their officer, or at their centre."""

from datetime import timedelta

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from casework.models import Case
from partners.models import User
from reporting.models import SurveyAnswer, SurveyInvitation
from scope.context import counting_scope, staff_scope, worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import told, triaged
from tests.people import asha, client_for, member, ngozi, organisation

pytestmark = pytest.mark.django_db
NOW, TODAY = timezone.now(), timezone.localdate()
LIST = "/staff/how-we-did/"


@pytest.fixture
def case() -> Case:
    """Ngozi's case, whose teller could have answered for eight days."""
    case = triaged(told(now=NOW - timedelta(days=60)), by=ngozi(), now=NOW - timedelta(days=59))
    with staff_scope(ngozi().organisation_id or 0):
        case.assign(to=ngozi(), by=ngozi(), now=NOW - timedelta(days=59))
    due_since(case, days=8)
    return case


def due_since(case: Case, *, days: int) -> None:
    with worker_scope():
        SurveyInvitation.objects.update_or_create(
            report=case.reports[0], kind="contact", defaults={"due_on": TODAY - timedelta(days=days)}
        )


def colleague() -> User:
    return member("Ewa Sand", ngozi().organisation, "officer")


def listed(user: User) -> str:
    return client_for(user).get(LIST).content.decode()


def answers() -> list[dict[str, str]]:
    with counting_scope():
        return list(SurveyAnswer.objects.values_list("marks", flat=True))


def test_a_colleague_asks_and_what_was_answered_is_counted_and_stands_nowhere(case: Case) -> None:
    client, one = client_for(colleague()), f"{LIST}{case.reference}/"
    assert case.reference in client.get(LIST).content.decode()
    sent = client.post(one, {"S1": "5", "S8_change": "More interpreters."})
    assert (sent.status_code, answers()) == (302, [{"S1": "5"}])
    assert client.get(one).status_code == 404
    assert case.reference not in client.get(LIST).content.decode()
    asked = AuditEvent.objects.get(act="report.surveyed")
    assert asked.facts == {"kind": "contact"}
    page = client_for(ngozi()).get(f"/staff/cases/{case.reference}/").content.decode()
    assert "More interpreters" not in page


def test_whoever_works_on_the_case_neither_finds_them_nor_asks(case: Case) -> None:
    assert case.reference not in listed(ngozi())
    assert client_for(ngozi()).post(f"{LIST}{case.reference}/", {"S1": "1"}).status_code == 404
    assert answers() == []


def test_in_their_first_week_nobody_asks_but_they_themselves_answer(case: Case) -> None:
    due_since(case, days=6)
    assert "Nobody to ask today" in listed(colleague())


def test_another_organisation_finds_nobody(case: Case) -> None:
    other = member("Ole Brandt", organisation("blaby-dc"), "officer")
    assert case.reference not in listed(other)
    assert client_for(other).get(f"{LIST}{case.reference}/").status_code == 404


def test_who_would_rather_not_is_not_asked_again(case: Case) -> None:
    client = client_for(colleague())
    assert client.post(f"{LIST}{case.reference}/", {"rather_not": "yes"}).status_code == 302
    assert (case.reference in client.get(LIST).content.decode(), answers()) == (False, [])


def test_nothing_chosen_says_so_and_keeps_nothing(case: Case) -> None:
    page = client_for(colleague()).post(f"{LIST}{case.reference}/", {}).content.decode()
    assert "Answer at least one question" in page
    assert answers() == []


def test_a_centre_asks_those_who_hear_through_it_and_no_others() -> None:
    at, found = NOW - timedelta(days=60), {}
    for feedback in ("centre", "direct"):
        report = told(now=at, by=asha(), **at_a_centre({}, C06=feedback))
        found[feedback] = f"/staff/our-centre/how-we-did/{report.reference}/"
        with worker_scope():
            SurveyInvitation.objects.create(report=report, kind="contact", due_on=TODAY - timedelta(days=8))
    client = client_for(asha())
    assert client.post(found["direct"], {"S7": "1"}).status_code == 404
    assert client.post(found["centre"], {"S7": "4"}).status_code == 302
    assert answers() == [{"S7": "4"}]
