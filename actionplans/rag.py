"""How an action stands, by one rule that nobody can talk round: how much is done against how much time is gone.

Plain Python. In this order: a plan whose period has ended is history and says so; 100% is complete; before its start
an action is not started; after its due date it is overdue; else percent done ÷ percent of the time gone decides.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction

# Exact, so that a figure on the border is on the same side every time.
GREEN_FROM = Fraction(9, 10)
AMBER_FROM = Fraction(7, 10)


class RagRating(StrEnum):
    """How an action stands, worst first. Overdue is counted apart from red."""

    OVERDUE = "overdue"
    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NOT_STARTED = "not_started"
    COMPLETE = "complete"
    ENDED = "ended"

    @property
    def word(self) -> str:
        """The word that stands beside the shape."""
        return _LOOKS[self][0]

    @property
    def shape(self) -> str:
        """The shape that says the same as the colour does."""
        return _LOOKS[self][1]

    @property
    def is_off_track(self) -> bool:
        """Whether it will not be done in time unless somebody does something."""
        return self in OFF_TRACK

    @property
    def is_exception(self) -> bool:
        """Whether it is off track or on its way there."""
        return self in EXCEPTIONS

    @property
    def rank(self) -> int:
        """Its place in a list that shows exceptions first."""
        return _RANKS[self]


_LOOKS = {
    RagRating.OVERDUE: ("Overdue", "wedge"),
    RagRating.RED: ("Off track", "diamond"),
    RagRating.AMBER: ("Slipping", "triangle"),
    RagRating.GREEN: ("On track", "circle"),
    RagRating.NOT_STARTED: ("Not started", "ring"),
    RagRating.COMPLETE: ("Complete", "tick"),
    RagRating.ENDED: ("Ended", "bar"),
}
_RANKS = {rating: place for place, rating in enumerate(RagRating)}
OFF_TRACK = frozenset({RagRating.OVERDUE, RagRating.RED})
EXCEPTIONS = OFF_TRACK | {RagRating.AMBER}


@dataclass(frozen=True)
class Rating:
    """A rating with the sentence that explains it; `percent_expected` is the share of the time gone, 0 to 100."""

    rag: RagRating
    reason: str
    percent_done: int
    percent_expected: int


def percent_of_time_gone(starts: date, due: date, today: date) -> float:
    """How much of the time from `starts` to `due` is gone, 0 to 100; the day it starts nothing is gone."""
    return float(_percent_gone(starts, due, today))


def rate(
    *, starts: date, due: date, percent_done: int | None, today: date, plan_ended: bool = False
) -> Rating:
    """The rating of an action on a day; `percent_done` is None where nobody has told yet, which counts as 0."""
    done = percent_done or 0
    expected = _percent_gone(starts, due, today)
    rag, reason = _decide(starts, due, done, expected, today, plan_ended)
    if percent_done is None and rag not in (RagRating.NOT_STARTED, RagRating.ENDED):
        reason = f"No progress told yet: {reason[0].lower()}{reason[1:]}"
    return Rating(rag, reason, done, round(expected))


def count(ratings: Iterable[Rating]) -> dict[RagRating, int]:
    """How many actions stand in each state: every state, worst first."""
    found = Counter(rating.rag for rating in ratings)
    return {rag: found[rag] for rag in RagRating}


def _percent_gone(starts: date, due: date, today: date) -> Fraction:
    gone = Fraction((today - starts).days, (due - starts).days)
    return 100 * min(Fraction(1), max(Fraction(0), gone))


def _decide(
    starts: date, due: date, done: int, expected: Fraction, today: date, plan_ended: bool
) -> tuple[RagRating, str]:
    if plan_ended:
        return RagRating.ENDED, f"Last told: {done}% done"
    if done >= 100:
        return RagRating.COMPLETE, "100% done"
    if today < starts:
        return RagRating.NOT_STARTED, f"Starts {_days(starts - today)} from now"
    if today > due:
        return RagRating.OVERDUE, f"{done}% done, {_days(today - due)} past its due date"
    return _against_time(done, expected), f"{done}% done, {round(expected)}% of the time gone"


def _against_time(done: int, expected: Fraction) -> RagRating:
    if done >= GREEN_FROM * expected:
        return RagRating.GREEN
    return RagRating.AMBER if done >= AMBER_FROM * expected else RagRating.RED


def _days(span: timedelta) -> str:
    days = span.days
    return "1 day" if days == 1 else f"{days} days"
