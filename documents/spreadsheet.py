"""Rows as files that a spreadsheet opens, and that cannot make it calculate: CSV, Excel and OpenDocument."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
from odf.dc import Title
from odf.number import DateStyle, Day, Month, Text, Year
from odf.opendocument import OpenDocumentSpreadsheet
from odf.style import Style, TableCellProperties, TableColumnProperties, TextProperties
from odf.table import Table, TableCell, TableColumn, TableHeaderRows, TableRow
from odf.teletype import addTextToElement
from odf.text import P
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from documents.palette import BAND
from documents.words import carried

# What a spreadsheet takes for the beginning of a formula; a tab or line end may stand before one.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
Value = str | int | Decimal | date | None
_NARROWEST, _WIDEST = 8, 48
# Excel's own name for the width of a letter, in centimetres, for OpenDocument.
_LETTER_CM = 0.2


@dataclass(frozen=True)
class Sheet:
    """One sheet: a line of notice above the headings if there is one, then the rows."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    notice: str = ""

    def widths(self) -> list[int]:
        """How wide each column wants to be, in letters."""
        columns = zip(self.headings, *self.rows, strict=True)
        return [min(_WIDEST, max(_NARROWEST, *(_longest_line(cell) for cell in cells))) for cells in columns]


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[object]], *, notice: str = "") -> bytes:
    """The rows as CSV in UTF-8 with its mark, so that names look right everywhere; `notice` is a line of its own
    above the headings."""
    made = io.StringIO()
    writer = csv.writer(made)
    if notice:
        writer.writerow([notice])
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return made.getvalue().encode("utf-8-sig")


def harmless(cell: object) -> str:
    """The cell as text; one that a spreadsheet would calculate is quoted."""
    text = str(cell)
    # A quotation mark already before a formula gets another, so that taking one away gives the text again.
    return f"'{text}" if text.lstrip("'").startswith(BEGINS_A_FORMULA) else text


def as_typed(text: str) -> str:
    """The text as it was before `harmless` quoted it."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(BEGINS_A_FORMULA) else text


def as_xlsx(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The sheets as an Excel workbook: headings stay in view and are repeated on paper; text is text."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    book.properties.title, book.properties.language = carried(title), "en-GB"
    book.properties.creator = ""
    for sheet in sheets:
        _excel_sheet(book.create_sheet(carried(sheet.name)[:31]), sheet)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def _excel_sheet(made: Any, sheet: Sheet) -> None:
    if sheet.notice:
        _excel_cell(made.cell(1, 1), sheet.notice)
    first = 2 if sheet.notice else 1
    for place, heading in enumerate(sheet.headings, 1):
        cell = _excel_cell(made.cell(first, place), heading)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=BAND.lstrip("#").upper())
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    for number, row in enumerate(sheet.rows, first + 1):
        for place, value in enumerate(row, 1):
            _excel_cell(made.cell(number, place), value).alignment = Alignment(wrap_text=True, vertical="top")
    for place, width in enumerate(sheet.widths(), 1):
        made.column_dimensions[get_column_letter(place)].width = width + 2
    made.freeze_panes = made.cell(first + 1, 1)
    made.print_title_rows = f"{first}:{first}"
    made.page_setup.orientation, made.page_setup.fitToHeight = "landscape", 0
    made.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)


def _excel_cell(cell: Any, value: Value) -> Any:
    if isinstance(value, str):
        cell.value = carried(value)
        # Without this, a text that begins like a formula is one.
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(BEGINS_A_FORMULA)
    else:
        cell.value = value
        if isinstance(value, date):
            cell.number_format = "dd/mm/yyyy"
    return cell


def as_ods(sheets: Sequence[Sheet], *, title: str) -> bytes:
    """The sheets as an OpenDocument spreadsheet: headings are repeated on paper; text is text."""
    book = OpenDocumentSpreadsheet()
    book.meta.addElement(Title(text=carried(title)))
    looks = _OpenLooks(book)
    for sheet in sheets:
        book.spreadsheet.addElement(_open_sheet(sheet, looks))
    made = io.BytesIO()
    book.write(made)
    return made.getvalue()


class _OpenLooks:
    """The few styles of an OpenDocument sheet, which must stand in the file before they are used."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.columns: dict[int, Any] = {}
        as_day = DateStyle(name="day")
        for part in (
            Day(style="long"),
            Text(text="/"),
            Month(style="long"),
            Text(text="/"),
            Year(style="long"),
        ):
            as_day.addElement(part)
        book.automaticstyles.addElement(as_day)
        self.cell = self._style("cell", TableCellProperties(wrapoption="wrap", verticalalign="top"))
        self.day = self._style("day-cell", TableCellProperties(verticalalign="top"), datastylename=as_day)
        self.head = self._style(
            "head",
            TableCellProperties(wrapoption="wrap", backgroundcolor=BAND),
            TextProperties(fontweight="bold"),
        )

    def column(self, letters: int) -> Any:
        """The look of a column as wide as so many letters."""
        if letters not in self.columns:
            self.columns[letters] = self._column(letters)
        return self.columns[letters]

    def _column(self, letters: int) -> Any:
        width = TableColumnProperties(columnwidth=f"{letters * _LETTER_CM:.1f}cm")
        return self._style(f"column-{letters}", width, family="table-column")

    def _style(self, name: str, *properties: Any, family: str = "table-cell", **more: Any) -> Any:
        style = Style(name=name, family=family, **more)
        for each in properties:
            style.addElement(each)
        self.book.automaticstyles.addElement(style)
        return style


def _open_sheet(sheet: Sheet, looks: _OpenLooks) -> Any:
    made = Table(name=carried(sheet.name))
    for width in sheet.widths():
        made.addElement(TableColumn(stylename=looks.column(width), defaultcellstylename=looks.cell))
    if sheet.notice:
        made.addElement(_open_row([sheet.notice], looks))
    heads = TableHeaderRows()
    heads.addElement(_open_row(sheet.headings, looks, head=True))
    made.addElement(heads)
    for row in sheet.rows:
        made.addElement(_open_row(row, looks))
    return made


def _open_row(values: Sequence[Value], looks: _OpenLooks, *, head: bool = False) -> Any:
    row = TableRow()
    for value in values:
        row.addElement(_open_cell(value, looks.head if head else looks.cell, looks.day))
    return row


def _open_cell(value: Value, look: Any, look_of_day: Any) -> Any:
    if value is None or value == "":
        return TableCell(stylename=look)
    if isinstance(value, date):
        cell = TableCell(valuetype="date", datevalue=value.isoformat(), stylename=look_of_day)
    elif isinstance(value, str):
        cell = TableCell(valuetype="string", stylename=look)
    else:
        cell = TableCell(valuetype="float", value=str(value), stylename=look)
    shown = f"{value:%d/%m/%Y}" if isinstance(value, date) else carried(str(value))
    for line in shown.split("\n"):
        paragraph = P()
        addTextToElement(paragraph, line)
        cell.addElement(paragraph)
    return cell


def _longest_line(value: Value) -> int:
    return max(len(line) for line in ("" if value is None else str(value)).split("\n"))
