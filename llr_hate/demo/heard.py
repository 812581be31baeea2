"""What invented schools and landlords told by their links, by the acts of the portal, each on its day."""

from datetime import datetime, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from centres.models import HeardThere, TellUsLink
from llr_hate.demo.centres import lead_of_the_centres
from partners.data import Entry, entries, field, installed
from partners.models import District, User

FILE = "demo/heard.toml"
CODES = ("kinds", "strands", "is_going_on", "worry", "source")


def leave_what_was_heard(*, now: datetime) -> None:
    """Links of six places, and what they told in the last weeks."""
    said, lead = installed(FILE), lead_of_the_centres()
    links = {entry["place"]: _link(entry, lead, now) for entry in entries(said, "links", file=FILE)}
    for number, entry in enumerate(entries(said, "heard", file=FILE)):
        _heard(number, entry, links[field(entry, "place", file=FILE)], lead, now)


def _link(entry: Entry, lead: User, now: datetime) -> TellUsLink:
    at = now - timedelta(days=entry["made_days_ago"])
    link = TellUsLink.make(
        entry["place"],
        kind=entry["kind"],
        district=District.objects.get(code=entry["area"]),
        sent_to="",
        by=lead,
        now=at,
        today=timezone.localdate(at),
    )
    if "ended_days_ago" in entry:
        link.end(by=lead, now=now - timedelta(days=entry["ended_days_ago"]))
    return link


def _heard(number: int, entry: Entry, link: TellUsLink, lead: User, now: datetime) -> None:
    at = now - timedelta(days=entry["days_ago"])
    said = {name: entry[name] for name in CODES}
    telling = HeardThere.tell(
        link,
        form=uuid5(NAMESPACE_URL, f"demo/heard/{number}"),
        week=timezone.localdate(at),
        words=entry.get("words", ""),
        now=at,
        **said,
    )
    if entry.get("read"):
        telling.note_read(lead, now=at + timedelta(days=1))
