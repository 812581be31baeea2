"""The partnership's wording for the person who told us: what they may choose about sharing, and what a status says."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from partners.data import entries, field, in_folder, installed
from partners.edited import snapshot

SHARING = "wording/sharing.toml"
STATUS = "wording/status.toml"
MESSAGES = "wording/messages.toml"
PARTNERSHIP = "partnership.toml"
# Where a link stands in a message that carries one.
LINK = "{link}"


@dataclass(frozen=True)
class Recipient:
    """One choice about sharing. `organisation` is a code, or by_area, by_centre, chosen or none."""

    code: str
    label: str
    hint: str
    organisation: str
    exclusive: bool


@dataclass(frozen=True)
class Status:
    """What a public status says on the reporter's page."""

    code: str
    title: str
    text: str
    next: str


@dataclass(frozen=True)
class Contact:
    """A number or a way to get help. `kind` is emergency, police or support; `number` may be ''."""

    code: str
    name: str
    kind: str
    how: str
    when: str
    number: str


def sharing() -> dict[str, Any]:
    """The whole wording about sharing, with its version; see the file."""
    return installed(SHARING)


def sharing_as_shown(version: str) -> dict[str, Any]:
    """The wording about sharing that had this version, so that a choice is always read in the words it was made in;
    today's where no version is known by that number."""
    said = in_folder(SHARING)
    if str(said["version"]) == version:
        return said
    return {**said, **snapshot().sharing.get(version, sharing())}


def recipients(version: str = "") -> list[Recipient]:
    """The choices about sharing, in order; as they were worded in a `version`, or as they are today."""
    said = sharing_as_shown(version) if version else installed(SHARING)
    return [
        Recipient(**{name: field(entry, name, file=SHARING) for name in Recipient.__dataclass_fields__})
        for entry in entries(said, "recipients", file=SHARING)
    ]


def status_page() -> dict[str, str]:
    """The words round the statuses, in the language of the page."""
    return {name: gettext(text) for name, text in installed(STATUS)["page"].items()}


def statuses() -> dict[str, Status]:
    """What each public status says, by its code, in the language of the page."""
    return {
        entry["code"]: Status(
            entry["code"], *(gettext(field(entry, name, file=STATUS)) for name in ("title", "text", "next"))
        )
        for entry in entries(installed(STATUS), "statuses", file=STATUS)
    }


def going_out() -> dict[str, dict[str, str]]:
    """What goes out to a person by "email", "text" or "letter": heading and text, the same for everybody."""
    return {way: installed(MESSAGES)[way] for way in ("email", "text", "letter")}


def asking() -> dict[str, dict[str, str]]:
    """What goes out by "email" or "text" to ask somebody how we did, with a place for the link."""
    return {way: installed(MESSAGES)[f"asking_{way}"] for way in ("email", "text")}


def partnership() -> dict[str, Any]:
    """Who this installation belongs to: code, name, short_name, place_name, reference_prefix."""
    return installed(PARTNERSHIP)["partnership"]


def contacts() -> list[Contact]:
    """Where to find help, the most urgent first."""
    return [
        Contact(
            **{
                name: field(entry, name, file=PARTNERSHIP) for name in ("code", "name", "kind", "how", "when")
            },
            number=entry.get("number", ""),
        )
        for entry in entries(installed(PARTNERSHIP), "contacts", file=PARTNERSHIP)
    ]


def language_names(codes: list[str]) -> list[str]:
    """The English names of languages, by their codes; a code that is not listed stands for itself."""
    names = {
        entry["code"]: entry["name"]
        for entry in entries(installed(PARTNERSHIP), "languages", file=PARTNERSHIP)
    }
    return [names.get(code, code) for code in codes]
