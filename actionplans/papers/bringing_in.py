"""Bringing a plan from paper into the portal: always as a draft, whole or not at all, and twice is once."""

import hashlib
import json
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from django.db import IntegrityError, models, transaction
from django.utils.text import slugify

from actionplans.history import keep_versions
from actionplans.keeping_counts import keep_counts
from actionplans.models import Action, ActionPlan, Measure, Milestone, Priority
from actionplans.papers.planned import PlannedAction, PlannedMeasure, PlannedPlan, planned_of
from actionplans.writing import NO_CODES
from audit import trail
from partners.models import District, Organisation, User


class CodeTaken(Exception):
    """Another plan has this code; the message says what to do."""


class DraftChanged(Exception):
    """The draft is no longer what it was when the file was looked at; the message says what to do."""


def fingerprint(plan: PlannedPlan) -> str:
    """Tells whether two plans say the same."""
    return hashlib.sha256(json.dumps(plan.as_json(), sort_keys=True).encode()).hexdigest()


def draft_with(code: str, *, by: User) -> ActionPlan | None:
    """Somebody's own draft with this code, None for none; raises CodeTaken where another plan has it."""
    if code in NO_CODES:
        raise CodeTaken(f"“{code}” is a word that the portal's own addresses use. Choose another code.")
    plan = ActionPlan.objects.filter(code=code).first()
    if plan and not plan.is_draft:
        raise CodeTaken(f"The plan “{plan.title}” is called {code} and is no draft. Choose another code.")
    if plan and not plan.is_owned_by(by):
        raise CodeTaken(f"Somebody else is writing a plan called {code}. Choose another code.")
    return plan


@transaction.atomic
def bring_in(planned: PlannedPlan, *, instead_of: str, by: User, now: datetime) -> ActionPlan:
    """Makes the plan as a draft, or puts it in the place of the draft whose fingerprint is `instead_of` ("" for none).

    Done before with the same plan, it changes nothing. Raises CodeTaken and DraftChanged.
    """
    # Somebody who presses twice waits here for themselves; two people for the code, which is there once.
    User.objects.select_for_update().get(pk=by.pk)
    before = draft_with(planned.code, by=by)
    if before:
        before = ActionPlan.objects.select_for_update().get(pk=before.pk)
        stands = planned_of(before)
        if stands == planned:
            return before
        if fingerprint(stands) != instead_of:
            raise DraftChanged(
                "The draft was changed since you chose the file. Choose the file again to see both."
            )
    plan = _plan(planned, before, by)
    actions = _actions(plan, planned.actions)
    _links(plan, actions, planned.actions)
    _milestones(actions, planned.actions)
    _measures(actions, planned.actions)
    keep_counts(Measure.objects.filter(action__plan=plan), now=now)
    keep_versions(actions.values(), "plan.imported", by=by, now=now)
    trail.record(
        "plan.imported",
        plan,
        by=by,
        now=now,
        code=plan.code,
        actions=len(actions),
        priorities=plan.priorities.count(),
        replaced=before is not None,
    )
    return plan


def _plan(planned: PlannedPlan, before: ActionPlan | None, by: User) -> ActionPlan:
    last = ActionPlan.objects.aggregate(last=models.Max("order"))["last"] or 0
    plan = before or ActionPlan(
        code=planned.code, is_draft=True, is_published=False, owner=by, order=min(last + 1, 32_000)
    )
    plan.title = planned.title
    plan.period_start, plan.period_end = planned.period_start, planned.period_end
    try:
        with transaction.atomic():
            plan.save()
    except IntegrityError:
        raise CodeTaken(f"Somebody has just made a plan called {plan.code}. Choose another code.") from None
    return plan


def _actions(plan: ActionPlan, planned: Iterable[PlannedAction]) -> dict[str, Action]:
    """The plan's actions by their refs; what the draft had beside them goes."""
    planned = list(planned)
    priorities = _priorities(plan, planned)
    leads = {each.code: each for each in Organisation.objects.all()}
    there = {action.ref: action for action in plan.actions.all()}
    wanted: dict[str, Action] = {}
    for order, each in enumerate(planned, 1):
        action = there.pop(each.ref) if each.ref in there else Action(plan=plan, ref=each.ref)
        wanted[each.ref] = action
        action.priority, action.lead, action.order = priorities[each.priority], leads[each.lead], order
        for name in _PLAIN:
            setattr(action, name, getattr(each, name))
        action.strands = list(each.strands)
    Action.objects.filter(pk__in=[action.pk for action in there.values()]).delete()
    stood = [action for action in wanted.values() if action.pk is not None]
    Action.objects.bulk_create([action for action in wanted.values() if action.pk is None])
    Action.objects.bulk_update(stood, ["priority", "lead", "order", "strands", *_PLAIN])
    plan.priorities.exclude(pk__in=[each.pk for each in priorities.values()]).delete()
    return wanted


_PLAIN = (
    "title",
    "supporting_text",
    "importance",
    "starts",
    "due",
    "course",
    "why",
    "good_looks_like",
    "decision_needed",
    "blocked_by_text",
    "is_public",
)


def _priorities(plan: ActionPlan, planned: Iterable[PlannedAction]) -> dict[str, Priority]:
    there = {priority.name: priority for priority in plan.priorities.all()}
    taken = {priority.code for priority in there.values()}
    found: dict[str, Priority] = {}
    for name in dict.fromkeys(each.priority for each in planned):
        priority = found[name] = there.get(name) or Priority(plan=plan, name=name, code=_code(name, taken))
        taken.add(priority.code)
        priority.order = len(found)
        priority.save()
    return found


def _code(name: str, taken: set[str]) -> str:
    """A code of the priority's name that none beside it has."""
    stem = slugify(name)[:44].strip("-") or "priority"
    others = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(code for code in others if code not in taken)


def _links(plan: ActionPlan, actions: dict[str, Action], planned: Iterable[PlannedAction]) -> None:
    planned = list(planned)
    organisations = {each.code: each.pk for each in Organisation.objects.all()}
    districts = {each.code: each.pk for each in District.objects.all()}
    _relink(
        Action.supporting.through,
        "organisation_id",
        {actions[each.ref].pk: [organisations[code] for code in each.supporting] for each in planned},
    )
    _relink(
        Action.districts.through,
        "district_id",
        {actions[each.ref].pk: [districts[code] for code in each.districts] for each in planned},
    )
    _relink(
        Action.blocked_by.through,
        "to_action_id",
        {actions[each.ref].pk: [_awaited(ref, actions) for ref in each.blocked_by] for each in planned},
        of="from_action_id",
    )


def _awaited(ref: str, actions: dict[str, Action]) -> int:
    if ref in actions:
        return actions[ref].pk
    plan, _, own = ref.rpartition(" ")
    return Action.objects.values_list("pk", flat=True).get(plan__code=plan, ref=own)


def _relink(
    through: type[models.Model], to: str, wanted: dict[int, list[int]], of: str = "action_id"
) -> None:
    through._default_manager.filter(**{f"{of}__in": list(wanted)}).delete()
    through._default_manager.bulk_create(
        through(**{of: action, to: other}) for action, others in wanted.items() for other in others
    )


def _milestones(actions: dict[str, Action], planned: Iterable[PlannedAction]) -> None:
    Milestone.objects.filter(action__in=list(actions.values())).delete()
    Milestone.objects.bulk_create(
        Milestone(
            action=actions[each.ref],
            title=milestone.title,
            due=milestone.due,
            done_on=milestone.done_on,
            order=order,
        )
        for each in planned
        for order, milestone in enumerate(each.milestones, 1)
    )


def _measures(actions: dict[str, Action], planned: Iterable[PlannedAction]) -> None:
    there = {
        measure.action_id: measure for measure in Measure.objects.filter(action__in=list(actions.values()))
    }
    wanted = []
    for each in planned:
        action = actions[each.ref]
        measure = there.get(action.pk) or Measure(action=action)
        for name, value in _as_columns(each.measure).items():
            setattr(measure, name, value)
        wanted.append(measure)
    Measure.objects.bulk_create([measure for measure in wanted if measure.pk is None])
    Measure.objects.bulk_update(
        [measure for measure in wanted if measure.action_id in there], list(_as_columns(PlannedMeasure()))
    )


def _as_columns(measure: PlannedMeasure) -> dict[str, object]:
    return {
        "text": measure.text,
        "unit": measure.unit,
        "baseline": measure.baseline,
        "target": measure.target,
        "is_lower_better": measure.is_lower_better,
        "counted_by": measure.counted_by,
        "total": measure.total,
        "source": measure.source,
        "note": measure.note,
        "indicator": measure.indicator,
        "indicator_facts": dict(measure.facts),
        "trajectory": [
            {"on": day.isoformat(), "value": _as_number(value)} for day, value in measure.trajectory
        ],
    }


def _as_number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
