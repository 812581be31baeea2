"""Referrals in words, for who asked, who was asked and who else sees the case."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from casework.clock import due_words
from casework.models import Case, Referral, ReferralState
from casework.parts import in_words
from casework.permissions import may
from casework.timeline import when
from partners.models import User
from partners.referral_kinds import NoSuchKind, referral_kind


@dataclass(frozen=True)
class Line:
    """One referral. What was asked and answered is '' for who is neither of the two."""

    id: UUID
    kind: str
    to: str
    asked_by: str
    asked_at: str
    state: str
    colour: str
    due: str
    is_late: bool
    parts: str
    asked: str
    answer: str
    result: str
    may_answer: bool
    may_finish: bool
    may_withdraw: bool


COLOURS = {
    ReferralState.ASKED: "plum",
    ReferralState.ACCEPTED: "blue",
    ReferralState.DONE: "green",
}


def kind_in_words(code: str) -> str:
    """What is asked for; a kind that the partnership no longer has stands for itself."""
    try:
        return referral_kind(code).name
    except NoSuchKind:
        return code.replace("_", " ").capitalize()


def lines_for(case: Case, user: User, *, now: datetime) -> list[Line]:
    """The referrals of a case, the newest first; opens their words to those between whom they are."""
    found = case.referrals.select_related("organisation", "from_organisation", "asked_by", "answered_by")
    acts = acts_on(case, user)
    return [line(each, case, user, acts, now=now) for each in found.order_by("-asked_at", "-id")]


def acts_on(case: Case, user: User) -> set[str]:
    """Which acts on referrals the person may do on the case."""
    return {act for act in ("answer_referral", "withdraw_referral") if may(user, act, case)}


def line(found: Referral, case: Case, user: User, acts: set[str], *, now: datetime) -> Line:
    """One referral as this person reads it; `acts` are those of `acts_on`."""
    found.case = case
    is_between_us = user.organisation_id in (found.organisation_id, found.from_organisation_id)
    is_ours = is_between_us or "withdraw_referral" in acts
    answers = user.organisation_id == found.organisation_id and "answer_referral" in acts
    waits = found.state == ReferralState.ASKED
    return Line(
        id=found.pk,
        kind=kind_in_words(found.kind),
        to=found.organisation.name,
        asked_by=f"{found.asked_by}, {found.from_organisation}",
        asked_at=when(found.asked_at),
        state=found.get_state_display().capitalize(),
        colour=COLOURS.get(ReferralState(found.state), "grey"),
        due=due_words(found.due_at, now=now) if waits else "",
        is_late=waits and now > found.due_at,
        parts=in_words(found.parts),
        asked=found.unseal("asked") if is_ours else "",
        answer=found.unseal("answer") if is_ours else "",
        result=found.unseal("result") if is_ours else "",
        may_answer=answers and waits,
        may_finish=answers and found.state == ReferralState.ACCEPTED,
        may_withdraw=found.is_open and "withdraw_referral" in acts,
    )
