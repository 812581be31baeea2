"""What a safe-contact plan allows, as one table."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from casework.contact_plan import Plan, against

LONDON = ZoneInfo("Europe/London")
TUESDAY_AT_11 = datetime(2026, 3, 10, 11, 0, tzinfo=LONDON)
TUESDAY_AT_19 = datetime(2026, 3, 10, 19, 0, tzinfo=LONDON)
SUNDAY_AT_11 = datetime(2026, 3, 8, 11, 0, tzinfo=LONDON)

CALL = Plan({"Q26_how": "phone", "Q26_message": "no", "Q26_times": "weekdays from 10 to 2"})
CALL_AND_LEAVE_WORD = Plan({"Q26_how": "phone", "Q26_message": "yes"})
TEXT = Plan({"Q26_how": "text"})
UNCLEAR = Plan({"Q26_how": "text", "Q26_times": "not when my brother is in"})
NOBODY = Plan({}, is_anonymous=True)
AT_A_CENTRE = Plan({}, is_anonymous=True, has_centre=True)
THROUGH_THE_CENTRE = Plan({"Q26_how": "phone"}, has_centre=True, feedback="centre")
NO_WORD = Plan({"Q26_how": "phone"}, has_centre=True, feedback="none")


@pytest.mark.parametrize(
    ("plan", "way", "left_message", "at", "codes"),
    [
        (CALL, "phone", False, TUESDAY_AT_11, []),
        (CALL, "phone", True, TUESDAY_AT_11, ["message"]),
        (CALL, "phone", False, TUESDAY_AT_19, ["hours"]),
        (CALL, "phone", False, SUNDAY_AT_11, ["hours"]),
        (CALL, "text", False, TUESDAY_AT_11, ["way"]),
        (CALL, "in_person", True, TUESDAY_AT_19, ["way", "message", "hours"]),
        (CALL, "letter", False, TUESDAY_AT_19, ["way"]),  # nobody sees at what hour a letter was written
        (CALL_AND_LEAVE_WORD, "phone", True, SUNDAY_AT_11, []),
        (TEXT, "text", False, SUNDAY_AT_11, []),
        (TEXT, "phone", True, TUESDAY_AT_11, ["way", "message"]),
        (UNCLEAR, "text", False, TUESDAY_AT_19, []),  # for a person to read, never for a guess
        (NOBODY, "phone", False, TUESDAY_AT_11, ["way"]),
        (NOBODY, "centre", False, TUESDAY_AT_11, ["way"]),
        (AT_A_CENTRE, "centre", False, TUESDAY_AT_11, []),
        (THROUGH_THE_CENTRE, "centre", False, TUESDAY_AT_11, []),
        (THROUGH_THE_CENTRE, "phone", False, TUESDAY_AT_11, ["way"]),
        (NO_WORD, "phone", False, TUESDAY_AT_11, ["way"]),
        (NO_WORD, "centre", False, TUESDAY_AT_11, ["way"]),
    ],
)
def test_what_the_plan_does_not_allow_is_named(
    plan: Plan, way: str, left_message: bool, at: datetime, codes: list[str]
) -> None:
    found = against(plan, way=way, left_message=left_message, at=at)
    assert [each.code for each in found] == codes


def test_it_is_asked_back_in_plain_words() -> None:
    asked = [each.asked for each in against(CALL, way="text", left_message=True, at=TUESDAY_AT_19)]
    assert asked == [
        "Their plan says: only by phone. Did you send a text message?",
        "Their plan says: never leave a message. Did you?",
        "Their plan says: “weekdays from 10 to 2”. Was it at another time?",
    ]
    (nobody,) = against(NOBODY, way="phone", left_message=False, at=TUESDAY_AT_11)
    assert nobody.asked == "They gave no way to be reached but their own page. Did you ring?"
    (no_word,) = against(NO_WORD, way="centre", left_message=False, at=TUESDAY_AT_11)
    assert no_word.asked == "They said that they do not want to hear back. Did you go through the centre?"
