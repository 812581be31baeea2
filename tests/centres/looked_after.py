"""Centres that somebody looks after, for the tests: Orla leads, Bevan and Sunniva work at the Quillfeather Rooms."""

from datetime import date, timedelta

from centres import agreements, champions
from centres.checklist import checklist
from centres.models import Champion
from partners.models import ReportingCentre, User
from tests.people import NOW, centre, member, organisation

TODAY = NOW.date()
ALL_POINTS = [point.code for point in checklist().points]


def orla() -> User:
    """Orla of the county council looks after reporting centres."""
    return member("Orla Fenwick", organisation("lcc"), "centre_lead")


def bevan(at: ReportingCentre | None = None) -> User:
    """Bevan volunteers at a centre."""
    return member("Bevan Achebe", (at or centre()).organisation, "centre_volunteer")


def sunniva(at: ReportingCentre | None = None) -> User:
    """Sunniva runs a centre."""
    return member("Sunniva Pike", (at or centre()).organisation, "centre_manager")


def points(number: int) -> list[str]:
    """So many points of the checklist, the first ones."""
    return ALL_POINTS[:number]


def trained_champion(person: User, at: ReportingCentre, *, on: date = TODAY - timedelta(days=30)) -> Champion:
    """A champion, with a course."""
    champion = champions.name_champion(at, person, since=on, by=orla(), now=NOW)
    champions.record_training([champion], course="Hate awareness", on=on, by=orla(), now=NOW)
    return champion


def signed(
    at: ReportingCentre, *, on: date = TODAY - timedelta(days=30), review_on: date | None = None
) -> None:
    """The centre has signed with the county council."""
    agreements.sign(at, organisation("lcc"), signed_on=on, review_on=review_on, by=orla(), now=NOW)
