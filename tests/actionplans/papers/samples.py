"""A plan in the shape in which partners have kept it, and the same table in each kind of file."""

import csv
import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from actionplans.papers.naming import directory
from actionplans.papers.understanding import Understood, understand
from documents.definition import Column, Document, Paragraph, Table
from documents.grids.packed import PaperKind
from documents.grids.reading import read
from documents.spreadsheet import Sheet, as_csv, as_ods, as_xlsx
from documents.word import as_docx

STARTS, ENDS = date(2018, 4, 1), date(2021, 3, 31)
KINDS = tuple(PaperKind)
Rows = Sequence[Sequence[object]]


def partners_own_table() -> list[list[str]]:
    """The 38 actions as one table, headings first, the way a partner would keep them."""
    text = (Path(__file__).parent / "actions.csv").read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text)))


def as_kind(kind: PaperKind, rows: Rows, *, name: str = "Actions") -> bytes:
    """Headings and rows as a file of this kind."""
    heads, *others = [tuple("" if cell is None else str(cell) for cell in row) for row in rows]
    if kind is PaperKind.CSV:
        return as_csv(heads, others)
    if kind is PaperKind.DOCX:
        table = Table("", tuple(Column(head) for head in heads), tuple(others))
        made = Document("A plan", (Paragraph("As agreed."), table), period="", prepared_on=STARTS)
        return as_docx(made, landscape=True)
    sheet = Sheet(name, heads, tuple(others))
    return (as_xlsx if kind is PaperKind.XLSX else as_ods)([sheet], title="A plan")


def understood(kind: PaperKind, content: bytes) -> Understood:
    """What the file says, by the real way in."""
    return understand(read(f"plan.{kind}", content), directory(), starts=STARTS, ends=ENDS)


def place(kind: PaperKind, column: int, row: int, heading: str) -> str:
    """How the file calls a cell: column from 0, row from 1."""
    if kind is PaperKind.DOCX:
        return f"table 1, row {row}, column {heading}"
    return f"{chr(ord('A') + column)}{row}"
