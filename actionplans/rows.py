"""Actions as a list shows them: with rating, the word of the plan's owner, whether they slip again, and progress."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Protocol

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, FilteredRelation, OuterRef, Q
from django.utils.safestring import SafeString

from actionplans import kept_rows
from actionplans.day import Day
from actionplans.models import Action, ProgressUpdate, RagOverride
from actionplans.models.action import ActionQuerySet
from actionplans.rag import RagRating, Rating, rate
from actionplans.slipping import has_slipped_twice, last_month_ends
from actionplans.sparkline import Sparkline, sparkline
from actionplans.statements import Objects, Statement, among, bring

Told = Sequence[tuple[date, int]]


class Turned(Protocol):
    """An action of a list: its id, and the turn under which its rows are kept."""

    @property
    def pk(self) -> int: ...

    @property
    def turn(self) -> int: ...


# The template of a row in a list of what needs attention.
EXCEPTION = "actionplans/plans/exception.html"
# What only an action's own page shows.
PAGES_OWN = ("why", "good_looks_like", "supporting_text", "closing_words", "measure__note", "plan__notice")


@dataclass(frozen=True)
class Row:
    """An action as a list shows it."""

    action: Action
    rating: Rating
    override: RagOverride | None
    slips: bool
    spark: Sparkline | None = None


def kept_rows_of(listed: Iterable[Turned], template: str, day: Day) -> list[SafeString]:
    """The rows of a page as they are kept; its template is given `row`."""
    named = [(each.pk, each.turn) for each in listed]
    return list(kept_rows.rows(template, named, day, lambda pks: _contexts(pks, day.today)).values())


def turned(actions: ActionQuerySet) -> Any:
    """The actions of a list, as `standing` gives them, with their turns."""
    return actions.annotate(turn=F("standing__turn")).values_list("pk", "turn", named=True)


def _contexts(pks: Sequence[int], today: date) -> dict[int, dict[str, Any]]:
    actions = _actions().all(pks)
    for action in actions:
        standing = getattr(action, "standing_override", None)
        bring(action, "overrides", [standing] if standing else [])
    told = {each.pk: list(zip(each.days, each.percents, strict=True)) for each in actions}
    return {each.pk: {"row": row_of(each, told[each.pk], today)} for each in actions}


@lru_cache(maxsize=1)
def _actions() -> Objects:
    """Each with the owner's word that stands, and what was told, oldest first: all of it in one statement."""
    told = ProgressUpdate.objects.filter(action=OuterRef("pk")).order_by("as_at", "id")
    # A relation that is only known here.
    brought: Any = (
        Action.objects.with_what_rates()
        .annotate(
            standing_override=FilteredRelation("overrides", condition=Q(overrides__ended_at=None)),
            days=ArraySubquery(told.values("as_at")),
            percents=ArraySubquery(told.values("percent_done")),
        )
        .select_related("lead", "priority")
        .defer(*PAGES_OWN)
    )
    brought = brought.select_related("standing_override__by")
    return Objects(among(brought.order_by(), "actionplans_action.id"))


@lru_cache(maxsize=1)
def _updates() -> Statement:
    told = ProgressUpdate.objects.order_by("as_at", "id").values_list("action_id", "as_at", "percent_done")
    return Statement.of(among(told, "actionplans_progressupdate.action_id"))


def row_of(action: Action, told: Told, today: date) -> Row:
    """One row; `told` is (day, percent done), oldest first. Needs what `with_what_rates` brings, and the overrides."""
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
    for pk, day, percent in _updates().rows([action.pk for action in actions]):
        told[pk].append((day, percent))
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
