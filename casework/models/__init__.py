"""Cases: what the partners do about what was told."""

from casework.models.case import Case, CaseReport, Urgency
from casework.models.event import CaseEvent

__all__ = ["Case", "CaseEvent", "CaseReport", "Urgency"]
