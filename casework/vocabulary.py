"""The partnership's words for casework, read from its folder: what is recorded as, outcomes, standards, statuses."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from partners.data import installed

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class Status:
    """A status that a reporter may be shown, with the sentences that stand under it."""

    code: str
    title: str
    text: str
    next: str


def recorded_as_choices(*, today: date) -> Choices:
    """What a case may be recorded as today; a case keeps what it was given in other times."""
    return [(entry["code"], entry["name"]) for entry in _recorded_as() if _is_in_use(entry, today)]


def recorded_as_name(code: str) -> str:
    """The name of what a case is recorded as, in use today or not."""
    return _name_of(code, _recorded_as())


def recorded_as_hints() -> dict[str, str]:
    """One line of help for each."""
    return {entry["code"]: entry["help"] for entry in _recorded_as()}


def outcome_choices() -> Choices:
    """How a case may end."""
    return [(entry["code"], entry["name"]) for entry in _outcomes()]


def outcome_name(code: str) -> str:
    return _name_of(code, _outcomes())


def outcome_hints() -> dict[str, str]:
    """How each outcome is put to the person."""
    return {entry["code"]: f"To the person: “{entry['public']}”" for entry in _outcomes()}


def working_days_to_contact(urgency: str) -> int:
    """Working days within which a person of this urgency is to be contacted."""
    wanted = f"first_contact_{urgency}"
    standards = installed("service_standards.toml")["standards"]
    return next(entry["amount"] for entry in standards if entry["code"] == wanted)


def statuses() -> dict[str, Status]:
    """Every status that a reporter may be shown, by code, in its order."""
    return {
        entry["code"]: Status(entry["code"], entry["title"], entry["text"], entry["next"])
        for entry in installed("wording/status.toml")["statuses"]
    }


def _recorded_as() -> list[dict[str, Any]]:
    return installed("dispositions.toml")["recorded_as"]


def _outcomes() -> list[dict[str, Any]]:
    return installed("dispositions.toml")["outcomes"]


def _is_in_use(entry: dict[str, Any], today: date) -> bool:
    return entry.get("from", date.min) <= today <= entry.get("until", date.max)


def _name_of(code: str, entries: list[dict[str, Any]]) -> str:
    return next((entry["name"] for entry in entries if entry["code"] == code), code)
