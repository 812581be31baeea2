"""Meetings and action logs of the demonstration, by the real acts: what was said four weeks ago, and what is asked."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from actionplans.agenda import fill
from actionplans.models import Action, LogEntry, Meeting, MeetingItem
from llr_hate.demo.staff import PEOPLE
from partners.data import Entry, entries, installed
from partners.models import Organisation, User

MEETINGS = "demo/meetings.toml"
LASTED = timedelta(hours=2)


class _Told:
    """Who and what the folder's codes stand for, and its days."""

    def __init__(self, now: datetime) -> None:
        self.now, self.today = now, timezone.localdate(now)
        addresses = {
            each["code"]: each["email"] for each in entries(installed(PEOPLE), "people", file=PEOPLE)
        }
        people = {user.email: user for user in User.objects.all()}
        self.people = {code: people[email] for code, email in addresses.items() if email in people}
        self.organisations = {each.code: each for each in Organisation.objects.all()}
        self.actions: Mapping[str, Action] = {each.ref: each for each in Action.objects.all()}

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def at(self, days: int) -> datetime:
        return self.now + timedelta(days=days)

    def asked(self, entry: Entry) -> dict[str, Any]:
        """What LogEntry.add is given."""
        person = self.people.get(entry["to"])
        house = person.organisation if person else self.organisations[entry["to"]]
        return {
            "what": entry["what"],
            "organisation": house,
            "person": person,
            "due": self.day(entry["days"]),
        }


def leave_meetings(*, now: datetime) -> None:
    """A closed meeting with its minutes, entries of each group's log, and the next meeting with its agenda."""
    told, said = _Told(now), installed(MEETINGS)
    chair = told.people[said["closed"]["chair"]]
    for entry in entries(said, "entries", file=MEETINGS):
        given, made_at = told.asked(entry), told.at(-entry["days_ago"])
        _go_on(LogEntry.add(entry["group"], **given, by=chair, now=made_at), entry, told, chair)
    _closed(said["closed"], told)
    _to_come(said["to_come"], told)


def _closed(said: Entry, told: _Told) -> None:
    chair, at = told.people[said["chair"]], told.at(-said["days_ago"])
    around: dict[str, Any] = {"by": chair, "now": at}
    meeting = Meeting.plan(
        said["group"], held_on=told.day(-said["days_ago"]), place=said["place"], by=chair, now=at - LASTED
    )
    meeting.add_items([_item(each, told) for each in said["items"]], **around)
    present = [told.people[code] for code in said["present"]]
    meeting.note_attendance(present, others=said["others"], apologies=said["apologies"], **around)
    meeting.open(**around)
    made = []
    for item, each in zip(meeting.items.all(), said["items"], strict=True):
        item.meeting = meeting
        wrote: dict[str, Any] = {"note": each["note"], "decision": each.get("decision", "")}
        item.write(**wrote, seen=0, **around)
        for ask in each["asks"]:
            made.append((item.write(**wrote, seen=1, asked=told.asked(ask), **around), ask))
    meeting.close(by=chair, now=at + LASTED)
    for entry, ask in made:
        if entry:
            _go_on(entry, ask, told, chair)


def _item(said: Entry, told: _Told) -> MeetingItem:
    action = told.actions[said["about"]] if "about" in said else None
    title = str(action) if action else said["title"]
    return MeetingItem(action=action, title=title, why=said.get("why", ""))


def _go_on(entry: LogEntry, said: Entry, told: _Told, chair: User) -> None:
    """What happened with an entry since it was made."""
    if "moved_to" in said:
        moved_at = told.at(said["days"] - 2)
        entry.put_off(told.day(said["moved_to"]), said["moved_because"], by=chair, now=moved_at)
    if "done" in said:
        entry.mark_done(said["done"], by=chair, now=told.at(said["done_days"]))
    if "dropped" in said:
        entry.drop(said["dropped"], by=chair, now=told.at(said["dropped_days"]))


def _to_come(said: Entry, told: _Told) -> None:
    by, at = told.people[said["by"]], told.at(-said["planned_days_ago"])
    day = told.day(said["in_days"])
    fill(Meeting.plan(said["group"], held_on=day, place=said["place"], by=by, now=at), by=by, now=at)
