"""What the public sees of plans: what their owners chose to publish, and nothing else.

Staff are never named, words from inside never shown; figures only where the plan publishes them and, of what the portal
counts itself, only where that count may be published. The interface for machines asks here too.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Prefetch

from actionplans.computed import COMPUTED
from actionplans.history import keep_versions
from actionplans.models import Action, ActionPlan, Measure, NotThePlansOwner, RagOverride
from actionplans.models.plan import PlanQuerySet
from actionplans.rag import RagRating, Rating
from audit import trail
from partners.models import User


@dataclass(frozen=True)
class PublicAction:
    """One action as everybody may see it; `rating` and `measure` only where the plan publishes them."""

    action: Action
    rating: Rating | None
    reason: str
    override: RagRating | None
    measure: Measure | None


@dataclass(frozen=True)
class PublicPlan:
    """One plan as everybody may see it, its actions under their priorities, and how many stand how."""

    plan: ActionPlan
    has_ended: bool
    in_order: tuple[PublicAction, ...]
    groups: tuple[tuple[str, tuple[PublicAction, ...]], ...]
    tallies: tuple[tuple[RagRating, int], ...]
    number: int


def published() -> PlanQuerySet:
    """The plans that anybody may read, with the actions that they show: four statements."""
    return ActionPlan.objects.published().prefetch_related("priorities", _actions())


def public_plan(plan: ActionPlan, *, today: date, shown: Collection[str] | None = None) -> PublicPlan:
    """A plan as the public sees it; `shown` are the refs of its actions where that is only tried (a preview)."""
    actions = [
        each for each in plan.actions.all() if (each.is_public if shown is None else each.ref in shown)
    ]
    rows = [public_action(each, plan, today=today) for each in actions]
    by_priority: dict[int, tuple[str, list[PublicAction]]] = {
        each.pk: (each.name, []) for each in plan.priorities.all()
    }
    for row in rows:
        by_priority[row.action.priority_id][1].append(row)
    found = Counter(row.rating.rag for row in rows if row.rating)
    return PublicPlan(
        plan,
        plan.has_ended(today=today),
        tuple(rows),
        tuple((name, tuple(group)) for name, group in by_priority.values() if group),
        tuple((rag, found[rag]) for rag in RagRating if found[rag]),
        len(rows),
    )


def public_action(action: Action, plan: ActionPlan, *, today: date) -> PublicAction:
    """One action as the public sees it; needs what `published` brings."""
    measure = getattr(action, "measure", None)
    shows = plan.publishes_figures and measure is not None and may_be_published(measure)
    if not plan.publishes_progress:
        return PublicAction(action, None, "", None, measure if shows else None)
    rating = action.rating(today=today)
    override = action.override(today=today)
    return PublicAction(
        action,
        rating,
        rating.reason if shows else rating.reason_without_figures,
        override.rating if override else None,
        measure if shows else None,
    )


def may_be_published(measure: Measure) -> bool:
    """Whether a public page may show its figure: what people enter, and of the portal's own counts the harmless."""
    if not measure.is_computed:
        return True
    found = COMPUTED.get(measure.indicator)
    return found is not None and found.is_publishable


def tallies_of_published(today: date) -> dict[int, list[tuple[RagRating, int]]]:
    """How the public actions of the published plans that show progress stand, by plan: one statement."""
    shown = Action.objects.filter(is_public=True, plan__is_published=True, plan__publishes_progress=True)
    counted = (
        shown.in_force().rated(today).order_by().values(*("plan_id", "rag")).annotate(number=Count("pk"))
    )
    by_plan: dict[int, dict[str, int]] = {}
    for row in counted:
        by_plan.setdefault(row["plan_id"], {})[row["rag"]] = row["number"]
    return {
        plan: [(rag, found[rag.value]) for rag in RagRating if rag.value in found]
        for plan, found in by_plan.items()
    }


@transaction.atomic
def publish(
    plan: ActionPlan, said: dict[str, Any], shown: Collection[str], *, by: User, now: datetime
) -> bool:
    """Sets what the public sees; whether anything differs. `shown` are refs. Raises NotThePlansOwner."""
    locked = ActionPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)
    if not locked.is_owned_by(by):
        raise NotThePlansOwner(f"{by} does not own {locked}.")
    changed = [name for name, value in said.items() if getattr(locked, name) != value]
    for name in changed:
        setattr(locked, name, said[name])
    if changed:
        locked.save(update_fields=changed)
    moved = _show(locked, shown, by=by, now=now)
    if changed or moved:
        trail.record(
            "plan.publishing_changed",
            locked,
            by=by,
            now=now,
            code=locked.code,
            changed=changed,
            actions=moved,
        )
    return bool(changed or moved)


def _show(plan: ActionPlan, shown: Collection[str], *, by: User, now: datetime) -> int:
    actions = list(plan.actions.select_for_update(of=("self",)).order_by("pk"))
    moved = [each for each in actions if each.is_public != (each.ref in shown)]
    for action in moved:
        action.is_public = not action.is_public
    Action.objects.bulk_update(moved, ["is_public"])
    if moved and not plan.is_draft:
        keep_versions(moved, "shown or hidden in public", by=by, now=now)
    return len(moved)


def _actions() -> Prefetch:
    shown = Action.objects.filter(is_public=True).select_related("priority", "lead", "measure")
    standing = RagOverride.objects.filter(ended_at=None)
    return Prefetch("actions", shown.order_by("order").prefetch_related(Prefetch("overrides", standing)))


def previewed(plan: ActionPlan) -> ActionPlan:
    """A plan with all its actions, shown or not, for its owner."""
    every = Action.objects.select_related("priority", "lead", "measure").order_by("order")
    standing = RagOverride.objects.filter(ended_at=None)
    whole = Prefetch("actions", every.prefetch_related(Prefetch("overrides", standing)))
    return ActionPlan.objects.prefetch_related("priorities", whole).get(pk=plan.pk)
