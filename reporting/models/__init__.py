"""What was told, who may see it, who has seen it, and what the reporter was told back."""

from reporting.models.access import GrantBasis, ReportAccess, ReportBar, ReportGrant, SharingPreference
from reporting.models.draft import Draft, DraftChanged, DraftGone, is_other_than_read
from reporting.models.message import ReporterMessage
from reporting.models.report import Report

__all__ = [
    "Draft",
    "DraftChanged",
    "DraftGone",
    "GrantBasis",
    "Report",
    "ReportAccess",
    "ReportBar",
    "ReportGrant",
    "ReporterMessage",
    "SharingPreference",
    "is_other_than_read",
]
