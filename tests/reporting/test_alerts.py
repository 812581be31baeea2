"""A high risk at a centre: who hears of it at once, in which words, and how often."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.mail import EmailMessage

from outbox.models import OutboxEntry
from partners.data import in_folder
from reporting.alerts import ALERTS, KIND
from reporting.journey.at_centre import NOT_AGREED
from reporting.models import GrantBasis, Report
from reporting.receiving import receive
from scope.context import worker_scope
from tests.at_a_centre import HIGH_RISK, LOW_RISK, MEDIUM_RISK, at_a_centre
from tests.casework.world import BARS_THE_POLICE, WORDS, ZAYNAB, anonymously, told
from tests.people import NOW, administrator, asha, make_partnership, ngozi, organisation, tomasz

pytestmark = pytest.mark.django_db

NGOZI, TOMASZ = "ngozi.bell@charnwood-bc.example", "tomasz.hale@police.example"


def recorded(**otherwise: Any) -> Report:
    """Zaynab's report with a high risk, recorded by Asha; Ngozi's council reads it first."""
    ngozi(), tomasz()
    return told(by=asha(), **at_a_centre({}, **HIGH_RISK, **otherwise))


def deliver() -> dict[str, EmailMessage]:
    """What goes out now, by whom it goes to."""
    for entry in OutboxEntry.objects.due(now=NOW).filter(kind=KIND):
        assert OutboxEntry.deliver_one(entry.pk, now=NOW)
    return {address: message for message in mail.outbox for address in message.bcc}


def test_council_and_police_hear_at_once_and_that_they_may_call_each_other() -> None:
    recorded(Q24=["police"])
    sent = deliver()
    assert set(sent) == {NGOZI, TOMASZ}
    assert "needs a look today" in sent[NGOZI].body
    assert "Leicestershire Police may open it too. Call each other today." in sent[NGOZI].body
    assert "needs a look today" in sent[TOMASZ].body


def test_police_that_may_not_see_it_get_its_reference_and_whom_to_call() -> None:
    report = recorded(Q24=["council"])
    assert organisation("police").pk not in report.visible_to
    sent = deliver()
    assert (
        f"Please call Charnwood Borough Council today about {report.reference}. Ask for: Ngozi Bell."
        in sent[TOMASZ].body
    )
    assert "has its reference only" in sent[NGOZI].body
    assert report.reference not in sent[NGOZI].body


def test_police_that_must_not_see_it_hear_nothing_and_the_council_is_told_so() -> None:
    recorded(**BARS_THE_POLICE)
    assert OutboxEntry.objects.filter(kind=KIND).count() == 1
    sent = deliver()
    assert set(sent) == {NGOZI}
    assert "Leicestershire Police must not see it and was told nothing." in sent[NGOZI].body


def test_whom_it_was_kept_from_meanwhile_hears_nothing() -> None:
    report = recorded(Q24=["police"])
    with worker_scope():
        report.bars.create(organisation=organisation("police"), barred_at=NOW)
    assert set(deliver()) == {NGOZI}


def test_what_was_erased_meanwhile_is_not_announced() -> None:
    report = recorded()
    with worker_scope():
        Report.objects.filter(pk=report.pk).update(
            erased_at=NOW,
            erased_why="ordered",
            data_key=None,
            receipt_code_digest=None,
            words=None,
            contact=None,
            answers=None,
        )
    assert deliver() == {}


def test_it_says_nothing_of_what_it_is_about_and_leads_to_signing_in_alone() -> None:
    report = recorded(Q24=["council"])
    for message in deliver().values():
        said = message.subject + message.body.replace(report.reference, "")
        giving_away = ("hate", "report", "LLR", "risk", "Quillfeather", WORDS, "Zaynab", "serious", "weapon")
        assert not [word for word in giving_away if word in said]
        assert [word for word in said.split() if "//" in word] == ["http://127.0.0.1:8000/staff/"]


@pytest.mark.parametrize("risk", [LOW_RISK, MEDIUM_RISK])
def test_a_lower_risk_waits_its_turn(risk: dict[str, str]) -> None:
    ngozi(), tomasz()
    report = told(by=asha(), **at_a_centre({}, **risk))
    assert not report.needs_same_day_look
    assert deliver() == {}
    assert not OutboxEntry.objects.filter(kind=KIND).exists()


def test_what_the_public_tells_sends_none_whatever_is_in_it() -> None:
    told(**HIGH_RISK, Q16=["self_harm"])
    assert not OutboxEntry.objects.filter(kind=KIND).exists()


def test_however_often_it_is_sent_each_hears_once() -> None:
    make_partnership()
    ngozi(), tomasz()
    key, volunteer = uuid4(), asha()
    for _time in range(3):
        receive(
            at_a_centre(ZAYNAB, **HIGH_RISK),
            key=key,
            now=NOW,
            centre=volunteer.organisation,
            recorded_by=volunteer,
        )
    assert OutboxEntry.objects.filter(kind=KIND).count() == 2
    deliver(), deliver()
    assert len(mail.outbox) == 2


def test_a_message_that_is_sent_again_after_a_worker_died_carries_the_same_id() -> None:
    recorded()
    deliver()
    OutboxEntry.objects.filter(kind=KIND).update(delivered_at=None, try_at=NOW)
    deliver()
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert len(ids) == 4
    assert len(set(ids)) == 2


def test_it_is_in_the_same_transaction_as_the_report() -> None:
    """Work is added with the report, and the payload holds ids alone."""
    report = recorded()
    for entry in OutboxEntry.objects.filter(kind=KIND):
        assert entry.try_at == NOW
        assert set(entry.payload) == {"report", "organisation"}
        assert entry.key == f"{KIND}:{report.pk}:{entry.payload['organisation']}"


def test_a_record_without_agreement_goes_to_the_council_and_police_get_its_reference_alone() -> None:
    report = recorded(C02=NOT_AGREED, **anonymously(), Q24=["no_one"])
    sent = deliver()
    assert report.reference in sent[TOMASZ].body
    assert report.reference not in sent[NGOZI].body


def test_where_nobody_could_open_it_administrators_are_asked_to_name_somebody() -> None:
    priya = administrator()
    tomasz()
    told(by=asha(), **at_a_centre({}, **HIGH_RISK))
    sent = deliver()
    assert (
        "Charnwood Borough Council needs a look today, and nobody there can open it" in sent[priya.email].body
    )
    assert TOMASZ in sent


def test_where_nobody_reads_it_first_any_more_whoever_reads_the_rest_is_to_be_called() -> None:
    report = recorded(Q24=["council"])
    with worker_scope():
        report.grants.filter(basis=GrantBasis.TRIAGE).update(withdrawn_at=NOW + timedelta(minutes=1))
    assert "Please call Leicestershire County Council today" in deliver()[TOMASZ].body


def test_the_partnerships_words_name_what_is_put_in() -> None:
    said = in_folder(ALERTS)
    assert "{reference}" in said["may_not_open"]["text"]
    assert "{reference}" not in str(said["may_open"]) + said["nobody_there"]["text"] + said["subject"]
    assert all("{others}" in words for words in said["may_open"]["call"].values())
