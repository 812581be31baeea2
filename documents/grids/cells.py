"""What a file says before anybody understands it: sheets and tables as grids of cells, each with its name."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from documents.words import carried

# More than any plan or list has; beyond it the file is something else.
MAX_ROWS = 2_000
MAX_COLUMNS = 60
MAX_LETTERS = 10_000
# Marks that turn the direction of what follows, or that nobody sees.
_UNSEEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


class FileRefused(Exception):
    """The file can't be used at all; the message is one or two sentences for who chose it."""


@dataclass(frozen=True)
class Broken:
    """A cell that shows no value of its own, such as a formula that was never worked out; says why."""

    why: str


Value = str | date | Decimal | Broken


@dataclass(frozen=True)
class Grid:
    """One sheet, or one table of a Word document. `title` are the words that stand over it, "" where none do."""

    name: str
    rows: tuple[tuple[Value, ...], ...]
    title: str = ""
    is_word: bool = False

    def place(self, row: int, column: int, heading: str, *, among_several: bool) -> str:
        """How somebody finds a cell: F7, or “table 1, row 7, column Due”; row and column from 0."""
        if self.is_word:
            return f"{self.name}, row {row + 1}, column {heading}"
        cell = f"{letters(column)}{row + 1}"
        return f"{self.name}, {cell}" if among_several else cell


def letters(column: int) -> str:
    """A column's name in a spreadsheet: A for 0, AA for 26."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def tidy(text: str) -> str:
    """Text as it is kept: no marks that nobody sees, line ends and spaces of one kind, none around it."""
    plain = _UNSEEN.sub("", carried(text)).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return plain.strip()


def folded(text: str) -> str:
    """Text as it is compared: letters and digits alone, so that case, spaces and punctuation make no difference."""
    plain = (
        unicodedata.normalize("NFKC", tidy(text)).casefold().replace("&", " and ").replace("%", " percent ")
    )
    return " ".join(re.sub(r"[\W_]+", " ", plain).split())


def plain(value: Value) -> str:
    """A cell's value in words."""
    if isinstance(value, Decimal):
        return f"{value:f}".rstrip("0").rstrip(".") if "." in f"{value:f}" else f"{value:f}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return value if isinstance(value, str) else ""


def grid_of(name: str, rows: Iterable[Iterable[Value]], *, title: str = "", is_word: bool = False) -> Grid:
    """A grid without the empty rows below; raises FileRefused where it is larger than anything we read."""
    kept: list[tuple[Value, ...]] = []
    filled = 0
    last = 0
    for number, row in enumerate(rows):
        cells = tuple(row)
        if not any(cell != "" for cell in cells):
            kept.append(())
            continue
        kept.append(cells)
        last, filled = number + 1, filled + 1
        if filled > MAX_ROWS:
            raise FileRefused(f"The file has more than {MAX_ROWS:,} filled rows. Divide it.")
        if any(isinstance(cell, str) and len(cell) > MAX_LETTERS for cell in cells):
            raise FileRefused(f"A cell in row {number + 1} holds more than {MAX_LETTERS:,} letters.")
    return Grid(name, tuple(kept[:last]), title, is_word)
