"""A message with an id of its own is one file, however often it is written."""

from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from outbox.mail_folder import MailFolder


def message(words: str, identity: str = "") -> EmailMessage:
    headers = {"Message-ID": identity} if identity else {}
    return EmailMessage(
        "Updates", words, "portal@portal.example", ["ngozi@charnwood.example"], headers=headers
    )


@pytest.fixture
def folder(tmp_path: Path) -> MailFolder:
    return MailFolder(file_path=str(tmp_path))


def test_the_same_message_written_by_two_workers_is_one_file(folder: MailFolder, tmp_path: Path) -> None:
    assert folder.send_messages([message("Once.", "<a@portal.example>")]) == 1
    another = MailFolder(file_path=str(tmp_path))
    assert another.send_messages([message("Once.", "<a@portal.example>")]) == 1
    assert [path.suffix for path in tmp_path.iterdir()] == [".log"]


def test_other_messages_are_other_files_and_those_without_an_id_are_djangos(
    folder: MailFolder, tmp_path: Path
) -> None:
    sent = [message("One.", "<a@portal.example>"), message("Two.", "<b@portal.example>"), message("Three.")]
    assert folder.send_messages(sent) == 3
    found = sorted(
        path.read_text().split("\n\n")[1].strip().partition("\n")[0] for path in tmp_path.iterdir()
    )
    assert found == ["One.", "Three.", "Two."]


def test_nothing_sent_writes_nothing(folder: MailFolder, tmp_path: Path) -> None:
    assert folder.send_messages([]) == 0
    assert list(tmp_path.iterdir()) == []
