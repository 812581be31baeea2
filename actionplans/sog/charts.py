"""The figures' charts: each with its table, and with words that say as much for who cannot see it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from actionplans.rag import RagRating
from actionplans.sog import sentences
from actionplans.sog.figures import SogFigures
from actionplans.sog.standing import ActionStanding, PlanStanding
from documents.charts import (
    Bar,
    BarChart,
    Event,
    Point,
    RagChart,
    RagRow,
    Tile,
    TileMap,
    TrajectoryChart,
    TrendChart,
)
from documents.definition import Column, Figure, Number, Table
from insight.awareness import NAME as AWARENESS_WEEK
from insight.counts import Counted
from insight.indicators import MENTIONS_BY_STRAND, REPORTS_BY_AREA, REPORTS_RECEIVED
from insight.periods import ReportingPeriod, in_words

# From good to in need of attention, so that what needs attention ends each row.
STATES = (
    RagRating.COMPLETE,
    RagRating.GREEN,
    RagRating.NOT_STARTED,
    RagRating.ONGOING,
    RagRating.DEFERRED,
    RagRating.CLOSED,
    RagRating.ENDED,
    RagRating.AMBER,
    RagRating.RED,
    RagRating.OVERDUE,
)
PLANS_SOURCE = "partners' updates of their actions; state worked out from work done against time gone"


def all_plans(figures: SogFigures) -> Figure:
    """Every plan's actions by state; of more plans than are drawn, those."""
    is_whole = len(figures.drawn) == len(figures.rated_plans)
    shown = figures.plans if is_whole else figures.drawn
    rows = [(plan.plan.title, list(plan.actions)) for plan in shown]
    return _rag_figure(sentences.all_plans(figures), rows, "Actions by plan and state", "Plan", figures)


def priorities(plan: PlanStanding, figures: SogFigures) -> Figure:
    """One plan's actions by priority and state."""
    rows = [(priority.name, standings) for priority, standings in plan.by_priority]
    title = f"{sentences.name_of(plan)}: actions by priority and state"
    return _rag_figure(sentences.priorities(plan), rows, title, "Priority", figures)


def _rag_figure(
    sentence: str, rows: list[tuple[str, list[ActionStanding]]], caption: str, first: str, figures: SogFigures
) -> Figure:
    present = [
        rag for rag in STATES if any(each.rating.rag is rag for _, standings in rows for each in standings)
    ]
    counts = [
        (label, [sum(each.rating.rag is rag for each in standings) for rag in present])
        for label, standings in rows
    ]
    columns = (
        Column(first, share=3),
        *(Column(rag.word, numeric=True) for rag in present),
        Column("All", numeric=True),
    )
    in_words_of = [
        f"{label}: "
        + ", ".join(
            f"{number} {rag.word.lower()}" for rag, number in zip(present, row, strict=True) if number
        )
        for label, row in counts
    ]
    return Figure(
        sentence=sentence,
        chart=RagChart(
            tuple(
                RagRow(label, tuple((rag.value, number) for rag, number in zip(present, row, strict=True)))
                for label, row in counts
            ),
            tuple((rag.value, rag.word) for rag in present),
        ),
        table=Table(caption, columns, tuple((label, *row, sum(row)) for label, row in counts)),
        source=PLANS_SOURCE,
        period=f"as on {in_words(figures.period.last)}",
        alt=f"One mark for each action. {'. '.join(in_words_of)}.",
    )


def trajectory(plan: PlanStanding, figures: SogFigures) -> Figure:
    """Work done against work expected over the life of a plan."""
    done = [point for point in plan.path if point.done is not None]
    rows = tuple(
        (in_words(point.day), _percent(point.expected), None if point.done is None else _percent(point.done))
        for point in dict.fromkeys([*done, plan.path[-1]])
    )
    columns = (
        Column("Day", share=2),
        Column("Expected by then", numeric=True),
        Column("Done by then", numeric=True),
    )
    return Figure(
        sentence=sentences.trajectory(plan),
        chart=TrajectoryChart(
            tuple(Point(point.day, round(point.expected, 1)) for point in plan.path),
            tuple(Point(point.day, round(point.done or 0, 1)) for point in done),
            plan.plan.period_start,
            plan.plan.period_end,
        ),
        table=Table(
            f"{plan.plan.title}: work expected and done",
            columns,
            rows,
            note="Each action weighs the same. Expected: the share of an action's time that is gone. "
            "The last row is the plan's end.",
        ),
        source=PLANS_SOURCE,
        period=ReportingPeriod(plan.plan.period_start, plan.plan.period_end).dates,
        alt=f"Two lines from {in_words(plan.plan.period_start)}: work expected rises to {plan.now.expected:.0f}% on "
        f"{in_words(plan.now.day)}, work done to {plan.now.done or 0:.0f}%.",
    )


def _percent(value: float) -> Number:
    return Number(value, 0, "%")


def strands(figures: SogFigures) -> Figure:
    """How often each strand is named, against a year before."""
    return Figure(
        sentence=sentences.strands(figures),
        chart=BarChart(
            tuple(Bar(row.label, row.now, row.before) for row in figures.strands),
            "Mentions in reports received",
            figures.compared_with,
        ),
        table=_compared_table(
            "Mentions by strand",
            "Strand",
            figures.strands,
            figures,
            note=f"A report may name several strands: {sum(row.now for row in figures.strands):,} mentions in "
            f"{sentences.counted(figures.received.numerator, 'report')}.",
        ),
        source=MENTIONS_BY_STRAND.source,
        period=_period(figures),
        alt=_bars_in_words(figures.strands, figures),
    )


def areas(figures: SogFigures) -> Figure:
    """Where it happened: nine districts as tiles; the table adds what has no district."""
    tiles = tuple(
        Tile(
            row.label, row.now, row.district.tile_row - 1, row.district.tile_column - 1, f"was {row.before:,}"
        )
        for row in figures.areas
        if row.district
    )
    return Figure(
        sentence=sentences.areas(figures),
        chart=TileMap(tiles, "reports received"),
        table=_compared_table(
            "Reports by area",
            "Area",
            figures.areas,
            figures,
            note="Not a league table: areas differ in people, in centres, and in how well reporting is known.",
        ),
        source=REPORTS_BY_AREA.source,
        period=_period(figures),
        alt=_bars_in_words(figures.areas, figures),
    )


def trend(figures: SogFigures) -> Figure:
    """Reports by month, whole area, with awareness weeks."""
    rows = tuple(
        (f"{month:%B %Y}", count, _week_in(figures, month)) for month, count in figures.months.items()
    )
    columns = (
        Column("Month", share=2),
        Column("Reports received", numeric=True),
        Column("Awareness week", share=2),
    )
    months = list(figures.months)
    low, high = min(figures.months.values()), max(figures.months.values())
    return Figure(
        sentence=sentences.trend(figures),
        chart=TrendChart(
            tuple(Point(month, count) for month, count in figures.months.items()),
            "Reports received each month",
            tuple(Event(week.first, week.last, AWARENESS_WEEK) for week in figures.weeks),
        ),
        table=Table("Reports received each month", columns, rows),
        source=REPORTS_RECEIVED.source,
        period=f"{months[0]:%B %Y} to {months[-1]:%B %Y}, whole months",
        alt=f"A line by month between {low:,} and {high:,} reports; it ends at {figures.months[months[-1]]:,} in "
        f"{months[-1]:%B %Y}. {len(figures.weeks)} awareness weeks are shaded.",
    )


def _week_in(figures: SogFigures, month: date) -> str:
    return next((week.dates for week in figures.weeks if week.first.replace(day=1) == month), "")


def _compared_table(
    caption: str, first: str, rows: Sequence[Counted], figures: SogFigures, note: str
) -> Table:
    columns = (
        Column(first, share=2),
        Column(figures.period.dates, numeric=True),
        Column(figures.compared_with.removeprefix("the ").capitalize(), numeric=True),
    )
    return Table(caption, columns, tuple((row.label, row.now, row.before) for row in rows), note=note)


def _bars_in_words(rows: Sequence[Counted], figures: SogFigures) -> str:
    parts = [f"{row.label} {row.now:,} (was {row.before:,})" for row in rows]
    return (
        f"Counts from {figures.period.dates}, with {figures.compared_with} in brackets: {', '.join(parts)}."
    )


def _period(figures: SogFigures) -> str:
    return f"{figures.period.dates}, against {figures.before.dates}"
