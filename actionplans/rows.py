"""Actions as a list shows them: with rating, the word of the plan's owner, whether they slip again, and progress."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from actionplans.models import Action, ProgressUpdate, RagOverride
from actionplans.rag import RagRating, Rating, rate
from actionplans.slipping import has_slipped_twice, last_month_ends
from actionplans.sparkline import Sparkline, sparkline

Told = Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Row:
    """An action as a list shows it."""

    action: Action
    rating: Rating
    override: RagOverride | None
    slips: bool
    spark: Sparkline | None = None


def rows_of(actions: Iterable[Action], today: date) -> list[Row]:
    """The rows of a page; its actions come `with_what_rates` and `with_overrides`. One statement for all updates."""
    listed = list(actions)
    told = told_of(listed)
    return [row_of(action, told[action.pk], today) for action in listed]


def row_of(action: Action, told: Told, today: date) -> Row:
    """One row; `told` is (day, percent done), oldest first."""
    rating = action.rating(today=today)
    return Row(
        action=action,
        rating=rating,
        override=action.override(today=today),
        slips=has_slipped_twice(
            times_put_off=action.times_put_off,
            now=rating.by_progress,
            month_ends=[_by_progress(action, told, day) for day in last_month_ends(today)],
        ),
        spark=sparkline(starts=action.starts, due=action.due, today=today, updates=told),
    )


def told_of(actions: list[Action]) -> dict[int, list[tuple[date, int]]]:
    """What was told about each of these actions, oldest first: one statement."""
    told: dict[int, list[tuple[date, int]]] = defaultdict(list)
    updates = ProgressUpdate.objects.filter(action__in=[action.pk for action in actions])
    for pk, *day_and_percent in updates.order_by("as_at", "id").values_list(
        "action", "as_at", "percent_done"
    ):
        told[pk].append(tuple(day_and_percent))  # type: ignore[arg-type]
    return told


def _by_progress(action: Action, told: Told, day: date) -> RagRating:
    return rate(
        starts=action.starts,
        due=action.due,
        percent_done=next((percent for when, percent in reversed(told) if when <= day), None),
        today=day,
        closed_on=action.closed_on,
        course=action.course,
        plan_ended=action.plan.has_ended(today=day),
    ).by_progress
