"""Sharing: parts, by whom, on what basis, until when; and what ends it."""

from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from casework.giving_sight import Terms, end_what_ran_out, share, stop_sharing
from casework.joining import join, take_out
from casework.models import Case, Override, Referral, ReferralState, Share, WhyEnded
from casework.overriding import (
    DecidedAlready,
    NotTheSecondPerson,
    decide_override,
    propose_override,
    to_decide,
)
from casework.parts import ALL_PARTS, UnknownPart, in_order
from casework.parts import in_words as parts_in_words
from casework.referring import CannotAnswer, answer_referral, refer, withdraw_referral
from casework.sharing import (
    BarredFromReport,
    CannotShare,
    NotTheirAgreement,
    ReasonNeeded,
    SecondPersonNeeded,
    SharedAlready,
    still_shared,
)
from casework.timeline import timeline
from outbox.models import OutboxEntry
from partners.models import Organisation, SharingAgreement, User
from reporting.models import HelpAsked, Report, ReportGrant
from reporting.resharing import bar, permit
from reporting.withdrawing import take_back
from scope.context import public_scope, staff_scope, worker_scope
from tests.casework.given import ON_TERMS, chosen_later
from tests.casework.world import BARS_THE_POLICE, shared_anyway, told, triaged
from tests.people import NOW, member, mona, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=3)


def here() -> AbstractContextManager[None]:
    return staff_scope(ngozi().organisation_id or 0)


def of_victim_first() -> User:
    return member("Vera Lind", organisation("victim-first"), "officer")


def shared(case: Case, **terms: object) -> Share:
    """Ngozi shares with Victim First, whom the person has chosen."""
    with here():
        to = chosen_later(case)
        return share(case, to, Terms.of(["what", "risk"], "public_task", **terms), by=ngozi(), now=LATER)


def referred(case: Case) -> Referral:
    with here():
        return refer(
            case, chosen_later(case), "support", ON_TERMS, asked="Please ring her.", by=ngozi(), now=LATER
        )


def sees_it(who: User) -> bool:
    with staff_scope(who.organisation_id or 0):
        return Case.objects.exists() or Report.objects.exists() or ReportGrant.objects.exists()


# What is shared -----------------------------------------------------------------------------------------------


def test_parts_are_said_in_one_order_and_unknown_ones_refused() -> None:
    assert [part.code for part in in_order({"risk", "what"})] == ["what", "risk"]
    assert parts_in_words(["risk", "what"]) == "What happened; risk"
    assert parts_in_words([]).startswith("Only that there is a case")
    with pytest.raises(UnknownPart, match="shoe size"):
        in_order(["shoe size"])


def test_whom_the_person_chose_sees_the_parts_that_one_officer_shares() -> None:
    case = triaged(told(), by=ngozi())
    made = shared(case, ends_on=(NOW + timedelta(days=30)).date())
    with here():
        assert still_shared(case, made.organisation) == {"what", "risk"}
        assert still_shared(case, ngozi().organisation) == ALL_PARTS
        assert still_shared(case, organisation("lcc")) == frozenset()
        facts = case.events.last().facts
        said = timeline(case)[-1]["body"]
    assert facts == {
        "with": "victim-first",
        "parts": ["what", "risk"],
        "lawful_basis": "public_task",
        "was_chosen": True,
        "ends_on": "2026-04-09",
    }
    assert said == (
        "Parts: What happened; risk. Basis: Our public task, for reasons of substantial public interest. "
        "Until 9 April 2026."
    )
    with staff_scope(made.organisation_id):
        grant = ReportGrant.objects.get(organisation=made.organisation)
        assert (grant.follows_choice, grant.lawful_basis) == ("victim_first", "public_task")


def test_what_they_see_already_is_not_shared_twice() -> None:
    case = triaged(told(), by=ngozi())
    made = shared(case)
    with here():
        with pytest.raises(SharedAlready, match="these parts already"):
            share(case, made.organisation, Terms.of(["risk"], "public_task"), by=ngozi(), now=LATER)
        with pytest.raises(SharedAlready, match="Stop that first"):
            share(case, made.organisation, Terms.of(["done"], "public_task"), by=ngozi(), now=LATER)
        with pytest.raises(SharedAlready):
            share(case, organisation("police"), ON_TERMS, by=ngozi(), now=LATER)


def test_nothing_is_shared_with_whom_the_person_barred_in_any_way() -> None:
    case = triaged(told(**BARS_THE_POLICE), by=ngozi())
    police = organisation("police")
    with here():
        chosen_later(case, "police", "police")
        for refused in (
            lambda: share(case, police, ON_TERMS, by=ngozi(), now=LATER),
            lambda: refer(case, police, "police", ON_TERMS, asked="Look.", by=ngozi(), now=LATER),
            lambda: propose_override(case, police, ON_TERMS, reason="Danger", by=ngozi(), now=LATER),
        ):
            with pytest.raises(BarredFromReport):
                refused()
        assert not Share.objects.exists()
        assert not Referral.objects.exists()
        assert not Override.objects.exists()
        assert still_shared(case, police) == frozenset()


def test_an_agreement_is_one_that_they_signed() -> None:
    case = triaged(told(), by=ngozi())
    agreement = SharingAgreement.objects.create(
        title="Hate crime partners", signed_on=NOW.date(), review_on=NOW.date() + timedelta(days=365)
    )
    with pytest.raises(NotTheirAgreement, match="has not signed"):
        shared(case, agreement=agreement)
    agreement.organisations.add(organisation("victim-first"))
    assert shared(case, agreement=agreement).agreement == agreement


# By two -------------------------------------------------------------------------------------------------------


def test_whom_the_person_did_not_choose_sees_nothing_until_a_second_person_agrees() -> None:
    case, lcc = triaged(told(), by=ngozi()), organisation("lcc")
    with here():
        with pytest.raises(SecondPersonNeeded):
            share(case, lcc, ON_TERMS, by=ngozi(), now=LATER)
        with pytest.raises(ReasonNeeded):
            propose_override(case, lcc, ON_TERMS, reason=" ", by=ngozi(), now=LATER)
        found = propose_override(case, lcc, ON_TERMS, reason="They let the flat.", by=ngozi(), now=LATER)
        assert still_shared(case, lcc) == frozenset()
        assert not Share.objects.exists()
        assert [list(to_decide(who, now=LATER)) for who in (mona(), ngozi())] == [[found], []]
        decide_override(found, is_agreed=True, by=mona(), now=LATER)
        assert still_shared(case, lcc) == {"what", "risk"}
        assert Share.objects.get().was_chosen is False
        last = timeline(case)[-1]
    assert last["title"] == (
        "Shared with Leicestershire County Council without the person’s choice, proposed by Ngozi Bell"
    )
    assert last["who"].startswith("Mona Reed")


def test_whoever_proposed_it_and_whoever_does_not_manage_where_it_is_led_does_not_decide() -> None:
    case, lcc = triaged(told(), by=ngozi()), organisation("lcc")
    manager_elsewhere = member("Olga Finn", organisation("police"), "team_manager")
    colleague = member("Kit Barlow", organisation("charnwood-bc"), "officer")
    with here():
        found = propose_override(case, lcc, ON_TERMS, reason="They let the flat.", by=mona(), now=LATER)
        for nobody in (mona(), colleague, manager_elsewhere):
            with pytest.raises(NotTheSecondPerson):
                decide_override(found, is_agreed=True, by=nobody, now=LATER)
        assert still_shared(case, lcc) == frozenset()
        with pytest.raises(IntegrityError), transaction.atomic():  # nor does the database take it
            Override.objects.update(decided_at=LATER, decided_by=mona(), is_agreed=True)


def test_a_no_shares_nothing_and_nothing_is_decided_twice_or_after_five_working_days() -> None:
    case, lcc = triaged(told(), by=ngozi()), organisation("lcc")
    with here():
        found = propose_override(case, lcc, ON_TERMS, reason="They let the flat.", by=ngozi(), now=LATER)
        with pytest.raises(SharedAlready, match="waits for a second person"):
            propose_override(case, lcc, ON_TERMS, reason="Again.", by=ngozi(), now=LATER)
        decide_override(found, is_agreed=False, note="Ask them first.", by=mona(), now=LATER)
        with pytest.raises(DecidedAlready):
            decide_override(found, is_agreed=True, by=mona(), now=LATER)
        again = propose_override(case, lcc, ON_TERMS, reason="They agree.", by=ngozi(), now=LATER)
        with pytest.raises(DecidedAlready):
            decide_override(again, is_agreed=True, by=mona(), now=LATER + timedelta(days=8))
        assert still_shared(case, lcc) == frozenset()


# Asking others to act -----------------------------------------------------------------------------------------


def test_a_referral_is_asked_accepted_and_done_and_the_persons_page_follows() -> None:
    case = triaged(told(), by=ngozi())
    found = referred(case)
    assert found.due_at.date() == (LATER + timedelta(days=2)).date()
    with here():
        stood = [HelpAsked.objects.get().stands]
        with pytest.raises(SharedAlready, match="asked for this already"):
            refer(case, found.organisation, "support", ON_TERMS, asked="Again", by=ngozi(), now=LATER)
        with pytest.raises(CannotAnswer, match="was asked, and answers"):
            answer_referral(found, "accepted", note="", by=ngozi(), now=LATER)
    vera = of_victim_first()
    with staff_scope(vera.organisation_id or 0):
        for answer, words in (("accepted", "Ella rings her."), ("done", "She has somebody now.")):
            answer_referral(
                Referral.objects.select_related("case").get(), answer, note=words, by=vera, now=LATER
            )
            stood.append(HelpAsked.objects.get().stands)
        with pytest.raises(CannotAnswer, match="is done"):
            answer_referral(Referral.objects.get(), "accepted", note="", by=vera, now=LATER)
    with here():
        kept = Referral.objects.get()
        assert (kept.unseal("asked"), kept.unseal("answer")) == ("Please ring her.", "Ella rings her.")
        assert kept.unseal("result") == "She has somebody now."
    assert stood == ["asked", "accepted", "done"]


def test_who_was_not_chosen_is_shared_with_by_two_before_they_are_asked() -> None:
    case, lcc = triaged(told(), by=ngozi()), organisation("lcc")
    with here():
        with pytest.raises(SecondPersonNeeded, match="Propose to share it first"):
            refer(case, lcc, "housing", ON_TERMS, asked="Move her.", by=ngozi(), now=LATER)
        shared_anyway(case, lcc, by=ngozi(), parts=["what", "risk"])
        refer(case, lcc, "housing", ON_TERMS, asked="Move her.", by=ngozi(), now=LATER)
        assert Share.objects.count() == 1


def test_a_referral_is_withdrawn_and_what_they_see_stays_until_it_is_stopped() -> None:
    case = triaged(told(), by=ngozi())
    found = referred(case)
    with here():
        withdraw_referral(found, by=ngozi(), now=LATER)
        assert Referral.objects.get().state == ReferralState.WITHDRAWN
        assert HelpAsked.objects.get().stands == "withdrawn"
        assert still_shared(case, found.organisation) == {"what", "risk"}
        with pytest.raises(CannotAnswer, match="nothing to withdraw"):
            withdraw_referral(found, by=ngozi(), now=LATER)


def test_a_refused_act_leaves_nothing_to_be_mailed() -> None:
    case = triaged(told(), by=ngozi())
    with here(), pytest.raises(CannotShare):
        refer(case, organisation("lcc"), "housing", ON_TERMS, asked="Move her.", by=ngozi(), now=LATER)
    assert not OutboxEntry.objects.filter(kind="casework.referral_waits").exists()


# What ends it -------------------------------------------------------------------------------------------------


def test_an_officer_stops_it_and_they_see_nothing_from_then_on() -> None:
    case = triaged(told(), by=ngozi())
    made = shared(case)
    assert sees_it(of_victim_first())
    with here():
        stop_sharing(made, by=ngozi(), now=LATER)
        stop_sharing(made, by=ngozi(), now=LATER)
        kept = Share.objects.get()
        assert (kept.ended_why, kept.ended_by) == (WhyEnded.STOPPED, ngozi())
        assert [event.act for event in case.events.all()][-2:] == ["share", "stop_sharing"]
    assert not sees_it(of_victim_first())


def test_after_its_last_day_the_next_minute_ends_it_once() -> None:
    case = triaged(told(), by=ngozi())
    shared(case, ends_on=LATER.date())
    assert end_what_ran_out(now=LATER) == 0
    tomorrow = LATER + timedelta(days=1)
    assert [end_what_ran_out(now=tomorrow) for _ in range(2)] == [1, 0]
    assert not sees_it(of_victim_first())
    with here():
        assert Share.objects.get().ended_why == WhyEnded.RAN_OUT
        assert case.events.last().act == "share_ran_out"
        assert timeline(case)[-1]["title"].startswith("Time over")
    assert AuditEvent.objects.filter(act="case.share_ran_out", actor_id=None).count() == 1


@pytest.mark.parametrize("door", ["take back", "bar"])
def test_what_the_person_takes_back_ends_the_share_and_the_referral_at_once(door: str) -> None:
    report = told()
    case = triaged(report, by=ngozi())
    found = referred(case)
    with public_scope(report=report.pk):
        mine = Report.objects.get()
        if door == "take back":
            take_back(mine, "victim_first", now=LATER)
        else:
            bar(mine, ["victim-first"], "", now=LATER)
        assert HelpAsked.objects.get().stands == "withdrawn"
    assert not sees_it(of_victim_first())
    with here():
        assert still_shared(case, found.organisation) == frozenset()
        kept = Share.objects.get()
        assert (kept.ended_why, kept.ended_at) == (WhyEnded.TAKEN_BACK, LATER)
        assert Referral.objects.get().state == ReferralState.WITHDRAWN
        assert timeline(case)[-1]["title"] == "Victim First may no longer see it: the person took it back"
        with pytest.raises(CannotShare):
            share(case, found.organisation, ON_TERMS, by=ngozi(), now=LATER)


def test_a_bar_that_is_gone_again_does_not_bring_the_share_back() -> None:
    report = told()
    case = triaged(report, by=ngozi())
    made = shared(case)
    with public_scope(report=report.pk):
        bar(Report.objects.get(), ["victim-first"], "", now=LATER)
    with worker_scope():
        kept = Report.objects.get()
        kept.bars.all().delete()
        kept.recompute_visibility()
        assert made.organisation_id not in kept.visible_to


def test_what_two_people_decided_outlives_a_choice_that_is_taken_back() -> None:
    report = told()
    case = triaged(report, by=ngozi())
    with here():
        shared_anyway(case, organisation("victim-first"), by=ngozi(), parts=["what"])
    with public_scope(report=report.pk):
        mine = Report.objects.get()
        permit(mine, "victim_first", now=LATER)
        with staff_scope(organisation("victim-first").pk):
            assert still_shared(case, organisation("victim-first")) == ALL_PARTS
        take_back(Report.objects.get(), "victim_first", now=LATER)
    with here():
        assert still_shared(case, organisation("victim-first")) == {"what"}
        assert Share.objects.running().count() == 1


def test_who_sees_on_another_ground_sees_on_and_only_the_share_ends() -> None:
    report = told(Q24=["council", "victim_first"])
    case = triaged(report, by=ngozi())
    police: Organisation = organisation("police")
    with here():
        shared_anyway(case, police, by=ngozi(), parts=["what", "risk"])
    with public_scope(report=report.pk):
        mine = Report.objects.get()
        permit(mine, "police", now=LATER)
    with here():
        stop_sharing(Share.objects.get(), by=ngozi(), now=LATER)
        assert still_shared(case, police) == ALL_PARTS
    assert sees_it(tomasz())


def test_a_report_that_leaves_the_case_is_not_seen_any_more_and_the_share_of_the_rest_goes_on() -> None:
    case, other = triaged(told(), by=ngozi()), told()
    with here():
        join(case, other, note="The same evening.", by=ngozi(), now=NOW + timedelta(hours=1))
        case = Case.objects.get()
    made = shared(case)
    with staff_scope(made.organisation_id):
        assert Report.objects.count() == 2
    with here():
        take_out(case, Report.objects.get(pk=other.pk), note="Another evening.", by=ngozi(), now=LATER)
        assert Share.objects.running().count() == 1
        assert still_shared(case, made.organisation) == {"what", "risk"}
    with staff_scope(made.organisation_id):
        assert Report.objects.exclude(pk=other.pk).count() == Report.objects.count() == 1
