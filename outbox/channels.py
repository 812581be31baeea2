"""The ways out: e-mail, text and letter. A message has an id of its own, which goes with it wherever it goes, so that
the same message sent again (a worker died in between) can be known as the same.

Without GOV.UK Notify, texts and letters are files that can be read, as e-mails are (`outbox/message_folder.py`);
production has no such folder, and then has no texts and letters either.
"""

from dataclasses import dataclass
from enum import StrEnum
from smtplib import SMTPRecipientsRefused
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage

from outbox import message_folder, notify

PERMANENT = 500


class Channel(StrEnum):
    """How a message goes."""

    EMAIL = "email"
    TEXT = "text"
    LETTER = "letter"


class Refused(Exception):
    """It can't be delivered there, however often it is tried: the address or number is not one."""


class NoSuchWay(Exception):
    """This portal can't send by that channel at all."""


class Fate(StrEnum):
    """What became of a message that was handed over."""

    ON_ITS_WAY = "on its way"
    ARRIVED = "arrived"
    FAILED = "failed"


@dataclass(frozen=True)
class Message:
    """Plain text to one address, under an id that never changes. `subject` heads e-mails and letters."""

    id: UUID
    to: str
    subject: str
    text: str


def can_send(channel: Channel) -> bool:
    """Whether the portal is set up to send by it."""
    if channel is Channel.EMAIL:
        return True
    return notify.has_template(channel) or settings.MESSAGE_FOLDER is not None


def send(channel: Channel, message: Message) -> None:
    """Hands a message over. Raises Refused when it can never be delivered there, NoSuchWay when nothing is set up, and
    whatever the other side's failure is when it may work later."""
    if channel is Channel.EMAIL:
        _mail(message)
    elif notify.has_template(channel):
        try:
            notify.send(channel, str(message.id), message.to, message.subject, message.text)
        except notify.NotAnAddress as refusal:
            raise Refused(str(refusal)) from None
    elif settings.MESSAGE_FOLDER is not None:
        message_folder.put(channel, message.id, message.to, message.subject, message.text)
    else:
        raise NoSuchWay(channel)


def fate(channel: Channel, message_id: UUID) -> Fate:
    """What is known of a message that was sent; e-mails and files are over as soon as they are handed over."""
    if channel is Channel.EMAIL or not notify.has_template(channel):
        return Fate.ARRIVED
    return Fate(notify.fate(str(message_id)))


def _mail(message: Message) -> None:
    """From a sender that says nothing, under an id in which the portal's own name does not stand."""
    sender = settings.REPORTER_FROM_EMAIL
    host = sender.rpartition("@")[2].strip("> ")
    # Machines that answer mail leave this one alone.
    headers = {"Message-ID": f"<{message.id}@{host}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(message.subject, message.text, sender, [message.to], headers=headers).send()
    except SMTPRecipientsRefused as refusal:
        if all(code >= PERMANENT for code, _said in refusal.recipients.values()):
            raise Refused("the mail server knows no such address") from None
        raise
