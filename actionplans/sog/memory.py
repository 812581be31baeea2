"""What was known on two days about actions: what had been told, which milestones were open, what measures said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DateField, F, Func, Q, Value, Window
from django.db.models.functions import RowNumber
from django.db.models.lookups import GreaterThan

from actionplans.measure_picture import series
from actionplans.models import Action, Contribution, Measure, Milestone, ProgressUpdate
from actionplans.trajectory import Measured


class Told(NamedTuple):
    """One update: percent done by a day, as an organisation told it."""

    day: date
    percent_done: int
    organisation_id: int


# Action id → what was told about it, oldest first.
History = Mapping[int, Sequence[Told]]


@dataclass(frozen=True)
class Memory:
    """What was known of some actions; `values` holds only measures that were told anew after the day."""

    told: History
    milestones: Mapping[int, Sequence[tuple[date, date | None]]]
    values: Mapping[date, Mapping[int, Decimal]]

    @classmethod
    def of(cls, actions: Iterable[Action], *, on: date, before: date) -> Memory:
        """Asks for it; four statements at most, and of years of updates one an action and month."""
        listed = list(actions)
        keys = [action.pk for action in listed]
        measures = [measure for action in listed if (measure := getattr(action, "measure", None))]
        return cls(
            told=_history(keys, on, before),
            milestones=_milestones(keys, before),
            values={day: _values(measures, day) for day in (on, before)},
        )

    def milestone_due(self, action: Action, day: date) -> date | None:
        """The earliest due date among the milestones that were open at the end of the day."""
        steps = self.milestones.get(action.pk, ())
        return min((due for due, done_on in steps if done_on is None or done_on > day), default=None)

    def measured(self, action: Action, day: date) -> Measured | None:
        """The figures of its measure on the day."""
        measure: Measure | None = getattr(action, "measure", None)
        if measure is None:
            return None
        if measure.value_as_at is None or measure.value_as_at <= day:
            return measure.measured()
        return replace(measure.measured(), value=self.values[day].get(measure.pk))


def _history(keys: list[int], on: date, before: date) -> History:
    updates = ProgressUpdate.objects.filter(action__in=keys, as_at__lte=on)
    # The plans' path asks for the first of each month, so the newest up to each first is enough of what is long ago.
    month = Func(F("as_at"), template="date_trunc('month', %(expressions)s - 1)", output_field=DateField())
    is_recent = GreaterThan(F("as_at"), Value(before))
    place = Window(RowNumber(), partition_by=["action_id", month, is_recent], order_by=["-as_at", "-id"])
    kept = updates.annotate(place=place).filter(Q(place=1) | Q(as_at__gt=before)).order_by("as_at", "id")
    history: dict[int, list[Told]] = defaultdict(list)
    for action_id, *told in kept.values_list("action_id", "as_at", "percent_done", "organisation_id"):
        history[action_id].append(Told._make(told))
    return history


def _milestones(keys: list[int], before: date) -> Mapping[int, list[tuple[date, date | None]]]:
    open_then = Milestone.objects.filter(action__in=keys, due__isnull=False).filter(
        Q(done_on=None) | Q(done_on__gt=before)
    )
    found: dict[int, list[tuple[date, date | None]]] = defaultdict(list)
    for action_id, due, done_on in open_then.values_list("action_id", "due", "done_on"):
        if due is not None:
            found[action_id].append((due, done_on))
    return found


def _values(measures: list[Measure], day: date) -> dict[int, Decimal]:
    """What measures said on a day after which new figures came; those of the portal's own counts are not known."""
    later = [
        each for each in measures if each.value_as_at and each.value_as_at > day and not each.is_computed
    ]
    if not later:
        return {}
    newest = (
        Contribution.objects.filter(measure__in=later, as_at__lte=day)
        .order_by("measure_id", "organisation_id", "district_id", "-as_at", "-id")
        .distinct("measure_id", "organisation_id", "district_id")
        .select_related("measure")
    )
    cells: dict[Measure, list[Contribution]] = defaultdict(list)
    for cell in newest:
        cells[cell.measure].append(cell)
    return {measure.pk: _together(measure, found) for measure, found in cells.items()}


def _together(measure: Measure, cells: list[Contribution]) -> Decimal:
    oldest_first = sorted(cells, key=lambda cell: (cell.as_at, cell.pk))
    told = [(each.as_at, each.organisation_id, each.district_id, each.value) for each in oldest_first]
    _, value = series(measure, told)[-1]
    return Decimal(value.numerator) / Decimal(value.denominator)
