"""Warnings of a listing that nobody confirmed: each stage once, to who can do something about it."""

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from centres.models import ListingWarning, WarningStage
from centres.standing import lift, suspend
from centres.tasks import warn_of_stale_listings as task
from centres.verifying import verify
from centres.warning import stage_on, warn_of_stale_listings
from llr_hate.celery import app
from outbox.models import OutboxEntry
from partners.models import ReportingCentre
from tests.people import NOW, administrator, centre, member, organisation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def quillfeather() -> ReportingCentre:
    """Leicester looks after the Quillfeather Rooms, which Ines manages and Noor oversees."""
    rooms = centre()
    rooms.looked_after_by = organisation("leicester-city")
    rooms.save()
    member("Ines Carrow", rooms.organisation, "centre_manager")
    member("Noor Vale", organisation("leicester-city"), "centre_lead")
    administrator()
    return rooms


def day_by_day(days: range) -> list[tuple[int, str, list[str]]]:
    """What was sent on each day of `days` after the last check: which, and to whom."""
    sent = []
    for day in days:
        for subject, to in a_run(NOW + day * DAY):
            sent.append((day, subject, to))
    return sent


def a_run(now: datetime) -> list[tuple[str, list[str]]]:
    """The task, and the outbox after it."""
    mail.outbox.clear()
    warn_of_stale_listings(now=now)
    for entry in OutboxEntry.objects.due(now=now):
        OutboxEntry.deliver_one(entry.pk, now=now)
    return sorted((letter.subject, [name.split("@")[0] for name in letter.bcc]) for letter in mail.outbox)


def test_a_centre_is_warned_two_weeks_before_the_day_before_and_on_the_day() -> None:
    quillfeather()
    ines, noor = ["ines.carrow"], ["noor.vale"]
    assert day_by_day(range(0, 120)) == [
        (77, "Is what we say about Quillfeather Rooms still true?", ines),
        (90, "Is what we say about Quillfeather Rooms still true?", ines),
        (90, "Quillfeather Rooms is about to be hidden from the public", noor),
        (91, "People can’t find Quillfeather Rooms any more", ines),
        (91, "Quillfeather Rooms is hidden from the public", noor),
    ]
    assert not ReportingCentre.objects.shown_to_the_public(today=(NOW + 91 * DAY).date()).exists()
    assert ReportingCentre.objects.shown_to_the_public(today=(NOW + 90 * DAY).date()).exists()


def test_the_letter_says_the_last_day_and_leads_to_the_button() -> None:
    quillfeather()
    a_run(NOW + 77 * DAY)
    [letter] = mail.outbox
    assert "by 8 June 2026" in letter.body
    assert "/staff/our-centre/confirm/" in letter.body
    a_run(NOW + 90 * DAY)
    to_leads = next(each for each in mail.outbox if "about to be" in each.subject)
    assert "After 8 June 2026" in to_leads.body
    assert "/staff/centres/quillfeather/verify/" in to_leads.body


def test_each_stage_is_told_once_however_often_the_task_runs_and_anew_after_a_check() -> None:
    rooms = quillfeather()
    assert len(a_run(NOW + 90 * DAY)) == 2
    assert a_run(NOW + 90 * DAY) == []
    verify(rooms, how="by_centre", by=None, now=NOW + 90 * DAY)
    assert a_run(NOW + 91 * DAY) == []
    assert len(a_run(NOW + (90 + 77) * DAY)) == 1
    stages = ListingWarning.objects.order_by("since").values_list("stage", "since")
    assert list(stages) == [
        (WarningStage.LAST, NOW.date()),
        (WarningStage.SOON, NOW.date() + 90 * DAY),
    ]


def test_a_worker_that_was_off_tells_only_what_applies_today() -> None:
    quillfeather()
    a_run(NOW + 100 * DAY)
    assert [each.subject for each in mail.outbox] == [
        "People can’t find Quillfeather Rooms any more",
        "Quillfeather Rooms is hidden from the public",
    ]
    assert list(ListingWarning.objects.values_list("stage", flat=True)) == [WarningStage.HIDDEN]


def test_nobody_is_warned_of_a_suspended_centre_until_it_is_listed_again() -> None:
    rooms = quillfeather()
    suspend(rooms, reason="concern", by=None, now=NOW)
    assert day_by_day(range(70, 95)) == []
    lift(rooms, by=None, now=NOW + 95 * DAY)
    assert len(a_run(NOW + 95 * DAY)) == 2


def test_a_check_between_the_warning_and_its_letter_stops_the_letter() -> None:
    rooms = quillfeather()
    warn_of_stale_listings(now=NOW + 80 * DAY)
    verify(rooms, how="call", by=None, now=NOW + 80 * DAY)
    assert a_run(NOW + 80 * DAY) == []


def test_without_a_manager_or_leads_somebody_still_hears() -> None:
    centre()
    administrator()
    assert a_run(NOW + 77 * DAY) == [
        ("Quillfeather Rooms is about to be hidden from the public", ["maud.tarn"])
    ]
    assert "nobody there has heard of this" in mail.outbox[0].body


@pytest.mark.parametrize(
    ("days", "stage"), [(76, None), (77, "soon"), (89, "soon"), (90, "last"), (91, "hidden")]
)
def test_the_stages_by_days_since_the_check(days: int, stage: str | None) -> None:
    assert stage_on(date(2026, 1, 1) + days * DAY, date(2026, 1, 1)) == stage


def test_the_worker_runs_it_every_hour_at_least() -> None:
    [every] = [each["schedule"] for each in app.conf.beat_schedule.values() if each["task"] == task.name]
    assert every <= 3600


def test_asking_whom_to_warn_costs_the_same_for_one_and_fifty(django_assert_num_queries) -> None:
    for number in range(50):
        centre(f"house-{number}")
    with django_assert_num_queries(2):
        warn_of_stale_listings(now=NOW + 20 * DAY)
