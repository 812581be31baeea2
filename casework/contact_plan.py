"""Whether an attempt to reach somebody was what their safe-contact plan allows. Pure.

What the plan says in words that can mean more than one thing (hours, what to be careful about) is for the officer to
read: nothing is guessed, and nobody is accused of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from casework.models.contact import ContactWay
from reporting.safe_hours import understood

# The person said so at a centre (C06), or of how to reach them (Q26_how).
WAYS = {
    "phone": "phone",
    "text": "a text message",
    "email": "e-mail",
    "letter": "a letter",
    "centre": "their reporting centre",
}
DID = {
    ContactWay.PHONE: "Did you ring?",
    ContactWay.TEXT: "Did you send a text message?",
    ContactWay.EMAIL: "Did you send an e-mail?",
    ContactWay.LETTER: "Did you write a letter?",
    ContactWay.IN_PERSON: "Did you go to them?",
    ContactWay.CENTRE: "Did you go through the centre?",
}
# What can be seen or heard by others at the wrong hour.
AT_AN_HOUR = frozenset({ContactWay.PHONE, ContactWay.TEXT, ContactWay.EMAIL, ContactWay.IN_PERSON})


@dataclass(frozen=True)
class Plan:
    """What the person said of how they may be reached: their answers by question id, and what a centre heard."""

    answers: Mapping[str, Any]
    is_anonymous: bool = False
    has_centre: bool = False
    feedback: str = ""

    @property
    def way(self) -> str:
        """The one way that it allows; '' where there is none."""
        if self.feedback == "none":
            return ""
        if self.feedback == "centre":
            return "centre"
        how = str(self.answers.get("Q26_how") or "")
        if how and not self.is_anonymous:
            return how
        return "centre" if self.has_centre else ""


@dataclass(frozen=True)
class Against:
    """One thing that the plan does not allow: its code, and what the officer is asked."""

    code: str
    asked: str


def against(plan: Plan, *, way: str, left_message: bool, at: datetime) -> list[Against]:
    """What of an attempt the plan does not allow; empty where it is as they asked."""
    found = [_of_way(plan, way), _of_message(plan, left_message), _of_hours(plan, way, at)]
    return [each for each in found if each]


def _of_way(plan: Plan, way: str) -> Against | None:
    if way == plan.way:
        return None
    if plan.feedback == "none":
        said = "They said that they do not want to hear back."
    elif not plan.way:
        said = "They gave no way to be reached but their own page."
    else:
        said = f"Their plan says: only by {WAYS.get(plan.way, plan.way)}."
        if plan.way == "centre":
            said = "Their plan says: only through their reporting centre."
    return Against("way", f"{said} {DID[ContactWay(way)]}")


def _of_message(plan: Plan, left_message: bool) -> Against | None:
    if not left_message or plan.answers.get("Q26_message") == "yes":
        return None
    return Against("message", "Their plan says: never leave a message. Did you?")


def _of_hours(plan: Plan, way: str, at: datetime) -> Against | None:
    words = str(plan.answers.get("Q26_times") or "").strip()
    hours = understood(words) if words else None
    if hours is None or way not in AT_AN_HOUR or hours.next_time(at) == at:
        return None
    return Against("hours", f"Their plan says: “{words}”. Was it at another time?")
