"""A word goes out to the person who told us only as their safe contact allows, once, and it says nothing."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from pytest_httpserver import HTTPServer

from audit.models import AuditEvent
from outbox.models import MAX_ATTEMPTS, OutboxEntry
from partners.wording import going_out
from partners.words import GIVES_AWAY
from reporting import tasks  # noqa: F401 - registers the outbox's handlers
from reporting.erasing import erase_told
from reporting.models import Report, ReporterWord
from reporting.models.report import WORD
from reporting.saying_more import change_contact
from reporting.words_out import FATE
from scope.context import public_scope, staff_scope, worker_scope
from tests import people
from tests.at_a_centre import at_a_centre
from tests.casework.world import WORDS, anonymously, told
from tests.outbox.notify_server import KEY, TEXT_TEMPLATE, Notify
from tests.people import NOW

pytestmark = pytest.mark.django_db

TEXT = {"Q26_how": "text", "Q26_mobile": "07700 900 123", "Q26_phone": None, "Q26_message": None}
EMAIL = {"Q26_how": "email", "Q26_email": "zaynab@mail.example", "Q26_phone": None, "Q26_message": None}
NEWS = "Constable Ngozi has spoken to your neighbour."


@pytest.fixture
def notify(httpserver: HTTPServer, settings: Any) -> Notify:
    """GOV.UK Notify, set up and there."""
    return Notify.served_by(httpserver, settings)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where texts and letters are written, as long as there is no Notify."""
    settings.MESSAGE_FOLDER = tmp_path / "messages"
    return settings.MESSAGE_FOLDER


def tell(report: Report, *, now: datetime = NOW, text: str = NEWS) -> None:
    ngozi = people.ngozi()
    with staff_scope(ngozi.organisation_id or 0):
        Report.objects.get(pk=report.pk).tell_reporter(text, status="being_looked_at", by=ngozi, now=now)


def deliver(now: datetime = NOW) -> None:
    """What a worker does at `now`, for words alone."""
    for entry in OutboxEntry.objects.due(now=now).filter(kind__in=(WORD, FATE)):
        OutboxEntry.deliver_one(entry.pk, now=now)


def words() -> list[tuple[str, str, str]]:
    with worker_scope():
        return [(word.way, word.state, word.why) for word in ReporterWord.objects.all()]


def files(folder: Path) -> list[str]:
    return [path.read_text() for path in sorted(folder.iterdir())] if folder.exists() else []


def test_a_text_says_that_there_is_an_update_and_nothing_else(folder: Path) -> None:
    tell(told(**TEXT))
    deliver()
    (text,) = files(folder)
    assert text == f"Text to: 07700900123\n\n{going_out()['text']['text']}\n"
    assert words() == [("text", "sent", "")]


def test_an_email_says_that_there_is_an_update_and_nothing_else() -> None:
    report = told(**EMAIL)
    tell(report)
    deliver()
    (sent,) = mail.outbox
    everything = str(sent.message())
    assert sent.to == ["zaynab@mail.example"]
    assert not [said for said in (NEWS, WORDS, "Zaynab", report.reference, "http") if said in everything]


# What tells whoever looks over a shoulder, in any of the words that may go out.
def test_the_words_that_go_out_tell_nobody_what_they_are_about() -> None:
    for said in going_out().values():
        assert not GIVES_AWAY.search(f"{said['heading']} {said['text']}")


def test_a_text_fits_one_message() -> None:
    assert len(going_out()["text"]["text"]) <= 160


def test_who_asked_for_a_call_gets_no_message_and_somebody_is_asked_to_call(folder: Path) -> None:
    tell(told())
    deliver()
    assert (files(folder), mail.outbox, words()) == ([], [], [("person", "waits", "phone")])


def test_who_gave_no_contact_gets_nothing(folder: Path) -> None:
    tell(told(Q25="no", Q26_name=None, Q26_how=None, Q26_phone=None, Q26_message=None))
    deliver()
    assert (files(folder), mail.outbox, words()) == ([], [], [])
    assert not OutboxEntry.objects.filter(kind=WORD).exists()


def test_what_we_must_be_careful_about_is_read_by_a_person_first(folder: Path) -> None:
    tell(told(**TEXT, Q26_care="My brother has my phone at night"))
    deliver()
    assert (files(folder), words()) == ([], [("person", "waits", "care")])


def test_in_the_night_it_waits_for_the_day(folder: Path) -> None:
    night = NOW.replace(hour=23, minute=10)
    tell(told(**TEXT), now=night)
    deliver(night)
    assert (files(folder), words()) == ([], [])
    entry = OutboxEntry.objects.get(kind=WORD)
    assert (entry.attempts, entry.try_at) == (0, (night + timedelta(days=1)).replace(hour=9, minute=0))
    deliver(entry.try_at)
    assert len(files(folder)) == 1


def test_three_messages_within_the_hour_are_one_word(folder: Path) -> None:
    report = told(**TEXT)
    for minutes in (0, 1, 2):
        tell(report, now=NOW + timedelta(minutes=minutes))
    deliver(NOW + timedelta(minutes=3))
    assert len(files(folder)) == 1


def test_what_is_written_after_a_word_went_out_waits_until_the_hour_is_over(folder: Path) -> None:
    report = told(**TEXT)
    tell(report)
    deliver()
    tell(report, now=NOW + timedelta(minutes=20))
    deliver(NOW + timedelta(minutes=21))
    assert len(files(folder)) == 1
    deliver(NOW + timedelta(minutes=60))
    assert len(files(folder)) == 2


def test_a_person_is_asked_once_however_much_is_written() -> None:
    report = told()
    for minutes in (0, 90):
        tell(report, now=NOW + timedelta(minutes=minutes))
        deliver(NOW + timedelta(minutes=minutes))
    assert words() == [("person", "waits", "phone")]


def test_the_word_is_in_the_language_that_they_told_us_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reporting.words_out.gettext", lambda said: f"<{said}>")
    report = told(**TEXT)
    tell(report)
    deliver()
    assert f"<{going_out()['text']['text']}>" in files(folder)[0]


def test_a_worker_that_dies_after_sending_sends_the_same_message_again(notify: Notify) -> None:
    tell(told(**TEXT))
    deliver()
    with worker_scope():  # as if the worker's transaction had never come to its end
        ReporterWord.objects.all().delete()
    OutboxEntry.objects.filter(kind=WORD).update(delivered_at=None)
    deliver()
    assert len(notify.sent) == 1
    assert words() == [("text", "sent", "")]


def test_a_bad_number_is_not_tried_for_ever_and_somebody_is_told(notify: Notify) -> None:
    notify.refuses = "phone_number Not a UK mobile number"
    tell(told(**TEXT))
    deliver()
    assert words() == [("text", "failed", "address")]
    assert OutboxEntry.objects.get(kind=WORD).delivered_at
    assert AuditEvent.objects.filter(act="report.word_failed").count() == 1


@pytest.mark.parametrize(
    ("state", "known"),
    [("delivered", ("text", "arrived", "")), ("permanent-failure", ("text", "failed", "address"))],
)
def test_what_notify_finds_out_later_is_known(
    notify: Notify, state: str, known: tuple[str, str, str]
) -> None:
    tell(told(**TEXT))
    deliver()
    deliver(NOW + timedelta(minutes=11))
    assert words() == [("text", "sent", "")]
    notify.states[notify.sent[0]["reference"]] = state
    deliver(NOW + timedelta(hours=2))
    assert words() == [known]


def test_notify_that_is_down_loses_nothing(settings: Any, request: pytest.FixtureRequest) -> None:
    settings.NOTIFY = {"api_key": KEY, "url": "http://127.0.0.1:9", "text": TEXT_TEMPLATE, "letter": ""}
    tell(told(**TEXT))
    deliver()
    assert (words(), OutboxEntry.objects.get(kind=WORD).attempts) == ([], 1)
    notify: Notify = request.getfixturevalue("notify")
    deliver(NOW + timedelta(hours=1))
    assert (len(notify.sent), words()) == (1, [("text", "sent", "")])


def test_a_mail_server_that_is_down_loses_nothing(settings: Any) -> None:
    alive = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    tell(told(**EMAIL))
    deliver()
    assert (words(), OutboxEntry.objects.get(kind=WORD).attempts) == ([], 1)
    settings.EMAIL_BACKEND = alive
    deliver(NOW + timedelta(hours=1))
    assert (len(mail.outbox), words()) == (1, [("email", "sent", "")])


def test_what_was_tried_for_days_is_for_a_person(settings: Any) -> None:
    settings.NOTIFY = {"api_key": KEY, "url": "http://127.0.0.1:9", "text": TEXT_TEMPLATE, "letter": ""}
    tell(told(**TEXT))
    OutboxEntry.objects.filter(kind=WORD).update(attempts=MAX_ATTEMPTS - 1)
    deliver()
    assert words() == [("text", "failed", "tries")]


def test_production_without_notify_asks_a_person(settings: Any) -> None:
    settings.MESSAGE_FOLDER = None
    tell(told(**TEXT))
    deliver()
    assert words() == [("person", "waits", "no_way")]


def test_after_erasing_nothing_goes_out_and_nothing_is_left(folder: Path) -> None:
    report = told(**TEXT)
    tell(report)
    with worker_scope():
        erase_told(Report.objects.select_for_update(of=("self",)).get(pk=report.pk), why="asked", now=NOW)
    deliver()
    assert (files(folder), words()) == ([], [])


def test_a_new_way_to_reach_them_is_tried_although_the_old_one_failed(folder: Path) -> None:
    report = told(**TEXT | {"Q26_mobile": "07700 9001"})
    tell(report)
    deliver()
    assert words() == [("person", "waits", "address")]
    with public_scope(report=report.pk):
        plan = {"Q26_how": "text", "Q26_mobile": "07700 900 456"}
        change_contact(Report.objects.get(pk=report.pk), plan, key=uuid4(), now=NOW + timedelta(minutes=5))
    tell(report, now=NOW + timedelta(minutes=6))
    deliver(NOW + timedelta(minutes=6))
    assert "07700900456" in files(folder)[0]


def test_what_the_person_has_read_meanwhile_is_not_told(folder: Path) -> None:
    report = told(**TEXT)
    tell(report)
    with public_scope(report=report.pk):
        Report.objects.get(pk=report.pk).was_looked_at(now=NOW)
    deliver(NOW + timedelta(minutes=1))
    assert (files(folder), words()) == ([], [])


def test_who_has_looked_themselves_is_on_nobodys_list() -> None:
    report = told()
    tell(report)
    deliver()
    with public_scope(report=report.pk):
        Report.objects.get(pk=report.pk).was_looked_at(now=NOW + timedelta(hours=1))
    assert words() == [("person", "done", "phone")]


def told_at_a_centre(feedback: str, **changes: Any) -> Report:
    return told(by=people.asha(), **at_a_centre(changes, C06=feedback))


def test_who_gave_no_name_hears_through_the_centre_if_they_want_to(folder: Path) -> None:
    report = told_at_a_centre("centre", **anonymously())
    tell(report)
    deliver()
    assert (files(folder), mail.outbox, words()) == ([], [], [("centre", "waits", "")])
    volunteer = people.client_for(people.asha())
    assert "To pass on" in volunteer.get("/staff/centre/").content.decode()


@pytest.mark.parametrize("feedback", ["none", "direct"])
def test_who_gave_no_name_and_wants_nothing_from_the_centre_hears_nothing(feedback: str) -> None:
    tell(told_at_a_centre(feedback, **anonymously()))
    deliver()
    assert words() == []


def test_who_does_not_want_to_hear_back_is_left_alone_although_they_left_a_number(folder: Path) -> None:
    tell(told_at_a_centre("none", **TEXT))
    deliver()
    assert (files(folder), words()) == ([], [])


def test_who_changes_on_their_own_page_how_to_reach_them_is_reached_so(folder: Path) -> None:
    report = told_at_a_centre("none", **TEXT)
    with public_scope(report=report.pk):
        plan = {"Q26_how": "text", "Q26_mobile": "07700 900 456"}
        change_contact(Report.objects.get(pk=report.pk), plan, key=uuid4(), now=NOW)
    tell(report, now=NOW + timedelta(minutes=5))
    deliver(NOW + timedelta(minutes=5))
    assert len(files(folder)) == 1
