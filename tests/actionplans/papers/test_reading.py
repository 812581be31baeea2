"""Days, names and tables in the ways in which people write them."""

import io
from datetime import date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from actionplans.papers.columns import COLUMNS, known_headings, words
from actionplans.papers.dates import Means, NotADate, day_from, split_at_day
from actionplans.papers.naming import NotKnown, directory
from actionplans.papers.planned import NO_MEASURE
from documents.grids.cells import folded, letters
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from tests.actionplans.papers.samples import ENDS, STARTS, as_kind, understood
from tests.people import make_partnership


@pytest.mark.parametrize(
    "written",
    ["2018-04-01", "2018-04-01 00:00:00", "01/04/2018", "1/4/18", "1.4.2018", "1-4-2018", "1 April 2018",
     "1st April, 2018",
     "1st of April 2018", "1-Apr-18", "Sunday 1 April 2018", "April 1, 2018", " 1  APRIL 2018 ", "by 1 April 2018",
     "from 1 Apr. 2018", date(2018, 4, 1)],
)  # fmt: skip
def test_the_first_of_april_however_it_is_written(written):
    assert day_from(written, Means.LAST) == date(2018, 4, 1)


@pytest.mark.parametrize(
    "written",
    ["Mar 2019", "March 2019", "Mar-19", "03/2019", "2019-03", "by end of March 2019", "MARCH, 2019"],
)
def test_a_month_alone_is_its_last_day_for_a_due_date_and_its_first_for_a_start(written: str):
    assert day_from(written, Means.LAST) == date(2019, 3, 31)
    assert day_from(written, Means.FIRST) == date(2019, 3, 1)


def test_a_quarter_is_one_of_the_reporting_year():
    assert day_from("Q4 2018/19", Means.LAST) == date(2019, 3, 31)
    assert day_from("Q1 2018/19", Means.FIRST) == date(2018, 4, 1)
    assert day_from("Sept 2018", Means.LAST) == date(2018, 9, 30)


@pytest.mark.parametrize(
    "written",
    ["31/02/2019", "soon", "2019", "13/13/2019", "1/4/1999", "32 May 2019", "", "Jul-Sep 2019", "00/2019"],
)
def test_what_is_no_day_is_refused_in_its_own_words(written: str):
    with pytest.raises(NotADate, match="is not a date"):
        day_from(written, Means.LAST)


@pytest.mark.parametrize(
    ("sentence", "split"),
    [
        ("Text agreed 30 Nov 2018", ("Text agreed", "30 Nov 2018")),
        ("Module on all systems, by March 2019", ("Module on all systems", "March 2019")),
        ("First quarter Jul-Sep 2019", ("First quarter Jul-Sep 2019", "")),
        ("10 pilot schools by Easter 2019", ("10 pilot schools by Easter 2019", "")),
        ("Report to the board: 31/03/2019", ("Report to the board", "31/03/2019")),
    ],
)
def test_a_sentence_may_end_with_its_day(sentence: str, split: tuple[str, str]):
    assert split_at_day(sentence) == split


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "code"),
    [("Rutland", "rutland-cc"), ("rutland county council", "rutland-cc"), ("City", "leicester-city"),
     ("The Police", "police"),
     ("NWL", "nwl-dc"), ("Hinckley & Bosworth", "hinckley-bosworth-bc"), ("opcc", "opcc"),
     ("Oadby and Wigston", "oadby-wigston-bc")],
)  # fmt: skip
def test_an_organisation_by_whatever_it_is_called(written: str, code: str):
    make_partnership()
    assert directory().organisations.one(written) == code


@pytest.mark.django_db
def test_names_in_a_list_groups_and_words_that_are_nobody():
    make_partnership()
    names = directory()
    codes, strange = names.organisations.each_of("City, Rutland and Melton; scouts\n• Police")
    assert (codes, strange) == (["leicester-city", "rutland-cc", "melton-bc", "police"], ["scouts"])
    assert len(names.organisations.find("All 11 partners")) == 11
    assert len(names.organisations.find("all councils")) == 10
    assert names.areas.one("Rutland") == "rutland"
    with pytest.raises(NotKnown, match="more than one organisation: name one"):
        names.organisations.one("All 11 partners")


def test_no_word_stands_for_two_columns():
    said = [(folded(also), key) for key, others in words()["headings"].items() for also in others]
    said += [(folded(column.heading), column.key) for column in COLUMNS]
    known = known_headings()
    assert {(heading, key) for heading, key in said if known[heading] != key} == set()
    assert set(words()["headings"]) <= {column.key for column in COLUMNS}


def test_columns_are_called_as_spreadsheets_call_them():
    assert [letters(each) for each in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def workbook(**sheets: list[list]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


@pytest.mark.django_db
def test_notices_above_date_cells_percentages_and_sections_are_understood():
    make_partnership()
    book = openpyxl.load_workbook(
        io.BytesIO(
            workbook(
                Plan=[
                    ["Hate action plan 2018–21"],
                    [],
                    [
                        "No.",
                        "ACTION",
                        "Lead  agency",
                        "By When",
                        "Start date",
                        "Target",
                        "Measure of success",
                        "Notes",
                    ],
                    ["Cyber hate"],
                    [
                        1.1,
                        "Guide",
                        "City",
                        datetime(2019, 4, 30),
                        datetime(2018, 6, 1),
                        0.85,
                        "Reports with a link",
                        "x",
                    ],
                    [1.2, "Briefing", "Police", "Ongoing", None, "90 schools", "Schools", None],
                    ["Raising awareness"],
                    [2, "Text", "Blaby", "March 2019", "April 2018", "tbc", None, None],
                ]
            )
        )
    )
    book["Plan"]["F5"].number_format = "0%"
    made = io.BytesIO()
    book.save(made)
    found = understood(PaperKind.XLSX, made.getvalue())
    assert [str(error) for error in found.errors] == []
    guide, briefing, text = found.actions
    assert (guide.ref, guide.priority, guide.lead) == ("1-1", "Cyber hate", "leicester-city")
    assert (guide.starts, guide.due) == (date(2018, 6, 1), date(2019, 4, 30))
    assert (guide.measure.target, guide.measure.unit) == (Decimal(85), "%")
    assert (briefing.course, briefing.starts, briefing.due) == ("ongoing", STARTS, ENDS)
    assert (briefing.measure.target, briefing.measure.unit) == (Decimal(90), "schools")
    assert (text.ref, text.priority, text.measure.target, text.measure.text) == (
        "2",
        "Raising awareness",
        None,
        NO_MEASURE,
    )
    assert found.unknown == ("Notes",)


@pytest.mark.django_db
def test_a_sheet_for_each_priority_is_one_plan_and_cells_name_their_sheet():
    make_partnership()
    heads = ["Action", "Lead", "Due"]
    made = workbook(
        Raising_awareness=[heads, ["Do this", "Blaby", "May 2019"]],
        Cyber_hate=[heads, ["Do that", "Nobody", "May 2019"], ["Do more", "City", "June 2019"]],
        Contacts=[["Name", "Telephone"], ["Somebody", "1"]],
    )
    found = understood(PaperKind.XLSX, made)
    assert [str(error) for error in found.errors] == [
        "sheet “Cyber hate”, B2: “Nobody” is no organisation here"
    ]
    assert found.not_read == ("sheet “Contacts”",)
    good = workbook(
        Raising_awareness=[heads, ["Do this", "Blaby", "May 2019"]],
        Cyber_hate=[heads, ["Do", "City", "May 2019"]],
    )
    assert [(each.ref, each.priority) for each in understood(PaperKind.XLSX, good).actions] == [
        ("1", "Raising awareness"),
        ("2", "Cyber hate"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        "Ref;Action;Lead;Due\r\nA1;Déjà vu;Blaby;31/03/2019\r\n".encode("cp1252"),
        "Ref\tAction\tLead\tDue\r\nA1\tDéjà vu\tBlaby\t31/03/2019\r\n".encode("utf-16"),
        'Ref,Action,Lead,Due\nA1,"Déjà vu",Blaby,31/03/2019\n'.encode(),
    ],
)
def test_csv_as_different_programs_write_it(content: bytes):
    make_partnership()
    [action] = understood(PaperKind.CSV, content).actions
    assert (action.title, action.lead) == ("Déjà vu", "blaby-dc")


@pytest.mark.django_db
def test_word_tables_with_merged_cells_tracked_changes_and_headings_over_them():
    make_partnership()
    word = docx.Document()
    word.add_heading("Cyber hate", 1)
    table = word.add_table(4, 4)
    for row, cells in enumerate(
        [["Theme", "Action", "Lead", "Due"], ["Online", "Guide", "City", "May 2019"],
         ["", "Brief", "Police", "June 2019"],
         ["Schools", "Visit", "Rutland", "July 2019"]]
    ):  # fmt: skip
        for column, said in enumerate(cells):
            table.cell(row, column).text = said
    table.cell(1, 0).merge(table.cell(2, 0))
    added = OxmlElement("w:ins")
    run = table.cell(3, 1).paragraphs[0].add_run(" every school")
    run._r.addprevious(added)
    added.append(run._r)
    gone = OxmlElement("w:del")
    deleted = table.cell(3, 1).paragraphs[0].add_run(" never")
    deleted._r.addprevious(gone)
    gone.append(deleted._r)
    assert gone.find(qn("w:r")) is not None
    made = io.BytesIO()
    word.save(made)
    found = understood(PaperKind.DOCX, made.getvalue())
    assert [(each.priority, each.title) for each in found.actions] == [
        ("Online", "Guide"),
        ("Online", "Brief"),
        ("Schools", "Visit every school"),
    ]
    assert read("plan.docx", made.getvalue())[0].title == "Cyber hate"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        ("Draft; pilot 2 towns", [("Draft", None, None), ("pilot 2 towns", None, None)]),
        ("1. Draft Jan 2019\n2. Pilot", [("Draft", date(2019, 1, 31), None), ("Pilot", None, None)]),
        ("• One (by 30 June 2018; done 2 July 2018)", [("One", date(2018, 6, 30), date(2018, 7, 2))]),
        ("• In March 2019 (no date)", [("In March 2019", None, None)]),
        ("Tried (three councils)", [("Tried (three councils)", None, None)]),
        ("", []),
    ],
)
def test_milestones_as_people_list_them(written: str, read_as: list):
    make_partnership()
    rows = [["Action", "Lead", "Due", "Key milestones"], ["Do", "City", "May 2019", written]]
    [action] = understood(PaperKind.CSV, as_kind(PaperKind.CSV, rows)).actions
    assert [(each.title, each.due, each.done_on) for each in action.milestones] == read_as
