"""An action as it stood on any day, and what changed in it: from what to what, by whom, when and by which act."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.paginator import Page
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from actionplans.history import as_it_stood
from actionplans.history_words import Change, changes, lines, people_in
from actionplans.measure_picture import series
from actionplans.models import (
    Action,
    ActionPlan,
    ActionVersion,
    Contribution,
    Measure,
    ProgressUpdate,
    RagOverride,
)
from actionplans.rag import Rating, rate
from actionplans.trajectory import Measured, points_from
from govuk.paging import page_of
from partners.doors import StaffRequest, requires
from partners.roles import Permission


class DayForm(forms.Form):
    """Which day to look at."""

    on = forms.DateField(error_messages={"invalid": "Write the day as 2026-03-31"})


@dataclass(frozen=True)
class Step:
    """One act in the history, with what it changed; nothing for the first."""

    version: ActionVersion
    changes: list[Change]


@dataclass(frozen=True)
class Then:
    """An action at the end of a day."""

    on: date
    version: ActionVersion
    lines: dict[str, str]
    update: ProgressUpdate | None
    value: Decimal | None
    rating: Rating
    override: RagOverride | None


@requires(Permission.SEE_PLANS)
@require_safe
def history(request: StaffRequest, code: str, ref: str) -> HttpResponse:
    """The acts, the newest first; with a day in the address, the action as it stood at the end of it."""
    action = get_object_or_404(
        Action.objects.select_related("plan", "measure"),
        plan__in=ActionPlan.objects.seen_by(request.user),
        plan__code=code,
        ref=ref,
    )
    form = DayForm(request.GET if "on" in request.GET else None)
    on = form.cleaned_data["on"] if form.is_valid() else None
    version = as_it_stood(action, on) if on else None
    page = page_of(action.versions.select_related("by").order_by("-number"), request)
    before = _before(action, page)
    people = people_in([each.data for each in (*page, *before.values(), *([version] if version else []))])
    context = {
        "action": action,
        "form": form,
        "on": on,
        "then": _then(action, version, on, people) if version and on else None,
        "first": action.versions.order_by("number").first() if on and not version else None,
        "page_obj": page,
        "steps": [_step(each, before.get(each.number - 1), people) for each in page],
        "today": timezone.localdate(),
    }
    return render(request, "actionplans/history/history.html", context)


def _before(action: Action, page: Page) -> dict[int, ActionVersion]:
    """The versions that those on the page are compared with, by number."""
    listed = {each.number: each for each in page}
    oldest = min(listed, default=1)
    earlier = action.versions.filter(number=oldest - 1)
    return listed | {each.number: each for each in earlier}


def _step(version: ActionVersion, before: ActionVersion | None, people: Mapping[int, str]) -> Step:
    if before is None:
        return Step(version, [])
    return Step(version, changes(lines(before.data, people), lines(version.data, people)))


def _then(action: Action, version: ActionVersion, on: date, people: Mapping[int, str]) -> Then:
    told = action.updates.filter(as_at__lte=on).select_related("organisation", "by").order_by("-as_at", "-id")
    update = told.first()
    value = _value_then(action, on)
    standing = action.overrides.filter(at__date__lte=on).exclude(ended_at__date__lte=on)
    return Then(
        on=on,
        version=version,
        lines=lines(version.data, people),
        update=update,
        value=value,
        rating=_rating_then(action, version.data, update, value, on),
        override=standing.select_related("by").first(),
    )


def _value_then(action: Action, on: date) -> Decimal | None:
    measure: Measure | None = getattr(action, "measure", None)
    if measure is None:
        return None
    if measure.is_computed:
        return measure.value_now if measure.value_as_at and measure.value_as_at <= on else None
    cells = Contribution.objects.filter(measure=measure, as_at__lte=on).order_by("as_at", "id")
    told = series(measure, cells.values_list("as_at", "organisation_id", "district_id", "value"))
    return Decimal(told[-1][1].numerator) / Decimal(told[-1][1].denominator) if told else None


def _rating_then(
    action: Action, data: Mapping[str, Any], update: ProgressUpdate | None, value: Decimal | None, on: date
) -> Rating:
    """By today's rule, from what the action said and what had been told by then."""
    open_steps = [
        date.fromisoformat(step["due"])
        for step in data["milestones"]
        if step["due"] and (not step["done_on"] or date.fromisoformat(step["done_on"]) > on)
    ]
    measure = data["measure"]
    return rate(
        starts=date.fromisoformat(data["starts"]),
        due=date.fromisoformat(data["due"]),
        percent_done=update.percent_done if update else None,
        today=on,
        plan_ended=action.plan.has_ended(today=on),
        closed_on=_day(data["closed_on"]),
        course=data["course"],
        milestone_due=min(open_steps, default=None),
        measured=Measured(
            _number(measure["baseline"]),
            _number(measure["target"]),
            value,
            measure["is_lower_better"],
            points_from(measure["trajectory"]),
        )
        if measure
        else None,
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _number(value: str | None) -> Decimal | None:
    return Decimal(value) if value is not None else None
