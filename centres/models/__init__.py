"""What the partnership knows of its reporting centres beyond where they are."""

from centres.models.champion import Champion, ChampionTraining
from centres.models.event import CentreEvent
from centres.models.fitness import FitnessReview, Outcome
from centres.models.verification import How, ListingWarning, Verification, WarningStage
from centres.models.visit import MysteryVisit, VisitKind

__all__ = [
    "CentreEvent",
    "Champion",
    "ChampionTraining",
    "FitnessReview",
    "How",
    "ListingWarning",
    "MysteryVisit",
    "Outcome",
    "Verification",
    "VisitKind",
    "WarningStage",
]
