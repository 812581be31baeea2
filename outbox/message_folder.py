"""Texts and letters as files in a folder, for machines that send none: one file a message, named by its id, so that a
message written again takes its own place."""

from pathlib import Path
from uuid import UUID

from django.conf import settings

from outbox.mail_folder import put_whole


def put(channel: str, message_id: UUID, to: str, subject: str, text: str) -> None:
    """Writes one message as somebody would read it."""
    said = [
        f"{channel.capitalize()} to: {to}",
        f"Subject: {subject}" if channel == "letter" else "",
        "",
        text,
        "",
    ]
    lines = "\n".join(line for number, line in enumerate(said) if line or number > 1)
    folder: Path | None = settings.MESSAGE_FOLDER
    assert folder is not None, "only where there is one"
    folder.mkdir(parents=True, exist_ok=True)
    put_whole(folder, f"{message_id}.txt", lines.encode())
