"""Everybody of a reporting centre let go at once, when it closes for good."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from audit import trail
from partners.models import Invitation, Membership, Organisation, OrganisationKind, User


@dataclass(frozen=True)
class LetGo:
    """How many people worked there, and how many invitations were not taken up."""

    people: int
    invitations: int


def to_be_let_go(house: Organisation) -> LetGo:
    """What `let_go` would do now."""
    return LetGo(
        Membership.objects.current().filter(organisation=house).count(),
        Invitation.objects.waiting().filter(organisation=house).count(),
    )


@transaction.atomic
def let_go(house: Organisation, *, by: User | None, now: datetime) -> LetGo:
    """Ends everybody's work at a centre, and takes back what nobody has taken up: on their next request its people see
    nothing more. Who decides that a centre closes need not look after people. Nobody at a centre is an administrator,
    so that none is missing afterwards."""
    if house.kind != OrganisationKind.CENTRE:
        raise ValueError("People of other organisations leave one by one: their work is handed over.")
    here = Membership.objects.current().filter(organisation=house)
    members = list(here.select_for_update(of=("self",), no_key=True))
    for member in members:
        member.left_at = now
        member.save(update_fields=["left_at"])
        facts = {"organisation": house.code, "person": member.user_id}
        trail.record("membership.ended", member, by=by, now=now, **facts)
    waiting = list(Invitation.objects.waiting().filter(organisation=house).select_for_update(of=("self",)))
    for invitation in waiting:
        invitation.taken_back_at, invitation.taken_back_by = now, by
        invitation.save(update_fields=["taken_back_at", "taken_back_by"])
        trail.record("invitation.taken_back", invitation, by=by, now=now, to=house.code)
    return LetGo(len(members), len(waiting))
