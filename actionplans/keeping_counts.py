"""Keeping what the portal counts itself: on each measure that names a count (actionplans.computed)."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplans.computed import COMPUTED, computed
from actionplans.counting import WHOLE, Computed, Question
from actionplans.figures import keep_figures
from actionplans.models import Measure
from insight.periods import ReportingPeriod


def cells_of(measure: Measure, *, now: datetime) -> dict[str, Any]:
    """What the portal counts for a measure on the day, as `Measure.cells_now` keeps it; needs its action and plan."""
    plan = measure.action.plan
    day = max(plan.period_start, min(timezone.localdate(now), plan.period_end))
    found = computed(measure.indicator, measure.indicator_facts, measure.counted_by)
    question = Question(
        by=measure.counted_by,
        action_id=measure.action_id,
        plan_id=plan.pk,
        period=ReportingPeriod(plan.period_start, day),
        now=now,
        facts=measure.indicator_facts,
    )
    with found.scope():
        cells = found.count(question)
    return {
        "as_at": day.isoformat(),
        "otherwise": None if found.nothing is None else str(found.nothing),
        "cells": {str(whose or WHOLE): f"{value:.2f}" for whose, value in cells.items()},
    }


@transaction.atomic
def keep_counts(measures: Iterable[Measure], *, now: datetime) -> int:
    """Counts again what the portal counts itself, and keeps what it makes together; how many measures that were.

    Two who record at once wait here for each other, so that the later count knows of both.
    """
    numbers = [measure.pk for measure in measures if measure.is_computed]
    locked = list(
        Measure.objects.select_for_update(of=("self",))
        .filter(pk__in=numbers)
        .select_related("action__plan")
        .order_by("pk")
    )
    for measure in locked:
        measure.cells_now = cells_of(measure, now=now)
    if locked:
        Measure.objects.bulk_update(locked, ["cells_now"])
        keep_figures(locked)
    return len(locked)


def count_again(counted: Iterable[Computed] = COMPUTED.values(), *, now: datetime) -> int:
    """The same for every measure that names one of these counts."""
    keys = [each.indicator.key for each in counted]
    return keep_counts(Measure.objects.filter(indicator__in=keys), now=now)
