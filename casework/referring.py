"""Referring: one organisation asks another to act on a case, hears whether it will, and what came of it.

Whoever is asked must see what they are asked about, so a referral begins a share where there is none and the person
chose them. The person's own page says who was asked, and how it stands.
"""

from datetime import datetime

from django.db import transaction

from casework.clock import due_after
from casework.giving_sight import Terms, let_see
from casework.models import Case, Referral, ReferralState
from casework.models.share import OPEN_REFERRALS
from casework.sharing import (
    CannotShare,
    SecondPersonNeeded,
    SharedAlready,
    refuse_barred,
    sees_all,
    was_chosen,
)
from outbox.models import OutboxEntry
from partners.models import Organisation, User
from partners.referral_kinds import referral_kind
from reporting.models import HelpStands
from reporting.models.help_asked import ask_for_help, help_stands

# The work of telling an organisation that a referral waits (`casework/referral_mail.py`).
WAITS = "casework.referral_waits"
# What may be answered while it stands so.
ANSWERS = {
    ReferralState.ASKED: (ReferralState.ACCEPTED, ReferralState.DECLINED),
    ReferralState.ACCEPTED: (ReferralState.DONE, ReferralState.DECLINED),
}


class CannotAnswer(CannotShare):
    """The referral is over, or is not this organisation's to answer."""


@transaction.atomic
def refer(
    case: Case,
    organisation: Organisation,
    kind: str,
    terms: Terms,
    *,
    asked: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Referral:
    """Asks an organisation to act, in these words; raises CannotShare or NoSuchKind."""
    case.begin("refer", seen)
    refuse_barred(organisation, case.reports)
    if case.referrals.to(organisation.pk).still_open().filter(kind=kind).exists():
        raise SharedAlready(
            f"{organisation.short_name} has been asked for this already, and it is still open."
        )
    if not sees_all(case.reports, organisation, terms.parts):
        if not was_chosen(organisation, case.reports):
            raise SecondPersonNeeded(
                f"The person did not choose {organisation.short_name}, and they do not see these parts. Propose to "
                "share it first: a second person decides."
            )
        let_see(case, organisation, terms, was_chosen=True, by=by, now=now)
    assert by.organisation_id, "a permission comes with a workplace"
    made = Referral(
        case=case,
        organisation=organisation,
        from_organisation_id=by.organisation_id,
        kind=kind,
        parts=list(terms.parts),
        lawful_basis=terms.lawful_basis,
        agreement=terms.agreement,
        asked_at=now,
        asked_by=by,
        due_at=due_after(now, referral_kind(kind).working_days),
    )
    made.seal("asked", asked)
    made.save(force_insert=True)
    ask_for_help([each for each in case.reports if each.erased_at is None], made.pk, organisation, now=now)
    OutboxEntry.put(WAITS, str(made.pk), {"referral": str(made.pk)}, now=now)
    case.end("refer", by=by, now=now, note=asked, kind=kind, **terms.facts(organisation))
    return made


@transaction.atomic
def answer_referral(
    found: Referral, answer: str, *, note: str, by: User, now: datetime, seen: int | None = None
) -> None:
    """Whoever was asked accepts, declines with a reason, or says what came of it; raises CannotAnswer."""
    case = found.case
    case.begin("answer_referral", seen)
    found = _locked(found)
    if found.organisation_id != by.organisation_id:
        raise CannotAnswer(f"{found.organisation.short_name} was asked, and answers.")
    if answer not in ANSWERS.get(ReferralState(found.state), ()):
        raise CannotAnswer(f"This referral {_stands(found)}: it can’t be {ReferralState(answer).label} now.")
    state = ReferralState(answer)
    found.seal("result" if state == ReferralState.DONE else "answer", note)
    if state != ReferralState.DONE:
        found.answered_at, found.answered_by = now, by
    _stand(found, state, now=now)
    facts = {"with": found.organisation.code, "kind": found.kind, "answer": answer}
    case.end("answer_referral", by=by, now=now, note=note, **facts)


@transaction.atomic
def withdraw_referral(
    found: Referral, *, note: str = "", by: User, now: datetime, seen: int | None = None
) -> None:
    """It need not be done any more; what they see stays until the share is ended. Raises CannotAnswer."""
    case = found.case
    case.begin("withdraw_referral", seen)
    found = _locked(found)
    if found.state not in OPEN_REFERRALS:
        raise CannotAnswer(f"This referral {_stands(found)}: there is nothing to withdraw.")
    _stand(found, ReferralState.WITHDRAWN, now=now)
    facts = {"with": found.organisation.code, "kind": found.kind}
    case.end("withdraw_referral", by=by, now=now, note=note, **facts)


def _locked(found: Referral) -> Referral:
    rows = Referral.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("case", "organisation").get(pk=found.pk)


def _stand(found: Referral, state: ReferralState, *, now: datetime) -> None:
    found.state = state
    if state not in OPEN_REFERRALS:
        found.ended_at = now
    found.save()
    help_stands(found.pk, HelpStands(state.value), now=now)


def _stands(found: Referral) -> str:
    return "waits for an answer" if found.state == ReferralState.ASKED else f"is {found.get_state_display()}"
