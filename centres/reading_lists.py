"""A file with a list of reporting centres: what each row wants, or every mistake with the cell it stands in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from centres.columns import BY_KEY, EXAMPLE, NEEDED, known_headings
from centres.reading_rows import CellError, Known, Row, RowReader, Wanted
from documents.grids.cells import FileRefused, Grid, Value, folded, plain
from documents.grids.packed import PaperKind
from documents.grids.reading import read

# Headings are looked for in the first rows: notices and titles may stand above them.
DEEPEST_HEADING = 30


@dataclass
class Understood:
    """What a file says, or what is wrong with it: with any mistake it is not brought in."""

    wanted: list[Wanted] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    sheet: str = ""
    had_example: bool = False


def understand(name: str, content: bytes, *, today: date) -> Understood:
    """What the file says of centres. Raises FileRefused where it is none that can be read, or has no list."""
    if name.lower().endswith(f".{PaperKind.DOCX}"):
        raise FileRefused(
            "A Word document can’t be read as a list. Save it as a spreadsheet and choose that."
        )
    grid, heading_at, columns = _list_in(read(name, content))
    found = Understood(sheet=grid.name)
    found.unknown_columns = [
        plain(cell)
        for place, cell in enumerate(grid.rows[heading_at])
        if plain(cell) and place not in columns
    ]
    rows = [
        _row(grid, number, columns) for number in range(heading_at + 1, len(grid.rows)) if grid.rows[number]
    ]
    filled = [row for row in rows if any(cell != "" for cell in row.cells.values())]
    found.had_example = any(row.words("code") == EXAMPLE for row in filled)
    _read_each([row for row in filled if row.words("code") != EXAMPLE], found, today)
    if not found.wanted and not found.errors:
        raise FileRefused("The list has headings, but no centres under them.")
    return found


def _list_in(grids: Iterable[Grid]) -> tuple[Grid, int, dict[int, str]]:
    """The first sheet that has a row with the headings that a list needs; which row, and the column of each place."""
    known = known_headings()
    nearest: set[str] = set()
    for grid in grids:
        for number, row in enumerate(grid.rows[:DEEPEST_HEADING]):
            columns = _columns(row, known)
            if set(NEEDED) <= set(columns.values()):
                return grid, number, columns
            nearest = max(nearest, set(columns.values()), key=len)
    missing = " and ".join(f"“{BY_KEY[key].heading}”" for key in NEEDED if key not in nearest)
    raise FileRefused(f"No row of the file has the headings of a list of centres: {missing} is missing.")


def _columns(row: Iterable[Value], known: Mapping[str, str]) -> dict[int, str]:
    columns: dict[int, str] = {}
    for place, cell in enumerate(row):
        key = known.get(folded(plain(cell)))
        if key and key not in columns.values():
            columns[place] = key
    return columns


def _row(grid: Grid, number: int, columns: Mapping[int, str]) -> Row:
    cells = grid.rows[number]
    return Row(
        number + 1,
        {key: cells[place] for place, key in columns.items() if place < len(cells)},
        {
            key: grid.place(number, place, BY_KEY[key].heading, among_several=False)
            for place, key in columns.items()
        },
    )


def _read_each(rows: Sequence[Row], found: Understood, today: date) -> None:
    known = Known(rows, today)
    for row in rows:
        reader = RowReader(known, row)
        wanted = reader.wanted()
        found.errors += sorted(reader.errors.values(), key=lambda error: (len(error.place), error.place))
        if not reader.errors:
            found.wanted.append(wanted)
