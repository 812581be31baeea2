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
from functools import cached_property
from typing import Any

from django.db import connection

from actionplans.day import Day
from actionplans.entries import Entry, entries_of
from actionplans.models import ActionPlan
from actionplans.rag import OFF_TRACK, RagRating
from actionplans.rounds import opened_on
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
_OFF_TRACK = frozenset(rag.value for rag in OFF_TRACK)


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
    return Board(plan, entries_of({plan.pk: plan}, day.today).get(plan.pk, []), day.today)


def forget() -> None:
    """Reads all of them anew at the next look (tests, proofs)."""
    _remembered.clear()


def _known(pk: int, mark: Hashable) -> Board | None:
    known = _remembered.get(pk)
    return known if known and known.mark == mark else None


def _read(marks: Mapping[int, Hashable], rows: Mapping[int, Sequence[Any]], day: Day) -> dict[int, Board]:
    plans = {pk: _plan(rows[pk][1]) for pk in marks}
    entries = entries_of(plans, day.today)
    return {pk: Board(plan, entries.get(pk, []), day.today, marks[pk]) for pk, plan in plans.items()}


def _plan(said: str) -> ActionPlan:
    values = dict(zip(PLAN, json.loads(said), strict=True))
    days = {name: date.fromisoformat(values[name]) for name in ("period_start", "period_end")}
    return ActionPlan.from_db("default", PLAN, list((values | days).values()))
