"""Which clocks run on a case, when each is due over holidays, and which acts start and stop them."""

from datetime import UTC, datetime, timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from casework.clocks import Clock, contact_due, due_by, nearest, review_due, running, soon, update_due
from casework.models import Case
from partners.standards import Standard
from scope.context import staff_scope, worker_scope
from tests.casework.world import close_case, opened, told, triaged
from tests.people import NOW, ngozi

LATER = NOW + timedelta(days=2)


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}T10:00:00+00:00")


def day_of(moment: datetime | None) -> str:
    return moment.astimezone(UTC).date().isoformat() if moment else ""


# Christmas 2026 is a Friday, and Boxing Day's holiday the Monday after; Easter 2026 is 3 to 6 April; the last Monday
# of August and the two of May are holidays.
@pytest.mark.parametrize(
    ("told_on", "urgency", "triaged_on", "due"),
    [
        ("2026-12-23", "standard", "2026-12-23", "2026-12-30"),
        ("2026-12-24", "medium", "2026-12-24", "2026-12-29"),
        ("2026-12-25", "high", "2026-12-25", "2026-12-25"),
        ("2026-04-02", "standard", "2026-04-02", "2026-04-09"),
        ("2026-04-02", "medium", "2026-04-02", "2026-04-07"),
        ("2026-08-28", "standard", "2026-08-28", "2026-09-03"),
        ("2026-08-27", "standard", "2026-09-10", "2026-09-02"),
        ("2026-05-01", "medium", "2026-05-01", "2026-05-05"),
    ],
)
def test_first_contact_counts_no_holiday(told_on: str, urgency: str, triaged_on: str, due: str) -> None:
    assert day_of(contact_due(at(told_on), urgency, now=at(triaged_on))) == due


@pytest.mark.parametrize(
    ("since", "due"),
    [
        ("2026-12-18", "2027-01-06"),
        ("2026-03-27", "2026-04-14"),
        ("2026-08-24", "2026-09-08"),
        ("2027-12-23", "2028-01-11"),
    ],
)
def test_an_update_is_due_ten_working_days_on(since: str, due: str) -> None:
    assert day_of(update_due(at(since))) == due


@pytest.mark.parametrize(
    ("level", "since", "due"),
    [
        ("high", "2026-12-21", "2026-12-30"),
        ("high", "2026-03-31", "2026-04-09"),
        ("high", "2026-08-28", "2026-09-07"),
        # Ten days on is Boxing Day's holiday: the last day at which somebody is there is Christmas Eve.
        ("medium", "2026-12-18", "2026-12-24"),
        ("medium", "2026-03-27", "2026-04-02"),
        ("medium", "2026-08-21", "2026-08-28"),
        ("medium", "2026-06-01", "2026-06-11"),
        ("standard", "2026-06-01", ""),
    ],
)
def test_the_risk_is_looked_at_again_before_people_are_away(level: str, since: str, due: str) -> None:
    assert day_of(review_due(level, at(since))) == due


def test_soon_is_the_end_of_the_next_day_at_work() -> None:
    assert day_of(soon(at("2026-12-24"))) == "2026-12-29"


@pytest.mark.parametrize(
    ("amount", "unit", "due"),
    [(24, "hours", "2026-06-02"), (1, "months", "2026-07-01"), (0, "days", "2026-06-01")],
)
def test_a_standard_may_be_in_any_unit(amount: int, unit: str, due: str) -> None:
    within = Standard("x", "x", "all", amount, unit, "")
    assert day_of(due_by(within, at("2026-06-01"))) == due


# On cases -----------------------------------------------------------------------------------------------------


def clocks_of(case: Case) -> dict[Clock, str]:
    return {each.clock: day_of(each.due_at) for each in running(case)}


@pytest.mark.django_db
def test_what_was_taken_up_waits_for_its_first_contact_at_once() -> None:
    case = opened(told(), by=ngozi())
    assert clocks_of(case) == {Clock.CONTACT: "2026-03-13"}


@pytest.mark.django_db
def test_a_clock_runs_from_triage_to_closing_and_holding_stops_none() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer, urgency="high")
    both = {Clock.UPDATE: "2026-03-24", Clock.REVIEW: "2026-03-17"}
    assert clocks_of(case) == {Clock.CONTACT: "2026-03-10", **both}
    with staff_scope(officer.organisation_id or 0):
        case.tell_reporter("I have read it.", status="read", by=officer, now=LATER)
        assert clocks_of(case) == both | {Clock.UPDATE: "2026-03-26"}
        case.wait("The school is closed.", by=officer, now=LATER)
        assert clocks_of(Case.objects.get(pk=case.pk)) == both | {Clock.UPDATE: "2026-03-26"}
        close_case(case, by=officer, now=LATER)
        assert clocks_of(case) == {}
        assert nearest(case) is None
        assert Case.objects.get(pk=case.pk).update_due_at is None
        case.reopen("He came back.", by=officer, now=LATER + timedelta(days=7))
        assert clocks_of(case) == {Clock.UPDATE: "2026-04-02", Clock.REVIEW: "2026-03-26"}


@pytest.mark.django_db
def test_triage_puts_off_no_review_that_somebody_asked_for() -> None:
    officer = ngozi()
    report = told()
    case = opened(report, by=officer)
    with staff_scope(officer.organisation_id or 0):
        Case.objects.update(review_due_at=LATER)
        from_triage = {"recorded_strands": [], "recorded_as": "undecided", "lead": officer.organisation}
        case.triage(urgency="standard", note="Read.", **from_triage, by=officer, now=NOW)
    assert case.review_due_at == LATER


@pytest.mark.django_db
def test_a_person_without_a_page_who_cannot_be_reached_is_owed_no_update() -> None:
    officer = ngozi()
    report = told()
    with worker_scope():
        type(report).objects.filter(pk=report.pk).update(receipt_code_digest=None, contact=None)
    assert Clock.UPDATE not in clocks_of(triaged(report, by=officer))


@pytest.mark.django_db
def test_cases_that_were_open_before_get_the_clocks_they_would_have() -> None:
    officer = ngozi()
    untouched = opened(told(), by=officer)
    read = triaged(told(), by=officer, urgency="medium")
    spoken_to = triaged(told(), by=officer)
    over = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id or 0):
        spoken_to.tell_reporter("We rang.", status="read", by=officer, now=LATER)
        close_case(over, by=officer, now=LATER)
    before = {case.pk: clocks_of(case) for case in (untouched, read, spoken_to, over)}
    with worker_scope():
        Case.objects.update(contact_due_at=None, update_due_at=None, review_due_at=None)
        backfill = import_module("casework.migrations.0005_clocks_of_open_cases")
        backfill.give_clocks(apps, SimpleNamespace(connection=connection))
        assert {case.pk: clocks_of(case) for case in Case.objects.all()} == before
