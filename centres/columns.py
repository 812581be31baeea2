"""The columns of a list of reporting centres: their headings, what each takes, and what it holds for a centre.

What is taken out of the portal has the same headings as what is brought in, and reading it gives the same again.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from documents.grids.cells import folded, plain
from documents.spreadsheet import Value
from partners.data import entries, installed
from partners.languages import known as pages_are_in
from partners.models import CentreStanding, District, Organisation, OrganisationKind, ReportingCentre

PAPERS, PARTNERSHIP = "papers.toml", "partnership.toml"
# Words of addresses beside a centre's page.
NO_CODES = frozenset({"add", "import", "export", "heard", "links", "example"})
# The row of the template that shows how; it is never brought in.
EXAMPLE = "example"
COUNCILS = (OrganisationKind.COUNTY_COUNCIL, OrganisationKind.DISTRICT_COUNCIL, OrganisationKind.UNITARY)


@dataclass(frozen=True)
class Column:
    """One column. `hint` says what it takes, `example` what stands in the template's row, `also` are other names."""

    key: str
    heading: str
    hint: str
    example: str
    also: tuple[str, ...] = ()
    longest: int = 0


COLUMNS = (
    Column("code", "Code", "Leave empty for a centre that the portal does not know yet. Small letters, digits and "
           "hyphens.", EXAMPLE, ("id", "centre code", "ref"), 50),
    Column("name", "Name", "Needed. The centre’s own name, once in the list.", "Invented Neighbourhood Rooms",
           ("centre", "centre name", "name of centre", "reporting centre", "organisation"), 120),
    Column("kind", "Kind", "Such as library, community centre, place of worship.", "community centre",
           ("type", "kind of place", "type of centre"), 80),
    Column("area", "Area", "Needed. One of the districts.", "Melton", ("district", "where", "borough"), 0),
    Column("address", "Address", "Needed for a new centre, in one cell.", "1 Invented Street, Melton Mowbray",
           ("street address",), 200),
    Column("postcode", "Postcode", "Such as LE13 1AA.", "LE13 1AA", ("post code",), 8),
    Column("phone", "Phone", "Digits, with a word behind them if need be: 01632 960000 ext 4.", "01632 960000",
           ("telephone", "tel", "phone number", "telephone number"), 30),
    Column("email", "E-mail", "One address.", "hello@invented-rooms.example", ("mail", "email address"), 254),
    Column("opening_hours", "Opening hours", "Needed for a new centre, in words.", "Monday to Friday 9am to 5pm",
           ("hours", "opening times", "open"), 200),
    Column("languages", "Languages", "Names, separated by commas.", "English, Polish",
           ("languages spoken", "language"), 200),
    Column("is_step_free", "Step-free", "Yes or no.", "Yes", ("step free access", "accessible", "step free"), 0),
    Column("has_private_room", "Private room", "Yes or no.", "Yes", ("room", "private space"), 0),
    Column("about", "About", "A sentence or two for the public.", "A quiet room and a kettle. Just come in.",
           ("description", "notes for the public"), 500),
    Column("looked_after_by", "Looked after by", "A council.", "Melton", ("council", "lead council"), 0),
    Column("standing", "Standing", "Proposed, listed, suspended or closed. Of a centre that the portal knows it is "
           "changed on its page, not here.", "proposed", ("status",), 0),
    Column("verified_on", "Last verified", "The day on which somebody last found the listing true: 14/10/2026.", "",
           ("verified", "verified on", "last checked", "date verified"), 0),
    Column("opened_on", "Opened on", "The day on which it became a reporting centre.", "",
           ("opened", "open since", "centre since"), 0),
    Column("closed_on", "Closed on", "Needed for a closed one, and for no other.", "", ("closed",), 0),
)  # fmt: skip
BY_KEY: Mapping[str, Column] = {column.key: column for column in COLUMNS}
# Without these a table is none of centres.
NEEDED = ("name", "area")
DAYS = ("verified_on", "opened_on", "closed_on")
YES_OR_NO = ("is_step_free", "has_private_room")
# Every word that a yes-or-no column takes.
YES, NO = frozenset({"yes", "y", "true", "1", "x", "✓"}), frozenset({"no", "n", "false", "0"})


def known_headings() -> dict[str, str]:
    """The column behind each heading, as it is compared."""
    known = {folded(also): column.key for column in COLUMNS for also in column.also}
    return known | {folded(each): column.key for column in COLUMNS for each in (column.heading, column.key)}


@dataclass(frozen=True)
class Named:
    """Things of one kind by every folded name that people write, and what each is called."""

    by_name: Mapping[str, str]
    shown: Mapping[str, str]

    def find(self, words: str) -> str | None:
        """The code that a name stands for; None for none of them."""
        name = folded(words)
        return self.by_name.get(name) or self.by_name.get(name.removeprefix("the "))


def named_areas() -> Named:
    """The districts."""
    return _named(((each.code, each.name) for each in District.objects.all()), installed(PAPERS)["areas"])


def named_councils() -> Named:
    """The councils that may look after a centre."""
    councils = Organisation.objects.filter(kind__in=COUNCILS, retired_on=None)
    also = installed(PAPERS)["organisations"]
    more = {each.code: [*also.get(each.code, ()), each.name] for each in councils}
    return _named(((each.code, each.short_name) for each in councils), more)


def named_languages() -> Named:
    """The languages that the partnership's folder names, each by what it is called in English."""
    listed = entries(installed(PARTNERSHIP), "languages", file=PARTNERSHIP)
    names = {each["name"]: [each["code"], each["own_name"], *each.get("also", ())] for each in listed}
    for language in pages_are_in().values():
        if not language.is_easy:
            names.setdefault(language.name, [language.code, language.own_name])
    return _named(((name, name) for name in names), names)


def _named(known: Iterable[tuple[str, str]], also: Mapping[str, Iterable[str]]) -> Named:
    shown = dict(known)
    by_name = {folded(name): code for code in shown for name in also.get(code, ())}
    return Named(by_name | {folded(name): code for code in shown for name in (code, shown[code])}, shown)


# Cells ------------------------------------------------------------------------------------------------------------


def cell_of(key: str, centre: ReportingCentre) -> Value:
    """What stands in a column for a centre."""
    return _CELLS[key](centre) if key in _CELLS else getattr(centre, key)


def in_words(cell: Value) -> str:
    """A cell as text, the way people write it."""
    return "" if cell is None else plain(cell) if isinstance(cell, date) else str(cell)


_CELLS: dict[str, Callable[[ReportingCentre], Value]] = {
    "code": lambda centre: centre.organisation.code,
    "name": lambda centre: centre.organisation.name,
    "area": lambda centre: centre.district.name,
    "is_step_free": lambda centre: "Yes" if centre.is_step_free else "No",
    "has_private_room": lambda centre: "Yes" if centre.has_private_room else "No",
    "looked_after_by": lambda centre: centre.looked_after_by.short_name if centre.looked_after_by else "",
    "standing": lambda centre: CentreStanding(centre.standing).label,
}


def allowed() -> list[tuple[str, str, str]]:
    """Each column with what it takes and, where there are only a few, which values: as the template's second sheet."""
    few = {
        "area": named_areas().shown.values(),
        "languages": named_languages().shown.values(),
        "looked_after_by": named_councils().shown.values(),
        "standing": [standing.label for standing in CentreStanding],
        "is_step_free": ["Yes", "No"],
        "has_private_room": ["Yes", "No"],
    }
    return [(column.heading, column.hint, ", ".join(few.get(column.key, ()))) for column in COLUMNS]
