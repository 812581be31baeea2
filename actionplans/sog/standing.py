"""How every plan stood on a day: each action's rating then, and the path of planned against reported work."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean
from typing import NamedTuple

from actionplans.models import Action, ActionPlan, Priority, ProgressUpdate
from actionplans.rag import RagRating, Rating, count, percent_of_time_gone, rate
from insight.periods import ReportingPeriod


class Told(NamedTuple):
    """One update: percent done by a day, as an organisation told it."""

    day: date
    percent_done: int
    organisation_id: int


@dataclass(frozen=True)
class ActionStanding:
    """One action on a day, with its rating on the day it is compared with, and what was told in between."""

    action: Action
    rating: Rating
    before: Rating
    last_told: date | None
    told_since: Sequence[Told]

    @property
    def got_worse(self) -> bool:
        return self.badness > _badness(self.before.rag)

    @property
    def got_better(self) -> bool:
        return self.badness < _badness(self.before.rag)

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
    path: Sequence[PathPoint]

    @property
    def counts(self) -> dict[RagRating, int]:
        """Actions in each state, worst first."""
        return count(standing.rating for standing in self.actions)

    @property
    def needing_attention(self) -> list[ActionStanding]:
        """Actions about which somebody has to do something, worst first."""
        return worst_first(standing for standing in self.actions if standing.rating.rag.is_exception)

    @property
    def by_priority(self) -> list[tuple[Priority, list[ActionStanding]]]:
        """The plan's actions under each of its priorities, in order."""
        groups: dict[Priority, list[ActionStanding]] = defaultdict(list)
        for standing in sorted(self.actions, key=lambda each: each.action.priority.order):
            groups[standing.action.priority].append(standing)
        return list(groups.items())

    @property
    def has_ended(self) -> bool:
        return all(standing.rating.rag is RagRating.ENDED for standing in self.actions)

    @property
    def now(self) -> PathPoint:
        """The last point of the path that has happened; its start before that."""
        return next((point for point in reversed(self.path) if point.done is not None), self.path[0])


def worst_first(standings: Iterable[ActionStanding]) -> list[ActionStanding]:
    """Worst state first, then the order of the plans."""
    return sorted(standings, key=lambda each: each.rating.rag.rank)


def plan_standings(*, on: date, before: date) -> list[PlanStanding]:
    """Every plan as it stood on a day, from the updates made for that day or earlier; two statements."""
    actions = Action.objects.select_related("plan", "priority", "lead").order_by("plan__order", "order")
    history = _history()
    plans: dict[ActionPlan, list[Action]] = defaultdict(list)
    for action in actions:
        plans[action.plan].append(action)
    return [_plan_standing(plan, members, history, on, before) for plan, members in plans.items()]


_History = dict[int, list[Told]]


def _history() -> _History:
    """Action id → what was told about it, oldest first."""
    history: _History = defaultdict(list)
    rows = ProgressUpdate.objects.order_by("as_at", "id")
    for action_id, *told in rows.values_list("action_id", "as_at", "percent_done", "organisation_id"):
        history[action_id].append(Told._make(told))
    return history


def _done_by(updates: Sequence[Told], day: date) -> Told | None:
    return next((told for told in reversed(updates) if told.day <= day), None)


def _plan_standing(
    plan: ActionPlan, actions: Sequence[Action], history: _History, on: date, before: date
) -> PlanStanding:
    standings = [_standing(plan, action, history.get(action.pk, ()), on, before) for action in actions]
    return PlanStanding(plan, standings, _path(plan, actions, history, on))


def _standing(
    plan: ActionPlan, action: Action, updates: Sequence[Told], on: date, before: date
) -> ActionStanding:
    def rating(day: date) -> Rating:
        told = _done_by(updates, day)
        return rate(
            starts=action.starts,
            due=action.due,
            percent_done=told.percent_done if told else None,
            today=day,
            plan_ended=plan.has_ended(today=day),
        )

    told = _done_by(updates, on)
    since = [each for each in updates if before < each.day <= on]
    return ActionStanding(action, rating(on), rating(before), told.day if told else None, since)


def _path(plan: ActionPlan, actions: Sequence[Action], history: _History, on: date) -> list[PathPoint]:
    """The plan's start, each month's first day, the day itself and the end; every action weighs the same."""
    months = ReportingPeriod(plan.period_start, plan.period_end).months()
    days = sorted(
        {plan.period_start, *months, min(max(on, plan.period_start), plan.period_end), plan.period_end}
    )
    return [_point(actions, history, day, has_come=day <= on) for day in days if day >= plan.period_start]


def _point(actions: Sequence[Action], history: _History, day: date, *, has_come: bool) -> PathPoint:
    expected = mean(percent_of_time_gone(action.starts, action.due, day) for action in actions)
    if not has_come:
        return PathPoint(day, expected, None)
    told = [_done_by(history.get(action.pk, ()), day) for action in actions]
    return PathPoint(day, expected, mean(each.percent_done if each else 0 for each in told))


# Not started, on track and complete are all as they should be: moving between them is neither better nor worse.
_BADNESS = {RagRating.AMBER: 1, RagRating.RED: 2, RagRating.OVERDUE: 3}


def _badness(rag: RagRating) -> int:
    return _BADNESS.get(rag, 0)
