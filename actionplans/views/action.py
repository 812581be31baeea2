"""One action: why, what good looks like, how it is measured, what it waits for, and all that was told about it."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from actionplans.day import Day
from actionplans.evidence import mark_held
from actionplans.figures import Figure, figure_of
from actionplans.kept import ANEW, kept_page
from actionplans.kept_rows import rows
from actionplans.measure_picture import MeasurePicture, measure_picture
from actionplans.models import Action, Evidence, Milestone, ProgressUpdate
from actionplans.rows import row_of
from actionplans.views.owned import around_the_action
from actionplans.whole_action import action_seen_by, links_of, updates_of
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
        request, "actionplans/plans/action.html", lambda day: _page(request, code, ref, day), today=today
    )


def _page(request: StaffRequest, code: str, ref: str, day: Day) -> dict[str, Any]:
    today = day.today
    shown = action_seen_by(request.user, code, ref)
    all_told = updates_of(shown)
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
        "updates": _told(shown, list(page.object_list), day),
        "evidence": [each for each in shown.evidence.all() if each.update_id is None],
        "was_said": [each for each in shown.overrides.all() if each.ended_at],
        **links_of(shown),
        "may_update": _may_update(request.user, shown),
        "may_say": shown.plan.is_owned_by(request.user),
        **around_the_action(request.user, shown, today=today),
        # Whether a file may be opened yet is told by its scan, and by no edition of the plans.
        ANEW: any(each.file_id for each in shown.evidence.all()),
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


def _told(action: Action, updates: Sequence[ProgressUpdate], day: Day) -> list[SafeString]:
    """Each rendered once, until it is loaded with other words, or what came with it may be opened or was refused."""
    came_with: dict[int | None, list[Evidence]] = defaultdict(list)
    for each in action.evidence.all():
        came_with[each.update_id].append(each)
    told = {each.pk: each for each in updates}
    named = [(pk, (_of_update(each), *map(_of_evidence, came_with[pk]))) for pk, each in told.items()]
    found = rows(
        "actionplans/plans/update.html",
        named,
        day,
        lambda pks: {pk: {"update": told[pk], "came_with": came_with[pk]} for pk in pks},
    )
    return list(found.values())


def _of_update(told: ProgressUpdate) -> tuple[Any, ...]:
    words = (told.what_changed, told.next_step, told.risk, told.confidence, told.is_no_change)
    return (told.as_at, told.percent_done, told.organisation_id, told.by_id, told.is_late, *words)


def _of_evidence(each: Evidence) -> tuple[Any, ...]:
    return (each.pk, each.title, each.link, each.is_held, each.is_refused)


def _milestone_state(step: Milestone, today: date) -> str:
    if step.done_on:
        return "done"
    return "late" if step.due and step.due < today else "to come"


def _may_update(user: User, action: Action) -> bool:
    involved = {action.lead_id, *(each.pk for each in action.supporting.all())}
    return user.may(Permission.UPDATE_PLANS) and user.organisation_id in involved and not action.closed_on
