"""A file as grids of cells, whichever of the four kinds it is."""

import csv
import io
from collections.abc import Iterator
from datetime import date, datetime
from datetime import time as clock
from decimal import Decimal, InvalidOperation
from itertools import zip_longest
from typing import Any
from xml.etree.ElementTree import Element, ParseError

import openpyxl
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from documents.grids.cells import MAX_COLUMNS, MAX_ROWS, Broken, FileRefused, Grid, Value, grid_of, tidy
from documents.grids.packed import PaperKind, kind_of, parts_of
from documents.spreadsheet import as_typed

_DAMAGED = "The file is damaged and can't be read. Open it, save it again and choose it anew."
_NOT_WORKED_OUT = "holds a formula without a result: write its value instead"


def read(name: str, content: bytes) -> list[Grid]:
    """The sheets or tables of a file in their order; raises FileRefused."""
    kind = kind_of(name, content)
    try:
        return _READERS[kind](content)
    except FileRefused:
        raise
    # Whatever a reading library stumbles over, the person who chose the file reads one sentence.
    except Exception:
        raise FileRefused(_DAMAGED) from None


# CSV --------------------------------------------------------------------------------------------------------------


def _read_csv(content: bytes) -> list[Grid]:
    if b"\x00" in content and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("The file is not text. Save it from your spreadsheet as CSV.")
    text = _decoded(content)
    first_lines = text[:4000]
    separator = max(",;\t", key=first_lines.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    return [grid_of("the file", ([tidy(as_typed(cell)) for cell in row] for row in reader))]


def _decoded(content: bytes) -> str:
    """Text in UTF-8, in what Excel calls Unicode text, or as older Windows programs write it."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


# Excel ------------------------------------------------------------------------------------------------------------


def _read_xlsx(content: bytes) -> list[Grid]:
    parts_of(content)
    as_written = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
    worked_out = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    return [
        grid_of(
            f"sheet “{sheet.title}”", _excel_rows(sheet, worked_out[sheet.title]), title=tidy(sheet.title)
        )
        for sheet in as_written.worksheets
        if sheet.sheet_state == "visible"
    ]


def _excel_rows(written: Any, values: Any) -> Iterator[list[Value]]:
    for sheet in (written, values):
        # What a sheet says of its own size is not believed.
        sheet.reset_dimensions()
    rows = zip(written.iter_rows(max_col=MAX_COLUMNS), values.iter_rows(max_col=MAX_COLUMNS), strict=False)
    for row, results in rows:
        yield [_excel_value(cell, result) for cell, result in zip_longest(row, results)]


def _excel_value(cell: Any, result: Any) -> Value:
    if cell is None or cell.value is None:
        return ""
    value = result.value if result is not None else None
    if cell.data_type == "f" and value is None:
        return Broken(_NOT_WORKED_OUT)
    if result is not None and result.data_type == "e":
        return Broken(f"shows the error {tidy(str(value))}: write its value instead")
    if isinstance(value, int | float) and not isinstance(value, bool) and "%" in str(result.number_format):
        return f"{_number(Decimal(str(value)) * 100)}%"
    return _plain_value(value)


def _plain_value(value: Any) -> Value:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, clock):
        return f"{value:%H:%M}"
    if isinstance(value, int | float | Decimal):
        return _number(Decimal(str(value)))
    return tidy(str(value)) if value is not None else ""


def _number(value: Decimal) -> Value:
    if not value.is_finite():
        return Broken("is not a number")
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value.normalize()


# OpenDocument -----------------------------------------------------------------------------------------------------

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OPEN_CELLS = (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell")


def _read_ods(content: bytes) -> list[Grid]:
    root = _parsed(parts_of(content)["content.xml"])
    return [
        grid_of(f"sheet “{_named(sheet)}”", _open_rows(sheet), title=_named(sheet))
        for sheet in root.iter(f"{_TABLE}table")
    ]


def _named(sheet: Element) -> str:
    return tidy(sheet.get(f"{_TABLE}name", ""))


def _parsed(part: bytes) -> Element:
    try:
        return fromstring(part, forbid_dtd=True)
    except (ParseError, DefusedXmlException):
        raise FileRefused(_DAMAGED) from None


def _open_rows(sheet: Element) -> Iterator[list[Value]]:
    for row in sheet.iter(f"{_TABLE}table-row"):
        cells = [*_open_cells(row)]
        # An empty row stands once for as many as there are, to the bottom of the sheet.
        times = _times(row, "number-rows-repeated", MAX_ROWS + 1)
        for _ in range(times):
            yield cells


def _open_cells(row: Element) -> Iterator[Value]:
    found = 0
    for cell in row:
        if cell.tag in _OPEN_CELLS:
            times = _times(cell, "number-columns-repeated", MAX_COLUMNS - found)
            found += times
            value = _open_value(cell)
            for _ in range(times):
                yield value


def _times(element: Element, name: str, most: int) -> int:
    return max(0, min(int(element.get(f"{_TABLE}{name}", "1")), most))


def _open_value(cell: Element) -> Value:
    kind, number = cell.get(f"{_OFFICE}value-type", ""), cell.get(f"{_OFFICE}value", "")
    words = tidy("\n".join(_open_text(line) for line in cell.findall(f"{_TEXT}p")))
    if cell.get(f"{_TABLE}formula") and words.startswith(("#", "Err:")):
        return Broken(f"shows the error {words}: write its value instead")
    if cell.get(f"{_TABLE}formula") and not kind:
        return Broken(_NOT_WORKED_OUT)
    try:
        if kind == "date":
            return date.fromisoformat(cell.get(f"{_OFFICE}date-value", "")[:10])
        if kind == "percentage":
            return f"{_number(Decimal(number) * 100)}%"
        if kind in {"float", "currency"}:
            return _number(Decimal(number))
    except (ValueError, InvalidOperation):
        return Broken("holds a value that can't be read: write it anew")
    return words


def _open_text(element: Element) -> str:
    """The words of a paragraph; repeated spaces, tabs and line ends are elements of their own there."""
    said = element.text or ""
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            said += " " * min(int(inner.get(f"{_TEXT}c", "1")), 100)
        elif inner.tag in {f"{_TEXT}tab", f"{_TEXT}line-break"}:
            said += "\t" if inner.tag.endswith("tab") else "\n"
        elif inner.tag != f"{_OFFICE}annotation":
            said += _open_text(inner)
        said += inner.tail or ""
    return said


# Word -------------------------------------------------------------------------------------------------------------

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MARKUP = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
# Taken out by a tracked change, or said a second time for older programs.
_NOT_SAID = {f"{_WORD}del", f"{_WORD}moveFrom", f"{_MARKUP}Fallback"}
_FRAMES = {f"{_WORD}{kind}" for kind in ("sdt", "sdtContent", "customXml", "ins", "moveTo")}
_SPACES = {f"{_WORD}tab": "\t", f"{_WORD}br": "\n", f"{_WORD}cr": "\n", f"{_WORD}noBreakHyphen": "-"}


def _read_docx(content: bytes) -> list[Grid]:
    body = _parsed(parts_of(content)["word/document.xml"]).find(f"{_WORD}body")
    grids: list[Grid] = []
    heading = ""
    for block in _inside(body, "p", "tbl") if body is not None else ():
        if block.tag == f"{_WORD}tbl":
            grids.append(_word_grid(block, f"table {len(grids) + 1}", heading))
        elif _is_heading(block):
            heading = tidy(_word_text(block))
    return grids


def _inside(element: Element, *kinds: str) -> Iterator[Element]:
    """What stands directly in an element, or there in a frame such as a content control."""
    for inner in element:
        if inner.tag in {f"{_WORD}{kind}" for kind in kinds}:
            yield inner
        elif inner.tag in _FRAMES:
            yield from _inside(inner, *kinds)


def _word_grid(table: Element, name: str, heading: str) -> Grid:
    rows = [*_inside(table, "tr")]
    if len(rows) > MAX_ROWS:
        raise FileRefused(f"The file has more than {MAX_ROWS:,} filled rows. Divide it.")
    return grid_of(name, _word_rows(rows), title=heading, is_word=True)


def _is_heading(paragraph: Element) -> bool:
    style = paragraph.find(f"{_WORD}pPr/{_WORD}pStyle")
    return style is not None and style.get(f"{_WORD}val", "").startswith("Heading")


def _word_rows(rows: list[Element]) -> Iterator[list[Value]]:
    """Each row with a cell for each column: one that spans says its words once, one merged downwards in each row."""
    above: list[Value] = []
    for row in rows:
        cells: list[Value] = []
        for cell in _inside(row, "tc"):
            merged = cell.find(f"{_WORD}tcPr/{_WORD}vMerge")
            goes_on = merged is not None and merged.get(f"{_WORD}val") != "restart"
            before = above[len(cells)] if len(cells) < len(above) else ""
            said = before if goes_on else tidy("\n".join(_word_text(line) for line in cell.iter(f"{_WORD}p")))
            cells += [said, *[""] * (_span(cell) - 1)]
        above = cells[:MAX_COLUMNS]
        yield above


def _span(cell: Element) -> int:
    span = cell.find(f"{_WORD}tcPr/{_WORD}gridSpan")
    return max(1, min(int(span.get(f"{_WORD}val", "1")), MAX_COLUMNS)) if span is not None else 1


def _word_text(element: Element) -> str:
    if element.tag in _NOT_SAID:
        return ""
    if element.tag == f"{_WORD}t":
        return element.text or ""
    if element.tag in _SPACES and element.get(f"{_WORD}val") is None:
        return _SPACES[element.tag]
    return "".join(_word_text(inner) for inner in element)


_READERS = {
    PaperKind.CSV: _read_csv,
    PaperKind.XLSX: _read_xlsx,
    PaperKind.ODS: _read_ods,
    PaperKind.DOCX: _read_docx,
}
