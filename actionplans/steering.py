"""What the Delivery Group looks at: exceptions first, what moved since its last meeting, what waits for whom.

Everything is counted and cut in the database: ten thousand actions cost what ten do, but for the counting itself.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Generic, TypeVar

from django.db.models import (
    BooleanField,
    CharField,
    Count,
    F,
    Q,
    QuerySet,
    Value,
    Window,
)
from django.utils import timezone

from actionplans import rag_sql
from actionplans.models import Action, ChangeRequest, Decision, Group, LogEntry, Meeting
from actionplans.models.action import ActionQuerySet
from actionplans.owing import owed_by_lead, owed_by_supporters
from actionplans.rag import EXCEPTIONS, RagRating
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


def counted(stand: ActionQuerySet, today: date) -> dict[Kind, int]:
    """How many of the actions are of each kind, as `standing` gives those in force: one statement."""
    stand = stand.order_by()
    looked_at = Q(rag__in=[rag.value for rag in EXCEPTIONS]) | Q(is_measure_behind=True) | Q(slips=True)
    marks = stand.filter(looked_at).annotate(kind=F("rag"), behind=F("is_measure_behind"), twice=F("slips"))
    others = {Kind.BLOCKED: _blocked(today), Kind.LEFT: Action.objects.without_lead(today)}
    rows = _numbers(marks).union(
        *(_numbers(_called(kind, found)) for kind, found in others.items()), all=True
    )
    numbers = dict.fromkeys(Kind, 0)
    for kind, is_behind, is_twice, number in rows:
        counts_as = {kind: True, Kind.BEHIND: is_behind, Kind.TWICE: is_twice}
        for each in set(Kind) & {name for name, counts in counts_as.items() if counts}:
            numbers[Kind(each)] += number
    return numbers


def _called(kind: Kind, found: ActionQuerySet) -> ActionQuerySet:
    no = Value(False, BooleanField())
    return found.order_by().annotate(kind=Value(kind.value, CharField()), behind=no, twice=no)


def _numbers(found: Any) -> QuerySet[Action, Any]:
    names = ("kind", "behind", "twice")
    return found.values(*names).annotate(number=Count("pk")).values_list(*names, "number")


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
    """An action whose rating by progress is another one than on the day of the last meeting."""

    action: Action
    before: RagRating
    now: RagRating

    @property
    def is_worse(self) -> bool:
        return self.now.rank < self.before.rank and self.now in EXCEPTIONS


@dataclass(frozen=True)
class Some(Generic[Thing]):
    """The first of a list, and how long the whole of it is."""

    first: list[Thing]
    number: int

    @property
    def more(self) -> int:
        return self.number - len(self.first)


def _some(found: QuerySet, first: int = FIRST) -> "Some[Any]":
    """One statement: each row brings how many there are."""
    rows = list(found.annotate(all_of_them=Window(Count("*")))[:first])
    return Some(rows, rows[0].all_of_them if rows else 0)


def moved_since(day: date, today: date, *, first: int = FIRST) -> "Some[Moved]":
    """Ratings by progress that are others than at the end of `day`; those that got worse first."""
    found = (
        Action.objects.in_force()
        .filter(plan__period_end__gte=today)
        .standing(today)
        .standing_before(day)
        .exclude(Q(by_progress=F("before")))
        .exclude(Q(before=RagRating.NOT_STARTED, by_progress=RagRating.GREEN))
        .annotate(place=rag_sql.rank("by_progress"))
        .select_related("plan", "lead")
        .order_by("place", "due", "pk")
    )
    some = _some(found, first)
    moved = [Moved(each, RagRating(each.before), RagRating(each.by_progress)) for each in some.first]
    return Some(moved, some.number)


def told_since(day: date) -> int:
    """How many actions were told about after a day."""
    return Action.objects.in_force().filter(updated_on__gt=day).count()


def changes_since(moment: datetime) -> "Some[ChangeRequest]":
    """Change requests that were decided, the newest first."""
    decided = ChangeRequest.objects.filter(decided_at__gt=moment).exclude(decision=Decision.WITHDRAWN)
    return _some(
        decided.select_related("action__plan", "decided_by", "new_lead").order_by("-decided_at", "-pk")
    )


def log_since(moment: datetime, group: Group) -> "Some[LogEntry]":
    """Entries of a group's log that were made after a moment, the newest first."""
    made = LogEntry.objects.filter(group=group, made_at__gt=moment)
    return _some(made.select_related("organisation", "person").order_by("-number"))


def log_due(until: date, group: Group) -> "Some[LogEntry]":
    """Open entries that are due by a day, the longest overdue first."""
    due = LogEntry.objects.waiting().filter(group=group, due__lte=until)
    return _some(due.select_related("organisation", "person").order_by("due", "number"))


def decisions_needed(today: date) -> "Some[Action]":
    """Actions of running plans for which a decision of the Senior Officer Group is asked."""
    asked = Action.objects.running(today).filter(_NOT_DONE).exclude(decision_needed="")
    return _some(asked.select_related("plan", "lead").order_by("due", "pk"))


def dependencies(today: date) -> "Some[Any]":
    """Pairs of actions of which the one (`from_action`) waits for the other (`to_action`), neither of them done."""
    running = {"from_action__closed_on": None, "from_action__plan__period_end__gte": today}
    pairs = BLOCKING.objects.filter(to_action__closed_on=None, from_action__plan__is_draft=False, **running)
    for end in ("from_action", "to_action"):
        pairs = pairs.filter(Q(**{f"{end}__percent_now__lt": 100}) | Q(**{f"{end}__percent_now": None}))
    brought = [f"{end}__{each}" for end in ("from_action", "to_action") for each in ("plan", "lead")]
    return _some(pairs.select_related(*brought).order_by("to_action__due", "pk"))


def not_told(today: date) -> list[tuple[Organisation, int]]:
    """Organisations that have not told about all their actions in this round, with how many; one statement."""
    leads = owed_by_lead(today).order_by().values("lead_id").annotate(number=Count("pk"))
    supports = owed_by_supporters(today).order_by().values("organisation_id").annotate(number=Count("pk"))
    numbers: dict[int, int] = {}
    for house, number in leads.values_list("lead_id", "number").union(
        supports.values_list("organisation_id", "number"), all=True
    ):
        numbers[house] = numbers.get(house, 0) + number
    houses = [each for each in directory().organisations.values() if each.pk in numbers]
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
