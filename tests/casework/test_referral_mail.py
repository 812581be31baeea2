"""The message that a referral waits: written with the act, says nothing, and goes once however often a worker dies."""

from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

import casework.tasks  # noqa: F401  (what a worker knows how to deliver)
from casework.models import Referral
from casework.referring import refer, withdraw_referral
from outbox.models import OutboxEntry
from scope.context import staff_scope, worker_scope
from tests.casework.given import ON_TERMS, chosen_later
from tests.casework.world import told, triaged
from tests.people import NOW, administrator, member, ngozi, organisation

pytestmark = pytest.mark.django_db
KIND = "casework.referral_waits"


class Killed(BaseException):
    """A worker that is killed gets no chance to handle anything."""


def a_referral() -> Referral:
    case = triaged(told(), by=ngozi())
    with staff_scope(ngozi().organisation_id or 0):
        return refer(case, chosen_later(case), "support", ON_TERMS, asked="Ring Zaynab.", by=ngozi(), now=NOW)


def deliver() -> bool:
    return OutboxEntry.deliver_one(OutboxEntry.objects.get(kind=KIND).pk, now=NOW)


def test_officers_there_hear_that_something_waits_and_nothing_else() -> None:
    vera = member("Vera Lind", organisation("victim-first"), "officer")
    found = a_referral()
    assert deliver()
    (message,) = mail.outbox
    assert message.bcc == [vera.email]
    assert "Victim First" in message.body
    assert "12 March 2026" in message.body
    for said in ("hate", "Ring Zaynab", found.case.reference, "Charnwood"):
        assert said not in message.subject + message.body


def test_where_nobody_works_on_cases_administrators_are_asked_to_name_somebody() -> None:
    maud = administrator()
    a_referral()
    assert deliver()
    assert mail.outbox[0].bcc == [maud.email]
    assert "Please name somebody" in mail.outbox[0].body


def test_what_was_called_off_meanwhile_is_not_told() -> None:
    found = a_referral()
    with staff_scope(ngozi().organisation_id or 0):
        withdraw_referral(found, by=ngozi(), now=NOW)
    assert deliver()
    assert mail.outbox == []


@pytest.mark.parametrize("dies", ["before it sends", "after it has sent"])
def test_a_worker_killed_between_act_and_message_sends_it_once(
    dies: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`Once` rests on two keys: the outbox has one row for a referral, and the message one id, under which the folder
    (and a mail server) knows it as the same."""
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "outbox.mail_folder.MailFolder", str(tmp_path)
    member("Vera Lind", organisation("victim-first"), "officer")
    a_referral()

    def killed(*_given: object, **_more: object) -> None:
        raise Killed

    name = "_attempt" if dies == "before it sends" else "save"
    with monkeypatch.context() as worker:
        worker.setattr(OutboxEntry, name, killed)
        for _ in range(3):
            with pytest.raises(Killed):
                deliver()
    sent = list(tmp_path.iterdir())
    assert len(sent) == (0 if dies == "before it sends" else 1)
    assert [deliver(), deliver()] == [True, False]
    (file,) = tmp_path.iterdir()
    assert message_from_bytes(file.read_bytes())["Subject"] == "Somebody asks you for help"
    with worker_scope():
        assert OutboxEntry.objects.get(kind=KIND).delivered_at == NOW
