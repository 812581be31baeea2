"""Organisations, areas, centres and the people who work in them."""

from partners.models.area import CommunitySafetyPartnership, District
from partners.models.centre import ReportingCentre
from partners.models.organisation import Organisation, OrganisationGroup, OrganisationKind, SharingAgreement
from partners.models.person import AlreadyHasAccount, Invitation, InvitationNotValid, Membership, User

__all__ = [
    "AlreadyHasAccount",
    "CommunitySafetyPartnership",
    "District",
    "Invitation",
    "InvitationNotValid",
    "Membership",
    "Organisation",
    "OrganisationGroup",
    "OrganisationKind",
    "ReportingCentre",
    "SharingAgreement",
    "User",
]
