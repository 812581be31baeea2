"""Mail as files in a folder, for machines that send none. A message with an id of its own is one file, whoever writes
it and however often: written again, because a worker died in between, it takes its own place."""

import os
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from django.core.mail.backends.filebased import EmailBackend
from django.core.mail.message import EmailMessage

ID = "Message-ID"


class MailFolder(EmailBackend):
    """Django's own folder of messages, but for those that carry an id."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Writes all; how many."""
        known = [message for message in email_messages if ID in message.extra_headers]
        for message in known:
            self._put(message)
        others = [message for message in email_messages if ID not in message.extra_headers]
        return len(known) + (super().send_messages(others) or 0)

    def _put(self, message: EmailMessage) -> None:
        folder = Path(self.file_path)
        name = sha256(str(message.extra_headers[ID]).encode()).hexdigest()[:32]
        put_whole(folder, f"{name}.log", message.message().as_bytes())


def put_whole(folder: Path, name: str, content: bytes) -> None:
    """Writes a file whole or not at all: the name is given only to what is written."""
    descriptor, half = tempfile.mkstemp(dir=folder, suffix=".part")
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    Path(half).replace(folder / name)
