"""Reading the cells of one action: what each kind of cell takes, and a mistake for whatever it does not."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from actionplans.computed import NotCounted
from actionplans.papers.columns import BY_KEY, heading_of, words
from actionplans.papers.dates import Means, NotADate, day_from
from actionplans.papers.naming import Names, NotKnown
from actionplans.papers.tables import CellError, Record
from documents.grids.cells import Broken, folded

T = TypeVar("T")
LARGEST = Decimal(10) ** 8
_NUMBER = re.compile(r"(?P<number>[+-]?£?\s*\d[\d,]*(?:\.\d+)?)(?![\d/.:-])\s*(?P<unit>.*)", re.DOTALL)


class RecordReader:
    """Reads one record of a file, and keeps every mistake instead of stopping at the first."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.errors: list[CellError] = []

    def wrong(self, key: str, words: str) -> None:
        """Keeps a mistake, one a cell: the first says enough."""
        found = self.record.cells.get(key)
        error = CellError(self.place(key), words, found.order if found else self.record.order)
        if error.place not in {other.place for other in self.errors}:
            self.errors.append(error)

    def place(self, key: str) -> str:
        """Where the cell stands; of a column that the file has not, where the row begins."""
        found = self.record.cells.get(key)
        return found.place if found else self.record.place

    def words(self, key: str) -> str:
        """A cell in words; a broken one is a mistake."""
        found = self.record.cells.get(key)
        if found and isinstance(found.value, Broken):
            self.wrong(key, found.value.why)
            return ""
        return self.record.words(key)

    def line(self, key: str, longest: int, *, needed: bool = False) -> str:
        """One line of text."""
        words = " ".join(self.words(key).split())
        if needed and not words:
            self.wrong(key, f"the {heading_of(key).lower()} is missing")
        if len(words) > longest:
            self.wrong(
                key, f"the {heading_of(key).lower()} has {len(words)} letters: {longest} at most can be kept"
            )
        return words

    def text(self, key: str) -> str:
        """Text of any length."""
        return self.words(key)

    def choice(self, key: str, choices: Mapping[str, T], otherwise: T) -> T:
        """One of a few words."""
        said = folded(self.words(key))
        if said in choices:
            return choices[said]
        if said:
            self.wrong(key, f"“{self.words(key)}” is not understood. It takes: {BY_KEY[key].hint}")
        return otherwise

    def reads(self, key: str, read: Callable[[], T]) -> T | None:
        """What `read` gives; what it can't read is a mistake of this cell."""
        try:
            return read()
        except (NotADate, NotKnown, NotCounted) as error:
            self.wrong(key, str(error).rstrip("."))
            return None

    def several(self, key: str, names: Names) -> tuple[str, ...]:
        """Several strands or areas; nothing, and words such as “All”, are all of them."""
        said = self.words(key)
        if not said or names.is_everything(said):
            return ()
        codes, strange = names.each_of(said)
        if strange:
            self.reads(key, lambda: names.find(strange[0]))
        return tuple(codes)

    def number(self, key: str) -> tuple[Decimal | None, str]:
        """A number and what stands behind it, such as 90 and “schools”; None where nobody knows."""
        said = self.words(key)
        if not folded(said) or folded(said) in _unknown():
            return None, ""
        found = _NUMBER.fullmatch(said)
        value = decimal_from(found["number"]) if found else None
        if value is None or found is None:
            self.wrong(key, f"“{said}” is not a number")
            return None, ""
        if abs(value) >= LARGEST:
            self.wrong(key, f"{said} is too large")
        elif value != value.quantize(Decimal("0.01")):
            self.wrong(key, f"{said} has more than two decimals")
        return value, found["unit"].strip()

    def day(self, key: str, means: Means) -> date | None:
        """A day; None where the cell is empty."""
        found = self.record.cells.get(key)
        if found is None or found.value == "" or isinstance(found.value, Broken):
            return None
        value = found.value
        return self.reads(key, lambda: day_from(value, means))


def decimal_from(text: str) -> Decimal | None:
    """A number as people write it, with thousands apart or pounds before it."""
    try:
        return Decimal(re.sub(r"[£,\s]", "", text))
    except InvalidOperation:
        return None


def _unknown() -> frozenset[str]:
    return frozenset(folded(each) for each in words()["unknown"]["words"])
