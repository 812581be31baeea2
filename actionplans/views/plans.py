"""Reading plans: all of them, and one. Exceptions come first everywhere."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.kept import kept_page
from actionplans.models import Action, ActionPlan, StrategyStatement
from actionplans.models.action import ActionQuerySet
from actionplans.narrowing import Choice, Present, chosen_in, filters, narrowed
from actionplans.rag import RagRating
from actionplans.rows import rows_of
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


@dataclass(frozen=True)
class Summary:
    """A plan as the list of all shows it."""

    plan: ActionPlan
    tallies: list[Tally]
    has_ended: bool
    # How many need attention; an owner's word for the worse counts too.
    exceptions: int = 0

    @property
    def number(self) -> int:
        """How many actions it has."""
        return sum(tally.number for tally in self.tallies)


@requires(Permission.SEE_PLANS)
@require_safe
def plans(request: StaffRequest) -> HttpResponse:
    """All plans with how their actions stand, and the actions that need attention; filters stand in the address."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/plans/plans.html",
        lambda is_rated: _all_plans(request, today, is_rated),
        today=today,
    )


def _all_plans(request: StaffRequest, today: date, is_rated: bool) -> dict[str, Any]:
    stand = Action.objects.filter(plan__period_end__gte=today).standing(today, is_kept=is_rated)
    rated = stand.in_force()
    chosen = chosen_in(request.GET)
    summaries = _summaries(stand, request.user, today)
    shown = narrowed(rated, chosen, today) if chosen else rated.exceptions()
    found = None if chosen else sum(each.exceptions for each in summaries if not each.plan.is_draft)
    page = page_of(_listed(shown), request, found=found)
    running = [each for each in summaries if not each.has_ended and not each.plan.is_draft]
    return {
        "statement": StrategyStatement.objects.only("title").first(),
        "plans": running[:MOST_CARDS],
        "more_plans": running[MOST_CARDS:],
        "drafts": [each for each in summaries if each.plan.is_draft],
        "ended": [each for each in summaries if each.has_ended and not each.plan.is_draft],
        "page_obj": page,
        "rows": rows_of(page.object_list, today),
        "off_track": sum(
            tally.number
            for each in summaries
            if not each.plan.is_draft
            for tally in each.tallies
            if tally.rag.is_off_track
        ),
        "filters": _filters_of_all(summaries, chosen),
        "is_filtered": bool(chosen),
        "owed": _owed(request.user, today),
    }


@requires(Permission.SEE_PLANS)
@require_safe
def plan(request: StaffRequest, code: str) -> HttpResponse:
    """One plan: a row an action, the worst first; filters stand in the address."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/plans/plan.html",
        lambda is_rated: _one_plan(request, code, today, is_rated),
        today=today,
    )


def _one_plan(request: StaffRequest, code: str, today: date, is_rated: bool) -> dict[str, Any]:
    seen = ActionPlan.objects.seen_by(request.user)
    shown = get_object_or_404(seen.select_related("owner").prefetch_related("priorities"), code=code)
    rated = shown.actions.all().standing(today, is_kept=is_rated)
    facts = _facts(rated)
    chosen = chosen_in(request.GET)
    matching = narrowed(rated, chosen, today) if chosen else rated
    page = page_of(_listed(matching), request, found=None if chosen else len(facts))
    return {
        "plan": shown,
        "has_ended": shown.has_ended(today=today),
        "page_obj": page,
        "rows": rows_of(page.object_list, today),
        "number": len(facts),
        "tallies": _tallies(Counter(fact["rag"] for fact in facts)),
        "measures_behind": sum(fact["is_measure_behind"] for fact in facts),
        "filters": _filters_of_one(shown, facts, chosen),
        "is_filtered": bool(chosen),
    }


def _listed(actions: ActionQuerySet) -> ActionQuerySet:
    return actions.with_what_rates().with_overrides().select_related("lead", "priority").worst_first()


def _summaries(stand: ActionQuerySet, user: User, today: date) -> list[Summary]:
    """Every plan with its counts, which the database makes: no action is loaded."""
    counts: dict[int, dict[str, int]] = defaultdict(dict)
    exceptions: Counter[int] = Counter()
    for found in stand.counted_by_plan():
        counts[found["plan_id"]][found["rag"]] = found["number"]
        exceptions[found["plan_id"]] += found["exceptions"]
    return [
        Summary(each, _tallies(counts[each.pk]), each.has_ended(today=today), exceptions[each.pk])
        for each in ActionPlan.objects.seen_by(user)
    ]


def _tallies(counts: Mapping[str, int]) -> list[Tally]:
    return [Tally(rag, counts[rag]) for rag in RagRating if counts.get(rag)]


def _facts(rated: ActionQuerySet) -> list[dict[str, Any]]:
    """What the tallies and filters of one plan are made of: a few short columns an action."""
    named = rated.order_by().annotate(owner_name=F("owner__name"))
    columns = ("rag", "is_measure_behind", "lead__code", "priority__code", "owner_id", "owner_name")
    return [dict(each) for each in named.values(*columns)]


def _filters_of_one(
    shown: ActionPlan, facts: list[dict[str, Any]], chosen: Mapping[str, str]
) -> list[Choice]:
    """Only what occurs in the plan, each kind in its own order."""
    leads, priorities = ({fact[name] for fact in facts} for name in ("lead__code", "priority__code"))
    owners = {(str(fact["owner_id"]), fact["owner_name"]) for fact in facts if fact["owner_id"]}
    present = Present(
        ratings=[RagRating(fact["rag"]) for fact in facts],
        leads=[each for each in _organisations() if each[0] in leads],
        owners=sorted(owners, key=lambda owner: owner[1]),
        priorities=[(each.code, each.name) for each in shown.priorities.all() if each.code in priorities],
    )
    return filters(present, chosen)


def _filters_of_all(summaries: Iterable[Summary], chosen: Mapping[str, str]) -> list[Choice]:
    ratings = [tally.rag for each in summaries for tally in each.tallies]
    return filters(Present(ratings=ratings, leads=_organisations(), owners=()), chosen)


def _organisations() -> list[tuple[str, str]]:
    return [(each.code, str(each)) for each in directory().organisations.values()]


def _owed(user: User, today: date) -> int:
    if user.organisation is None or not user.may(Permission.UPDATE_PLANS):
        return 0
    return Action.objects.owed_by(user.organisation, today).count()
