"""Two officers in two transactions: one wins, the other is told, and nothing is half done."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from casework.models import Case
from casework.models.case import AlreadyTaken
from casework.states import ActNotAllowed
from partners.models import User
from scope.context import staff_scope, worker_scope
from tests.casework.world import opened, told, triage_of, triaged
from tests.people import NOW, ngozi, tomasz

pytestmark = pytest.mark.usefixtures("committed")


def both_at_once(act: Callable[[User], None], *officers: User) -> list[str]:
    """What came of `act` for each officer: 'done' or the name of the refusal."""
    together = Barrier(len(officers))

    def one(officer: User) -> str:
        try:
            with staff_scope(officer.organisation_id or 0):
                together.wait(timeout=10)
                act(officer)
            return "done"
        except (AlreadyTaken, ActNotAllowed, Case.DoesNotExist) as refusal:
            return type(refusal).__name__
        finally:
            connection.close()

    with ThreadPoolExecutor(len(officers)) as pool:
        return sorted(pool.map(one, officers))


def test_one_report_is_taken_up_once() -> None:
    report = told()
    came = both_at_once(
        lambda officer: Case.open_for(report, by=officer, now=NOW) and None, ngozi(), tomasz()
    )
    assert came == ["AlreadyTaken", "done"]
    with worker_scope():
        assert Case.objects.get().events.count() == 1


def test_one_case_is_triaged_once() -> None:
    case = opened(told(), by=ngozi())

    def triage(officer: User) -> None:
        Case.objects.get(pk=case.pk).triage(**triage_of(officer), by=officer, now=NOW)

    assert both_at_once(triage, ngozi(), tomasz()) == ["ActNotAllowed", "done"]
    with worker_scope():
        case = Case.objects.get()
        assert [event.act for event in case.events.all()] == ["open", "triage"]
        assert case.lead_organisation_id == case.events.last().organisation_id


def test_a_withdrawal_and_an_act_do_not_wait_for_each_other_in_a_circle() -> None:
    case = triaged(told(), by=ngozi())

    def act(officer: User) -> None:
        if officer == ngozi():
            Case.objects.get(pk=case.pk).tell_reporter("We rang.", status="read", by=officer, now=NOW)
        else:
            case.reports[0].withdraw_from(ngozi().organisation, by=officer, now=NOW)

    with staff_scope(tomasz().organisation_id):
        assert case.reports
    outcome = both_at_once(act, ngozi(), tomasz())
    assert outcome.count("done") >= 1
