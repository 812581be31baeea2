"""A file of answers of the police: checked row by row in plain words, and taken whole or not at all.

Its form is published (`casework.police_data.AnswerFile`). The same file sent twice is taken once.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.deciding import NotAChoiceNow
from casework.models import AnswerSource, Case
from casework.permissions import may
from casework.police import AnswerIncomplete, Said, record_police_answer, refuse_incomplete
from casework.police_data import ANSWER, MOST_ANSWERS, AnswerRow
from partners.models import User
from reporting.reference import as_written

KEYS = {each.name for each in fields(AnswerRow)}
LONGEST = {each.name: each.metadata.get("max_length", 60) for each in fields(AnswerRow)}
HAND_OFF_NUMBER = re.compile(r"-H\d+$", re.IGNORECASE)


@dataclass(frozen=True)
class Wrong:
    """What is wrong, and where: “answer 3, outcome_on”, or the file."""

    place: str
    words: str


class FileNotTaken(Exception):
    """Nothing of the file was taken; `wrong` says what has to change."""

    def __init__(self, wrong: list[Wrong]) -> None:
        super().__init__(f"{len(wrong)} things have to change")
        self.wrong = wrong


@dataclass(frozen=True)
class Taken:
    """How many answers were new, and how many were known already."""

    new: int
    known: int


def read(content: bytes) -> list[dict[str, str]]:
    """The rows of a file, well formed; raises FileNotTaken."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError):
        raise FileNotTaken([Wrong("The file", "It cannot be read as JSON.")]) from None
    if not isinstance(data, dict) or data.get("schema") != ANSWER:
        raise FileNotTaken([Wrong("The file", f"Its “schema” must be “{ANSWER}”.")])
    rows = data.get("answers")
    if not isinstance(rows, list) or not rows:
        raise FileNotTaken([Wrong("The file", "It has no “answers”.")])
    if len(rows) > MOST_ANSWERS:
        raise FileNotTaken([Wrong("The file", f"It has more than {MOST_ANSWERS} answers. Divide it.")])
    wrong = [each for number, row in enumerate(rows, 1) for each in _misshapen(number, row)]
    if wrong:
        raise FileNotTaken(wrong)
    return [{name: row.get(name, "").strip() for name in KEYS} for row in rows]


def _misshapen(number: int, row: Any) -> Iterator[Wrong]:
    if not isinstance(row, dict):
        yield Wrong(f"Answer {number}", "It must be an object with a reference.")
        return
    for name in row:
        if name not in KEYS:
            yield Wrong(f"Answer {number}", f"“{str(name)[:40]}” is not known here.")
        elif not isinstance(row[name], str):
            yield Wrong(f"Answer {number}, {name}", "It must be a text in quotation marks.")
        elif len(row[name]) > LONGEST[name]:
            yield Wrong(f"Answer {number}, {name}", f"It must have {LONGEST[name]} letters or fewer.")
    if not row.get("reference"):
        yield Wrong(f"Answer {number}, reference", "It is missing.")


@transaction.atomic
def take(rows: list[dict[str, str]], *, by: User, now: datetime) -> Taken:
    """Writes all answers down, or none; raises FileNotTaken."""
    today = timezone.localdate(now)
    found: list[tuple[Case, Said]] = []
    wrong: list[Wrong] = []
    for number, row in enumerate(rows, 1):
        try:
            found.append(_understood(row, by=by, today=today))
        except AnswerIncomplete as refusal:
            place = f"Answer {number}, {refusal.field}" if refusal.field else f"Answer {number}"
            wrong.append(Wrong(place, f"{refusal}."))
        except NotAChoiceNow as refusal:
            wrong.append(Wrong(f"Answer {number}, recorded_as", str(refusal)))
    if wrong:
        raise FileNotTaken(wrong)
    new = 0
    for case, said in found:
        if not _is_known(case, said):
            record_police_answer(case, said, by=by, now=now, source=AnswerSource.FILE)
            new += 1
    return Taken(new, len(found) - new)


def _understood(row: dict[str, str], *, by: User, today: date) -> tuple[Case, Said]:
    reference = as_written(HAND_OFF_NUMBER.sub("", row["reference"]))
    case = Case.objects.visible_to(by).select_related("lead_organisation").filter(reference=reference).first()
    if case is None or not may(by, "record_police_answer", case):
        raise AnswerIncomplete("There is no case of this reference that you may answer for", "reference")
    said = Said(
        number=row["number"],
        number_kind=row["number_kind"],
        recorded_as=row["recorded_as"],
        outcome=row["outcome"],
        outcome_on=_day(row["outcome_on"]),
    )
    refuse_incomplete(said, today=today)
    return case, said


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise AnswerIncomplete("Write the day as YYYY-MM-DD, such as 2026-03-10", "outcome_on") from None


def _is_known(case: Case, said: Said) -> bool:
    """Whether the newest answer says just this."""
    newest = case.police_answers.order_by("-number").first()
    if newest is None:
        return False
    newest.case = case
    return said == Said(
        number=newest.unseal("police_number"),
        number_kind=newest.number_kind,
        recorded_as=newest.recorded_as,
        outcome=newest.outcome,
        outcome_on=newest.outcome_on,
    )
