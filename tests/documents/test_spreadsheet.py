"""A file for a spreadsheet shows what stands in it and calculates nothing."""

import csv
import io
from datetime import date, datetime

import openpyxl
import pytest
from odf.opendocument import load
from odf.table import Table, TableCell, TableHeaderRows
from odf.teletype import extractText
from odf.text import P

from documents.spreadsheet import Sheet, as_csv, as_ods, as_typed, as_xlsx, harmless


@pytest.mark.parametrize("begins", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_what_looks_like_a_formula_is_quoted(begins: str) -> None:
    assert harmless(f"{begins}1+1") == f"'{begins}1+1"


@pytest.mark.parametrize("text", ["LLR-7KQ4-M2XD", "a = b", "", "'quoted'"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_names_and_lines_come_back_as_they_were() -> None:
    rows = [["Zoë, “Z”", "two\nlines", 7]]
    made = as_csv(["Name", "Note", "Count"], rows, notice="Invented demonstration data")
    assert made.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(made.decode("utf-8-sig")))) == [
        ["Invented demonstration data"],
        ["Name", "Note", "Count"],
        ["Zoë, “Z”", "two\nlines", "7"],
    ]


TEXTS = [
    "=1+1",
    "+44 116 000",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "'=1",
    "''-x",
    "two\nlines",
    "a  b   c",
    " lead",
    "Zoë “Z” 中文",
]
SHEET = Sheet(
    "Actions",
    ("Text", "Number", "Day"),
    tuple((text, place, date(2019, 1, 31)) for place, text in enumerate(TEXTS)),
    notice="Invented demonstration data",
)


@pytest.mark.parametrize("text", TEXTS)
def test_what_was_quoted_comes_back_as_typed(text: str) -> None:
    assert as_typed(harmless(text)) == text


def test_in_excel_text_is_text_and_a_day_is_a_day() -> None:
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx([SHEET], title="A plan")))
    rows = list(made["Actions"].iter_rows())
    assert rows[0][0].value == "Invented demonstration data"
    assert [cell.value for cell in rows[1]] == ["Text", "Number", "Day"]
    assert [row[0].value for row in rows[2:]] == TEXTS
    assert {row[0].data_type for row in rows[2:]} == {"s"}
    assert [row[1].value for row in rows[2:]] == list(range(len(TEXTS)))
    assert {row[2].value for row in rows[2:]} == {datetime(2019, 1, 31)}
    assert made["Actions"].print_title_rows == "$2:$2"
    assert made.properties.title == "A plan"


def test_in_opendocument_no_cell_calculates() -> None:
    made = as_ods([SHEET, SHEET], title="A plan")
    book = load(io.BytesIO(made))
    first, second = book.getElementsByType(Table)
    cells = first.getElementsByType(TableCell)
    assert not any(cell.getAttribute("formula") for cell in cells)
    strings = [cell for cell in cells if cell.getAttribute("valuetype") == "string"]
    shown = ["\n".join(extractText(line) for line in cell.getElementsByType(P)) for cell in strings]
    assert shown == ["Invented demonstration data", "Text", "Number", "Day", *TEXTS]
    days = {cell.getAttribute("datevalue") for cell in cells if cell.getAttribute("valuetype") == "date"}
    assert days == {"2019-01-31"}
    assert len(second.getElementsByType(TableHeaderRows)) == 1


def test_what_xml_cannot_hold_is_left_out() -> None:
    sheet = Sheet("S\x00", ("a\x07",), (("b\ud800c",),))
    made = openpyxl.load_workbook(io.BytesIO(as_xlsx([sheet], title="\x00")))
    assert [[cell.value for cell in row] for row in made["S"].iter_rows()] == [["a"], ["bc"]]
    assert load(io.BytesIO(as_ods([sheet], title="\x00"))).getElementsByType(Table)
