"""What the police made of a crime: the outcomes of the Home Office's counting rules, as data, because they change."""

from dataclasses import dataclass
from datetime import date

from partners.data import Entry, PartnershipDataError, entries, field, installed, refuse_twice

FILE = "police_outcomes.toml"


@dataclass(frozen=True)
class PoliceOutcome:
    """One outcome: its number in the national list, what it is called here, and its group for figures. It may be
    entered for days from its first to its last."""

    code: str
    name: str
    group: str
    help: str
    first_day: date | None
    last_day: date | None

    def may_be_on(self, day: date) -> bool:
        """Whether a crime could end so on that day."""
        return (self.first_day is None or self.first_day <= day) and (
            self.last_day is None or day <= self.last_day
        )


@dataclass(frozen=True)
class OutcomeGroup:
    """Outcomes that are counted together."""

    code: str
    name: str


def police_outcomes() -> list[PoliceOutcome]:
    """Every outcome, in the order of the file, also those of the past."""
    found = [_outcome(entry) for entry in entries(installed(FILE), "outcomes", file=FILE)]
    refuse_twice((each.code for each in found), file=FILE, what="outcome")
    known = {group.code for group in outcome_groups()}
    for each in found:
        if each.group not in known:
            raise PartnershipDataError(f"{FILE}, entry {each.code!r}: the group {each.group!r} is not known.")
    return found


def outcome_groups() -> list[OutcomeGroup]:
    """The groups, in the order of the file."""
    return [
        OutcomeGroup(field(entry, "code", file=FILE), field(entry, "name", file=FILE))
        for entry in entries(installed(FILE), "groups", file=FILE)
    ]


def police_outcome(code: str) -> PoliceOutcome | None:
    """One outcome by its number; None where the list has it not."""
    return next((each for each in police_outcomes() if each.code == code), None)


def _outcome(entry: Entry) -> PoliceOutcome:
    return PoliceOutcome(
        code=field(entry, "code", file=FILE),
        name=field(entry, "name", file=FILE),
        group=field(entry, "group", file=FILE),
        help=entry.get("help", ""),
        first_day=entry.get("from"),
        last_day=entry.get("until"),
    )
