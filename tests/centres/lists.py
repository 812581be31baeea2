"""Files with lists of centres, made in the tests as people's programs make them."""

import csv
import io
from collections.abc import Sequence

import openpyxl

from centres.columns import COLUMNS
from centres.exporting import HEADINGS

Row = dict[str, object]
WILLOWMERE: Row = {
    "name": "Willowmere Library",
    "kind": "library",
    "area": "Blaby",
    "address": "3 Inkwell Lane, Blaby",
    "postcode": "LE8 4AA",
    "phone": "01632 960201",
    "email": "desk@willowmere.example",
    "opening_hours": "Monday to Saturday 9am to 5pm",
    "languages": "English, Polish",
    "is_step_free": "Yes",
    "has_private_room": "No",
    "about": "Ask at the desk for the quiet room.",
    "looked_after_by": "Blaby DC",
    "standing": "listed",
    "verified_on": "01/03/2026",
    "opened_on": "12 May 2021",
}
TALLOW: Row = {
    "name": "Tallow Street Community Hall",
    "area": "Leicester City",
    "address": "Tallow Street, Leicester",
    "phone": "01632 960202",
    "opening_hours": "Weekdays 10am to 4pm",
    "languages": "Gujarati; BSL",
    "is_step_free": "y",
    "standing": "proposed",
}


def rows_of(*centres: Row) -> list[list[object]]:
    """The headings of the template, and a row a centre."""
    return [list(HEADINGS), *([each.get(column.key, "") for column in COLUMNS] for each in centres)]


def as_xlsx(rows: Sequence[Sequence[object]]) -> bytes:
    """As a spreadsheet saves it."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(list(row))
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def as_csv(rows: Sequence[Sequence[object]], *, separator: str = ",", encoding: str = "utf-8") -> bytes:
    """As older and newer programs write it."""
    made = io.StringIO()
    csv.writer(made, delimiter=separator).writerows(rows)
    return made.getvalue().encode(encoding)
