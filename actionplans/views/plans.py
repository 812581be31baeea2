"""Reading plans: all of them, and one. Exceptions come first everywhere."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from actionplans.boards import Board, Boards, board_of, boards_on
from actionplans.day import Day
from actionplans.kept import kept_page
from actionplans.kept_rows import rows
from actionplans.models import Action, ActionPlan, StrategyStatement
from actionplans.narrowing import Choice, Present, chosen_in, filters, filters_html, narrowed
from actionplans.rag import RagRating
from actionplans.rows import EXCEPTION, kept_rows_of, turned
from govuk.paging import page_of
from partners.directory import directory
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission

# So many plans are shown with how their actions stand; more than that are named below them.
MOST_CARDS = 25


@dataclass(frozen=True)
class Tally:
    """How many actions of a plan stand in one state."""

    rag: RagRating
    number: int


@requires(Permission.SEE_PLANS)
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    """All plans with how their actions stand, and the actions that need attention; filters stand in the address."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/plans/plans.html",
        lambda day: _all_plans(request, day),
        today=today,
    )


def _all_plans(request: StaffRequest, day: Day) -> dict[str, Any]:
    boards = boards_on(day)
    chosen = chosen_in(request.GET)
    seen = boards.seen_by(request.user)
    page = _page_of_all(request, boards, chosen, day)
    running = [each for each in seen if each.in_force]
    return {
        "statement": StrategyStatement.objects.only("title").first(),
        "plans": _shown(running[:MOST_CARDS], "actionplans/plans/card.html", day),
        "more_plans": _shown(running[MOST_CARDS:], "actionplans/plans/line.html", day),
        "drafts": _shown([each for each in seen if each.plan.is_draft], "actionplans/plans/line.html", day),
        "ended": [each.plan for each in seen if not each.in_force and not each.plan.is_draft],
        "page_obj": page,
        "rows": kept_rows_of(page.object_list, EXCEPTION, day),
        "off_track": sum(each.off_track for each in boards.in_no_draft()),
        "filters": filters_html(_filters_of_all(seen, chosen), is_filtered=bool(chosen)),
        "is_filtered": bool(chosen),
        "owed": _owed(request.user, boards),
    }


def _page_of_all(request: StaffRequest, boards: Boards, chosen: Mapping[str, str], day: Day) -> Page:
    if not chosen:
        exceptions = boards.exceptions()
        return page_of(exceptions, request, found=len(exceptions))
    running = Action.objects.in_force().filter(plan__period_end__gte=day.today)
    rated = running.standing(day.today, is_kept=day.is_rated)
    return page_of(turned(narrowed(rated, chosen, day.today).worst_first()), request)


def _shown(boards: Sequence[Board], template: str, day: Day) -> list[SafeString]:
    """Plans as the list of all shows them, each rendered once until it or one of its actions changes."""
    known = {each.plan.pk: each for each in boards}
    named = [(pk, each.mark) for pk, each in known.items()]
    found = rows(
        template,
        named,
        day,
        lambda pks: {pk: {"board": known[pk], "tallies": _tallies(known[pk].tallies)} for pk in pks},
    )
    return list(found.values())


@requires(Permission.SEE_PLANS)
@require_safe
def plan(request: StaffRequest, code: str) -> HttpResponse:
    """One plan: a row an action, the worst first; filters stand in the address."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/plans/plan.html",
        lambda day: _one_plan(request, code, day),
        today=today,
    )


def _one_plan(request: StaffRequest, code: str, day: Day) -> dict[str, Any]:
    shown = get_object_or_404(ActionPlan.objects.seen_by(request.user).select_related("owner"), code=code)
    board = board_of(shown, day)
    chosen = chosen_in(request.GET)
    page = _page_of_one(request, board, chosen, day)
    return {
        "plan": shown,
        "has_ended": shown.has_ended(today=day.today),
        "page_obj": page,
        "rows": kept_rows_of(page.object_list, "actionplans/plans/row.html", day),
        "number": len(board.entries),
        "tallies": _tallies(board.tallies),
        "measures_behind": board.behind_and_twice[0],
        "filters": filters_html(_filters_of_one(board, chosen), is_filtered=bool(chosen)),
        "is_filtered": bool(chosen),
    }


def _page_of_one(request: StaffRequest, board: Board, chosen: Mapping[str, str], day: Day) -> Page:
    if not chosen:
        worst_first = sorted(board.entries, key=lambda each: each.rank)
        return page_of(worst_first, request, found=len(worst_first))
    rated = board.plan.actions.all().standing(day.today, is_kept=day.is_rated)
    return page_of(turned(narrowed(rated, chosen, day.today).worst_first()), request)


def _tallies(counts: Mapping[str, int]) -> list[Tally]:
    return [Tally(rag, counts[rag]) for rag in RagRating if counts.get(rag)]


def _filters_of_one(board: Board, chosen: Mapping[str, str]) -> tuple[Choice, ...]:
    """Only what occurs in the plan, each kind in its own order."""
    leads = {each.lead for each in board.entries}
    owners = {(str(each.owner), each.owner_name) for each in board.entries if each.owner}
    priorities = {(each.priority_order, each.priority, each.priority_name) for each in board.entries}
    present = Present(
        ratings=map(RagRating, board.tallies),
        leads=[(each.code, str(each)) for each in directory().organisations.values() if each.pk in leads],
        owners=sorted(owners, key=lambda owner: owner[1]),
        priorities=[(code, name) for _, code, name in sorted(priorities)],
    )
    return filters(present, chosen)


def _filters_of_all(boards: Iterable[Board], chosen: Mapping[str, str]) -> tuple[Choice, ...]:
    ratings = {rag for each in boards if not each.plan.has_ended(today=each.today) for rag in each.tallies}
    return filters(Present(ratings=map(RagRating, ratings), leads=_organisations(), owners=()), chosen)


def _organisations() -> list[tuple[str, str]]:
    return [(each.code, str(each)) for each in directory().organisations.values()]


def _owed(user: User, boards: Boards) -> int:
    if user.organisation is None or not user.may(Permission.UPDATE_PLANS):
        return 0
    return boards.owed_by(user.organisation.pk)
