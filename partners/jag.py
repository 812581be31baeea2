"""How Joint Action Groups look at repeat victims, as the partnership's folder says: the same in every district."""

from dataclasses import dataclass

from partners.data import entries, field, installed

FILE = "jag.toml"
ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class Decision:
    """Something that a group may decide; what stands `alone` cannot be chosen beside another."""

    code: str
    name: str
    alone: bool


@dataclass(frozen=True)
class ReviewOutcome:
    """How an ASB Case Review ends."""

    code: str
    name: str


def how_many(which: str) -> int:
    """How many linked incidents make a `repeat`, or are `many`."""
    return int(field(installed(FILE)["rule"], which, file=FILE))


def letters_of(district_code: str | None) -> str:
    """The letters of a district in the number of an item; a new district's are its first three."""
    letters = installed(FILE)["letters"]
    code = district_code or ELSEWHERE
    return str(letters.get(code) or code[:3].upper())


def decisions() -> list[Decision]:
    """Everything that a group may decide, in the order of the file."""
    return [
        Decision(**{name: field(entry, name, file=FILE) for name in Decision.__dataclass_fields__})
        for entry in entries(installed(FILE), "decisions", file=FILE)
    ]


def decisions_in_words(codes: list[str]) -> str:
    """Such as 'Hold a case conference; Agree a support plan with the person'."""
    names = {each.code: each.name for each in decisions()}
    return "; ".join(names.get(code, code) for code in codes)


def review_outcomes() -> list[ReviewOutcome]:
    """How a case review may end, in the order of the file."""
    return [
        ReviewOutcome(**{name: field(entry, name, file=FILE) for name in ReviewOutcome.__dataclass_fields__})
        for entry in entries(installed(FILE), "review_outcomes", file=FILE)
    ]
