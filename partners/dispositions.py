"""What an incident is recorded as, how support and a case end: dated vocabulary, because national rules change."""

from dataclasses import dataclass
from datetime import date

from partners.data import Entry, entries, field, installed

FILE = "dispositions.toml"


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
        decided_by=field(entry, "decided_by", file=FILE),
        help=field(entry, "help", file=FILE),
        first_day=entry.get("from"),
        last_day=entry.get("until"),
    )
