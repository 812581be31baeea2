"""What officers write down of who is said to have done it: apart, opened on record, and gone without a ground."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client

from audit.models import AuditEvent
from casework.erasing import erase
from casework.models import Case, CaseEvent, LegalHold, SuspectRecord
from casework.models.suspect import Known
from casework.suspects import (
    SuspectGone,
    drop_suspect,
    due_for_review,
    keep_suspect,
    let_go,
    open_on,
    write_suspect,
)
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.casework.world import close_case, told, triaged
from tests.people import NOW, client_for, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
RAY = Known(name="Ray Nettle", looks="A red coat.", relation="A neighbour", source="The person saw him.")
A_YEAR_LATER = date(2027, 3, 10)
GRACE = timedelta(days=28)


@pytest.fixture
def case() -> Iterator[Case]:
    """Given to Ngozi, who wrote Ray Nettle down; asked as Ngozi."""
    by = ngozi()
    made = triaged(told(Q18="stranger"), by=by)
    with staff_scope(by.organisation_id or 0, by.pk):
        made.assign(to=by, by=by, now=NOW)
        write_suspect(made, RAY, how_sure="said", why_kept="risk", by=by, now=NOW)
        yield Case.objects.get(pk=made.pk)


def the_record() -> SuspectRecord:
    with worker_scope():
        return SuspectRecord.objects.select_related("report__data_key").get()


def test_it_is_sealed_and_no_query_finds_it_before_it_is_opened(case: Case) -> None:
    assert not SuspectRecord.objects.exists()
    record = the_record()
    assert b"Nettle" not in bytes(record.known)
    assert record.read() == RAY
    assert [each.written[0].read().name for each in open_on(case, why="", by=ngozi(), now=NOW)] == [
        "Ray Nettle"
    ]
    assert not SuspectRecord.objects.exists()


def test_it_stands_on_its_own_page_alone_and_nowhere_else(case: Case) -> None:
    browser: Client = client_for(ngozi())
    opened = browser.get(f"/staff/cases/{case.reference}/who-did-it/").content.decode()
    assert "Ray Nettle" in opened
    assert "Somebody said so" in opened
    assert "10 March 2027" in opened
    for page in ("", "reports/", "conflicts/", "outcomes/", "police/"):
        assert "Nettle" not in browser.get(f"/staff/cases/{case.reference}/{page}").content.decode()
    assert not [
        each
        for each in CaseEvent.objects.filter(case=case)
        if "Nettle" in f"{each.facts}{each.unseal('note')}"
    ]
    assert not [each for each in AuditEvent.objects.all() if "Nettle" in str(each.facts)]


def test_a_colleague_says_why_before_it_opens_and_that_is_on_record(case: Case) -> None:
    browser = client_for(member("Noor Fell", organisation("charnwood-bc"), "officer"))
    address = f"/staff/cases/{case.reference}/who-did-it/"
    assert "Nettle" not in browser.get(address).content.decode()
    refused = browser.post(address, {"why": "curious"}).content.decode()
    assert "Nettle" not in refused
    assert not AuditEvent.objects.filter(act="report.suspect_read").exists()
    assert "Ray Nettle" in browser.post(address, {"why": "safeguarding"}).content.decode()
    assert AuditEvent.objects.get(act="report.suspect_read").facts == {"why": "safeguarding"}


def test_another_organisation_does_not_find_the_page(case: Case) -> None:
    browser = client_for(gwen())
    for page in ("", "new/", f"{the_record().pk}/keep/", f"{the_record().pk}/erase/"):
        assert browser.get(f"/staff/cases/{case.reference}/who-did-it/{page}").status_code == 404


def test_a_ground_has_to_be_given_and_somebody_has_to_be_meant(case: Case) -> None:
    page = client_for(ngozi()).post(f"/staff/cases/{case.reference}/who-did-it/new/", {"source": "A friend."})
    words = page.content.decode()
    assert "Choose why it may be kept" in words
    assert "Write at least their name, or what they look like" in words


def test_after_a_year_it_comes_up_and_whoever_keeps_it_says_why(case: Case) -> None:
    assert due_for_review(today=A_YEAR_LATER - timedelta(days=1)) == []
    (due,) = due_for_review(today=A_YEAR_LATER)
    assert (due.reference, due.review_on, due.gone_on) == (case.reference, A_YEAR_LATER, A_YEAR_LATER + GRACE)
    a_year_on = NOW + timedelta(days=366)
    keep_suspect(case, the_record().pk, why_kept="crime", note="In court in May.", by=ngozi(), now=a_year_on)
    assert due_for_review(today=A_YEAR_LATER + GRACE) == []
    assert the_record().why_kept == "crime"
    assert the_record().read() == RAY


def test_when_nobody_says_why_it_goes_by_itself_unless_it_is_held(case: Case) -> None:
    last = A_YEAR_LATER + GRACE
    assert let_go(today=last - timedelta(days=1), now=NOW) == 0
    with worker_scope():
        hold = LegalHold.put_on(Report.objects.get(), reason="complaint", note="", by=ngozi(), now=NOW)
    assert let_go(today=last, now=NOW) == 0
    with worker_scope():
        hold.lift(by=ngozi(), now=NOW)
    assert let_go(today=last, now=NOW) == 1
    with worker_scope():
        assert not SuspectRecord.objects.exists()
    assert AuditEvent.objects.filter(act="report.suspect_let_go").count() == 1


def test_an_officer_erases_it_and_the_second_time_there_is_nothing(case: Case) -> None:
    record = the_record().pk
    drop_suspect(case, record, by=ngozi(), now=NOW)
    with pytest.raises(SuspectGone):
        keep_suspect(case, record, why_kept="risk", note="Why.", by=ngozi(), now=NOW)
    with pytest.raises(SuspectGone):
        drop_suspect(case, record, by=ngozi(), now=NOW)


def test_it_is_erased_with_the_report(case: Case) -> None:
    close_case(case, by=ngozi())
    with worker_scope():
        erase(Report.objects.get(), why="person_asked", by=None, now=NOW)
        assert not SuspectRecord.objects.exists()


def test_the_rights_desk_sees_what_is_due_and_not_who_it_is(case: Case) -> None:
    with worker_scope():
        SuspectRecord.objects.update(review_on=date(2020, 5, 1))
    desk = client_for(member("Delphine Marsh", organisation("opcc"), "rights_desk"))
    page = desk.get("/staff/records/reviews/").content.decode()
    assert f"{case.reference}, led by Charnwood: due since 1 May 2020, erased on 29 May 2020" in page
    assert "Nettle" not in page
