"""The doors of plans and actions: whoever may not change one finds nothing there."""

from datetime import date
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404

from actionplans.forms_of_changes import change_words
from actionplans.models import Action, ActionPlan
from actionplans.whole_action import changes_of
from partners.models import User
from partners.roles import Permission


def plan_or_404(user: User, code: str) -> ActionPlan:
    """A plan that this person may see: another owner's draft is not there."""
    return get_object_or_404(ActionPlan.objects.seen_by(user).select_related("owner"), code=code)


def own_plan_or_404(user: User, code: str) -> ActionPlan:
    """A plan that this person answers for."""
    plan = plan_or_404(user, code)
    if not plan.is_owned_by(user):
        raise Http404
    return plan


def own_draft_or_404(user: User, code: str) -> ActionPlan:
    """A plan of theirs that is still being written."""
    plan = own_plan_or_404(user, code)
    if not plan.is_draft:
        raise Http404
    return plan


def action_or_404(user: User, code: str, ref: str) -> Action:
    """An action of a plan that this person may see."""
    found = Action.objects.select_related("plan__owner", "priority", "lead", "original_lead", "measure")
    return get_object_or_404(found, plan__in=ActionPlan.objects.seen_by(user), plan__code=code, ref=ref)


def own_action_or_404(user: User, code: str, ref: str) -> Action:
    """An action of a plan that this person answers for."""
    action = action_or_404(user, code, ref)
    if not action.plan.is_owned_by(user):
        raise Http404
    return action


def around_the_action(user: User, action: Action, *, today: date) -> dict[str, Any]:
    """What the action's own page shows of its changes, where it came from and went on, and what this person may do."""
    involved = {action.lead_id, *(each.pk for each in action.supporting.all())}
    has_part = user.may(Permission.UPDATE_PLANS) and user.organisation_id in involved
    owns, is_over = action.plan.is_owned_by(user), action.plan.has_ended(today=today)
    is_open = not (action.closed_on or is_over)
    return {
        "changes": [(each, change_words(each)) for each in changes_of(action)],
        "came_from": _seen_by(user, action.rolled_from),
        "went_on": _seen_by(user, getattr(action, "rolled_into", None)),
        "may_mark": is_open and (owns or has_part),
        "may_change": is_open and owns,
        "acts": _acts(action, owns=owns, asks=owns or has_part, is_open=is_open),
    }


def _seen_by(user: User, other: Action | None) -> Action | None:
    return other if other and (not other.plan.is_draft or other.plan.is_owned_by(user)) else None


def _acts(action: Action, *, owns: bool, asks: bool, is_open: bool) -> list[tuple[str, str]]:
    """Name of the address, and its words."""
    acts = []
    if owns and is_open:
        acts += [("edit_action", "Edit the action"), ("edit_measure", "Edit its measure")]
    if action.plan.is_draft:
        return acts
    if asks and is_open:
        words = "Change" if owns else "Ask for another"
        closing = "Close it with evidence" if owns else "Ask to close it with evidence"
        acts += [("ask_change", f"{words} due date, target or lead"), ("close_action", closing)]
    if owns and action.closed_on:
        acts.append(("reopen_action", "Open it again"))
    if owns and getattr(action, "rolled_into", None) is None:
        acts.append(("roll_action", "Roll it into another plan"))
    return acts
