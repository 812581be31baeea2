"""What was asked of us about somebody's data, what was given to them, and what we told others."""

from rights.models.disclosure import Disclosure
from rights.models.pack import SubjectPack
from rights.models.request import RequestReport, RightsRequest

__all__ = ["Disclosure", "RequestReport", "RightsRequest", "SubjectPack"]
