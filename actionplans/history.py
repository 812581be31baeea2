"""Every version of an action, whole: what it said on any day, and who changed it by which act."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.db.models import Prefetch
from django.utils import timezone

from actionplans.models import Action, ActionVersion, Milestone
from partners.models import User

# Progress is told in dated updates of its own, so versions do without.
OWN = ("id", "plan", "percent_now", "updated_on", "milestone_due", "supporting", "districts", "blocked_by")
OF_MILESTONE = ("id", "action")
OF_MEASURE = ("id", "action", "value_now", "value_as_at", "cells_now")


def keep_version(action: Action, act: str, *, by: User | None, now: datetime) -> ActionVersion | None:
    """Keeps how the action stands now, after an act that changed it; None where nothing differs from the newest."""
    return next(iter(keep_versions([action], act, by=by, now=now)), None)


def keep_versions(
    actions: Iterable[Action], act: str, *, by: User | None, now: datetime
) -> list[ActionVersion]:
    """The same for many at once: seven statements, however many actions."""
    found = _whole(actions)
    newest = {
        version.action_id: version
        for version in ActionVersion.objects.filter(action__in=found)
        .order_by("action_id", "-number")
        .distinct("action_id")
    }
    made = []
    for action in found:
        data, before = as_data(action), newest.get(action.pk)
        if before is None or before.data != data:
            number = before.number + 1 if before else 1
            made.append(ActionVersion(action=action, number=number, at=now, by=by, act=act, data=data))
    return ActionVersion.objects.bulk_create(made)


def as_it_stood(action: Action, on: date) -> ActionVersion | None:
    """The version that counted at the end of a day; None before there was one."""
    end = timezone.make_aware(datetime.combine(on, time.max))
    return action.versions.filter(at__lte=end).select_related("by").order_by("-number").first()


def as_data(action: Action) -> dict[str, Any]:
    """All that an action says, by field, in what JSON holds; organisations, districts and actions by their codes."""
    data = _plain(action, Action, OWN)
    data["priority"] = action.priority.code
    data["lead"] = action.lead.code
    data["original_lead"] = action.original_lead.code if action.original_lead else None
    data["supporting"] = sorted(each.code for each in action.supporting.all())
    data["districts"] = sorted(each.code for each in action.districts.all())
    data["blocked_by"] = sorted(f"{each.plan.code} {each.ref}" for each in action.blocked_by.all())
    data["milestones"] = [_plain(each, Milestone, OF_MILESTONE) for each in action.milestones.all()]
    measure = getattr(action, "measure", None)
    data["measure"] = _plain(measure, type(measure), OF_MEASURE) if measure else None
    return data


def _whole(actions: Iterable[Action]) -> list[Action]:
    return list(
        Action.objects.filter(pk__in=[action.pk for action in actions])
        .select_related("priority", "lead", "original_lead", "measure")
        .prefetch_related(
            "supporting",
            "districts",
            Prefetch("milestones", Milestone.objects.order_by("order")),
            Prefetch("blocked_by", Action.objects.select_related("plan")),
        )
        .order_by("pk")
    )


def _plain(record: Any, model: Any, without: tuple[str, ...]) -> dict[str, Any]:
    names = [field.name for field in model._meta.fields if field.name not in without]
    given = {name: getattr(record, model._meta.get_field(name).attname) for name in names}
    return {name: _as_json(value) for name, value in given.items()}


def _as_json(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str | list | dict) else str(value)
