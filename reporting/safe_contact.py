"""Whether a word may go out to the person who told us, how, and when: their safe-contact plan as one rule.

The word is always the same and says nothing (`partnership/llr/wording/messages.toml`). What the plan leaves open is
decided by a person who reads it, never by a guess: a call, what we must be careful about, hours that can't be
understood, a number that is none.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import models

from reporting.safe_hours import IN_THE_DAY, understood

EMAIL = re.compile(r"[^@\s,;<>\"()]+@[^@\s,;<>\"()]+\.[^@\s,;<>\"().]+")
MOBILE = re.compile(r"07\d{9}|\+\d{8,15}|00\d{8,15}")


class Way(models.TextChoices):
    """How somebody hears that there is something to read."""

    EMAIL = "email", "e-mail"
    TEXT = "text", "text message"
    LETTER = "letter", "letter"
    PERSON = "person", "somebody of ours"
    CENTRE = "centre", "their reporting centre"
    NOBODY = "nobody", "nobody: they look themselves"


class Why(StrEnum):
    """Why it is for a person, or for nobody."""

    AS_CHOSEN = ""
    ANONYMOUS = "anonymous"
    PHONE = "phone"
    CARE = "care"
    TIMES = "times"
    ADDRESS = "address"
    NO_WAY = "no_way"
    TRIES = "tries"
    NO_CENTRE = "no_centre"
    NOT_WANTED = "not_wanted"


@dataclass(frozen=True)
class Allowed:
    """What the plan allows. `at` is when it may go: now, or later. `may_leave_message` is for who calls."""

    way: Way
    at: datetime
    to: str = ""
    why: Why = Why.AS_CHOSEN
    may_leave_message: bool = False


def allowed(
    plan: Mapping[str, Any], *, is_anonymous: bool, has_centre: bool, now: datetime, feedback: str = ""
) -> Allowed:
    """What may be done for somebody with this plan (answers by question id) at `now`.

    `feedback` is what they said at a centre of how they want to hear (C06): "none" is stronger than any plan, and
    "centre" than a number that they left, because it may be for something else.
    """
    if feedback == "none":
        return Allowed(Way.NOBODY, now, why=Why.NOT_WANTED)
    if feedback == "centre":
        return Allowed(Way.CENTRE, now) if has_centre else _by_a_person(now, Why.NO_CENTRE)
    how = plan.get("Q26_how")
    if is_anonymous or not how:
        return Allowed(Way.NOBODY, now, why=Why.ANONYMOUS)
    if how == "phone":
        return _by_a_person(now, Why.PHONE, may_leave_message=plan.get("Q26_message") == "yes")
    if _said(plan, "Q26_care"):
        return _by_a_person(now, Why.CARE)
    if how == "centre":
        return Allowed(Way.CENTRE, now) if has_centre else _by_a_person(now, Why.NO_CENTRE)
    to = _address(str(how), plan)
    if not to:
        return _by_a_person(now, Why.ADDRESS)
    if how == "letter":
        return Allowed(Way.LETTER, now, to=to)
    hours = understood(_said(plan, "Q26_times")) if _said(plan, "Q26_times") else IN_THE_DAY
    if hours is None:
        return _by_a_person(now, Why.TIMES)
    return Allowed(Way(str(how)), hours.next_time(now), to=to)


def _by_a_person(now: datetime, why: Why, *, may_leave_message: bool = False) -> Allowed:
    return Allowed(Way.PERSON, now, why=why, may_leave_message=may_leave_message)


def _said(plan: Mapping[str, Any], question: str) -> str:
    return str(plan.get(question) or "").strip()


def _address(how: str, plan: Mapping[str, Any]) -> str:
    """Where it goes, if that is nothing but an address: words beside a number are for a person to read."""
    if how == "email":
        email = _said(plan, "Q26_email")
        return email if EMAIL.fullmatch(email) else ""
    if how == "text":
        number = re.sub(r"[\s().-]", "", _said(plan, "Q26_mobile"))
        return number if MOBILE.fullmatch(number) else ""
    return _said(plan, "Q26_address") if how == "letter" else ""
