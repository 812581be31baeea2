"""The people and records that the access matrix speaks of."""

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.test import Client

from actionplans.loading import load_plans
from partners.models import Invitation, User
from scope.context import staff_scope
from tests.casework.world import told, triaged
from tests.people import (
    NOW,
    PARTNERSHIP,
    administrator,
    asha,
    client_for,
    gwen,
    ngozi,
    organisation,
    sog_member,
)

# The order of the columns in the matrix.
WHO = (
    "signed out",
    "centre volunteer",
    "another organisation's officer",
    "own officer",
    "SOG member",
    "administrator",
)


@dataclass(frozen=True)
class World:
    """The session of each column ('' for none), and what stands for each part of an address."""

    sessions: tuple[str, ...]
    parts: dict[str, str]

    def browser(self, column: int) -> Client:
        """A fresh browser in which only this session is known."""
        client = Client()
        if self.sessions[column]:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[column]
        return client


def make_world() -> World:
    """Two reports of Charnwood, one waiting and one in a case; Ngozi of Charnwood is their own officer."""
    own = ngozi()
    people = (asha(), gwen(), own, sog_member(), administrator())
    case = triaged(told(), by=own)
    with staff_scope(own.organisation_id or 0):
        case.assign(to=own, by=own, now=NOW)
    invitation = Invitation.invite(
        email="new.person@lcc.example",
        name="New Person",
        organisation=organisation("lcc"),
        role_codes=["officer"],
        by=None,
        now=NOW,
    )
    parts = {
        "case": case.reference,
        "report": told().reference,
        "person": str(own.pk),
        "centre": people[0].organisation.code,
        "invitation": str(invitation.pk),
    }
    load_plans(PARTNERSHIP, timedelta(0), NOW)
    return World(("", *(session_of(person) for person in people)), parts)


def session_of(person: User) -> str:
    return client_for(person).cookies[settings.SESSION_COOKIE_NAME].value
