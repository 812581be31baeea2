"""What a pack or a hand-off holds: of one case the shared parts, each value with the id of its question.

One set of dataclasses, from which the data, its published schema (`casework.schema_of`) and the document to read
(`casework.pack_document`) are made, so that none of them says what the others do not. Times are in UTC.
"""

import json
from dataclasses import MISSING, asdict, dataclass, field
from datetime import date, datetime
from hashlib import sha256
from typing import Any

MADE_BY_US = "An id that begins with “case.” or “person.” is a value that the partnership recorded itself."


def says(words: str, default: Any = MISSING, **more: Any) -> Any:
    """A field of the schema, with what it means; with a default it may be left out."""
    return field(default=default, metadata={"says": words, **more})


@dataclass(frozen=True)
class Answer:
    """One question and its answer."""

    id: str = says(f"The id of the question; it never changes. {MADE_BY_US}", min_length=1)
    question: str = says("The question as it was asked.")
    answer: str | list[str] = says("A code, codes, a text or a day (YYYY-MM-DD).")
    in_words: str = says("The answer as a person reads it.")


@dataclass(frozen=True)
class Later:
    """What the person said after sending."""

    said_at: datetime = says("When they said it.")
    answers: list[Answer] = says("What they said.")


@dataclass(frozen=True)
class SafeContact:
    """How the person may be reached without danger. The rules are always there, whatever else is shared."""

    in_words: str = says("The way to reach them, in one line.")
    rules: list[Answer] = says("What must be heeded: messages, safe times, who else might answer.")
    details: list[Answer] = says("Name, numbers and addresses; empty where they are not shared.")


@dataclass(frozen=True)
class RiskAnswers:
    """The questions about risk, when they were last answered."""

    level: Answer = says("The level that they gave.")
    made_on: date = says("The day.")
    made_by: str = says("Which organisation answered them.")
    answers: list[Answer] = says("The answers.")


@dataclass(frozen=True)
class File:
    """Something that came with the report. The file itself is not here: ask who leads the case for it."""

    number: int = says("Its number within the report.", minimum=1)
    title: str = says("What it is called here.")
    kind: str = says("photo, pdf, video or audio.")
    ending: str = says("The kind of file, such as jpg.")
    byte_count: int = says("How large it is.", minimum=0)
    sha256: str = says("The SHA-256 of the file as it came.", pattern="^[0-9a-f]{64}$")
    received_on: date = says("The day on which it came.")
    state: str = says("How it stands: held, clean, infected or unreadable.")


@dataclass(frozen=True)
class Told:
    """One report: what one person told. A part that is not shared is empty."""

    reference: str = says("The reference of the report.", min_length=1)
    received_at: datetime = says("When it was received.")
    language: str = says("The language in which it was told.")
    told_by: Answer = says("Who told it, and how it came.")
    strands: list[Answer] = says("What they think it was about.")
    when: list[Answer] = says("When it happened, as far as they said.")
    where: list[Answer] = says("Where it happened, as far as they said.")
    words: Answer | None = says("What happened, in their own words; never edited.")
    more: list[Answer] = says("Everything else that they answered.")
    later: list[Later] = says("What they said since, oldest first.")
    files: list[File] = says("What came with it.")
    safe_contact: SafeContact = says("How to reach them safely.")
    person: list[Answer] = says("Who it happened to, as far as it is known and shared.")
    risk: RiskAnswers | None = says("The questions about risk, where somebody answered them.")
    others: list[list[Answer]] = says(
        "Who is said to have done it, each one a list, and who saw it. Untested: nobody has been asked about it."
    )


@dataclass(frozen=True)
class Done:
    """Something that was done on the case."""

    at: datetime = says("When.")
    act: str = says("What, as a code.")
    in_words: str = says("What, in words.")


@dataclass(frozen=True)
class Contents:
    """A case, as far as it is shared."""

    reference: str = says("The reference of the case.", min_length=1)
    opened_at: datetime = says("When the case was opened.")
    state: Answer = says("How the case stands.")
    lead: str = says("The organisation that leads the case, and answers questions about it.")
    recorded_as: Answer = says("What it is recorded as.")
    recorded_strands: Answer = says("What it is about, as it was recorded.")
    risk: list[Answer] = says("How great the risk is, and when it is looked at again.")
    reports: list[Told] = says("What was told.")
    done: list[Done] = says("What was done, oldest first.")

    def fingerprint(self) -> str:
        """The same contents give the same fingerprint, and no others do."""
        return sha256(as_json(asdict(self))).hexdigest()


def as_json(data: Any) -> bytes:
    """Dates as ISO 8601, times in UTC; keys in their order."""
    return json.dumps(data, ensure_ascii=False, indent=1, default=_plain).encode()


def _plain(value: Any) -> str:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no form in JSON")
