"""What nobody sends lies in folders, and is read there as those who get it would read it."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.core.mail import EmailMessage

from outbox import channels
from outbox.channels import Channel, Message
from outbox.folders import lying, read

NO_NOTIFY = {"api_key": "", "url": "", "text": "", "letter": ""}


@pytest.fixture(autouse=True)
def _folders(settings: Any, tmp_path: Path) -> None:
    settings.NOTIFY, settings.MESSAGE_FOLDER = NO_NOTIFY, tmp_path / "messages"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "outbox.mail_folder.MailFolder", tmp_path / "mail"


def test_each_kind_is_read_as_it_would_arrive() -> None:
    channels.send(
        Channel.EMAIL, Message(UUID(int=1), "zaynab@mail.example", "An update", "Hello\n\nThere is one.")
    )
    channels.send(Channel.TEXT, Message(UUID(int=2), "07700900123", "", "There is one."))
    channels.send(
        Channel.LETTER, Message(UUID(int=3), "1 High Street\nLE11 1AA", "An update", "One.\n\nBye.")
    )
    EmailMessage("Updates", "Look.", bcc=["ngozi@charnwood.example"]).send()
    said = {(one.kind, one.to, one.heading, one.text) for one in map(read, lying())}
    assert said == {
        ("Email", "zaynab@mail.example", "An update", "Hello\n\nThere is one."),
        ("Email", "several people of one organisation", "Updates", "Look."),
        ("Text", "07700900123", "", "There is one."),
        ("Letter", "1 High Street\nLE11 1AA", "An update", "One.\n\nBye."),
    }


def test_no_folder_is_no_message(settings: Any) -> None:
    settings.MESSAGE_FOLDER = None
    assert lying() == []
