"""Roles are code: what each may do is read and reviewed here; the database keeps only the short code."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What somebody may do; each view asks for one."""

    RECORD_REPORT = "report.record"
    SEE_QUEUE = "queue.see"
    WORK_CASES = "case.work"
    SEE_PLANS = "plan.see"
    UPDATE_PLANS = "plan.update"
    SEE_DASHBOARD = "dashboard.see"
    INVITE_PEOPLE = "people.invite"


@dataclass(frozen=True)
class Role:
    """A role, with the sentence that the person who grants it reads."""

    code: str
    name: str
    description: str
    permissions: frozenset[Permission]


def _role(code: str, name: str, description: str, *permissions: Permission) -> Role:
    return Role(code, name, description, frozenset(permissions))


CENTRE_VOLUNTEER = _role(
    "centre_volunteer",
    "Centre volunteer",
    "Records reports for people at one reporting centre and sees how those reports stand.",
    Permission.RECORD_REPORT,
)
OFFICER = _role(
    "officer",
    "Officer",
    "Reads and acts on reports that their organisation may see, and updates its actions.",
    Permission.SEE_QUEUE,
    Permission.WORK_CASES,
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
)
DELIVERY_GROUP = _role(
    "delivery_group",
    "Delivery group member",
    "Steers the plans in the Hate and Prevent Delivery Group and sees all figures.",
    Permission.SEE_PLANS,
    Permission.UPDATE_PLANS,
    Permission.SEE_DASHBOARD,
)
SOG_MEMBER = _role(
    "sog_member",
    "Senior Officer Group member",
    "Sees plans, figures and performance reports; reads no person's report.",
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
)
ADMINISTRATOR = _role(
    "administrator",
    "Administrator",
    "Invites people and gives them roles; reads no person's report.",
    Permission.INVITE_PEOPLE,
    Permission.SEE_PLANS,
    Permission.SEE_DASHBOARD,
)

ROLES = {role.code: role for role in (CENTRE_VOLUNTEER, OFFICER, DELIVERY_GROUP, SOG_MEMBER, ADMINISTRATOR)}
