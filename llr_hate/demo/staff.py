"""The invented staff and reporting centres of the demonstration, brought in by the acts that bring in anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from partners.data import entries, field, installed, known
from partners.models import (
    CentreStanding,
    District,
    Invitation,
    Organisation,
    OrganisationKind,
    ReportingCentre,
    SharingAgreement,
    Team,
    User,
)
from partners.roles import Permission
from partners.wording import language_names

CENTRES = "demo/centres.toml"
PEOPLE = "demo/people.toml"
# For the way with two steps: said on the page of personas. In the demonstration there is nothing to protect.
PASSWORD = "three calm grey herons"
# Somebody was invited and has not come yet: work for the administrator.
NOT_YET_IN = "Wren Castellane", "wren.castellane@leicestershire.example"
AFTER_THE_COUNCILS = 100


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
        centres = {code: _centre(code, entry, now) for code, entry in _by_code(CENTRES, "centres").items()}
        organisations = {each.code: each for each in Organisation.objects.all()}
        staff = [
            _person(entry, _workplace(entry, organisations, centres), now)
            for entry in entries(installed(PEOPLE), "people", file=PEOPLE)
        ]
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


def _centre(code: str, entry: Mapping[str, Any], now: datetime) -> Organisation:
    today = timezone.localdate(now)
    organisation, is_new = Organisation.objects.get_or_create(
        code=code,
        defaults={
            "name": entry["name"],
            "short_name": entry["name"],
            "kind": OrganisationKind.CENTRE,
            "order": AFTER_THE_COUNCILS,
        },
    )
    if is_new:
        ReportingCentre.objects.create(
            organisation=organisation,
            district=District.objects.get(code=entry["area"]),
            kind=entry["kind"],
            about=entry["about"],
            address=entry["address"],
            phone=entry.get("phone", ""),
            email=entry.get("email", ""),
            opening_hours=entry["opening_hours"],
            languages=", ".join(language_names(entry["languages"])),
            is_step_free=entry["step_free"],
            has_private_room=entry["private_room"],
            looked_after_by=Organisation.objects.get(code=entry["verified_by"]),
            standing=CentreStanding.LISTED if entry["listed"] else CentreStanding.PROPOSED,
            opened_on=today - timedelta(days=600) if entry["listed"] else None,
            verified_on=today - timedelta(days=entry["verified_days_ago"]),
        )
        _agree(organisation, entry, now)
    return organisation


def _agree(centre: Organisation, entry: Mapping[str, Any], now: datetime) -> None:
    if "agreement_signed_days_ago" not in entry:
        return
    signed = timezone.localdate(now) - timedelta(days=entry["agreement_signed_days_ago"])
    agreement = SharingAgreement.objects.create(
        title=f"Information sharing with {centre.name}",
        signed_on=signed,
        review_on=signed + timedelta(days=365),
    )
    agreement.organisations.add(centre, Organisation.objects.get(code=entry["verified_by"]))


def _workplace(
    entry: Mapping[str, Any], organisations: Mapping[str, Organisation], centres: Mapping[str, Organisation]
) -> Organisation:
    if "centre" in entry:
        return known(centres, entry["centre"], file=PEOPLE, entry=entry, role="centre")
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
