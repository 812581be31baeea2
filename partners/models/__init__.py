"""Organisations, areas, centres and the people who work in them."""

from partners.models.area import CommunitySafetyPartnership, District
from partners.models.centre import ReportingCentre
from partners.models.organisation import Organisation, OrganisationKind, SharingAgreement
from partners.models.person import Invitation, InvitationNotValid, Membership, User

__all__ = [
    "CommunitySafetyPartnership",
    "District",
    "Invitation",
    "InvitationNotValid",
    "Membership",
    "Organisation",
    "OrganisationKind",
    "ReportingCentre",
    "SharingAgreement",
    "User",
]
