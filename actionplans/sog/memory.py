"""What was known on two days about actions: what had been told, which milestones were open, what measures said."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import DateField, F, Func, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import RowNumber

from actionplans.models import Action, Contribution, Measure, Milestone, ProgressUpdate, Total
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
        """Asks for it; five statements at most, and of what was told long ago one update an action."""
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


def monthly(actions: Iterable[Action], on: date) -> History:
    """What had been told by the first of each month, and by a day: all that the path of a plan asks for."""
    updates = ProgressUpdate.objects.filter(action__in=[action.pk for action in actions], as_at__lte=on)
    month = Func(F("as_at"), template="date_trunc('month', %(expressions)s - 1)", output_field=DateField())
    place = Window(RowNumber(), partition_by=["action_id", month], order_by=["-as_at", "-id"])
    return _by_action(updates.annotate(place=place).filter(place=1))


def _history(keys: list[int], on: date, before: date) -> History:
    """All that was told since a day, and the newest of each action up to it."""
    upto = ProgressUpdate.objects.filter(action=OuterRef("pk"), as_at__lte=before).order_by("-as_at", "-id")
    newest = Action.objects.filter(pk__in=keys).annotate(newest=Subquery(upto.values("pk")[:1]))
    since = ProgressUpdate.objects.filter(action__in=keys, as_at__gt=before, as_at__lte=on)
    history = _by_action(ProgressUpdate.objects.filter(pk__in=newest.order_by().values("newest")))
    for action_id, told in _by_action(since).items():
        history.setdefault(action_id, []).extend(told)
    return history


def _by_action(updates: QuerySet[ProgressUpdate]) -> dict[int, list[Told]]:
    history: dict[int, list[Told]] = defaultdict(list)
    columns = ("action_id", "as_at", "percent_done", "organisation_id")
    for action_id, *told in updates.order_by("as_at", "id").values_list(*columns):
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
        Contribution.objects.filter(measure__in=[each.pk for each in later], as_at__lte=day)
        .order_by("measure_id", "organisation_id", "district_id", "-as_at", "-id")
        .distinct("measure_id", "organisation_id", "district_id")
    )
    cells: dict[int, list[tuple[date, int, Decimal]]] = defaultdict(list)
    for measure_id, as_at, pk, value in newest.values_list("measure_id", "as_at", "pk", "value"):
        cells[measure_id].append((as_at, pk, value))
    return {each.pk: _together(each, cells[each.pk]) for each in later if each.pk in cells}


def _together(measure: Measure, cells: list[tuple[date, int, Decimal]]) -> Decimal:
    """What the newest cell (day, id, value) of each holder makes with the others."""
    values = [value for *_, value in sorted(cells)]
    if measure.total == Total.SUM:
        return sum(values, Decimal())
    return sum(values, Decimal()) / len(values) if measure.total == Total.MEAN else values[-1]
