"""Whoever agreed is asked how we did, four weeks after first contact and after the end; answers are only counted."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from casework.models import Case
from casework.surveys import invite
from reporting.models import Report, SurveyAnswer, SurveyInvitation
from scope.context import counting_scope, public_scope, staff_scope, worker_scope
from tests.casework.world import close_case, told, triaged
from tests.people import ngozi

pytestmark = pytest.mark.django_db

NOW = timezone.now()
FOUR_WEEKS = timedelta(days=28)


def contacted(now: datetime, **changes: Any) -> Case:
    case = triaged(told(now=now, **changes), by=ngozi(), now=now)
    with worker_scope():
        case.tell_reporter("We have read it.", status="read", by=ngozi(), now=now)
    return case


def invited() -> list[tuple[str, str]]:
    with worker_scope():
        return list(SurveyInvitation.objects.order_by("kind").values_list("report__reference", "kind"))


def test_who_agreed_is_invited_once_four_weeks_after_the_first_contact() -> None:
    case = contacted(NOW - FOUR_WEEKS, Q32="yes")
    assert invite(now=NOW - timedelta(hours=1)) == 0
    assert invite(now=NOW) == 1
    assert invite(now=NOW) == 0
    assert invited() == [(case.reference, "contact")]


@pytest.mark.parametrize("answer", ["no", None])
def test_who_did_not_agree_is_never_invited(answer: str | None) -> None:
    contacted(NOW - FOUR_WEEKS, Q32=answer)
    assert invite(now=NOW) == 0


def test_after_the_end_they_are_asked_once_more() -> None:
    case = contacted(NOW - 2 * FOUR_WEEKS, Q32="yes")
    with worker_scope():
        close_case(
            case, outcome="no_further_action", text="We have finished.", by=ngozi(), now=NOW - FOUR_WEEKS
        )
    assert invite(now=NOW) == 1
    assert invited() == [(case.reference, "closed")]


def test_the_survey_shows_on_the_day_it_is_due_and_its_answers_reach_no_officer() -> None:
    case = contacted(NOW - FOUR_WEEKS, Q32="yes")
    invite(now=NOW)
    with worker_scope():
        report = Report.objects.get(reference=case.reference)
    with public_scope(receipt=bytes(report.receipt_code_digest or b"")):
        assert SurveyInvitation.objects.count() == 1
    with staff_scope(ngozi().organisation_id or 0):
        assert not SurveyInvitation.objects.exists()
        assert not SurveyAnswer.objects.exists()
    with counting_scope():
        assert SurveyInvitation.objects.count() == 1
