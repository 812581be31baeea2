"""Organisations, areas, centres and the people who work in them."""

from partners.models.absence import Absence
from partners.models.access_review import AccessReview, AccessReviewAnswer
from partners.models.area import CommunitySafetyPartnership, District
from partners.models.centre import CentreStanding, ReportingCentre
from partners.models.granting import NotYoursToChange, RolesDoNotFit
from partners.models.invitation import Invitation, InvitationNotValid
from partners.models.kept_form import KeptForm
from partners.models.membership import HasLeft, LastAdministrator, Membership, Team, TeamExists, TeamNotHere
from partners.models.organisation import Organisation, OrganisationGroup, OrganisationKind, SharingAgreement
from partners.models.person import AlreadyHasAccount, User
from partners.models.postcode import Postcode
from partners.models.printed_code import PrintedCode
from partners.models.provider import SignInProvider
from partners.models.reference import ChangedMeanwhile, ReferenceKind, ReferenceVersion
from partners.models.second_factor_reset import SecondFactorReset
from partners.models.session import StaffSession

__all__ = [
    "Absence",
    "AccessReview",
    "AccessReviewAnswer",
    "AlreadyHasAccount",
    "CentreStanding",
    "ChangedMeanwhile",
    "CommunitySafetyPartnership",
    "District",
    "HasLeft",
    "Invitation",
    "InvitationNotValid",
    "KeptForm",
    "LastAdministrator",
    "Membership",
    "NotYoursToChange",
    "Organisation",
    "OrganisationGroup",
    "OrganisationKind",
    "Postcode",
    "PrintedCode",
    "ReferenceKind",
    "ReferenceVersion",
    "ReportingCentre",
    "RolesDoNotFit",
    "SecondFactorReset",
    "SharingAgreement",
    "SignInProvider",
    "StaffSession",
    "Team",
    "TeamExists",
    "TeamNotHere",
    "User",
]
