"""What we measure, defined once: every figure on screen and on paper names its indicator, period and source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from insight.periods import ReportingPeriod
from insight.stats.intervals import Interval, wilson

# A share of fewer cases than this says more about chance than about us, so it is not shown.
SMALLEST_BASE = 20


class Direction(StrEnum):
    """Which way is better. Reports received are NEUTRAL: more telling can be success."""

    NEUTRAL = "neutral"
    UP = "up"
    DOWN = "down"


@dataclass(frozen=True)
class Indicator:
    """A thing we measure: its name, unit, and one sentence that says exactly what is counted.

    `is_publishable` is for counts that tell nothing about anybody's report, however small they are.
    """

    key: str
    title: str
    unit: str
    definition: str
    source: str
    direction: Direction = Direction.NEUTRAL
    is_publishable: bool = False

    @property
    def is_neutral(self) -> bool:
        """Whether neither a rise nor a fall is good or bad by itself."""
        return self.direction is Direction.NEUTRAL


@dataclass(frozen=True)
class Figure:
    """A measured value: a count, or a share of `denominator`; `before` is the same for the period compared with."""

    indicator: Indicator
    period: ReportingPeriod
    as_at: datetime
    numerator: int
    denominator: int | None = None
    before: int | None = None

    @property
    def value(self) -> float | None:
        """The count, or the share from 0 to 1; None where the base is too small to say."""
        if self.denominator is None:
            return self.numerator
        return self.numerator / self.denominator if self.denominator >= SMALLEST_BASE else None

    @property
    def interval(self) -> Interval | None:
        """How sure we are of a share; a count of reports is a full count and has none."""
        return (
            wilson(self.numerator, self.denominator) if self.denominator and self.value is not None else None
        )

    @property
    def in_words(self) -> str:
        """The value as a reader sees it."""
        if self.denominator is None:
            return f"{self.numerator:,}"
        return "too few to say" if self.value is None else f"{self.value:.0%}"

    @property
    def base_in_words(self) -> str:
        """What a share is of: “142 of 192”."""
        return "" if self.denominator is None else f"{self.numerator:,} of {self.denominator:,}"


_REPORTS = "reports received by the portal"
_CASES = "partners' cases in the portal"

REPORTS_RECEIVED = Indicator(
    "reports_received",
    "Reports received",
    "reports",
    "Reports received in the period, by any way, from anybody, whatever came of them.",
    _REPORTS,
)
MENTIONS_BY_STRAND = Indicator(
    "mentions_by_strand",
    "Mentions by strand",
    "mentions",
    "How often reports received in the period name a strand, as the person saw it; a report may name several.",
    _REPORTS,
)
REPORTS_BY_AREA = Indicator(
    "reports_by_area",
    "Reports by area",
    "reports",
    "Reports received in the period by the area in which it happened, as told.",
    _REPORTS,
)
TOLD_BACK = Indicator(
    "told_back",
    "Reporters told back",
    "share of reports",
    "Reports received in the period on which a partner has since written to the reporter at least once.",
    _REPORTS,
    Direction.UP,
)
CONTACTED_IN_TIME = Indicator(
    "contacted_in_time",
    "First contact in time",
    "share of cases",
    "Of cases opened in the period whose first contact is made or due by now, those where it was made in time.",
    _CASES,
    Direction.UP,
)
CONTACT_OVERDUE = Indicator(
    "contact_overdue",
    "First contact overdue",
    "cases",
    "Cases not closed, whose first contact is past its due time and not yet made.",
    _CASES,
    Direction.DOWN,
)
CLOSED_WITH_OUTCOME = Indicator(
    "closed_with_outcome",
    "Closed cases with an outcome",
    "share of cases",
    "Of cases closed in the period, those on which an outcome stands, by the partner that leads the case.",
    _CASES,
    Direction.UP,
)
ONLINE_ANSWERED = Indicator(
    "online_answered",
    "Reports that say whether it was online",
    "share of reports",
    "Of reports received in the period, those that name the kind of place, the internet being one of them.",
    _REPORTS,
    Direction.UP,
)
ONLINE_WITH_LINK = Indicator(
    "online_with_link",
    "Online reports with evidence",
    "share of reports",
    "Of reports received in the period that tell of something online, those that came with a link to it.",
    _REPORTS,
    Direction.UP,
)
DISABILITY_CHANGE = Indicator(
    "disability_change",
    "Disability reports compared with a year before",
    "per cent",
    "Reports of the last 91 days that name disability, compared with the same days a year earlier.",
    _REPORTS,
)
INDICATORS = (
    REPORTS_RECEIVED,
    MENTIONS_BY_STRAND,
    REPORTS_BY_AREA,
    TOLD_BACK,
    CONTACTED_IN_TIME,
    CONTACT_OVERDUE,
    CLOSED_WITH_OUTCOME,
    ONLINE_ANSWERED,
    ONLINE_WITH_LINK,
    DISABILITY_CHANGE,
)
