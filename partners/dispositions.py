"""What an incident is recorded as, how support and a case end: dated vocabulary, because national rules change."""

from dataclasses import dataclass
from datetime import date

from partners.data import Entry, entries, field, installed, known
from partners.models import OrganisationKind

FILE = "dispositions.toml"
COUNCILS = frozenset(
    {OrganisationKind.COUNTY_COUNCIL, OrganisationKind.DISTRICT_COUNCIL, OrganisationKind.UNITARY}
)
# Who decides, as the file says it: their kinds, and how they are named.
DECIDERS: dict[str, tuple[frozenset[OrganisationKind], str]] = {
    "nobody": (frozenset(OrganisationKind), "anybody"),
    "police": (frozenset({OrganisationKind.POLICE}), "the police"),
    "police_or_council": (COUNCILS | {OrganisationKind.POLICE}, "the police or a council"),
}


@dataclass(frozen=True)
class RecordedAs:
    """One way to record an incident; it may be chosen from its first to its last day."""

    code: str
    name: str
    decided_by: str
    help: str
    first_day: date | None
    last_day: date | None

    def may_be_chosen(self, *, on: date) -> bool:
        """Whether an officer may choose it on a day; a case keeps what it was given even after that."""
        return (self.first_day is None or self.first_day <= on) and (
            self.last_day is None or on <= self.last_day
        )

    def is_decided_by(self, kind: str) -> bool:
        """Whether an organisation of this kind may record an incident as this."""
        return kind in DECIDERS[self.decided_by][0]

    @property
    def deciders(self) -> str:
        """Who decides, in a sentence: 'the police'."""
        return DECIDERS[self.decided_by][1]


@dataclass(frozen=True)
class Outcome:
    """One way in which a case ends; `public` is how it is put to the person."""

    code: str
    name: str
    public: str
    keeps_in_counts: bool


@dataclass(frozen=True)
class SupportEnd:
    """How support ended; `met` is whether who wanted it got it: yes, no, not_wanted or not_known."""

    code: str
    name: str
    met: str
    help: str


def all_recorded_as() -> list[RecordedAs]:
    """Every way to record, also those of the past."""
    return [_recorded_as(entry) for entry in entries(installed(FILE), "recorded_as", file=FILE)]


def recorded_as_choices(*, on: date) -> list[RecordedAs]:
    """What may be chosen on a day."""
    return [each for each in all_recorded_as() if each.may_be_chosen(on=on)]


def outcomes() -> list[Outcome]:
    """Every outcome, in the order of the file."""
    return [
        Outcome(**{name: field(entry, name, file=FILE) for name in Outcome.__dataclass_fields__})
        for entry in entries(installed(FILE), "outcomes", file=FILE)
    ]


def support_ends() -> list[SupportEnd]:
    """Every way in which support ends, in the order of the file."""
    return [
        SupportEnd(**{name: field(entry, name, file=FILE) for name in SupportEnd.__dataclass_fields__})
        for entry in entries(installed(FILE), "support", file=FILE)
    ]


def _recorded_as(entry: Entry) -> RecordedAs:
    return RecordedAs(
        code=field(entry, "code", file=FILE),
        name=field(entry, "name", file=FILE),
        decided_by=_decided_by(entry),
        help=field(entry, "help", file=FILE),
        first_day=entry.get("from"),
        last_day=entry.get("until"),
    )


def _decided_by(entry: Entry) -> str:
    code: str = field(entry, "decided_by", file=FILE)
    known(DECIDERS, code, file=FILE, entry=entry, role="one who decides")
    return code
