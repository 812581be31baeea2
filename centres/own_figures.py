"""A reporting centre's own small figures, for its funders and its board: how much was done, about nobody.

They leave the house, so they follow the rule of everything published. Only quarters and years that are over are shown,
and what is shown once is never revised: all of it is counted by days that do not change. A number of 0 to 4 is
withheld, and a year's total where it would give a withheld quarter away. What was done and why people were targeted is
shown by the year, from ten reports on and where the total is shown. Reports may name several, so that those tables
have no totals to subtract from.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from django.db.models import F, Func

from centres.models import ChampionTraining
from documents.definition import (
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    Withheld,
)
from documents.spreadsheet import as_csv, harmless
from insight.periods import ReportingPeriod, in_words, london_day
from partners.models import ReportingCentre
from reporting.journey.choices import from_codes
from reporting.models import CentreRecord, PracticeRun, Report, ReporterWord
from reporting.models.report import ReportQuerySet
from reporting.models.word import WordState
from reporting.safe_contact import Way
from reporting.strands import Strand
from scope.context import counting_scope

# What is hidden in everything that is published, and how many reports a year needs before they are told apart.
SMALLEST_SHOWN = 5
ENOUGH_TO_TELL_APART = 10
TOO_FEW = "too few to show"
NOT_OVER = "not over yet"
QUARTERS = 4
NOTICE = "Of this centre’s own work. Numbers of 0 to 4 are withheld, so that nobody can be picked out."


@dataclass(frozen=True)
class Counts:
    """What was counted in one span of time, before anything is withheld."""

    period: ReportingPeriod
    reports: int
    passed_on: int
    days_to_send: Sequence[int]
    courses: int
    practised: int


@dataclass(frozen=True)
class OwnFigures:
    """A reporting year of one centre. `quarters` are those that are over; `year` is None until the last is."""

    centre: str
    year: ReportingPeriod
    quarters: Sequence[Counts]
    whole: Counts | None
    did: Sequence[tuple[str, int]]
    strands: Sequence[tuple[str, int]]
    prepared_on: date


def own_figures(centre: ReportingCentre, year: ReportingPeriod, *, today: date) -> OwnFigures:
    """The figures of a centre for a reporting year, as far as its quarters are over."""
    over = [each for each in _quarters(year) if each.last < today]
    is_over = year.last < today
    with counting_scope():
        quarters = [_counts(centre, each) for each in over]
        whole = _counts(centre, year) if is_over else None
        did = _done(centre, year) if is_over else []
        strands = _strands(centre, year) if is_over else []
    return OwnFigures(centre.organisation.name, year, quarters, whole, did, strands, today)


def years_of(centre: ReportingCentre, *, today: date) -> list[ReportingPeriod]:
    """The reporting years since the first report of a centre, the newest first; always that of today."""
    year = ReportingPeriod.year_containing(today)
    with counting_scope():
        first = _reports_of(centre).order_by("received_at").values_list("received_at", flat=True).first()
    years = [year]
    while first and london_day(first) < years[-1].first:
        years.append(years[-1].previous())
    return years


# Withholding ----------------------------------------------------------------------------------------------------


def shown(count: int) -> Cell:
    """The count, or that it is withheld."""
    return count if count >= SMALLEST_SHOWN else Withheld()


def total_shown(parts: Sequence[int]) -> Cell:
    """The total of parts that are shown by themselves; withheld where it would give a withheld part away.

    Of those withheld each can be anything from 0 to their sum, and a single one is the sum: below five that is too
    narrow.
    """
    hidden = [part for part in parts if part < SMALLEST_SHOWN]
    return shown(sum(parts)) if not hidden or sum(hidden) >= SMALLEST_SHOWN else Withheld()


# Counting -------------------------------------------------------------------------------------------------------


def _quarters(year: ReportingPeriod) -> list[ReportingPeriod]:
    found = [ReportingPeriod.quarter_containing(year.first)]
    while len(found) < QUARTERS:
        found.append(ReportingPeriod.quarter_containing(found[-1].last + timedelta(days=1)))
    return found


def _reports_of(centre: ReportingCentre) -> ReportQuerySet:
    return Report.objects.recorded_at(centre.organisation)


def _counts(centre: ReportingCentre, period: ReportingPeriod) -> Counts:
    span = (period.starts_at, period.ends_at)
    days = (period.first, period.last)
    told = CentreRecord.objects.filter(report__centre=centre.organisation)
    sent = told.filter(report__received_at__gte=span[0], report__received_at__lt=span[1])
    words = ReporterWord.objects.filter(
        report__centre=centre.organisation, way=Way.CENTRE, state=WordState.DONE
    )
    runs = PracticeRun.objects.of_centre(centre.organisation)
    return Counts(
        period,
        reports=_reports_of(centre).filter(received_at__gte=span[0], received_at__lt=span[1]).count(),
        passed_on=words.filter(done_at__gte=span[0], done_at__lt=span[1]).count(),
        days_to_send=[
            max((london_day(received) - told_on).days, 0)
            for told_on, received in sent.values_list("told_on", "report__received_at")
        ],
        courses=ChampionTraining.objects.filter(champion__centre=centre, trained_on__range=days).count(),
        practised=runs.filter(finished_at__gte=span[0], finished_at__lt=span[1]).count(),
    )


def _done(centre: ReportingCentre, year: ReportingPeriod) -> list[tuple[str, int]]:
    """In how many reports the centre did each thing."""
    rows = CentreRecord.objects.filter(
        report__centre=centre.organisation,
        report__received_at__gte=year.starts_at,
        report__received_at__lt=year.ends_at,
    )
    found = _each(rows.annotate(code=Func(F("did"), function="unnest")).values_list("code", flat=True))
    return [(str(option.label), found.get(option.code, 0)) for option in from_codes("centre_did")()]


def _strands(centre: ReportingCentre, year: ReportingPeriod) -> list[tuple[str, int]]:
    """How many reports name each strand."""
    reports = _reports_of(centre).filter(received_at__gte=year.starts_at, received_at__lt=year.ends_at)
    named = reports.annotate(code=Func(F("perceived_strands"), function="unnest"))
    found = _each(named.values_list("code", flat=True))
    return [(str(strand.label), found.get(strand.value, 0)) for strand in Strand]


def _each(codes: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for code in codes:
        found[code] = found.get(code, 0) + 1
    return found


# As a document --------------------------------------------------------------------------------------------------


def document_of(figures: OwnFigures) -> Document:
    """The figures as a page and on paper."""
    tables = [_work(figures), *_by_year(figures)]
    return Document(
        title=f"{figures.centre}: our figures",
        subtitle="Of this centre’s own work",
        period=figures.year.dates,
        prepared_on=figures.prepared_on,
        notice=NOTICE,
        author=figures.centre,
        blocks=(
            Paragraph(
                "More reports do not mean more hate, and fewer do not mean less: a place that people trust hears more."
            ),
            *tables,
            Heading("What is counted"),
            Bullets(DEFINITIONS),
        ),
    )


DEFINITIONS = (
    "A report is counted on the day on which we sent it. Nobody who practised is counted as a report.",
    "News passed on: how often we told a person, who had asked to hear through us, that there was something new "
    "for them. It is counted on the day on which we told them.",
    "Days from being told to sending: the middle one of all; shown from ten reports on.",
    "Courses taken: each champion who took a course counts once. Stories practised are invented ones.",
    "What we did and why people were targeted stand here for a whole year with ten reports or more. A report can "
    "name several, so they do not add up to the number of reports.",
    "Only quarters and years that are over stand here, and what stands here once is not changed later. A year’s "
    "total is withheld too where it would give a withheld quarter away.",
)


def _work(figures: OwnFigures) -> Table:
    columns = (
        "Reports recorded",
        "News passed on",
        "Days from being told to sending",
        "Courses taken",
        "Stories practised",
    )
    rows = [_row(each.period.label, each, each.reports, each.passed_on) for each in figures.quarters]
    return Table(
        caption=f"Our work in {figures.year.label}",
        columns=(Column("Period", share=1.6), *(Column(name, numeric=True) for name in columns)),
        rows=(*rows, _last_row(figures)),
        note="The year stands here when its last quarter is over." if figures.whole is None else "",
    )


def _last_row(figures: OwnFigures) -> tuple[Cell, ...]:
    label, whole = f"All of {figures.year.label}", figures.whole
    if whole is None:
        return (label, *([NOT_OVER] * 5))
    total = total_shown([each.reports for each in figures.quarters])
    passed_on = total_shown([each.passed_on for each in figures.quarters])
    return (label, total, passed_on, *_unprotected(whole))


def _row(label: str, counts: Counts, reports: int, passed_on: int) -> tuple[Cell, ...]:
    return (label, shown(reports), shown(passed_on), *_unprotected(counts))


def _unprotected(counts: Counts) -> tuple[Cell, ...]:
    """What is about the centre's people, or about no single report."""
    days = counts.days_to_send
    middle = f"{median(days):g}" if len(days) >= ENOUGH_TO_TELL_APART else TOO_FEW
    return (middle, counts.courses, counts.practised)


def _by_year(figures: OwnFigures) -> list[Block]:
    if figures.whole is None:
        return []
    total = total_shown([each.reports for each in figures.quarters])
    # Where the total is withheld, reasons that add up to it would give it away.
    if isinstance(total, Withheld) or figures.whole.reports < ENOUGH_TO_TELL_APART:
        return [
            Heading("What we did, and why people were targeted"),
            Paragraph(
                f"{TOO_FEW.capitalize()}: this is told apart only for a year with ten reports or more."
            ),
        ]
    return [
        _told_apart("What we did for people, beside recording", "What we did", figures.did),
        _told_apart("Why people were targeted", "Reason", figures.strands),
    ]


def _told_apart(caption: str, heading: str, counted: Sequence[tuple[str, int]]) -> Table:
    return Table(
        caption=caption,
        columns=(Column(heading, share=2.5), Column("Reports", numeric=True)),
        rows=tuple((label, shown(count)) for label, count in counted),
        note="A report can name several.",
    )


def csv_of(figures: OwnFigures) -> bytes:
    """The same numbers for a spreadsheet, one a line."""
    lines: list[tuple[str, str, str]] = []
    for block in document_of(figures).walk():
        if isinstance(block, Table):
            names = [column.heading for column in block.columns]
            lines += [
                (str(row[0]), name if len(names) > 2 else block.caption, str(cell))
                for row in block.rows
                for name, cell in zip(names[1:], row[1:], strict=True)
            ]
    notice = f"{figures.centre}, {figures.year.label} ({figures.year.dates}), {in_words(figures.prepared_on)}. {NOTICE}"
    return as_csv(("For", "What", "Figure"), lines, notice=harmless(notice))
