"""A worker process is killed with -9 between the act of a referral and its message, or between the message and the
database's word of it: the message goes once."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest
from django.db import connections

import casework.tasks  # noqa: F401  (what a worker knows how to deliver)
from outbox.mail_folder import MailFolder
from outbox.models import OutboxEntry
from scope.context import worker_scope
from tests.casework.test_referral_mail import KIND, a_referral
from tests.people import NOW, member, organisation

pytestmark = pytest.mark.usefixtures("committed")


def deliver() -> None:
    OutboxEntry.deliver_one(OutboxEntry.objects.get(kind=KIND).pk, now=NOW)


def work_in_a_process_of_its_own() -> int:
    """A worker delivers what waits; with which signal it was killed, or 0."""
    connections.close_all()  # a process of its own has connections of its own
    worker = os.fork()
    if worker == 0:
        try:
            deliver()
        finally:
            os._exit(0)
    return os.WTERMSIG(os.waitpid(worker, 0)[1])


@pytest.mark.parametrize("dies", ["before it sends", "after it has sent"])
def test_killed_with_nine_it_sends_once(
    dies: str, tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "outbox.mail_folder.MailFolder", str(tmp_path)
    member("Vera Lind", organisation("victim-first"), "officer")
    a_referral()
    send = MailFolder.send_messages

    def killed(folder: MailFolder, messages: Any) -> int:
        if dies == "after it has sent":
            send(folder, messages)
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("still alive")

    with monkeypatch.context() as worker:
        worker.setattr(MailFolder, "send_messages", killed)
        assert [work_in_a_process_of_its_own() for _ in range(2)] == [signal.SIGKILL, signal.SIGKILL]
    assert len(list(tmp_path.iterdir())) == (0 if dies == "before it sends" else 1)
    with worker_scope():
        assert OutboxEntry.objects.get(kind=KIND).delivered_at is None
    assert [work_in_a_process_of_its_own() for _ in range(2)] == [0, 0]
    assert len(list(tmp_path.iterdir())) == 1
    with worker_scope():
        assert OutboxEntry.objects.get(kind=KIND).delivered_at == NOW
