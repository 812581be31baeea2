"""Who agreed is asked how we did by a message with a link, once, as their plan allows; and it says nothing."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail

from audit.models import AuditEvent
from casework import tasks  # noqa: F401 - registers the outbox's handlers
from casework.asking_how_we_did import address_of
from casework.models import Case
from casework.surveys import ASK, invite
from outbox import channels
from outbox.models import OutboxEntry
from partners.wording import LINK, asking
from partners.words import GIVES_AWAY
from reporting.asking_us import ask
from reporting.erasing import erase_told
from reporting.models import Report, SurveyInvitation, SurveyLink
from reporting.saying_more import add, change_contact
from reporting.survey import answer
from scope.context import public_scope, staff_scope, worker_scope
from tests.casework.test_surveys import FOUR_WEEKS, contacted
from tests.casework.world import WORDS
from tests.people import NOW, ngozi

pytestmark = pytest.mark.django_db

TEXT = {"Q26_how": "text", "Q26_mobile": "07700 900 123", "Q26_phone": None, "Q26_message": None}
EMAIL = {"Q26_how": "email", "Q26_email": "zaynab@mail.example", "Q26_phone": None, "Q26_message": None}
BASE = "https://short.example"


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    """Where texts are written; and links lead to a host that says nothing."""
    settings.LINK_BASE_URL = BASE
    settings.MESSAGE_FOLDER = tmp_path / "messages"
    return settings.MESSAGE_FOLDER


def asked_of(**plan: Any) -> Case:
    """Somebody who agreed, four weeks after the first contact; they have read what was written then."""
    case = contacted(NOW - FOUR_WEEKS, Q32="yes", **plan)
    assert invite(now=NOW) == 1
    return case


def report_of(case: Case) -> Report:
    return Report.objects.get(reference=case.reference)


def deliver(now: Any = NOW) -> None:
    for entry in OutboxEntry.objects.due(now=now).filter(kind=ASK):
        OutboxEntry.deliver_one(entry.pk, now=now)


def links() -> int:
    with worker_scope():
        return SurveyLink.objects.count()


def texts(folder: Path) -> list[str]:
    return [path.read_text() for path in sorted(folder.iterdir())] if folder.exists() else []


def test_an_email_has_the_link_once_and_says_nothing_else() -> None:
    case = asked_of(**EMAIL)
    deliver()
    OutboxEntry.objects.filter(kind=ASK).update(delivered_at=None)  # as if the worker had died after sending
    deliver()
    first, again = mail.outbox
    assert (first.to, first.subject, first.body) == (["zaynab@mail.example"], again.subject, again.body)
    (link,) = re.findall(rf"{BASE}/q/[a-z2-7]{{26}}/", first.body)
    around = first.body.replace(link, "")
    assert not [said for said in (case.reference, WORDS, "Zaynab", "http") if said in around]
    assert links() == 1
    facts = AuditEvent.objects.filter(act="report.survey_link_sent").values_list("facts", flat=True)
    assert {each["way"] for each in facts} == {"email"}
    assert not OutboxEntry.objects.filter(payload__icontains=link.split("/")[-2]).exists()


def test_the_words_that_ask_tell_nobody_what_they_are_about_and_a_text_is_one_message() -> None:
    for said in asking().values():
        assert LINK in said["text"]
        assert not GIVES_AWAY.search(f"{said['heading']} {said['text'].replace(LINK, '')}")
    assert len(asking()["text"]["text"].replace(LINK, f"{BASE}/q/{'a' * 26}/")) <= 160


def test_the_link_opens_in_the_language_that_they_told_us_in(settings: Any) -> None:
    settings.IS_DEMO = True
    assert address_of("token", "ar") == f"{BASE}/l/ar/?to=/q/token/"
    assert address_of("token", "en-gb") == address_of("token", "") == f"{BASE}/q/token/"


@pytest.mark.parametrize(
    "plan",
    [
        {"Q26_how": "phone", "Q26_phone": "01632 960 014"},
        {**TEXT, "Q26_care": "My brother has my phone at night"},
        {**TEXT, "Q26_times": "not when my brother is in"},
        {"Q26_how": "letter", "Q26_address": "1 High Street", "Q26_phone": None, "Q26_message": None},
        {"Q25": "no", "Q26_name": None, "Q26_how": None, "Q26_phone": None, "Q26_message": None},
    ],
    ids=["call", "care", "hours", "letter", "anonymous"],
)
def test_whoever_can_not_safely_be_sent_a_message_gets_none(plan: dict[str, Any], folder: Path) -> None:
    asked_of(**plan)
    deliver()
    assert (texts(folder), mail.outbox, links()) == ([], [], 0)


def test_in_the_night_it_waits_for_the_day(folder: Path) -> None:
    asked_of(**TEXT)
    night = NOW.replace(hour=23)
    deliver(night)
    assert (texts(folder), links()) == ([], 0)
    deliver(night + timedelta(hours=10))
    assert (len(texts(folder)), links()) == (1, 1)


def test_where_no_neutral_address_is_set_no_link_goes_out(settings: Any, folder: Path) -> None:
    settings.LINK_BASE_URL = ""
    asked_of(**TEXT)
    deliver()
    assert (texts(folder), links()) == ([], 0)


def test_an_address_that_is_none_leaves_no_link(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise channels.Refused

    monkeypatch.setattr(channels, "send", refuse)
    asked_of(**EMAIL)
    deliver()
    assert links() == 0
    assert OutboxEntry.objects.get(kind=ASK).delivered_at


def no_more_questions(report: Report) -> None:
    add(report, {"Q32": "no"}, kind="more", key=uuid4(), now=NOW)


def another_number(report: Report) -> None:
    change_contact(report, {"Q26_how": "text", "Q26_mobile": "07700 900 456"}, key=uuid4(), now=NOW)


def stop(report: Report) -> None:
    ask(report, "stop", "Please stop.", key=uuid4(), now=NOW)


def erase(report: Report) -> None:
    with worker_scope():
        erase_told(Report.objects.select_for_update(of=("self",)).get(pk=report.pk), why="asked", now=NOW)


def answers_with_the_code(report: Report) -> None:
    answer(SurveyInvitation.objects.get(report=report), {"S1": "5"}, "", now=NOW)


CHANGES = [no_more_questions, another_number, stop, erase, answers_with_the_code]


@pytest.mark.parametrize("change", CHANGES)
def test_the_link_is_taken_back_when_what_it_rested_on_is_gone(change: Any) -> None:
    case = asked_of(**EMAIL)
    deliver()
    with worker_scope():
        report = report_of(case)
    assert links() == 1
    with public_scope(report=report.pk):
        change(Report.objects.get(pk=report.pk))
    assert links() == 0


@pytest.mark.parametrize("change", [each for each in CHANGES if each is not another_number])
def test_what_changed_before_it_went_is_heeded(change: Any) -> None:
    case = asked_of(**EMAIL)
    with worker_scope():
        report = report_of(case)
    with public_scope(report=report.pk):
        change(Report.objects.get(pk=report.pk))
    deliver()
    assert (mail.outbox, links()) == ([], 0)


def test_a_link_that_is_too_old_goes() -> None:
    asked_of(**EMAIL)
    deliver()
    with worker_scope():
        assert SurveyLink.erase_over(now=NOW + timedelta(days=28, seconds=-1)) == 0
        assert SurveyLink.erase_over(now=NOW + timedelta(days=28)) == 1


def test_no_member_of_staff_sees_that_there_is_a_link() -> None:
    asked_of(**EMAIL)
    deliver()
    with staff_scope(ngozi().organisation_id or 0):
        assert not SurveyLink.objects.exists()
