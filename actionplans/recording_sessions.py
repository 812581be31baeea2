"""Recording what was delivered, and taking it back: each act and the measures that count it, in one transaction."""

from datetime import datetime
from typing import Any

from django.db import transaction

from actionplans.computed import OF_SESSIONS
from actionplans.keeping_counts import count_again
from actionplans.models import TrainingSession
from audit import trail
from partners.models import User
from partners.roles import Permission


class AlreadyTakenBack(Exception):
    """Somebody took the session back before."""


@transaction.atomic
def record_session(*, by: User | None, now: datetime, **said: Any) -> TrainingSession:
    """Adds one session, or one month's completions of an e-learning course; `said` are its fields."""
    session = TrainingSession.objects.create(recorded_by=by, recorded_at=now, **said)
    trail.record(
        "session.recorded", session, by=by, now=now, kind=session.kind, people=session.people_reached
    )
    count_again(OF_SESSIONS, now=now)
    return session


@transaction.atomic
def take_back(session: TrainingSession, *, why: str, by: User, now: datetime) -> None:
    """From now on it counts nowhere; it stays in the list with the reason. Raises AlreadyTakenBack."""
    stands = TrainingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if stands.taken_back_at:
        raise AlreadyTakenBack
    session.taken_back_at, session.taken_back_by, session.taken_back_why = now, by, why
    session.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_why"])
    trail.record("session.taken_back", session, by=by, now=now, kind=session.kind)
    count_again(OF_SESSIONS, now=now)


def may_take_back(session: TrainingSession, user: User) -> bool:
    """Whoever recorded it, who works where it was delivered from, and who owns plans."""
    if session.taken_back_at or not user.may(Permission.UPDATE_PLANS):
        return False
    is_ours = user.organisation_id in (session.delivered_by_id, session.organisation_id)
    return is_ours or session.recorded_by_id == user.pk or user.may(Permission.OWN_PLANS)
