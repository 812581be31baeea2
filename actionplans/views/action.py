"""One action: why, what good looks like, how it is measured, what it waits for, and all that was told about it."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Prefetch, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.evidence import mark_held
from actionplans.figures import Figure, figure_of
from actionplans.kept import ANEW, kept_page
from actionplans.measure_picture import MeasurePicture, measure_picture
from actionplans.models import (
    Action,
    ActionPlan,
    Contribution,
    Evidence,
    Milestone,
    ProgressUpdate,
    RagOverride,
)
from actionplans.rows import row_of
from actionplans.views.owned import around_the_action
from govuk.paging import page_of
from partners.directory import directory
from partners.doors import StaffRequest, requires
from partners.models import User
from partners.roles import Permission


@requires(Permission.SEE_PLANS)
@require_safe
def action(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """One action whole; updates are paged, the newest first."""
    today = timezone.localdate()
    return kept_page(
        request, "actionplans/plans/action.html", lambda _: _page(request, code, ref, today), today=today
    )


def _page(request: StaffRequest, code: str, ref: str, today: date) -> dict[str, Any]:
    shown = action_seen_by(request.user, code, ref)
    all_told = list(shown.updates.select_related("organisation", "by"))
    told = [(update.as_at, update.percent_done) for update in reversed(all_told)]
    page = page_of(all_told, request, found=len(all_told))
    measure = getattr(shown, "measure", None)
    standing = measure.measured().standing(shown.starts, shown.due, today) if measure else None
    mark_held(shown.evidence.all())
    return {
        "action": shown,
        "measure": measure,
        "has_lost_its_lead": shown.has_lost_its_lead(today=today),
        "row": row_of(shown, told, today),
        "forecast": shown.forecast(today=today),
        "standing": standing,
        "figure": _figure(shown) if measure else None,
        "picture": _picture(shown, today) if measure else None,
        "milestones": [(step, _milestone_state(step, today)) for step in shown.milestones.all()],
        "page_obj": page,
        "updates": _with_evidence(shown, page.object_list),
        "evidence": [each for each in shown.evidence.all() if each.update_id is None],
        "was_said": [each for each in shown.overrides.all() if each.ended_at],
        **_links(shown),
        "may_update": _may_update(request.user, shown),
        "may_say": shown.plan.is_owned_by(request.user),
        **around_the_action(request.user, shown, today=today),
        # Whether a file may be opened yet is told by its scan, and by no edition of the plans.
        ANEW: any(each.file_id for each in shown.evidence.all()),
    }


def action_seen_by(user: User, code: str, ref: str) -> Action:
    """The action of an address with all that its page shows; missing where its plan is somebody else's draft."""
    found = Action.objects.select_related(
        "plan",
        "plan__owner",
        "priority",
        "lead",
        "original_lead",
        "measure",
        "owner",
        "deputy",
        "closed_by",
        "rolled_from__plan",
        "rolled_into__plan",
    ).prefetch_related(
        Prefetch("milestones", Milestone.objects.order_by("order")),
        Prefetch("measure__contributions", Contribution.objects.order_by("-as_at", "-id")),
        Prefetch("overrides", RagOverride.objects.select_related("by", "ended_by")),
        Prefetch("evidence", Evidence.objects.select_related("by").order_by("-added_at")),
    )
    linked = {name: ArraySubquery(_linked(name)) for name in ("supporting", "districts")}
    seen = get_object_or_404(
        found.with_who_could_tell().annotate(**{f"{name}_ids": ids for name, ids in linked.items()}),
        plan__in=ActionPlan.objects.seen_by(user),
        plan__code=code,
        ref=ref,
    )
    _bring(seen, "supporting", directory().organisations.values())
    _bring(seen, "districts", directory().districts.values())
    return seen


def _linked(name: str) -> Any:
    """The ids of what an action is linked with."""
    links = getattr(Action, name).through.objects.filter(action=OuterRef("pk"))
    return links.values(f"{getattr(Action, name).rel.model._meta.model_name}_id")


def _bring(action: Any, name: str, known: Iterable[Any]) -> None:
    """Puts what an action is linked with at hand as prefetching does, from memory where it is there."""
    wanted = set(getattr(action, f"{name}_ids"))
    found = [each for each in known if each.pk in wanted]
    linked = getattr(action, name).all()
    if len(found) == len(wanted):
        linked._result_cache = found
    action._prefetched_objects_cache = {**getattr(action, "_prefetched_objects_cache", {}), name: linked}


def _links(action: Action) -> dict[str, list[Action]]:
    """What it waits for, and what waits for it: one statement for both ways."""
    both = Action.blocked_by.through.objects.filter(
        Q(from_action=action) | Q(to_action=action)
    ).select_related("from_action__plan", "from_action__lead", "to_action__plan", "to_action__lead")
    links = list(both.order_by("pk"))
    return {
        "blocked_by": [each.to_action for each in links if each.from_action_id == action.pk],
        "blocks": [each.from_action for each in links if each.to_action_id == action.pk],
    }


def _figure(action: Action) -> Figure:
    partners = {each.pk: each for each in directory().organisations.values()}
    for cell in action.measure.contributions.all():
        # From memory: eleven partners tell theirs every month for years.
        cell.organisation = partners.get(cell.organisation_id or 0) or cell.organisation
        cell.district = directory().district(cell.district_id) if cell.district_id else None
    return figure_of(action.measure, directory().districts.values())


def _picture(action: Action, today: date) -> MeasurePicture | None:
    """The measure's way so far, against its trajectory; None where nothing can be drawn."""
    measure = action.measure
    oldest_first = reversed(measure.contributions.all())
    told = [(each.as_at, each.organisation_id, each.district_id, each.value) for each in oldest_first]
    return measure_picture(action, measure, told, today=today)


def _with_evidence(action: Action, updates: Any) -> list[tuple[ProgressUpdate, list[Evidence]]]:
    came_with: dict[int | None, list[Evidence]] = defaultdict(list)
    for each in action.evidence.all():
        came_with[each.update_id].append(each)
    return [(update, came_with[update.pk]) for update in updates]


def _milestone_state(step: Milestone, today: date) -> str:
    if step.done_on:
        return "done"
    return "late" if step.due and step.due < today else "to come"


def _may_update(user: User, action: Action) -> bool:
    involved = {action.lead_id, *(each.pk for each in action.supporting.all())}
    return user.may(Permission.UPDATE_PLANS) and user.organisation_id in involved and not action.closed_on
