"""What more than one looks at again: repeat victims and places, case reviews, closed cases."""

from reviews.models.case_review import CaseReviewRequest
from reviews.models.decision import JagAction, JagDecision
from reviews.models.item import ItemState, JagCase, JagIncident, JagItem
from reviews.models.meeting import JagMeeting
from reviews.models.place import PlaceKind, SamePlace
from reviews.models.sample import PanelAnswer, Sample, SampledCase

__all__ = [
    "CaseReviewRequest",
    "ItemState",
    "JagAction",
    "JagCase",
    "JagDecision",
    "JagIncident",
    "JagItem",
    "JagMeeting",
    "PanelAnswer",
    "PlaceKind",
    "SamePlace",
    "Sample",
    "SampledCase",
]
