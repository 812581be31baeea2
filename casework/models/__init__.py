"""Cases: what the partners do about what was told."""

from casework.models.case import Case, Urgency
from casework.models.event import CaseEvent
from casework.models.keeping import Keeping
from casework.models.legal_hold import LegalHold
from casework.models.link import CaseReport
from casework.models.person import NobodyWrittenDown, Person, PersonSign, SamePerson

__all__ = [
    "Case",
    "CaseEvent",
    "CaseReport",
    "Keeping",
    "LegalHold",
    "NobodyWrittenDown",
    "Person",
    "PersonSign",
    "SamePerson",
    "Urgency",
]
