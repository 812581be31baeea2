"""What the Delivery Group looks at: exceptions first, what moved since its last meeting, what waits for whom.

Everything is counted and cut in the database: ten thousand actions cost what ten do, but for the counting itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from django.db.models import Count, F, Q, QuerySet, Subquery, Value, Window
from django.utils import timezone

from actionplans.boards import Boards
from actionplans.day import Day
from actionplans.entries import Entry
from actionplans.models import Action, ChangeRequest, Decision, Group, LogEntry, Meeting, Standing
from actionplans.models.action import ActionQuerySet, keep_ratings_before
from actionplans.models.tellers import without_tellers
from actionplans.rag import EXCEPTIONS, RagRating
from actionplans.statements import Objects, Statement
from partners.directory import directory
from partners.models import Organisation

# How many of a kind a page shows before it leads to the rest.
FIRST = 10
BLOCKING = Action.blocked_by.through
Thing = TypeVar("Thing")
_NOT_DONE = Q(percent_now__lt=100) | Q(percent_now=None)


class Kind(StrEnum):
    """A reason for which an action needs attention; the value stands in addresses."""

    ALL = ""
    OVERDUE = "overdue"
    OFF_TRACK = "red"
    SLIPPING = "amber"
    BEHIND = "behind"
    TWICE = "twice"
    BLOCKED = "blocked"
    LEFT = "left"

    @property
    def words(self) -> str:
        """What it is called on a page."""
        return _WORDS[self]


_WORDS = {
    Kind.ALL: "All that need attention",
    Kind.OVERDUE: "Overdue",
    Kind.OFF_TRACK: "Off track",
    Kind.SLIPPING: "Slipping",
    Kind.BEHIND: "Measure behind",
    Kind.TWICE: "Slipping twice",
    Kind.BLOCKED: "Blocked",
    Kind.LEFT: "Lead has left",
}
_RANKS = {rag.value: rag.rank for rag in RagRating}
_BY_RAG = (Kind.OVERDUE, Kind.OFF_TRACK, Kind.SLIPPING)


def needing_attention(kind: Kind, today: date) -> ActionQuerySet:
    """Actions of one kind, the worst first."""
    return of_kind(kind, Action.objects.in_force().standing(today), today)


def of_kind(kind: Kind, stand: ActionQuerySet, today: date) -> ActionQuerySet:
    """Of actions as `standing` gives them those of one kind, the worst first."""
    if kind in _BY_RAG:
        found = stand.filter(Q(rag=kind.value))
    elif kind is Kind.BEHIND:
        found = stand.filter(Q(is_measure_behind=True))
    elif kind is Kind.TWICE:
        found = stand.filter(Q(slips=True))
    elif kind is Kind.BLOCKED:
        found = stand.filter(pk__in=_blocked(today).values("pk"))
    elif kind is Kind.LEFT:
        found = stand.filter(pk__in=Action.objects.without_lead(today).values("pk"))
    else:
        found = stand.exceptions()
    return found.worst_first()


def counted(boards: Boards, today: date) -> dict[Kind, int]:
    """How many of the actions in force are of each kind: two statements."""
    numbers = dict.fromkeys(Kind, 0)
    for each in boards.in_no_draft():
        for kind in _BY_RAG:
            numbers[kind] += each.tallies.get(kind.value, 0)
        behind, twice = each.behind_and_twice
        numbers[Kind.BEHIND] += behind
        numbers[Kind.TWICE] += twice
    waiting = {waits.pk for _, waits, _ in _links_of(boards) if waits.is_open(today)}
    waiting |= {entry.pk for each in boards.every for entry in each.blocked_by_words}
    left = _left(today, boards.names)
    numbers[Kind.BLOCKED] = len(waiting)
    numbers[Kind.LEFT] = sum(each.unfinished.get(pk, 0) for each in boards.every for pk in left)
    return numbers


def _links_of(boards: Boards) -> Iterator[tuple[int, Entry, Entry]]:
    """What of a plan in force waits for what (link, action, action), neither of them closed or complete."""
    # From the links, which are few, to the actions as they are remembered.
    for link, waits, other in _every_link().rows():
        waiting, awaited = boards.entries.get(waits), boards.entries.get(other)
        if waiting is None or awaited is None or waiting.plan not in boards.in_force:
            continue
        if not (waiting.is_done or awaited.is_done):
            yield link, waiting, awaited


@lru_cache(maxsize=1)
def _every_link() -> Statement:
    return Statement.of(BLOCKING.objects.order_by().values_list("pk", "from_action_id", "to_action_id"))


@lru_cache(maxsize=2)
def _left(today: date, names: str) -> frozenset[int]:
    """Organisations without anybody who could tell: others as soon as somebody comes or goes, which `names` tells."""
    return frozenset(without_tellers(today).values_list("pk", flat=True))


def _blocked(today: date) -> ActionQuerySet:
    """Running and not done, and something that it waits for is not done either."""
    # Few actions wait: from their links to them, and not from every action to its links.
    waits_for = BLOCKING.objects.filter(to_action__closed_on=None).filter(
        Q(to_action__percent_now__lt=100) | Q(to_action__percent_now=None)
    )
    is_blocked = ~Q(blocked_by_text="") | Q(pk__in=waits_for.values("from_action"))
    return Action.objects.running(today).filter(_NOT_DONE).filter(is_blocked)


def worst(today: date, *, most: int) -> list[tuple[Action, str]]:
    """The actions that need attention most, the worst first, each with why."""
    found = needing_attention(Kind.ALL, today).with_what_rates().select_related("lead")[:most]
    return [(action, _why(action, today)) for action in found]


def _why(action: Action, today: date) -> str:
    rating = action.rating(today=today)
    why = f"{rating.word}: {rating.reason}. {action.lead} leads."
    asked = action.decision_needed.strip()
    return f"{why} Decision asked of the Senior Officer Group: {asked}" if asked else why


@dataclass(frozen=True)
class Moved:
    """An action (by its id) whose rating by progress is another one than on the day of the last meeting."""

    pk: int
    turn: int
    before: RagRating
    now: RagRating

    @property
    def is_worse(self) -> bool:
        return self.now.rank < self.before.rank and self.now in EXCEPTIONS


@dataclass(frozen=True)
class Pair:
    """One action that waits for another, by their ids; another one of either has another turn."""

    pk: int
    waits: int
    other: int
    turns: tuple[int, int]


@dataclass(frozen=True)
class Some(Generic[Thing]):
    """The first of a list, and how long the whole of it is."""

    first: list[Thing]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.first)


def _some(found: Objects) -> "Some[Any]":
    """One statement: each row brings how many there are."""
    rows = found.all()
    return Some(rows, rows[0].all_of_them if rows else 0)


def _first(found: QuerySet) -> Objects:
    return Objects(found.annotate(all_of_them=Window(Count("*")))[:FIRST])


def moved_since(day: date, boards: Boards, on: Day, *, first: int = FIRST) -> "Some[Moved]":
    """Ratings by progress that are others than at the end of `day`; those that got worse first."""
    are_kept = keep_ratings_before(day, is_missing=bool(on.unrated))
    found = (_kept_before(on.today) if are_kept else _before(day)).rows()
    entries = ((boards.entries[pk], before) for pk, before in found if pk in boards.entries)
    moved = [
        (_RANKS[entry.by_progress], entry.due, entry.pk, before)
        for entry, before in entries
        if entry.plan in boards.in_force and _has_moved(before, entry.by_progress)
    ]
    shown = ((boards.entries[pk], before) for *_, pk, before in sorted(moved)[:first])
    return Some(
        [
            Moved(entry.pk, entry.turn, RagRating(before), RagRating(entry.by_progress))
            for entry, before in shown
        ],
        len(moved),
    )


def _has_moved(before: str, now: str) -> bool:
    """Whether the rating is another one, and the action did not only begin."""
    return before != now and (before, now) != (RagRating.NOT_STARTED, RagRating.GREEN)


def _before(day: date) -> Statement:
    rated: Any = Action.objects.rated_before(day)
    return Statement.of(rated.order_by().values_list("pk", "before"))


@lru_cache(maxsize=2)
def _kept_before(today: date) -> Statement:
    """Of all actions but those that are rated today as they were then."""
    stays = Q(rated_on=today, by_progress=F("before"))
    return Statement.of(Standing.objects.exclude(stays).order_by().values_list("pk", "before"))


def told_since(day: date, boards: Boards) -> int:
    """How many actions were told about after a day."""
    return sum(each.told_after(day) for each in boards.in_no_draft())


def changes_since(moment: datetime) -> "Some[ChangeRequest]":
    """Change requests that were decided, the newest first."""
    return _some(_changes(moment))


@lru_cache(maxsize=4)
def _changes(moment: datetime) -> Objects:
    decided = ChangeRequest.objects.filter(decided_at__gt=moment).exclude(decision=Decision.WITHDRAWN)
    newest_first = decided.order_by("-decided_at", "-pk")
    all_of_them = decided.order_by().values(all=Value(1)).annotate(number=Count("pk")).values("number")
    # First the few, then what belongs to them.
    shown = ChangeRequest.objects.filter(pk__in=newest_first.values("pk")[:FIRST])
    named = shown.select_related("action__plan", "decided_by", "new_lead").order_by("-decided_at", "-pk")
    return Objects(named.annotate(all_of_them=Subquery(all_of_them)))


def log_since(moment: datetime, group: Group) -> "Some[LogEntry]":
    """Entries of a group's log that were made after a moment, the newest first."""
    return _some(_new_entries(moment, group))


@lru_cache(maxsize=8)
def _new_entries(moment: datetime, group: Group) -> Objects:
    made = LogEntry.objects.filter(group=group, made_at__gt=moment)
    return _first(made.select_related("organisation", "person").order_by("-number"))


def log_due(until: date, group: Group) -> "Some[LogEntry]":
    """Open entries that are due by a day, the longest overdue first."""
    return _some(_due_entries(until, group))


@lru_cache(maxsize=8)
def _due_entries(until: date, group: Group) -> Objects:
    due = LogEntry.objects.waiting().filter(group=group, due__lte=until)
    return _first(due.select_related("organisation", "person").order_by("due", "number"))


def decisions_needed(boards: Boards) -> "Some[Entry]":
    """Actions of running plans for which a decision of the Senior Officer Group is asked, the first due first."""
    asked = [entry for each in boards.every for entry in each.to_decide]
    return Some(sorted(asked, key=lambda each: (each.due, each.pk))[:FIRST], len(asked))


def dependencies(boards: Boards) -> "Some[Pair]":
    """Pairs of actions of which the one waits for the other, neither of them done."""
    pairs = sorted(_links_of(boards), key=lambda link: (link[2].due, link[0]))
    first = [Pair(link, waits.pk, other.pk, (waits.turn, other.turn)) for link, waits, other in pairs[:FIRST]]
    return Some(first, len(pairs))


def not_told(boards: Boards) -> list[tuple[Organisation, int]]:
    """Organisations that have not told about all their actions in this round, with how many."""
    numbers = boards.owed()
    houses = [each for each in directory().organisations.values() if numbers[each.pk]]
    return sorted(((each, numbers[each.pk]) for each in houses), key=lambda pair: -pair[1])


def last_and_next(group: Group, today: date) -> tuple[Meeting | None, Meeting | None]:
    """The group's newest closed meeting, and the next that is not closed: one statement."""
    around = Meeting.objects.filter(group=group).filter(Q(closed_at=None) | Q(held_on__lte=today))
    last = around.closed().order_by("-held_on").values("pk")[:1]
    to_come = around.filter(closed_at=None).order_by("held_on").values("pk")[:1]
    found = {
        bool(each.closed_at): each for each in Meeting.objects.filter(Q(pk__in=last) | Q(pk__in=to_come))
    }
    return found.get(True), found.get(False)


def since(last: Meeting | None, today: date) -> tuple[date, datetime]:
    """The day and the moment from which on things are new to the group; without a meeting, the month's first day."""
    if last and last.closed_at:
        return last.held_on, last.closed_at
    first = today.replace(day=1)
    return first, timezone.make_aware(datetime(first.year, first.month, 1))
