"""A plan as it stands on paper: what is written of each action before or after it stands in the database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch

from actionplans.models import Action, ActionPlan, Course, Measure, Milestone

NO_MEASURE = "No measure agreed yet"


@dataclass(frozen=True)
class PlannedMilestone:
    """A step on the way."""

    title: str
    due: date | None = None
    done_on: date | None = None


@dataclass(frozen=True)
class PlannedMeasure:
    """How the action is measured; `facts` narrow a count of the portal, `trajectory` are days and values."""

    text: str = NO_MEASURE
    unit: str = ""
    baseline: Decimal | None = None
    target: Decimal | None = None
    is_lower_better: bool = False
    counted_by: str = ""
    total: str = "single"
    source: str = ""
    note: str = ""
    indicator: str = ""
    facts: tuple[tuple[str, str | bool | int], ...] = ()
    trajectory: tuple[tuple[date, Decimal], ...] = ()


@dataclass(frozen=True)
class PlannedAction:
    """One action, with organisations, areas and strands by their codes; `blocked_by` are refs, those of other plans
    with the plan's code before."""

    ref: str
    priority: str
    title: str
    lead: str
    starts: date
    due: date
    importance: str = "medium"
    supporting: tuple[str, ...] = ()
    supporting_text: str = ""
    course: str = Course.TIMED.value
    why: str = ""
    good_looks_like: str = ""
    strands: tuple[str, ...] = ()
    districts: tuple[str, ...] = ()
    decision_needed: str = ""
    blocked_by: tuple[str, ...] = ()
    blocked_by_text: str = ""
    is_public: bool = True
    milestones: tuple[PlannedMilestone, ...] = ()
    measure: PlannedMeasure = PlannedMeasure()


@dataclass(frozen=True)
class PlannedPlan:
    """A whole plan."""

    code: str
    title: str
    period_start: date
    period_end: date
    actions: tuple[PlannedAction, ...]

    def as_json(self) -> dict[str, Any]:
        """The plan in what JSON holds."""
        return _plain(asdict(self))

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "PlannedPlan":
        """The plan that `as_json` wrote."""
        return cls(
            data["code"],
            data["title"],
            date.fromisoformat(data["period_start"]),
            date.fromisoformat(data["period_end"]),
            tuple(_action_from(each) for each in data["actions"]),
        )


def whole(plan: ActionPlan) -> list[Action]:
    """The plan's actions in their order, with all that `as_planned` reads."""
    return list(
        plan.actions.select_related("priority", "lead", "measure").prefetch_related(
            "supporting",
            "districts",
            Prefetch("milestones", Milestone.objects.order_by("order")),
            Prefetch("blocked_by", Action.objects.select_related("plan")),
        )
    )


def planned_of(plan: ActionPlan) -> PlannedPlan:
    """A plan of the database as it would stand on paper."""
    actions = tuple(as_planned(action, plan) for action in whole(plan))
    return PlannedPlan(plan.code, plan.title, plan.period_start, plan.period_end, actions)


def as_planned(action: Action, plan: ActionPlan) -> PlannedAction:
    """One action of the plan, brought by `whole`."""
    return PlannedAction(
        ref=action.ref,
        priority=action.priority.name,
        title=action.title,
        lead=action.lead.code,
        starts=action.starts,
        due=action.due,
        importance=action.importance,
        supporting=tuple(sorted(each.code for each in action.supporting.all())),
        supporting_text=action.supporting_text,
        course=action.course,
        why=action.why,
        good_looks_like=action.good_looks_like,
        strands=tuple(action.strands),
        districts=tuple(sorted(each.code for each in action.districts.all())),
        decision_needed=action.decision_needed,
        blocked_by=tuple(sorted(_ref_of(each, plan) for each in action.blocked_by.all())),
        blocked_by_text=action.blocked_by_text,
        is_public=action.is_public,
        milestones=tuple(
            PlannedMilestone(each.title, each.due, each.done_on) for each in action.milestones.all()
        ),
        measure=_measure_of(getattr(action, "measure", None)),
    )


def _ref_of(other: Action, plan: ActionPlan) -> str:
    return other.ref if other.plan_id == plan.pk else f"{other.plan.code} {other.ref}"


def _measure_of(measure: Measure | None) -> PlannedMeasure:
    if measure is None:
        return PlannedMeasure()
    return PlannedMeasure(
        text=measure.text,
        unit=measure.unit,
        baseline=measure.baseline,
        target=measure.target,
        is_lower_better=measure.is_lower_better,
        counted_by=measure.counted_by,
        total=measure.total,
        source=measure.source,
        note=measure.note,
        indicator=measure.indicator,
        facts=tuple(sorted(measure.indicator_facts.items())),
        trajectory=measure.measured().points,  # type: ignore[arg-type]
    )


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _action_from(data: Mapping[str, Any]) -> PlannedAction:
    lists = {name: tuple(data[name]) for name in ("supporting", "strands", "districts", "blocked_by")}
    return PlannedAction(
        **{
            **data,
            **lists,
            "starts": date.fromisoformat(data["starts"]),
            "due": date.fromisoformat(data["due"]),
            "milestones": tuple(_milestone_from(each) for each in data["milestones"]),
            "measure": _measure_from(data["measure"]),
        }
    )


def _milestone_from(data: Mapping[str, Any]) -> PlannedMilestone:
    return PlannedMilestone(data["title"], _day(data["due"]), _day(data["done_on"]))


def _measure_from(data: Mapping[str, Any]) -> PlannedMeasure:
    return replace(
        PlannedMeasure(**data),
        baseline=_number(data["baseline"]),
        target=_number(data["target"]),
        facts=tuple((name, value) for name, value in data["facts"]),
        trajectory=tuple((date.fromisoformat(day), Decimal(value)) for day, value in data["trajectory"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
