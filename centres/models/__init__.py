"""What the partnership knows of its reporting centres beyond where they are."""

from centres.models.champion import Champion, ChampionTraining
from centres.models.event import CentreEvent
from centres.models.fitness import FitnessReview, Outcome
from centres.models.heard_there import GoingOn, HeardKind, HeardThere, Source, Worry
from centres.models.tell_us import LinkEnded, LinkNotValid, PlaceKind, TellUsLink
from centres.models.verification import How, ListingWarning, Verification, WarningStage
from centres.models.visit import MysteryVisit, VisitKind

__all__ = [
    "CentreEvent",
    "Champion",
    "ChampionTraining",
    "FitnessReview",
    "GoingOn",
    "HeardKind",
    "HeardThere",
    "How",
    "LinkEnded",
    "LinkNotValid",
    "ListingWarning",
    "MysteryVisit",
    "Outcome",
    "PlaceKind",
    "Source",
    "TellUsLink",
    "Verification",
    "VisitKind",
    "WarningStage",
    "Worry",
]
