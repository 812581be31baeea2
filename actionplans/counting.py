"""What a count of the portal's own is: what a measure asks, and what may be asked of whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from actionplans.models import CountedBy
from insight.indicators import Direction, Indicator
from insight.periods import ReportingPeriod
from scope.context import counting_scope

# By the number of a district or partner; under None the whole partnership's.
Cells = Mapping[int | None, Decimal]
WHOLE = "whole"


class NotCounted(Exception):
    """The portal has no such count, or cannot narrow it so; the message says which."""


@dataclass(frozen=True)
class Question:
    """One count as a measure asks for it: by whom, for which action, from when to when, and narrowed to what."""

    by: str
    action_id: int
    plan_id: int
    period: ReportingPeriod
    now: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.period.last


@dataclass(frozen=True)
class Computed:
    """One count that measures can name. `narrows` are the facts that it knows; `counted_by` the grids it can fill."""

    indicator: Indicator
    count: Callable[[Question], Cells]
    counted_by: tuple[str, ...]
    narrows: tuple[str, ...] = ()
    # What stands where nothing was found: nought of a count, nothing of a share.
    nothing: Decimal | None = Decimal(0)
    is_about_reports: bool = False

    @property
    def is_publishable(self) -> bool:
        """Whether a public page may show it as it is."""
        return self.indicator.is_publishable

    def scope(self) -> AbstractContextManager[None]:
        return counting_scope() if self.is_about_reports else nullcontext()


def own(
    key: str, title: str, unit: str, definition: str, source: str, *, is_publishable: bool = True
) -> Indicator:
    """A count of the partnership's own work: it says nothing about anybody's report."""
    return Indicator(key, title, unit, definition, source, Direction.UP, is_publishable)


ANYHOW = (CountedBy.WHOLE, CountedBy.PARTNER, CountedBy.DISTRICT)
BY_PARTNER = (CountedBy.WHOLE, CountedBy.PARTNER)
BY_DISTRICT = (CountedBy.WHOLE, CountedBy.DISTRICT)
