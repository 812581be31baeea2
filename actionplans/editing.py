"""Editing an action: its words, people and links, its milestones and its measure.

What was promised (due date, target, lead) changes in a running plan only by actionplans.changing; here it is written
while the plan is a draft. Two editors: the second hears that the first has saved, before anything is overwritten.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db import models, transaction
from django.utils import timezone

from actionplans.changing import keep_before
from actionplans.figures import keep_figures
from actionplans.history import keep_version
from actionplans.keeping_counts import keep_counts
from actionplans.models import Action, Evidence, Measure, Milestone, NotInvolved, NotThePlansOwner
from audit import trail
from partners.models import User
from partners.roles import Permission


class ChangedMeanwhile(Exception):
    """Somebody changed the action after the page was opened; the message says who, and what they did."""


class NotOpen(Exception):
    """The plan's period is over, or the action is closed: it is kept as it is."""


def version_of(action: Action) -> int:
    """The number of its newest version; 0 while nobody has changed it."""
    return action.versions.aggregate(found=models.Max("number"))["found"] or 0


@transaction.atomic
def edit(
    action: Action,
    said: Mapping[str, Any],
    links: Mapping[str, Iterable[models.Model]],
    *,
    seen: int,
    by: User,
    now: datetime,
) -> bool:
    """Sets what differs of its own fields and links; whether anything did. `seen` is the version that was edited.

    Raises NotThePlansOwner, NotOpen, ChangedMeanwhile.
    """
    locked = _to_edit(action, seen, by, now)
    changed = _set(locked, said)
    if changed:
        locked.save(update_fields=changed)
    for name, wanted in links.items():
        linked = getattr(locked, name)
        if {each.pk for each in linked.all()} != {each.pk for each in wanted}:
            linked.set(wanted)
            changed.append(name)
    if not changed:
        return False
    keep_version(locked, "edited", by=by, now=now)
    trail.record("action.edited", locked, by=by, now=now, changed=sorted(changed))
    return True


@transaction.atomic
def edit_measure(action: Action, said: Mapping[str, Any], *, seen: int, by: User, now: datetime) -> bool:
    """Sets what differs of its measure, which is made where there is none; whether anything did.

    Raises NotThePlansOwner, NotOpen, ChangedMeanwhile.
    """
    locked = _to_edit(action, seen, by, now)
    measure = Measure.objects.filter(action=locked).first() or Measure(action=locked)
    changed = _set(measure, said)
    if not changed and measure.pk:
        return False
    measure.save()
    _keep_what_it_makes(measure, now)
    keep_version(locked, "measure edited", by=by, now=now)
    trail.record("action.measure_edited", locked, by=by, now=now, changed=sorted(changed))
    return True


def _keep_what_it_makes(measure: Measure, now: datetime) -> None:
    if measure.is_computed:
        keep_counts([measure], now=now)
    else:
        keep_figures([measure])


# Milestones -------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_milestone(action: Action, title: str, due: date | None, *, by: User, now: datetime) -> Milestone:
    """Adds a step behind the others. Raises NotThePlansOwner, NotOpen."""
    locked = _to_edit(action, None, by, now)
    last = locked.milestones.aggregate(found=models.Max("order"))["found"] or 0
    made = locked.milestones.create(title=title, due=due, order=last + 1)
    keep_version(locked, "milestone added", by=by, now=now)
    trail.record("action.milestone_added", locked, by=by, now=now, milestone=made.pk)
    return made


@transaction.atomic
def change_milestone(
    milestone: Milestone, title: str, due: date | None, done_on: date | None, *, by: User, now: datetime
) -> bool:
    """Sets what differs; whether anything did. The first due date is kept. Raises NotThePlansOwner, NotOpen."""
    locked = _to_edit(milestone.action, None, by, now)
    found = locked.milestones.get(pk=milestone.pk)
    if due != found.due and not locked.plan.is_draft:
        found.original_due = found.original_due or found.due
    return _save_milestone(found, {"title": title, "due": due, "done_on": done_on}, locked, by=by, now=now)


@transaction.atomic
def mark_milestone(milestone: Milestone, done_on: date | None, *, by: User, now: datetime) -> bool:
    """Says when a step was done, or that it is not; for whoever has a part in it. Raises NotInvolved, NotOpen."""
    locked = _locked(milestone.action)
    if not may_mark(by, locked):
        raise NotInvolved(f"{by} has no part in {locked.ref}.")
    _refuse_unless_open(locked, now)
    keep_before(locked, now=now)
    found = locked.milestones.get(pk=milestone.pk)
    return _save_milestone(found, {"done_on": done_on}, locked, by=by, now=now)


def may_mark(user: User, action: Action) -> bool:
    """Whether this person may say that a step is done: they own the plan, or their organisation has a part in it."""
    house = user.organisation
    has_part = house is not None and user.may(Permission.UPDATE_PLANS) and action.involves(house)
    return has_part or action.plan.is_owned_by(user)


def _save_milestone(
    milestone: Milestone, said: Mapping[str, Any], action: Action, *, by: User, now: datetime
) -> bool:
    changed = _set(milestone, said)
    if not changed:
        return False
    if "done_on" in changed:
        milestone.done_by = by if milestone.done_on else None
    milestone.save()
    act = "milestone done" if changed == ["done_on"] and milestone.done_on else "milestone changed"
    keep_version(action, act, by=by, now=now)
    trail.record("action.milestone_changed", action, by=by, now=now, milestone=milestone.pk, changed=changed)
    return True


# Evidence ---------------------------------------------------------------------------------------------------------


@transaction.atomic
def add_evidence(action: Action, evidence: Iterable[Evidence], *, by: User, now: datetime) -> list[Evidence]:
    """Hangs links and kept files on the action itself. Raises NotInvolved, NotOpen."""
    locked = _locked(action)
    if not may_mark(by, locked):
        raise NotInvolved(f"{by} has no part in {locked.ref}.")
    _refuse_unless_open(locked, now)
    made = list(evidence)
    for each in made:
        each.action, each.by, each.added_at = locked, by, now
    Evidence.objects.bulk_create(made)
    if made:
        trail.record("action.evidence_added", locked, by=by, now=now, number=len(made))
    return made


# The rows ---------------------------------------------------------------------------------------------------------


def _to_edit(action: Action, seen: int | None, by: User, now: datetime) -> Action:
    locked = _locked(action)
    if not locked.plan.is_owned_by(by):
        raise NotThePlansOwner(f"{by} does not own the plan of {locked.ref}.")
    _refuse_unless_open(locked, now)
    if seen is not None and seen != version_of(locked):
        raise ChangedMeanwhile(_by_whom(locked))
    if not locked.plan.is_draft:
        keep_before(locked, now=now)
    return locked


def _locked(action: Action) -> Action:
    return Action.objects.select_related("plan").select_for_update(of=("self",)).get(pk=action.pk)


def _refuse_unless_open(action: Action, now: datetime) -> None:
    if action.closed_on:
        raise NotOpen(f"{action.ref} is closed. Open it again first.")
    if action.plan.has_ended(today=timezone.localdate(now)):
        raise NotOpen("The plan’s period is over: it is kept as it was.")


def _by_whom(action: Action) -> str:
    newest = action.versions.select_related("by").order_by("-number").first()
    if newest is None:
        return f"{action.ref} was changed meanwhile."
    at = timezone.localtime(newest.at)
    return (
        f"{newest.by or 'The portal'} changed {action.ref} on {at.day} {at:%B} at {at:%H:%M} ({newest.act})."
    )


def _set(record: models.Model, said: Mapping[str, Any]) -> list[str]:
    changed = [name for name, value in said.items() if getattr(record, name) != value]
    for name in changed:
        setattr(record, name, said[name])
    return changed
