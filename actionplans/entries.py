"""The actions of plans as their boards show them (actionplans.boards): a few columns each, in one statement."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from sys import intern
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import (
    BooleanField,
    Case,
    Exists,
    ExpressionWrapper,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from actionplans.models import Action, ActionPlan, ProgressUpdate, RagOverride
from actionplans.models.action import Course, percent_by
from actionplans.models.standing import STANDS
from actionplans.rag import EXCEPTIONS, RagRating, Rating, rate
from actionplans.rounds import opened_on
from actionplans.slipping import has_slipped_twice, last_month_ends
from actionplans.statements import Statement, among
from actionplans.trajectory import Measured, points_from

_EXCEPTIONS = frozenset(rag.value for rag in EXCEPTIONS)


class Entry(NamedTuple):
    """One action on its plan's board: what lists and counts look at. Ratings by their values, others by their ids."""

    pk: int
    plan: int
    turn: int
    rag: str
    ref: str
    rank: int
    by_progress: str
    is_measure_behind: bool
    slips: bool
    lead: int
    owner: int | None
    owner_name: str
    priority: str
    priority_name: str
    priority_order: int
    starts: date
    due: date
    closed_on: date | None
    course: str
    percent: int
    updated_on: date | None
    is_said_worse: bool
    is_blocked_by_words: bool
    asks_to_decide: bool
    supporters: Sequence[int]
    # Who told in the round that runs.
    told: Sequence[int]

    @property
    def is_exception(self) -> bool:
        """Whether the rule says so, or the plan's owner does; an owner's word for the better takes nothing out."""
        return self.rag in _EXCEPTIONS or (self.rag == RagRating.GREEN and self.is_said_worse)

    @property
    def is_done(self) -> bool:
        """Whether it is closed or complete."""
        return self.closed_on is not None or self.percent >= 100

    def is_open(self, today: date) -> bool:
        """Whether it has begun and somebody is still at work on it, where its plan runs."""
        return not self.is_done and self.starts <= today and self.course != Course.DEFERRED

    @property
    def involved(self) -> set[int]:
        """The organisations that lead or support it."""
        return {self.lead, *self.supporters}

    def owed_by(self, today: date) -> set[int]:
        """Those that have not told about it in this round, where its plan is in force."""
        return self.involved.difference(self.told) if self.is_open(today) else set()


def entries_of(plans: Mapping[int, ActionPlan], today: date) -> dict[int, list[Entry]]:
    """The actions of each of these plans, in its order, as they stand on a day."""
    found: dict[int, list[Entry]] = defaultdict(list)
    width = len(Entry._fields)
    for row in _rows(today, opened_on(today)).rows(list(plans)):
        entry, facts = Entry._make(row[:width]), _Facts._make(row[width:])
        if facts.rated_on != today:
            entry = _rated(entry, facts, plans[entry.plan], today)
        found[entry.plan].append(entry._replace(rag=intern(entry.rag)))
    return found


class _Facts(NamedTuple):
    """What else the rule looks at, of an action that is not rated yet."""

    rated_on: date | None
    milestone_due: date | None
    times_put_off: int
    is_told: bool
    # At the ends of the last two months.
    percent_later: int | None
    percent_earlier: int | None
    measure: int | None
    baseline: Decimal | None
    target: Decimal | None
    value: Decimal | None
    is_lower_better: bool | None
    trajectory: str | None


def _rated(entry: Entry, facts: _Facts, plan: ActionPlan, today: date) -> Entry:
    """The same, rated by the rule itself: a few actions are told about sooner than the database is asked to rate."""

    def rating(day: date, percent: int | None, **held: Any) -> Rating:
        return rate(
            starts=entry.starts,
            due=entry.due,
            percent_done=percent,
            today=day,
            plan_ended=plan.has_ended(today=day),
            closed_on=entry.closed_on,
            course=entry.course,
            **held,
        )

    now = rating(
        today,
        entry.percent if facts.is_told else None,
        milestone_due=facts.milestone_due,
        measured=_measured(facts),
    )
    told = zip(last_month_ends(today), (facts.percent_later, facts.percent_earlier), strict=True)
    slips = has_slipped_twice(
        times_put_off=facts.times_put_off,
        now=now.by_progress,
        month_ends=(rating(day, percent).by_progress for day, percent in told),
    )
    return entry._replace(
        rag=now.rag.value,
        rank=now.rag.rank,
        by_progress=now.by_progress.value,
        is_measure_behind=now.is_measure_behind,
        slips=slips,
    )


def _measured(facts: _Facts) -> Measured | None:
    if facts.measure is None:
        return None
    points = points_from(json.loads(facts.trajectory or "[]"))
    return Measured(facts.baseline, facts.target, facts.value, bool(facts.is_lower_better), points)


@lru_cache(maxsize=2)
def _rows(today: date, opened: date) -> Statement:
    """Of the actions of some plans, in the order of each, the fields of Entry and then those of _Facts."""
    worse = RagOverride.objects.filter(action=OuterRef("pk"), ended_at=None).for_the_worse()
    supporters = Action.supporting.through.objects.filter(action=OuterRef("pk"))
    told = ProgressUpdate.objects.filter(
        action=OuterRef("pk"), by__isnull=False, as_at__gte=opened, as_at__lte=today
    )
    later, earlier = (_unless_rated(today, percent_by(day)) for day in last_month_ends(today))
    kept = {name: F(f"standing__{name}") for name in ("turn", *STANDS, "rated_on")}
    made = among(Action.objects.all(), "actionplans_action.plan_id").annotate(
        **kept,
        percent=Coalesce("percent_now", 0),
        is_said_worse=Exists(worse),
        is_blocked_by_words=_is_said("blocked_by_text"),
        asks_to_decide=_is_said("decision_needed"),
        supporters=ArraySubquery(supporters.values("organisation")),
        told=ArraySubquery(told.order_by().values("organisation").distinct()),
        is_told=ExpressionWrapper(Q(percent_now__isnull=False), BooleanField()),
        percent_later=later,
        percent_earlier=earlier,
    )
    return Statement.of(
        made.order_by("plan", "order", "pk").values_list(
            *("pk", "plan_id", "turn", "rag", "ref", "rank", "by_progress", "is_measure_behind", "slips"),
            *("lead_id", "owner_id", "owner__name", "priority__code", "priority__name"),
            *("priority__order", "starts", "due", "closed_on", "course", "percent", "updated_on"),
            *("is_said_worse", "is_blocked_by_words", "asks_to_decide", "supporters", "told"),
            *("rated_on", "milestone_due", "times_put_off", "is_told", "percent_later", "percent_earlier"),
            *(f"measure__{name}" for name in ("pk", "baseline", "target", "value_now", "is_lower_better")),
            "measure__trajectory",
        )
    )


def _unless_rated(today: date, found: Subquery) -> Case:
    # What is rated already is read and not asked again.
    return Case(When(standing__rated_on=today, then=Value(None)), default=found, output_field=IntegerField())


def _is_said(words: str) -> Case:
    empty = When(**{words: ""}, then=Value(False))
    return Case(empty, default=Value(True), output_field=BooleanField())
