"""Every act on a case: what it does, when it is refused, and what it leaves behind."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import transaction

from audit.models import AuditEvent
from casework.assessing import assess_risk, do_risk_action, review_risk
from casework.comparing_suspects import Verdict, compare_suspects
from casework.conflicts import bar, conflicts_on, lift
from casework.contacting import Tried, log_contact
from casework.deciding import record_as
from casework.ending import record_support
from casework.giving_sight import share, stop_sharing
from casework.joining import join, take_out
from casework.models import Case, CaseEvent, Pack, Person, Task
from casework.models.case import AlreadyTaken, CannotBeAssigned, ChangedMeanwhile
from casework.models.suspect import Known
from casework.overriding import decide_override, propose_override
from casework.packs import keep, make_pack, withdraw_pack
from casework.police import Said, hand_to_police, record_police_answer
from casework.referring import answer_referral, refer, withdraw_referral
from casework.setting_tasks import finish_task, set_task
from casework.sharing import BarredFromReport
from casework.states import ACT_DONE, TRANSITIONS, ActNotAllowed, CaseState
from casework.suspects import drop_suspect, keep_suspect, write_suspect
from casework.transferring import transfer
from partners.models import User
from reporting.models import Report
from reviews.deciding import write_on
from reviews.linking import link_place
from reviews.reviewing import ask_for_review
from scope.context import staff_scope, worker_scope
from tests.at_a_centre import LOW_RISK
from tests.casework.given import ON_TERMS, a_proposal, a_referral, a_share, chosen_later
from tests.casework.test_matching import AMINA
from tests.casework.world import (
    BARS_THE_POLICE,
    a_suspect,
    close_case,
    opened,
    shared_anyway,
    told,
    triage_of,
    triaged,
)
from tests.people import NOW, asha, gwen, member, mona, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)

Act = Callable[[Case, User], None]


def compares(case: Case, by: User) -> None:
    other = opened(told(), by=by)
    for each in (case, other):
        Person.write_down(each.reports[0], AMINA, by=by, now=LATER)
    case.compare(other, is_same=True, by=by, now=LATER)


def asks(case: Case, by: User) -> Task:
    whom = {"organisation": by.organisation, "person": by, "due_on": LATER.date()}
    return set_task(case, "Ring the school.", **whom, by=by, now=LATER)


def finishes(case: Case, by: User) -> None:
    if case.closed_at:  # what was asked for before it was closed
        whom = {"for_organisation": by.organisation, "due_on": LATER.date(), "set_by": by, "set_at": LATER}
        task = Task.objects.create(case=case, **whom)
    else:
        task = asks(case, by)
    finish_task(task, by=by, now=LATER)


def writes_a_suspect(case: Case, by: User) -> None:
    write_suspect(case, Known(name="Ray Nettle"), how_sure="said", why_kept="risk", by=by, now=LATER)


def keeps_a_suspect(case: Case, by: User) -> None:
    record = a_suspect(case.reports[0], by)
    keep_suspect(case, record.pk, why_kept="crime", note="In court in May.", by=by, now=LATER)


def drops_a_suspect(case: Case, by: User) -> None:
    drop_suspect(case, a_suspect(case.reports[0], by).pk, by=by, now=LATER)


def compares_suspects(case: Case, by: User) -> None:
    other = opened(told(), by=by)
    one, two = (a_suspect(each.reports[0], by) for each in (case, other))
    compare_suspects(case, one.pk, other, two.pk, said=Verdict.SAME, by=by, now=LATER)


def noor(colleague: User) -> User:
    """Noor works beside them."""
    assert colleague.organisation
    return member("Noor Fell", colleague.organisation, "officer")


def lifts_a_bar(case: Case, by: User) -> None:
    another = noor(by)
    bar(case, tomasz(), reason="Her cousin.", by=another, now=LATER)
    lift(case, conflicts_on(case)[0].id, reason="Another Tomasz.", by=by, now=LATER)


def a_pack(case: Case, by: User) -> Pack:
    """One that was made before; so it can be withdrawn from a case that is closed by now."""
    return keep(case, organisation("police"), kind="pack", purpose="action", by=by, now=LATER)


def closes(case: Case, by: User) -> None:
    """As soon as it is known how support ended; where nothing is closed, nothing is written down about it either."""
    if case.state in TRANSITIONS["close"][0]:
        record_support(case, "finished", note="Done.", by=by, now=LATER)
    case.close(outcome="advice_only", text="We gave advice.", by=by, now=LATER)


def links_a_place(case: Case, by: User) -> None:
    other = Case.objects.exclude(pk=case.pk)[0]
    link_place(case, other, kind="household", is_same=True, by=by, now=LATER)


def waiting() -> Report:
    return Report.objects.waiting()[0]


def takes_out(case: Case, by: User) -> None:
    """A report that joined before; or, where none may join, the case's own."""
    report = waiting()
    if case.state in TRANSITIONS["join"][0]:
        join(case, report, note="The same evening.", by=by, now=LATER)
    take_out(case, report, note="Another evening.", by=by, now=LATER)


ACTS: dict[str, Act] = {
    "triage": lambda case, by: case.triage(**triage_of(by), by=by, now=LATER),
    "assign": lambda case, by: case.assign(to=by, by=by, now=LATER),
    "tell_reporter": lambda case, by: case.tell_reporter("We rang.", status="read", by=by, now=LATER),
    "share": lambda case, by: share(case, chosen_later(case), ON_TERMS, by=by, now=LATER),
    "stop_sharing": lambda case, by: stop_sharing(a_share(case, by), by=by, now=LATER),
    "refer": lambda case, by: refer(
        case, organisation("police"), "police", ON_TERMS, asked="Please look into it.", by=by, now=LATER
    ),
    "answer_referral": lambda case, by: answer_referral(
        a_referral(case, to=by), "accepted", note="We have it.", by=by, now=LATER
    ),
    "withdraw_referral": lambda case, by: withdraw_referral(a_referral(case, to=tomasz()), by=by, now=LATER),
    "propose_override": lambda case, by: propose_override(
        case, organisation("lcc"), ON_TERMS, reason="They let the flat.", by=by, now=LATER
    ),
    "decide_override": lambda case, by: decide_override(a_proposal(case), is_agreed=True, by=by, now=LATER),
    "note": lambda case, by: case.note("Rang, no answer.", by=by, now=LATER),
    "write_down": lambda case, by: case.write_down(AMINA, by=by, now=LATER),
    "compare": compares,
    "record_support": lambda case, by: record_support(case, "finished", note="Done.", by=by, now=LATER),
    "write_suspect": writes_a_suspect,
    "keep_suspect": keeps_a_suspect,
    "drop_suspect": drops_a_suspect,
    "compare_suspects": compares_suspects,
    "bar": lambda case, by: bar(case, tomasz(), reason="Her cousin.", by=by, now=LATER),
    "lift_bar": lifts_a_bar,
    "wait": lambda case, by: case.wait("The school is closed.", by=by, now=LATER),
    "resume": lambda case, by: case.resume(by=by, now=LATER),
    "assess_risk": lambda case, by: assess_risk(case, LOW_RISK, by=by, now=LATER),
    "do_risk_action": lambda case, by: do_risk_action(case, "safety_advice", by=by, now=LATER),
    "review_risk": lambda case, by: review_risk(case, "As before.", anew=False, by=by, now=LATER),
    "log_contact": lambda case, by: log_contact(
        case, case.reports[0], Tried("phone", "no_answer", NOW), by=by, now=LATER
    ),
    "set_task": lambda case, by: asks(case, by),
    "finish_task": finishes,
    "record_as": lambda case, by: record_as(case, recorded_as="asb", note="Noise.", by=by, now=LATER),
    "join": lambda case, by: join(case, waiting(), note="The same evening.", by=by, now=LATER),
    "take_out": takes_out,
    "transfer": lambda case, by: transfer(
        case, "essex", lawful_basis="public_task", reason="There.", sent="", text="We did.", by=by, now=LATER
    ),
    "make_pack": lambda case, by: make_pack(case, organisation("police"), purpose="action", by=by, now=LATER),
    "withdraw_pack": lambda case, by: withdraw_pack(a_pack(case, by), by=by, now=LATER),
    "hand_to_police": lambda case, by: hand_to_police(case, organisation("police"), by=by, now=LATER),
    "record_police_answer": lambda case, by: record_police_answer(
        case, Said(number="26*114", number_kind="crime"), by=by, now=LATER
    ),
    "close": closes,
    "reopen": lambda case, by: case.reopen("It happened again.", by=by, now=LATER),
    "link_place": links_a_place,
    "jag_decide": lambda case, by: write_on(
        case, number="JAG-CHW-2026-001", codes=["support_plan"], why="A plan.", by=by, now=LATER
    ),
    "case_review": lambda case, by: ask_for_review(
        case, asked_on=LATER.date(), asked_by="person", why="Nobody came.", by=by, now=LATER
    ),
}
WAY_TO: dict[CaseState, tuple[str, ...]] = {
    CaseState.OPEN: (),
    CaseState.IN_PROGRESS: ("triage",),
    CaseState.WAITING: ("triage", "wait"),
    CaseState.CLOSED: ("triage", "record_support", "close"),
}


def case_in(state: CaseState, by: User) -> Case:
    case = opened(told(), by=by)
    for act in WAY_TO[state]:
        ACTS[act](case, by)
    assert case.state == state
    return case


@pytest.mark.parametrize("state", list(CaseState))
def test_an_act_is_done_with_event_and_trail_or_refused_and_leaves_nothing(state: CaseState) -> None:
    officer = mona()
    # Who takes part is there before, so that nobody's coming is counted among what an act left.
    for colleague in (noor(officer), ngozi(), tomasz()):
        assert colleague.is_active
    with staff_scope(officer.organisation_id):
        case = case_in(state, officer)
        opened(told(), by=officer)
        told()
        for act in TRANSITIONS:
            with transaction.atomic():
                try_act(act, Case.objects.get(pk=case.pk), officer)
                transaction.set_rollback(True)


def try_act(act: str, case: Case, officer: User) -> None:
    allowed, leads_to = TRANSITIONS[act]
    state, before = case.state, everything_about(case)
    if state in allowed:
        ACTS[act](case, officer)
        last = case.events.last()
        assert (last.act, last.by, last.organisation) == (act, officer, officer.organisation)
        assert AuditEvent.objects.filter(act=f"case.{ACT_DONE[act]}", subject_id=str(case.pk)).exists()
        assert Case.objects.get(pk=case.pk).state == (leads_to or state)
    else:
        with pytest.raises(ActNotAllowed, match="can’t"):
            ACTS[act](case, officer)
        assert everything_about(case) == before


def everything_about(case: Case) -> tuple[object, ...]:
    rows = Case.objects.filter(pk=case.pk).values_list()
    return (list(rows), case.events.count(), AuditEvent.objects.count(), list(Report.objects.values_list()))


def test_every_act_of_the_table_is_tried_here() -> None:
    assert set(ACTS) == set(TRANSITIONS)


# Opening and triage -------------------------------------------------------------------------------------------


def test_ngozi_opens_a_case_and_the_report_leaves_the_queue() -> None:
    report, officer = told(), ngozi()
    with staff_scope(officer.organisation_id):
        assert list(Report.objects.visible_to(officer).waiting()) == [report]
        case = Case.open_for(report, by=officer, now=LATER)
        assert case.reference == report.reference
        assert list(Report.objects.visible_to(officer).waiting()) == []
        assert Report.objects.get().taken_up_at == LATER
        assert [event.act for event in case.events.all()] == ["open"]


def test_a_report_has_one_case_and_the_second_officer_is_shown_it() -> None:
    report, first = told(), ngozi()
    case = opened(report, by=first)
    with staff_scope(tomasz().organisation_id), pytest.raises(AlreadyTaken) as refusal:
        Case.open_for(report, by=tomasz(), now=LATER)
    assert refusal.value.case == case


def test_triage_records_what_it_is_and_starts_the_clock_from_the_day_it_was_told() -> None:
    officer = ngozi()
    report = told(now=datetime.fromisoformat("2026-03-06T16:00:00+00:00"))  # a Friday
    case = triaged(report, by=officer, now=NOW, recorded_strands=["race", "religion"])
    assert case.recorded_strands == ["race", "religion"]
    assert case.contact_due_at is not None
    assert case.contact_due_at.date().isoformat() == "2026-03-11"
    with staff_scope(officer.organisation_id):
        assert case.events.last().unseal("note") == "Shouting and damage."


@pytest.mark.parametrize(
    ("urgency", "due"), [("high", "2026-03-10"), ("medium", "2026-03-11"), ("standard", "2026-03-13")]
)
def test_urgency_brings_first_contact_forward(urgency: str, due: str) -> None:
    case = triaged(told(), by=ngozi(), urgency=urgency)
    assert case.contact_due_at is not None
    assert case.contact_due_at.date().isoformat() == due


def test_a_case_can_be_given_to_another_organisation_to_lead_which_then_sees_it() -> None:
    report = told(Q24=["council"])
    case = triaged(report, by=ngozi(), lead=organisation("police"))
    with staff_scope(tomasz().organisation_id):
        assert Case.objects.visible_to(tomasz()).get() == case
        assert Report.objects.visible_to(tomasz()).get() == report


def test_a_barred_organisation_cannot_be_given_the_lead() -> None:
    officer = ngozi()
    case = opened(told(**BARS_THE_POLICE), by=officer)
    with staff_scope(officer.organisation_id), pytest.raises(BarredFromReport, match="must not see"):
        case.triage(**(triage_of(officer) | {"lead": organisation("police")}), by=officer, now=LATER)
    with staff_scope(officer.organisation_id):
        assert Case.objects.get().state == CaseState.OPEN


# Assigning ----------------------------------------------------------------------------------------------------


def test_the_case_goes_to_a_police_officer_who_may_see_it() -> None:
    case = triaged(told(), by=ngozi())
    with staff_scope(ngozi().organisation_id):
        case.assign(to=tomasz(), by=ngozi(), now=LATER)
        assert Case.objects.get().assigned_to == tomasz()


@pytest.mark.parametrize("somebody", [gwen, asha])
def test_nobody_gets_a_case_that_their_organisation_may_not_see(somebody: Callable[[], User]) -> None:
    case = triaged(told(), by=ngozi())
    with staff_scope(ngozi().organisation_id), pytest.raises(CannotBeAssigned):
        case.assign(to=somebody(), by=ngozi(), now=LATER)


def test_somebody_who_has_left_gets_no_case() -> None:
    case, gone = triaged(told(), by=ngozi()), tomasz()
    gone.memberships.update(left_at=NOW)
    gone = User.objects.get(pk=gone.pk)
    with staff_scope(ngozi().organisation_id), pytest.raises(CannotBeAssigned):
        case.assign(to=gone, by=ngozi(), now=LATER)


# Telling the reporter -----------------------------------------------------------------------------------------


def test_what_the_reporter_is_told_stands_on_their_report_and_stops_the_clock_once() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id):
        case.tell_reporter("We spoke to the mosque.", status="being_looked_at", by=officer, now=LATER)
        case.tell_reporter(
            "A camera was put up.", status="with_partner", by=officer, now=LATER + timedelta(days=1)
        )
        report = Report.objects.get()
        assert report.public_status == "with_partner"
        assert [message.unseal("text") for message in report.messages.all()] == [
            "We spoke to the mosque.",
            "A camera was put up.",
        ]
        assert Case.objects.get().first_contact_at == LATER


def test_closing_tells_the_reporter_and_keeps_the_outcome() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id):
        close_case(case, outcome="warning_or_mediation", text="We spoke to him.", by=officer, now=LATER)
        report, case = Report.objects.get(), Case.objects.get()
        assert (case.closed_at, case.outcome) == (LATER, "warning_or_mediation")
        assert report.public_status == "closed"
        assert report.messages.get().unseal("text") == "We spoke to him."
        case.reopen("He came back.", by=officer, now=LATER)
        assert (case.closed_at, case.outcome) == (None, "")
        assert case.events.last().facts == {"outcome_before": "warning_or_mediation"}


# Sharing ------------------------------------------------------------------------------------------------------


# In step with its reports -------------------------------------------------------------------------------------


def test_a_case_is_seen_by_whoever_sees_its_report() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id):
        shared_anyway(case, organisation("lcc"), by=officer)
    with worker_scope():
        assert Case.objects.get().visible_to == Report.objects.get().visible_to
        assert organisation("lcc").pk in Case.objects.get().visible_to


def test_what_the_person_takes_back_is_gone_from_the_case_too_at_once() -> None:
    triaged(told(), by=ngozi())
    with staff_scope(tomasz().organisation_id):
        assert Case.objects.count() == CaseEvent.objects.filter(act="triage").count() == 1
    with worker_scope():
        Report.objects.get().withdraw_from(organisation("police"), by=None, now=LATER)
    with staff_scope(tomasz().organisation_id):
        assert Case.objects.count() == CaseEvent.objects.count() == 0


# Two at once --------------------------------------------------------------------------------------------------


def test_who_did_not_see_what_happened_meanwhile_is_told_first() -> None:
    officer = ngozi()
    case = triaged(told(), by=officer)
    with staff_scope(officer.organisation_id):
        seen = case.acts_done()
        case.tell_reporter("We rang.", status="read", by=tomasz(), now=LATER)
        with pytest.raises(ChangedMeanwhile):
            case.tell_reporter("We rang you.", status="read", by=officer, now=LATER, seen=seen)
        assert [event.by for event in case.happened_since(seen)] == [tomasz()]
        case.tell_reporter("And wrote.", status="read", by=officer, now=LATER, seen=case.acts_done())
