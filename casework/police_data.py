"""What goes to the police as data, and what comes back: two versioned forms, and the schemas that publish them.

`manage.py write_police_schemas` writes docs/schemas/. A form that changes so that a reader would trip over it gets the
next number, and the old one stays served as long as somebody sends it.
"""

from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from casework.pack_contents import Contents, as_json, says
from casework.packs import Opened
from casework.parts import PARTS
from casework.schema_of import schema_of

HAND_OFF, ANSWER = "llr-police-handoff/1", "llr-police-answer/1"
MOST_ANSWERS = 500


@dataclass(frozen=True)
class HandOff:
    """A case as it is handed to the police."""

    schema: str = says("Which form this is.", enum=[HAND_OFF])
    number: str = says(
        "The number of this hand-off. The same number is the same contents: what is known already can be left out.",
        pattern="^[A-Z]+-[0-9A-Z]{4}-[0-9A-Z]{4}-H[1-9][0-9]*$",
    )
    made_at: datetime = says("When it was made.")
    made_by: str = says("Who made it, and for which organisation.")
    made_for: str = says("The police force that it was made for, and nobody else.")
    parts: list[str] = says(
        "The parts of the case that are shared with them: what, person, risk, done, suspect."
    )
    not_shared: list[str] = says("The parts that are not shared: what is missing there is not a gap of ours.")
    demonstration: bool = says("True where everything in it is invented.")
    case: Contents = says("The case.")


@dataclass(frozen=True)
class AnswerRow:
    """What the police say of one case. At least a number, what it is recorded as, or an outcome."""

    reference: str = says(
        "The reference of the case, or the number of its hand-off.", min_length=13, max_length=20
    )
    number_kind: str = says("What kind of number it is.", default="", enum=["", "crime", "occurrence"])
    number: str = says("The crime or occurrence number.", default="", max_length=60)
    recorded_as: str = says(
        "What it is recorded as: a code of the partnership's list.", default="", max_length=30
    )
    outcome: str = says("The outcome, by its number in the national list.", default="", max_length=5)
    outcome_on: str = says("The day of the outcome (YYYY-MM-DD).", default="", max_length=10)


@dataclass(frozen=True)
class AnswerFile:
    """Answers of the police to one or several cases. All of them are taken, or none."""

    schema: str = says("Which form this is.", enum=[ANSWER])
    answers: list[AnswerRow] = says("One for each case.", most=MOST_ANSWERS)


def hand_off(opened: Opened) -> HandOff:
    """A hand-off as data."""
    pack = opened.pack
    return HandOff(
        schema=HAND_OFF,
        number=pack.name,
        made_at=pack.made_at.astimezone(UTC),
        made_by=pack.maker,
        made_for=pack.organisation.name,
        parts=list(pack.parts),
        not_shared=[part.code for part in PARTS if part.code not in pack.parts],
        demonstration=settings.IS_DEMO,
        case=opened.contents,
    )


def hand_off_as_json(opened: Opened) -> bytes:
    """A hand-off as a file."""
    return as_json(asdict(hand_off(opened)))


def schemas() -> dict[str, dict[str, Any]]:
    """Every published schema, by its name without the version."""
    return {
        "police-handoff": schema_of(
            HandOff,
            address="/schemas/police-handoff/1/",
            title="Hand-off of a hate incident to the police",
            description="A case as far as it is shared with the police, each value with the id of its question.",
        ),
        "police-answer": schema_of(
            AnswerFile,
            address="/schemas/police-answer/1/",
            title="What the police say of hate incidents that were handed to them",
            description="Numbers, what each is recorded as, and outcomes. All rows are taken, or none.",
        ),
    }
