"""The desk reads one report for one request, on record and in the person's sight, and only until its answer."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction

from audit.models import AuditEvent
from casework.conflicts import bar_from_report
from reporting.models import Report, ReportGrant
from rights.answering import RightsRefused, answer, check_who, make_longer
from rights.models import Disclosure, RequestReport, RightsRequest
from rights.register import as_sheet, entries
from rights.sight import CannotBeAdded, OutOfSight, add_report, in_sight
from scope.context import staff_scope, worker_scope
from tests.casework.world import BARS_THE_POLICE, told
from tests.people import NOW, client_for, gwen, member, ngozi, organisation
from tests.rights.world import about, asked, desk, in_scope_of, known, told_to_a_court

pytestmark = pytest.mark.django_db


@pytest.fixture
def report() -> Report:
    return told()


@pytest.fixture
def as_desk() -> Iterator[None]:
    with in_scope_of(desk()):
        yield


def test_the_clock_begins_when_it_is_known_who_asks(as_desk: None) -> None:
    request = asked(by=desk())
    assert request.due_on is None
    check_who(request, how="document", on=NOW.date() + timedelta(days=9), by=desk(), now=NOW)
    found = RightsRequest.objects.get()
    assert found.due_on.isoformat() == "2026-04-20"  # 19 April is a Sunday
    with pytest.raises(RightsRefused, match="already checked"):
        check_who(found, how="code", on=NOW.date(), by=desk(), now=NOW)
    make_longer(found, why="Four reports.", by=desk(), now=NOW)
    assert RightsRequest.objects.get().due_on.isoformat() == "2026-06-19"
    with pytest.raises(RightsRefused, match="can’t be made longer"):
        make_longer(found, why="Still.", by=desk(), now=NOW)


def test_after_its_month_it_is_not_made_longer(as_desk: None) -> None:
    with pytest.raises(RightsRefused, match="within the first month"):
        make_longer(known(by=desk()), why="Late.", by=desk(), now=NOW + timedelta(days=40))


def test_nobody_is_read_for_somebody_we_do_not_know(as_desk: None, report: Report) -> None:
    with pytest.raises(CannotBeAdded, match="Check first who asks"):
        about(asked(by=desk()), report, by=desk())
    assert not ReportGrant.objects.filter(basis="rights").exists()


def test_the_desk_reads_the_one_report_and_its_colleagues_read_nothing(as_desk: None, report: Report) -> None:
    request, other = known(by=desk()), told()
    about(request, report, by=desk())
    with in_sight(request, report.pk, by=desk(), now=NOW) as found:
        assert found.unseal("words")
    with pytest.raises(OutOfSight), in_sight(request, other.pk, by=desk(), now=NOW):
        pass
    assert not Report.objects.exists()
    colleague = member("Cora Flint", organisation("opcc"), "officer")
    with in_scope_of(colleague):
        assert not Report.objects.exists()
    with pytest.raises(OutOfSight), in_sight(request, report.pk, by=colleague, now=NOW):
        pass
    with worker_scope():
        assert Report.objects.get(pk=report.pk).visible_to == report.visible_to
        assert AuditEvent.objects.get(act="report.rights_read").facts == {"request": request.number}
        (reading,) = Report.objects.get(pk=report.pk).accesses.all()
        assert (reading.organisation.code, reading.role_name) == ("opcc", "Rights desk")


def test_sight_ends_with_the_answer_unless_another_request_rests_on_it(as_desk: None, report: Report) -> None:
    first, second = known(by=desk()), known("correction", by=desk())
    about(first, report, by=desk())
    about(second, report, by=desk())
    answer(first, outcome="refused", words="No.", by=desk(), now=NOW)
    with in_sight(second, report.pk, by=desk(), now=NOW):
        pass
    answer(second, outcome="done", words="Corrected.", by=desk(), now=NOW)
    with worker_scope():
        assert not ReportGrant.objects.filter(basis="rights", withdrawn_at=None).exists()
    for request in (first, second, RightsRequest.objects.get(pk=second.pk)):
        with pytest.raises(OutOfSight), in_sight(request, report.pk, by=desk(), now=NOW):
            pass
    with pytest.raises(RightsRefused, match="answered already"):
        answer(second, outcome="done", words="Again.", by=desk(), now=NOW)


def test_what_must_not_be_seen_is_answered_by_another_desk() -> None:
    barred, police = told(**BARS_THE_POLICE), desk("Perry Lane", "police")
    with in_scope_of(police):
        request = known(by=police)
        with pytest.raises(CannotBeAdded, match="The desk of another organisation"):
            about(request, barred, by=police)
        for reference in ("LLR-0000-0000", ""):
            with pytest.raises(CannotBeAdded, match="There is no report"):
                add_report(request, reference, by=police, now=NOW)


def test_whoever_has_a_conflict_does_not_read_it_at_the_desk_either(report: Report) -> None:
    both = member("Bea Crowe", organisation("charnwood-bc"), "officer", "rights_desk")
    ngozi()
    with in_scope_of(both):
        request = known(by=both)
        about(request, report, by=both)
    with in_scope_of(ngozi()):
        bar_from_report(report, both, reason="A friend.", by=ngozi(), now=NOW)
    with in_scope_of(both), pytest.raises(OutOfSight), in_sight(request, report.pk, by=both, now=NOW):
        pass


def test_another_desk_finds_nothing_of_it(as_desk: None, report: Report) -> None:
    request = known(by=desk())
    about(request, report, by=desk())
    told_to_a_court(desk())
    with in_scope_of(gwen()):
        for rows in (RightsRequest.objects, RequestReport.objects, Disclosure.objects):
            assert not rows.exists()
    browser = client_for(desk("Other Desk", "leicester-city"))
    for page in (f"{request.pk}/", f"{request.pk}/check/", f"{request.pk}/answer/"):
        assert browser.get(f"/staff/rights/{page}").status_code == 404


def test_the_register_is_only_added_to(as_desk: None, report: Report) -> None:
    first, second = told_to_a_court(desk()), told_to_a_court(desk(), reference=report.reference)
    assert (first.number, second.number) == (1, 2)
    for change in (
        lambda: Disclosure.objects.filter(pk=first.pk).update(reason=None),
        lambda: Disclosure.objects.filter(pk=first.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="only be added to"), transaction.atomic(), worker_scope():
            change()
    assert [each.number for each in entries(desk(), to_whom="court")] == [2, 1]
    assert not entries(desk(), to_whom="police").exists()


def test_the_spreadsheet_has_no_names_and_no_references(as_desk: None, report: Report) -> None:
    told_to_a_court(desk(), reference=report.reference, reason="=HYPERLINK(1)")
    sheet = as_sheet(desk(), now=NOW).decode("utf-8-sig")
    assert "Court or solicitor" in sheet
    assert "What happened" in sheet
    for personal in ("Ida", "Loughborough", report.reference, "HYPERLINK", "Delphine"):
        assert personal not in sheet
    assert AuditEvent.objects.get(act="rights.register_exported").facts == {"entries": 1}


def test_erasing_is_refused_in_plain_words_while_it_is_held(as_desk: None, report: Report) -> None:
    request = known("erasure", by=desk())
    about(request, report, by=desk())
    browser, address = client_for(desk()), f"/staff/rights/{request.pk}/"
    page = browser.get(address).content.decode()
    assert f"/staff/records/{report.reference}/erase/" in page
    browser.post(f"/staff/records/{report.reference}/hold/", {"reason": "complaint", "note": ""})
    page = browser.get(address).content.decode()
    assert "is under a legal hold. Lift the hold first." in page
    assert f"/staff/records/{report.reference}/erase/" not in page


def test_the_desk_goes_from_taking_up_to_an_answer_on_its_pages(report: Report) -> None:
    browser = client_for(desk())
    today = {"received_on-day": "2", "received_on-month": "3", "received_on-year": "2026"}
    wrong = {"kind": "disclosure", "asked_by": "person", "who": "Z.", "words": "Tell.", **today}
    assert "does not fit" in browser.post("/staff/rights/new/", wrong).content.decode()
    made = browser.post("/staff/rights/new/", {**wrong, "kind": "correction"})
    address = made["Location"]
    assert "clock begins" in browser.get("/staff/rights/").content.decode().lower()
    known_on = {"how": "known", "checked_on-day": "3", "checked_on-month": "3", "checked_on-year": "2026"}
    assert browser.post(address + "check/", known_on)["Location"] == address
    assert browser.post(address + "about/", {"reference": report.reference})["Location"] == address
    assert report.reference in browser.get(address).content.decode()
    done = browser.post(address + "answer/", {"outcome": "done", "words": "The street is corrected."})
    assert done["Location"] == address
    assert "The street is corrected." in browser.get(address).content.decode()
    assert browser.post(address + "answer/", {"outcome": "done", "words": "Again."}).status_code == 409


def test_the_person_sees_which_desk_may_read_it_while_it_may(as_desk: None, report: Report) -> None:
    request = known(by=desk())
    about(request, report, by=desk())
    with staff_scope(ngozi().organisation_id or 0):
        page = client_for(ngozi()).get(f"/staff/queue/{report.reference}/").content.decode()
        assert "its rights desk answers what was asked about it" in page
