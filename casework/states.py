"""When an act is allowed: one table of states and acts. `docs/states.md` is generated from it."""

from django.db import models


class CaseState(models.TextChoices):
    """Where a case stands."""

    OPEN = "open", "open"
    IN_PROGRESS = "in_progress", "in progress"
    WAITING = "waiting", "waiting"
    CLOSED = "closed", "closed"


class ActNotAllowed(Exception):
    """The act does not fit the state the case is in; the message says so in words for the officer."""


# act: (states it is allowed in, state it leads to or None for no change)
TRANSITIONS: dict[str, tuple[frozenset[CaseState], CaseState | None]] = {
    "triage": (frozenset({CaseState.OPEN}), CaseState.IN_PROGRESS),
    "assign": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "tell_reporter": (frozenset(CaseState), None),
    "share": (frozenset({CaseState.OPEN, CaseState.IN_PROGRESS, CaseState.WAITING}), None),
    "note": (frozenset(CaseState), None),
    "wait": (frozenset({CaseState.IN_PROGRESS}), CaseState.WAITING),
    "resume": (frozenset({CaseState.WAITING}), CaseState.IN_PROGRESS),
    "close": (frozenset({CaseState.IN_PROGRESS, CaseState.WAITING}), CaseState.CLOSED),
    "reopen": (frozenset({CaseState.CLOSED}), CaseState.IN_PROGRESS),
}


def state_after(act: str, state: str) -> CaseState:
    """The state that `act` leads to from `state`; raises ActNotAllowed."""
    allowed, leads_to = TRANSITIONS[act]
    if state not in allowed:
        raise ActNotAllowed(
            f"This case is {CaseState(state).label}, so you can't {act.replace('_', ' ')} it now."
        )
    return leads_to or CaseState(state)
