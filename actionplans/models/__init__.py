"""The partnership's plans, and what its members report on them."""

from actionplans.models.action import Action, Contribution, Measure, Milestone, ProgressUpdate
from actionplans.models.plan import ActionPlan, DefinitionAdoption, Priority, StrategyStatement

__all__ = [
    "Action",
    "ActionPlan",
    "Contribution",
    "DefinitionAdoption",
    "Measure",
    "Milestone",
    "Priority",
    "ProgressUpdate",
    "StrategyStatement",
]
