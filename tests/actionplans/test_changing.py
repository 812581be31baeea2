"""Changes of what was promised: asked for with a reason, decided with words, and the first promise kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from decimal import Decimal
from threading import Barrier

import pytest
from django.core import mail
from django.db import connections

from actionplans.changing import (
    AskedAlready,
    DecidedAlready,
    EvidenceMissing,
    NothingToChange,
    NotYoursToAsk,
    NotYoursToDecide,
    Wanted,
    approve,
    ask,
    may_decide,
    refuse,
    withdraw,
)
from actionplans.models import Action, ActionPlan, ChangeKind, ChangeRequest, Decision, Evidence
from actionplans.telling_of_decisions import KIND, tell_of
from audit.models import AuditEvent
from outbox.models import OutboxEntry
from partners.models import User
from tests.actionplans.world import plans_as_of, plans_as_of_today
from tests.people import NOW, farah, gwen, member, ngozi, organisation, tomasz

LATER = NOW + timedelta(hours=2)


@pytest.fixture
def world(db):
    plans_as_of(NOW)


def owen():
    """Owen of the county council owns the plans."""
    return member("Owen Trask", organisation("lcc"), "plan_owner")


def mabel():
    """Mabel of the county council owns plans beside him."""
    return member("Mabel Quist", organisation("lcc"), "plan_owner")


def c3() -> Action:
    return Action.objects.select_related("plan__owner", "lead", "measure").get(ref="C3")


def owned_by(person, code="appendix-c") -> None:
    ActionPlan.objects.filter(code=code).update(owner=person)


def later_due(by_days=60) -> Wanted:
    return Wanted(ChangeKind.DUE, due=c3().due + timedelta(days=by_days))


def asked(wanted=None, by=None) -> ChangeRequest:
    return ask(c3(), wanted or later_due(), "The supplier was late.", by=by or ngozi(), now=NOW)


def test_ngozi_asks_for_another_due_date_and_nothing_moves_until_the_owner_says_so(world):
    owned_by(owen())
    due = c3().due
    request = asked()
    assert (request.decision, c3().due, c3().original_due) == (Decision.WAITING, due, None)
    approve(request, "Agreed at the group.", by=owen(), now=LATER)
    action = c3()
    assert (action.due, action.original_due, action.times_put_off) == (
        due + timedelta(days=60),
        due,
        1,
    )
    request.refresh_from_db()
    assert (request.decision, request.decision_words, request.decided_by) == (
        Decision.APPROVED,
        "Agreed at the group.",
        owen(),
    )
    after, before = action.versions.all()
    assert (after.act, after.by, after.data["due"]) == ("due date changed", owen(), action.due.isoformat())
    assert before.data["due"] == due.isoformat()
    acts = AuditEvent.objects.filter(act__startswith="change.").order_by("at").values_list("act", flat=True)
    assert list(acts) == ["change.asked", "change.approved"]


def test_the_first_due_date_is_kept_whatever_comes_after(world):
    owned_by(owen())
    first = c3().due
    for days in (60, 30, -90):
        ask(c3(), later_due(days), "Again.", by=owen(), now=NOW)
    action = c3()
    assert action.original_due == first
    assert (action.due, action.times_put_off) == (first, 2)  # what was moved earlier is not put off


def test_another_target_keeps_the_first_one(world):
    owned_by(owen())
    first = c3().measure.target
    for target in (Decimal(50), Decimal(40)):
        ask(c3(), Wanted(ChangeKind.TARGET, target=target), "Too much.", by=owen(), now=NOW)
    assert (c3().measure.target, c3().measure.original_target) == (Decimal(40), first)


def test_another_lead_takes_it_over_and_the_one_before_stays_with_it(world):
    owned_by(owen())
    Action.objects.filter(ref="C3").update(owner=ngozi())
    before, after = c3().lead, organisation("police")
    ask(c3(), Wanted(ChangeKind.LEAD, lead=after), "They train.", by=owen(), now=NOW)
    action = c3()
    assert (action.lead, action.original_lead, action.owner) == (after, before, None)
    assert before in action.supporting.all()
    assert after not in action.supporting.all()


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (lambda: Wanted(ChangeKind.DUE, due=c3().due), "due on that day already"),
        (lambda: Wanted(ChangeKind.DUE, due=c3().starts), "must be due after that"),
        (lambda: Wanted(ChangeKind.DUE, due=c3().plan.period_end + timedelta(days=1)), "the next plan"),
        (lambda: Wanted(ChangeKind.TARGET, target=c3().measure.target), "its target already"),
        (lambda: Wanted(ChangeKind.LEAD, lead=c3().lead), "leads it already"),
        (lambda: Wanted(ChangeKind.REOPEN), "is not closed"),
    ],
)
def test_what_cannot_be_is_refused_in_words(world, wanted, words):
    with pytest.raises(NothingToChange, match=words):
        asked(wanted())


def test_a_target_in_per_cent_is_not_above_a_hundred(world):
    action = Action.objects.filter(measure__unit__startswith="%").select_related("lead").first()
    somebody = member("Una Cole", action.lead, "officer")
    with pytest.raises(NothingToChange, match="above 100"):
        ask(action, Wanted(ChangeKind.TARGET, target=Decimal(101)), "More.", by=somebody, now=NOW)


def test_a_plan_that_is_over_or_a_draft_is_not_changed(world):
    ActionPlan.objects.filter(code="appendix-c").update(is_draft=True)
    with pytest.raises(NothingToChange, match="draft"):
        asked()
    ActionPlan.objects.filter(code="appendix-c").update(is_draft=False, period_end=date(2026, 3, 9))
    with pytest.raises(NothingToChange, match="over"):
        asked(Wanted(ChangeKind.TARGET, target=Decimal(1)))


def test_somebody_without_a_part_in_it_asks_nothing(world):
    stranger = member("Ada Finch", organisation("opcc"), "officer")
    assert not c3().involves(stranger.organisation)
    with pytest.raises(NotYoursToAsk):
        asked(by=stranger)


def test_the_same_is_asked_once_until_it_is_decided(world):
    asked()
    with pytest.raises(AskedAlready, match="Ngozi Bell"):
        asked(later_due(90))
    asked(Wanted(ChangeKind.TARGET, target=Decimal(5)))


def test_a_refusal_says_why_and_leaves_everything(world):
    owned_by(owen())
    due, request = c3().due, asked()
    refuse(request, "The year has started.", by=owen(), now=LATER)
    request.refresh_from_db()
    assert (request.decision, request.decision_words) == (Decision.REFUSED, "The year has started.")
    assert (c3().due, c3().times_put_off, c3().versions.count()) == (due, 0, 1)


def test_ngozi_takes_back_what_she_asked_and_nobody_else_does(world):
    request = asked()
    with pytest.raises(NotYoursToDecide):
        withdraw(request, by=owen(), now=LATER)
    withdraw(request, by=ngozi(), now=LATER)
    with pytest.raises(DecidedAlready, match=r"Ngozi Bell took back this on 10 March 2026 at 11:30"):
        approve(request, "Yes.", by=owen(), now=LATER)


def test_only_the_owner_of_the_plan_decides(world):
    owned_by(owen())
    request = asked()
    for other in (mabel(), farah(), ngozi(), tomasz(), gwen()):
        with pytest.raises(NotYoursToDecide):
            approve(request, "Yes.", by=other, now=LATER)


def test_where_a_plan_has_no_owner_nobody_decides_about_their_own_request(world):
    owen(), mabel()
    request = asked(by=owen())
    assert request.decision == Decision.WAITING
    assert (may_decide(owen(), request), may_decide(mabel(), request)) == (False, True)
    assert list(ChangeRequest.objects.to_be_decided_by(owen())) == []
    approve(request, "Yes.", by=mabel(), now=LATER)


def test_an_owner_alone_in_the_house_changes_at_once(world):
    assert asked(by=owen()).decision == Decision.APPROVED


def test_an_owner_s_own_change_is_asked_and_approved_by_the_owner(world):
    owned_by(owen())
    mabel()
    request = asked(by=owen())
    assert (request.decision, request.asked_by, request.decided_by) == (Decision.APPROVED, owen(), owen())
    assert request.old_due == c3().original_due


def test_an_approval_that_no_longer_fits_is_not_made(world):
    owned_by(owen())
    request = asked()
    Action.objects.filter(ref="C3").update(due=request.new_due)
    with pytest.raises(NothingToChange):
        approve(request, "Yes.", by=owen(), now=LATER)
    request.refresh_from_db()
    assert request.decision == Decision.WAITING


def with_evidence() -> None:
    Evidence.objects.create(action=c3(), title="Certificates", link="https://c.example/", added_at=NOW)


def test_nothing_is_closed_without_evidence(world):
    owned_by(owen())
    with pytest.raises(EvidenceMissing, match="at least one link or file"):
        ask(c3(), Wanted(ChangeKind.CLOSE), "All are trained.", by=owen(), now=NOW)


def test_the_lead_asks_to_close_and_the_owner_closes(world):
    owned_by(owen())
    with_evidence()
    due = asked()
    closing = ask(c3(), Wanted(ChangeKind.CLOSE), "All are trained.", by=ngozi(), now=NOW)
    assert c3().closed_on is None
    approve(closing, "Well done.", by=owen(), now=LATER)
    action = c3()
    assert (action.closed_on, action.closed_by, action.closing_words) == (
        date(2026, 3, 10),
        owen(),
        "All are trained.",
    )
    due.refresh_from_db()
    assert (due.decision, due.decided_by) == (Decision.REFUSED, owen())
    with pytest.raises(NothingToChange, match="Open it again first"):
        asked()


def test_what_was_closed_is_opened_again_with_a_reason(world):
    owned_by(owen())
    with_evidence()
    ask(c3(), Wanted(ChangeKind.CLOSE), "Done.", by=owen(), now=NOW)
    ask(c3(), Wanted(ChangeKind.REOPEN), "Two sites were missed.", by=owen(), now=LATER)
    action = c3()
    assert (action.closed_on, action.closed_by, action.closing_words) == (None, None, "")
    assert [version.act for version in action.versions.all()[:2]] == ["opened again", "closed"]
    assert action.change_requests.first().reason == "Two sites were missed."


def test_two_owners_who_decide_at_once_are_one_decision_and_one_told(committed):
    plans_as_of_today()
    request, deciders = asked(), [owen(), mabel()]
    start = Barrier(2)

    def decide(person, act) -> str:
        try:
            start.wait(timeout=10)
            act(ChangeRequest.objects.get(pk=request.pk), "Said.", by=person, now=LATER)
        except DecidedAlready as decided:
            return str(decided)
        finally:
            connections.close_all()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = list(pool.map(decide, deciders, [approve, refuse]))
    assert sorted(map(bool, told)) == [False, True]
    winner = deciders[told.index("")]
    assert next(filter(None, told)).startswith(f"{winner} ")
    request.refresh_from_db()
    assert request.decided_by == winner
    assert c3().times_put_off == (1 if winner == deciders[0] else 0)


def test_who_asked_is_written_to_once_it_is_decided_and_not_what_about(world):
    owned_by(owen())
    request = asked()
    approve(request, "Agreed, till then.", by=owen(), now=LATER)
    entry = OutboxEntry.objects.get(kind=KIND)
    assert tell_of(entry.payload)
    message = mail.outbox[-1]
    assert message.to == [request.asked_by.email]
    assert f"/staff/plans/requests/{request.pk}/" in message.body
    assert "C3" not in message.subject + message.body
    assert "Agreed" not in message.body


def test_nobody_is_written_to_about_their_own_decision_or_after_they_left(world):
    owned_by(owen())
    ask(c3(), later_due(), "Later.", by=owen(), now=NOW)
    withdraw(asked(), by=ngozi(), now=LATER)
    assert not OutboxEntry.objects.filter(kind=KIND).exists()
    request = asked()
    refuse(request, "Not now.", by=owen(), now=LATER)
    User.objects.filter(pk=request.asked_by_id).update(is_active=False)
    assert not tell_of(OutboxEntry.objects.get(kind=KIND).payload)
    assert mail.outbox == []
