"""Officers answer the risk questions: what that does to a case and its clocks, who hears of it, what is kept."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from audit.models import AuditEvent
from casework.assessing import (
    CannotBeLower,
    NeedsSomebodyElse,
    NothingToDo,
    assess_risk,
    do_risk_action,
    done_actions,
    may_check,
    review_risk,
)
from casework.erasing import erase
from casework.models import Case
from casework.sharing import ReasonNeeded
from outbox.models import OutboxEntry
from partners.models import User
from reporting.alerts import KIND
from reporting.models import RiskAssessment
from reporting.recorded import recorded_by_a_centre
from reporting.risk import IDS, NOT_KNOWN, NotAllAnswered
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import HIGH_RISK, LOW_RISK, MEDIUM_RISK, at_a_centre
from tests.casework.world import BARS_THE_POLICE, close_case, told, triaged
from tests.people import NOW, asha, client_for, member, mona, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)  # Tuesday, 10 March 2026
NEXT_WEEK = NOW + timedelta(days=7)
WHY = "Her brother-in-law has a key."


def case_of(**changes: Any) -> Case:
    """Zaynab's, in progress, standard."""
    return triaged(told(**changes), by=ngozi())


def assess(case: Case, answers: dict[str, str], *, by: User | None = None, **how: Any) -> RiskAssessment:
    by = by or ngozi()
    with staff_scope(by.organisation_id or 0):
        return assess_risk(case, answers, by=by, **({"now": LATER} | how))


def day(moment: datetime | None) -> date | None:
    return timezone.localdate(moment) if moment else None


def told_at_once() -> set[str]:
    """The organisations that hear of a high risk."""
    ids = [entry.payload["organisation"] for entry in OutboxEntry.objects.filter(kind=KIND)]
    codes = {organisation(code).pk: code for code in ("charnwood-bc", "police", "lcc", "victim-first")}
    assert len(ids) == len(set(ids))
    return {codes[pk] for pk in ids}


# The level and its clocks -------------------------------------------------------------------------------------


def test_a_medium_risk_brings_contact_forward_and_a_supervisor_looks_within_ten_days() -> None:
    case = case_of()
    assert day(case.contact_due_at) == date(2026, 3, 13)
    found = assess(case, MEDIUM_RISK)
    assert (found.level, found.total, found.by_answers, found.made_by) == ("medium", 9, "", ngozi())
    assert (case.urgency, day(case.contact_due_at)) == ("medium", date(2026, 3, 11))
    assert day(case.review_due_at) == date(2026, 3, 20)
    assert told_at_once() == set()


@pytest.mark.parametrize(
    ("first", "then", "review", "contact"),
    [
        (LOW_RISK, LOW_RISK, None, date(2026, 3, 13)),
        (LOW_RISK, HIGH_RISK, date(2026, 3, 24), date(2026, 3, 13)),
        (MEDIUM_RISK, MEDIUM_RISK, date(2026, 3, 20), date(2026, 3, 11)),  # answering again puts nothing off
        (MEDIUM_RISK, HIGH_RISK, date(2026, 3, 20), date(2026, 3, 11)),  # what was due sooner stays
        (HIGH_RISK, MEDIUM_RISK, date(2026, 3, 27), date(2026, 3, 10)),  # what was promised stays promised
        (MEDIUM_RISK, LOW_RISK, None, date(2026, 3, 11)),
    ],
)
def test_a_level_that_rises_brings_forward_and_nothing_is_put_off(
    first: dict[str, str], then: dict[str, str], review: date | None, contact: date
) -> None:
    case = case_of()
    assess(case, first)
    assess(case, then, now=NEXT_WEEK)
    assert (day(case.review_due_at), day(case.contact_due_at)) == (review, contact)


def test_who_was_reached_has_no_clock_of_contact_brought_forward() -> None:
    case = case_of()
    with staff_scope(ngozi().organisation_id or 0):
        case.tell_reporter("We have read it.", status="read", by=ngozi(), now=LATER)
    assess(case, HIGH_RISK)
    assert day(case.contact_due_at) == date(2026, 3, 13)


def test_timeline_and_trail_have_the_level_and_the_points_and_no_answer() -> None:
    case = case_of()
    assess(case, MEDIUM_RISK, judged="high", reason=WHY)
    with staff_scope(ngozi().organisation_id or 0):
        event = case.events.last()
    trail = AuditEvent.objects.filter(act="case.risk_assessed").get()
    for facts in (event.facts, trail.facts):
        assert facts == {"level": "high", "total": 9, "by_answers": "medium"}
    assert event.note is None


def test_not_all_answered_is_nothing_kept() -> None:
    case = case_of()
    with pytest.raises(NotAllAnswered):
        assess(case, {**LOW_RISK, "R8": ""})
    with worker_scope():
        assert not RiskAssessment.objects.exists()


# Judgement ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answers", "judged", "level"),
    [(LOW_RISK, "high", "high"), (MEDIUM_RISK, "standard", "standard"), (MEDIUM_RISK, "medium", "medium")],
)
def test_judgement_raises_and_lowers_with_a_reason_and_says_what_the_answers_gave(
    answers: dict[str, str], judged: str, level: str
) -> None:
    case = case_of()
    found = assess(case, answers, judged=judged, reason=WHY)
    otherwise = judged != found.assessed().level.code
    assert found.level == case.urgency == level
    assert found.by_answers == (found.assessed().level.code if otherwise else "")
    assert found.unseal("reason") == (WHY if otherwise else "")


def test_without_a_reason_the_answers_stand() -> None:
    case = case_of()
    with pytest.raises(ReasonNeeded, match="The answers give medium risk"):
        assess(case, MEDIUM_RISK, judged="high", reason=" ")
    with staff_scope(ngozi().organisation_id or 0):
        assert Case.objects.get().urgency == "standard"


@pytest.mark.parametrize("alone", [{"R3": "serious"}, {"R8": "at_risk"}])
def test_what_is_high_by_one_answer_alone_nobody_judges_lower(alone: dict[str, str]) -> None:
    with pytest.raises(CannotBeLower, match="always high"):
        assess(case_of(), LOW_RISK | alone, judged="medium", reason=WHY)


# Who hears of a high one --------------------------------------------------------------------------------------


def test_police_and_council_hear_of_a_high_risk_once() -> None:
    case = case_of()
    tomasz()
    for _ in range(2):
        assess(case, HIGH_RISK)
    assert told_at_once() == {"charnwood-bc", "police"}


def test_police_that_must_not_see_it_hear_nothing() -> None:
    assess(case_of(**BARS_THE_POLICE), HIGH_RISK)
    assert told_at_once() == {"charnwood-bc"}


def test_who_leads_hears_too_where_another_reads_it_first() -> None:
    report = told()
    case = triaged(report, by=ngozi(), lead=organisation("lcc"))
    assess(case, HIGH_RISK)
    assert told_at_once() == {"charnwood-bc", "police", "lcc"}


def test_what_a_centre_has_announced_is_not_announced_again() -> None:
    case = triaged(told(by=asha(), **at_a_centre({}, **HIGH_RISK)), by=ngozi())
    before = set(OutboxEntry.objects.filter(kind=KIND).values_list("key", flat=True))
    assess(case, LOW_RISK)
    assess(case, HIGH_RISK)
    assert before == set(OutboxEntry.objects.filter(kind=KIND).values_list("key", flat=True))


# What a level asks for ----------------------------------------------------------------------------------------


def test_what_was_done_counts_until_the_level_rises() -> None:
    case = case_of()
    assess(case, MEDIUM_RISK)
    with staff_scope(ngozi().organisation_id or 0):
        do_risk_action(case, "safety_plan", by=ngozi(), now=LATER)
        assert set(done_actions(case)) == {"safety_plan"}
        with pytest.raises(NothingToDo, match="done already"):
            do_risk_action(case, "safety_plan", by=tomasz(), now=LATER)
        for other in ("safety_advice", "contact", "supervisor_check", "nonsense"):
            with pytest.raises(NothingToDo):
                do_risk_action(case, other, by=ngozi(), now=LATER)
        assess_risk(case, HIGH_RISK, by=ngozi(), now=LATER)
        assert done_actions(case) == {}


# Looking again ------------------------------------------------------------------------------------------------


def test_a_medium_risk_is_checked_by_somebody_else_or_a_team_manager_and_the_clock_begins_again() -> None:
    case, noor = case_of(), member("Noor Vane", ngozi().organisation, "officer")
    assess(case, MEDIUM_RISK, by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        case.assign(to=noor, by=ngozi(), now=LATER)
        assert [may_check(each, case) for each in (ngozi(), noor, tomasz(), mona())] == [
            False,
            False,
            True,
            True,
        ]
        with pytest.raises(NeedsSomebodyElse):
            review_risk(case, "I looked.", anew=False, by=noor, now=NEXT_WEEK)
        review_risk(case, "We looked.", anew=False, by=mona(), now=NEXT_WEEK)
        assert day(case.review_due_at) == date(2026, 3, 27)
        assert case.events.last().unseal("note") == "We looked."
        assert case.events.last().facts == {"level": "medium", "anew": False}


def test_a_case_conference_starts_the_clock_of_a_high_risk_again_and_a_standard_one_has_none() -> None:
    case = case_of()
    with staff_scope(ngozi().organisation_id or 0):
        review_risk(case, "Nothing.", anew=False, by=ngozi(), now=LATER)
        assert case.review_due_at is None
        assess_risk(case, HIGH_RISK, by=ngozi(), now=LATER)
        assert day(case.review_due_at) == date(2026, 3, 17)
        review_risk(case, "Police, housing and we met.", anew=False, by=ngozi(), now=NEXT_WEEK)
        assert day(case.review_due_at) == date(2026, 3, 24)


# What is kept -------------------------------------------------------------------------------------------------


def test_what_was_found_is_never_rewritten_and_goes_when_the_report_is_erased() -> None:
    case = case_of()
    found = assess(case, MEDIUM_RISK, judged="high", reason=WHY)
    with staff_scope(ngozi().organisation_id or 0):
        assert RiskAssessment.objects.filter(pk=found.pk).update(level="standard") == 0
        close_case(case, by=ngozi(), now=LATER)
    erase(case.reports[0], why="person_asked", by=None, now=NEXT_WEEK)
    with worker_scope():
        kept = RiskAssessment.objects.get()
    assert (kept.answers, kept.reason, kept.made_by) == (None, None, None)
    assert (kept.level, kept.by_answers, kept.total) == ("high", "medium", 9)


def test_the_persons_own_copy_has_what_the_centre_heard_and_not_what_officers_judged() -> None:
    case = triaged(told(by=asha(), **at_a_centre({})), by=ngozi())
    assess(case, HIGH_RISK)
    with staff_scope(ngozi().organisation_id or 0):
        copied = recorded_by_a_centre(case.reports[0])
        assert copied["R3"] == LOW_RISK["R3"]
        assert "R3" not in recorded_by_a_centre(case_of().reports[0])


# The pages ----------------------------------------------------------------------------------------------------


def get(case: Case, page: str, by: User | None = None) -> str:
    answer = client_for(by or ngozi()).get(f"/staff/cases/{case.reference}/{page}")
    assert answer.status_code == 200
    return answer.content.decode()


def fields(**more: str) -> dict[str, str]:
    return dict.fromkeys(IDS, NOT_KNOWN) | {"judged": "as_answered", "reason": ""} | more


def test_the_page_says_that_nobody_has_answered_and_then_what_is_asked_for() -> None:
    case = triaged(told(now=timezone.now()), by=ngozi(), now=timezone.now())
    assert "The risk questions have not been answered." in get(case, "risk/")
    client = client_for(ngozi())
    answered = client.post(f"/staff/cases/{case.reference}/risk/assess/", fields(R1="four_or_more"))
    assert answered.headers["Location"] == f"/staff/cases/{case.reference}/risk/"
    text = get(case, "risk/")
    assert "have not been answered" not in text
    assert "3 points of 30" in text
    assert "9 of the 10 are not known: it could be high" in text
    assert "Give safety advice" in text
    assert "Next look at the risk" not in text  # of standard risk nobody owes one
    client.post(f"/staff/cases/{case.reference}/risk/done/", {"action": "safety_advice"})
    assert "by Ngozi Bell" in get(case, "risk/")
    # The questions begin with what was answered before.
    assert 'value="four_or_more" checked' in get(case, "risk/assess/")


def test_an_anonymous_report_owes_nobody_answers() -> None:
    case = triaged(told(Q25="no", Q26_name=None, Q26_how=None, Q26_phone=None, Q26_message=None), by=ngozi())
    assert "have not been answered" not in get(case, "risk/")


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        (fields(R1=""), "If it is not known, choose “Not known”"),
        (fields(judged="high"), "The answers give standard risk. Write why you judge it otherwise"),
        (fields(R8="at_risk", judged="medium", reason=WHY), "This is always high risk"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(sent: dict[str, str], words: str) -> None:
    case = case_of()
    answer = client_for(ngozi()).post(f"/staff/cases/{case.reference}/risk/assess/", sent)
    assert answer.status_code == 200
    assert words in answer.content.decode()
    with worker_scope():
        assert not RiskAssessment.objects.exists()


def test_each_answer_of_before_can_be_read_with_its_reason_and_reading_is_recorded() -> None:
    case = case_of()
    found = assess(case, MEDIUM_RISK, judged="high", reason=WHY)
    before = AuditEvent.objects.filter(act="report.read").count()
    text = get(case, f"risk/{found.pk}/", by=tomasz())
    assert WHY in text
    assert "An officer judged it otherwise than the answers, which give medium risk" in text
    assert "They have changed where they go or what they do" in text
    assert AuditEvent.objects.filter(act="report.read").count() == before + 1
    assert client_for(tomasz()).get(f"/staff/cases/{case.reference}/risk/{case.pk}/").status_code == 404
