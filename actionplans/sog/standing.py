"""How every plan stood on a day: each action's rating then, and the path of planned against reported work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from statistics import mean

from actionplans.models import Action, ActionPlan, Priority, RagOverride
from actionplans.rag import RagRating, Rating, count, percent_of_time_gone, rate
from actionplans.sog.memory import History, Memory, Told, monthly
from insight.periods import ReportingPeriod


@dataclass(frozen=True)
class ActionStanding:
    """One action on a day, with its rating on the day it is compared with, and what was told in between."""

    action: Action
    rating: Rating
    before: Rating
    last_told: date | None
    told_since: Sequence[Told]
    override: RagOverride | None = None

    @property
    def got_worse(self) -> bool:
        return self.badness > _badness(self.before.rag)

    @property
    def got_better(self) -> bool:
        return self.badness < _badness(self.before.rag)

    @property
    def is_said_to_be_worse(self) -> bool:
        """Whether only the plan's owner says that it needs attention."""
        said = self.override is not None and self.override.rating.is_exception
        return said and not self.rating.rag.is_exception

    @property
    def needs_attention(self) -> bool:
        """Whether the rule says so, or the plan's owner does."""
        return self.rating.rag.is_exception or self.is_said_to_be_worse

    @property
    def badness(self) -> int:
        """0 where all is as it should be, 3 where the due date is past."""
        return _badness(self.rating.rag)


@dataclass(frozen=True)
class PathPoint:
    """Percent of a plan's work that was expected, and that was reported, by a day; None for days to come."""

    day: date
    expected: float
    done: float | None


@dataclass(frozen=True)
class PlanStanding:
    """One plan on a day."""

    plan: ActionPlan
    actions: Sequence[ActionStanding]
    # Of plans that are drawn; see `with_paths`.
    path: Sequence[PathPoint] = ()

    @property
    def counts(self) -> dict[RagRating, int]:
        """Actions in each state, worst first."""
        return count(standing.rating for standing in self.actions)

    @property
    def needing_attention(self) -> list[ActionStanding]:
        """Actions about which somebody has to do something, worst first."""
        return worst_first(standing for standing in self.actions if standing.needs_attention)

    @property
    def by_priority(self) -> list[tuple[Priority, list[ActionStanding]]]:
        """The plan's actions under each of its priorities, in order."""
        groups: dict[Priority, list[ActionStanding]] = defaultdict(list)
        for standing in sorted(self.actions, key=lambda each: each.action.priority.order):
            groups[standing.action.priority].append(standing)
        return list(groups.items())

    @property
    def has_ended(self) -> bool:
        return all(standing.rating.by_progress is RagRating.ENDED for standing in self.actions)

    @property
    def now(self) -> PathPoint:
        """The last point of the path that has happened; its start before that."""
        return next((point for point in reversed(self.path) if point.done is not None), self.path[0])


def worst_first(standings: Iterable[ActionStanding]) -> list[ActionStanding]:
    """Worst state first, then the order of the plans."""
    return sorted(standings, key=lambda each: each.rating.rag.rank)


def plan_standings(*, on: date, before: date, among: Sequence[int] | None = None) -> list[PlanStanding]:
    """Every plan, or those `among` these ids, as it stood on a day, from what was told for that day or earlier; ten
    statements at most.

    Drafts are in no figure, and a plan that had ended before the day it is compared with is history.
    """
    wanted = Action.objects.all() if among is None else Action.objects.filter(plan__in=among)
    actions = list(
        wanted.in_force()
        .filter(plan__period_end__gte=before)
        .select_related("measure")
        # Words of the action's own page.
        .defer("why", "good_looks_like", "supporting_text", "course_reason", "closing_words", "measure__note")
        # Few of each, however many actions: one object stands for all.
        .prefetch_related("plan", "priority", "lead")
        .order_by("plan__order", "order")
    )
    memory = Memory.of(actions, on=on, before=before)
    said: dict[int, list[RagOverride]] = defaultdict(list)
    for override in RagOverride.objects.filter(action__in=[each.pk for each in actions]).select_related("by"):
        said[override.action_id].append(override)
    plans: dict[ActionPlan, list[Action]] = defaultdict(list)
    for action in actions:
        plans[action.plan].append(action)
    return [
        PlanStanding(plan, [_standing(plan, each, memory, said[each.pk], on, before) for each in members])
        for plan, members in plans.items()
    ]


def _done_by(updates: Sequence[Told], day: date) -> Told | None:
    return next((told for told in reversed(updates) if told.day <= day), None)


def with_paths(plans: Iterable[PlanStanding], *, on: date) -> list[PlanStanding]:
    """The same with the way that each has come, which is read for those alone: one statement."""
    listed = list(plans)
    members = {each.plan: [standing.action for standing in each.actions] for each in listed}
    history = monthly(chain.from_iterable(members.values()), on)
    return [replace(each, path=_path(each.plan, members[each.plan], history, on)) for each in listed]


def _standing(
    plan: ActionPlan, action: Action, memory: Memory, said: Sequence[RagOverride], on: date, before: date
) -> ActionStanding:
    updates = memory.told.get(action.pk, ())

    def rating(day: date) -> Rating:
        told = _done_by(updates, day)
        return rate(
            starts=action.starts,
            due=action.due,
            percent_done=told.percent_done if told else None,
            today=day,
            plan_ended=plan.has_ended(today=day),
            closed_on=action.closed_on,
            course=action.course,
            milestone_due=memory.milestone_due(action, day),
            measured=memory.measured(action, day),
        )

    told, now = _done_by(updates, on), rating(on)
    since = [each for each in updates if before < each.day <= on]
    return ActionStanding(
        action, now, rating(before), told.day if told else None, since, _override(said, now, on)
    )


def _override(said: Sequence[RagOverride], rating: Rating, on: date) -> RagOverride | None:
    """What the plan's owner said by the end of the day, where the rule did not say as much."""
    stood = (each for each in said if each.stood_on(on))
    return next((each for each in stood if each.is_needed(rating.rag)), None)


def _path(plan: ActionPlan, actions: Sequence[Action], history: History, on: date) -> list[PathPoint]:
    """The plan's start, each month's first day, the day itself and the end; every action weighs the same."""
    months = ReportingPeriod(plan.period_start, plan.period_end).months()
    days = sorted(
        {plan.period_start, *months, min(max(on, plan.period_start), plan.period_end), plan.period_end}
    )
    return [_point(actions, history, day, has_come=day <= on) for day in days if day >= plan.period_start]


def _point(actions: Sequence[Action], history: History, day: date, *, has_come: bool) -> PathPoint:
    expected = mean(percent_of_time_gone(action.starts, action.due, day) for action in actions)
    if not has_come:
        return PathPoint(day, expected, None)
    told = [_done_by(history.get(action.pk, ()), day) for action in actions]
    return PathPoint(day, expected, mean(each.percent_done if each else 0 for each in told))


# Not started, on track and complete are all as they should be: moving between them is neither better nor worse.
_BADNESS = {RagRating.AMBER: 1, RagRating.RED: 2, RagRating.OVERDUE: 3}


def _badness(rag: RagRating) -> int:
    return _BADNESS.get(rag, 0)
