"""What the scrutiny panel is asked about each closed case, as the partnership's folder says."""

from dataclasses import dataclass

from partners.data import entries, field, installed

FILE = "scrutiny.toml"


@dataclass(frozen=True)
class Said:
    """A question, or one of its answers."""

    code: str
    words: str


def most_cases() -> int:
    """How many cases a panel looks at in one meeting, at most."""
    return int(field(installed(FILE), "most_cases", file=FILE))


def questions() -> list[Said]:
    """The fixed questions, in their order."""
    return _said("questions")


def answers() -> list[Said]:
    """What each can be answered with."""
    return _said("answers")


def _said(kind: str) -> list[Said]:
    return [
        Said(field(entry, "code", file=FILE), field(entry, "words", file=FILE))
        for entry in entries(installed(FILE), kind, file=FILE)
    ]
