"""Every number of the Senior Officer Group's dashboard and report, asked for once and used in all of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from actionplans.models import Edition
from actionplans.sog import remembered
from actionplans.sog.memory import Told
from actionplans.sog.standing import ActionStanding, PlanStanding, worst_first
from insight import counts
from insight.awareness import awareness_weeks
from insight.indicators import CONTACT_OVERDUE, CONTACTED_IN_TIME, REPORTS_RECEIVED, TOLD_BACK, Figure
from insight.periods import PeriodKind, ReportingPeriod, london_day
from scope.context import counting_scope

TREND_MONTHS = 36
# As many plans as a meeting looks at; their own pages have the rest.
MOST_PLANS = 12


@dataclass(frozen=True)
class SogFigures:
    """The numbers of one period, as they are at one moment."""

    quarter: ReportingPeriod
    period: ReportingPeriod
    before: ReportingPeriod
    now: datetime
    received: Figure
    told_back: Figure
    contacted_in_time: Figure
    contact_overdue: Figure
    strands: Sequence[counts.Counted]
    areas: Sequence[counts.Counted]
    months: dict[date, int]
    weeks: Sequence[ReportingPeriod]
    plans: Sequence[PlanStanding]
    # Of the running ones those that are drawn, with the way that they have come.
    drawn: Sequence[PlanStanding]

    @property
    def is_so_far(self) -> bool:
        """Whether the quarter is still running."""
        return self.period.kind is PeriodKind.PART

    @property
    def compared_with(self) -> str:
        """What the numbers are compared with, in words."""
        return "the same days last year" if self.is_so_far else "the same quarter last year"

    @property
    def rated_plans(self) -> list[PlanStanding]:
        """Plans that still run; the others are history."""
        return [standing for standing in self.plans if not standing.has_ended]

    @property
    def rated(self) -> list[ActionStanding]:
        """All actions of plans that still run."""
        return [standing for plan in self.rated_plans for standing in plan.actions]

    @property
    def needing_attention(self) -> list[ActionStanding]:
        """Overdue, off track and slipping actions, worst first."""
        return worst_first(standing for standing in self.rated if standing.needs_attention)

    @property
    def needing_attention_before(self) -> int:
        """How many of the same actions needed attention when the period began."""
        return sum(standing.before.rag.is_exception for standing in self.rated)

    @property
    def updates(self) -> list[Told]:
        """What was told about actions in the period."""
        return [told for plan in self.plans for standing in plan.actions for told in standing.told_since]

    @property
    def to_decide(self) -> list[ActionStanding]:
        """Actions that wait for a decision of the group."""
        return [standing for standing in self.rated if standing.action.decision_needed.strip()]


def figures_for(quarter: ReportingPeriod, *, now: datetime) -> SogFigures:
    """Asks for every number once: figures under the counting scope, plans as they stood at the period's end."""
    period = quarter.so_far(london_day(now))
    before = period.a_year_before()
    on, since = period.last, period.first - timedelta(1)
    names = Edition.objects.newest(on).names
    plans = remembered.standings(on=on, before=since, names=names)
    drawn = remembered.drawn(_most_in_need(plans), on=on, before=since, names=names)
    with counting_scope():
        areas = counts.reports_by_area(period, before)
        strands = counts.mentions_by_strand(period, before)
        told = counts.told_back(period)
        contacts = counts.first_contacts(period, now=now)
        trend = _trend_period(period)
        months = counts.reports_by_month(trend)
    total, total_before = sum(row.now for row in areas), sum(row.before for row in areas)
    return SogFigures(
        quarter=quarter,
        period=period,
        before=before,
        now=now,
        received=Figure(REPORTS_RECEIVED, period, now, total, before=total_before),
        told_back=Figure(TOLD_BACK, period, now, told.told, told.received),
        contacted_in_time=Figure(CONTACTED_IN_TIME, period, now, contacts.in_time, contacts.due),
        contact_overdue=Figure(CONTACT_OVERDUE, period, now, contacts.overdue_now),
        strands=strands,
        areas=areas,
        months=months,
        weeks=awareness_weeks(trend),
        plans=plans,
        drawn=drawn,
    )


def forget() -> None:
    """Asks for the plans anew at the next look (tests, proofs)."""
    remembered.forget()


def _most_in_need(plans: Sequence[PlanStanding]) -> list[PlanStanding]:
    """As many running plans as a meeting looks at, in their order: those in which most needs attention."""
    running = [plan for plan in plans if not plan.has_ended]
    worst = sorted(running, key=lambda plan: -len(plan.needing_attention))[:MOST_PLANS]
    chosen = {id(plan) for plan in worst}
    return [plan for plan in running if id(plan) in chosen]


def _trend_period(period: ReportingPeriod) -> ReportingPeriod:
    """The last whole months, up to the one that the period ends with or the one before it."""
    month = ReportingPeriod.month_containing(period.last)
    if month.last != period.last:
        month = month.previous()
    first = month
    for _ in range(TREND_MONTHS - 1):
        first = first.previous()
    return ReportingPeriod(first.first, month.last)
