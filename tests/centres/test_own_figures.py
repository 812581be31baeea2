"""A centre's own figures: only its own, only when a quarter is over, and nobody can be picked out of them."""

import csv
import io
from datetime import UTC, date, datetime, timedelta
from itertools import product
from uuid import uuid4

import pytest

from centres.champions import name_champion, record_training
from centres.own_figures import (
    ENOUGH_TO_TELL_APART,
    SMALLEST_SHOWN,
    Counts,
    OwnFigures,
    csv_of,
    document_of,
    own_figures,
    shown,
    total_shown,
    years_of,
)
from documents.definition import Paragraph, Table, Withheld
from insight.periods import ReportingPeriod
from partners.models import User
from reporting.models import PracticeRun, Report, ReporterWord
from reporting.models.word import WordState
from reporting.receiving import receive
from reporting.safe_contact import Way
from scope.context import worker_scope
from tests.at_a_centre import at_a_centre
from tests.casework.world import ZAYNAB, anonymously
from tests.people import NOW, asha, centre, client_for, member

YEAR = ReportingPeriod.year_containing(date(2025, 6, 1))
AFTER = date(2026, 4, 1)


def recorded(volunteer: User, at: datetime, *, told_on: date | None = None) -> None:
    told = at_a_centre(ZAYNAB | anonymously()) | {"C01_on": (told_on or at.date()).isoformat()}
    answers = {name: said for name, said in told.items() if said is not None}
    receive(answers, key=uuid4(), now=at, centre=volunteer.organisation, recorded_by=volunteer)


def figures(reports: tuple[int, int, int, int], *, strands: int = 0) -> OwnFigures:
    """Made-up counts of a whole year."""
    quarter = ReportingPeriod.quarter_containing(YEAR.first)
    quarters = [Counts(quarter, each, 0, [], 0, 0) for each in reports]
    whole = Counts(YEAR, sum(reports), 0, [], 0, 0)
    return OwnFigures("Rooms", YEAR, quarters, whole, [("Leaflet", strands)], [("Race", strands)], AFTER)


def tables(of: OwnFigures) -> list[Table]:
    return [block for block in document_of(of).walk() if isinstance(block, Table)]


def last_row(of: OwnFigures) -> tuple[object, ...]:
    return tables(of)[0].rows[-1]


# What is withheld -----------------------------------------------------------------------------------------------


def test_a_number_from_nought_to_four_is_withheld() -> None:
    assert [isinstance(shown(count), Withheld) for count in range(7)] == [True] * 5 + [False] * 2


def test_no_withheld_quarter_can_be_worked_out_from_the_year() -> None:
    """For every year of up to eight reports a quarter: from the numbers that stand there, a withheld one can be at
    least five things, up to five or more."""
    broken = []
    for parts in product(range(9), repeat=4):
        hidden = [part for part in parts if part < SMALLEST_SHOWN]
        total = total_shown(parts)
        if not hidden or isinstance(total, Withheld):
            continue
        left = total - sum(part for part in parts if part >= SMALLEST_SHOWN)
        least, most = (left, left) if len(hidden) == 1 else (0, left)
        broken += [parts] if most - least < 5 or most < 5 else []
    assert broken == []
    assert total_shown((5, 6, 7, 8)) == 26
    assert total_shown((3, 4, 7, 8)) == 22
    assert isinstance(total_shown((3, 6, 7, 8)), Withheld)
    assert isinstance(total_shown((1, 3, 7, 8)), Withheld)


def test_nothing_is_told_apart_below_ten_reports_or_where_the_total_is_withheld() -> None:
    for reports in ((9, 0, 0, 0), (4, 3, 1, 1), (3, 9, 9, 9)):
        assert len(tables(figures(reports, strands=9))) == 1
        said = [block.text for block in document_of(figures(reports)).walk() if isinstance(block, Paragraph)]
        assert said[-1].startswith("Too few to show")
    told = tables(figures((5, 5, 5, 5), strands=5))
    assert [table.rows[0][1] for table in told[1:]] == [5, 5]
    assert isinstance(tables(figures((5, 5, 5, 5), strands=4))[1].rows[0][1], Withheld)
    assert ENOUGH_TO_TELL_APART == 10


def test_a_table_that_is_told_apart_has_no_total_to_subtract_from() -> None:
    for table in tables(figures((5, 5, 5, 5), strands=7))[1:]:
        assert [row[0] for row in table.rows] in (["Leaflet"], ["Race"])
        assert "several" in table.note


# What is counted ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_only_what_this_centre_recorded_is_counted_in_the_quarter_in_which_it_was_sent() -> None:
    here, there = (
        asha(),
        member("Bram Oduya", centre("foxglove", area="charnwood").organisation, "centre_volunteer"),
    )
    for at in (datetime(2025, 4, 1, tzinfo=UTC), datetime(2025, 6, 30, 22, 59, tzinfo=UTC)):
        recorded(here, at)
    recorded(here, datetime(2025, 6, 30, 23, 1, tzinfo=UTC))  # the first of July in London
    recorded(there, datetime(2025, 5, 5, tzinfo=UTC))
    counted = own_figures(centre(), YEAR, today=AFTER)
    assert [each.reports for each in counted.quarters] == [2, 1, 0, 0]
    assert counted.whole
    assert counted.whole.reports == 3


@pytest.mark.django_db
def test_days_to_send_what_was_done_and_reasons_are_counted() -> None:
    for days in range(3):
        recorded(asha(), datetime(2025, 5, 8, 12, tzinfo=UTC), told_on=date(2025, 5, 8 - days))
    counted = own_figures(centre(), YEAR, today=AFTER)
    assert sorted(counted.quarters[0].days_to_send) == [0, 1, 2]
    assert max(count for _label, count in counted.did) == 3
    assert max(count for _label, count in counted.strands) == 3


@pytest.mark.django_db
def test_news_training_and_practice_are_counted_on_their_day() -> None:
    volunteer, here, at = asha(), centre(), datetime(2025, 11, 3, 12, tzinfo=UTC)
    recorded(volunteer, at)
    with worker_scope():
        report = Report.objects.get()
        word = ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.DONE, now=at)
        ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.WAITS, now=at)
        word.done_at = at + timedelta(days=90)
        word.save(update_fields=["done_at"])
    champion = name_champion(here, volunteer, by=None, now=NOW, since=at.date())
    record_training([champion], course="First steps", on=at.date(), by=None, now=NOW)
    PracticeRun.note(uuid4(), "bus_home", volunteer=volunteer, found=[], missed=[], beyond=[], now=at)
    quarters = own_figures(here, YEAR, today=AFTER).quarters
    assert [each.passed_on for each in quarters] == [0, 0, 0, 1]
    assert [each.courses for each in quarters] == [0, 0, 1, 0]
    assert [each.practised for each in quarters] == [0, 0, 1, 0]
    assert [each.reports for each in quarters] == [0, 0, 1, 0]


@pytest.mark.django_db
def test_a_quarter_stands_there_from_the_day_after_its_last() -> None:
    here = centre()
    assert [
        len(own_figures(here, YEAR, today=day).quarters) for day in (date(2025, 6, 30), date(2025, 7, 1))
    ] == [0, 1]
    running = own_figures(here, YEAR, today=date(2026, 3, 31))
    assert last_row(running)[1:] == ("not over yet",) * 5
    assert len(tables(running)) == 1


@pytest.mark.django_db
def test_years_begin_with_the_first_report() -> None:
    assert years_of(centre(), today=AFTER) == [ReportingPeriod.year_containing(AFTER)]
    recorded(asha(), datetime(2024, 2, 1, tzinfo=UTC))
    assert [year.first.year for year in years_of(centre(), today=AFTER)] == [2026, 2025, 2024, 2023]


# Where it stands ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_page_paper_and_spreadsheet_say_the_same_of_the_same_year() -> None:
    for _ in range(5):
        recorded(asha(), datetime(2025, 5, 8, 12, tzinfo=UTC))
    browser, at = client_for(asha()), "/staff/our-centre/figures/"
    shown_there = browser.get(f"{at}?year=2025").content.decode()
    assert "Of this centre’s own work" in shown_there
    assert "More reports do not mean more hate" in shown_there
    made = browser.get(f"{at}figures.pdf?year=2025")
    assert (made["Content-Type"], made.content[:5]) == ("application/pdf", b"%PDF-")
    rows = list(
        csv.reader(io.StringIO(browser.get(f"{at}figures.csv?year=2025").content.decode("utf-8-sig")))
    )
    assert ["Quarter 1 of 2025/26", "Reports recorded", "5"] in rows
    assert ["Quarter 2 of 2025/26", "Reports recorded", "withheld"] in rows
    assert browser.get(f"{at}?year=1999").status_code == 404


def test_a_name_that_begins_like_a_formula_is_none_in_a_spreadsheet() -> None:
    made = figures((5, 5, 5, 5))
    made = OwnFigures("=1+1", *(getattr(made, name) for name in list(OwnFigures.__dataclass_fields__)[1:]))
    assert csv_of(made).decode("utf-8-sig").startswith(("\"'=", "'="))
