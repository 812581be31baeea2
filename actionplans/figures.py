"""What a measure says now: the newest cell of each partner or district, and the one figure they make together."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from actionplans.models import Action, Contribution, CountedBy, Measure, Total
from actionplans.models.measure import Holder
from partners.models import District, Organisation


@dataclass(frozen=True)
class Cell:
    """One partner's or district's own figure; None is “not told yet”, which is not nought."""

    holder: Holder
    value: Decimal | None = None
    as_at: date | None = None

    @property
    def name(self) -> str:
        """The holder as people call it."""
        return str(self.holder)


@dataclass(frozen=True)
class Figure:
    """All cells of a measure in their fixed order, and what they make together (None: nobody has told yet)."""

    cells: tuple[Cell, ...]
    now: Decimal | None

    @property
    def told(self) -> int:
        """How many have told theirs."""
        return sum(cell.value is not None for cell in self.cells)


def newest_of_each(contributions: Iterable[Contribution]) -> dict[tuple[str, int], Contribution]:
    """The newest of each holder, by `key_of(holder)`, from contributions that come newest first."""
    newest: dict[tuple[str, int], Contribution] = {}
    for contribution in contributions:
        newest.setdefault(key_of(contribution.organisation or contribution.district), contribution)
    return newest


def key_of(holder: Holder | None) -> tuple[str, int]:
    """Tells a partner from a district with the same number."""
    return type(holder).__name__, holder.pk if holder else 0


def figure_of(measure: Measure, districts: Iterable[District]) -> Figure:
    """The figure of a measure whose action's `supporting` and `districts` are at hand; `districts` are all nine."""
    if measure.is_computed:
        cells = tuple(_counted_cell(measure, holder) for holder in _holders(measure, {}, districts))
    else:
        newest = newest_of_each(measure.contributions.all())
        cells = tuple(
            Cell(holder, *_value_of(newest.get(key_of(holder))))
            for holder in _holders(measure, newest, districts)
        )
    return Figure(cells, _together(measure, [cell.value for cell in cells if cell.value is not None]))


def own_holders(action: Action, organisation: Organisation, districts: Iterable[District]) -> list[Holder]:
    """Whose cells of the action's measure the organisation fills in: its own, or its district's; none of what the
    portal counts itself."""
    measure = action.measure
    if measure.is_computed:
        return []
    if measure.counted_by == CountedBy.DISTRICT:
        affected = {district.pk for district in action.districts.all()}
        return [
            district
            for district in districts
            if district.triage_organisation_id == organisation.pk
            and (not affected or district.pk in affected)
        ]
    if measure.counted_by == CountedBy.PARTNER:
        return [organisation] if organisation.is_one_of_eleven else []
    return [organisation] if action.lead_id == organisation.pk else []


def _holders(measure: Measure, newest: dict, districts: Iterable[District]) -> list[Holder]:
    action = measure.action
    if measure.counted_by == CountedBy.DISTRICT:
        affected = {district.pk for district in action.districts.all()}
        return [district for district in districts if not affected or district.pk in affected]
    if measure.counted_by != CountedBy.PARTNER:
        return [action.lead]
    involved = {each for each in [action.lead, *action.supporting.all()] if each.is_one_of_eleven}
    told = {contribution.organisation for contribution in newest.values()}
    return sorted(involved | told, key=lambda each: each.order)


def _counted_cell(measure: Measure, holder: Holder) -> Cell:
    """What the portal counted for a holder (`actionplans.computed`); empty before the first count."""
    kept = measure.cells_now
    if not kept:
        return Cell(holder)
    value = kept["cells"].get(str(holder.pk) if measure.counted_by else "whole", kept["otherwise"])
    as_at = date.fromisoformat(kept["as_at"])
    return Cell(holder, Decimal(value), as_at) if value is not None else Cell(holder)


def _value_of(contribution: Contribution | None) -> tuple[Decimal | None, date | None]:
    return (contribution.value, contribution.as_at) if contribution else (None, None)


def _together(measure: Measure, values: list[Decimal]) -> Decimal | None:
    if not values:
        return None
    if measure.total == Total.SUM:
        return sum(values, Decimal())
    return sum(values, Decimal()) / len(values) if measure.total == Total.MEAN else values[0]


def keep_figures(measures: Iterable[Measure]) -> None:
    """Writes on each measure what its newest cells make together, so that lists need not read every cell."""
    whole = Measure.objects.filter(pk__in=[measure.pk for measure in measures]).prefetch_related(
        "action__supporting", "action__districts", "contributions__organisation", "contributions__district"
    )
    districts = list(District.objects.all())
    changed = []
    for measure in whole.select_related("action__lead"):
        figure = figure_of(measure, districts)
        measure.value_now = figure.now
        measure.value_as_at = max((cell.as_at for cell in figure.cells if cell.as_at), default=None)
        changed.append(measure)
    Measure.objects.bulk_update(changed, ["value_now", "value_as_at"])
