"""Reading the folders in which e-mails, texts and letters lie that nobody sends: the newest first, a page at a time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from pathlib import Path

from django.conf import settings

READ_AT_MOST = 100_000


@dataclass(frozen=True)
class Lying:
    """One message: what kind, to whom, its heading and its words."""

    kind: str
    at: datetime
    to: str
    heading: str
    text: str


def lying() -> list[Path]:
    """The files, the newest first."""
    folders = [Path(settings.EMAIL_FILE_PATH), settings.MESSAGE_FOLDER]
    there = [folder for folder in folders if folder is not None and folder.is_dir()]
    files = [path for folder in there for path in folder.iterdir() if path.suffix in (".log", ".txt")]
    return sorted(files, key=lambda path: (path.stat().st_mtime, path.name), reverse=True)


def read(path: Path) -> Lying:
    """What one file says."""
    with path.open("rb") as file:
        content = file.read(READ_AT_MOST)
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return _mail(content, at) if path.suffix == ".log" else _message(content.decode(errors="replace"), at)


def _mail(content: bytes, at: datetime) -> Lying:
    message = message_from_bytes(content, policy=policy.default)
    body = message.get_body(("plain",))
    text = body.get_content() if body else ""
    # Django's own folder parts messages by a line of dashes.
    to = str(message["To"] or "several people of one organisation")
    return Lying("Email", at, to, str(message["Subject"] or ""), text.rsplit("\n" + "-" * 70, 1)[0].strip())


def _message(said: str, at: datetime) -> Lying:
    head, _, text = said.partition("\n\n")
    kind, _, to = head.partition(" to: ")
    to, _, heading = to.partition("\nSubject: ")
    return Lying(kind, at, to, heading, text.strip())
