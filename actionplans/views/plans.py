"""Reading plans: all of them, one, and one action of it. Exceptions come first everywhere."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.figures import Figure, figure_of
from actionplans.models import Action, ActionPlan, Contribution, Milestone, ProgressUpdate, StrategyStatement
from actionplans.rag import RagRating, Rating, count
from actionplans.sparkline import Sparkline, sparkline
from partners.doors import StaffRequest, requires
from partners.models import District
from partners.roles import Permission


@dataclass(frozen=True)
class Row:
    """An action as a list shows it."""

    action: Action
    rating: Rating
    spark: Sparkline | None = None


@dataclass(frozen=True)
class Tally:
    """How many actions of a plan stand in one state."""

    rag: RagRating
    number: int


@requires(Permission.SEE_PLANS)
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    """All plans with how their actions stand, and the actions that are off track."""
    today = timezone.localdate()
    rows = _worst_first(
        Row(action, action.rating(today=today)) for action in Action.objects.select_related("plan", "lead", "measure")
    )
    organisation = request.user.organisation
    context = {
        "statement": StrategyStatement.objects.first(),
        "plans": [_summary(plan, rows, today) for plan in ActionPlan.objects.all()],
        "off_track": [row for row in rows if row.rating.rag.is_off_track],
        "slipping": [row for row in rows if row.rating.rag is RagRating.AMBER],
        "owed": Action.objects.owed_by(organisation, today).count()
        if organisation and request.user.may(Permission.UPDATE_PLANS)
        else 0,
    }
    return render(request, "actionplans/plans/plans.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def plan(request: StaffRequest, code: str) -> HttpResponse:
    """One plan: a row an action, the worst first; filters stand in the address."""
    today = timezone.localdate()
    shown = get_object_or_404(ActionPlan, code=code)
    actions = shown.actions.select_related("plan", "lead", "priority", "measure").prefetch_related(_progress())
    rows = _worst_first(Row(action, action.rating(today=today), _spark(action, today)) for action in actions)
    chosen = {name: request.GET.get(name, "") for name in ("rag", "lead", "priority")}
    matching = [row for row in rows if _matches(row, chosen)]
    context = {
        "plan": shown,
        "has_ended": shown.has_ended(today=today),
        "rows": matching,
        "all_rows": rows,
        "tallies": _tallies(rows),
        "filters": _filters(rows, chosen),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "actionplans/plans/plan.html", context)


@requires(Permission.SEE_PLANS)
@require_safe
def action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """One action: why, what good looks like, how it is measured, and all that was told about it."""
    today = timezone.localdate()
    shown = get_object_or_404(
        Action.objects.select_related("plan", "lead", "priority", "measure").prefetch_related(
            "supporting",
            "districts",
            Prefetch("milestones", Milestone.objects.order_by("order")),
            Prefetch("updates", ProgressUpdate.objects.select_related("organisation", "by")),
            Prefetch(
                "measure__contributions", Contribution.objects.select_related("organisation", "district")
            ),
        ),
        plan__code=code,
        ref=ref,
    )
    told = [(update.as_at, update.percent_done) for update in reversed(shown.updates.all())]
    context = {
        "action": shown,
        "rating": shown.rating(today=today),
        "spark": sparkline(starts=shown.starts, due=shown.due, today=today, updates=told),
        "figure": _figure(shown),
        "milestones": [(step, _milestone_state(step, today)) for step in shown.milestones.all()],
        "may_update": request.user.may(Permission.UPDATE_PLANS)
        and request.user.organisation_id in {shown.lead_id, *(each.pk for each in shown.supporting.all())},
    }
    return render(request, "actionplans/plans/action.html", context)


def _progress() -> Prefetch:
    oldest_first = ProgressUpdate.objects.order_by("as_at", "id").only("action_id", "as_at", "percent_done")
    return Prefetch("updates", oldest_first)


def _spark(action: Action, today: date) -> Sparkline:
    told = [(update.as_at, update.percent_done) for update in action.updates.all()]
    return sparkline(starts=action.starts, due=action.due, today=today, updates=told)


def _worst_first(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: row.rating.rag.rank)


def _summary(plan: ActionPlan, rows: list[Row], today: date) -> dict[str, Any]:
    own = [row for row in rows if row.action.plan_id == plan.pk]
    return {
        "plan": plan,
        "tallies": _tallies(own),
        "number": len(own),
        "has_ended": plan.has_ended(today=today),
    }


def _tallies(rows: list[Row]) -> list[Tally]:
    found = count(row.rating for row in rows)
    return [Tally(rag, number) for rag, number in found.items() if number]


def _matches(row: Row, chosen: dict[str, str]) -> bool:
    is_like = {
        "rag": row.rating.rag.value,
        "lead": row.action.lead.code,
        "priority": row.action.priority.code,
    }
    return all(not value or is_like[name] == value for name, value in chosen.items())


def _filters(rows: list[Row], chosen: dict[str, str]) -> list[dict[str, Any]]:
    """The choices of each filter: only what occurs in the plan, in the order of its own kind."""
    states = sorted({row.rating.rag for row in rows}, key=lambda rag: rag.rank)
    leads = sorted({row.action.lead for row in rows}, key=lambda lead: lead.order)
    priorities = sorted({row.action.priority for row in rows}, key=lambda priority: priority.order)
    return [
        _filter("rag", "Standing", [(rag.value, rag.word) for rag in states], chosen),
        _filter("lead", "Lead", [(lead.code, str(lead)) for lead in leads], chosen),
        _filter("priority", "Priority", [(each.code, each.name) for each in priorities], chosen),
    ]


def _filter(name: str, label: str, choices: list[tuple[str, str]], chosen: dict[str, str]) -> dict[str, Any]:
    return {"name": name, "label": label, "choices": choices, "chosen": chosen[name]}


def _figure(action: Action) -> Figure:
    return figure_of(action.measure, District.objects.all())


def _milestone_state(step: Milestone, today: date) -> str:
    if step.done_on:
        return "done"
    return "late" if step.due and step.due < today else "to come"
