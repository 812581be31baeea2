"""A volunteer records for the person beside them, and sees how it stands."""

from uuid import uuid4

import pytest

from reporting.models import Draft, Report, ReporterWord, WordState
from reporting.safe_contact import Way
from reporting.walk import CENTRE
from scope.context import worker_scope
from tests.people import NOW, asha, centre, client_for, gwen, member
from tests.reporting.walking import (
    AMINA,
    AMINA_AT_A_CENTRE,
    CHECK,
    DANGER,
    SENT,
    WHAT,
    WHO,
    given,
    telling,
    url,
    walk,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("partnership")]

AT = "/staff/record/"
TOLD_TO_ASHA = telling(AMINA_AT_A_CENTRE)


def test_asha_records_a_report_and_hands_over_reference_and_code() -> None:
    client = client_for(asha())
    assert client.get(AT).status_code == 200
    assert client.post(url(DANGER, at=AT), {"Q01": "no"})["Location"] == url(WHO, at=AT)
    assert walk(client, TOLD_TO_ASHA, at=AT) == url(CHECK, at=AT)
    draft = Draft.objects.get()
    assert draft.recorded_by == asha()
    assert client.post(url(CHECK, at=AT))["Location"] == url(SENT, at=AT)

    sent = client.get(url(SENT, at=AT))
    reference = given(sent).reference
    assert given(sent).words in sent.content.decode()
    with worker_scope():
        report = Report.objects.get()
        assert (report.channel, report.reporter_role, report.centre) == (
            "centre",
            "centre",
            asha().organisation,
        )
        assert report.centre_record.told_how == "face_to_face"

    listed = client.get("/staff/centre/").content.decode()
    assert reference in listed
    assert "We have your report" in listed
    assert AMINA[WHAT]["Q07"] not in listed


def test_danger_comes_first_at_a_centre_too() -> None:
    response = client_for(asha()).post(url(DANGER, at=AT), {"Q01": "yes"})
    assert response["Location"] == f"{AT}b8/"


def test_another_centre_sees_nothing_of_it() -> None:
    client = client_for(asha())
    walk(client, TOLD_TO_ASHA, at=AT)
    client.post(url(CHECK, at=AT))
    reference = given(client.get(url(SENT, at=AT))).reference
    tollgate = centre("tollgate", area="harborough").organisation
    other = client_for(member("Bela Novak", tollgate, "centre_volunteer"))
    assert reference not in other.get("/staff/centre/").content.decode()


def test_a_colleague_cannot_go_on_with_another_volunteers_draft() -> None:
    client = client_for(asha())
    walk(client, {WHO: TOLD_TO_ASHA[WHO]}, at=AT)
    colleague = client_for(member("Ruth Okafor", asha().organisation, "centre_volunteer"))
    colleague.cookies[CENTRE.cookie] = client.cookies[CENTRE.cookie].value
    assert colleague.get(url(WHAT, at=AT)).status_code == 410


def test_leaving_the_public_page_never_erases_what_a_centre_records() -> None:
    client = client_for(asha())
    walk(client, {WHO: TOLD_TO_ASHA[WHO]}, at=AT)
    client.get("/leave/")
    assert Draft.objects.count() == 1


@pytest.mark.parametrize(
    "address", [AT, f"{AT}a3/", f"{AT}b8/", f"{AT}n5/", f"{AT}z4/", f"{AT}w2/", "/staff/centre/"]
)
def test_for_an_officer_there_is_no_such_page(address: str) -> None:
    assert client_for(gwen(now=NOW)).get(address).status_code == 404


def test_a_colleague_is_never_shown_the_code_that_asha_handed_over() -> None:
    client = client_for(asha())
    walk(client, TOLD_TO_ASHA, at=AT)
    client.post(url(CHECK, at=AT))
    colleague = client_for(member("Ruth Okafor", asha().organisation, "centre_volunteer"))
    colleague.cookies[CENTRE.cookie] = client.cookies[CENTRE.cookie].value
    assert colleague.get(url(SENT, at=AT)).status_code == 410
    assert client.get(url(SENT, at=AT)).status_code == 200


def test_who_wants_to_hear_through_the_centre_is_on_its_list_until_they_know() -> None:
    client = client_for(asha())
    walk(client, TOLD_TO_ASHA, at=AT)
    client.post(url(CHECK, at=AT))
    with worker_scope():
        report = Report.objects.get()
        ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.WAITS, now=NOW)
    assert "To pass on" in client.get("/staff/centre/").content.decode()

    tollgate = centre("tollgate", area="harborough").organisation
    other = client_for(member("Bela Novak", tollgate, "centre_volunteer"))
    assert "To pass on" not in other.get("/staff/centre/").content.decode()
    assert other.post(f"/staff/centre/{report.reference}/told/").status_code == 404

    assert client.post(f"/staff/centre/{report.reference}/told/")["Location"] == "/staff/centre/"
    assert "To pass on" not in client.get("/staff/centre/").content.decode()
