"""What was told, who may see it, who has seen it, and what the reporter was told back."""

from reporting.models.access import GrantBasis, ReportAccess, ReportBar, ReportGrant, SharingPreference
from reporting.models.draft import Draft, DraftChanged, DraftGone, is_other_than_read
from reporting.models.evidence import Evidence, EvidenceState
from reporting.models.message import ReporterMessage
from reporting.models.report import Report
from reporting.models.visit import Visit

__all__ = [
    "Draft",
    "DraftChanged",
    "DraftGone",
    "Evidence",
    "EvidenceState",
    "GrantBasis",
    "Report",
    "ReportAccess",
    "ReportBar",
    "ReportGrant",
    "ReporterMessage",
    "SharingPreference",
    "Visit",
    "is_other_than_read",
]
