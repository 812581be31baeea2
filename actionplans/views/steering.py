"""The Delivery Group's view: what needs attention, what moved since it last met, what waits for whom."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans import steering as group_view
from actionplans.kept import kept_page
from actionplans.models import Action, Group
from actionplans.rows import rows_of
from actionplans.steering import Kind
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission

DOOR = (Permission.RUN_MEETINGS, Permission.SEE_DASHBOARD)
# What is due so soon is looked at with what is overdue.
SOON = timedelta(days=14)


@requires(*DOOR)
@require_safe
def steering(request: StaffRequest) -> HttpResponse:
    """Exceptions, 25 a page, the worst first; each kind has its own list."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/steering/attention.html",
        lambda is_rated: _attention(request, today, is_rated),
        today=today,
    )


def _attention(request: StaffRequest, today: date, is_rated: bool) -> dict[str, Any]:
    asked = request.GET.get("show", "")
    kind = Kind(asked) if asked in set(Kind) else Kind.ALL
    stand = Action.objects.in_force().standing(today, is_kept=is_rated)
    numbers = group_view.counted(stand, today)
    shown = group_view.of_kind(kind, stand, today).with_what_rates().select_related("lead").with_overrides()
    page = page_of(shown, request, found=numbers[kind] if kind else None)
    return {
        "part": "attention",
        "rows": rows_of(page.object_list, today),
        "page_obj": page,
        "kind": kind,
        "kinds": [(each, numbers[each]) for each in Kind if each and (numbers[each] or each is kind)],
    }


@requires(*DOOR)
@require_safe
def since_last_meeting(request: StaffRequest) -> HttpResponse:
    """Ratings that moved, updates told, change requests decided and log entries made since the group last met."""
    today = timezone.localdate()
    return kept_page(
        request,
        "actionplans/steering/since.html",
        lambda is_rated: _since(request, today, is_rated),
        today=today,
    )


def _since(request: StaffRequest, today: date, is_rated: bool) -> dict[str, Any]:
    last, to_come = group_view.last_and_next(Group.DELIVERY_GROUP, today)
    day, moment = group_view.since(last, today)
    return {
        "part": "since",
        "last": last,
        "to_come": to_come,
        "day": day,
        "moved": group_view.moved_since(day, today, first=25),
        "told": group_view.told_since(day),
        "changes": group_view.changes_since(moment),
        "log": group_view.log_since(moment, Group.DELIVERY_GROUP),
        "runs": request.user.may(Permission.RUN_MEETINGS),
    }


@requires(*DOOR)
@require_safe
def waiting_for(request: StaffRequest) -> HttpResponse:
    """Decisions that the SOG is asked for, what blocks what, who has not told this month, log entries that are due."""
    today = timezone.localdate()
    return kept_page(
        request, "actionplans/steering/waiting_for.html", lambda _: _waiting(request, today), today=today
    )


def _waiting(request: StaffRequest, today: date) -> dict[str, Any]:
    return {
        "part": "waiting",
        "today": today,
        "decisions": group_view.decisions_needed(today),
        "dependencies": group_view.dependencies(today),
        "not_told": group_view.not_told(today),
        "log": group_view.log_due(today + SOON, Group.DELIVERY_GROUP),
        "may_ask": request.user.may(Permission.RUN_MEETINGS),
    }
