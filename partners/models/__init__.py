"""Organisations, areas, centres and the people who work in them."""

from partners.models.area import CommunitySafetyPartnership, District
from partners.models.centre import ReportingCentre
from partners.models.organisation import Organisation, OrganisationGroup, OrganisationKind, SharingAgreement
from partners.models.person import AlreadyHasAccount, Invitation, InvitationNotValid, Membership, User
from partners.models.reference import ChangedMeanwhile, ReferenceKind, ReferenceVersion

__all__ = [
    "AlreadyHasAccount",
    "ChangedMeanwhile",
    "CommunitySafetyPartnership",
    "District",
    "Invitation",
    "InvitationNotValid",
    "Membership",
    "Organisation",
    "OrganisationGroup",
    "OrganisationKind",
    "ReferenceKind",
    "ReferenceVersion",
    "ReportingCentre",
    "SharingAgreement",
    "User",
]
