"""What a chart shows, said once as data; `documents.vega` draws it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Bar:
    """One category's count, and the same for the period before; None is a withheld count."""

    label: str
    value: int | None
    before: int | None = None


@dataclass(frozen=True)
class BarChart:
    """Counts by category in the order given; zero-based; `highlight` names what the sentence is about."""

    bars: tuple[Bar, ...]
    unit: str
    before_label: str = ""
    highlight: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Point:
    """A value on a day (a month is its first day)."""

    day: date
    value: float


@dataclass(frozen=True)
class Event:
    """Days that explain a trend, such as an awareness week; the last day is included."""

    first: date
    last: date
    label: str


@dataclass(frozen=True)
class TrendChart:
    """A value by month on a zero-based scale, with the weeks that may explain it shaded."""

    points: tuple[Point, ...]
    unit: str
    events: tuple[Event, ...] = ()


@dataclass(frozen=True)
class RagRow:
    """How many actions of one plan or priority stand in each state: (state, count) in their order."""

    label: str
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class RagChart:
    """One mark for each action, by plan or priority: shape and colour tell its state, words name it."""

    rows: tuple[RagRow, ...]
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class TrajectoryChart:
    """Percentage done against percentage expected by now; `ends` is the last day planned."""

    expected: tuple[Point, ...]
    actual: tuple[Point, ...]
    starts: date
    ends: date


@dataclass(frozen=True)
class Tile:
    """One district's square: its count, a few words below it, and its place in the grid from the top left."""

    label: str
    value: int | None
    row: int
    column: int
    note: str = ""


@dataclass(frozen=True)
class TileMap:
    """Districts as equal squares where they lie to each other; darker plum for a higher count."""

    tiles: tuple[Tile, ...]
    unit: str


Chart = BarChart | TrendChart | RagChart | TrajectoryChart | TileMap
