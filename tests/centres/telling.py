"""Saddlers Hill School in Melton has a link, and its office tells by it."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from centres.models import HeardThere, TellUsLink
from partners.models import User
from tests.people import NOW, district, member, organisation

TODAY = NOW.date()


def halina() -> User:
    """Halina looks after centres for the county council."""
    return member("Halina Frost", organisation("lcc"), "centre_lead")


def a_link(place: str = "Saddlers Hill School", **other: Any) -> TellUsLink:
    """A link of a school in Melton, unless said otherwise."""
    said = {"kind": "school", "district": district("melton"), "sent_to": "", "by": halina(), "now": NOW}
    return TellUsLink.make(place, **{**said, "today": TODAY, **other})


def told_by(link: TellUsLink, *, week: date = TODAY, now: datetime = NOW, **other: Any) -> HeardThere:
    """Words in the corridor, this week; nobody is named."""
    said = {
        "kinds": ["words"],
        "strands": ["race"],
        "is_going_on": "yes",
        "worry": 2,
        "source": "told",
        "words": "",
        "form": uuid4(),
    }
    return HeardThere.tell(link, week=week, now=now, **{**said, **other})
