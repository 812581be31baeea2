"""The partnership's plans, what its members report on them, and how they are steered."""

from actionplans.models.action import (
    Action,
    Course,
    Importance,
    NothingToOverride,
    NotInvolved,
    NotThePlansOwner,
    ReasonMissing,
)
from actionplans.models.campaign import (
    Campaign,
    CampaignEvent,
    CampaignKind,
    CommsContact,
    Material,
    Reach,
)
from actionplans.models.change import ActionVersion, ChangeKind, ChangeRequest, Decision, RagOverride
from actionplans.models.cycle import Reminder, UpdateCycle
from actionplans.models.log import Group, LogAct, LogChange, LogEntry, LogState
from actionplans.models.measure import Contribution, CountedBy, Measure, Total
from actionplans.models.meeting import Meeting, MeetingItem
from actionplans.models.milestone import Milestone
from actionplans.models.plan import ActionPlan, DefinitionAdoption, Priority, StrategyStatement
from actionplans.models.standing import Edition, Standing
from actionplans.models.training import SessionKind, TrainingSession
from actionplans.models.update import Confidence, Evidence, ProgressUpdate, UpdateDraft

__all__ = [
    "Action",
    "ActionPlan",
    "ActionVersion",
    "Campaign",
    "CampaignEvent",
    "CampaignKind",
    "ChangeKind",
    "ChangeRequest",
    "CommsContact",
    "Confidence",
    "Contribution",
    "CountedBy",
    "Course",
    "Decision",
    "DefinitionAdoption",
    "Edition",
    "Evidence",
    "Group",
    "Importance",
    "LogAct",
    "LogChange",
    "LogEntry",
    "LogState",
    "Material",
    "Measure",
    "Meeting",
    "MeetingItem",
    "Milestone",
    "NotInvolved",
    "ReasonMissing",
    "NotThePlansOwner",
    "NothingToOverride",
    "Priority",
    "ProgressUpdate",
    "RagOverride",
    "Reach",
    "Reminder",
    "SessionKind",
    "Standing",
    "StrategyStatement",
    "Total",
    "TrainingSession",
    "UpdateCycle",
    "UpdateDraft",
]
