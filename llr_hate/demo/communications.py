"""What partners delivered and said in public, by the real acts, in the plans' own time moved to today."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from actionplans import campaigning
from actionplans.models import Action, Campaign
from actionplans.naming_contacts import name_contact
from actionplans.recording_sessions import record_session
from llr_hate.demo.staff import PEOPLE
from llr_hate.demo.years import LONDON
from partners.data import Entry, entries, installed
from partners.models import District, Organisation, User
from partners.roles import Permission

SESSIONS = "demo/sessions.toml"
CAMPAIGNS = "demo/campaigns.toml"


@dataclass(frozen=True)
class _Telling:
    """What each entry is read with."""

    now: datetime
    shift: timedelta
    organisations: Mapping[str, Organisation]
    districts: Mapping[str, District]
    actions: Mapping[str, Action]
    officers: Mapping[str, User]

    def day(self, day: date) -> date:
        return day + self.shift

    def at(self, day: date) -> datetime:
        """The evening of that day in the plans, or now where that is later."""
        return min(datetime.combine(self.day(day), time(16, 40), LONDON), self.now)

    def by(self, house: str) -> User:
        """Somebody there who keeps plans; where nobody does, somebody of the county council."""
        return self.officers.get(house) or self.officers["lcc"]


@transaction.atomic
def leave_communications(*, shift: timedelta, now: datetime) -> None:
    """Sessions, campaigns with their events and reach, materials and contacts."""
    telling = _Telling(
        now,
        shift,
        {each.code: each for each in Organisation.objects.all()},
        {each.code: each for each in District.objects.all()},
        {each.ref: each for each in Action.objects.select_related("plan")},
        _officers(),
    )
    for entry in entries(installed(SESSIONS), "sessions", file=SESSIONS):
        _session(entry, telling)
    said = installed(CAMPAIGNS)
    for entry in entries(said, "campaigns", file=CAMPAIGNS):
        _campaign(entry, telling)
    for entry in entries(said, "materials", file=CAMPAIGNS):
        _material(entry, telling)
    people = {entry["code"]: entry["email"] for entry in entries(installed(PEOPLE), "people", file=PEOPLE)}
    for entry in entries(said, "contacts", file=CAMPAIGNS):
        person = User.objects.get(email=people[entry["person"]])
        at = telling.at(entry["on"])
        name_contact(telling.organisations[entry["organisation"]], person, by=person, now=at)


def _officers() -> dict[str, User]:
    """One of each organisation who keeps plans, the first who came."""
    found: dict[str, User] = {}
    for user in User.objects.filter(is_active=True).order_by("pk"):
        if user.organisation and user.may(Permission.UPDATE_PLANS):
            found.setdefault(user.organisation.code, user)
    return found


def _session(entry: Entry, telling: _Telling) -> None:
    plain = ("kind", "title", "venue", "people_reached", "answers", "answers_better", "what_people_said")
    record_session(
        **{name: entry[name] for name in plain if name in entry},
        held_on=telling.day(entry["held_on"]),
        delivered_by=telling.organisations[entry["delivered_by"]],
        organisation=telling.organisations.get(entry.get("organisation", "")),
        district=telling.districts.get(entry.get("district", "")),
        action=telling.actions.get(entry.get("action", "")),
        by=telling.by(entry["delivered_by"]),
        now=telling.at(entry["held_on"]),
    )


def _campaign(entry: Entry, telling: _Telling) -> None:
    by = telling.by(entry["lead"])
    made = campaigning.plan_campaign(
        **{name: entry[name] for name in ("code", "kind", "name")},
        **{name: entry.get(name, "") for name in ("about", "audiences")},
        **{name: entry.get(name, []) for name in ("strands", "languages")},
        **_days(entry, telling),
        lead=telling.organisations[entry["lead"]],
        partners=[telling.organisations[code] for code in entry.get("partners", [])],
        districts=[telling.districts[code] for code in entry.get("districts", [])],
        action=telling.actions.get(entry.get("action", "")),
        by=by,
        now=telling.at(entry["planned"]),
    )
    for event in entry.get("events", []):
        _event(made, event, entry, telling)
    for reach in entry.get("reach", []):
        _reach(made, reach, telling)
    if "cancelled" in entry:
        at = telling.at(entry["cancelled"])
        campaigning.cancel_campaign(made, why=entry["cancelled_why"], by=by, now=at)


def _days(entry: Entry, telling: _Telling) -> dict[str, date]:
    """Moved with the plans; or the next time that a day of every year comes."""
    if "month_day" not in entry:
        return {name: telling.day(entry[name]) for name in ("starts", "ends")}
    today = timezone.localdate(telling.now)
    month, day = map(int, entry["month_day"].split("-"))
    starts = date(today.year, month, day)
    if starts < today:
        starts = starts.replace(year=today.year + 1)
    return {"starts": starts, "ends": starts + timedelta(days=entry["days"] - 1)}


def _event(campaign: Campaign, event: Mapping[str, Any], entry: Entry, telling: _Telling) -> None:
    planned, held_on = telling.at(entry["planned"]), telling.day(event["held_on"])
    campaigning.add_event(
        campaign,
        name=event["name"],
        held_on=held_on,
        district=telling.districts[event["district"]],
        place=event["place"],
        organisation=telling.organisations[event["organisation"]],
        people_reached=event.get("people_reached"),
        by=telling.by(event["organisation"]),
        now=planned if "people_reached" not in event else telling.at(event["held_on"]),
    )


def _reach(campaign: Campaign, reach: Mapping[str, Any], telling: _Telling) -> None:
    campaigning.enter_reach(
        campaign,
        organisation=telling.organisations[reach["organisation"]],
        channel=reach["channel"],
        people=reach["people"],
        clicks=reach.get("clicks"),
        on=telling.day(reach["on"]),
        by=telling.by(reach["organisation"]),
        now=telling.at(reach["on"]),
    )


def _material(entry: Entry, telling: _Telling) -> None:
    plain = ("title", "kind", "language", "is_easy_read", "link", "words")
    campaign = Campaign.objects.filter(code=entry.get("campaign", "")).first()
    campaigning.add_material(
        **{name: entry[name] for name in plain if name in entry},
        campaign=campaign,
        organisation=telling.organisations[entry["organisation"]],
        by=telling.by(entry["organisation"]),
        now=telling.at(entry["added"]),
    )
