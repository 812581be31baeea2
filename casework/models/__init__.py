"""Cases: what the partners do about what was told."""

from casework.models.case import Case, Urgency
from casework.models.contact import ContactAttempt, ContactWay
from casework.models.event import CaseEvent
from casework.models.keeping import Keeping
from casework.models.legal_hold import LegalHold
from casework.models.link import CaseReport
from casework.models.pack import Pack, PackDownload, PackKind, PackMedium, PackPurpose
from casework.models.person import NobodyWrittenDown, Person, PersonSign, SamePerson
from casework.models.police_answer import AnswerSource, NumberKind, PoliceAnswer, PoliceNumberSign
from casework.models.report_signs import ReportSigns
from casework.models.saved_view import SavedView
from casework.models.set_aside import SetAside
from casework.models.share import Override, Referral, ReferralState, Share, WhyEnded
from casework.models.suspect import SameSuspect, SuspectRecord, SuspectSign
from casework.models.task import Task

__all__ = [
    "WhyEnded",
    "Share",
    "ReferralState",
    "Referral",
    "Override",
    "AnswerSource",
    "Case",
    "CaseEvent",
    "CaseReport",
    "ContactAttempt",
    "ContactWay",
    "Keeping",
    "LegalHold",
    "NobodyWrittenDown",
    "NumberKind",
    "Pack",
    "PackDownload",
    "PackKind",
    "PackMedium",
    "PackPurpose",
    "Person",
    "PersonSign",
    "ReportSigns",
    "PoliceAnswer",
    "PoliceNumberSign",
    "SamePerson",
    "SameSuspect",
    "SavedView",
    "SetAside",
    "SuspectRecord",
    "SuspectSign",
    "Task",
    "Urgency",
]
