"""Progress as a small still picture: what was told, against a straight line from the start to the due date."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from actionplans.rag import percent_of_time_gone

WIDTH, HEIGHT, EDGE = 120, 30, 3


@dataclass(frozen=True)
class Sparkline:
    """Coordinates in a box of 120 by 30: `told` runs to today, `today` is where the upright line stands."""

    told: str
    expected: str
    today: str
    dot: tuple[str, str] | None


def sparkline(*, starts: date, due: date, today: date, updates: Iterable[tuple[date, int]]) -> Sparkline:
    """The picture of the updates (day, percent done), oldest first; before the start there is no dot."""
    points = [(starts, 0), *((day, percent) for day, percent in updates if day >= starts)]
    if len(points) > 1 and today > points[-1][0]:
        points.append((today, points[-1][1]))
    placed = [(_across(starts, due, day), _up(percent)) for day, percent in points]
    return Sparkline(
        told=" ".join(f"{x},{y}" for x, y in placed),
        expected=f"{EDGE},{_up(0)} {WIDTH - EDGE},{_up(100)}",
        today=_across(starts, due, today),
        dot=placed[-1] if today >= starts else None,
    )


def _across(starts: date, due: date, day: date) -> str:
    return f"{EDGE + (WIDTH - 2 * EDGE) * percent_of_time_gone(starts, due, day) / 100:.1f}"


def _up(percent: int) -> str:
    return f"{HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * percent / 100:.1f}"
