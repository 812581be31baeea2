"""Keeping apart what must not stand on the page of a case."""

import json
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from reporting.journey import route
from reporting.journey.question import Answers, Kept, Page
from reporting.models import EqualityAnswers, Report, Suspect
from reporting.models.apart import SealedApart


def by_place(told: Answers) -> dict[Kept, dict[str, Any]]:
    """The answers by where they are kept; no place without an answer."""
    place_of = _places(route.ALL)
    found: dict[Kept, dict[str, Any]] = {}
    for name, value in told.items():
        found.setdefault(place_of.get(name, Kept.ANSWERS), {})[name] = value
    return found


@cache
def _places(pages: tuple[Page, ...]) -> dict[str, Kept]:
    return {question.id: question.kept for page in pages for question in page.questions}


def apart(report: Report, told: Mapping[Kept, Answers], *, now: datetime) -> list[SealedApart]:
    """The rows, not saved, of what was told, by place, and stands apart; none where there is nothing."""
    rows: list[SealedApart] = []
    if equality := told.get(Kept.EQUALITY):
        rows.append(_sealed(EqualityAnswers(report=report), equality))
    if suspect := told.get(Kept.SUSPECT):
        said_at = now.replace(second=0, microsecond=0)  # beside sealed words no exact time is kept
        rows.append(_sealed(Suspect(report=report, said_at=said_at), suspect))
    return rows


def keep_apart(report: Report, told: Answers, *, now: datetime) -> None:
    """Adds to a report what was told later: who did it beside what was said before, equality in its place."""
    for row in apart(report, by_place(told), now=now):
        before = EqualityAnswers.objects.filter(report=report).first()
        if isinstance(row, EqualityAnswers) and before is not None:
            _sealed(before, row.told()).save(update_fields=["answers"])
        else:
            row.save(force_insert=True)


def _sealed(row: SealedApart, answers: Answers) -> SealedApart:
    row.seal("answers", json.dumps(answers))
    return row
