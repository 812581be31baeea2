"""Officers hear once an hour or a day that something is new, however much it is, and never what it is about."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.core import mail

from outbox.models import OutboxEntry
from reporting import news
from reporting.models import Report
from reporting.news import RECEIVED, next_digest
from reporting.saying_more import write
from scope.context import public_scope, worker_scope
from tests.casework.world import WORDS, told
from tests.people import NOW, gwen, ngozi

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def once_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    said = {**news.installed(news.DIGESTS), "every": "day", "at": 8}
    monkeypatch.setattr(news, "installed", lambda _name: said)


def deliver(now: datetime) -> None:
    for entry in OutboxEntry.objects.due(now=now).filter(kind__in=(RECEIVED, news.OTHER)):
        assert OutboxEntry.deliver_one(entry.pk, now=now)


def test_seven_hundred_reports_would_be_one_mail() -> None:
    ngozi(), gwen()
    for minute in range(7):
        told(now=NOW + timedelta(minutes=minute))
    deliver(NOW + timedelta(minutes=10))
    assert mail.outbox == []
    deliver(NOW + HOUR)
    (message,) = mail.outbox
    assert message.bcc == ["ngozi.bell@charnwood-bc.example"]
    assert "New: 7" in message.body


def test_what_comes_in_the_next_hour_is_the_next_mail() -> None:
    ngozi()
    told(now=NOW)
    deliver(NOW + HOUR)
    told(now=NOW + HOUR)
    deliver(NOW + 2 * HOUR)
    assert len(mail.outbox) == 2


def test_it_says_nothing_of_what_it_is_about_and_leads_to_signing_in_alone() -> None:
    ngozi()
    report = told()
    deliver(NOW + HOUR)
    said = mail.outbox[0].subject + mail.outbox[0].body
    assert not [word for word in ("hate", "report", "LLR", WORDS, report.reference, "Zaynab") if word in said]
    assert [word for word in said.split() if "//" in word] == ["http://127.0.0.1:8000/staff/"]


def test_what_the_person_writes_is_news_and_both_are_one_mail() -> None:
    ngozi()
    report = told()
    with public_scope(report=report.pk):
        write(Report.objects.get(pk=report.pk), "It happened again.", key=uuid4(), now=NOW)
    deliver(NOW + HOUR)
    for_ngozi = [message for message in mail.outbox if "ngozi.bell@charnwood-bc.example" in message.bcc]
    assert len(for_ngozi) == 1
    assert "New: 1\nWritten to us: 1" in for_ngozi[0].body
    assert "It happened again." not in for_ngozi[0].body


def test_what_was_done_meanwhile_is_not_announced() -> None:
    ngozi()
    report = told()
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(taken_up_at=NOW)
    deliver(NOW + HOUR)
    assert mail.outbox == []


@pytest.mark.parametrize(("kind", "mails"), [(news.OTHER, 1), (RECEIVED, 0)])
def test_something_else_is_told_once_with_the_rest(kind: str, mails: int) -> None:
    ngozi()
    report = told()
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(taken_up_at=NOW)
    OutboxEntry.objects.filter(kind=RECEIVED).delete()
    news.ask_for_digests(report, now=NOW, kind=kind)
    news.ask_for_digests(report, now=NOW, kind=news.OTHER)
    deliver(NOW + HOUR)
    to_ngozi = [one for one in mail.outbox if "ngozi.bell@charnwood-bc.example" in one.bcc]
    assert len(to_ngozi) == mails


@pytest.mark.usefixtures("once_a_day")
@pytest.mark.parametrize(("hour", "days"), [(6, 0), (8, 1), (17, 1)])
def test_a_partnership_may_want_it_once_a_day(hour: int, days: int) -> None:
    now = NOW.replace(hour=hour, minute=0, second=0, microsecond=0)
    assert next_digest(now) == (now + timedelta(days=days)).replace(hour=8)


def test_a_worker_that_dies_sends_the_same_message_again() -> None:
    ngozi()
    told()
    for _ in range(2):
        OutboxEntry.objects.update(delivered_at=None)
        deliver(NOW + HOUR)
    first, second = mail.outbox
    assert first.extra_headers["Message-ID"] == second.extra_headers["Message-ID"]


def test_words_for_the_digest_tell_nothing() -> None:
    said = " ".join(str(each) for each in news.installed(news.DIGESTS).values())
    assert not [word for word in ("hate", "report", "incident", "victim", "LLR") if word in said]
