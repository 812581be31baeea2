"""What must be written down before a case is closed, the same for every organisation: so that outcomes can be compared,
and nobody who wanted help is lost between two of them."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import transaction

from partners.dispositions import SupportEnd, all_recorded_as, outcomes, support_ends
from partners.models import User

if TYPE_CHECKING:
    from casework.models import Case

DECIDED_BY_THE_POLICE = "crime"


class NotReadyToClose(Exception):
    """Something that every closed case has is not written down yet; the message says what."""


@dataclass(frozen=True)
class Part:
    """One part of how a case ended: what is known of it, and if nothing is, what has to be done."""

    name: str
    known: str
    to_do: str = ""

    @property
    def is_missing(self) -> bool:
        return not self.known


def parts_of(case: "Case") -> list[Part]:
    """The parts of how a case ended, whether they are known yet or not, in the order in which they are done."""
    return [_support(case), *_police(case), _told(case), _outcome(case)]


@transaction.atomic
def record_support(
    case: "Case", support: str, *, by: User, now: datetime, note: str = "", seen: int | None = None
) -> None:
    """Writes down how support ended for the person; said anew, the timeline keeps what was said before."""
    case.begin("record_support", seen)
    case.support = support
    case.end("record_support", by=by, now=now, note=note, support=support)


def refuse_to_close(case: "Case", *, why_no_police_outcome: str) -> None:
    """Raises NotReadyToClose while support is open, or what the police made of a crime neither known nor explained."""
    support = _support(case)
    if support.is_missing:
        raise NotReadyToClose(f"{support.to_do} Then you can close the case.")
    if any(part.is_missing for part in _police(case)) and not why_no_police_outcome.strip():
        raise NotReadyToClose(
            "It is recorded as a crime. Enter what the police made of it, or write why there is no answer from them."
        )


def needs_the_police(case: "Case") -> bool:
    """Whether the police have still to say what became of it."""
    return any(part.is_missing for part in _police(case))


def support_end(code: str) -> SupportEnd | None:
    """How support ended, by its code."""
    return next((each for each in support_ends() if each.code == code), None)


def _support(case: "Case") -> Part:
    found = support_end(case.support)
    return Part("Support", found.name if found else "", "Write down how support ended.")


def _police(case: "Case") -> list[Part]:
    if case.recorded_as != DECIDED_BY_THE_POLICE:
        kinds = {each.code: each.name for each in all_recorded_as()}
        return [Part("Police", kinds.get(case.recorded_as, "Not triaged yet"))]
    known = f"Outcome {case.police_outcome}" if case.police_outcome else ""
    return [Part("Police", known, "Enter what the police made of it.")]


def _told(case: "Case") -> Part:
    known = "The reporter has been told what is happening" if case.first_contact_at else ""
    return Part(
        "Told the reporter", known, "Tell the reporter something; they are told again when you close."
    )


def _outcome(case: "Case") -> Part:
    names = {each.code: each.name for each in outcomes()}
    return Part(
        "What the partnership did", names.get(case.outcome, ""), "You choose it when you close the case."
    )
