"""The list of reporting centres as a file, and an empty one to fill in: both with the headings that are brought in."""

from collections.abc import Iterable

from centres.columns import COLUMNS, allowed, cell_of, in_words
from documents.grids.packed import PaperKind
from documents.spreadsheet import Sheet, Value, as_csv, as_xlsx
from partners.models import ReportingCentre

# The kinds that a list of centres is taken out in.
KINDS = (PaperKind.XLSX, PaperKind.CSV)
HEADINGS = tuple(column.heading for column in COLUMNS)
TITLE = "Reporting centres"


def as_file(centres: Iterable[ReportingCentre], kind: PaperKind, *, notice: str) -> bytes:
    """Centres with their organisation, district and council, as a file; `notice` stands at its head."""
    return _made(
        tuple(tuple(cell_of(each.key, centre) for each in COLUMNS) for centre in centres), kind, notice
    )


def template(kind: PaperKind) -> bytes:
    """The headings, one row that shows how (and is never brought in), and what is allowed on a sheet of its own."""
    return _made((tuple(column.example for column in COLUMNS),), kind, "")


def _made(rows: tuple[tuple[Value, ...], ...], kind: PaperKind, notice: str) -> bytes:
    if kind is PaperKind.CSV:
        return as_csv(HEADINGS, ([in_words(cell) for cell in row] for row in rows), notice=notice)
    what = Sheet("What is allowed", ("Column", "What it takes", "Values"), tuple(allowed()))
    return as_xlsx([Sheet("Centres", HEADINGS, rows, notice), what], title=TITLE)
