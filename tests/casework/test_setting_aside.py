"""Doubtful reports: out of the queue's way, counted, looked at by a second person, and never dropped."""

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from audit.models import AuditEvent
from casework.models import Case, CaseReport, SetAside
from casework.models.set_aside import StillSetAside
from casework.queue import set_aside_count, set_aside_row, set_aside_rows
from casework.setting_aside import (
    CannotSetAside,
    LookedAtAlready,
    SecondPersonNeeded,
    keep_set_aside,
    put_back,
    set_aside,
)
from partners.models import User
from reporting.models import Report
from scope.context import staff_scope, worker_scope
from tests.casework.world import opened, told
from tests.people import NOW, client_for, gwen, member, ngozi, organisation

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=2)
WHY = "The same advertisement as yesterday."


def colleague() -> User:
    return member("Second Look", organisation("charnwood-bc"), "officer")


def waiting(user: User) -> list[Report]:
    with staff_scope(user.organisation_id or 0):
        return list(Report.objects.visible_to(user).waiting())


def test_a_doubtful_report_leaves_the_list_counts_and_comes_back_as_it_was() -> None:
    report, officer = told(), ngozi()
    with staff_scope(officer.organisation_id or 0):
        row = set_aside(report, WHY, by=officer, now=NOW)
        assert (row.unseal("reason"), row.look_due_at.date().isoformat()) == (WHY, "2026-03-17")
        assert set_aside_count(officer) == 1
        report.refresh_from_db()
        assert (report.set_aside_at, report.public_status) == (NOW, "received")
    assert waiting(officer) == []
    with staff_scope(officer.organisation_id or 0):
        put_back(report, by=officer, now=LATER)
        assert (set_aside_count(officer), SetAside.objects.get().put_back_at) == (0, LATER)
    assert waiting(officer) == [report]
    trail = AuditEvent.objects.filter(subject_id=str(report.pk)).values_list("act", flat=True)
    assert {"report.set_aside", "report.put_back"} <= set(trail)


def test_only_somebody_else_agrees_that_it_stays_and_that_once() -> None:
    report, officer = told(), ngozi()
    with staff_scope(officer.organisation_id or 0):
        set_aside(report, WHY, by=officer, now=NOW)
        with pytest.raises(SecondPersonNeeded):
            keep_set_aside(report, "Sure.", by=officer, now=LATER)
        keep_set_aside(report, "It is one.", by=colleague(), now=LATER)
        with pytest.raises(LookedAtAlready):
            keep_set_aside(report, "Me too.", by=colleague(), now=LATER)
        shown = set_aside_row(set_aside_rows(officer)[0], now=LATER)
        assert (shown.look, shown.is_late) == ("kept by Second Look", False)
        put_back(report, by=officer, now=LATER)
        with pytest.raises(LookedAtAlready):
            put_back(report, by=officer, now=LATER)
        set_aside(report, "Again.", by=officer, now=LATER)


def test_the_second_look_that_nobody_gives_is_late() -> None:
    report, officer = told(), ngozi()
    with staff_scope(officer.organisation_id or 0):
        set_aside(report, WHY, by=officer, now=NOW)
        shown = set_aside_row(set_aside_rows(officer)[0], now=NOW + timedelta(days=9))
    assert shown.is_late


def test_it_belongs_to_triage_alone() -> None:
    report, officer = told(), ngozi()
    taken = told()
    opened(taken, by=officer)
    with staff_scope(officer.organisation_id or 0):
        with pytest.raises(CannotSetAside, match="opened a case"):
            set_aside(taken, WHY, by=officer, now=NOW)
        set_aside(report, WHY, by=officer, now=NOW)
        with pytest.raises(CannotSetAside, match="already set"):
            set_aside(report, WHY, by=officer, now=NOW)
        with pytest.raises(StillSetAside):
            Case.open_for(report, by=officer, now=NOW)
    with staff_scope(gwen().organisation_id or 0), pytest.raises(Report.DoesNotExist):
        set_aside(report, WHY, by=gwen(), now=NOW)


def test_the_database_holds_that_nobody_works_on_what_is_set_aside() -> None:
    report, officer = told(), ngozi()
    case = opened(told(), by=officer)
    with worker_scope():
        set_aside(report, WHY, by=officer, now=NOW)
        with pytest.raises(IntegrityError, match="nobody_works_on_what_is_set_aside"), transaction.atomic():
            CaseReport.objects.create(case=case, report=report, added_at=NOW)


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_the_pages_lead_from_the_queue_aside_and_back(now: datetime) -> None:
    report, browser = told(now=now), client_for(ngozi())
    page = f"/staff/queue/{report.reference}/"
    assert "Set aside as doubtful: 0" in browser.get("/staff/queue/").content.decode()
    assert "Write why it is doubtful" in browser.post(f"{page}set-aside/", {"reason": " "}).content.decode()
    assert browser.post(f"{page}set-aside/", {"reason": WHY}).status_code == 302
    queue = browser.get("/staff/queue/").content.decode()
    assert "Set aside as doubtful: 1" in queue
    assert f"/{report.reference}/" not in queue
    assert "Set aside as doubtful: 1" in browser.get("/staff/queue/?strand=race").content.decode()
    aside = browser.get("/staff/queue/set-aside/").content.decode()
    assert report.reference in aside
    assert WHY not in aside
    shown = browser.get(page).content.decode()
    assert WHY in shown
    assert "Open and triage" not in shown
    assert 'value="keep"' not in browser.get(f"{page}second-look/").content.decode()
    other = client_for(colleague())
    assert "Write why it stays" in other.post(f"{page}second-look/", {"what": "keep"}).content.decode()
    assert other.post(f"{page}second-look/", {"what": "keep", "reason": "It is."}).status_code == 302
    assert "Kept by Second Look" in browser.get("/staff/queue/set-aside/").content.decode()
    assert browser.post(f"{page}second-look/", {"what": "back"}).status_code == 302
    assert report.reference in browser.get("/staff/queue/").content.decode()
