"""What was asked of the rights desk goes six years after its answer, unless a report it is about is held."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from casework.models import LegalHold
from partners.retention import schedule
from reporting.models import Report
from rights.answering import answer
from rights.keeping import erase_old_requests, kept_until, over
from rights.models import Disclosure, RequestReport, RightsRequest, SubjectPack
from rights.packs import opened
from scope.context import worker_scope
from tests.casework.world import told, triaged
from tests.people import NOW, client_for, ngozi
from tests.rights.world import about, desk, in_scope_of, known, told_to_a_court
from vault.models import DataKey

pytestmark = pytest.mark.django_db
LAST_DAY = date(2032, 3, 9)
OVER = date(2032, 3, 10)


@pytest.fixture
def as_desk() -> Iterator[None]:
    with in_scope_of(desk()):
        yield


def answered(report: Report | None = None, *, now: datetime = NOW) -> RightsRequest:
    """A request that named a report, whose pack was prepared, with an entry of the register; refused."""
    request = known(by=desk(), now=now)
    if report:
        with opened(request, about(request, report, by=desk(), now=now), by=desk(), now=now):
            pass
    told_to_a_court(desk(), now=now, request=request)
    answer(request, outcome="refused", words="It is not yours.", by=desk(), now=now)
    return RightsRequest.objects.get(pk=request.pk)


def erase(today: date) -> int:
    return erase_old_requests(today=today, now=NOW + timedelta(days=2200), schedule=schedule())


def test_the_words_go_with_their_key_and_what_is_counted_stays(as_desk: None) -> None:
    assert NOW.date() == date(2026, 3, 10)
    request = answered(told())
    assert kept_until(request, schedule()) == OVER
    key = request.data_key_id
    assert (erase(LAST_DAY), erase(OVER), erase(OVER)) == (0, 1, 0)
    found = RightsRequest.objects.get()
    assert (found.who, found.words, found.answer, found.data_key_id) == (None, None, None, None)
    assert (found.number, found.kind, found.outcome) == (request.number, "access", "refused")
    assert (found.answered_at, found.words_erased_on) == (NOW, OVER)
    assert kept_until(found, schedule()) is None
    assert not DataKey.objects.filter(pk=key).exists()
    assert not RequestReport.objects.exists()
    assert not SubjectPack.objects.exists()
    assert Disclosure.objects.get().request_id == request.pk
    event = AuditEvent.objects.get(act="rights.erased")
    assert event.facts == {"schedule": schedule().version, "due_on": "2032-03-10", "reports": 1}


def test_the_desk_reads_that_it_was_erased_and_until_when_it_is_kept(as_desk: None) -> None:
    request, young = answered(), answered(now=NOW + timedelta(days=1))
    erase(OVER)
    client = client_for(desk())
    page = client.get(f"/staff/rights/{request.pk}/").content.decode()
    assert "were erased on 10 March 2032" in page
    assert "Zaynab, by post." not in page
    assert "Kept until 11 March 2032" in client.get(f"/staff/rights/{young.pk}/").content.decode()
    assert request.number in client.get("/staff/rights/?list=answered").content.decode()


def test_what_nobody_has_answered_is_kept_however_old(as_desk: None) -> None:
    known(by=desk())
    assert erase(date(2060, 1, 1)) == 0


@pytest.mark.parametrize("which", ["the report itself", "another report of its case"])
def test_a_legal_hold_keeps_what_was_asked_about_it(as_desk: None, which: str) -> None:
    report = held = told()
    with worker_scope():
        case = triaged(report, by=ngozi(), now=NOW)
        if which != "the report itself":
            held = told()
            case.case_reports.create(report=held, added_at=NOW)
    answered(report)
    answered()
    with worker_scope():
        hold = LegalHold.put_on(held, reason="court", note="", by=desk(), now=NOW)
    assert [each.is_held for each in over(today=OVER, schedule=schedule())].count(True) == 1
    assert erase(OVER) == 1
    with worker_scope():
        hold.lift(by=desk(), now=NOW)
    assert erase(OVER) == 1


def test_the_database_keeps_words_and_key_together(as_desk: None) -> None:
    answered()
    with pytest.raises(IntegrityError), transaction.atomic():
        RightsRequest.objects.update(data_key=None)


def test_the_command_shows_it_before(as_desk: None, monkeypatch: pytest.MonkeyPatch) -> None:
    request = answered()
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOW.replace(year=2032))
    out = StringIO()
    call_command("apply_retention", "--dry-run", stdout=out)
    assert f"{request.number}, over since 10 March 2032" in out.getvalue()
    call_command("apply_retention", stdout=out)
    assert "Requests at the rights desk: 1 erased" in out.getvalue()
