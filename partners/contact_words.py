"""What officers choose from about an attempt to reach somebody, and what is proposed when nobody is reached."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from partners.data import Entry, PartnershipDataError, entries, field, installed, refuse_twice
from partners.edited import until_edited

FILE = "contact.toml"
WAYS = ("phone", "text", "email", "letter", "in_person", "centre")
WHERE = ("", "tell", "risk")
WHEN = ("", "centre", "plan")


@dataclass(frozen=True)
class ContactOutcome:
    """How an attempt may end. `ways` are those by which it can; `left_message`: words stayed behind."""

    code: str
    words: str
    ways: tuple[str, ...]
    reached: bool
    left_message: bool


@dataclass(frozen=True)
class Proposal:
    """What to think of when nobody is reached: `where` it is done, and `when` it can be; '' is nowhere and always."""

    words: str
    where: str
    when: str


@dataclass(frozen=True)
class NotReached:
    """From how many attempts on something is proposed, in which words, and what."""

    after: int
    words: str
    next: tuple[Proposal, ...]


def outcomes() -> Mapping[str, ContactOutcome]:
    """Every outcome by its code, in the order of the file; raises PartnershipDataError."""
    return _outcomes(str(settings.PARTNERSHIP_DIR))


def not_reached() -> NotReached:
    """What is proposed when nobody is reached; raises PartnershipDataError."""
    return _not_reached(str(settings.PARTNERSHIP_DIR))


@until_edited
def _outcomes(folder: str) -> Mapping[str, ContactOutcome]:
    found = list(map(_outcome, entries(installed(FILE), "outcomes", file=FILE)))
    refuse_twice((each.code for each in found), file=FILE, what="outcome of a contact")
    return {each.code: each for each in found}


def _outcome(entry: Entry) -> ContactOutcome:
    code, ways = field(entry, "code", file=FILE), tuple(field(entry, "ways", file=FILE))
    if not ways or not set(ways) <= set(WAYS):
        raise PartnershipDataError(f"{FILE}: the ways of {code} are some of {', '.join(WAYS)}.")
    return ContactOutcome(
        code,
        field(entry, "words", file=FILE),
        ways,
        bool(entry.get("reached")),
        bool(entry.get("left_message")),
    )


@until_edited
def _not_reached(folder: str) -> NotReached:
    said = field(installed(FILE), "not_reached", file=FILE)
    return NotReached(
        field(said, "after", file=FILE),
        field(said, "words", file=FILE),
        tuple(map(_proposal, entries(said, "next", file=FILE))),
    )


def _proposal(entry: Entry) -> Proposal:
    where, when = entry.get("where", ""), entry.get("when", "")
    if where not in WHERE or when not in WHEN:
        raise PartnershipDataError(f"{FILE}: nobody knows the place “{where}” or the time “{when}”.")
    return Proposal(field(entry, "words", file=FILE), where, when)
