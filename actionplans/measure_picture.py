"""A measure's way as a still picture: what was told against where it should be, from start to due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from actionplans.models import Action, Measure, Total

WIDTH, HEIGHT, EDGE = 320, 140, 8
# One cell as the database keeps it: day, partner, district, value.
Cell = tuple[date, int | None, int | None, Decimal]
Points = list[tuple[date, Fraction]]


@dataclass(frozen=True)
class MeasurePicture:
    """Coordinates in a box of 320 by 140, and the same as rows of a table: (day, expected by then, told by then)."""

    expected: str
    told: str
    today: str
    dot: tuple[str, str] | None
    top: Decimal
    bottom: Decimal
    rows: list[tuple[date, Decimal | None, Decimal | None]]


def measure_picture(
    action: Action, measure: Measure, cells: Iterable[Cell], *, today: date
) -> MeasurePicture | None:
    """The picture of the cells, oldest first; None where there is neither a trajectory nor anything told."""
    path = measure.measured().path(action.starts, action.due)
    told = series(measure, cells) or _as_it_stands(measure)
    heights = [value for _, value in (*path, *told)]
    if len(path) + len(told) < 2 or not heights:
        return None
    low, high = min(*heights, Fraction(0)), max(heights)
    frame = _Frame(
        first=min(action.starts, *(day for day, _ in (*path, *told))),
        last=max(action.due, today, *(day for day, _ in (*path, *told))),
        low=low,
        high=high if high > low else low + 1,
    )
    placed = [frame.place(*point) for point in told]
    days = sorted({day for day, _ in (*path, *told)})
    return MeasurePicture(
        expected=" ".join(",".join(frame.place(*point)) for point in path),
        told=" ".join(",".join(point) for point in placed),
        today=frame.across(today),
        dot=placed[-1] if placed else None,
        top=_decimal(frame.high),
        bottom=_decimal(frame.low),
        rows=[
            (
                day,
                _or_none(measure.measured().expected(action.starts, action.due, day)),
                _or_none(_last(told, day)),
            )
            for day in days
        ],
    )


def series(measure: Measure, cells: Iterable[Cell]) -> Points:
    """What the cells made together on each day on which one was told."""
    newest: dict[tuple[int | None, int | None], Decimal] = {}
    found: dict[date, Fraction] = {}
    total, together = Fraction(0), Total(measure.total)
    for day, organisation, district, value in cells:
        total += Fraction(value) - Fraction(newest.get((organisation, district), 0))
        newest[organisation, district] = value
        ways = {Total.SUM: total, Total.MEAN: total / len(newest)}
        found[day] = ways.get(together, Fraction(value))
    return sorted(found.items())


def _as_it_stands(measure: Measure) -> Points:
    """What the portal counts itself has one figure: the newest."""
    if measure.value_now is None or measure.value_as_at is None:
        return []
    return [(measure.value_as_at, Fraction(measure.value_now))]


def _last(points: Points, day: date) -> Fraction | None:
    return next((value for when, value in reversed(points) if when <= day), None)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _or_none(value: Fraction | None) -> Decimal | None:
    return None if value is None else _decimal(value)


@dataclass(frozen=True)
class _Frame:
    first: date
    last: date
    low: Fraction
    high: Fraction

    def across(self, day: date) -> str:
        return f"{EDGE + (WIDTH - 2 * EDGE) * (day - self.first).days / (self.last - self.first).days:.1f}"

    def place(self, day: date, value: Fraction) -> tuple[str, str]:
        share = float((value - self.low) / (self.high - self.low))
        return self.across(day), f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * share:.1f}"
