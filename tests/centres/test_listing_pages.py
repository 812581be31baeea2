"""The pages on which a centre's listing is confirmed, checked, changed and proposed."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from centres import tasks  # noqa: F401 - registers the outbox's handlers
from centres.models import CentreEvent, Verification
from centres.standing import suspend
from outbox.tasks import sweep
from partners.models import Organisation, ReferenceVersion, ReportingCentre, User
from tests.people import asha, centre, client_for, make_partnership, member, organisation

pytestmark = pytest.mark.django_db
LISTING = {
    "opening_hours": "Monday to Friday 9am to 5pm",
    "address": "14 Quillfeather Street",
    "postcode": "le1 1aa",
    "phone": "01632 960 101",
    "languages": "English; Gujarati,, English",
    "is_step_free": "yes",
    "has_private_room": "no",
}
WHOLE = LISTING | {
    "name": "Larkmere Library",
    "kind": "library",
    "about": "",
    "email": "",
    "district": "melton",
    "looked_after_by": "lcc",
}


def shown(client: Client, path: str, **said: Any) -> str:
    answer = client.post(path, said, follow=True) if said else client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def ines(rooms: ReportingCentre) -> Client:
    """Ines manages the Quillfeather Rooms."""
    return client_for(member("Ines Carrow", rooms.organisation, "centre_manager"))


def noor() -> User:
    """Noor of Leicester looks after centres."""
    return member("Noor Vale", organisation("leicester-city"), "centre_lead")


def hidden() -> ReportingCentre:
    """The Quillfeather Rooms, which nobody has checked for 100 days and Leicester looks after."""
    rooms = centre(now=timezone.now() - timedelta(days=100))
    rooms.looked_after_by = organisation("leicester-city")
    rooms.save()
    return rooms


def test_a_manager_confirms_with_one_button_and_people_find_the_centre_at_once() -> None:
    rooms = hidden()
    manager = ines(rooms)
    assert "people can’t find your centre until you do" in shown(manager, "/staff/")
    page = shown(manager, "/staff/our-centre/confirm/")
    assert "so people can’t find you. Confirm it, and they can at once." in page
    assert "14 Quillfeather Street" in page
    assert "Quillfeather" not in Client().post("/centres/").content.decode()
    assert "confirmed for the next 90 days" in shown(manager, "/staff/our-centre/confirm/", yes="1")
    assert "Quillfeather" in Client().post("/centres/").content.decode()
    assert "listing to confirm" not in shown(manager, "/staff/")
    checked = Verification.objects.get()
    assert (checked.how, checked.by and checked.by.name) == ("by_centre", "Ines Carrow")


def test_today_says_by_when_two_weeks_before() -> None:
    rooms = hidden()
    rooms.verified_on = timezone.localdate() - timedelta(days=80)
    rooms.save()
    day = timezone.localdate() + timedelta(days=10)
    assert f"listing to confirm by {day:%-d %B}" in shown(ines(rooms), "/staff/")
    assert "listing to confirm" not in shown(client_for(asha()), "/staff/")


def test_what_a_manager_changes_counts_at_once_is_kept_as_a_version_and_told_to_the_lead() -> None:
    rooms, lead = hidden(), noor()
    manager = ines(rooms)
    page = shown(manager, "/staff/our-centre/listing/")
    assert "Looked after by" not in page
    said = shown(manager, "/staff/our-centre/listing/", version=0, **LISTING | {"opening_hours": "Mondays"})
    assert "Saved. It counts from now on." in said
    rooms.refresh_from_db()
    assert (rooms.opening_hours, rooms.postcode, rooms.languages) == (
        "Mondays",
        "LE1 1AA",
        "English, Gujarati",
    )
    newest = ReferenceVersion.objects.of("centre", "quillfeather")[0]
    assert (newest.version, newest.data["opening_hours"], newest.by and newest.by.name) == (
        2,
        "Mondays",
        "Ines Carrow",
    )
    sweep()
    [letter] = [each for each in mail.outbox if "changed its own listing" in each.subject]
    assert letter.bcc == [lead.email]
    page = shown(client_for(lead), "/staff/centres/quillfeather/edit/")
    assert "Ines Carrow" in page
    assert "<ins>" in page


def test_two_who_change_at_once_see_each_other() -> None:
    rooms = hidden()
    manager, lead = ines(rooms), client_for(noor())
    shown(lead, "/staff/centres/quillfeather/edit/", version=0, **WHOLE | {"name": "Quillfeather Rooms"})
    late = shown(manager, "/staff/our-centre/listing/", version=0, **LISTING | {"opening_hours": "Mondays"})
    assert "Somebody changed this while you were writing" in late
    rooms.refresh_from_db()
    assert rooms.opening_hours == "Monday to Friday 9am to 5pm"


@pytest.mark.parametrize(
    ("field", "typed", "why"),
    [
        ("opening_hours", "", "Enter when people can come"),
        ("postcode", "somewhere", "Enter a full postcode"),
        ("phone", "ask for Ines", "Enter one phone number"),
        ("address", "<b>here</b>", "Take out the signs"),
        ("is_step_free", "", "Choose whether people can come in without steps"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(field: str, typed: str, why: str) -> None:
    rooms = hidden()
    assert why in shown(ines(rooms), "/staff/our-centre/listing/", version=0, **LISTING | {field: typed})
    assert not CentreEvent.objects.filter(act="edited").exists()


def test_a_new_centre_is_proposed_checked_and_listed_by_the_buttons() -> None:
    make_partnership()
    lead = client_for(noor())
    said = shown(lead, "/staff/centres/add/", **WHOLE)
    assert "Larkmere Library is proposed" in said
    made = ReportingCentre.objects.get(organisation__name="Larkmere Library")
    code = made.organisation.code
    assert (made.standing, made.district.code) == ("proposed", "melton")
    refused = shown(lead, f"/staff/centres/{code}/list/", go="1")
    assert "Record a call or a visit first" in refused
    today = timezone.localdate()
    day = {"on-day": today.day, "on-month": today.month, "on-year": today.year}
    shown(lead, f"/staff/centres/{code}/verify/", how="visit", **day)
    assert "Larkmere Library is listed. People can find it" in shown(
        lead, f"/staff/centres/{code}/list/", go="1"
    )
    assert "Larkmere Library" in Client().post("/centres/").content.decode()
    assert "There is an organisation called Larkmere Library already" in shown(
        lead, "/staff/centres/add/", **WHOLE
    )
    assert Organisation.objects.filter(name="Larkmere Library").count() == 1


def test_a_day_to_come_and_a_day_too_long_ago_are_refused_in_words() -> None:
    hidden()
    lead, today = client_for(noor()), timezone.localdate()
    for days, why in ((2, "must be today or in the past"), (-95, "more than 90 days ago")):
        on = today + timedelta(days=days)
        typed = {"on-day": on.day, "on-month": on.month, "on-year": on.year}
        page = shown(lead, "/staff/centres/quillfeather/verify/", how="call", **typed)
        assert why in page
    assert not Verification.objects.exists()


def test_suspending_says_why_and_lifting_says_if_the_public_still_does_not_see_it() -> None:
    rooms, lead = hidden(), client_for(noor())
    assert "Choose why it is suspended" in shown(lead, "/staff/centres/quillfeather/suspend/", reason="")
    assert "is suspended" in shown(lead, "/staff/centres/quillfeather/suspend/", reason="concern")
    again = shown(lead, "/staff/centres/quillfeather/suspend/", reason="concern")
    assert "so you can’t suspend it now" in again
    lifted = shown(lead, "/staff/centres/quillfeather/lift/", go="1")
    assert "The public does not see it yet" in lifted
    rooms.refresh_from_db()
    assert rooms.standing == "listed"


def test_a_suspended_centre_reads_that_confirming_does_not_bring_people() -> None:
    rooms = hidden()
    suspend(rooms, reason="concern", by=None, now=timezone.now())
    page = shown(ines(rooms), "/staff/our-centre/confirm/")
    assert "Your centre is suspended at the moment" in page
