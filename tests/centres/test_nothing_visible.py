"""Another centre's volunteer, somebody who was removed, and the people of a centre that closed see nothing of it.

The addresses are those of the access matrix: a new page of centres or of recording is asked for here by itself.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from centres.champions import name_champion
from centres.closing import close
from centres.models import MysteryVisit
from partners.models import User
from reporting.models import Draft, Report, ReporterWord, WordState
from reporting.safe_contact import Way
from scope.context import worker_scope
from tests.access_matrix import MATRIX
from tests.at_a_centre import at_a_centre
from tests.casework.world import told
from tests.people import asha, centre, client_for, member, organisation

pytestmark = pytest.mark.django_db
ROOMS = tuple(f"staff/{room}/" for room in ("record", "practice", "centre", "our-centre", "centres"))
AT_A_CENTRE = set("VM")
# Whatever else stands in an address: a record that is not there.
NO_RECORD = "00000000-0000-4000-8000-000000000000"


@dataclass(frozen=True)
class House:
    """The Quillfeather Rooms with all that somebody could see of them."""

    volunteer: User
    manager: User
    report: Report
    parts: dict[str, str]

    @property
    def secrets(self) -> list[str]:
        """What on no page of anybody else stands."""
        return [self.report.reference, "Quillfeather Rooms", self.manager.name, self.manager.email]


def quillfeather() -> House:
    """Asha and Ines work there; one report has news to pass on, one is begun; Ines is a champion."""
    now, volunteer = timezone.now(), asha()
    rooms = centre(now=now)
    manager = member("Ines Carrow", rooms.organisation, "centre_manager")
    report = told(by=volunteer, **at_a_centre({}, Q26_how="centre", Q26_phone=None, Q26_message=None))
    with worker_scope():
        ReporterWord.note(uuid4(), report, Way.CENTRE, WordState.WAITS, now=now)
    today = timezone.localdate(now)
    Draft.begin({"Q02": "victim"}, today=today, centre=rooms.organisation, recorded_by=volunteer)
    champion = name_champion(rooms, manager, since=today, by=manager, now=now)
    visit = MysteryVisit.objects.create(
        centre=rooms, visited_on=today, kind="call", noticed=[], score=50, said="Rang twice.", recorded_at=now
    )
    parts = {
        "centre": rooms.organisation.code,
        "champion": str(champion.pk),
        "visit": str(visit.pk),
        "report": report.reference,
    }
    return House(volunteer, manager, report, parts)


def addresses(house: House) -> Iterator[tuple[str, bool]]:
    """Each address of these rooms, and whether somebody at a centre opens it."""
    for row in MATRIX:
        if row.route.startswith(ROOMS):
            path = row.at.replace("LLR-0000-0000", house.report.reference)
            for name, value in house.parts.items():
                path = path.replace(f"{{{name}}}", value)
            yield f"/{path.format_map(Anything())}", bool(AT_A_CENTRE & set(row.letters))


class Anything(dict[str, str]):
    """A record of whatever kind that is not there."""

    def __missing__(self, name: str) -> str:
        return NO_RECORD


def answers(browser: Client, path: str) -> Iterator[tuple[int, str]]:
    for ask in (browser.get, browser.post):
        cache.clear()
        answer = ask(path)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield answer.status_code, body.decode(errors="replace")


def opened_by(somebody: User, house: House) -> list[str]:
    """The addresses at which they get anything but that there is nothing, or that say something of the house."""
    browser = client_for(somebody)
    return [
        path
        for path, _ in addresses(house)
        for status, text in answers(browser, path)
        if status != 404 or any(secret in text for secret in house.secrets)
    ]


def test_its_own_people_open_its_pages() -> None:
    house = quillfeather()
    ours = [path for path, is_ours in addresses(house) if is_ours]
    assert len(ours) > 20
    page = client_for(house.volunteer).get("/staff/centre/").content.decode()
    assert house.report.reference in page
    opened = opened_by(house.manager, house)
    assert {"/staff/our-centre/", "/staff/centre/", "/staff/record/"} <= set(opened)
    assert set(opened) <= set(ours)


def test_a_removed_volunteer_sees_nothing_in_the_session_that_was_open() -> None:
    house = quillfeather()
    browser = client_for(house.volunteer)
    assert browser.get("/staff/centre/").status_code == 200
    assert house.volunteer.membership
    house.volunteer.membership.end(by=None, now=timezone.now())
    assert browser.get("/staff/centre/").status_code == 404
    assert opened_by(house.volunteer, house) == []
    assert not any(secret in browser.get("/staff/").content.decode() for secret in house.secrets[:3])


def test_the_people_of_a_closed_centre_see_nothing_of_it_nor_of_anything() -> None:
    house = quillfeather()
    lead = member("Maud Alder", organisation("lcc"), "centre_lead")
    volunteer = client_for(house.volunteer)
    close(centre(), reason="gone", by=lead, now=timezone.now())
    assert opened_by(house.volunteer, house) == []
    assert opened_by(house.manager, house) == []
    today = volunteer.get("/staff/").content.decode()
    assert not any(secret in today for secret in house.secrets[:3])
    assert volunteer.get("/staff/people/").status_code == 404


def test_the_people_of_a_closed_centre_see_nothing_even_if_somebody_lets_them_in_again() -> None:
    house = quillfeather()
    close(
        centre(),
        reason="gone",
        by=member("Maud Alder", organisation("lcc"), "centre_lead"),
        now=timezone.now(),
    )
    house.volunteer.memberships.update(left_at=None)
    house.volunteer.forget_membership()
    page = client_for(house.volunteer).get("/staff/centre/").content.decode()
    assert house.report.reference not in page
    with worker_scope():
        assert not Report.objects.visible_to(house.volunteer).exists()
    assert not Draft.objects.filter(recorded_by=house.volunteer).exists()


@pytest.mark.parametrize("role", ["centre_volunteer", "centre_manager"])
def test_the_people_of_another_centre_see_nothing_of_it(role: str) -> None:
    house = quillfeather()
    other = centre("larkmere", now=timezone.now() - timedelta(days=1))
    stranger = client_for(member("Bryn Ashdown", other.organisation, role))
    told_of_it = [
        (path, status)
        for path, _ in addresses(house)
        for status, text in answers(stranger, path)
        if any(secret in text for secret in house.secrets)
    ]
    assert told_of_it == []
    with worker_scope():
        assert ReporterWord.objects.to_pass_on().count() == 1, "nobody else said that it was passed on"
    assert centre().champions.get().until is None
    for path, is_ours in addresses(house):
        if not is_ours or house.report.reference in path or house.parts["champion"] in path.split("/"):
            assert {status for status, _ in answers(stranger, path)} <= {404, 405}, path
