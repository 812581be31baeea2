"""Meetings of invented people, for the tests of meetings and logs."""

from datetime import date, datetime, timedelta

from django.utils import timezone

from actionplans.models import Group, LogEntry, Meeting, MeetingItem
from partners.models import User
from tests.people import NOW, farah, member, organisation

TODAY = timezone.localdate(NOW)


def planned(group: str = Group.DELIVERY_GROUP, *, held_on: date = TODAY, now: datetime = NOW) -> Meeting:
    """A meeting with three topics, planned by Farah."""
    by = farah(now=now)
    meeting = Meeting.plan(group, held_on=held_on, place="Room 2", by=by, now=now)
    topics = [MeetingItem(title=title) for title in ("The bus project", "Schools", "Any other business")]
    meeting.add_items(topics, by=by, now=now)
    return meeting


def under_way(group: str = Group.DELIVERY_GROUP, *, now: datetime = NOW) -> Meeting:
    meeting = planned(group, held_on=timezone.localdate(now), now=now)
    meeting.open(by=farah(now=now), now=now)
    return meeting


def closed(group: str = Group.DELIVERY_GROUP, *, now: datetime = NOW) -> Meeting:
    """Of its first topic something was said and asked of Melton."""
    meeting = under_way(group, now=now)
    asked = {
        "what": "Write to the bus company",
        "organisation": organisation("melton-bc"),
        "due": timezone.localdate(now) + timedelta(days=14),
    }
    meeting.items.first().write(
        note="The company has not answered.",
        decision="Write again.",
        seen=0,
        by=farah(now=now),
        now=now,
        asked=asked,
    )
    meeting.close(by=farah(now=now), now=now + timedelta(hours=2))
    return meeting


def entry(
    group: str = Group.DELIVERY_GROUP,
    *,
    what: str = "Ring the school",
    at: str = "melton-bc",
    due: date = TODAY + timedelta(days=7),
    person: User | None = None,
    now: datetime = NOW,
) -> LogEntry:
    by = farah(now=now)
    return LogEntry.add(
        group, what=what, organisation=organisation(at), due=due, person=person, by=by, now=now
    )


def celandine(*, now: datetime = NOW) -> User:
    """Celandine of Melton updates plans, and runs no meetings."""
    return member("Celandine Prowse", organisation("melton-bc"), "officer", now=now)


def rafferty(*, now: datetime = NOW) -> User:
    """Rafferty of Melton runs meetings too."""
    return member("Rafferty Oduya", organisation("melton-bc"), "delivery_group", now=now)
