"""The invented staff and reporting centres of the demonstration, brought in by the acts that bring in anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from centres.models import How
from centres.standing import list_
from centres.verifying import verify
from llr_hate.demo.centres import OPENED_DAYS_AGO, PASSWORD, check_and_sign, propose
from partners.data import entries, field, installed, known
from partners.models import Invitation, Organisation, ReportingCentre, Team, User
from partners.roles import Permission

CENTRES = "demo/centres.toml"
PEOPLE = "demo/people.toml"
# Somebody was invited and has not come yet: work for the administrator.
NOT_YET_IN = "Wren Castellane", "wren.castellane@leicestershire.example"


@dataclass(frozen=True)
class Persona:
    """One card of the demonstration's first page; `email` is '' for the person who told us what happened."""

    code: str
    title: str
    line: str
    start: str
    email: str
    name: str = ""
    organisation: str = ""


def make_staff(now: datetime) -> list[User]:
    """Everybody of `demo/people.toml` and every centre of `demo/centres.toml`; asked again, nobody comes twice."""
    with transaction.atomic():
        listed = _by_code(CENTRES, "centres")
        new = {code: _centre(code, entry, now) for code, entry in listed.items()}
        organisations = {each.code: each for each in Organisation.objects.all()}
        staff = [
            _person(entry, _workplace(entry, organisations), now)
            for entry in entries(installed(PEOPLE), "people", file=PEOPLE)
        ]
        for code, centre in new.items():
            if centre:
                council = organisations[listed[code]["verified_by"]]
                check_and_sign(centre, listed[code], council=council, now=now)
        _invite_one_more(organisations["lcc"], staff, now)
    return staff


def personas() -> list[Persona]:
    """The cards, in order."""
    people = _by_code(PEOPLE, "people")
    listed = entries(installed(PEOPLE), "personas", file=PEOPLE)
    return [_persona(entry, people) for entry in sorted(listed, key=lambda entry: entry["order"])]


def _persona(entry: Mapping[str, Any], people: Mapping[str, Mapping[str, Any]]) -> Persona:
    person = (
        known(people, entry["person"], file=PEOPLE, entry=entry, role="person") if "person" in entry else {}
    )
    return Persona(
        code=entry["code"],
        title=entry["title"],
        line=entry["line"],
        start=entry["start"],
        email=person.get("email", ""),
        name=f"{person['first_name']} {person['last_name']}" if person else "",
    )


def _by_code(file: str, table: str) -> dict[str, Mapping[str, Any]]:
    return {field(entry, "code", file=file): entry for entry in entries(installed(file), table, file=file)}


def _centre(code: str, entry: Mapping[str, Any], now: datetime) -> ReportingCentre | None:
    """The centre, proposed long ago and listed then or later; None where it is there already."""
    if Organisation.objects.filter(code=code).exists():
        return None
    council = Organisation.objects.get(code=entry["verified_by"])
    centre = propose(code, entry, council=council, by=None, now=now - timedelta(days=OPENED_DAYS_AGO))
    listed = now - timedelta(days=entry.get("listed_days_ago", OPENED_DAYS_AGO))
    verify(centre, how=How.VISIT, by=None, now=listed)
    list_(centre, by=None, now=listed)
    return centre


def _workplace(entry: Mapping[str, Any], organisations: Mapping[str, Organisation]) -> Organisation:
    if "centre" in entry:
        return known(organisations, entry["centre"], file=PEOPLE, entry=entry, role="centre")
    return known(organisations, entry["organisation"], file=PEOPLE, entry=entry, role="organisation")


def _person(entry: Mapping[str, Any], at: Organisation, now: datetime) -> User:
    known_person = User.objects.filter(email=entry.get("email", "")).first()
    if known_person:
        return known_person
    came = now - timedelta(days=400)
    invitation = Invitation.invite(
        email=entry.get("email", ""),
        name=f"{entry['first_name']} {entry['last_name']}",
        organisation=at,
        role_codes=list(entry["roles"]),
        by=None,
        now=came,
        lasts=timedelta(days=7),
    )
    user = invitation.accept(password=PASSWORD, now=came + timedelta(days=1))
    user.job_title = entry["job_title"]
    user.is_active = entry["active"]
    user.save(update_fields=["job_title", "is_active"])
    if "team" in entry:
        _put_into_team(user, entry["team"], came)
    return user


def _put_into_team(user: User, name: str, came: datetime) -> None:
    here = user.membership
    assert here
    known_team = Team.objects.filter(organisation=here.organisation, name=name).first()
    team = known_team or Team.make(here.organisation, name, by=None, now=came)
    here.change_roles(here.role_codes, team=team, by=None, now=came + timedelta(days=1))


def _invite_one_more(county: Organisation, staff: list[User], now: datetime) -> None:
    name, email = NOT_YET_IN
    administrator = next((person for person in staff if person.may(Permission.INVITE_PEOPLE)), None)
    if not Invitation.objects.filter(email=email).exists():
        Invitation.invite(
            email=email,
            name=name,
            organisation=county,
            role_codes=["officer"],
            by=administrator,
            now=now - timedelta(days=9),
        )
