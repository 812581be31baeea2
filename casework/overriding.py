"""Sharing although the person did not choose it, or took it back: one officer proposes it with a reason, a manager of
the organisation that leads decides it. Nothing is shared before."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casework.clock import due_after
from casework.giving_sight import Terms, let_see
from casework.models import Case, Override
from casework.sharing import (
    CannotShare,
    ReasonNeeded,
    SharedAlready,
    refuse_agreement,
    refuse_barred,
    sees_all,
    was_chosen,
)
from partners.models import Organisation, User
from partners.roles import Permission

# Then what was true has to be said anew.
LAPSES_AFTER_WORKING_DAYS = 5


class NotTheSecondPerson(CannotShare):
    """Whoever proposed it, or may not decide for the leading organisation, does not decide it."""


class DecidedAlready(CannotShare):
    """Somebody else decided it, or its time is over."""


@transaction.atomic
def propose_override(
    case: Case,
    organisation: Organisation,
    terms: Terms,
    *,
    reason: str,
    by: User,
    now: datetime,
    seen: int | None = None,
) -> Override:
    """Asks a second person to agree that parts of the case are shared with somebody whom the person did not choose;
    raises CannotShare."""
    case.begin("propose_override", seen)
    refuse_barred(organisation, case.reports)
    refuse_agreement(terms.agreement, organisation, today=timezone.localdate(now))
    if not reason.strip():
        raise ReasonNeeded(
            f"The person did not choose {organisation.short_name}. Say why it has to be shared anyway."
        )
    if was_chosen(organisation, case.reports) or sees_all(case.reports, organisation, terms.parts):
        raise SharedAlready(
            f"{organisation.short_name} needs no second person: share it, or they see it already."
        )
    if any(each.waits(now=now) for each in case.overrides.filter(organisation=organisation, decided_at=None)):
        raise SharedAlready(f"Sharing with {organisation.short_name} waits for a second person already.")
    made = Override(
        case=case,
        organisation=organisation,
        parts=list(terms.parts),
        lawful_basis=terms.lawful_basis,
        agreement=terms.agreement,
        ends_on=terms.ends_on,
        proposed_at=now,
        proposed_by=by,
        lapses_at=due_after(now, LAPSES_AFTER_WORKING_DAYS),
    )
    made.seal("reason", reason)
    made.save(force_insert=True)
    case.end("propose_override", by=by, now=now, note=reason, **terms.facts(organisation))
    return made


@transaction.atomic
def decide_override(
    found: Override,
    *,
    is_agreed: bool,
    note: str = "",
    by: User,
    now: datetime,
    seen: int | None = None,
) -> None:
    """A second person says yes, and it is shared at once, or no; raises NotTheSecondPerson, DecidedAlready or another
    CannotShare."""
    case = found.case
    case.begin("decide_override", seen)
    found = Override.objects.select_for_update(of=("self",), no_key=True).get(pk=found.pk)
    if not found.waits(now=now):
        raise DecidedAlready(
            "This was decided, or nobody decided it in time. If it is still needed, propose it anew."
        )
    if not may_decide(by, found, case):
        raise NotTheSecondPerson(
            f"A manager of {case.lead_organisation.short_name} decides this, and not the one who proposed it."
        )
    terms = Terms.of(found.parts, found.lawful_basis, found.agreement, found.ends_on)
    if is_agreed:
        let_see(case, found.organisation, terms, was_chosen=False, by=by, now=now)
    found.decided_at, found.decided_by, found.is_agreed = now, by, is_agreed
    found.save(update_fields=["decided_at", "decided_by", "is_agreed"])
    facts = {"is_agreed": is_agreed, "proposed_by": found.proposed_by_id, **terms.facts(found.organisation)}
    case.end("decide_override", by=by, now=now, note=note, **facts)


def to_decide(user: User, *, now: datetime) -> QuerySet[Override]:
    """What waits for this person as the second one, the first to lapse at the top; nothing for who does not manage."""
    if not user.may(Permission.MANAGE_TEAM):
        return Override.objects.none()
    led = Case.objects.visible_to(user).led_by(user.organisation_id)
    waiting = Override.objects.filter(case__in=led, decided_at=None, lapses_at__gt=now)
    return waiting.exclude(proposed_by=user).order_by("lapses_at", "id")


def may_decide(user: User, found: Override, case: Case) -> bool:
    """Whether this person is a second one: not who proposed it, and a manager where the case is led."""
    of_the_lead = user.organisation_id == case.lead_organisation_id and user.may(Permission.MANAGE_TEAM)
    return of_the_lead and user.pk != found.proposed_by_id
