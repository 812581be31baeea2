"""Carrying work on: an unfinished action into another plan, and next year's plan made from this one.

What is carried keeps its words, people and links; its progress begins anew, and its measure where the last one ended.
The action it came from stays as it is, and each leads to the other.
"""

import calendar
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from string import ascii_lowercase
from typing import Any

from django.db import models, transaction

from actionplans.history import keep_version
from actionplans.keeping_counts import keep_counts
from actionplans.models import Action, ActionPlan, Measure, Milestone, NotThePlansOwner
from actionplans.writing import NO_CODES, NotADraft
from audit import trail
from partners.models import User

CARRIED = (
    "title",
    "lead",
    "supporting_text",
    "importance",
    "why",
    "good_looks_like",
    "strands",
    "decision_needed",
    "owner",
    "deputy",
    "course",
    "course_reason",
    "blocked_by_text",
    "is_public",
)
OF_MEASURE = (
    "text",
    "unit",
    "target",
    "is_lower_better",
    "counted_by",
    "total",
    "source",
    "note",
    "indicator",
    "indicator_facts",
)


class RolledAlready(Exception):
    """The action went on in another plan before; the message says which."""


class HasNextPlan(Exception):
    """The plan that follows this one is there already; the message says which."""


@transaction.atomic
def roll(action: Action, into: ActionPlan, *, by: User, now: datetime, ref: str = "") -> Action:
    """Carries an action into a draft; dates move as far as the plan's beginning did, and stay within the plan.

    Raises NotThePlansOwner, NotADraft, RolledAlready.
    """
    plan = ActionPlan.objects.select_for_update(of=("self",)).get(pk=into.pk)
    for owned in (action.plan, plan):
        if not owned.is_owned_by(by):
            raise NotThePlansOwner(f"{by} does not own {owned}.")
    if not plan.is_draft:
        raise NotADraft(f"{plan} runs already: an action is rolled into a plan that is being written.")
    before = (
        Action.objects.select_for_update(of=("self",)).select_related("plan", "priority").get(pk=action.pk)
    )
    if there := Action.objects.filter(rolled_from=before).select_related("plan").first():
        raise RolledAlready(f"{before.ref} went on as {there.ref} in {there.plan}.")
    made = _carried(before, plan, ref, now)
    keep_version(made, "rolled on", by=by, now=now)
    trail.record("action.rolled", made, by=by, now=now, came_from=before.pk, plan=plan.code, ref=made.ref)
    return made


@transaction.atomic
def build_next(
    plan: ActionPlan, actions: Iterable[Action], *, by: User, now: datetime, **said: Any
) -> ActionPlan:
    """Makes the plan that follows as a draft: the priorities of this one, and the chosen actions carried on.

    `said` are code, title, period_start and period_end. Raises NotThePlansOwner, HasNextPlan.
    """
    assert said["code"] not in NO_CODES
    before = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not before.is_owned_by(by):
        raise NotThePlansOwner(f"{by} does not own {before}.")
    if there := ActionPlan.objects.filter(previous=before).first():
        raise HasNextPlan(f"{there.title} follows this plan already.")
    same = ("appendix", "is_illustrative", "notice", "about", "order", "publishes_figures")
    made = ActionPlan.objects.create(
        previous=before,
        owner=before.owner or by,
        is_draft=True,
        is_published=False,
        publishes_progress=before.publishes_progress,
        source=f"Built from {before.title}",
        **{name: getattr(before, name) for name in same},
        **said,
    )
    for priority in before.priorities.all():
        made.priorities.create(code=priority.code, name=priority.name, order=priority.order)
    chosen = list(actions)
    for action in chosen:
        roll(action, made, by=by, now=now, ref=action.ref)
    trail.record("plan.built", made, by=by, now=now, code=made.code, before=before.code, actions=len(chosen))
    return made


def a_year_on(day: date) -> date:
    """The same day a year later; 29 February goes on as 28 February."""
    last = calendar.monthrange(day.year + 1, day.month)[1]
    return day.replace(year=day.year + 1, day=min(day.day, last))


def unfinished(plan: ActionPlan) -> "models.QuerySet[Action]":
    """What could be carried on: neither closed nor told as complete, and not carried on before."""
    return plan.actions.filter(closed_on=None, rolled_into=None).exclude(percent_now=100).order_by("order")


def _carried(before: Action, plan: ActionPlan, ref: str, now: datetime) -> Action:
    moved_by = plan.period_start - before.plan.period_start
    starts, due = _moved(before, plan, moved_by)
    last = plan.actions.aggregate(found=models.Max("order"))["found"] or 0
    made = Action.objects.create(
        plan=plan,
        priority=_priority(before, plan),
        ref=ref or _free_ref(before.ref, plan),
        order=last + 1,
        starts=starts,
        due=due,
        rolled_from=before,
        **{name: getattr(before, name) for name in CARRIED},
    )
    made.supporting.set(before.supporting.filter(retired_on=None))
    made.districts.set(before.districts.all())
    _carry_milestones(before, made, moved_by)
    _carry_measure(before, made, now)
    return made


def _priority(before: Action, plan: ActionPlan) -> Any:
    last = plan.priorities.aggregate(found=models.Max("order"))["found"] or 0
    same = {"name": before.priority.name, "order": last + 1}
    return plan.priorities.get_or_create(code=before.priority.code, defaults=same)[0]


def _moved(before: Action, plan: ActionPlan, by: timedelta) -> tuple[date, date]:
    """Its dates as far on as the plan's beginning, within the plan; what would be squeezed to nothing gets it all."""
    starts = min(max(before.starts + by, plan.period_start), plan.period_end)
    due = max(min(before.due + by, plan.period_end), plan.period_start)
    return (starts, due) if starts < due else (plan.period_start, plan.period_end)


def _carry_milestones(before: Action, made: Action, moved_by: timedelta) -> None:
    Milestone.objects.bulk_create(
        Milestone(
            action=made,
            title=step.title,
            due=min(step.due + moved_by, made.due) if step.due else None,
            order=number,
        )
        for number, step in enumerate(before.milestones.filter(done_on=None).order_by("order"), start=1)
    )


def _carry_measure(before: Action, made: Action, now: datetime) -> None:
    measure = getattr(before, "measure", None)
    if measure is None:
        return
    baseline = measure.value_now if measure.value_now is not None else measure.baseline
    kept = Measure.objects.create(
        action=made, baseline=baseline, **{name: getattr(measure, name) for name in OF_MEASURE}
    )
    if kept.is_computed:
        keep_counts([kept], now=now)


def _free_ref(ref: str, plan: ActionPlan) -> str:
    """The same ref, or with the first letter after it that the plan has not given yet."""
    taken = {each.lower() for each in plan.actions.values_list("ref", flat=True)}
    offered = (ref, *(f"{ref}{letter}" for letter in ascii_lowercase[1:]))
    return next(each for each in offered if each.lower() not in taken)
