"""Changes of what was promised: another due date, target or lead, closing an action and opening it again.

Whoever has a part in an action asks, with a reason; the plan's owner decides, with words. What an owner changes alone
is the same record, asked and approved at once. The first promise is kept beside the newest (`original_…`).
All take the action's row first: two who decide at once wait for each other, and the second hears what was said.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from actionplans.history import keep_version
from actionplans.models import Action, ActionPlan, ChangeKind, ChangeRequest, Decision
from actionplans.telling_of_decisions import put_decided
from audit import trail
from partners.models import Organisation, User
from partners.models.person import holders_of
from partners.roles import Permission

_DECIDED = {
    Decision.APPROVED: "change.approved",
    Decision.REFUSED: "change.refused",
    Decision.WITHDRAWN: "change.withdrawn",
}
CLOSED_MEANWHILE = "The action was closed, so nothing else is changed on it."


class NotYoursToAsk(Exception):
    """Only who leads or supports an action, or owns its plan, asks for a change."""


class NotYoursToDecide(Exception):
    """Only the plan's owner decides, and not alone about what they asked themselves."""


class NothingToChange(Exception):
    """The action can't be changed so; the message says why."""


class AskedAlready(Exception):
    """The same kind of change waits for a decision already; the message says whose."""


class DecidedAlready(Exception):
    """Somebody decided before; the message says who, and how."""


class EvidenceMissing(Exception):
    """Nothing shows what was done, so the action can't be closed."""


@dataclass(frozen=True)
class Wanted:
    """One change: its kind, and the new value of the kinds that have one."""

    kind: ChangeKind
    due: date | None = None
    target: Decimal | None = None
    lead: Organisation | None = None


def may_ask(user: User, action: Action) -> bool:
    """Whether this person may ask for changes of the action: their organisation has a part in it, or they own it."""
    if action.plan.is_owned_by(user):
        return True
    house = user.organisation
    return house is not None and user.may(Permission.UPDATE_PLANS) and action.involves(house)


def may_change_alone(user: User, plan: ActionPlan) -> bool:
    """Whether what this person asks counts at once: the plan is theirs, or nobody else could decide."""
    if not plan.is_owned_by(user):
        return False
    return plan.owner_id == user.pk or not holders_of(Permission.OWN_PLANS).exclude(pk=user.pk).exists()


def may_decide(user: User, request: ChangeRequest) -> bool:
    """Whether this person may approve or refuse; about their own request only where they may change alone."""
    plan = request.action.plan
    if request.asked_by_id == user.pk:
        return may_change_alone(user, plan)
    return plan.is_owned_by(user)


@transaction.atomic
def ask(action: Action, wanted: Wanted, reason: str, *, by: User, now: datetime) -> ChangeRequest:
    """Asks for a change; of whoever may change alone it counts at once.

    Raises NotYoursToAsk, NothingToChange, AskedAlready, EvidenceMissing.
    """
    locked = _locked(action.pk)
    if not may_ask(by, locked):
        raise NotYoursToAsk(f"{by} has no part in {locked.ref}.")
    alone = may_change_alone(by, locked.plan)
    _refuse_impossible(locked, wanted, now)
    _refuse_asked(locked, wanted.kind)
    made = ChangeRequest.objects.create(
        action=locked, reason=reason.strip(), asked_by=by, asked_at=now, **_columns(locked, wanted)
    )
    trail.record("change.asked", made, by=by, now=now, action=locked.pk, kind=str(wanted.kind))
    if alone:
        _approve(made, locked, "", by=by, now=now)
    return made


@transaction.atomic
def approve(request: ChangeRequest, words: str, *, by: User, now: datetime) -> None:
    """Makes the change. Raises NotYoursToDecide, DecidedAlready, NothingToChange, EvidenceMissing."""
    waiting, action = _locked_request(request, by)
    _refuse_impossible(action, wanted_of(waiting), now)
    _approve(waiting, action, words, by=by, now=now)


@transaction.atomic
def refuse(request: ChangeRequest, words: str, *, by: User, now: datetime) -> None:
    """Leaves everything as it is, and says why. Raises NotYoursToDecide, DecidedAlready."""
    waiting, _ = _locked_request(request, by)
    _decide(waiting, Decision.REFUSED, words, by=by, now=now)


@transaction.atomic
def withdraw(request: ChangeRequest, *, by: User, now: datetime) -> None:
    """Takes back what one asked oneself. Raises NotYoursToDecide, DecidedAlready."""
    if request.asked_by_id != by.pk:
        raise NotYoursToDecide("Only who asked for a change takes it back.")
    _locked(request.action_id)
    _decide(_still_waiting(request), Decision.WITHDRAWN, "", by=by, now=now)


def wanted_of(request: ChangeRequest) -> Wanted:
    """What a request asks for; needs its new lead."""
    return Wanted(ChangeKind(request.kind), request.new_due, request.new_target, request.new_lead)


def keep_before(action: Action, *, now: datetime) -> None:
    """Keeps how an action stood that was never changed before, so that its history shows what it was."""
    if not action.versions.exists():
        keep_version(action, "as it stood", by=None, now=now)


# How each kind is refused and made --------------------------------------------------------------------------------


def _refuse_impossible(action: Action, wanted: Wanted, now: datetime) -> None:
    if action.plan.is_draft:
        raise NothingToChange("The plan is a draft: change the action itself.")
    if action.plan.has_ended(today=timezone.localdate(now)):
        raise NothingToChange("The plan’s period is over: it is kept as it was.")
    if action.closed_on and wanted.kind != ChangeKind.REOPEN:
        raise NothingToChange(f"{action.ref} is closed. Open it again first.")
    _REFUSALS[wanted.kind](action, wanted)


def _refuse_due(action: Action, wanted: Wanted) -> None:
    assert wanted.due
    if wanted.due == action.due:
        raise NothingToChange(f"{action.ref} is due on that day already.")
    if wanted.due <= action.starts:
        raise NothingToChange(f"{action.ref} starts on {_day(action.starts)}: it must be due after that.")
    if wanted.due > max(action.plan.period_end, action.due):
        raise NothingToChange(
            f"The plan ends on {_day(action.plan.period_end)}. What takes longer is rolled into the next plan."
        )


def _refuse_target(action: Action, wanted: Wanted) -> None:
    measure = getattr(action, "measure", None)
    if measure is None:
        raise NothingToChange(f"{action.ref} has no measure.")
    if wanted.target == measure.target:
        raise NothingToChange("That is its target already.")
    if measure.is_percentage and wanted.target is not None and wanted.target > 100:
        raise NothingToChange("The target is a percentage: it can’t be above 100.")


def _refuse_lead(action: Action, wanted: Wanted) -> None:
    assert wanted.lead
    if wanted.lead.pk == action.lead_id:
        raise NothingToChange(f"{wanted.lead} leads it already.")
    if wanted.lead.retired_on:
        raise NothingToChange(f"{wanted.lead} is no longer a partner.")


def _refuse_closing(action: Action, wanted: Wanted) -> None:
    if not action.evidence.exists():
        raise EvidenceMissing("Add at least one link or file that shows what was done.")


def _refuse_reopening(action: Action, wanted: Wanted) -> None:
    if not action.closed_on:
        raise NothingToChange(f"{action.ref} is not closed.")


_REFUSALS: dict[ChangeKind, Callable[[Action, Wanted], None]] = {
    ChangeKind.DUE: _refuse_due,
    ChangeKind.TARGET: _refuse_target,
    ChangeKind.LEAD: _refuse_lead,
    ChangeKind.CLOSE: _refuse_closing,
    ChangeKind.REOPEN: _refuse_reopening,
}


def _move_due(action: Action, request: ChangeRequest) -> None:
    assert request.new_due
    action.original_due = action.original_due or action.due
    action.times_put_off += request.new_due > action.due
    action.due = request.new_due
    action.save(update_fields=["original_due", "times_put_off", "due"])


def _set_target(action: Action, request: ChangeRequest) -> None:
    measure = action.measure
    if measure.original_target is None:
        measure.original_target = measure.target
    measure.target = request.new_target
    measure.save(update_fields=["original_target", "target"])


def _give_lead(action: Action, request: ChangeRequest) -> None:
    """The lead before it stays with it as supporting, unless it is a partner no longer; its people are not named on."""
    before, after = action.lead, request.new_lead
    assert after
    action.original_lead = action.original_lead or before
    action.lead, action.owner, action.deputy = after, None, None
    action.save(update_fields=["original_lead", "lead", "owner", "deputy"])
    action.supporting.remove(after)
    if not before.retired_on:
        action.supporting.add(before)


def _close(action: Action, request: ChangeRequest) -> None:
    assert request.decided_at
    action.closed_on = timezone.localdate(request.decided_at)
    action.closed_by, action.closing_words = request.decided_by, request.reason
    action.save(update_fields=["closed_on", "closed_by", "closing_words"])
    for other in action.change_requests.waiting().select_for_update().exclude(pk=request.pk):
        assert request.decided_by
        _decide(other, Decision.REFUSED, CLOSED_MEANWHILE, by=request.decided_by, now=request.decided_at)


def _reopen(action: Action, request: ChangeRequest) -> None:
    action.closed_on, action.closed_by, action.closing_words = None, None, ""
    action.save(update_fields=["closed_on", "closed_by", "closing_words"])


_CHANGES: dict[ChangeKind, tuple[str, Callable[[Action, ChangeRequest], None]]] = {
    ChangeKind.DUE: ("due date changed", _move_due),
    ChangeKind.TARGET: ("target changed", _set_target),
    ChangeKind.LEAD: ("lead changed", _give_lead),
    ChangeKind.CLOSE: ("closed", _close),
    ChangeKind.REOPEN: ("opened again", _reopen),
}


# The rows ---------------------------------------------------------------------------------------------------------


def _approve(request: ChangeRequest, action: Action, words: str, *, by: User, now: datetime) -> None:
    keep_before(action, now=now)
    request.old_due, request.old_lead = action.due, action.lead
    request.old_target = action.measure.target if hasattr(action, "measure") else None
    _decide(request, Decision.APPROVED, words, by=by, now=now)
    name, change = _CHANGES[ChangeKind(request.kind)]
    change(action, request)
    keep_version(action, name, by=by, now=now)


def _decide(request: ChangeRequest, decision: Decision, words: str, *, by: User, now: datetime) -> None:
    request.decision, request.decision_words = decision, words.strip()
    request.decided_by, request.decided_at = by, now
    request.save()
    trail.record(_DECIDED[decision], request, by=by, now=now, action=request.action_id, kind=request.kind)
    put_decided(request, now=now)


def _locked(action_id: int) -> Action:
    whole = Action.objects.select_related("plan__owner", "lead", "measure")
    return whole.select_for_update(of=("self",)).get(pk=action_id)


def _locked_request(request: ChangeRequest, by: User) -> tuple[ChangeRequest, Action]:
    action = _locked(request.action_id)
    waiting = _still_waiting(request)
    waiting.action = action
    if not may_decide(by, waiting):
        raise NotYoursToDecide("The plan’s owner decides about this, and nobody about what they asked alone.")
    return waiting, action


def _still_waiting(request: ChangeRequest) -> ChangeRequest:
    found = ChangeRequest.objects.select_related("decided_by", "asked_by", "new_lead").get(pk=request.pk)
    if found.decision != Decision.WAITING:
        raise DecidedAlready(_what_was_decided(found))
    return found


def _what_was_decided(request: ChangeRequest) -> str:
    at = timezone.localtime(request.decided_at)
    verb = {Decision.APPROVED: "approved", Decision.REFUSED: "refused", Decision.WITHDRAWN: "took back"}
    return f"{request.decided_by} {verb[Decision(request.decision)]} this on {_day(at.date())} at {at:%H:%M}."


def _refuse_asked(action: Action, kind: ChangeKind) -> None:
    waiting = action.change_requests.waiting().filter(kind=kind).select_related("asked_by").first()
    if waiting:
        raise AskedAlready(
            f"{waiting.asked_by} asked for this on {_day(timezone.localdate(waiting.asked_at))}, and it waits."
        )


def _columns(action: Action, wanted: Wanted) -> dict[str, object]:
    return {
        "kind": wanted.kind,
        "new_due": wanted.due,
        "new_target": wanted.target,
        "new_lead": wanted.lead,
        "old_due": action.due,
        "old_target": action.measure.target if hasattr(action, "measure") else None,
        "old_lead": action.lead,
    }


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
