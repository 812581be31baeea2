"""Rows as a file that a spreadsheet opens, and that cannot make it calculate."""

import csv
import io
from collections.abc import Iterable, Sequence

# What a spreadsheet takes for the beginning of a formula; a tab or line end may stand before one.
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


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
    return f"'{text}" if text.startswith(BEGINS_A_FORMULA) else text
