"""The invented people of the tests, and the partnership they work in, made by the real acts."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from allauth.account.internal.flows.login import record_authentication
from django.conf import settings
from django.contrib.auth import login
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from partners.loading import load_partners
from partners.models import (
    CentreStanding,
    District,
    Invitation,
    Organisation,
    OrganisationKind,
    ReportingCentre,
    User,
)
from tests.kept_rows import begin_with

NOW = datetime(2026, 3, 10, 9, 30, tzinfo=UTC)
PARTNERSHIP = Path(__file__).resolve().parent.parent / "partnership" / "llr"
PASSWORD = "three calm grey herons"
BACKEND = settings.AUTHENTICATION_BACKENDS[0]
Known = TypeVar("Known", Organisation, District)


def make_partnership() -> None:
    """The organisations and areas of Leicester, Leicestershire and Rutland (no plans: `load_plans` is apart)."""
    if not Organisation.objects.filter(code="lcc").exists():
        begin_with("partnership", lambda: load_partners(PARTNERSHIP, now=NOW))


def organisation(code: str) -> Organisation:
    return _of_the_partnership(Organisation, code)


def district(code: str) -> District:
    return _of_the_partnership(District, code)


def _of_the_partnership(model: type[Known], code: str) -> Known:
    """Looked up in one statement where it stands already, as it mostly does."""
    found = model.objects.filter(code=code).first()
    if found is None:
        make_partnership()
        found = model.objects.get(code=code)
    return found


def centre(code: str = "quillfeather", *, area: str = "leicester", now: datetime = NOW) -> ReportingCentre:
    """An invented reporting centre, such as the Quillfeather Rooms."""
    lies_in = district(area)
    name = f"{code.replace('-', ' ').title()} Rooms"
    house, _ = Organisation.objects.get_or_create(
        code=code, defaults={"name": name, "short_name": name, "kind": OrganisationKind.CENTRE, "order": 100}
    )
    found, _ = ReportingCentre.objects.get_or_create(
        organisation=house,
        defaults={
            "district": lies_in,
            "address": "14 Quillfeather Street",
            "opening_hours": "Monday to Friday 9am to 5pm",
            "is_step_free": True,
            "verified_on": now.date(),
            "standing": CentreStanding.LISTED,
            "opened_on": now.date(),
        },
    )
    return found


def member(name: str, at: Organisation, *role_codes: str, now: datetime = NOW) -> User:
    """Somebody who was invited to an organisation and came; the same person when asked again."""
    email = f"{name.lower().replace(' ', '.')}@{at.code}.example"
    known = User.objects.filter(email=email).first()
    if known:
        return known
    invitation = Invitation.invite(
        email=email,
        name=name,
        organisation=at,
        role_codes=list(role_codes),
        by=None,
        now=now - timedelta(days=30),
        lasts=timedelta(days=60),
    )
    return invitation.accept(password=PASSWORD, now=now - timedelta(days=29))


def asha(*, now: datetime = NOW) -> User:
    """Asha volunteers at the Quillfeather Rooms in Leicester."""
    return member("Asha Demir", centre(now=now).organisation, "centre_volunteer", now=now)


def gwen(*, now: datetime = NOW) -> User:
    """Gwen is a community safety officer of Leicester City."""
    return member("Gwen Morrow", organisation("leicester-city"), "officer", now=now)


def tomasz(*, now: datetime = NOW) -> User:
    """Tomasz is a hate crime officer of the police."""
    return member("Tomasz Hale", organisation("police"), "officer", now=now)


def ngozi(*, now: datetime = NOW) -> User:
    """Ngozi is a community safety officer of Charnwood."""
    return member("Ngozi Bell", organisation("charnwood-bc"), "officer", now=now)


def mona(*, now: datetime = NOW) -> User:
    """Mona manages the team in which Ngozi works."""
    return member("Mona Reed", organisation("charnwood-bc"), "team_manager", now=now)


def farah(*, now: datetime = NOW) -> User:
    """Farah of the county council steers the plans in the delivery group, and works on cases."""
    return member("Farah Whitlow", organisation("lcc"), "officer", "delivery_group", now=now)


def sog_member(*, now: datetime = NOW) -> User:
    """Ivor of the commissioner's office sits in the Senior Officer Group."""
    return member("Ivor Pell", organisation("opcc"), "sog_member", now=now)


def administrator(*, now: datetime = NOW) -> User:
    """Maud of the county council lets people in."""
    return member("Maud Tarn", organisation("lcc"), "administrator", now=now)


def client_for(user: User, *, second_factor: bool = True) -> Client:
    """A browser in which `user` is signed in, with a second factor unless asked otherwise."""
    request = HttpRequest()
    request.session = SessionStore()
    login(request, user, backend=BACKEND)
    record_authentication(request, user, "password", email=user.email)
    if second_factor:
        record_authentication(request, user, "mfa", type="totp")
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key
    return client
