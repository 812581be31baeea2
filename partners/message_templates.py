"""Messages that officers begin from when they write to somebody's own page, with the blanks that they fill in."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from partners.data import Entry, PartnershipDataError, entries, field, installed, refuse_twice
from partners.edited import until_edited
from partners.wording import statuses

FILE = "wording/templates.toml"
# A blank is anything in square brackets, on one line.
BLANK = re.compile(r"\[([^\[\]\n]*)\]")


@dataclass(frozen=True)
class MessageTemplate:
    """One message to begin from; `status` is what the person's page says above it."""

    code: str
    title: str
    status: str
    text: str


def message_templates() -> Mapping[str, MessageTemplate]:
    """Every template by its code, in the order of the file; raises PartnershipDataError."""
    return _templates(str(settings.PARTNERSHIP_DIR))


def blanks_in(text: str) -> list[str]:
    """What is still to be filled in, each once and in order."""
    return list(dict.fromkeys(f"[{name}]" for name in BLANK.findall(text)))


@until_edited
def _templates(folder: str) -> Mapping[str, MessageTemplate]:
    found = list(map(_template, entries(installed(FILE), "templates", file=FILE)))
    refuse_twice((each.code for each in found), file=FILE, what="template of a message")
    return {each.code: each for each in found}


def _template(entry: Entry) -> MessageTemplate:
    code, title, status, text = (
        field(entry, name, file=FILE) for name in ("code", "title", "status", "text")
    )
    if status not in statuses():
        raise PartnershipDataError(f"{FILE}: {code} goes with {status}, which is no status.")
    return MessageTemplate(code, title, status, text.strip())
