"""What was told, who may see it, who has seen it, and what the reporter was told back."""

from reporting.models.access import GrantBasis, ReportAccess, ReportBar, ReportGrant, SharingPreference
from reporting.models.apart import EqualityAnswers, Suspect
from reporting.models.centre_record import CentreRecord
from reporting.models.conflict import ConflictBar
from reporting.models.draft import Draft, DraftChanged, DraftGone, is_other_than_read
from reporting.models.evidence import Evidence, EvidenceState
from reporting.models.from_reporter import Addition, MessageFromReporter, ReporterRequest
from reporting.models.help_asked import HelpAsked, HelpStands
from reporting.models.message import ReporterMessage
from reporting.models.phrase_check import PhraseCheck, Verdict
from reporting.models.practice import PracticeRun
from reporting.models.report import Report
from reporting.models.risk import RiskAssessment, RiskLevel
from reporting.models.survey import SurveyAnswer, SurveyInvitation, SurveyLink
from reporting.models.visit import Visit
from reporting.models.word import ReporterWord, WordState

__all__ = [
    "Addition",
    "CentreRecord",
    "ConflictBar",
    "Draft",
    "DraftChanged",
    "DraftGone",
    "EqualityAnswers",
    "Evidence",
    "EvidenceState",
    "GrantBasis",
    "HelpAsked",
    "HelpStands",
    "MessageFromReporter",
    "PhraseCheck",
    "PracticeRun",
    "Report",
    "ReportAccess",
    "ReportBar",
    "ReportGrant",
    "ReporterMessage",
    "ReporterRequest",
    "ReporterWord",
    "RiskAssessment",
    "RiskLevel",
    "SharingPreference",
    "Suspect",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyLink",
    "Verdict",
    "Visit",
    "WordState",
    "is_other_than_read",
]
