"""Cases: what the partners do about what was told."""

from casework.models.case import Case, Urgency
from casework.models.event import CaseEvent
from casework.models.link import CaseReport

__all__ = ["Case", "CaseEvent", "CaseReport", "Urgency"]
