"""Practising: a volunteer records an invented story to its end. Nothing of it is sent, and nobody is told."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit import trail
from partners.models import User
from reporting import risk
from reporting.journey import route
from reporting.models import Draft, PracticeRun
from reporting.practice_feedback import points_of
from reporting.practice_stories import DANGER_NOW, Finding, Story, compare
from reporting.receiving import NotComplete


class NotPractice(Exception):
    """The draft may become a report: it is not for practising."""


@transaction.atomic
def finish(draft: Draft, story: Story, *, by: User, now: datetime) -> PracticeRun:
    """Ends a practice where a report would be sent: notes which points of the story the record holds, and deletes it.

    Raises NotComplete as sending does, and NotPractice.
    """
    if not draft.is_practice:
        raise NotPractice
    answers = draft.read()
    if waiting := route.unfinished(answers):
        raise NotComplete(waiting)
    # Somebody in danger is never asked further.
    told = {**route.that_count(answers), DANGER_NOW: "no"}
    findings = compare(story, told, level=risk.assess(told).level.code)
    run = _note(draft.pk, story, findings, by=by, now=now)
    draft.delete()
    return run


@transaction.atomic
def finish_in_danger(practice_id: UUID, story: Story, *, by: User, now: datetime) -> PracticeRun:
    """Ends a practice on the page that says whom to call now: nothing was asked before, and nothing is kept of it.

    The same id again is the same practice.
    """
    return _note(practice_id, story, compare(story, {DANGER_NOW: "yes"}, level=""), by=by, now=now)


def _note(
    practice_id: UUID, story: Story, findings: Iterable[Finding], *, by: User, now: datetime
) -> PracticeRun:
    kept = list(findings)
    points = {what: points_of(kept, what) for what in ("found", "missed", "beyond")}
    run, is_new = PracticeRun.note(practice_id, story.code, volunteer=by, now=now, **points)
    if is_new:
        found, of = len(run.found), run.points
        trail.record("practice.finished", run, by=by, now=now, story=story.code, found=found, of=of)
    return run
