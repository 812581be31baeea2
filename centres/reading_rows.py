"""One row of a list of reporting centres: what it wants of which centre, or every mistake with its cell."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.text import slugify

from centres.columns import (
    BY_KEY,
    COLUMNS,
    DAYS,
    NEEDED,
    NO,
    NO_CODES,
    YES,
    YES_OR_NO,
    Named,
    cell_of,
    in_words,
    named_areas,
    named_councils,
    named_languages,
)
from documents.grids.cells import Broken, Value, folded, plain, tidy
from partners.models import CentreStanding, Organisation, ReportingCentre
from partners.postcodes import parts_of

EARLIEST = date(1990, 1, 1)
FEWEST_DIGITS = 6
# A number of ten digits, with the nought before it that a spreadsheet took away.
LOST_NOUGHT = 10
DAY_FORMS = ("%d/%m/%Y", "%d.%m.%Y", "%d-%m-%Y", "%Y-%m-%d", "%d %B %Y", "%d %b %Y")
NEEDED_WHEN_NEW = ("address", "opening_hours")
# Days are kept as 2026-10-14, areas and councils by their codes, so that a page can carry them.
Kept = str | bool


@dataclass(frozen=True)
class CellError:
    """Something that can't be brought in, and the cell in which it stands, such as D7."""

    place: str
    words: str

    def __str__(self) -> str:
        return f"{self.place}: {self.words}"


@dataclass(frozen=True)
class Wanted:
    """A centre as the file wants it: only what it says. Empty cells say nothing."""

    code: str
    values: Mapping[str, Kept]


@dataclass(frozen=True)
class Row:
    """One row below the headings: each cell by its column, and where each stands."""

    number: int
    cells: Mapping[str, Value]
    places: Mapping[str, str]

    def words(self, key: str) -> str:
        """A cell in words, "" where it is empty or missing."""
        return plain(self.cells.get(key, ""))


class Known:
    """The centres and organisations that there are, and what the rows read so far have said."""

    def __init__(self, rows: Iterable["Row"], today: date) -> None:
        self.today = today
        self.areas, self.councils, self.languages = named_areas(), named_councils(), named_languages()
        centres = ReportingCentre.objects.select_related("organisation", "district", "looked_after_by")
        self.centres = {each.organisation.code: each for each in centres}
        houses = dict(Organisation.objects.values_list("code", "name"))
        self.taken = {folded(name): code for code, name in houses.items()}
        self.codes = set(houses) | {row.words("code") for row in rows}
        self.rows_of: dict[tuple[str, str], int] = {}

    def repeats(self, kind: str, said: str, row: int) -> int | None:
        """The row in which the same was said before; None the first time."""
        before = self.rows_of.setdefault((kind, said), row)
        return before if before != row else None

    def new_code(self, name: str) -> str:
        """A code of the name that nobody has."""
        stem = slugify(name)[:44].strip("-") or "centre"
        taken = self.codes | NO_CODES
        code = next(each for each in _numbered(stem) if each not in taken)
        self.codes.add(code)
        return code


def _numbered(stem: str) -> Iterable[str]:
    yield stem
    number = 2
    while True:
        yield f"{stem}-{number}"
        number += 1


class RowReader:
    """Reads one row and keeps every mistake, one a cell."""

    def __init__(self, known: Known, row: Row) -> None:
        self.known, self.row = known, row
        self.errors: dict[str, CellError] = {}
        self.centre = known.centres.get(row.words("code")) or self._by_name()

    def _by_name(self) -> ReportingCentre | None:
        """Without a code, name and area tell which it is."""
        if self.row.words("code"):
            return None
        centre = self.known.centres.get(self.known.taken.get(folded(self.row.words("name")), ""))
        area = self.known.areas.find(self.row.words("area"))
        return centre if centre and centre.district.code == area else None

    def wanted(self) -> Wanted:
        """The centre as the row wants it; of no use where there are errors."""
        code = self._code()
        values = {column.key: self._value(column.key) for column in COLUMNS if column.key != "code"}
        said = {key: value for key, value in values.items() if value is not None}
        self._name_is_free(code)
        if self.centre is None:
            self._is_whole(said)
        elif self.centre.standing == CentreStanding.CLOSED:
            self._stays_closed(said)
        if not self.errors and not code:
            code = self.known.new_code(str(said["name"]))
        return Wanted(code, said)

    def wrong(self, key: str, words: str) -> None:
        """Keeps a mistake. Of a column that the file has not, it stands where the name does."""
        place = self.row.places.get(key) or self.row.places["name"]
        self.errors.setdefault(place, CellError(place, words))

    def _code(self) -> str:
        if self.centre:
            code = self.centre.organisation.code
        else:
            code = self.row.words("code")
            if code and (code != slugify(code) or len(code) > BY_KEY["code"].longest):
                self.wrong("code", f"“{code}” can’t be a code: use small letters, digits and hyphens")
            elif code in NO_CODES:
                self.wrong("code", f"“{code}” is a word that the portal’s own addresses use: choose another")
            elif code and code in self.known.taken.values():
                self.wrong("code", f"“{code}” is the code of an organisation that is no reporting centre")
        if code and (before := self.known.repeats("code", code, self.row.number)):
            key = "code" if self.row.words("code") else "name"
            self.wrong(key, f"the same centre stands in row {before} already")
        return code

    def _value(self, key: str) -> Kept | None:
        """What a cell says, None for nothing; a mistake where it can't be kept."""
        cell = self.row.cells.get(key, "")
        if isinstance(cell, Broken):
            self.wrong(key, cell.why)
            return None
        words = tidy(plain(cell))
        if key in NEEDED and not words:
            self.wrong(key, f"the {BY_KEY[key].heading.lower()} is missing")
        if not words:
            return None
        if self.centre and words == tidy(in_words(cell_of(key, self.centre))):
            return self._as_it_is(key)
        return self._read(key, cell, words)

    def _as_it_is(self, key: str) -> Kept | None:
        """What the portal has already is no mistake, whoever wrote it there."""
        centre = self.centre
        assert centre
        own: dict[str, Kept | None] = {
            "name": centre.organisation.name,
            "area": centre.district.code,
            "looked_after_by": centre.looked_after_by.code if centre.looked_after_by else None,
        }
        value = own[key] if key in own else getattr(centre, key)
        return value.isoformat() if isinstance(value, date) else value

    def _read(self, key: str, cell: Value, words: str) -> Kept | None:
        if key in DAYS:
            return self._day(key, cell, words)
        if key in YES_OR_NO:
            return self._yes_or_no(key, words)
        read = {
            "area": lambda: self._one_of(key, words, self.known.areas, "area"),
            "looked_after_by": lambda: self._one_of(key, words, self.known.councils, "council"),
            "standing": lambda: self._standing(words),
            "languages": lambda: self._languages(words),
            "postcode": lambda: self._postcode(words),
            "phone": lambda: self._phone(cell, words),
            "email": lambda: self._email(words),
        }.get(key, lambda: " ".join(words.split()) if key != "about" else words)()
        longest = BY_KEY[key].longest
        if isinstance(read, str) and longest and len(read) > longest:
            self.wrong(key, f"it has {len(read)} letters: {longest} at most can be kept")
        return read

    def _one_of(self, key: str, words: str, named: Named, what: str) -> str | None:
        found = named.find(words)
        if found is None:
            self.wrong(key, f"“{words}” is no {what} here. There are: {', '.join(named.shown.values())}")
        return found

    def _standing(self, words: str) -> str | None:
        labels = {folded(standing.label): standing for standing in CentreStanding}
        standing = labels.get(folded(words))
        if standing is None:
            self.wrong("standing", f"“{words}” is no standing: proposed, listed, suspended or closed")
        elif self.centre and standing != self.centre.standing:
            label = CentreStanding(self.centre.standing).label
            self.wrong(
                "standing", f"the portal has it as {label}: that is changed on the centre’s page, not here"
            )
        return standing.value if standing else None

    def _languages(self, words: str) -> str:
        parts = [part.strip() for part in re.split(r"[,;/\n]|\band\b", words) if part.strip()]
        strange = [part for part in parts if not self.known.languages.find(part)]
        if strange:
            self.wrong("languages", f"“{strange[0]}” is no language that the portal knows")
        return ", ".join(dict.fromkeys(self.known.languages.find(part) or part for part in parts))

    def _postcode(self, words: str) -> str | None:
        parts = parts_of(words)
        if parts is None:
            self.wrong("postcode", f"“{words}” is not a postcode, such as LE13 1AA")
        return " ".join(parts) if parts else None

    def _phone(self, cell: Value, words: str) -> str:
        if isinstance(cell, Decimal) and len(words) == LOST_NOUGHT:
            words = f"0{words}"
        if sum(letter.isdigit() for letter in words) < FEWEST_DIGITS:
            self.wrong("phone", f"“{words}” is not a telephone number: it has too few digits")
        return words

    def _email(self, words: str) -> str:
        try:
            validate_email(words)
        except ValidationError:
            self.wrong("email", f"“{words}” is not an e-mail address")
        return words

    def _yes_or_no(self, key: str, words: str) -> bool:
        said = words.casefold()
        if said not in YES | NO:
            self.wrong(key, f"“{words}” is neither yes nor no")
        return said in YES

    def _day(self, key: str, cell: Value, words: str) -> str | None:
        day = cell if isinstance(cell, date) else _day_in(words)
        if day is None:
            self.wrong(key, f"“{words}” is not a date, such as 14/10/2026")
        elif day > self.known.today:
            self.wrong(key, f"{day:%d/%m/%Y} is still to come")
        elif day < EARLIEST:
            self.wrong(key, f"{day:%d/%m/%Y} is very long ago: check the year")
        elif self.centre and key == "closed_on":
            self.wrong(key, "a centre that the portal knows is closed on its page, not here")
        return day.isoformat() if day else None

    def _name_is_free(self, code: str) -> None:
        """Each organisation has a name of its own."""
        name = self.row.words("name")
        if not folded(name):
            return
        if before := self.known.repeats("name", folded(name), self.row.number):
            self.wrong("name", f"“{name}” stands in row {before} already")
        holder = self.known.taken.get(folded(name))
        if holder is None or holder == code:
            return
        other = self.known.centres.get(holder)
        if other is None:
            self.wrong("name", f"“{name}” is the name of an organisation that is no reporting centre")
        elif not self.row.words("code"):
            area = other.district.name
            self.wrong(
                "name", f"there is a centre of this name in {area}: give its code if it has moved from there"
            )
        else:
            self.wrong("name", f"“{name}” is the name of another centre, with the code {holder}")

    def _is_whole(self, said: Mapping[str, Kept]) -> None:
        """A new centre says what people need to find it."""
        for key in NEEDED_WHEN_NEW:
            if not self.row.words(key):
                self.wrong(key, f"the {BY_KEY[key].heading.lower()} is missing: a new centre needs it")
        is_closed = said.get("standing") == CentreStanding.CLOSED
        if is_closed and not self.row.words("closed_on"):
            self.wrong("closed_on", "a closed centre says since when")
        if not is_closed and self.row.words("closed_on"):
            self.wrong("closed_on", "only a closed centre has been closed on a day")

    def _stays_closed(self, said: Mapping[str, Kept]) -> None:
        for key, value in said.items():
            if value != self._as_it_is(key):
                self.wrong(key, "the centre is closed: nothing about it is changed any more")


def _day_in(words: str) -> date | None:
    for form in DAY_FORMS:
        try:
            return datetime.strptime(" ".join(words.split()), form).date()
        except ValueError:
            continue
    return None
