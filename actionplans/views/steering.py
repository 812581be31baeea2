"""The Delivery Group's view: what needs attention, what moved since it last met, what waits for whom."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from actionplans import steering as group_view
from actionplans.boards import Boards, boards_on
from actionplans.day import Day
from actionplans.entries import Entry
from actionplans.kept import kept_page
from actionplans.kept_rows import rows
from actionplans.models import Action, ChangeRequest, Group
from actionplans.rows import EXCEPTION, PAGES_OWN, kept_rows_of, turned
from actionplans.steering import Kind, Moved, Pair, Some
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission

DOOR = (Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
# What is due so soon is looked at with what is overdue.
SOON = timedelta(days=14)
MOST_MOVED = 25


@requires(*DOOR)
@require_safe
def steering(request: StaffRequest) -> HttpResponse:
    """Exceptions, 25 a page, the worst first; each kind has its own list."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/steering/attention.html",
        lambda day: _attention(request, day),
        today=today,
    )


def _attention(request: StaffRequest, day: Day) -> dict[str, Any]:
    asked = request.GET.get("show", "")
    kind = Kind(asked) if asked in set(Kind) else Kind.ALL
    boards = boards_on(day)
    numbers = group_view.counted(boards, day.today)
    page = _page_of(request, kind, boards, numbers[kind], day)
    return {
        "part": "attention",
        "rows": kept_rows_of(page.object_list, EXCEPTION, day),
        "page_obj": page,
        "kind": kind,
        "kinds": [(each, numbers[each]) for each in Kind if each and (numbers[each] or each is kind)],
    }


def _page_of(request: StaffRequest, kind: Kind, boards: Boards, number: int, day: Day) -> Page:
    if kind is Kind.ALL:
        exceptions = boards.exceptions()
        return page_of(exceptions, request, found=len(exceptions))
    stand = Action.objects.in_force().standing(day.today, is_kept=day.is_rated)
    return page_of(turned(group_view.of_kind(kind, stand, day.today)), request, found=number)


@requires(*DOOR)
@require_safe
def since_last_meeting(request: StaffRequest) -> HttpResponse:
    """Ratings that moved, updates told, change requests decided and log entries made since the group last met."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/steering/since.html",
        lambda day: _since(request, day),
        today=today,
    )


def _since(request: StaffRequest, day: Day) -> dict[str, Any]:
    last, to_come = group_view.last_and_next(Group.DELIVERY_GROUP, day.today)
    since, moment = group_view.since(last, day.today)
    boards = boards_on(day)
    moved = group_view.moved_since(since, boards, day, first=MOST_MOVED)
    changes = group_view.changes_since(moment)
    return {
        "part": "since",
        "last": last,
        "to_come": to_come,
        "day": since,
        "moved": Some(_moved(moved.first, day), moved.number),
        "told": group_view.told_since(since, boards),
        "changes": Some(_changes(changes.first, boards, day), changes.number),
        "log": group_view.log_since(moment, Group.DELIVERY_GROUP),
        "runs": request.user.may(Permission.RUN_MEETINGS),
    }


def _changes(changes: Sequence[ChangeRequest], boards: Boards, day: Day) -> list[SafeString]:
    """What was decided stays as it is; its action may be called something else."""
    entries = boards.entries
    known = {each.pk: each for each in changes if each.action_id in entries}
    named = [(pk, (each.decided_at, entries[each.action_id].turn)) for pk, each in known.items()]
    made = rows(
        "actionplans/steering/change.html", named, day, lambda pks: {pk: {"change": known[pk]} for pk in pks}
    )
    return list(made.values())


def _moved(moved: Sequence[Moved], day: Day) -> list[SafeString]:
    """As they are kept until they move again."""
    how = {each.pk: each for each in moved}
    named = [(each.pk, (each.turn, each.before, each.now)) for each in moved]

    def contexts(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
        actions = Action.objects.filter(pk__in=pks).select_related("plan", "lead").defer(*PAGES_OWN[:-2])
        return {each.pk: {"action": each, "moved": how[each.pk]} for each in actions}

    return list(rows("actionplans/steering/moved.html", named, day, contexts).values())


@requires(*DOOR)
@require_safe
def waiting_for(request: StaffRequest) -> HttpResponse:
    """Decisions that the SOG is asked for, what blocks what, who has not told this month, log entries that are due."""
    today = timezone.localdate()
    return kept_page(
        request, "actionplans/steering/waiting_for.html", lambda day: _waiting(request, day), today=today
    )


def _waiting(request: StaffRequest, day: Day) -> dict[str, Any]:
    boards = boards_on(day)
    asked, waits = group_view.decisions_needed(boards), group_view.dependencies(boards)
    return {
        "part": "waiting",
        "today": day.today,
        "decisions": Some(_to_decide(asked.first, day), asked.number),
        "dependencies": Some(_waiting_for_another(waits.first, day), waits.number),
        "not_told": group_view.not_told(boards),
        "log": group_view.log_due(day.today + SOON, Group.DELIVERY_GROUP),
        "may_ask": request.user.may(Permission.RUN_MEETINGS),
    }


def _to_decide(entries: Sequence[Entry], day: Day) -> list[SafeString]:
    def contexts(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
        return {each.pk: {"action": each} for each in _named(pks)}

    named = [(each.pk, each.turn) for each in entries]
    return list(rows("actionplans/steering/decision.html", named, day, contexts).values())


def _waiting_for_another(pairs: Sequence[Pair], day: Day) -> list[SafeString]:
    ends = {each.pk: each for each in pairs}

    def contexts(pks: Sequence[int]) -> dict[int, dict[str, Any]]:
        shown = [ends[pk] for pk in pks]
        known = {
            each.pk: each for each in _named([end for pair in shown for end in (pair.waits, pair.other)])
        }
        return {
            pair.pk: {"waits": known[pair.waits], "other": known[pair.other]}
            for pair in shown
            if {pair.waits, pair.other} <= known.keys()
        }

    named = [(each.pk, each.turns) for each in pairs]
    return list(rows("actionplans/steering/dependency.html", named, day, contexts).values())


def _named(pks: Sequence[int]) -> Iterable[Action]:
    return Action.objects.filter(pk__in=pks).select_related("plan", "lead")
