"""Keeping apart what must not stand on the page of a case."""

import json
from datetime import datetime
from typing import Any

from reporting.journey import route
from reporting.journey.question import Answers, Kept
from reporting.models import EqualityAnswers, Report, Suspect
from reporting.models.apart import SealedApart


def part_of(told: Answers, *places: Kept) -> dict[str, Any]:
    """The answers that are kept in one of these places."""
    kept_in = {question.id: question.kept for page in route.ALL for question in page.questions}
    return {name: value for name, value in told.items() if kept_in.get(name, Kept.ANSWERS) in places}


def apart(report: Report, told: Answers, *, now: datetime) -> list[SealedApart]:
    """The rows, not saved, of what was told and stands apart; none where there is nothing."""
    rows: list[SealedApart] = []
    if equality := part_of(told, Kept.EQUALITY):
        rows.append(_sealed(EqualityAnswers(report=report), equality))
    if suspect := part_of(told, Kept.SUSPECT):
        said_at = now.replace(second=0, microsecond=0)  # beside sealed words no exact time is kept
        rows.append(_sealed(Suspect(report=report, said_at=said_at), suspect))
    return rows


def keep_apart(report: Report, told: Answers, *, now: datetime) -> None:
    """Adds to a report what was told later: who did it beside what was said before, equality in its place."""
    for row in apart(report, told, now=now):
        before = EqualityAnswers.objects.filter(report=report).first()
        if isinstance(row, EqualityAnswers) and before is not None:
            _sealed(before, row.told()).save(update_fields=["answers"])
        else:
            row.save(force_insert=True)


def _sealed(row: SealedApart, answers: Answers) -> SealedApart:
    row.seal("answers", json.dumps(answers))
    return row
