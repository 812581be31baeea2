"""Who may let whom in, and with which roles: administrators everybody, managers their own people and no higher."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from partners.models.organisation import Organisation, OrganisationKind
from partners.roles import (
    CENTRE_MANAGER,
    CENTRE_VOLUNTEER,
    OFFICER,
    PLAN_CONTRIBUTOR,
    ROLES,
    TEAM_MANAGER,
    Permission,
    Role,
)

if TYPE_CHECKING:
    from partners.models.membership import Membership
    from partners.models.person import User

AT_A_CENTRE = frozenset({CENTRE_VOLUNTEER.code, CENTRE_MANAGER.code})
# What a manager may give to the people of their own house; all else is for administrators.
GIVEN_BY_MANAGERS = AT_A_CENTRE | {OFFICER.code, TEAM_MANAGER.code, PLAN_CONTRIBUTOR.code}


class NotYoursToChange(Exception):
    """The person, the place or the role is beyond what the one who asks may give or take."""


class RolesDoNotFit(Exception):
    """The roles do not fit the kind of organisation."""


def looks_after(user: "User", organisation_id: int | None) -> bool:
    """Whether somebody lets people into this organisation and out of it."""
    if user.may(Permission.INVITE_PEOPLE):
        return True
    is_theirs = organisation_id is not None and organisation_id == user.organisation_id
    return is_theirs and user.may(Permission.INVITE_OWN_PEOPLE)


def roles_fitting(organisation: Organisation) -> list[Role]:
    """The roles that there can be at an organisation of this kind."""
    is_centre = organisation.kind == OrganisationKind.CENTRE
    return [role for role in ROLES.values() if (role.code in AT_A_CENTRE) == is_centre]


def roles_given_by(user: "User", organisation: Organisation) -> list[Role]:
    """The roles that this person may give, and take, at this organisation."""
    if not looks_after(user, organisation.pk):
        return []
    fitting = roles_fitting(organisation)
    if user.may(Permission.INVITE_PEOPLE):
        return fitting
    return [role for role in fitting if role.code in GIVEN_BY_MANAGERS]


def may_change(user: "User", membership: "Membership") -> bool:
    """Whether somebody may change what another person may do: never their own, nor what is above them."""
    given = {role.code for role in roles_given_by(user, membership.organisation)}
    return user.pk != membership.user_id and (
        user.may(Permission.INVITE_PEOPLE) or set(membership.role_codes) <= given
    )


def may_restore(user: "User", somebody: "User") -> bool:
    """Whether somebody may give suspended access back: administrators always, managers only where a manager took it
    away, and neither an administrator nor the quarterly review did."""
    if user.may(Permission.INVITE_PEOPLE):
        return True
    before = somebody.suspended_by
    return before is not None and not before.may(Permission.INVITE_PEOPLE)


def refuse_grant(by: "User | None", organisation: Organisation, role_codes: Iterable[str]) -> None:
    """Raises RolesDoNotFit, or NotYoursToChange where `by` may not give these roles there."""
    asked, fitting = set(role_codes), {role.code for role in roles_fitting(organisation)}
    if not asked or not asked <= fitting:
        raise RolesDoNotFit(_role_and_place(organisation.kind == OrganisationKind.CENTRE))
    if by and not asked <= {role.code for role in roles_given_by(by, organisation)}:
        raise NotYoursToChange("Only an administrator of the partnership can give these roles here.")


def refuse_change(by: "User | None", membership: "Membership") -> None:
    """Raises NotYoursToChange where `by` may not change what this member may do."""
    if by is None or may_change(by, membership):
        return
    if by.pk == membership.user_id:
        raise NotYoursToChange("Nobody changes their own access. Ask another administrator.")
    raise NotYoursToChange("Only an administrator of the partnership can change this person’s access.")


def _role_and_place(is_centre: bool) -> str:
    if is_centre:
        return "People at a reporting centre are centre volunteers or centre managers and nothing else"
    return "Only people at a reporting centre can be centre volunteers or centre managers"
