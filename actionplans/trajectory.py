"""Where a measure should be by when, whether it is behind that, and when an action will be done at its pace so far.

Plain Python, in exact fractions: a figure on the border is on the same side every time.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

# A tenth of the way that it should have come is allowed: the same that progress is allowed.
TOLERANCE = Fraction(1, 10)
# Beyond this a pace says nothing any more.
FURTHEST = timedelta(days=3653)

Point = tuple[date, Fraction]


class MeasureStanding(StrEnum):
    """How a measure stands against its trajectory."""

    ON = "on"
    BEHIND = "behind"
    NOT_TOLD = "not_told"
    NO_TRAJECTORY = "no_trajectory"
    NO_TARGET = "no_target"

    @property
    def words(self) -> str:
        """As one reads it on the action's page."""
        return _WORDS[self]


_WORDS = {
    MeasureStanding.ON: "The measure is where it should be by now",
    MeasureStanding.BEHIND: "The measure is behind",
    MeasureStanding.NOT_TOLD: "No figure has been told yet",
    MeasureStanding.NO_TRAJECTORY: "Where it began is not known: it is compared with its target from the due date on",
    MeasureStanding.NO_TARGET: "It has no target yet, so there is nothing to compare it with",
}


@dataclass(frozen=True)
class Measured:
    """A measure's figures; `points` are its own trajectory (day, value), empty for straight from baseline to target."""

    baseline: Decimal | int | None
    target: Decimal | int | None
    value: Decimal | int | None
    is_lower_better: bool = False
    points: Sequence[tuple[date, Decimal | int]] = field(default_factory=tuple)

    def path(self, starts: date, due: date) -> list[Point]:
        """The corners of its trajectory in order of their days: its own points, between baseline and target."""
        corners = sorted((day, Fraction(value)) for day, value in self.points)
        if self.baseline is not None and (not corners or starts < corners[0][0]):
            corners.insert(0, (starts, Fraction(self.baseline)))
        if self.target is not None and (not corners or due > corners[-1][0]):
            corners.append((due, Fraction(self.target)))
        return corners

    def expected(self, starts: date, due: date, today: date) -> Fraction | None:
        """Where it should be on a day; None where that can't be said."""
        return _along(self.path(starts, due), today)

    def standing(self, starts: date, due: date, today: date) -> MeasureStanding:
        """How it stands on a day, with a tenth of the way allowed."""
        if self.target is None and not self.points:
            return MeasureStanding.NO_TARGET
        expected = self.expected(starts, due, today)
        if expected is None:
            return MeasureStanding.NO_TRAJECTORY
        if self.value is None:
            return MeasureStanding.NOT_TOLD
        way = abs(expected - Fraction(self.baseline or 0))
        short = Fraction(self.value) - expected if self.is_lower_better else expected - Fraction(self.value)
        return MeasureStanding.BEHIND if short > TOLERANCE * way else MeasureStanding.ON


def forecast(*, starts: date, percent_done: int | None, today: date) -> date | None:
    """The day on which it will be done at its pace from the start to today; None where that can't be said.

    It can't before the second day, with nothing done, when all is done, or where it would take over ten years.
    """
    gone = (today - starts).days
    if gone <= 0 or not percent_done or percent_done >= 100:
        return None
    needed = timedelta(days=-(-gone * 100 // percent_done))
    return None if starts + needed > today + FURTHEST else starts + needed


def points_from(stored: Iterable[dict]) -> tuple[tuple[date, Decimal], ...]:
    """The points as the database keeps them: [{"on": "2019-03-31", "value": 40}, …]."""
    return tuple((date.fromisoformat(each["on"]), Decimal(str(each["value"]))) for each in stored)


def _along(path: Sequence[Point], today: date) -> Fraction | None:
    if not path or today < path[0][0]:
        return None
    for (day, value), (next_day, next_value) in zip(path, path[1:], strict=False):
        if day <= today < next_day:
            return value + (next_value - value) * Fraction((today - day).days, (next_day - day).days)
    return path[-1][1]
