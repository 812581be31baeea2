"""The partnership's plans, and what its members report on them."""

from actionplans.models.action import Action, Importance, Milestone, NotInvolved
from actionplans.models.measure import Contribution, CountedBy, Measure, Total
from actionplans.models.plan import ActionPlan, DefinitionAdoption, Priority, StrategyStatement
from actionplans.models.update import Confidence, ProgressUpdate

__all__ = [
    "Action",
    "ActionPlan",
    "Confidence",
    "Contribution",
    "CountedBy",
    "DefinitionAdoption",
    "Importance",
    "Measure",
    "Milestone",
    "NotInvolved",
    "Priority",
    "ProgressUpdate",
    "StrategyStatement",
    "Total",
]
