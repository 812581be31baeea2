"""Erasing while somebody else acts on the same record: one of them wins, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from audit.models import AuditEvent
from casework import apply_retention, records
from casework.erasing import CannotErase, erase
from casework.falling_due import due_of
from casework.models import Case, LegalHold
from casework.models.case import AlreadyTaken
from casework.states import ActNotAllowed
from partners.models import User
from partners.retention import Schedule
from reporting.models import Report
from reporting.models.report import ReportErased
from scope.context import staff_scope, worker_scope
from tests.casework.test_erasing import closed_case, petra, report_of
from tests.casework.test_retention import RECORD_ONLY, is_erased, run, years_ago
from tests.casework.world import told
from tests.people import NOW, ngozi

pytestmark = pytest.mark.usefixtures("committed")
REFUSALS = (ActNotAllowed, AlreadyTaken, CannotErase, ReportErased)
TIMES = 3


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each act, in order: 'done' or the name of the refusal."""
    together = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        try:
            together.wait(timeout=10)
            act()
            return "done"
        except REFUSALS as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def erasing(report: Report, by: User) -> Callable[[], None]:
    return lambda: erase(report, why="person_asked", by=by, now=NOW)


def test_one_report_is_erased_once() -> None:
    report, by = report_of(closed_case()), petra()
    assert sorted(at_once(erasing(report, by), erasing(report, by))) == ["ErasedAlready", "done"]
    assert AuditEvent.objects.filter(act="report.erased").count() == 1


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_hold_and_an_erasing_cannot_both_be_done(turn: int) -> None:
    report, by = report_of(closed_case()), petra()

    def hold() -> None:
        with worker_scope():
            LegalHold.put_on(report, reason="court", note="A trial.", by=by, now=NOW)

    came = at_once(erasing(report, by), hold)
    assert came in (["done", "ReportErased"], ["IsHeld", "done"])
    with worker_scope():
        assert LegalHold.objects.exists() is (came[1] == "done")
        assert bool(Report.objects.get().erased_at) is (came[0] == "done")


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_case_reopened_while_it_is_erased_is_either_open_or_erased(turn: int) -> None:
    case, by, officer = closed_case(), petra(), ngozi()

    def reopen() -> None:
        with staff_scope(officer.organisation_id or 0):
            Case.objects.get(pk=case.pk).reopen("They rang again.", by=officer, now=NOW)

    came = at_once(erasing(report_of(case), by), reopen)
    assert came in (["done", "ActNotAllowed"], ["CaseIsOpen", "done"])


@pytest.mark.parametrize("turn", range(TIMES))
def test_a_report_taken_up_while_it_is_erased_is_either_a_case_or_erased(turn: int) -> None:
    report, by, officer = told(), petra(), ngozi()

    def take_up() -> None:
        with staff_scope(officer.organisation_id or 0):
            Case.open_for(report, by=officer, now=NOW)

    came = at_once(erasing(report, by), take_up)
    assert came in (["done", "ReportErased"], ["CaseIsOpen", "done"])
    with worker_scope():
        assert Case.objects.exists() is (came[1] == "done")


def test_the_schedule_does_not_erase_what_somebody_keeps_longer_at_that_moment(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    report, by, came = told(now=years_ago(2), **RECORD_ONLY), petra(), []

    def keep_longer() -> None:
        came.extend(
            at_once(lambda: records.keep_longer(report.reference, years=2, why="law", by=by, now=NOW))
        )

    deciding = Thread(target=keep_longer)

    def due_while_she_decides(asked: Report, schedule: Schedule) -> Any:
        found = due_of(asked, schedule)
        deciding.start()
        deciding.join(timeout=1)
        return found

    monkeypatch.setattr(apply_retention, "due_of", due_while_she_decides)
    run()
    deciding.join(timeout=10)
    assert is_erased(report) is (came == ["ReportErased"])
