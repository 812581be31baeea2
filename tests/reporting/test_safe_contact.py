"""What the safe-contact plan allows: every branch of the rule."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from reporting.safe_contact import Allowed, Way, Why, allowed

LONDON = ZoneInfo("Europe/London")
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=LONDON)  # a Monday
NIGHT = datetime(2026, 11, 23, 22, 0, tzinfo=LONDON)
TOMORROW_AT_NINE = datetime(2026, 11, 24, 9, 0, tzinfo=LONDON)

TEXT = {"Q26_how": "text", "Q26_mobile": "07700 900 123"}
EMAIL = {"Q26_how": "email", "Q26_email": "zaynab@mail.example"}
LETTER = {"Q26_how": "letter", "Q26_address": "1 High Street\nLoughborough\nLE11 1AA"}
PHONE = {"Q26_how": "phone", "Q26_phone": "01632 960 014"}
CENTRE = {"Q26_how": "centre"}


def of(
    plan: dict[str, Any], now: datetime = NOON, *, anonymous: bool = False, centre: bool = False
) -> Allowed:
    return allowed(plan, is_anonymous=anonymous, has_centre=centre, now=now)


@pytest.mark.parametrize(
    ("plan", "expected"),
    [
        ({}, Allowed(Way.NOBODY, NOON, why=Why.ANONYMOUS)),
        (TEXT, Allowed(Way.TEXT, NOON, "07700900123")),
        (TEXT | {"Q26_mobile": "+44 7700 900123"}, Allowed(Way.TEXT, NOON, "+447700900123")),
        (TEXT | {"Q26_mobile": "0116 496 0000"}, Allowed(Way.PERSON, NOON, why=Why.ADDRESS)),
        (TEXT | {"Q26_mobile": "07700 900 123, my sister's"}, Allowed(Way.PERSON, NOON, why=Why.ADDRESS)),
        (TEXT | {"Q26_times": "not when he is in"}, Allowed(Way.PERSON, NOON, why=Why.TIMES)),
        (TEXT | {"Q26_care": "My husband reads my phone"}, Allowed(Way.PERSON, NOON, why=Why.CARE)),
        (TEXT | {"Q26_care": "  ", "Q26_times": " "}, Allowed(Way.TEXT, NOON, "07700900123")),
        (EMAIL, Allowed(Way.EMAIL, NOON, "zaynab@mail.example")),
        (EMAIL | {"Q26_email": "a@b.example, c@d.example"}, Allowed(Way.PERSON, NOON, why=Why.ADDRESS)),
        (EMAIL | {"Q26_email": "a@b.example\nBcc: c@d.example"}, Allowed(Way.PERSON, NOON, why=Why.ADDRESS)),
        (EMAIL | {"Q26_care": "Shared inbox"}, Allowed(Way.PERSON, NOON, why=Why.CARE)),
        (LETTER, Allowed(Way.LETTER, NOON, LETTER["Q26_address"])),
        (LETTER | {"Q26_care": "My father opens the post"}, Allowed(Way.PERSON, NOON, why=Why.CARE)),
        (LETTER | {"Q26_times": "after 9"}, Allowed(Way.LETTER, NOON, LETTER["Q26_address"])),
        (PHONE, Allowed(Way.PERSON, NOON, why=Why.PHONE)),
        (PHONE | {"Q26_message": "no"}, Allowed(Way.PERSON, NOON, why=Why.PHONE)),
        (PHONE | {"Q26_message": "yes"}, Allowed(Way.PERSON, NOON, why=Why.PHONE, may_leave_message=True)),
        (CENTRE, Allowed(Way.PERSON, NOON, why=Why.NO_CENTRE)),
    ],
)
def test_what_a_plan_allows(plan: dict[str, Any], expected: Allowed) -> None:
    assert of(plan) == expected


@pytest.mark.parametrize(
    ("feedback", "anonymous", "centre", "expected"),
    [
        ("none", False, True, Allowed(Way.NOBODY, NOON, why=Why.NOT_WANTED)),
        ("centre", False, True, Allowed(Way.CENTRE, NOON)),
        ("centre", True, True, Allowed(Way.CENTRE, NOON)),
        ("centre", False, False, Allowed(Way.PERSON, NOON, why=Why.NO_CENTRE)),
        ("centre", True, False, Allowed(Way.PERSON, NOON, why=Why.NO_CENTRE)),
        ("direct", False, True, Allowed(Way.TEXT, NOON, "07700900123")),
        ("direct", True, True, Allowed(Way.NOBODY, NOON, why=Why.ANONYMOUS)),
    ],
)
def test_what_was_said_at_a_centre_of_hearing_back_goes_before_the_plan(
    feedback: str, anonymous: bool, centre: bool, expected: Allowed
) -> None:
    assert allowed(TEXT, is_anonymous=anonymous, has_centre=centre, now=NOON, feedback=feedback) == expected


def test_through_a_centre_it_is_the_centres_to_pass_on() -> None:
    assert of(CENTRE, centre=True) == Allowed(Way.CENTRE, NOON)


def test_who_is_anonymous_gets_nothing_whatever_was_written() -> None:
    assert of(TEXT, anonymous=True).way is Way.NOBODY


@pytest.mark.parametrize("plan", [TEXT, EMAIL])
def test_nothing_goes_out_at_night(plan: dict[str, Any]) -> None:
    assert of(plan, NIGHT).at == TOMORROW_AT_NINE


def test_it_goes_out_in_the_persons_own_hours() -> None:
    assert of(TEXT | {"Q26_times": "weekdays from 10 to 2"}, NIGHT).at == datetime(
        2026, 11, 24, 10, tzinfo=LONDON
    )
    assert of(EMAIL | {"Q26_times": "evenings"}).at == datetime(2026, 11, 23, 17, tzinfo=LONDON)
