"""How the actions of every plan stand, as this process remembers it: lists and counts of ten thousand at the price of
one plan.

The database says of each plan by one number whether anything was changed that its board shows (the turns of its
actions, see actionplans.models.standing); only boards of which another number is remembered are read again, all of them
in one statement. So what is told about an action costs the reading of its plan, and a new day that of all.
"""

import json
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property, lru_cache
from sys import intern
from typing import Any, NamedTuple

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
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

from actionplans.day import Day
from actionplans.models import Action, ActionPlan, ProgressUpdate, RagOverride
from actionplans.models.action import Course, percent_by
from actionplans.models.standing import STANDS
from actionplans.rag import EXCEPTIONS, OFF_TRACK, RagRating, Rating, rate
from actionplans.rounds import opened_on
from actionplans.slipping import has_slipped_twice, last_month_ends
from actionplans.statements import Statement, among
from actionplans.trajectory import Measured, points_from
from partners.models import User
from partners.roles import Permission

# Of a plan what lists say of it, which is few words.
PLAN = (
    "id",
    "code",
    "title",
    "appendix",
    "period_start",
    "period_end",
    "is_illustrative",
    "order",
    "owner_id",
    "is_draft",
)
# Another version of a plan's own row has another xmin or, made by the same transaction, another place. The turns are
# mixed before they are put together, so that no two sets of them come to the same.
MARKS = """
SELECT plan.id, json_build_array({plan})::text, plan.xmin::text, plan.ctid::text, found.mixed, (
    SELECT string_agg(names::text, ' ' ORDER BY connection) FROM actionplans_edition WHERE names > 0
) FROM actionplans_actionplan plan LEFT JOIN (
    SELECT plan_id, bit_xor(hashint8extended(turn, 0)) AS mixed
    FROM actionplans_standing GROUP BY plan_id
) found ON found.plan_id = plan.id ORDER BY plan."order", plan.code
""".format(plan=", ".join(f'plan."{each}"' for each in PLAN))
_EXCEPTIONS = frozenset(rag.value for rag in EXCEPTIONS)
_OFF_TRACK = frozenset(rag.value for rag in OFF_TRACK)


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


@dataclass(frozen=True)
class Board:
    """One plan on a day, with its actions in their order."""

    plan: ActionPlan
    entries: Sequence[Entry]
    today: date
    # Another one as soon as the plan or any of its actions is.
    mark: Hashable = None

    @cached_property
    def in_force(self) -> bool:
        """Whether it is no draft, and its period has not ended."""
        return not self.plan.is_draft and not self.plan.has_ended(today=self.today)

    @cached_property
    def tallies(self) -> Mapping[str, int]:
        """How many actions stand in each state."""
        return Counter(each.rag for each in self.entries)

    @cached_property
    def exceptions(self) -> Mapping[int, Sequence[Entry]]:
        """The actions that need attention, by their place in a list that shows the worst first."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for each in self.entries:
            if each.is_exception:
                found[each.rank].append(each)
        return found

    @cached_property
    def off_track(self) -> int:
        """How many are overdue or off track."""
        return sum(number for rag, number in self.tallies.items() if rag in _OFF_TRACK)

    @cached_property
    def behind_and_twice(self) -> tuple[int, int]:
        """How many have a measure behind, and how many slip twice."""
        return sum(each.is_measure_behind for each in self.entries), sum(each.slips for each in self.entries)

    @cached_property
    def to_decide(self) -> Sequence[Entry]:
        """Open actions of a plan in force for which a decision is asked."""
        asks = (each for each in self.entries if each.asks_to_decide and each.is_open(self.today))
        return list(asks) if self.in_force else []

    @cached_property
    def blocked_by_words(self) -> Sequence[Entry]:
        """Open actions of a plan in force that wait for what is no action."""
        says = (each for each in self.entries if each.is_blocked_by_words and each.is_open(self.today))
        return list(says) if self.in_force else []

    def told_after(self, day: date) -> int:
        """How many actions were told about after a day."""
        return len(self._told_on) - bisect_right(self._told_on, day)

    @cached_property
    def _told_on(self) -> Sequence[date]:
        return sorted(each.updated_on for each in self.entries if each.updated_on)

    @cached_property
    def unfinished(self) -> Mapping[int, int]:
        """How many actions of a plan in force are neither closed nor complete, by who leads them."""
        left = (each.lead for each in self.entries if not each.is_done)
        return Counter(left) if self.in_force else {}

    @cached_property
    def owed(self) -> Mapping[int, Sequence[Entry]]:
        """Open actions of a plan in force by the organisations that have not told about them in this round."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for each in self.entries if self.in_force else ():
            for house in each.owed_by(self.today):
                found[house].append(each)
        return found

    @cached_property
    def told_or_not_begun(self) -> Mapping[int, Sequence[Entry]]:
        """The other actions of a plan in force that are not closed, by the organisations that lead or support them."""
        found: dict[int, list[Entry]] = defaultdict(list)
        for each in self.entries if self.in_force else ():
            if each.closed_on is None:
                for house in each.involved - each.owed_by(self.today):
                    found[house].append(each)
        return found


@dataclass(frozen=True)
class Boards:
    """All plans in their order; `names` is another one as soon as anybody or anything is called something else, or
    works somewhere else (actionplans.models.standing.Newest)."""

    every: Sequence[Board]
    names: str = ""

    @cached_property
    def entries(self) -> Mapping[int, Entry]:
        """All actions by their ids."""
        return {entry.pk: entry for each in self.every for entry in each.entries}

    @cached_property
    def in_force(self) -> frozenset[int]:
        """The ids of the plans in force."""
        return frozenset(each.plan.pk for each in self.every if each.in_force)

    def exceptions(self) -> list[Entry]:
        """Actions of plans in force that need attention, the worst first, then in the order of the plans."""
        boards = [each.exceptions for each in self.in_no_draft()]
        return [entry for rank in range(len(RagRating)) for each in boards for entry in each.get(rank, ())]

    def seen_by(self, user: User) -> list[Board]:
        """As ActionPlan.objects.seen_by: nobody but its owner sees a draft."""
        owners = (None, user.pk) if user.may(Permission.OWN_PLANS) else ()
        return [each for each in self.every if not each.plan.is_draft or each.plan.owner_id in owners]

    def in_no_draft(self) -> Iterator[Board]:
        """Those that people work on, or did."""
        return (each for each in self.every if not each.plan.is_draft)

    def owed_by(self, organisation: int) -> int:
        """How many actions wait for an organisation to tell."""
        return sum(len(each.owed.get(organisation, ())) for each in self.every)

    def owed(self) -> Counter[int]:
        """The same of all organisations."""
        found: Counter[int] = Counter()
        for each in self.every:
            for house, entries in each.owed.items():
                found[house] += len(entries)
        return found


_remembered: dict[int, Board] = {}


def marks_of_plans() -> dict[int, tuple[Any, ...]]:
    """Of each plan in their order, by its id, what is another one as soon as the plan or any of its actions is."""
    with connection.cursor() as cursor:
        cursor.execute(MARKS)
        return {row[0]: row for row in cursor.fetchall()}


def boards_on(day: Day) -> Boards:
    """All boards on a day."""
    day.rate_many()
    opened, plans = opened_on(day.today), marks_of_plans()
    marks = {pk: (day.today, opened, row) for pk, row in plans.items()}
    found = {pk: known for pk, mark in marks.items() if (known := _known(pk, mark))}
    missing = {pk: mark for pk, mark in marks.items() if pk not in found}
    if missing:
        made = _read(missing, plans, day)
        found |= made
        _remembered.update(made)
    for gone in _remembered.keys() - marks.keys():
        _remembered.pop(gone, None)
    names = next((row[-1] for row in plans.values()), "")
    return Boards([found[pk] for pk in marks], names or "")


def board_of(plan: ActionPlan, day: Day) -> Board:
    """The board of one plan, read anew: a few dozen rows."""
    day.rate_many()
    return Board(plan, _entries({plan.pk: plan}, day).get(plan.pk, []), day.today)


def forget() -> None:
    """Reads all of them anew at the next look (tests, proofs)."""
    _remembered.clear()


def _known(pk: int, mark: Hashable) -> Board | None:
    known = _remembered.get(pk)
    return known if known and known.mark == mark else None


def _read(marks: Mapping[int, Hashable], rows: Mapping[int, Sequence[Any]], day: Day) -> dict[int, Board]:
    plans = {pk: _plan(rows[pk][1]) for pk in marks}
    entries = _entries(plans, day)
    return {pk: Board(plan, entries.get(pk, []), day.today, marks[pk]) for pk, plan in plans.items()}


def _entries(plans: Mapping[int, ActionPlan], day: Day) -> dict[int, list[Entry]]:
    found: dict[int, list[Entry]] = defaultdict(list)
    width = len(Entry._fields)
    for row in _rows(day.today, opened_on(day.today)).rows(list(plans)):
        entry, facts = Entry._make(row[:width]), _Facts._make(row[width:])
        if facts.rated_on != day.today:
            entry = _rated(entry, facts, plans[entry.plan], day.today)
        found[entry.plan].append(entry._replace(rag=intern(entry.rag)))
    return found


def _plan(said: str) -> ActionPlan:
    values = dict(zip(PLAN, json.loads(said), strict=True))
    days = {name: date.fromisoformat(values[name]) for name in ("period_start", "period_end")}
    return ActionPlan.from_db("default", PLAN, list((values | days).values()))


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
