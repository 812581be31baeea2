"""Finding the actions in a file's grids: where the headings stand, which columns are known, one record an action."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from actionplans.papers.columns import BY_KEY, NEEDED, column_named, heading_of, known_headings, told_apart
from documents.grids.cells import Broken, FileRefused, Grid, Value, folded, plain

# Headings are looked for in the first rows: notices and titles may stand above them.
DEEPEST_HEADING = 30


@dataclass(frozen=True)
class Found:
    """A cell of an action: what it says, and where it stands."""

    value: Value
    place: str
    order: tuple[int, int, int]


@dataclass
class Record:
    """What the file says of one action, by column; `place` is where its row begins."""

    cells: dict[str, Found]
    place: str
    order: tuple[int, int, int]
    # The words above the rows that begin a new priority.
    section: str = ""

    def words(self, key: str) -> str:
        """A cell in words, "" where it is empty or missing."""
        found = self.cells.get(key)
        return plain(found.value) if found else ""


@dataclass(frozen=True)
class CellError:
    """Something that can't be brought in, with the cell in which it stands."""

    place: str
    words: str
    order: tuple[int, int, int] = (0, 0, 0)

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


@dataclass
class Records:
    """All that was found: actions, mistakes, and what was left aside."""

    actions: list[Record] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    columns: set[str] = field(default_factory=set)
    # Columns whose content the portal is told in another way, and columns that it does not know.
    told_apart: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    not_read: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Table:
    """A grid whose headings were found."""

    number: int
    grid: Grid
    head: int
    keys: dict[int, str]

    @property
    def is_of_actions(self) -> bool:
        return all(key in self.keys.values() for key in NEEDED)

    @property
    def goes_on(self) -> bool:
        """Whether it tells more of actions that stand elsewhere, by their refs."""
        keys = set(self.keys.values())
        return "ref" in keys and len(keys) > 1 and "title" not in keys


def records_of(grids: Iterable[Grid]) -> Records:
    """The actions of a file; raises FileRefused where it has no table of them."""
    records = Records()
    known, aside = known_headings(), told_apart()
    tables = [_table(number, grid, known) for number, grid in enumerate(grids)]
    main = [table for table in tables if table.is_of_actions]
    more = [table for table in tables if table.goes_on]
    if not main:
        raise FileRefused(_nothing_found(tables))
    several = len(main) + len(more) > 1
    for table in main:
        _read_actions(table, records, several)
    for table in more:
        _read_on(table, records, several)
    for table in tables:
        if table in main or table in more:
            _name_what_is_left(table, records, aside)
        elif table.grid.rows:
            under = f" under “{table.grid.title}”" if table.grid.is_word and table.grid.title else ""
            records.not_read.append(f"{table.grid.name}{under}")
    return records


def _nothing_found(tables: Iterable[_Table]) -> str:
    nearest = max((set(table.keys.values()) for table in tables), key=len, default=set())
    missing = [heading_of(key) for key in NEEDED if key not in nearest]
    needed = ", ".join(heading_of(key) for key in NEEDED)
    if not nearest or len(missing) == len(NEEDED):
        return f"No table of actions was found. It needs a row of headings, among them {needed}."
    return f"The table of actions has no column for {' and none for '.join(missing)}. It needs at least {needed}."


def _table(number: int, grid: Grid, known: dict[str, str]) -> _Table:
    """The row with the most headings that are known is the one with the headings."""
    best: dict[int, str] = {}
    head = 0
    for at, row in enumerate(grid.rows[:DEEPEST_HEADING]):
        keys = {
            column: key
            for column, cell in enumerate(row)
            if isinstance(cell, str) and (key := column_named(cell, known))
        }
        if len(set(keys.values())) > len(set(best.values())):
            best, head = keys, at
    return _Table(number, grid, head, best)


def _read_actions(table: _Table, records: Records, several: bool) -> None:
    section = "" if "priority" in table.keys.values() else table.grid.title
    _refuse_doubles(table, records, several)
    for at, row in enumerate(table.grid.rows[table.head + 1 :], table.head + 1):
        cells = _cells(table, at, row, several)
        filled = [column for column, value in enumerate(row) if value != ""]
        if not filled or _is_hint(cells):
            continue
        if _is_section(table, row, filled):
            section = plain(row[filled[0]])
            continue
        record = _record(table, at, cells, several, section)
        if not any(found.value != "" for found in cells.values()):
            continue
        section = record.words("priority") or section
        records.actions.append(record)
    records.columns |= set(table.keys.values())


def _read_on(table: _Table, records: Records, several: bool) -> None:
    """Adds what a further table says of the actions that it names."""
    by_ref = {folded(record.words("ref")): record for record in records.actions}
    said: set[tuple[str, str]] = set()
    for at, row in enumerate(table.grid.rows[table.head + 1 :], table.head + 1):
        cells = _cells(table, at, row, several)
        ref = cells.get("ref")
        if _is_hint(cells) or not ref or not any(found.value != "" for found in cells.values()):
            continue
        record = by_ref.get(folded(plain(ref.value)))
        if record is None:
            words = (
                f"no action has the ref “{plain(ref.value)}”" if plain(ref.value) else "the row names no ref"
            )
            records.errors.append(CellError(ref.place, words, ref.order))
            continue
        _add(record, cells, records, said)
    records.columns |= set(table.keys.values())


def _add(record: Record, cells: dict[str, Found], records: Records, said: set[tuple[str, str]]) -> None:
    for key, found in cells.items():
        if key == "ref" or found.value == "":
            continue
        if plain(record.cells[key].value if key in record.cells else "") not in ("", plain(found.value)):
            words = (
                f"{record.words('ref')} has another {heading_of(key).lower()} in {record.cells[key].place}"
            )
            records.errors.append(CellError(found.place, words, found.order))
        else:
            record.cells[key] = found


def _cells(table: _Table, at: int, row: tuple[Value, ...], several: bool) -> dict[str, Found]:
    return {
        key: Found(
            row[column] if column < len(row) else "",
            table.grid.place(at, column, _shown(table, column), among_several=several),
            (table.number, at, column),
        )
        for column, key in table.keys.items()
    }


def _record(table: _Table, at: int, cells: dict[str, Found], several: bool, section: str) -> Record:
    first = min(table.keys)
    place = table.grid.place(at, first, _shown(table, first), among_several=several)
    return Record(cells, place, (table.number, at, first), section)


def _shown(table: _Table, column: int) -> str:
    return " ".join(plain(table.grid.rows[table.head][column]).split())


def _refuse_doubles(table: _Table, records: Records, several: bool) -> None:
    seen: dict[str, int] = {}
    for column, key in table.keys.items():
        if key in seen:
            place = table.grid.place(table.head, column, _shown(table, column), among_several=several)
            first = table.grid.place(table.head, seen[key], _shown(table, seen[key]), among_several=several)
            words = f"says the same as the heading in {first}: keep one of them"
            records.errors.append(
                CellError(place, f"“{_shown(table, column)}” {words}", (table.number, table.head, column))
            )
        seen.setdefault(key, column)


def _is_hint(cells: dict[str, Found]) -> bool:
    """Whether it is the template's own line under the headings."""
    said = [(key, plain(found.value)) for key, found in cells.items() if found.value != ""]
    return len(said) > 1 and all(words == BY_KEY[key].hint for key, words in said)


def _is_section(table: _Table, row: tuple[Value, ...], filled: list[int]) -> bool:
    """A row with words in its first column alone begins a new priority."""
    if len(filled) != 1 or isinstance(row[filled[0]], Broken):
        return False
    key = table.keys.get(filled[0])
    if key == "priority":
        return True
    return "priority" not in table.keys.values() and filled[0] == 0 and key != "title"


def _name_what_is_left(table: _Table, records: Records, aside: frozenset[str]) -> None:
    for column, cell in enumerate(table.grid.rows[table.head]):
        words = " ".join(plain(cell).split())
        if column in table.keys or not words:
            continue
        is_aside = folded(words) in aside or folded(words.partition("(")[0]) in aside
        left = records.told_apart if is_aside or folded(words).startswith("percent done") else records.unknown
        if words not in left:
            left.append(words)
